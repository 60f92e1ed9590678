"""The outlets that documents cite, each with the document of it that the citing one is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from secondsource.derivation.changes import Step
from secondsource.derivation.citations import Citations
from secondsource.derivation.dates import SAME_STORY, day, may_precede
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
        self._shelves: dict[str, _Shelf] = {}

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
        for key in moved.published:
            self._shelves.pop(key, None)
        for id in again:
            self._find(step.documents[id])
        for id in again:
            self._lead(step.documents[id])
        return again | self._lead_on(step, moved, again) | step.changed

    def _find(self, document: Document) -> None:
        text = plain(document.text)
        named = list(self._outlets.places(text))
        found: dict[tuple[str, How], list[Excerpt]] = {}
        for citation in self._finder.of(document, text, named):
            found.setdefault((citation.outlet, citation.how), []).append(citation.excerpt)
        self._found[document.id] = {key: _distinct(excerpts) for key, excerpts in found.items()}
        names = chain((name for name, _ in (*named, *found)), self._finder.heads(document))
        self._named[document.id] = frozenset(map(canonical, names))

    def _lead(self, document: Document) -> None:
        """Find the documents of all outlets that a document cites."""
        keys = {canonical(outlet) for outlet, _ in self._found[document.id]}
        self._parents[document.id] = {key: self._parent(document, self._shelf(key)) for key in keys}

    def _shelf(self, key: str) -> _Shelf:
        """What an outlet published."""
        if key not in self._shelves:
            self._shelves[key] = _Shelf.of(self._outlets.publishers.get(key, ()), self._words)
        return self._shelves[key]

    def _lead_on(self, step: Step, moved: Moved, done: Collection[str]) -> set[str]:
        """Take into account what cited outlets published, or no longer do; the documents it changes."""
        found = set[str]()
        for id, parents in self._parents.items():
            if id in done or moved.published.keys().isdisjoint(parents):
                continue
            for key in moved.published.keys() & parents.keys():
                gone, came = moved.published[key]
                old = parents[key]
                known = [step.documents[old]] if old and old not in gone else []
                is_open = bool(known) or old is None
                shelf = _Shelf.of((*known, *came), self._words) if is_open else self._shelf(key)
                parents[key] = self._parent(step.documents[id], shelf)
                if parents[key] != old:
                    found.add(id)
        return found

    def _parent(self, document: Document, shelf: _Shelf) -> str | None:
        """The document of a cited outlet that this one is about: not later, near, the most words shared."""
        own = self._words[document.id]
        best: list[str] = []
        most = 0
        for count, other in shelf.ranked(document, own) if len(own) else ():
            if count < most or count / len(own) < _TOPIC:
                break
            if other.id != document.id and may_precede(other, document):
                most = count
                best.append(other.id)
        if len(best) < 2:
            return best[0] if best else None
        text = self._shingles[document.id]
        return max((containment(text, self._shingles[id]), id) for id in best)[1]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Documents of one outlet with their longer words, one document's behind another's."""

    documents: Sequence[Document]
    days: npt.NDArray[np.float64]
    words: Grams
    ends: npt.NDArray[np.intp]

    @classmethod
    def of(cls, documents: Sequence[Document], words: Mapping[str, Grams]) -> _Shelf:
        every = [words[document.id] for document in documents]
        ends = np.cumsum([0, *map(len, every)])
        days = np.array([day(document.published) for document in documents])
        return cls(documents, days, np.concatenate([*every, np.zeros(0, dtype=np.uint64)]), ends)

    def ranked(self, document: Document, own: Grams) -> Iterator[tuple[int, Document]]:
        """Documents with how many of the ``own`` words of one each has, those with the most first.

        Left out are those that are of another story by their days alone.
        """
        since = day(document.published) - self.days
        near = np.flatnonzero(~((since < -1) | (since > SAME_STORY.days)))
        if len(near):
            counts = np.zeros(len(self.words) + 1, dtype=np.intp)
            stand_in(self.words, own).cumsum(out=counts[1:])
            shared = counts[self.ends[near + 1]] - counts[self.ends[near]]
            order = (-shared).argsort(kind="stable")
            for count, at in zip(shared[order].tolist(), near[order].tolist(), strict=True):
                yield count, self.documents[at]


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
