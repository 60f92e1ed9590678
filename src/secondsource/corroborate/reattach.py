"""Denials that point back: "denied the report", "knew of no such project".

They name little themselves, so that no comparison of slots can place them.  They belong to
what their own document reports: to the claim there that shares their words, and where nothing
but the rejection is left, to the matter that the document is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log

from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.opposition import is_bare, points_back
from secondsource.corroborate.slots import Slots

Group = tuple[Slots, ...]


def reattached(groups: Sequence[Group]) -> list[Group]:
    """The groups with each loose denial moved to the matter in its document that it is about."""
    held = [list(group) for group in groups]
    where: defaultdict[str, set[int]] = defaultdict(set)
    for index, group in enumerate(groups):
        for slots in group:
            where[slots.claim.document].add(index)
    for index, group in enumerate(groups):
        if any(slots.side > 0 for slots in group):
            continue
        for slots in group:
            target = _target(slots, index, groups, where) if _is_loose(slots) else None
            if target is not None:
                held[index].remove(slots)
                held[target].append(slots)
    return [tuple(sorted(group, key=lambda slots: slots.claim.id)) for group in held if group]


def _is_loose(slots: Slots) -> bool:
    """A "no" that somebody is said to give, about something that it does not name."""
    return slots.claim.voice == "attributed" and points_back(slots)


def _target(slots: Slots, own: int, groups: Sequence[Group], where: dict[str, set[int]]) -> int | None:
    scored = [
        (score, -index)
        for index in where[slots.claim.document]
        if index != own and any(s.side > 0 for s in groups[index])
        if (score := _fit(slots, groups[index])) > 0
    ]
    return -max(scored)[1] if scored else None


def _fit(slots: Slots, group: Group) -> float:
    """How well a matter is what a loose denial is about; 0 where nothing speaks for it."""
    here = [other for other in group if other.claim.document == slots.claim.document]
    size = log(1 + len({other.claim.document for other in group}))
    denied = any(other.side < 0 and other.claim.id != slots.claim.id for other in here)
    if is_bare(slots):
        return size + denied
    shared = max((_shared(slots, other) for other in here), default=0.0)
    return shared + 0.5 * size + 0.5 * denied if shared else 0.0


def _shared(slots: Slots, other: Slots) -> float:
    deeds = {head for head in slots.heads if head in lexicon().predicates}
    same_deed = bool(deeds & (other.heads | other.nearby))
    if deeds and not same_deed:
        return 0.0
    return 2.0 * same_deed + len(slots.things & other.things) + 0.5 * len(slots.terms & other.terms)
