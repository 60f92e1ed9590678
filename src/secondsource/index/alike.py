"""The words of a list that a word may be meant for: another spelling, a slip, another transliteration."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.alignment import CONSONANTS, FOLDED, UNLIKE, likeness
from secondsource.index.tables import Array, Arrays, Postings, code, codes, lines, of_lines

NEAREST = 80
"""Words that are looked at closely, of those that share letter groups with the one asked for."""

_COMMON = 0.1
"""A letter group in more than this share of the words tells nothing and is left out."""

_REMEMBERED = 50_000


@lru_cache(maxsize=65_536)
def _groups(word: str) -> tuple[int, ...]:
    """What two words must share to be near: three letters in a row, all but one letter, all
    consonants, or being forms of one given name."""
    folded = names.fold(word)
    padded = f"^{folded}$"
    groups = {padded[at : at + 3] for at in range(max(1, len(padded) - 2))}
    groups |= {"/" + names.skeleton(word), "=" + names.given_name(word)}
    if 3 < len(word) < 16:
        groups |= {"-" + word[:at] + word[at + 1 :] for at in range(len(word))} | {"-" + word}
    return tuple(map(code, sorted(groups)))


class Vocabulary:
    """The words of a list in alphabetical order, and the way from a word to those like it."""

    def __init__(self, arrays: Arrays) -> None:
        self.words, self.folds = lines(arrays["words"]), lines(arrays["folds"])
        self._places = {word: at for at, word in enumerate(self.words)}
        self._groups = Postings(arrays["group_keys"], arrays["group_starts"], arrays["group_items"])
        self._group_weights = arrays["group_weights"]
        self._lengths = arrays["word_lengths"]
        self.folded = Postings(arrays["fold_keys"], arrays["fold_starts"], arrays["fold_items"])
        self.alike = lru_cache(maxsize=_REMEMBERED)(self._alike)

    @staticmethod
    def arrays(words: Sequence[str]) -> Arrays:
        """What `Vocabulary` works on, for distinct ``words`` in alphabetical order."""
        held = [_groups(word) for word in words]
        owners = np.repeat(np.arange(len(words), dtype=np.int32), [len(groups) for groups in held])
        groups = Postings.of(np.fromiter(chain.from_iterable(held), np.uint32, len(owners)), owners)
        frequency = np.diff(groups.starts)
        weights = np.log1p(len(words) / np.maximum(frequency, 1)).astype(np.float32)
        weights[frequency > max(50, _COMMON * len(words))] = 0
        lengths = np.bincount(groups.items, np.repeat(weights**2, frequency), minlength=len(words))
        folded = Postings.of(codes(map(names.fold, words)), np.arange(len(words), dtype=np.int32))
        return {
            "words": of_lines(words),
            "folds": of_lines(map(names.fold, words)),
            "word_lengths": np.sqrt(np.maximum(lengths, 1e-9)).astype(np.float32),
            "group_weights": weights,
            **groups.arrays("group"),
            **folded.arrays("fold"),
        }

    def place(self, word: str) -> int:
        """Where ``word`` stands in the vocabulary; -1 where it is not in it."""
        return self._places.get(word, -1)

    def _alike(self, word: str) -> tuple[Array, Array]:
        """The words like ``word`` by their places, and how alike each is, 0–1."""
        places = self._nearest(word)
        if len(word) > 1 and (initial := self.place(word[0])) >= 0:
            places = np.append(places, initial)
        if len(word) == 1 or word.isdigit():
            alike = np.fromiter((likeness(word, self.words[at]) for at in places), np.float32, len(places))
        else:
            alike = self._likenesses(word, places)
        return places[alike > 0].astype(np.int32), alike[alike > 0]

    def _likenesses(self, word: str, places: Array) -> Array:
        """`alignment.likeness` with the words at ``places``; it is asked where one of its rules may apply."""
        near = places.tolist()
        fold = [names.fold(word)]
        folded = process.cdist(fold, [self.folds[at] for at in near], scorer=OSA.normalized_similarity)[0]
        spelled = process.cdist([word], [self.words[at] for at in near], scorer=OSA.normalized_similarity)[0]
        best = np.maximum(spelled, FOLDED * folded).astype(np.float32)
        given = names.given_name(word)
        for at in np.flatnonzero((best < CONSONANTS) | (folded < UNLIKE)).tolist():
            other = self.words[near[at]]
            plainly_not = folded[at] < UNLIKE and names.given_name(other) != given and len(other) > 1
            best[at] = 0 if plainly_not else likeness(word, other)
        return np.asarray(best)

    def _nearest(self, word: str) -> Array:
        known = self._groups.keys
        asked = np.array(_groups(word), np.uint32)
        at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        at = at[(known[at] == asked) & (self._group_weights[at] > 0)]
        if not len(at):
            return np.zeros(0, np.int32)
        starts, items = self._groups.starts, self._groups.items
        owners = np.concatenate([items[starts[group] : starts[group + 1]] for group in at])
        shared = np.repeat(self._group_weights[at] ** 2, starts[at + 1] - starts[at])
        near = np.bincount(owners, shared, minlength=len(self.words)) / self._lengths
        found = np.flatnonzero(near)
        if len(found) > NEAREST:
            found = found[np.argpartition(-near[found], NEAREST)[:NEAREST]]
        return found
