"""Documents that repeat the words of others: which is made from which, and the words that show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from secondsource.derivation.changes import Pair, Step, pair_of
from secondsource.derivation.dates import in_time
from secondsource.derivation.outlets import house
from secondsource.derivation.reuse import WORD_FOR_WORD, Shingles, containment, reuses, shared_spans
from secondsource.derivation.sharing import Rule, Sharing
from secondsource.model import Document, Excerpt
from secondsource.provenance import Derivation, How

_RULE = Rule(most=40, fewest=8, hub=True)

Parents = Mapping[str, frozenset[str]]
"""For each document those that it cites, links to or reports."""


class PairEdges:
    """Edges between documents of one case, at most one for a pair."""

    def __init__(self) -> None:
        self._edges: defaultdict[str, dict[str, Derivation]] = defaultdict(dict)

    def of(self, id: str) -> Collection[Derivation]:
        """The edges of the document that derives."""
        return self._edges[id].values() if id in self._edges else ()

    def joins(self, one: str, other: str) -> bool:
        """True where one of the two derives from the other."""
        return other in self._edges.get(one, ()) or one in self._edges.get(other, ())

    def replace(self, pairs: Iterable[Pair], edges: Iterable[Derivation]) -> set[Pair]:
        """Put ``edges`` in the place of those of ``pairs``; the pairs whose edge is otherwise."""
        old = {(one, other): self._pop(one, other) or self._pop(other, one) for one, other in pairs}
        new: dict[Pair, Derivation] = {}
        for edge in edges:
            self._edges[edge.document][edge.parent or ""] = edge
            new[pair_of(edge.document, edge.parent or "")] = edge
        return {pair for pair, edge in old.items() if edge != new.get(pair)}

    def _pop(self, one: str, other: str) -> Derivation | None:
        return self._edges[one].pop(other, None) if one in self._edges else None


class Repeats:
    """Republications and rewritings in one case, kept up to date."""

    def __init__(self, shingles: Mapping[str, Shingles]) -> None:
        self._shingles = shingles
        self._sharing = Sharing(_RULE)
        self.edges = PairEdges()
        self.republished: set[str] = set()

    def follow(self, step: Step, parents: Parents, cited: Iterable[Pair]) -> set[Pair]:
        """Bring the repeats up to date; the pairs of which that is otherwise than before.

        ``cited`` are the pairs of which one cites the other now and did not, or no longer.
        """
        gone = [document.id for document in step.gone()]
        came = {document.id: self._shingles[document.id].grams for document in step.came()}
        pairs = self._sharing.follow(gone, came).union(cited)
        met = (pair for pair in pairs if self._sharing.joins(pair))
        found = [self._repeat(step.documents[one], step.documents[other], parents) for one, other in met]
        made = sorted(filter(None, found), key=lambda one: (one.copy.id, one.original.id))
        moved = self.edges.replace(pairs, map(self._edge, made))
        for id in {id for pair in moved for id in pair}:
            self.republished.discard(id)
            if any(edge.how == "republication" for edge in self.edges.of(id)):
                self.republished.add(id)
        return moved

    def _repeat(self, one: Document, other: Document, parents: Parents) -> _Repeat | None:
        copy, original, directed = self._direction(one, other, parents)
        texts = self._shingles[copy.id], self._shingles[original.id]
        if not reuses(*texts, one_house=_akin(copy.publisher, original.publisher)):
            return None
        return _Repeat(copy, original, directed, containment(*texts))

    def _direction(self, one: Document, other: Document, parents: Parents) -> tuple[Document, Document, bool]:
        """Copy, original, and whether that is known: from a citation, else from the dates.

        Where neither tells, the text that is the more contained in the other stands as the copy.
        """
        cites, cited = other.id in parents.get(one.id, ()), one.id in parents.get(other.id, ())
        if cites != cited:
            return (one, other, True) if cites else (other, one, True)
        is_shorter = len(self._shingles[one.id].grams) < len(self._shingles[other.id].grams)
        return in_time(one, other, first_copies=is_shorter)

    def _edge(self, found: _Repeat) -> Derivation:
        copy, original = found.copy, found.original
        spans = shared_spans(self._shingles[copy.id], self._shingles[original.id])
        shown = tuple(Excerpt((span,), copy.text[span.start : span.end]) for span in spans)
        name = original.publisher or original.title or original.path
        how: How = "republication" if found.score >= WORD_FOR_WORD else "rewriting"
        return Derivation(copy.id, name, original.id, how, round(found.score, 4), found.directed, shown)


@dataclass(frozen=True, slots=True)
class _Repeat:
    """A document made from another, whether the dates or a citation tell so, and the share it has of it."""

    copy: Document
    original: Document
    directed: bool
    score: float


def _akin(one: str | None, other: str | None) -> bool:
    """True for two outlets of one owner."""
    return house(one) is not None and house(one) == house(other)
