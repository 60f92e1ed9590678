"""The documents that a document has something from, or may have: those that it leads to, and what the
outlets that it names had published by then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from secondsource.derivation.changes import Step
from secondsource.derivation.dates import may_precede
from secondsource.derivation.outlets import Outlets, Published, canonical
from secondsource.model import Document
from secondsource.provenance import Derivation

_FEW = 50
"""Of an outlet that published more documents only those count that an edge leads to."""


class Upstream:
    """What each document of one case may rest on, kept up to date."""

    def __init__(self, outlets: Outlets) -> None:
        self.of: dict[str, frozenset[str]] = {}
        self._outlets = outlets
        self._named: dict[str, frozenset[str]] = {}

    def follow(
        self,
        step: Step,
        edges: Mapping[str, Collection[Derivation]],
        otherwise: Collection[str],
        published: Published,
    ) -> set[str]:
        """Bring it up to date; the documents that now may rest on others than before.

        ``otherwise`` are the documents whose edges are, ``published`` has the outlets whose documents are.
        """
        crossed = {key for key, moved in published.items() if self._crosses(key, moved)}
        anew = step.changed.union(otherwise)
        found = dict[str, frozenset[str]]()
        for id, named in self._named.items():
            if id in anew or published.keys().isdisjoint(named):
                continue
            if crossed.isdisjoint(named):
                found[id] = self._lead_on(step.documents[id], edges[id], published)
            else:
                found[id] = self._lead(step.documents[id], edges[id])
        for id in anew:
            self._named.pop(id, None)
            found[id] = self._lead(step.documents[id], edges[id]) if id in edges else frozenset()
        return {id for id, now in found.items() if self._put(id, now)}

    def resting_on(self, keys: Collection[str]) -> set[str]:
        """Documents of which an edge leads to an outlet with one of these keys."""
        return {id for id, named in self._named.items() if not named.isdisjoint(keys)} if keys else set()

    def _crosses(self, key: str, moved: tuple[Collection[str], Collection[Document]]) -> bool:
        now = len(self._outlets.publishers.get(key, ()))
        return (now > _FEW) != (now - len(moved[1]) + len(moved[0]) > _FEW)

    def _lead(self, document: Document, edges: Collection[Derivation]) -> frozenset[str]:
        self._named[document.id] = named = frozenset(canonical(edge.source) for edge in edges)
        found = set(_parents(edges))
        for key in named:
            found.update(self._before(document, key, self._outlets.publishers.get(key, ())))
        return frozenset(found - {document.id})

    def _lead_on(
        self, document: Document, edges: Collection[Derivation], published: Published
    ) -> frozenset[str]:
        """Take out what outlets no longer published, and put in what they have since."""
        found = set(self.of.get(document.id, ()))
        keys = published.keys() & self._named[document.id]
        for key in keys:
            found -= published[key][0]
        for key in keys:
            found.update(self._before(document, key, published[key][1]))
        return frozenset(found.union(_parents(edges)) - {document.id})

    def _before(self, document: Document, key: str, others: Iterable[Document]) -> Iterator[str]:
        """Documents of an outlet that could be what this one is from."""
        if len(self._outlets.publishers.get(key, ())) <= _FEW:
            yield from (other.id for other in others if may_precede(other, document))

    def _put(self, id: str, now: frozenset[str]) -> bool:
        before = self.of.get(id, frozenset())
        if now == before:
            return False
        if now:
            self.of[id] = now
        else:
            del self.of[id]
        return True


def _parents(edges: Iterable[Derivation]) -> Iterator[str]:
    return (edge.parent for edge in edges if edge.parent)
