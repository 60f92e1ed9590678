"""Two reports laid side by side: which statement of one is which of the other."""

from __future__ import annotations

from calendar import month_name
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from math import log

from secondsource.corroborate.statements import Statement, table, topics
from secondsource.text import plain

ALIKE = 0.38
"""From this share of what they are about two statements of one chain are taken for the same one.

Set on the groups of annotated reports: at 0.38 no listed pair is lost, below it other matters come in.
"""

_SMALLER = 0.65
_SAME_SOURCE = 0.08
_KINDS = {"=": 0.7, "#": 0.7, "@": 1.0}
_FIGURE = 1.6
_MONTHS = frozenset(topics(" ".join(month_name)))


class Comparison:
    """The statements of an original and of a copy, matched by what they are about.

    What both reports speak of all the time counts for little.  The measure is the weight that two
    statements share against the sizes of both, the smaller counting more: a copy shortens.
    """

    def __init__(self, origin: Sequence[Statement], copy: Sequence[Statement]) -> None:
        self.origin, self.copy = origin, copy
        self._count = Counter(topic for one in (*origin, *copy) for topic in one.topics)

    def weight(self, topic: str) -> float:
        kind = _FIGURE if topic[0].isdigit() else _KINDS.get(topic[0], 1.0)
        return kind * log(1 + (len(self.origin) + len(self.copy)) / max(1, self._count[topic]))

    def alike(self, one: Statement, other: Statement) -> float:
        """0–1; two topics at least must be shared, one no mere state, kind of thing, figure or month."""
        shared = one.topics & other.topics
        if len(shared) < 2 or all(
            topic[0] in "=#" or topic[0].isdigit() or topic in _MONTHS for topic in shared
        ):
            return 0.0
        sizes = sorted(sum(map(self.weight, each.topics)) for each in (one, other))
        value = sum(map(self.weight, shared)) / (_SMALLER * sizes[0] + (1 - _SMALLER) * sizes[1])
        return min(1.0, value)

    @cached_property
    def pairs(self) -> list[tuple[float, Statement, Statement]]:
        """Statements of the original with those of the copy that say the same, the most alike first."""
        said, repeated = ({_key(one) for one in side} for side in (self.origin, self.copy))
        found = [
            (min(1.0, value), one, other)
            for one in (one for one in self.origin if _key(one) not in repeated)
            for other in (one for one in self.copy if _key(one) not in said)
            if (value := self.alike(one, other) + _SAME_SOURCE * same_source(one, other)) >= ALIKE
        ]
        found += self._silences()
        found += self._quotations()
        return sorted(found, key=lambda pair: (-pair[0], pair[1].excerpt.spans, pair[2].excerpt.spans))

    def _silences(self) -> Iterator[tuple[float, Statement, Statement]]:
        """What a source knows nothing of beside what it denies: both say little of the matter itself."""
        denied = [one for one in self.copy if one.claim and one.claim.stance == "denies"]
        for one in self.origin:
            if one.claim and one.claim.stance == "unaware":
                for other in denied:
                    if (
                        same_source(one, other)
                        and one.topics & other.topics
                        and self.alike(one, other) < ALIKE
                    ):
                        yield ALIKE, one, other

    def _quotations(self) -> Iterator[tuple[float, Statement, Statement]]:
        """The same words of two sources, too few to be matched by what they are about."""
        told = {plain(one.text).casefold(): one for one in self.origin if one.source}
        for other in self.copy:
            one = told.get(plain(other.text).casefold())
            if one and other.source and not same_source(one, other) and self.alike(one, other) < ALIKE:
                yield 1.0, one, other

    def says(self, side: Sequence[Statement], like: Statement, least: float = ALIKE) -> list[Statement]:
        """The statements of one report that say the same as ``like``, alike by ``least`` at least."""
        return [one for one in side if one is not like and self.alike(one, like) >= max(least, ALIKE)]


def _key(one: Statement) -> tuple[str, str | None, str | None]:
    """What makes two statements the same, word for word: nothing has changed between them."""
    return one.text, one.source, one.claim.stance if one.claim else None


def same_source(one: Statement, other: Statement) -> bool:
    """True where both sources share a name, "Kupol" and "IEMZ Kupol", or are one in words, "the minister"."""
    if names(one.source) & names(other.source):
        return True
    left, right = (plain(source or "").casefold() for source in (one.source, other.source))
    return left == right != "" and not table().patterns["nobody.any"].fullmatch(left)


@lru_cache(maxsize=1 << 14)
def names(source: str | None) -> frozenset[str]:
    """What a source's words name, without kinds of people: "two Treasury officials" the Treasury."""
    bare = table().patterns["widening.parts"].sub(" ", source or "")
    return frozenset(topic for topic in topics(bare) if topic[0] not in "#@")
