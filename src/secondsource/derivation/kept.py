"""The derivations of a case that changes: documents come and go, and only what they touch is looked at again.

The outcome hangs on what the case holds alone, whatever came and went before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from secondsource.derivation.changes import Changes, Pair, Step, Told, other_parents, pair_of
from secondsource.derivation.cited import Cited, mentioning
from secondsource.derivation.links import Links
from secondsource.derivation.outlets import Outlets
from secondsource.derivation.releases import Releases
from secondsource.derivation.repeats import Repeats
from secondsource.derivation.retellings import Retellings
from secondsource.derivation.reuse import Shingles, shingles
from secondsource.derivation.upstream import Upstream
from secondsource.model import Document, Entity
from secondsource.provenance import Derivation


class Derivations:
    """What derives from what in a case, and the outlets it can cite, kept up to date.

    ``edges`` holds the derivations of each document that has any, in order of source, kind and parent; what
    stays is the same object.  ``outlets`` is one object for life.  ``upstream`` has, for each document that
    has any, the documents that it derives from or may: earlier ones of its story by outlets that it names.
    """

    def __init__(self) -> None:
        self.edges: dict[str, tuple[Derivation, ...]] = {}
        self.outlets = Outlets()
        self._documents: Mapping[str, Document] = {}
        self._claims: Told = {}
        self._shingles: dict[str, Shingles] = {}
        self._cited = Cited(self.outlets, self._shingles)
        self._links = Links()
        self._releases = Releases(self.outlets)
        self._parents: dict[str, frozenset[str]] = {}
        self._repeats = Repeats(self._shingles)
        self._retellings = Retellings()
        self._upstream = Upstream(self.outlets)
        self.upstream: Mapping[str, frozenset[str]] = self._upstream.of

    def follow(
        self, documents: Mapping[str, Document], claims: Told, entities: Iterable[Entity] = ()
    ) -> Changes:
        """Bring everything up to date with the ``documents`` that have text, their claims and the entities.

        Claims are given by document, in order of their ids.  Documents, claims and entities that did not
        change are best the same objects as before: what is not is compared in full.
        """
        step = Step.between(self._documents, documents, self._claims, claims)
        self._documents, self._claims = dict(documents), dict(claims)
        moved = self.outlets.follow(step.gone(), step.came(), step.taken_back(), step.said())
        for id in step.changed:
            self._shingles.pop(id, None)
        self._shingles.update({document.id: shingles(document) for document in step.came()})
        stay = (document for id, document in documents.items() if id not in step.changed)
        mentioned = frozenset(mentioning(moved.names, stay))
        named = self._cited.follow(step, moved, mentioned) | self._links.follow(step)
        named |= self._releases.follow(step, entities, cited=bool(moved.cited))
        touched = named | self._compare(step, named)
        before = {id: self.edges.get(id, ()) for id in touched}
        otherwise = frozenset(id for id in touched if self._gather(id))
        rests = {id: other_parents(before[id], self.edges.get(id, ())) for id in otherwise}
        upstream = self._upstream.follow(step, self.edges, otherwise, moved.published)
        return Changes(
            otherwise,
            {id: parents for id, parents in rests.items() if parents is not None},
            frozenset(upstream),
            moved.names,
            mentioned,
            moved.displayed,
            moved.cited,
        )

    def naming(self, keys: Collection[str]) -> set[str]:
        """Documents whose text names an outlet with one of these keys, and those that it published."""
        published = (document.id for key in keys for document in self.outlets.publishers.get(key, ()))
        return self._cited.naming(keys).union(published)

    def resting_on(self, keys: Collection[str]) -> set[str]:
        """Documents of which an edge leads to an outlet with one of these keys, be it named or not."""
        return self._upstream.resting_on(keys)

    def _compare(self, step: Step, named: Collection[str]) -> set[str]:
        """Compare texts, knowing what cites what; the documents whose edges that changes."""
        cites = {pair for id in named for pair in self._cite(id)}
        repeats = self._repeats.follow(step, self._parents, cites)
        pairs = repeats | self._retellings.follow(
            step, self._repeats.republished, self._is_known, repeats | cites
        )
        return {id for pair in pairs for id in pair}

    def _cite(self, id: str) -> set[Pair]:
        """Note which documents one cites, links to or reports; the pairs for which that is otherwise."""
        before = self._parents.pop(id, frozenset())
        now = frozenset(edge.parent for edge in self._named(id) if edge.parent)
        if now:
            self._parents[id] = now
        return {pair_of(id, other) for other in before ^ now}

    def _is_known(self, pair: Pair) -> bool:
        """True where one of two documents names the other, or repeats it."""
        one, other = pair
        names = other in self._parents.get(one, ()) or one in self._parents.get(other, ())
        return names or self._repeats.edges.joins(one, other)

    def _named(self, id: str) -> Iterator[Derivation]:
        """What a document itself names: outlets, releases and pages."""
        if id in self._documents:
            yield from self._cited.edges(id)
            yield from self._releases.edges(id, self._documents)
            yield from self._links.edges(id, self._documents)

    def _gather(self, id: str) -> bool:
        """Put the edges of a document together; False where they are those of before."""
        made = (*self._named(id), *self._repeats.edges.of(id), *self._retellings.edges.of(id))
        edges = tuple(sorted(made, key=lambda edge: (edge.source, edge.how, edge.parent or "")))
        before = self.edges.pop(id, ())
        if edges:
            self.edges[id] = before if before == edges else edges
        return before != edges
