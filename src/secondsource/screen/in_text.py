"""Listed names in running text: mentions with their places, to be looked at, and no verdicts.

All names are looked for at once among the rows of the text's words (`index.phrases`), spelled
as `names.normalise` does, with a map from there back to the text.  A name
of one word, or of words that name no one in particular (“Trading House”), or that the text has in
small letters, counts only where the text supports it: where it names the same entry more fully as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from secondsource import names
from secondsource.index import Form, NameIndex, Side
from secondsource.index.phrases import LONGEST, Row, orders
from secondsource.index.tables import Array, codes

_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")


class Hit(NamedTuple):
    """Words of a text that are a name of an entry: their place in code points, and the name as listed."""

    start: int
    end: int
    text: str
    entry: int
    name: str


class Spelled(NamedTuple):
    """A text as words of one spelling, the place that each is from, and the number of each."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    numbers: Array


def spell(text: str) -> Spelled:
    """``text`` as `names.normalise` spells its words one by one; what has no letter or digit is left out."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        for word in names.normalise(found[0]).split():
            words.append(word)
            places.append(found.span())
    return Spelled(tuple(words), tuple(places), codes(words))


class _Named(NamedTuple):
    """Words of a text, from one to before another, that are a name."""

    first: int
    last: int
    form: Form


class TextScreener:
    """Names made ready to be found in texts."""

    def __init__(self, index: NameIndex) -> None:
        self._sides = list(index.sides.values())

    @classmethod
    def of(cls, forms: Iterable[Form]) -> TextScreener:
        return cls(NameIndex.build(forms))

    def find(self, text: str) -> list[Hit]:
        """The listed names in ``text`` in reading order, of names inside others only the longest; where an
        entry has two spellings of what stands there, under the first."""
        return self.find_spelled(text, spell(text))

    def find_spelled(self, text: str, spelled: Spelled) -> list[Hit]:
        """As `find`, for a text that was spelled before."""
        rows = [(side, row) for side in self._sides for row in side.phrases.find(spelled.numbers)]
        whole = [one for side, row in rows if row.telling for one in _named(side, row, spelled.words)]
        telling = [one for one in whole if not _hit(text, spelled, one).text.islower()]
        named = {one.form.entry for one in telling}
        small = {one for one in whole if one.form.entry in named}
        supported = (
            one
            for side, row in rows
            if not row.telling and side.entry(row.place) in named
            for one in _named(side, row, spelled.words)
        )
        found = sorted({*telling, *small, *supported}, key=lambda one: (one.first, -one.last, one.form))
        hits = (_hit(text, spelled, one) for one in _outermost(found))
        return list({(hit.start, hit.end, hit.entry): hit for hit in reversed(list(hits))}.values())[::-1]


def _hit(text: str, spelled: Spelled, one: _Named) -> Hit:
    begins, ends = spelled.places[one.first][0], spelled.places[one.last - 1][1]
    inside = text.find(one.form.text, begins, ends)
    if inside >= 0:  # in a script without spaces a word of the text is a clause
        begins, ends = inside, inside + len(one.form.text)
    return Hit(begins, ends, text[begins:ends], one.form.entry, one.form.text)


def _named(side: Side, row: Row, words: tuple[str, ...]) -> Iterator[_Named]:
    """The name that a row was proposed for, where the words are those of it."""
    form = side.form(row.place)
    for said in _said(form.text, form.schema):
        end = row.first + len(said)
        if said[:LONGEST] == words[row.first : row.last] and said == words[row.first : end]:
            yield _Named(row.first, end, form)


@lru_cache(maxsize=50_000)
def _said(text: str, schema: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name in every order that is looked for."""
    said = orders(names.parse(text, schema), names.normalise(text))
    return tuple(tuple(order.split()) for order in sorted(said))


def _outermost(found: list[_Named]) -> Iterator[_Named]:
    """Of names in reading order those that are not inside another."""
    reached, widest = 0, (0, 0)
    for one in found:
        if one.last > reached or (one.first, one.last) == widest:
            reached, widest = one.last, (one.first, one.last)
            yield one
