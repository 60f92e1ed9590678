"""The words of a list that a word may be meant for: another spelling, a slip, another transliteration."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.alignment import (
    CONSONANTS,
    FOLDED,
    INITIAL,
    LONG_SYLLABLE,
    MEANING,
    SHORT,
    SHORT_UNLIKE,
    SOUND,
    SYLLABLE,
    TELLING_BONES,
    UNLIKE,
    VARIANT,
)
from secondsource.index.tables import Array, Arrays, Postings, Sums, code, codes, lines, of_lines, ranges
from secondsource.names import Word

NEAREST = 60
"""Words that are looked at closely, of those that share letter groups with the one asked for."""

ENOUGH = 2_000
"""Words with a letter group in common that are counted, the rarest groups first."""

_COMMON = 0.1
"""A letter group in more than this share of the words tells nothing and is left out."""

Alike = tuple[Array, Array]
"""Listed words by their places, and how alike each is to a word."""

_ALIKE = OSA.normalized_similarity
_REMEMBERED = 50_000
_AT_ONCE = 256


def _groups(word: str) -> list[int]:
    """What two words must share to be near: three letters in a row, all but one letter, all
    consonants, or being forms of one given name."""
    known, spelled = names.word(word), word.encode()
    padded = b"^%b$" % known.fold.encode()
    groups = {padded[at : at + 3] for at in range(max(1, len(padded) - 2))}
    groups |= {b"/" + known.bones.encode(), b"=" + known.given.encode()}
    if 3 < len(spelled) < 16:
        groups |= {b"-" + spelled[:at] + spelled[at + 1 :] for at in range(len(spelled))}
    if 2 < len(spelled) < 16:
        groups.add(b"-" + spelled)
    return list(map(crc32, groups))


class Vocabulary:
    """The words of a list in alphabetical order, and the way from a word to those like it."""

    def __init__(self, arrays: Arrays) -> None:
        self.words, self.folds = lines(arrays["words"]), lines(arrays["folds"])
        self._places: dict[str, int] = {}
        self._groups = Postings(arrays["group_keys"], arrays["group_starts"], arrays["group_items"])
        self._group_weights = arrays["group_weights"]
        self._lengths = arrays["word_lengths"]
        self._sizes, self._bones, self._given = arrays["sizes"], arrays["bones"], arrays["given"]
        self._meanings = Postings(arrays["meaning_keys"], arrays["meaning_starts"], arrays["meaning_items"])
        self._speaks = len(self._meanings.keys) > 0
        self.folded = Postings(arrays["fold_keys"], arrays["fold_starts"], arrays["fold_items"])
        self._fold_codes, self._roots = arrays["fold_codes"], arrays["roots"]
        self._known: dict[str, Alike] = {}
        self._sums = Sums(len(self.words))

    @staticmethod
    def arrays(words: Sequence[str], *, bodies: bool) -> Arrays:
        """What `Vocabulary` works on, for distinct ``words`` in alphabetical order, of ``bodies``' names."""
        known = [names.word(word) for word in words]
        held = list(map(_groups, words))
        owners = np.repeat(np.arange(len(words), dtype=np.int32), [len(groups) for groups in held])
        groups = Postings.of(np.fromiter(chain.from_iterable(held), np.uint32, len(owners)), owners)
        frequency = np.diff(groups.starts)
        weights = np.log1p(len(words) / np.maximum(frequency, 1)).astype(np.float32)
        weights[frequency > max(50, _COMMON * len(words))] = 0
        lengths = np.bincount(groups.items, np.repeat(weights**2, frequency), minlength=len(words))
        fold_codes = codes(word.fold for word in known)
        folded = Postings.of(fold_codes, np.arange(len(words), dtype=np.int32))
        means = [
            (code(meant), at) for at, word in enumerate(words) if bodies for meant in names.meanings(word)
        ]
        return {
            "words": of_lines(words),
            "folds": of_lines(word.fold for word in known),
            "word_lengths": np.sqrt(np.maximum(lengths, 1e-9)).astype(np.float32),
            "group_weights": weights,
            "sizes": np.fromiter((_size(word) for word in known), np.uint8, len(words)),
            "bones": codes(word.bones for word in known),
            "given": codes(word.given for word in known),
            "fold_codes": fold_codes,
            "roots": np.fromiter(map(_root, known), np.uint32, len(words)),
            **groups.arrays("group"),
            **folded.arrays("fold"),
            **Postings.of_pairs(means).arrays("meaning"),
        }

    def place(self, word: str) -> int:
        """Where ``word`` stands in the vocabulary; -1 where it is not in it."""
        if self._places:
            return self._places.get(word, -1)
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else -1

    def keep(self) -> None:
        """Make `place` quick, and the words known as they are folded: for asking many times."""
        if not self._places:
            self._places = {word: at for at, word in enumerate(self.words)}
            if len(self.words) < _REMEMBERED:
                names.remember(self.words)

    def alike(self, word: str) -> Alike:
        """The words like ``word`` by their places, and how alike each is (`alignment.likeness`)."""
        return self.alike_all([word])[0]

    def alike_all(self, words: Sequence[str]) -> list[Alike]:
        """`alike` for each of many words: looking for many costs less than looking for each."""
        known = self._known
        if len(known) > _REMEMBERED:
            known.clear()
        new = [word for word in dict.fromkeys(words) if word not in known]
        for start in range(0, len(new), _AT_ONCE):
            self._learn(new[start : start + _AT_ONCE])
        return [known[word] for word in words]

    def _learn(self, words: Sequence[str]) -> None:
        asked = list(map(names.word, words))
        near = [one for one in asked if _size(one) > 1]
        self._known.update((one.text, self._exactly(one.text)) for one in asked if _size(one) < 2)
        self._known.update(zip((one.text for one in near), self._near(near) if near else (), strict=True))
        for word in words if self._speaks else ():
            if meant := self._meanings.find_all(list(map(code, names.meanings(word)))):
                self._known[word] = at_least(*self._known[word], np.concatenate(meant), MEANING)

    def _exactly(self, word: str) -> Alike:
        """A letter or a number is like itself and nothing else; names are found by initials elsewhere."""
        places = np.array([at] if (at := self.place(word)) >= 0 else [], np.int32)
        return places, np.ones(len(places), np.float32)

    def _near(self, asked: Sequence[Word]) -> list[Alike]:
        """The words near each of ``asked``, in arrays by the rules of `alignment.alike`."""
        nearest = self._nearest(asked)
        places = np.concatenate(nearest)
        counts = [len(found) for found in nearest]
        owner = np.repeat(np.arange(len(asked)), counts)
        best = self._likeness(asked, owner, places)
        kept = best > 0
        places, best, owner = places[kept].astype(np.int32), best[kept], owner[kept]
        ends = owner.searchsorted(np.arange(len(asked) + 1))
        initials = _of((self.place(one.text[0]) for one in asked), np.int32)
        held = np.flatnonzero(initials >= 0)
        places = np.insert(places, ends[held + 1], initials[held])
        best = np.insert(best, ends[held + 1], INITIAL)
        ends[1:] += np.cumsum(initials >= 0)
        return [(places[start:end], best[start:end]) for start, end in pairwise(ends.tolist())]

    def _likeness(self, asked: Sequence[Word], owner: Array, places: Array) -> Array:
        """How alike the asked word numbered ``owner`` and the listed one at each of ``places`` are."""
        of, near = owner.tolist(), places.tolist()
        folds, texts = [one.fold for one in asked], [one.text for one in asked]
        folded = process.cpdist(
            list(map(folds.__getitem__, of)), list(map(self.folds.__getitem__, near)), scorer=_ALIKE
        )
        best = np.zeros(len(places), np.float32)
        maybe = np.flatnonzero((folded >= UNLIKE) & (self._sizes[places] > 1))
        spelled = process.cpdist(
            [texts[of[at]] for at in maybe.tolist()],
            [self.words[near[at]] for at in maybe.tolist()],
            scorer=_ALIKE,
        )
        best[maybe] = np.maximum(spelled, FOLDED * folded[maybe], dtype=np.float32)
        sizes = np.minimum(self._sizes[places], _of(map(_size, asked), np.uint8)[owner])
        same = self._bones[places] == codes(one.bones for one in asked)[owner]
        best[~same & (sizes < LONG_SYLLABLE) & (best < VARIANT)] *= SYLLABLE
        telling = _of((len(one.bones) >= TELLING_BONES for one in asked), bool)[owner]
        best[same & telling & (best >= SOUND) & (best < CONSONANTS)] = CONSONANTS
        best[best < np.where(sizes < SHORT, SHORT_UNLIKE, UNLIKE)] = 0
        if self._speaks:
            rooted = self._roots[places] == codes(one.fold for one in asked)[owner]
            rooted |= self._fold_codes[places] == _of(map(_root, asked), np.uint32)[owner]
            best[rooted] = np.maximum(best[rooted], np.float32(MEANING))
        best[(self._given[places] == codes(one.given for one in asked)[owner]) & (best < VARIANT)] = VARIANT
        return np.asarray(best)

    def _nearest(self, asked: Sequence[Word]) -> list[Array]:
        """The listed words that share most letter groups with each of ``asked``."""
        keys = self._groups.keys
        groups = [_groups(one.text) for one in asked]
        wanted = np.fromiter(chain.from_iterable(groups), np.uint32)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        known = (keys[at] == wanted) & (self._group_weights[at] > 0)
        at = at[known]
        ends = np.append(0, known.cumsum())[np.cumsum([len(each) for each in groups])].tolist()
        sizes = self._groups.starts[at + 1] - self._groups.starts[at]
        kept = [start + _rarest(sizes[start:end]) for start, end in pairwise([0, *ends])]
        ends = np.cumsum([len(each) for each in kept])
        chosen = np.concatenate(kept)
        at, sizes = at[chosen], sizes[chosen]
        items = self._groups.items[ranges(self._groups.starts[at], sizes)]
        worth = np.repeat(self._group_weights[at].astype(np.float64) ** 2, sizes)
        bounds = np.append(0, sizes.cumsum())[np.append(0, ends)].tolist()
        return [self._sharing(items[start:end], worth[start:end]) for start, end in pairwise(bounds)]

    def _sharing(self, items: Array, worth: Array) -> Array:
        found, shared = self._sums.of(items, worth)
        if len(found) > NEAREST:
            near = shared / self._lengths[found]
            found = found[np.argpartition(near, -NEAREST)[-NEAREST:]]
        return found


def _of(values: Iterable[object], kind: type[np.generic] | type[bool]) -> Array:
    return np.fromiter(values, kind)


def _rarest(sizes: Array) -> Array:
    """Which of groups that so many words have each are counted: all, or the rarest that are `ENOUGH`."""
    if sizes.sum() <= ENOUGH:
        return np.arange(len(sizes))
    rarest = sizes.argsort()
    enough = int(sizes[rarest].cumsum().searchsorted(ENOUGH))
    return rarest[: max(len(sizes) // 2, enough)]


def at_least(places: Array, scores: Array, others: Array, score: float) -> tuple[Array, Array]:
    """``places`` with their ``scores``, and ``others`` among them or beside them with ``score`` or more."""
    row = dict(zip(places.tolist(), scores.tolist(), strict=True))
    row |= {at: max(score, row.get(at, 0.0)) for at in others.tolist()}
    return np.fromiter(row, np.int32, len(row)), np.fromiter(row.values(), np.float32, len(row))


def _root(word: Word) -> int:
    """The number of the place that an adjective is of; that of no word where it is none."""
    return code(word.root) if word.root else 0


def _size(word: Word) -> int:
    """Letters of a word, a long one counting 255; 1 for a number, which is like no other."""
    return 1 if word.digits else min(len(word.text), 255)
