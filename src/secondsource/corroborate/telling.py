"""How much words, names and whole documents tell, while documents come and go.

What is common in a case counts for little.  Weights are whole numbers, so that no order of adding can show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from secondsource.corroborate.rows import NONE, Codes, Numbers, Padded, Values, shared
from secondsource.corroborate.slots import Slots

ONCE = 232_792_560  # what every number up to twenty divides
_SMALLER = 0.6
_LONG = 1_000_000
_HALF = 31
LINKED = 0.5
"""Documents of which one has it of the other tell one story at least so much."""

Told = Mapping[str, tuple[Slots, ...]]
Parents = Mapping[str, frozenset[str]]


class Rarity:
    """How much each item tells: `ONCE` where it stands once, less at each doubling of its count.

    Doublings and not shares of the whole: another document changes the weight of few items.
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._count: Counter[str] = Counter()
        self._weights = np.zeros(0, dtype=np.int64)

    def follow(self, gone: Iterable[str], come: Iterable[str]) -> set[str]:
        """Count items anew; those that tell more or less than before."""
        moved = Counter(come)
        moved.subtract(Counter(gone))
        changed = set()
        for item, number in moved.items():
            was = self._count[item]
            self._count[item] += number
            if not self._count[item]:
                del self._count[item]
            if was.bit_length() != (was + number).bit_length():
                changed.add(item)
        self._put(changed)
        return changed

    def _put(self, items: Iterable[str]) -> None:
        places = [self._codes[item] for item in items]
        if len(self._weights) < len(self._codes) + 1:  # the last stays 0, for what fills up a row
            grown = np.zeros(len(self._codes) * 3 // 2 + 1, dtype=np.int64)
            grown[: len(self._weights)] = self._weights
            self._weights = grown
        self._weights[places] = [self[item] for item in items]

    def __getitem__(self, item: str) -> int:
        number = self._count.get(item, 0)
        return 2 * ONCE // (1 + number.bit_length()) if number else 0

    def shares(self, one: Numbers, other: Numbers) -> Values:
        """What the sets of each two rows share against the sizes of both, the smaller counting more, 0–1."""
        found = np.zeros(len(one))
        met = shared(one, other)
        some = np.flatnonzero(met.any(axis=1))
        one, other, met = one[some], other[some], met[some]
        weights = self._weights[one]
        sizes = np.stack((weights.sum(axis=1), self._weights[other].sum(axis=1)))
        common = np.where(met, weights, 0).sum(axis=1)
        found[some] = common / (_SMALLER * sizes.min(axis=0) + (1 - _SMALLER) * sizes.max(axis=0))
        return found


class Stories:
    """What documents tell of: vectors over names, each as long as `_LONG`; and who has it of whom."""

    def __init__(self, codes: Codes) -> None:
        self.rarity = Rarity(codes)
        self._codes = codes
        self._count: dict[str, Counter[str]] = {}
        self._vectors: dict[str, dict[str, int]] = {}
        self._telling: defaultdict[str, set[str]] = defaultdict(set)
        self._names, self._weights = Padded(), Padded()
        self._names.add([()])  # the row of whatever tells of nothing
        self._weights.add([()])
        self._row = np.zeros(0, dtype=np.int64)
        self._parents: dict[str, frozenset[str]] = {}
        self._links: Counter[int] = Counter()
        self._linked = np.zeros(0, dtype=np.int64)
        self._was = self._row, self._linked  # before the last change

    def follow(self, told: Told, changed: Iterable[str]) -> tuple[set[str], set[str]]:
        """Take in what changed documents tell: names that tell otherwise, and documents that do."""
        gone, come, touched = list[str](), list[str](), set(changed)
        self._was = self._row.copy(), self._linked
        for document in touched:
            before = self._count.pop(document, Counter[str]())
            here = Counter(name for slots in told.get(document, ()) for name in slots.entities)
            gone += before
            come += here
            for name in before.keys() - here.keys():
                self._telling[name].discard(document)
            for name in here.keys() - before.keys():
                self._telling[name].add(document)
            if here:
                self._count[document] = here
        names = self.rarity.follow(gone, come)
        return names, self._tell(touched | {document for name in names for document in self._telling[name]})

    def _tell(self, documents: Iterable[str]) -> set[str]:
        otherwise = set()
        for document in documents:
            vector = self._vector(self._count.get(document, {}))
            if vector != self._vectors.get(document, {}):
                otherwise.add(document)
                self._vectors[document] = vector
        places = [self._codes[document] for document in otherwise]
        self._grow()
        vectors = [self._vectors[document] for document in otherwise]
        self._row[places] = np.arange(len(otherwise)) + self._names.count
        self._names.add([[self._codes[name] for name in vector] for vector in vectors])
        self._weights.add([list(vector.values()) for vector in vectors])
        return otherwise

    def _grow(self) -> None:
        """Let every code have a row: that of nothing, until it is a document that tells of something."""
        if len(self._row) < len(self._codes):
            self._row = np.append(self._row, np.zeros(len(self._codes) * 3 // 2 - len(self._row), np.int64))

    def _vector(self, count: Mapping[str, int]) -> dict[str, int]:
        weights = {name: (1 + log(number)) * self.rarity[name] for name, number in count.items()}
        length = sqrt(sum(sorted(weight**2 for weight in weights.values()))) or 1.0
        return {name: round(_LONG * weights[name] / length) for name in sorted(weights)}

    def telling(self, name: str) -> Collection[str]:
        """The documents that tell of a name."""
        return self._telling.get(name, ())

    def link(self, parents: Parents, moved: Iterable[str]) -> set[str]:
        """Take in of whom documents that ``moved`` have it; the documents of pairs that changed."""
        changed, pairs = set[str](), set[int]()
        for child in moved:
            before, now = self._parents.pop(child, frozenset[str]()), parents.get(child, frozenset[str]())
            if now:
                self._parents[child] = now
            for parent in before ^ now:
                pair = int(_pairs(np.array(self._codes[child]), np.array(self._codes[parent])))
                was = self._links[pair]
                self._links[pair] += 1 if parent in now else -1
                if not was or not self._links[pair]:
                    changed |= {child, parent}
                    pairs.add(pair)
        stay = self._linked[~np.isin(self._linked, [*pairs])]
        self._linked = np.sort(
            np.append(stay, np.array([pair for pair in pairs if self._links[pair]], np.int64))
        )
        for pair in pairs:
            if not self._links[pair]:
                del self._links[pair]
        return changed

    def moved(self, one: Numbers, other: Numbers) -> tuple[Values, Values]:
        """How much two documents told of the same names before the last change, and now."""
        self._grow()
        row, linked = self._was
        row = np.append(row, np.zeros(len(self._row) - len(row), np.int64))
        pairs, where = np.unique(_pairs(one.astype(np.int64), other.astype(np.int64)), return_inverse=True)
        each = pairs >> _HALF, pairs & (1 << _HALF) - 1
        before, now = self._shared(*each, row, linked), self.shared(*each)
        return before[where], now[where]

    def shared(self, one: Numbers, other: Numbers) -> Values:
        """How much two documents tell of the same names, 0–1, by their numbers."""
        self._grow()
        return self._shared(one, other, self._row, self._linked)

    def _shared(self, one: Numbers, other: Numbers, row: Numbers, linked: Numbers) -> Values:
        pairs, where = np.unique(_pairs(one.astype(np.int64), other.astype(np.int64)), return_inverse=True)
        low, high = pairs >> _HALF, pairs & (1 << _HALF) - 1
        left, right = row[low], row[high]
        names, others = self._names.at(left), self._names.at(right)
        met = (names[:, :, None] == others[:, None, :]) & (names != NONE)[:, :, None]
        weights = np.where(met, self._weights.at(right)[:, None, :], 0).sum(axis=2)
        told = (weights * self._weights.at(left)).sum(axis=1) / _LONG**2
        places = np.searchsorted(linked, pairs)
        is_linked = np.append(linked, NONE)[places] == pairs
        told[is_linked] = np.maximum(told[is_linked], LINKED)
        told[low == high] = 1.0
        return np.asarray(told[where])


def _pairs(one: Numbers, other: Numbers) -> npt.NDArray[np.int64]:
    """A number for two, whichever comes first."""
    return np.asarray(np.minimum(one, other) << _HALF | np.maximum(one, other))
