"""The names of a list that share most with names that are asked for, many of these at a time, in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.alignment import FOLDED, INITIAL, POWER
from secondsource.comparisons import TOGETHER
from secondsource.index.alike import Alike
from secondsource.index.meeting import Cells, agreements, contrast
from secondsource.index.scoring import SPELLING
from secondsource.index.tables import Array, Arrays, Strings, Sums, ranges
from secondsource.names import Name

LOOKED_AT = 60
"""Names whose words are aligned, of those that share a word with the one asked for."""

SPELLED = 25
"""Names of which the spelling is looked at as well, of those whose words are aligned."""

_ALIKE = 0.6


class Words(NamedTuple):
    """The words of names that are asked for, one after the other, each once in a name.

    ``owner`` says of each which name it is of, ``weight`` what it carries, ``alike`` which listed
    words it may be.
    """

    texts: Sequence[str]
    owner: Array
    weight: Array
    alike: Sequence[Alike]


class _Held(NamedTuple):
    """Every name that holds a word like one asked for: ``holder`` by ``row``, and the words of each row."""

    holder: Array
    row: Array
    word: Array
    place: Array
    alike: Array
    ends: Array
    """Where in ``holder`` the names for each name asked for end."""


class Nearest:
    """The words of all names of a list, and who holds each."""

    def __init__(self, arrays: Arrays) -> None:
        self._rarity, self._first = arrays["word_rarity"], arrays["word_first"]
        self._starts, self._words = arrays["name_starts"], arrays["name_words"]
        self._weights, self._initials = arrays["name_weights"], arrays["name_initials"]
        self._holder_starts, self._holders = arrays["holder_starts"], arrays["holders"]
        self._twice = arrays["name_twice"]
        self._spellings = Strings(arrays["spelling_data"], arrays["spelling_ends"])
        self._spelled: list[tuple[str, str]] = []
        self._sums = Sums(len(self._weights))

    def keep(self) -> None:
        """Take the spellings into memory."""
        if not self._spelled:
            self._spelled = list(map(_spelling, self._spellings))

    def spelling(self, at: int) -> tuple[str, str]:
        """The name at a place as `names.normalise` spells it, and its words folded and without spaces."""
        return self._spelled[at] if self._spelled else _spelling(self._spellings[at])

    def find(
        self, asked: Sequence[Name], words: Words, allowed: Array | None
    ) -> list[list[tuple[int, float]]]:
        """For each name the places of those most like it, the likeliest first, each with about the
        score that `scoring.listed` will give it."""
        if not words.texts:
            return [[] for _ in asked]
        total = np.bincount(words.owner, words.weight, minlength=len(asked))
        held = self._held(words, len(asked))
        places, bounds, cells = self._chosen(held, words, total, allowed)
        if not len(places):
            return [[] for _ in asked]
        owner = np.repeat(np.arange(len(asked)), np.diff(bounds))
        score = agreements(cells, total[owner], self._weights[places])
        kept = _best_of_each(score, bounds, SPELLED)
        places, owner, score = places[kept], owner[kept], score[kept]
        score = self._with_spelling(asked, owner, places, score)
        order = np.lexsort((-score, owner))
        rows = list(zip(places[order].tolist(), score[order].tolist(), strict=True))
        ends = np.searchsorted(owner, np.arange(len(asked) + 1)).tolist()
        return [rows[start:end] for start, end in pairwise(ends)]

    def _held(self, words: Words, count: int) -> _Held:
        place = np.concatenate([places for places, _ in words.alike])
        alike = np.concatenate([scores for _, scores in words.alike])
        word = np.repeat(np.arange(len(words.alike)), [len(places) for places, _ in words.alike])
        starts = self._holder_starts[place]
        sizes = self._holder_starts[place + 1] - starts
        holder = self._holders[ranges(starts, sizes)]
        ends = np.cumsum(np.bincount(words.owner[word], sizes, minlength=count)).astype(np.int64)
        return _Held(holder, np.repeat(np.arange(len(place)), sizes), word, place, alike, ends)

    def _chosen(
        self, held: _Held, words: Words, total: Array, allowed: Array | None
    ) -> tuple[Array, Array, Cells]:
        """The names that share most with each asked for, a word of which may here meet several: their
        places, where those for each begin, and which of their words are alike."""
        weight = (words.weight[held.word] + self._rarity[held.place]) / 2
        worth = (held.alike**POWER * weight)[held.row]
        chosen, pairs, rows, bounds = [], [], [], [0]
        slot = np.full(len(self._weights), -1, np.int32)
        letters = _letters(words, len(total))
        start = 0
        for at, end in enumerate(held.ends.tolist()):
            holder = held.holder[start:end]
            best = self._sharing(holder, worth[start:end], total[at], allowed, letters.get(at, ()))
            slot[best] = np.arange(bounds[-1], bounds[-1] + len(best), dtype=np.int32)
            pair = slot[holder]
            found = np.flatnonzero(pair >= 0)
            slot[best] = -1
            chosen.append(best)
            pairs.append(pair[found])
            rows.append(held.row[start:end][found])
            bounds.append(bounds[-1] + len(best))
            start = end
        row = np.concatenate(rows)
        cells = _cells(np.concatenate(pairs), held.word[row], held.place[row], held.alike[row])
        extra = [
            self._initial_cells(best, bounds[at], letters[at])
            for at, best in enumerate(chosen)
            if at in letters and len(best)
        ]
        pair, word, place, alike = map(np.concatenate, zip(cells, *extra, strict=True))
        places = np.concatenate(chosen)
        again = self._again(places[pair], place)
        pair, word, place, alike = (np.append(column, column[again]) for column in (pair, word, place, alike))
        number = place.copy()
        number[len(place) - len(again) :] += len(self._rarity)
        return places, np.array(bounds), Cells(
            pair, word, number, alike, words.weight[word], self._rarity[place]
        )  # fmt: skip

    def _again(self, name: Array, word: Array) -> Array:
        """Which of some words a name has twice: “Orlesk Orlesk” has room for two."""
        double = np.flatnonzero(self._twice[name])
        held = zip(double.tolist(), name[double].tolist(), word[double].tolist(), strict=True)
        found = [at for at, owner, each in held if self._words_of(owner).count(each) > 1]
        return np.array(found, np.int64)

    def _words_of(self, name: int) -> list[int]:
        found: list[int] = self._words[self._starts[name] : self._starts[name + 1]].tolist()
        return found

    def _sharing(
        self,
        holder: Array,
        worth: Array,
        total: float,
        allowed: Array | None,
        letters: Sequence[tuple[int, str, float]],
    ) -> Array:
        touched, gain = self._sums.of(holder, worth)
        if allowed is not None:
            may = allowed[touched]
            touched, gain = touched[may], gain[may]
        if len(touched) <= LOOKED_AT:
            return touched
        right = np.maximum(self._weights[touched] - gain, 0)
        met = gain
        for _, letter, weight in letters:
            held = (self._initials[touched] >> (ord(letter) & 31)) & 1
            stands = np.minimum(right, 1.0) * held
            right = right - stands
            met = met + (held * weight + stands) / 2
            gain = gain + INITIAL**POWER * (held * weight + stands) / 2
        score = contrast(gain, met, np.maximum(total - met, 0), right)
        return np.asarray(touched[np.argpartition(-score, LOOKED_AT)[:LOOKED_AT]])

    def _initial_cells(
        self, places: Array, first: int, letters: Sequence[tuple[int, str, float]]
    ) -> tuple[Array, ...]:
        """The words of names that begin with a letter for which a name asked for has that letter only."""
        starts = self._starts[places]
        sizes = self._starts[places + 1] - starts
        listed = self._words[ranges(starts, sizes)]
        pair = np.repeat(np.arange(first, first + len(places)), sizes)
        found = [(np.flatnonzero(self._first[listed] == ord(letter)), at) for at, letter, _ in letters]
        cells = [
            (pair[held], np.full(len(held), at), listed[held], np.full(len(held), INITIAL))
            for held, at in found
        ]
        return tuple(map(np.concatenate, zip(*cells, strict=True)))

    def _with_spelling(self, asked: Sequence[Name], owner: Array, places: Array, score: Array) -> Array:
        """``score`` with what `comparisons.together` and `scoring.listed` add to it."""
        split = list(map(self.spelling, places.tolist()))
        spelled, joined = [one for one, _ in split], [one for _, one in split]
        whose = owner.tolist()
        score = np.maximum(score, TOGETHER * FOLDED**2 * _joined(asked, whose, joined) ** 2)
        texts = [names.normalise(name.text) for name in asked]
        text = list(map(texts.__getitem__, whose))
        whole = process.cpdist(text, spelled, scorer=fuzz.ratio)
        whole = whole + process.cpdist(text, spelled, scorer=fuzz.token_sort_ratio)
        shares = np.array([SPELLING if name.text.isascii() else SPELLING / 2 for name in asked])[owner]
        return np.asarray((1 - shares) * score + shares * whole / 200)


def _spelling(told: str) -> tuple[str, str]:
    spelled, _, joined = told.partition("\t")
    return spelled, joined


def _joined(asked: Sequence[Name], whose: list[int], joined: list[str]) -> Array:
    """How alike names are when they are written together, in the better of two orders."""
    best = np.zeros(len(whose), np.float32)
    orders = [names.fold(name.joined) for name in asked]
    turned = [names.fold(name.listed) for name in asked]
    for each in (orders, turned) if turned != orders else (orders,):
        told = list(map(each.__getitem__, whose))
        alike = process.cpdist(told, joined, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE)
        best = np.maximum(best, alike)
    return best


def _letters(words: Words, count: int) -> dict[int, list[tuple[int, str, float]]]:
    """Of each name that has words of one letter, these: their numbers, letters and weights."""
    found: dict[int, list[tuple[int, str, float]]] = {}
    for at, word in enumerate(words.texts):
        if len(word) == 1:
            found.setdefault(int(words.owner[at]), []).append((at, word, float(words.weight[at])))
    return found


def _cells(*columns: Array) -> tuple[Array, ...]:
    return columns


def _best_of_each(score: Array, bounds: Array, most: int) -> Array:
    """The places in ``score`` of the highest ``most`` between each two bounds, in no order."""
    kept = []
    for start, end in zip(bounds.tolist(), bounds[1:].tolist(), strict=False):
        if end - start > most:
            kept.append(start + np.argpartition(-score[start:end], most)[:most])
        else:
            kept.append(np.arange(start, end))
    return np.concatenate(kept)
