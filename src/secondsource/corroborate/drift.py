"""What changed between an original and its copies: statements matched, each pair tested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from secondsource.corroborate import alterations, hardening
from secondsource.corroborate.comparison import Comparison
from secondsource.corroborate.pairs import Change, Pair, Test
from secondsource.corroborate.statements import Statement, statements
from secondsource.derivation import Derivation, apart, earlier
from secondsource.derivation.outlets import canonical
from secondsource.model import Claim, Document, Question
from secondsource.provenance import Account, Drift

TESTS: tuple[Test, ...] = (
    alterations.unaware_to_denies,
    hardening.able_to_does,
    hardening.dropped_attribution,
    hardening.dropped_hedge,
    alterations.some_to_all,
    alterations.number,
    alterations.actor,
    alterations.other_source,
    alterations.added_detail,
)

_SAME_STORY = timedelta(days=60)
_NEAREST = 6


class _Link(NamedTuple):
    """Two reports of one chain; ``directed`` where the copy is made from the origin."""

    copy: str
    origin: str
    directed: bool


def drift(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    derivations: Sequence[Derivation],
    questions: Sequence[Question],
) -> list[Drift]:
    """Every change found between two reports of one chain, by the copy's place and kind.

    Reports are of one chain where one derives from the other, where both derive from one outlet,
    or where some question leads both back to one origin.  Each changed statement of a copy is
    given once a kind, beside the statement of an original that is most like it.
    """
    here = {document.id: document for document in documents if document.text.strip()}
    by_document: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (claim.content.spans, claim.id)):
        by_document[claim.document].append(claim)
    reader = _Reader(here, by_document, _credited(derivations))
    best: dict[tuple[object, ...], tuple[float, Drift]] = {}
    for link in sorted(set(_links(here, derivations, questions))):
        for score, found in reader.changes(link):
            key = (found.kind, found.copy.document, found.copy.excerpt.spans)
            if key not in best or (score, found.origin.document) > (
                best[key][0],
                best[key][1].origin.document,
            ):
                best[key] = (score, found)
    every = (found for _, found in best.values())
    return sorted(every, key=lambda one: (here[one.copy.document].path, one.copy.excerpt.spans, one.kind))


def _credited(derivations: Iterable[Derivation]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for edge in derivations:
        if edge.parent is None:
            found[edge.document].add(edge.source)
    return {document: frozenset(outlets) for document, outlets in found.items()}


def _links(
    here: Mapping[str, Document], derivations: Sequence[Derivation], questions: Sequence[Question]
) -> Iterator[_Link]:
    """The links of every document to what it is made from, then among those of one origin.

    A republication says what its original says: it is laid beside that alone.
    """
    made = {
        (edge.parent, edge.document): edge
        for edge in sorted(derivations, key=lambda edge: edge.score)
        if edge.parent in here and edge.document in here
    }
    by_copy: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for (parent, copy), edge in made.items():
        by_copy[copy].append((-edge.score, parent or ""))
    for copy, parents in by_copy.items():
        yield from (_Link(copy, parent, directed=True) for _, parent in sorted(parents)[:_NEAREST])
    known = made.keys() | {(copy, parent) for parent, copy in made}
    repeats = {edge.document for edge in made.values() if edge.how == "republication"}
    for group in _siblings(derivations, questions):
        among = _among([here[id] for id in sorted(group - repeats) if id in here])
        yield from (link for link in among if (link.origin, link.copy) not in known)


def _siblings(derivations: Sequence[Derivation], questions: Sequence[Question]) -> Iterator[set[str]]:
    by_source: defaultdict[str, set[str]] = defaultdict(set)
    for edge in derivations:
        if edge.parent is None:
            by_source[canonical(edge.source)].add(edge.document)
    yield from by_source.values()
    for question in questions:
        for position in question.positions:
            yield from (set(origin.documents) for origin in position.origins)


def _among(group: Sequence[Document]) -> Iterator[_Link]:
    """Each report of a group with others of it, near in time; in a large group with the earliest."""
    different = list({document.text_sha256: document for document in reversed(group)}.values())
    first = sorted(different, key=lambda d: (d.published or "9", d.id))[:_NEAREST]
    for one in first:
        for other in different:
            gap = apart(one.published, other.published)
            if one.id != other.id and (gap is None or gap <= _SAME_STORY):
                yield _Link(one.id, other.id, directed=False)
                yield _Link(other.id, one.id, directed=False)


class _Reader:
    """Compares reports pair by pair; each is cut into statements once."""

    def __init__(
        self,
        here: Mapping[str, Document],
        claims: Mapping[str, Sequence[Claim]],
        credited: Mapping[str, frozenset[str]],
    ) -> None:
        self._here, self._claims, self._credited = here, claims, credited
        self._cut: dict[str, list[Statement]] = {}

    def _statements(self, id: str) -> list[Statement]:
        if id not in self._cut:
            self._cut[id] = statements(self._here[id], self._claims.get(id, ()))
        return self._cut[id]

    def changes(self, link: _Link) -> Iterator[tuple[float, Drift]]:
        """The changes from one report to another, each with how alike the two statements are."""
        one, other = self._here[link.origin], self._here[link.copy]
        if one.text_sha256 == other.text_sha256 or (
            link.directed and earlier(other.published, one.published)
        ):
            return
        comparison = Comparison(self._statements(one.id), self._statements(other.id))
        credited = self._credited.get(other.id, frozenset())
        for score, said, repeated in comparison.pairs:
            pair = Pair(comparison, said, repeated, score, (one, other), link.directed, credited)
            for change in filter(None, (test(pair) for test in TESTS)):
                yield score, _drift(pair, change)


def _drift(pair: Pair, change: Change) -> Drift:
    one, other = pair.origin, pair.copy
    return Drift(
        change.kind,
        Account(one.document, one.excerpt, one.source, change.before),
        Account(other.document, other.excerpt, other.source, change.after),
        change.sentence,
    )
