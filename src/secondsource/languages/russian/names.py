"""Names in Russian text in their normal forms, and which of a document's names are one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondsource.languages.russian.forms import agreeing, may_be_adjective, nominative, person, stem
from secondsource.languages.russian.lexicon import lexicon
from secondsource.languages.russian.model import Named, Parsed, Word
from secondsource.model import Excerpt, Mention, Span
from secondsource.names import warnings
from secondsource.text import content_id

_SHORTEST = 4
_BODIES = frozenset({"Organization", "Company", "PublicBody"})
_QUOTED = re.compile('[«“„"]([^»”“"]{2,60})[»”"]')


@dataclass(frozen=True, slots=True)
class Name:
    """A name at its place in the document: as written, in the nominative, and its kind."""

    span: Span
    text: str
    normal: str
    schema: str
    how: str = "model"


def names(paragraphs: Sequence[Parsed]) -> tuple[Mention, ...]:
    """Every name of the paragraphs in reading order, each with its cluster in the document."""
    found = [one for paragraph in paragraphs for one in _in_paragraph(paragraph)]
    found = sorted((*found, *_repeats(paragraphs, found)), key=lambda one: one.span)
    best = _best(found)
    return tuple(_mention(one, best) for one in found)


def _mention(one: Name, best: dict[str, Name]) -> Mention:
    whole = best[one.normal]
    excerpt, id = Excerpt((one.span,), one.text), content_id("m", whole.normal.casefold())
    return Mention(excerpt, whole.schema, id, whole.normal, one.how, tuple(warnings(one.text)))


def _repeats(paragraphs: Sequence[Parsed], found: Sequence[Name]) -> Iterator[Name]:
    """Surnames of people named in full that the tagger passed over where they stand alone."""
    taken = {place for one in found for place in range(*one.span)}
    people = (one.normal.split() for one in found if one.schema == "Person")
    surnames = {
        stem(words[-1]): words[-1] for words in people if len(words) > 1 and len(words[-1]) >= _SHORTEST
    }
    for paragraph in paragraphs:
        for word in (word for sentence in paragraph.sentences for word in sentence.words):
            span = Span(paragraph.offset + word.start, paragraph.offset + word.end)
            surname = surnames.get(stem(word.text)) if word.text[:1].isupper() else None
            if surname and span.start not in taken:
                yield Name(span, word.text, surname, "Person", "rule")


def _in_paragraph(paragraph: Parsed) -> Iterator[Name]:
    words = [word for sentence in paragraph.sentences for word in sentence.words]
    for one in paragraph.named:
        start, end = _with_quoted(paragraph.text, one, words)
        inside = [word for word in words if start <= word.start and word.end <= end]
        if inside:
            text = paragraph.text[start:end]
            normal = _normal(inside, one.schema, paragraph.text, start)
            yield Name(
                Span(paragraph.offset + start, paragraph.offset + end), text, normal, _schema(one, normal)
            )


def _with_quoted(text: str, one: Named, words: Sequence[Word]) -> tuple[int, int]:
    """A body's name with the generic noun before its quoted part, and the marks around it."""
    start, end = one.start, one.end
    if text[start:end].count("«") > text[start:end].count("»") and text[end : end + 1] == "»":
        return start, end + 1
    if one.schema != "Organization" or text[start - 1 : start] not in {"«", "“", "„", '"'}:
        return start, end
    if text[end : end + 1] in {"»", "”", '"'}:
        before = next((word for word in reversed(words) if word.end <= start - 1), None)
        if before and before.end in {start - 2} and _is_form(before.text):
            return before.start, end + 1
    return start, end


def _is_form(word: str) -> bool:
    """A legal form or an acronym that belongs to the quoted name behind it: ООО «…», ИЭМЗ «…»."""
    return word.isupper() and 2 <= len(word) <= 6


def _normal(words: Sequence[Word], schema: str, text: str, start: int) -> str:
    """The name in the nominative: what agrees with its head is inflected, what hangs on it stays."""
    if schema == "Person":
        return person(tuple(word.text for word in words), tuple(word.feats.get("Case") for word in words))
    head = _head(words)
    if head is None:
        return text[start : words[-1].end]
    of = nominative(head.text, head.pos, head.feats.get("Case"), head.feats.get("Number"))
    made, last = "", start
    for word in words:
        made += text[last : word.start]
        before = word.i < head.i and of != head.text
        made += of if word is head else agreeing(word.text, of) if before else text[word.start : word.end]
        last = word.end
    return made


def _head(words: Sequence[Word]) -> Word | None:
    """The noun of a name: the first before its quoted part that is no adjective, or else the first."""
    marked = next((word.i for word in words if word.text in {"«", "“", "„", '"'}), words[-1].i + 1)
    nouns = [word for word in words if word.pos in {"NOUN", "PROPN"}]
    plain = (word for word in nouns if word.i < marked and not may_be_adjective(word.text))
    return next(plain, None) or next(iter(nouns), None)


def _schema(one: Named, normal: str) -> str:
    return lexicon().schema(normal) or one.schema


def _best(found: Sequence[Name]) -> dict[str, Name]:
    """For each normal form the name of its cluster: the longest that the text has for the thing."""
    forms: dict[str, Name] = {}
    for one in found:
        forms.setdefault(one.normal, one)
    return {form: _fullest(one, list(forms.values())) for form, one in forms.items()}


def _fullest(one: Name, others: Sequence[Name]) -> Name:
    """The one longer name that ``one`` is short for; itself where there is none, or more than one."""
    longer = [other for other in others if _is_short(one, other)]
    whole = [other for other in longer if not any(_is_short(other, third) for third in longer)]
    return whole[0] if len({other.normal for other in whole}) == 1 else one


def _is_short(one: Name, other: Name) -> bool:
    """True for a surname of a full name, a quoted name of a body, and a body's initials."""
    if one is other or len(one.normal) >= len(other.normal):
        return False
    short, long = one.normal.split(), other.normal.split()
    if one.schema == other.schema == "Person":
        return len(short) == 1 < len(long) and stem(short[0]) == stem(long[-1])
    bodies = {one.schema, other.schema} <= _BODIES
    return bodies and (_bare(one.normal) == _bare(other.normal) or one.normal == _initials(long))


def _bare(name: str) -> str:
    """What stands in quotation marks in a body's name, or all of it."""
    quoted = _QUOTED.search(name)
    return (quoted.group(1) if quoted else name).casefold()


def _initials(words: Sequence[str]) -> str:
    return "".join(word[:1] for word in words if word[:1].isalpha() and len(word) > 2).upper()
