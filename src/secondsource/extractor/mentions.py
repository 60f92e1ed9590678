"""Names in a text: the model's, with those told by their shape, clustered into aliases.

Inside one document two mentions are one thing where one is the other's abbreviation in
brackets ("National Security Council (NSC)"), a person's surname, or the distinctive end
of a longer name ("IEMZ Kupol", "Kupol"), and only where a single candidate fits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Entity

from secondsource.extractor.naming import PLACES, Name, agreed, persons, schema_of
from secondsource.extractor.paragraphs import Paragraph
from secondsource.model import Excerpt, Mention, Span
from secondsource.text import content_id, overlap, words

# A designation: a name, then a hyphen and figures ("Garpiya-3", "MQ-9B", "T-72").
_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,14}-\d{1,3}[A-Za-z]{0,2}\b")
# A body's name by its shape: capitalised words that end, or begin, in what the body is.
_BODY = re.compile(
    r"\b(?!The |A |An )(?:[A-Z][\w&-]+ ){1,4}(?:Works|Industries|Aviation|Holding|Corporation|Company"
    r"|Shipyard|Factory|Group|Bank|Commission|Authority|Institute|Council|League|Union|Observatory|Watch|Ministry"
    r"|Directorate|Service)\b"
    r"|\b(?:[A-Z][\w-]+ )?(?:Ministry|Department|Office|Bureau|Institute|Centre|Center|Academy|Council"
    r"|Commission|Committee) (?:of|for) (?:the )?(?:[A-Z][\w-]+ (?:of |and |for |the )*)*[A-Z][\w-]+"
)
_BRACKETED = re.compile(r"\s*\(([A-Z][A-Za-z0-9&.\-]{1,9})\)")
_LEADING = re.compile(r"^(?:the|The|a|an)\s+")
_POSSESSIVE = re.compile(r"(?:'s|’s|'|’)$")
_SHORTEST = 4


def mentions(paragraphs: Sequence[Paragraph], text: str) -> tuple[Mention, ...]:
    """Every name of a document in reading order, each with its cluster in the document."""
    if not paragraphs:
        return ()
    named = [one for paragraph in paragraphs for one in _in_paragraph(paragraph)]
    brackets = _abbreviations(paragraphs, named)
    found = agreed(_with_repeats(paragraphs, named, brackets), text, paragraphs[-1].outlets)
    clusters = _clusters(found, brackets)
    return tuple(Mention(Excerpt((one.span,), one.text), *clusters[one.text], how=one.how) for one in found)


@dataclass(frozen=True, slots=True)
class Names:
    """The mentions of a document in reading order, found by place without reading them all."""

    mentions: Sequence[Mention]
    starts: Sequence[int]

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> Names:
        return cls(mentions, [one.excerpt.spans[0].start for one in mentions])

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that stand inside ``span``."""
        return tuple(
            one
            for one in self.touching(span)
            if span.start <= one.excerpt.spans[0].start and one.excerpt.spans[0].end <= span.end
        )

    def touching(self, span: Span) -> Sequence[Mention]:
        """The mentions that share a character with ``span``; none overlap each other."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        near = self.mentions[first : bisect_left(self.starts, span.end)]
        return [one for one in near if overlap(one.excerpt.spans[0], span)]


def _in_paragraph(paragraph: Paragraph) -> list[Name]:
    """The names of one paragraph: those told by shape, then the model's where they do not overlap."""
    shaped = [
        Name(paragraph.at(*shape.span()), shape.group(), "Product", "rule")
        for shape in _DESIGNATION.finditer(paragraph.text)
    ]
    for shape in _BODY.finditer(paragraph.text):
        kind = schema_of("ORG", shape.group()) or ("Organization", "rule")
        shaped.append(Name(paragraph.at(*shape.span()), shape.group(), *kind))
    shaped += [
        Name(paragraph.at(*place), paragraph.text[slice(*place)], "Person", "gazetteer")
        for place in persons(paragraph.text)
        if not any(overlap(paragraph.at(*place), one.span) for one in shaped)
    ]
    modelled = [one for entity in paragraph.doc.ents if (one := _modelled(paragraph, entity))]
    kept = [one for one in modelled if not any(overlap(one.span, other.span) for other in shaped)]
    return sorted([*shaped, *kept], key=lambda one: one.span)


def _modelled(paragraph: Paragraph, entity: Entity) -> Name | None:
    """A name that the model found, without article and possessive; None for what is no name."""
    start, end = entity.start_char, entity.end_char
    lead = _LEADING.match(paragraph.text[start:end])
    start += lead.end() if lead else 0
    tail = _POSSESSIVE.search(paragraph.text[start:end])
    span = paragraph.trimmed(start, end - len(tail.group()) if tail else end)
    if span is None or span.end - span.start < 2:
        return None
    form = paragraph.text[span.start - paragraph.offset : span.end - paragraph.offset]
    kind = schema_of(entity.label_, form)
    if kind is None or "\n" in form or not any(letter.isupper() for letter in form):
        return None
    return Name(span, form, *kind)


def _with_repeats(
    paragraphs: Sequence[Paragraph], named: Sequence[Name], brackets: Mapping[str, str]
) -> list[Name]:
    """``named``, and where the same name, its bracketed short form or a person's surname stands again."""
    forms = {one.text: one.schema for one in reversed(named)}
    forms.update({short: forms[long] for short, long in brackets.items() if long in forms})
    for form, schema in list(forms.items()):
        surname = form.rsplit(" ", 1)[-1]
        if schema == "Person" and surname != form and len(surname) >= _SHORTEST:
            forms.setdefault(surname, "Person")
    known: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        if len(form) >= _SHORTEST or form in brackets:
            known[words(form)[0] if words(form) else form].append(form)
    taken = {place for one in named for place in range(*one.span)}
    found = list(named)
    for paragraph in paragraphs:
        here = [form for word in set(words(paragraph.text)) for form in known.get(word, ())]
        for form in sorted(here, key=lambda form: (-len(form), form)):
            for start in _occurrences(form, paragraph.text):
                span = paragraph.at(start, start + len(form))
                if span.start not in taken and span.end - 1 not in taken:
                    taken.update(range(*span))
                    found.append(Name(span, form, forms[form], "rule"))
    return sorted(found, key=lambda one: one.span)


def _occurrences(form: str, text: str) -> Iterable[int]:
    """Where ``form`` stands in ``text`` as whole words."""
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start
        start = text.find(form, end)


def _abbreviations(paragraphs: Iterable[Paragraph], found: Sequence[Name]) -> dict[str, str]:
    """Short forms that the text itself puts in brackets after the long one."""
    pairs: dict[str, str] = {}
    by_end = {one.span.end: one for one in found}
    for paragraph in paragraphs:
        for shape in _BRACKETED.finditer(paragraph.text):
            one = by_end.get(paragraph.offset + shape.start()) or by_end.get(paragraph.offset + shape.end())
            if one:
                pairs[shape.group(1)] = one.text.split(" (")[0]
    return pairs


def _clusters(found: Sequence[Name], brackets: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    """For each surface form: its kind, its cluster's id and its cluster's best name."""
    schema = {one.text: one.schema for one in reversed(found)}
    parts = {form: words(form) for form in schema}
    head = {form: form for form in schema}
    alike = _alike(parts)
    for form in sorted(schema, key=lambda text: (len(parts[text]), text)):
        longer = brackets.get(form)
        near = {other for key in _keys(form, parts[form]) for other in alike[key]}
        likely = [other for other in sorted(near) if _is_alias(form, other, schema, parts)]
        candidates = [longer] if longer in head else likely
        tops = {_top(head, other) for other in candidates if other}
        if len(tops) == 1 and (top := tops.pop()) != form:
            head[form] = top
    return {form: _cluster(_top(head, form), form, schema) for form in schema}


def _alike(parts: Mapping[str, Sequence[str]]) -> Mapping[str, set[str]]:
    """The forms of each first word, last word and set of capitals: only these can be aliases."""
    index: defaultdict[str, set[str]] = defaultdict(set)
    for form, taken in parts.items():
        for key in (*_keys(form, taken), "".join(letter for letter in form if letter.isupper())):
            index[key].add(form)
    return index


def _keys(form: str, taken: Sequence[str]) -> tuple[str, ...]:
    return (form, *taken[:1], *taken[-1:])


def _cluster(top: str, form: str, schema: Mapping[str, str]) -> tuple[str, str, str]:
    kind = schema[form] if schema[top] == "Organization" else schema[top]
    return kind, content_id("m", top.casefold()), top


def _top(head: Mapping[str, str], form: str) -> str:
    seen: set[str] = set()
    while head[form] != form and form not in seen:
        seen.add(form)
        form = head[form]
    return form


def _is_alias(short: str, long: str, schema: Mapping[str, str], parts: Mapping[str, Sequence[str]]) -> bool:
    """True where ``short`` is how this text goes on calling ``long``."""
    if short == long:
        return False
    few, many = parts[short], parts[long]
    if few == many:
        return long < short
    if not few or len(few) >= len(many) or schema[short] in PLACES or schema[long] in PLACES:
        return _initials(short, long)
    ends, begins = many[-len(few) :] == few, many[: len(few)] == few
    if schema[long] == "Person":
        return ends
    return ends or begins or _initials(short, long)


def _initials(short: str, long: str) -> bool:
    """True for an acronym made of the capitals of the longer name, three letters or more."""
    if not short.isupper() or len(short) < 3:
        return False
    return short == "".join(letter for letter in long if letter.isupper())
