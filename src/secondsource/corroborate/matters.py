"""Claims about the same matter, grouped: candidates by shared names, then average linkage.

Candidates come from an inverted index (`blocks`), so that a case of thousands of claims is not compared
pair by pair.  Average linkage keeps one loose likeness from chaining two matters into one (`linkage`).
Claims that nothing can tell apart are one node, so copies cost nothing.  `kept` holds it all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.linkage import SCALE
from secondsource.corroborate.nodes import rank
from secondsource.corroborate.rows import Numbers, Values
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.telling import Told

Group = tuple[Slots, ...]

FLOOR = 0.2
"""Under this likeness two claims count as nothing alike."""


def whole(values: Values) -> Numbers:
    """Likenesses as they are added up."""
    return np.rint(values * SCALE).astype(np.int64)


def first(group: Group) -> tuple[object, ...]:
    """Groups come in the order of their first claims."""
    return rank(group[0])


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Groups that are no more, and those that are new; all others are the objects that they were."""

    gone: Sequence[Group]
    new: Sequence[Group]


class WorthAsking:
    """The groups that a question is asked of, each with a claim once, while groups come and go.

    Of the parts that say no more than that the same claims are of one matter, none is asked; those that only
    say what somebody does not know are among them, since another group may be what that is about.
    """

    def __init__(self) -> None:
        self._asked: dict[int, Group] = {}
        self._parts: dict[int, Group] = {}
        self._beside: dict[int, list[Group]] = {}

    def follow(self, groups: Regrouped, told: Told, changed: set[str]) -> Regrouped:
        """What is asked of no more, and what is asked of now; ``changed`` documents tell other things."""
        gone, new, doubtful = list[Group](), list[Group](), set[int]()
        for group in groups.gone:
            gone += filter(None, [self._asked.pop(id(group), ()), *self._beside.pop(id(group), ())])
            self._parts.pop(id(group), None)
        for group in groups.new:
            once, *beside = each_once(group)
            if beside:
                self._beside[id(group)] = beside
                new += beside
            if _is_parts(once):
                self._parts[id(group)] = once
                doubtful.add(id(group))
            else:
                self._asked[id(group)] = once
                new.append(once)
        doubtful |= {
            key for key, group in self._parts.items() if any(s.claim.document in changed for s in group)
        }
        for key in doubtful:
            adds = only_unknown(self._parts[key]) or _adds(self._parts[key], told)
            if adds and key not in self._asked:
                self._asked[key] = self._parts[key]
                new.append(self._parts[key])
            elif not adds and key in self._asked:
                gone.append(self._asked.pop(key))
        return Regrouped(gone, new)


def only_unknown(group: Group) -> bool:
    """True for parts that only say what somebody does not know: they raise no question of their own."""
    return _is_parts(group) and all(slots.side == 0 for slots in group)


def _is_parts(group: Group) -> bool:
    return all(slots.part for slots in group)


def each_once(group: Group) -> list[Group]:
    """A group with each claim once, as a whole or the first of its parts; and what else it tells, beside.

    "Had not approved it and was not aware of it" may stand at two matters.  Two reports that say "after
    ringing them, they used gas" are of one matter that gas was used, and of one that they were ringed.
    """
    once = _first_of_each(group)
    beside = [(slots,) for slots in group if slots.part and slots.side == 0 and once[slots.claim.id].side]
    return [_in_order(once), *_other_deeds(group), *beside]


def _first_of_each(group: Sequence[Slots]) -> dict[str, Slots]:
    first: dict[str, Slots] = {}
    for slots in sorted(group, key=lambda slots: (slots.part, slots.claim.content.spans)):
        first.setdefault(slots.claim.id, slots)
    return first


def _in_order(once: Mapping[str, Slots]) -> Group:
    return tuple(sorted(once.values(), key=lambda slots: slots.claim.id))


def _other_deeds(group: Group) -> Iterator[Group]:
    """By deed, the parts of two documents' claims that tell of one of which their own claims here are not."""
    known = lexicon().predicates.keys()
    wholes = {slots.claim.id: slots.heads for slots in group if not slots.part}
    told: defaultdict[str, list[Slots]] = defaultdict(list)
    for slots in group:
        if slots.part and slots.side > 0 and slots.claim.id in wholes:
            for deed in (slots.heads & known) - wholes[slots.claim.id]:
                told[deed].append(slots)
    held: set[int] = set()
    for deed in sorted(told, key=lambda deed: (-len(told[deed]), deed)):
        parts = [slots for slots in told[deed] if id(slots) not in held]
        if len({slots.claim.document for slots in parts}) > 1:
            held |= {*map(id, parts)}
            yield _in_order(_first_of_each(parts))


def _adds(group: Group, told: Told) -> bool:
    """True where some part of two documents' claims is of a deed that its claim as a whole is not of."""
    documents = {slots.claim.document for slots in group}
    if len(documents) < 2:
        return False
    known = lexicon().predicates
    whole = {slots.claim.id: slots.heads for id in documents for slots in told[id] if not slots.part}
    return any(head in known and head not in whole[slots.claim.id] for slots in group for head in slots.heads)
