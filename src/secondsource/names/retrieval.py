"""Finding the few names worth comparing among many: letter groups, weighed by how rare they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from secondsource.names.folding import fold, skeleton
from secondsource.names.parsing import Name, weight
from secondsource.names.vocabulary import GENERIC

_COMMON = 0.12
"""A letter group in more than this share of the names tells nothing and is left out."""
_SLIP = 0.8
_REMEMBERED = 200_000


@lru_cache(maxsize=65_536)
def _groups_of_word(word: str) -> tuple[str, ...]:
    padded = f"^{fold(word)}$"
    return (*(padded[at : at + 3] for at in range(max(1, len(padded) - 2))), "/" + skeleton(word))


def _letter_groups(name: Name) -> list[str]:
    """What two names must share to be near: three letters of a word, four of the name written
    together (a space lost or gained), and the consonants of a word (another transliteration)."""
    groups = [group for token in name.tokens for group in _groups_of_word(token)]
    together = "".join(fold(token) for token in name.tokens)
    return groups + ["+" + together[at : at + 4] for at in range(len(together) - 3)]


class WordRarity:
    """How much a word carries among ``names``: 1 for one that no name holds, near 0 for one in most.

    Words of a kind that names nobody weigh less again, and so does a misspelling of one.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self._frequency = Counter(token for name in names for token in set(name.tokens))
        self._size = max(2, len(names))
        self._known: dict[str, float] = {}

    def __call__(self, token: str) -> float:
        known = self._known.get(token)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[token] = self._weigh(token)
        return known

    def _weigh(self, token: str) -> float:
        frequency = self._frequency.get(token, 0)
        kind = weight(token) if frequency else min(weight(token), weight(_meant(token)))
        return math.log1p(self._size / max(frequency, 1)) / math.log1p(self._size) * math.sqrt(kind)


def _meant(token: str) -> str:
    """The word for a kind of body that ``token`` is a slip of; itself where it is none."""
    if len(token) < 5:
        return token
    found = process.extractOne(token, GENERIC, scorer=OSA.normalized_similarity, score_cutoff=_SLIP)
    return found[0] if found else token


class LetterIndex:
    """An inverted index from letter groups to names, held in memory.

    ``nearest`` is the cosine of weighted letter groups: it proposes, and the comparisons
    decide.  Building takes about a second for 15,000 names.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self.size = len(names)
        self._group_ids: dict[str, int] = {}
        owners, groups, counts = self._postings(names)
        frequency = np.bincount(groups, minlength=len(self._group_ids)) if self.size else np.zeros(0)
        self._rarity = np.log(1 + self.size / np.maximum(frequency, 1)).astype(np.float32)
        self._rarity[frequency > max(50, _COMMON * self.size)] = 0
        values = (1 + np.log(counts)) * self._rarity[groups].astype(np.float64)
        length = np.sqrt(np.bincount(owners, weights=values**2, minlength=self.size))
        values = values / np.maximum(length, 1e-9)[owners]
        order = np.argsort(groups, kind="stable")
        self._owners = owners[order]
        self._values = values[order].astype(np.float32)
        self._starts = np.concatenate(([0], np.cumsum(frequency))).astype(np.int64)

    def _postings(
        self, names: Sequence[Name]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Which name holds which group how often: three columns of equal length, by name."""
        ids = self._group_ids
        found = [[ids.setdefault(group, len(ids)) for group in _letter_groups(name)] for name in names]
        owners = np.repeat(np.arange(len(names)), [len(groups) for groups in found])
        groups = np.fromiter(chain.from_iterable(found), np.int64, len(owners))
        width = max(1, len(ids))
        cells, counts = np.unique(owners * width + groups, return_counts=True)
        return cells // width, cells % width, counts

    def nearest(self, name: Name, limit: int, allowed: NDArray[np.bool_] | None = None) -> list[int]:
        """The positions of the ``limit`` names that share most with ``name``, best first."""
        wanted = {
            known: (1 + np.log(count)) * self._rarity[known]
            for group, count in Counter(_letter_groups(name)).items()
            if (known := self._group_ids.get(group)) is not None and self._rarity[known] > 0
        }
        if not wanted:
            return []
        slices = [slice(self._starts[known], self._starts[known + 1]) for known in wanted]
        owners = np.concatenate([self._owners[part] for part in slices])
        values = np.concatenate(
            [self._values[part] * value for part, value in zip(slices, wanted.values(), strict=True)]
        )
        near = np.bincount(owners, weights=values, minlength=self.size)
        if allowed is not None:
            near[~allowed] = 0
        best = np.flatnonzero(near > 0)
        if len(best) > limit:
            best = best[np.argpartition(-near[best], limit)[:limit]]
        return [int(at) for at in best[np.lexsort((best, -near[best]))]]
