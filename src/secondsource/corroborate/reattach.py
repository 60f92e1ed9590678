"""A "no" that stands alone: denials and not knowing, moved to the matter that they are about.

"Denied the report" and "knew of no such project" name little themselves, so that no comparison of
slots can place them.  They belong to what their own document reports: to the claim there that shares
their words, or, where a thing is named ("the project"), to the matter of the same story that is about
that thing; where nothing but the rejection is left, to what the document is mainly about.  A "no" that
does name things goes to the likest matter of its story, at a lower bar than claims that it is so: alone
it would stand against nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.opposition import is_bare, points_back
from secondsource.corroborate.similarity import SAME_STORY, Likeness
from secondsource.corroborate.slots import Slots

Group = tuple[Slots, ...]

OPPOSED = 0.45
"""From this likeness a denial that names things is taken to be about a matter."""

_ABOUT_IT = 0.3
_OPEN = re.compile(r"\b(?:when|where|how|why|who|whom|whose|what|which)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Places:
    """The matters of a case and the documents that speak of each."""

    groups: Sequence[Group]
    where: Mapping[str, set[int]]
    like: Likeness

    def near(self, document: str) -> Iterable[int]:
        """Matters of the story that a document tells, its own among them."""
        told = [other for other in self.where if self.like.story(document, other) >= SAME_STORY]
        return {index for other in (document, *told) for index in self.where.get(other, ())}


def reattached(groups: Sequence[Group], like: Likeness) -> list[Group]:
    """The groups with each loose denial moved to the matter that it is about."""
    held = [list(group) for group in groups]
    where: defaultdict[str, set[int]] = defaultdict(set)
    for index, group in enumerate(groups):
        if any(slots.side > 0 for slots in group):
            for slots in group:
                where[slots.claim.document].add(index)
    places = _Places(groups, where, like)
    for index, group in enumerate(groups):
        if any(slots.side > 0 for slots in group):
            continue
        for slots in group:
            target = _target(slots, places) if _may_be_loose(slots) else None
            if target is not None:
                held[index].remove(slots)
                held[target].append(slots)
    return [tuple(sorted(group, key=lambda slots: slots.claim.id)) for group in held if group]


def _may_be_loose(slots: Slots) -> bool:
    """True for what somebody says; in a text's own voice only that it does not know whether it is so."""
    own = slots.side == 0 and not _OPEN.search(slots.claim.content.text)
    return slots.claim.voice == "attributed" or own


def _target(slots: Slots, places: _Places) -> int | None:
    loose = points_back(slots)
    scored = [
        (score, -index)
        for index in places.near(slots.claim.document)
        if (score := _fit(slots, places.groups[index]) if loose else _likest(slots, index, places)) > 0
    ]
    return -max(scored)[1] if scored else None


def _likest(slots: Slots, index: int, places: _Places) -> float:
    """How like a "no" that names things is to what a matter says is so; 0 under the bar."""
    if slots.claim.stance not in {"denies", "unaware"} and slots.side:
        return 0.0
    best = max((places.like(slots, other) for other in places.groups[index] if other.side > 0), default=0.0)
    return best if best >= OPPOSED else 0.0


def _fit(slots: Slots, group: Group) -> float:
    """How well a matter is what a loose denial is about; 0 where nothing speaks for it."""
    here = [other for other in group if other.claim.document == slots.claim.document]
    size = log(1 + len({other.claim.document for other in group}))
    denied = any(other.side < 0 and other.claim.id != slots.claim.id for other in here)
    if is_bare(slots):
        return size + denied if here else 0.0
    about = _about(slots, group)
    deeds = frozenset(head for other in group for head in other.heads)
    shared = max((_shared(slots, other, deeds) for other in here), default=0.0)
    return shared + 2.0 * about + 0.5 * size + 0.5 * denied if shared or about else 0.0


def _about(slots: Slots, group: Group) -> float:
    """The share of a matter's claims that do something with the thing that a denial names; 0 for few."""
    things = slots.things - {"document"}
    said = [other for other in group if other.side > 0]
    if not things or not said:
        return 0.0
    share = sum(other.target in things or other.agent in things for other in said) / len(said)
    return share if share >= _ABOUT_IT else 0.0


def _shared(slots: Slots, other: Slots, done: frozenset[str]) -> float:
    """What a "no" shares with a claim of a matter in which ``done`` are the deeds that reports tell of."""
    deeds = {head for head in slots.heads if head in lexicon().predicates}
    same_deed = bool(deeds & (other.heads | other.nearby | done))
    if deeds and not same_deed:
        return 0.0
    return 2.0 * same_deed + len(slots.things & other.things) + 0.5 * len(slots.terms & other.terms)
