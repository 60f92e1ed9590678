"""Listed names in running text: mentions with their places, to be looked at, and no verdicts.

All names are looked for at once by one automaton (Aho and Corasick, 1975) over the text's
words in the spelling of `names.normalise`, with a map from there back to the text.  A name
of one word, or of words that name no one in particular (“Trading House”), or that the text has in
small letters, counts only where the text supports it: where it names the same entry more fully as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick  # type: ignore[import-not-found, unused-ignore]

from secondsource import names
from secondsource.index import Form
from secondsource.names import Name

_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
_LEAST = 4
"""Letters that a name must have together to be looked for."""


class Hit(NamedTuple):
    """Words of a text that are a name of an entry: their place in code points, and the name as listed."""

    start: int
    end: int
    text: str
    entry: int
    name: str


class Spelled(NamedTuple):
    """A text in words of one spelling with a space around each, and the place that each word is from."""

    words: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


def spell(text: str) -> Spelled:
    """``text`` as `names.normalise` spells its words one by one; what has no letter or digit is left out."""
    parts, starts, places, at = [" "], [], [], 1
    for found in _WORD.finditer(text):
        if word := names.normalise(found[0]):
            parts.append(word + " ")
            starts.append(at)
            places.append(found.span())
            at += len(word) + 1
    return Spelled("".join(parts), tuple(starts), tuple(places))


class TextScreener:
    """Names made ready to be found in texts."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._forms = list(forms)
        self._supported: list[bool] = []
        found: dict[str, list[int]] = {}
        for at, form in enumerate(self._forms):
            name = names.parse(form.text, form.schema)
            self._supported.append(not _telling(name))
            for words in _orders(name):
                if len(words) >= _LEAST:
                    found.setdefault(words, []).append(at)
        self._automaton = ahocorasick.Automaton()
        for words, owners in found.items():
            self._automaton.add_word(f" {words} ", (len(words), owners))
        if found:
            self._automaton.make_automaton()
        self._empty = not found

    def find(self, text: str) -> list[Hit]:
        """The listed names in ``text`` in reading order, of names inside others only the longest."""
        spelled = spell(text)
        return self.find_spelled(text, spelled)

    def find_spelled(self, text: str, spelled: Spelled) -> list[Hit]:
        """As `find`, for a text that was spelled before."""
        hits = [] if self._empty else self._longest(spelled.words)
        placed = [(*_place(spelled, start, end), owners) for start, end, owners in hits]
        named = {
            self._forms[at].entry
            for start, end, owners in placed
            if _as_a_name(text[start:end])
            for at in owners
            if not self._supported[at]
        }
        return [hit for start, end, owners in placed for hit in self._hits(text, (start, end), owners, named)]

    def _longest(self, words: str) -> list[tuple[int, int, list[int]]]:
        found = [(end - length, end, owners) for end, (length, owners) in self._automaton.iter(words)]
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, list[int]]] = []
        for hit in found:
            if not kept or hit[1] > kept[-1][1]:
                kept.append(hit)
        return kept

    def _hits(self, text: str, place: tuple[int, int], owners: list[int], named: set[int]) -> Iterator[Hit]:
        words = text[slice(*place)]
        alone = _as_a_name(words)
        for at in owners:
            form = self._forms[at]
            if (alone and not self._supported[at]) or form.entry in named:
                yield Hit(*place, words, form.entry, form.text)


def _place(spelled: Spelled, start: int, end: int) -> tuple[int, int]:
    """The place in the text of a stretch of its spelled words."""
    first, last = _at(spelled.starts, start), _at(spelled.starts, end - 1)
    return spelled.places[first][0], spelled.places[last][1]


def _as_a_name(words: str) -> bool:
    """False for words in small letters alone: “the trading house” names nobody in particular.  Scripts
    without capitals cannot tell."""
    return words.lower() != words or words.upper() == words


def _at(starts: tuple[int, ...], place: int) -> int:
    """The word that the place is in."""
    return bisect_right(starts, place) - 1


def _orders(name: Name) -> set[str]:
    """The words of a name as a text may have them: as written, and a person's family name at either end."""
    said = names.normalise(name.text)
    if not name.person:
        return {said}
    turned = (*name.tokens[-1:], *name.tokens[:-1])
    return {said, " ".join(name.tokens), " ".join(turned)}


def _telling(name: Name) -> bool:
    """True for a name that says by itself who is meant: two words or more, one of them no common one."""
    return len(name.tokens) > 1 and any(names.weight(word) > 0.5 for word in name.tokens)
