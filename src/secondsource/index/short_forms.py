"""Names of bodies found by the first letters or the beginnings of their words: “AGV Bank”, MELOREFCO.

No letter of a short form stands where it stands in the name, so letter groups find neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from secondsource import names
from secondsource.index.tables import Array, Arrays, Postings, lines, of_lines
from secondsource.names import Name
from secondsource.names.vocabulary import PARTICLES

LETTERS = 3, 4, 5
"""Letters of an acronym that stands for words in a row within a name; a whole name's may have more."""

_FORMED = "cosald"
"""Letters of legal forms, of which a short form may have some: Co., S.A., C.A., Ltd."""

_MOST = 8
_BITS = 5


def arrays_of_short_forms(listed: Sequence[Name], words: Sequence[str], flat: Array, owners: Array) -> Arrays:
    """What `ShortForms` works on: ``flat`` are the places among ``words`` of the words of all names, each
    of the name in ``owners``."""
    size = len(listed)
    letter = np.fromiter((ord(word[0]) & 31 for word in words), np.uint32, len(words))
    bit = np.uint32(1) << letter
    tells = np.fromiter((names.weight(word) > names.TELLING for word in words), bool, len(words))
    said = np.fromiter((word not in PARTICLES for word in words), bool, len(words))[flat]
    joined = [(at, name.joined) for at, name in enumerate(listed) if _may_be_short(name)]
    masks = np.fromiter(map(_mask, words), np.uint32, len(words))
    early = said & _early(owners)
    return {
        **Postings.of(*_runs(letter[flat], owners)).arrays("run"),
        "run_telling": _of_each(np.where(tells, bit, 0)[flat], owners, size),
        "run_first": _of_each(np.where(early, bit[flat], 0), owners, size),
        "run_letters": _of_each(masks[flat], owners, size) | np.uint32(_mask(_FORMED)),
        "short_words": of_lines(short for _, short in joined),
        "short_places": np.array([at for at, _ in joined], np.int32),
        "short_letters": np.fromiter((_mask(short) for _, short in joined), np.uint32, len(joined)),
        "short_first": np.fromiter((_mask(short[0]) for _, short in joined), np.uint32, len(joined)),
    }


def _of_each(bits: Array, owners: Array, size: int) -> Array:
    """The bits of all words of each name together."""
    found = np.zeros(size, np.uint32)
    begins = np.flatnonzero(np.append(True, owners[1:] != owners[:-1])[: len(owners)])
    if len(begins):
        found[owners[begins]] = np.bitwise_or.reduceat(bits.astype(np.uint32), begins)
    return found


def _early(owners: Array) -> Array:
    """Which words are among the first three of a name: of these a short form shows one."""
    return np.append([True] * 3, owners[3:] != owners[:-3])[: len(owners)]


def _runs(letters: Array, owners: Array) -> tuple[Array, Array]:
    """The numbers of the first letters of words in a row, of each name, with whose they are."""
    keys, holders = [], []
    number = np.zeros(len(letters), np.uint32)
    for size in range(1, max(LETTERS) + 1):
        count = max(0, len(letters) - size + 1)
        number = (number[:count] << np.uint32(_BITS)) | letters[size - 1 :]
        if size in LETTERS:
            within = owners[:count] == owners[size - 1 :]
            keys.append(number[within] | np.uint32(size << 28))
            holders.append(owners[:count][within])
    return np.concatenate(keys), np.concatenate(holders)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number << _BITS | ord(letter) & 31
    return number | len(letters) << 28


def _mask(word: str) -> int:
    mask = 0
    for letter in set(word):
        mask |= 1 << (ord(letter) & 31)
    return mask


def _may_be_short(name: Name) -> bool:
    return len(name.tokens) == 1 and len(name.joined) >= names.SHORT_BLEND and name.joined.isalpha()


def made_of(short: str, words: Sequence[str]) -> bool:
    """Whether ``short`` is made of beginnings of ``words`` in their order, of which some may be left out."""
    reached, end = {0}, len(short)
    for word in words:
        for at in tuple(reached):
            for letter in word:
                if at == end or short[at] != letter:
                    break
                at += 1
                reached.add(at)
    return end in reached


class ShortForms:
    """The names that a short form may stand for, and the short forms that a name may have."""

    def __init__(self, arrays: Arrays, spelled: Callable[[int], str]) -> None:
        self._runs = Postings(arrays["run_keys"], arrays["run_starts"], arrays["run_items"])
        self._telling, self._early = arrays["run_telling"], arrays["run_first"]
        self._all_letters = arrays["run_letters"]
        self._words, self._places = lines(arrays["short_words"]), arrays["short_places"]
        self._letters, self._first = arrays["short_letters"], arrays["short_first"]
        self._spelled = spelled
        """A name at a place, as `names.normalise` spells it."""

    def find_all(self, asked: Sequence[Name]) -> Iterator[list[Array]]:
        """For each name those in which words in a row begin with the letters of a word of it, those of whose
        words it is a blend, and those that are a blend of its words."""
        runs = [
            [_number(word) for word in name.tokens if len(word) in LETTERS] if len(name.tokens) > 1 else []
            for name in asked
        ]
        for name, found in zip(asked, self._runs.find_each(runs), strict=True):
            blends = islice(self._blends(name), _MOST)
            yield [*(items[:_MOST] for items in found), np.fromiter(blends, np.int32)]

    def _blends(self, name: Name) -> Iterator[int]:
        if _may_be_short(name):
            made = re.compile("(?:^|.* )" + "(?:|.* )".join(name.joined)).match
            yield from (at for at in self._longer(name.joined) if made(self._spelled(at)))
        elif len(name.tokens) > 1:
            words = names.normalise(name.text).split()
            begun, first = {word[:2] for word in words}, {word[0] for word in words}
            for at in self._shorter(name):
                short = self._words[at]
                if (short[:2] in begun or short[1] in first) and made_of(short, words):
                    yield int(self._places[at])

    def _longer(self, word: str) -> list[int]:
        """Names that have the letters of a word and begin all their telling words with some of these."""
        letters, first = np.uint32(_mask(word)), np.uint32(_mask(word[0]))
        some = np.flatnonzero((self._telling & ~letters) == 0)
        some = some[(self._early[some] & first) > 0]
        found: list[int] = some[(letters & ~self._all_letters[some]) == 0].tolist()
        return found

    def _shorter(self, name: Name) -> list[int]:
        """Which short forms are made of the letters of ``name``, the first ones of telling words among
        them."""
        said = [word for word in name.tokens if word not in PARTICLES]
        telling = np.uint32(_mask("".join(word[0] for word in said if names.weight(word) > names.TELLING)))
        first = np.uint32(_mask("".join(word[0] for word in said[:3])))
        letters = np.uint32(_mask(name.joined + _FORMED))
        fits = ((telling & ~self._letters) == 0) & ((self._letters & ~letters) == 0)
        found: list[int] = np.flatnonzero(fits & ((self._first & first) > 0)).tolist()
        return found
