"""Names in a text, each with its kind and its cluster inside the document.

Where names stand is found paragraph by paragraph (`spotting`); what they are is weighed over the whole text
(`naming`), and so is which of them are one thing (`aliases`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from secondsource.extractor.aliases import Cluster, clusters, code
from secondsource.extractor.naming import ADJECTIVE, PLACES, SEAT, Kinds, Name
from secondsource.extractor.paragraphs import Paragraph
from secondsource.extractor.spotting import spotted
from secondsource.extractor.things import things
from secondsource.gazetteers import Known, Phrases, WatchList, known
from secondsource.model import Excerpt, Mention, Span
from secondsource.names import unmixed, warnings
from secondsource.text import content_id, overlap

_BRACKETED = re.compile(r"\s*\((?:the )?[“\"']?([A-Z][A-Za-z0-9&.\-]{1,9})[”\"']?\)")
_OR = re.compile(r"(?:,? or|, also called|, known as) ([A-Z]{1,2}\d{1,3}|[A-Z]{2,6})\b")
_SHORTEST = 4
_BODIES = frozenset({"PublicBody", "Organization"})
_THE = ("the ", "The ")
_AT = re.compile(r"\b(?:in|near|at|outside|around|from|to|into|via|through|across|of|and|or) $|[(,] ?$")
_LISTED = re.compile(r", [A-Z]|\)|-based|/")


def mentions(
    paragraphs: Sequence[Paragraph], text: str, watch: WatchList | None = None
) -> tuple[Mention, ...]:
    """Every name of a document in reading order, each with its cluster in the document.

    ``watch`` has the user's own names, which go before all else.
    """
    if not paragraphs:
        return ()
    named = [one for paragraph in paragraphs for one in spotted(paragraph, watch)]
    brackets = _abbreviations(paragraphs, named)
    found = _seated(_with_repeats(paragraphs, named, brackets), text)
    kinds = Kinds(found, text, paragraphs[-1].outlets)
    tied = clusters(found, kinds, brackets, text)
    of = {form: _schema(cluster, kinds) for form, cluster in tied.items()}
    ids = {name: content_id("m", name.casefold()) for name in {cluster.name for cluster in tied.values()}}
    kept = (one for one in found if _is_kept(one, tied[one.key]))
    return tuple(_mention(one, tied[one.key].name, ids, of) for one in kept)


def _mention(one: Name, name: str, ids: Mapping[str, str], of: Mapping[str, str]) -> Mention:
    schema = of[one.key]
    how = "rule" if one.how == "repeat" or (schema != one.schema and one.how == "model") else one.how
    how = ADJECTIVE if _is_adjective(one, of) else how
    flags = tuple(warnings(one.text))
    return Mention(Excerpt((one.span,), one.text), schema, ids[name], name, how, flags)


def _is_adjective(one: Name, of: Mapping[str, str]) -> bool:
    """True for an adjective of nationality, of a state of this world or of one that the text names
    (“Drovian”)."""
    if one.known is not None:
        return one.known.role == "people"
    return one.how == ADJECTIVE and of[one.key] == "Country"


def _schema(cluster: Cluster, kinds: Kinds) -> str:
    """The kind of a cluster by its fuller forms: “the Council” tells less than “Council of the League”."""
    full = [form for form in cluster.rules if form.lower() not in things().short]
    schema = kinds.of(*(full or cluster.rules))
    if schema == "Person" and set(cluster.rules) <= kinds.bare:
        return kinds.but_for("Person", *cluster.rules) or "Organization"
    return schema


def _is_kept(one: Name, cluster: Cluster) -> bool:
    """False for a word that names nothing here: “the Council”, where no council has been named."""
    alone = len(cluster.rules) == 1
    return not (alone and one.known is None and one.text.lower() in things().short | things().nothing)


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


def _seated(found: Sequence[Name], text: str) -> list[Name]:
    """Capitals that stand for their states, which the text names too; “in Moscow” is the town."""
    states = {one.known.name for one in found if one.known is not None and one.known.schema == "Country"}
    return [_as_state(one) if _stands_for_state(one, text, states) else one for one in found]


def _stands_for_state(one: Name, text: str, states: Set[str]) -> bool:
    if one.known is None or one.known.role != "seat" or one.known.state not in states or one.text.isupper():
        return False
    before = text[max(0, one.span.start - 12) : one.span.start]
    return not _AT.search(before) and not _LISTED.match(text, one.span.end)


def _as_state(one: Name) -> Name:
    assert one.known is not None
    state = Known(one.known.state or "", "Country", "name", one.known.country, one.known.at)
    return replace(one, schema="Country", known=state, key=one.text + SEAT)


def _with_repeats(
    paragraphs: Sequence[Paragraph], named: Sequence[Name], brackets: Mapping[str, str]
) -> list[Name]:
    """``named``, and where the same name, its bracketed short form or a person's surname stands again."""
    forms = {one.text: one for one in reversed(named)}
    again = {form: one for form, one in forms.items() if one.known is None or one.known.role == "name"}
    again |= {short: forms[long] for short, long in brackets.items() if long in forms and short not in forms}
    for form, one in list(forms.items()):
        surname = form.rsplit(" ", 1)[-1]
        if one.schema == "Person" and surname != form and len(surname) >= _SHORTEST:
            again.setdefault(surname, replace(one, known=None))
        if short := code(form):
            again.setdefault(short, one)
        if one.schema in {"Vessel", "Person", "Company"} and " " in form:
            again.setdefault(form.upper(), one)
    bodies = {_head(form): one for form, one in forms.items() if one.schema in _BODIES and " " in form}
    for short, one in bodies.items():
        if len(short) >= _SHORTEST and short[0].isupper() and short not in again and known(short) is None:
            again[short] = replace(one, known=None)
    seek = Phrases(form for form in again if len(form) >= _SHORTEST or form in brackets or form[-1].isdigit())
    held = {one.span: one for one in named}
    at = {place: one.span for one in named for place in range(*one.span)}
    for paragraph in paragraphs:
        for start, end, form in sorted(
            seek.places(unmixed(paragraph.text)), key=lambda hit: (hit[0] - hit[1], hit[0])
        ):
            if form in bodies and form not in forms and not paragraph.text.endswith(_THE, 0, start):
                continue
            span = paragraph.at(start, end)
            over = {at[place] for place in range(*span) if place in at}
            if all(span.start <= one.start and one.end <= span.end and one != span for one in over):
                for inner in over:
                    del held[inner]
                at.update(dict.fromkeys(range(*span), span))
                held[span] = Name(
                    span, paragraph.text[start:end], again[form].schema, "repeat", again[form].known
                )
    return [held[span] for span in sorted(held)]


def _head(form: str) -> str:
    """What a text goes on calling a body: “League” of “Straits League”, “Ministry” of “Ministry of Trade”."""
    return form.split(" of ")[0].split(" for ")[0].rsplit(" ", 1)[-1]


def _abbreviations(paragraphs: Iterable[Paragraph], found: Sequence[Name]) -> dict[str, str]:
    """Short forms that the text itself puts after the long one: in brackets, or with an “or”."""
    pairs: dict[str, str] = {}
    by_end = {one.span.end: one for one in found}
    for paragraph in paragraphs:
        for pattern in (_BRACKETED, _OR):
            for shape in pattern.finditer(paragraph.text):
                one = by_end.get(paragraph.offset + shape.start()) or by_end.get(
                    paragraph.offset + shape.end()
                )
                if one and one.schema not in PLACES:
                    pairs[shape.group(1)] = one.text.split(" (")[0]
    return pairs
