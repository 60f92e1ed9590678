"""Pairs of claims, slot beside slot: in what they agree and in what they clash."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondsource.corroborate.rows import (
    NONE,
    Flags,
    Numbers,
    Padded,
    Plain,
    Rows,
    Values,
    alike_things,
    meet,
    shared,
)
from secondsource.corroborate.slots import Slots

UNKNOWN_DEED = 0.25
NEAR_OF_KIND = 0.45
_NEARBY = 0.5
_OTHER_THINGS = -0.4


@dataclass(frozen=True, slots=True)
class Beside:
    """Claims and others beside them, by their rows; each answer has one value for each pair."""

    rows: Rows
    one: Numbers
    other: Numbers
    left: Plain
    right: Plain

    @classmethod
    def of(cls, rows: Rows, one: Numbers, other: Numbers) -> Beside:
        return cls(rows, one, other, rows.of(one), rows.of(other))

    def both(self, column: Padded) -> tuple[Numbers, Numbers]:
        """A column of both sides."""
        return column.at(self.one), column.at(self.other)

    def heads(self) -> Values:
        """What is done: 1 where it is one, less where it is only named nearby or near of kind, else 0.

        Of verbs that no class has, it tells something that both say them.
        """
        (one, other), (near, beside) = self.both(self.rows.heads), self.both(self.rows.nearby)
        kin, akin = self.both(self.rows.kin)
        bare = (self.left.is_bare | self.right.is_bare) != 0
        nearby = meet(one, beside) | meet(other, near)
        of_kind = meet(kin, other) | meet(akin, one)
        verbs = np.zeros(len(bare))
        verbs[bare] = self._verbs(self.one[bare], self.other[bare])
        ways = [meet(one, other), ~bare & nearby, of_kind]
        return np.select(ways, [1.0, _NEARBY, NEAR_OF_KIND], default=verbs)

    def _verbs(self, one: Numbers, other: Numbers) -> Values:
        verbs, terms = self.rows.bare, self.rows.terms
        said = meet(verbs.at(one), terms.at(other)) | meet(verbs.at(other), terms.at(one))
        return np.where(said, _NEARBY, UNKNOWN_DEED)

    def vague(self) -> Flags:
        """Where one of two texts only says that "it" was done: to what, that text alone can tell."""
        untold = (self.left.target == NONE) | (self.right.target == NONE)
        it = (self.left.does_it | self.right.does_it) != 0
        return np.asarray(untold & it & (self.left.document != self.right.document))

    def figures(self) -> Values:
        """Figures propose: the same one in the same slot is rare, another one is a rival answer."""
        found = np.zeros(len(self.one))
        for at in np.flatnonzero(self.left.counts & self.right.counts).tolist():
            found[at] = _figures(self.rows.slots[self.one[at]], self.rows.slots[self.other[at]])
        return found

    def same_count(self, figures: Values) -> Flags:
        """The same number of the same things under the same deed: 300 soldiers killed with gas."""
        several = shared(*self.both(self.rows.things)).sum(axis=1) > 1
        return np.asarray((figures >= 1.0) & several & meet(*self.both(self.rows.heads)))

    def unnamed(self) -> Flags:
        """Where one of the two names nobody."""
        one, other = ((names != NONE).any(axis=1) for names in self.both(self.rows.names))
        return np.asarray(~(one & other))

    def agents(self) -> Values:
        """Who does it: 1 for the same, less than 0 for two that are somebody and are not both named."""
        (one, other), (names, beside) = (self.left.agent, self.right.agent), self.both(self.rows.names)
        present = meet(one[:, None], beside) | meet(other[:, None], names)
        act = self.rows.acts(one) & self.rows.acts(other)
        ways = [(one == NONE) | (other == NONE), one == other, act & present, act, present]
        return np.select(ways, [0.0, 1.0, 0.0, -1.0, 0.3])

    def targets(self) -> Values:
        """To what it is done: 1 for the same, less where it is only named, below 0 for another."""
        one, other, kind, akin = self.left.target, self.right.target, self.left.kind, self.right.kind
        (names, beside), (things, others) = self.both(self.rows.names), self.both(self.rows.things)
        named = meet(other[:, None], names) | meet(one[:, None], beside)
        named |= meet(akin[:, None], things) | meet(kind[:, None], others)
        ends, end = self.both(self.rows.endings)
        same = (one == other) | meet(other[:, None], ends) | meet(one[:, None], end)
        are_kinds = (kind != NONE) & (akin != NONE)
        ways = [
            (one == NONE) | (other == NONE),
            same,
            named | alike_things()[kind, akin],
            are_kinds,
            (kind != NONE) | (akin != NONE),
        ]
        return np.select(ways, [0.0, 1.0, 0.7, -0.7, -0.9], default=-0.5)

    def things(self) -> Values:
        """What things are named: 1 where two are one, or one a kind of the other."""
        one, other = self.both(self.rows.things)
        some = (one != NONE).any(axis=1) & (other != NONE).any(axis=1)
        alike = alike_things()[one[:, :, None], other[:, None, :]].any(axis=(1, 2))
        return np.select([~some, alike], [0.0, 1.0], default=_OTHER_THINGS)

    def clash(self) -> Flags:
        """Where one is said to be so and the other to be possible, planned or asked for."""
        able = (self.left.is_able | self.right.is_able) != 0
        return np.asarray((self.left.modal != self.right.modal) & ~able)


def _figures(one: Slots, other: Slots) -> float:
    same = [(a, b) for a in one.amounts for b in other.amounts if a.rivals(b)]
    if any(a.low == b.low or (a.meets(b) and (a.exact or b.exact)) for a, b in same):
        return 1.0
    return 0.5 if same else 0.0
