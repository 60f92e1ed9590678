"""One matter told of at times far apart is two matters, unless a name ties them.

What states do recurs: that a country got drones in one year is no second origin for its getting them
in another.  Linkage sees who and what; this sees when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise

from secondsource.corroborate.slots import Slots
from secondsource.derivation import apart

SPELL = timedelta(days=180)
"""The longest silence between reports of one matter that name nobody but states and their bodies."""

STANDING = frozenset({"own", "register", "employ", "comment"})
"""What goes on being so, and is told of at any time."""

Spell = tuple[Slots, ...]


def spells(
    group: Sequence[Slots], published: Callable[[Slots], str | None], names: Callable[[Slots], frozenset[str]]
) -> list[Spell]:
    """A group split at long silences, the earliest first; ``names`` are what ties claims over any silence.

    Where a report has no whole date, or all that is told of goes on being so, nothing is split.
    """
    days = [published(slots) or "" for slots in group]
    if all(slots.heads <= STANDING for slots in group) or _is_near(min(days), max(days)):
        return [tuple(group)]
    order = sorted(range(len(group)), key=days.__getitem__)
    found = [[order[0]]]
    for before, place in pairwise(order):
        if not _is_near(days[before], days[place]):
            found.append([])
        found[-1].append(place)
    named = [({name for place in spell for name in names(group[place])}, spell) for spell in found]
    return [tuple(group[place] for place in sorted(spell)) for spell in _tied(named)]


def _is_near(one: str, other: str) -> bool:
    """True where a silence is short, or nobody can tell."""
    gap = apart(one, other)
    return gap is None or gap <= SPELL


def _tied(spells: Sequence[tuple[set[str], list[int]]]) -> list[list[int]]:
    """Spells put together with those that name somebody whom they name."""
    kept: list[tuple[set[str], list[int]]] = []
    for names, places in spells:
        for one in [one for one in kept if one[0] & names]:
            kept.remove(one)
            names, places = one[0] | names, one[1] + places
        kept.append((names, places))
    return [places for _, places in kept]
