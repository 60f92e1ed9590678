"""The outlets that documents cite, each with the document of it that the citing one is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from secondsource.derivation.changes import Step
from secondsource.derivation.citations import Citations
from secondsource.derivation.dates import may_precede
from secondsource.derivation.outlets import Moved, Outlets, canonical, first_word
from secondsource.derivation.reuse import Grams, Shingles, codes, containment, stand_in
from secondsource.model import Document, Excerpt
from secondsource.provenance import Derivation, How
from secondsource.text import plain, words

_TOPIC = 0.2
_LONG = 4

Found = Mapping[tuple[str, How], tuple[Excerpt, ...]]


class Cited:
    """Citations and credits of one case, kept up to date."""

    def __init__(self, outlets: Outlets, shingles: Mapping[str, Shingles]) -> None:
        self._outlets = outlets
        self._shingles = shingles
        self._finder = Citations(outlets)
        self._words: dict[str, Grams] = {}
        self._found: dict[str, Found] = {}
        self._named: dict[str, frozenset[str]] = {}
        self._parents: dict[str, dict[str, str | None]] = {}

    def edges(self, id: str) -> Iterator[Derivation]:
        """What a document cites and credits."""
        for (outlet, how), excerpts in self._found.get(id, {}).items():
            parent = self._parents[id][canonical(outlet)]
            yield Derivation(id, outlet, parent, how, 0.98 if how == "credit" else 0.95, True, excerpts)

    def naming(self, keys: Collection[str]) -> set[str]:
        """The documents whose text names one of the outlets with these keys."""
        wanted = frozenset(keys)
        return {id for id, named in self._named.items() if not wanted.isdisjoint(named)} if wanted else set()

    def follow(self, step: Step, moved: Moved, mentioned: Iterable[str]) -> set[str]:
        """Bring the citations up to date; the documents whose citations may be otherwise than before.

        ``mentioned`` are documents in which names stand that are looked for now and were not, or no longer.
        """
        for document in step.gone():
            for kept in (self._words, self._found, self._named, self._parents):
                kept.pop(document.id, None)
        again = self.naming(moved.displayed).union(mentioned)
        for document in step.came():
            again.add(document.id)
            self._words[document.id] = codes(word for word in words(document.text) if len(word) >= _LONG)
        for id in again:
            self._find(step.documents[id])
        for id in again:
            self._lead(step.documents[id])
        return again | self._lead_on(step, moved, again) | step.changed

    def _find(self, document: Document) -> None:
        found: dict[tuple[str, How], list[Excerpt]] = {}
        for citation in self._finder.of(document):
            found.setdefault((citation.outlet, citation.how), []).append(citation.excerpt)
        self._found[document.id] = {key: _distinct(excerpts) for key, excerpts in found.items()}
        heads = (name for name, _ in found)
        named = (name for name, _ in self._outlets.places(plain(document.text)))
        self._named[document.id] = frozenset(map(canonical, (*named, *heads)))

    def _lead(self, document: Document) -> None:
        """Find the documents of all outlets that a document cites."""
        keys = {canonical(outlet): outlet for outlet, _ in self._found[document.id]}
        self._parents[document.id] = {
            key: self._parent(document, self._outlets.published_by(outlet)) for key, outlet in keys.items()
        }

    def _lead_on(self, step: Step, moved: Moved, done: Collection[str]) -> set[str]:
        """Take into account what cited outlets published, or no longer do; the documents it changes."""
        found = set[str]()
        for id, parents in self._parents.items():
            if id in done or moved.published.keys().isdisjoint(parents):
                continue
            for key in moved.published.keys() & parents.keys():
                gone, came = moved.published[key]
                old = parents[key]
                published = self._outlets.publishers.get(key, [])
                if old and old not in gone:
                    published = [step.documents[old], *came]
                elif old is None:
                    published = came
                parents[key] = self._parent(step.documents[id], published)
                if parents[key] != old:
                    found.add(id)
        return found

    def _parent(self, document: Document, published: Iterable[Document]) -> str | None:
        """The document of a cited outlet that this one is about: not later, near, the most words shared."""
        others = [other for other in published if other.id != document.id]
        own = self._words[document.id]
        if not others or not len(own):
            return None
        best: list[str] = []
        most = 0
        for count, at in sorted(
            zip(self._shared(own, others), range(len(others)), strict=True), reverse=True
        ):
            if count < most or count / len(own) < _TOPIC:
                break
            if may_precede(others[at], document):
                most = count
                best.append(others[at].id)
        if len(best) < 2:
            return best[0] if best else None
        text = self._shingles[document.id]
        return max((containment(text, self._shingles[id]), id) for id in best)[1]

    def _shared(self, own: Grams, others: Sequence[Document]) -> list[int]:
        """How many of a document's longer words each of others has."""
        every = [self._words[other.id] for other in others]
        ends = np.cumsum([len(one) for one in every])
        counts = np.cumsum(stand_in(np.concatenate(every), own))
        upto = np.where(ends > 0, counts[ends - 1] if len(counts) else 0, 0)
        return list(map(int, np.diff(upto, prepend=0)))


def mentioning(names: Collection[str], documents: Iterable[Document]) -> Iterator[str]:
    """The documents that have one of the names in text or head, by their ids."""
    by_first = {name: first_word(name) for name in names}
    for document in documents if names else ():
        heads = " ; ".join((document.publisher or "", *document.reading.authors))
        near = [name for name, first in by_first.items() if first in document.text or first in heads]
        if near and any(name in heads or name in plain(document.text) for name in near):
            yield document.id


def _distinct(excerpts: Iterable[Excerpt]) -> tuple[Excerpt, ...]:
    return tuple(sorted(set(excerpts), key=lambda excerpt: excerpt.spans))
