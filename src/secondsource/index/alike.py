"""The words of a list that a word may be meant for: another spelling, a slip, another transliteration."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

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
from secondsource.index.tables import Array, Arrays, Postings, code, codes, lines, of_lines
from secondsource.names import Word

NEAREST = 60
"""Words that are looked at closely, of those that share letter groups with the one asked for."""

ENOUGH = 4_000
"""Words with a letter group in common that are counted, the rarest groups first."""

_COMMON = 0.1
"""A letter group in more than this share of the words tells nothing and is left out."""

_ALIKE = OSA.normalized_similarity
_REMEMBERED = 50_000


def _groups(word: str) -> tuple[int, ...]:
    """What two words must share to be near: three letters in a row, all but one letter, all
    consonants, or being forms of one given name."""
    known = names.word(word)
    folded = known.fold
    padded = f"^{folded}$"
    groups = {padded[at : at + 3] for at in range(max(1, len(padded) - 2))}
    groups |= {"/" + names.skeleton(word), "=" + known.given}
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
        self._sizes, self._bones, self._given = arrays["sizes"], arrays["bones"], arrays["given"]
        self._meanings = Postings(arrays["meaning_keys"], arrays["meaning_starts"], arrays["meaning_items"])
        self._speaks = len(self._meanings.keys) > 0
        self.folded = Postings(arrays["fold_keys"], arrays["fold_starts"], arrays["fold_items"])
        self.alike = lru_cache(maxsize=_REMEMBERED)(self._alike)

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
        folded = Postings.of(codes(word.fold for word in known), np.arange(len(words), dtype=np.int32))
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
            **groups.arrays("group"),
            **folded.arrays("fold"),
            **Postings.of_pairs(means).arrays("meaning"),
        }

    def place(self, word: str) -> int:
        """Where ``word`` stands in the vocabulary; -1 where it is not in it."""
        return self._places.get(word, -1)

    def _alike(self, word: str) -> tuple[Array, Array]:
        """The words like ``word`` by their places, and how alike each is (`alignment.likeness`)."""
        asked = names.word(word)
        places, scores = self._exactly(word) if _size(asked) < 2 else self._near(asked)
        meant = self._meanings.find_all(list(map(code, names.meanings(word)))) if self._speaks else []
        return at_least(places, scores, np.concatenate(meant), MEANING) if meant else (places, scores)

    def _exactly(self, word: str) -> tuple[Array, Array]:
        """A letter or a number is like itself and nothing else; names are found by initials elsewhere."""
        places = np.array([at] if (at := self.place(word)) >= 0 else [], np.int32)
        return places, np.ones(len(places), np.float32)

    def _near(self, asked: Word) -> tuple[Array, Array]:
        """The words near ``asked``, in arrays by the rules of `alignment.alike`."""
        places = self._nearest(asked.text)
        near = places.tolist()
        folded = process.cdist([asked.fold], list(map(self.folds.__getitem__, near)), scorer=_ALIKE)[0]
        spelled = process.cdist([asked.text], list(map(self.words.__getitem__, near)), scorer=_ALIKE)[0]
        best = np.maximum(spelled, FOLDED * folded, dtype=np.float32)
        best[(folded < UNLIKE) | (self._sizes[places] < 2)] = 0
        sizes = np.minimum(self._sizes[places], _size(asked))
        same = self._bones[places] == code(asked.bones)
        best[~same & (sizes < LONG_SYLLABLE) & (best < VARIANT)] *= SYLLABLE
        if len(asked.bones) >= TELLING_BONES:
            best[same & (best >= SOUND) & (best < CONSONANTS)] = CONSONANTS
        best[best < np.where(sizes < SHORT, SHORT_UNLIKE, UNLIKE)] = 0
        if self._speaks:
            adjectives = [
                at for at, one in enumerate(near) if names.one_root(asked, names.word(self.words[one]))
            ]
            best[adjectives] = np.maximum(best[adjectives], np.float32(MEANING))
        best[(self._given[places] == code(asked.given)) & (best < VARIANT)] = VARIANT
        if (initial := self.place(asked.text[0])) >= 0:
            places, best = np.append(places, initial), np.append(best, np.float32(INITIAL))
        alike = best > 0
        return places[alike].astype(np.int32), best[alike]

    def _nearest(self, word: str) -> Array:
        known = self._groups.keys
        asked = np.array(_groups(word), np.uint32)
        at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        at = at[(known[at] == asked) & (self._group_weights[at] > 0)]
        if not len(at):
            return np.zeros(0, np.int32)
        first = self._groups.starts[at]
        sizes = self._groups.starts[at + 1] - first
        if sizes.sum() > ENOUGH:
            rarest = sizes.argsort()
            kept = rarest[: max(len(at) // 2, int(np.searchsorted(sizes[rarest].cumsum(), ENOUGH)))]
            at, first, sizes = at[kept], first[kept], sizes[kept]
        bounds = zip(first.tolist(), (first + sizes).tolist(), strict=True)
        items = self._groups.items
        owners = np.concatenate([items[start:end] for start, end in bounds])
        worth = np.repeat(self._group_weights[at].astype(np.float64) ** 2, sizes)
        shared = np.bincount(owners, worth, minlength=len(self.words))
        found = (shared > 0).nonzero()[0]
        if len(found) > NEAREST:
            near = shared[found] / self._lengths[found]
            found = found[np.argpartition(near, -NEAREST)[-NEAREST:]]
        return found


def at_least(places: Array, scores: Array, others: Array, score: float) -> tuple[Array, Array]:
    """``places`` with their ``scores``, and ``others`` among them or beside them with ``score`` or more."""
    row = dict(zip(places.tolist(), scores.tolist(), strict=True))
    row |= {at: max(score, row.get(at, 0.0)) for at in others.tolist()}
    return np.fromiter(row, np.int32, len(row)), np.fromiter(row.values(), np.float32, len(row))


def _size(word: Word) -> int:
    """Letters of a word, a long one counting 255; 1 for a number, which is like no other."""
    return 1 if word.digits else min(len(word.text), 255)
