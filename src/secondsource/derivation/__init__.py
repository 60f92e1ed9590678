"""What derives from what, and the words that show it.

A text derives from another where it cites it ("Reuters reported", "told AFP"), carries its
credit ("QUELMAR (Meldwire) —") or repeats its words outside quotation marks.  None of this
is a judgement: every edge keeps the words it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from secondsource.derivation.citations import Citations
from secondsource.derivation.outlets import Outlets, house
from secondsource.derivation.paraphrase import PARAPHRASE, anchors, near, retold
from secondsource.derivation.releases import releases
from secondsource.derivation.reuse import (
    REUSE,
    WORD_FOR_WORD,
    Shingles,
    candidates,
    containment,
    reuses,
    shared_spans,
    shingles,
)
from secondsource.derivation.told import told
from secondsource.model import Claim, Document, Entity, Excerpt
from secondsource.provenance import Derivation, How
from secondsource.text import words

__all__ = ["REUSE", "WORD_FOR_WORD", "Derivation", "Outlets", "apart", "derive", "earlier", "told"]

_NEAR = timedelta(hours=2)
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}\S*)?)?)?")
_SAME_STORY = timedelta(days=60)
_SAME_WEEK = timedelta(days=7)
_TOPIC = 0.2


def derive(
    documents: Sequence[Document], claims: Sequence[Claim] = (), entities: Sequence[Entity] = ()
) -> list[Derivation]:
    """Every derivation among ``documents`` and from outlets they name, each with its words.

    ``claims`` tell which names are outlets and which releases are reported, ``entities`` which
    names are one party's; without them only the texts and their heads are read.  The order of
    the arguments never matters.
    """
    read = sorted((d for d in documents if d.text.strip()), key=lambda d: d.id)
    outlets = Outlets(read, claims)
    grams = {document.id: shingles(document) for document in read}
    cited = [*_cited(read, outlets, grams), *_reported(read, claims, entities, outlets)]
    cited += _linked(read)
    edges = [*cited, *_reused(read, grams, {(edge.document, edge.parent) for edge in cited})]
    edges += _retold(read, edges)
    return sorted(edges, key=lambda e: (e.document, e.source, e.how, e.parent or ""))


def earlier(one: str | None, other: str | None) -> bool | None:
    """True where ``one`` was published before ``other``; None where the dates do not tell.

    Dates are compared at the coarser precision, times within two hours are not told apart
    (a copy often carries the time it was last touched).
    """
    left, right = _dated(one), _dated(other)
    if not left or not right:
        return None
    width = min(len(left), len(right))
    if width <= 10:
        return left[:width] < right[:width] if left[:width] != right[:width] else None
    gap = _moment(right) - _moment(left)
    return None if abs(gap) < _NEAR else gap > timedelta(0)


def apart(one: str | None, other: str | None) -> timedelta | None:
    """How far apart two dates are, by the day; None where either has none."""
    left, right = _dated(one), _dated(other)
    if not left or not right or min(len(left), len(right)) < 10:
        return None
    return abs(_moment(left[:10]) - _moment(right[:10]))


def _dated(date: str | None) -> str | None:
    """The date as far as it is one: no month 99, no words."""
    found = _ISO.match(date or "")
    try:
        datetime.fromisoformat(f"{found[0][:10]}-01-01"[:10] if found else "")
    except ValueError:
        return None
    return found[0] if found else None


def _moment(iso: str) -> datetime:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        moment = datetime.fromisoformat(iso[:16])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _cited(
    documents: Sequence[Document], outlets: Outlets, grams: dict[str, Shingles]
) -> Iterator[Derivation]:
    finder = Citations(outlets)
    for document in documents:
        found: dict[tuple[str, How], list[Excerpt]] = {}
        for citation in finder.of(document):
            found.setdefault((citation.outlet, citation.how), []).append(citation.excerpt)
        for (outlet, how), excerpts in found.items():
            parent = _parent(document, outlets.published_by(outlet), grams)
            yield Derivation(
                document.id, outlet, parent, how, 0.98 if how == "credit" else 0.95, True, _distinct(excerpts)
            )


def _distinct(excerpts: Iterable[Excerpt]) -> tuple[Excerpt, ...]:
    return tuple(sorted(set(excerpts), key=lambda excerpt: excerpt.spans))


def _parent(document: Document, published: Sequence[Document], grams: dict[str, Shingles]) -> str | None:
    """The document of a cited outlet that this one is about: not later, near, the most words shared."""
    own = {word for word in _bag(document.text) if len(word) > 3} if published else set()
    scored: list[tuple[float, float, str]] = []
    for other in published:
        if other.id != document.id and _may_precede(other, document):
            reuse = containment(grams[document.id], grams[other.id])
            scored.append((len(own & _bag(other.text)) / max(1, len(own)), reuse, other.id))
    best = max(scored, default=None)
    return best[2] if best and best[0] >= _TOPIC else None


@lru_cache(maxsize=4096)
def _bag(text: str) -> frozenset[str]:
    return frozenset(words(text))


def _may_precede(original: Document, copy: Document) -> bool:
    gap = apart(original.published, copy.published)
    return not earlier(copy.published, original.published) and (gap is None or gap <= _SAME_STORY)


def _reported(
    documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity], outlets: Outlets
) -> Iterator[Derivation]:
    """Documents that report another party's own release which is in the case too."""
    named = {document.id: document for document in documents}
    for claim, release in releases(documents, claims, entities, outlets):
        if earlier(named[claim.document].published, release.published):
            continue
        shown = tuple(part for part in (claim.source, claim.cue, claim.content) if part)
        yield Derivation(claim.document, release.publisher or "", release.id, "release", 0.95, True, shown)


def _linked(documents: Sequence[Document]) -> Iterator[Derivation]:
    """Documents that say by an address which page they are based on, where that page is in the case."""
    pages = {_address(d.reading.url): d for d in documents if d.reading.url}
    for document in documents:
        for address in document.reading.based_on:
            page = pages.get(_address(address))
            first = re.search(r"\S[^\n]{0,80}", document.text)
            if page and page.id != document.id and first:
                name = page.publisher or page.title or page.path
                shown = (Excerpt.of(document.text, [first.span()]),)
                yield Derivation(document.id, name, page.id, "link", 0.98, True, shown)


def _address(url: str | None) -> str:
    return re.sub(r"^https?://(?:www\.)?|[#?].*$", "", (url or "").casefold()).rstrip("/")


def _retold(documents: Sequence[Document], edges: Sequence[Derivation]) -> Iterator[Derivation]:
    """Documents that tell the same in the same order in other words, near in time."""
    known = {frozenset((edge.document, edge.parent)) for edge in edges}
    repeats = {edge.document for edge in edges if edge.how == "republication"}
    named = {document.id: document for document in documents}
    texts = {document.id: anchors(document) for document in documents if document.id not in repeats}
    for pair in near(list(texts.values())):
        one, other = named[pair[0]], named[pair[1]]
        gap = apart(one.published, other.published)
        if frozenset(pair) in known or (gap is not None and gap > _SAME_WEEK):
            continue
        copy, original, directed = _in_time(one, other, len(texts[pair[0]].keys) < len(texts[pair[1]].keys))
        share, places = retold(texts[copy.id], texts[original.id])
        if share >= PARAPHRASE:
            name = original.publisher or original.title or original.path
            shown = tuple(Excerpt.of(copy.text, [place]) for place in places)
            yield Derivation(copy.id, name, original.id, "paraphrase", round(share, 4), directed, shown)


def _in_time(one: Document, other: Document, first_copies: bool) -> tuple[Document, Document, bool]:
    """Copy, original, and whether the dates tell; where they do not, as ``first_copies`` says."""
    first = earlier(one.published, other.published)
    if first is None:
        return (one, other, False) if first_copies else (other, one, False)
    return (other, one, True) if first else (one, other, True)


def _reused(
    documents: Sequence[Document], grams: dict[str, Shingles], cited: set[tuple[str, str | None]]
) -> Iterator[Derivation]:
    named = {document.id: document for document in documents}
    seen: dict[tuple[str, str], tuple[Excerpt, ...]] = {}
    for pair in sorted(candidates(grams.values())):
        copy, original, directed = _direction(named[pair[0]], named[pair[1]], grams, cited)
        akin = house(copy.publisher) is not None and house(copy.publisher) == house(original.publisher)
        if not reuses(grams[copy.id], grams[original.id], one_house=akin):
            continue
        score = containment(grams[copy.id], grams[original.id])
        texts = (copy.text, original.text)
        if texts not in seen:  # copies of copies share words at the same places
            spans = shared_spans(grams[copy.id], grams[original.id])
            seen[texts] = tuple(Excerpt.of(copy.text, [span]) for span in spans)
        name = original.publisher or original.title or original.path
        how: How = "republication" if score >= WORD_FOR_WORD else "rewriting"
        yield Derivation(copy.id, name, original.id, how, round(score, 4), directed, seen[texts])


def _direction(
    one: Document, other: Document, grams: dict[str, Shingles], cited: set[tuple[str, str | None]]
) -> tuple[Document, Document, bool]:
    """Copy, original, and whether that is known: from a citation, else from the dates.

    Where neither tells, the text that is the more contained in the other stands as the copy.
    """
    for copy, original in ((one, other), (other, one)):
        if (copy.id, original.id) in cited and (original.id, copy.id) not in cited:
            return copy, original, True
    forward, back = containment(grams[one.id], grams[other.id]), containment(grams[other.id], grams[one.id])
    return _in_time(one, other, forward > back)
