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
from secondsource.corroborate.similarity import SAME, SAME_STORY, Likeness
from secondsource.corroborate.slots import Slots, says_he_denies
from secondsource.text import words

Group = tuple[Slots, ...]

OPPOSED = 0.45
"""From this likeness a denial that names things is taken to be about a matter."""

_ABOUT_IT = 0.3
_SAME_DEED = 0.4
_UNLIKELY, _LONG = 1.0, 4000
_STANDING = frozenset({"own", "register", "employ", "comment"})
_GENERAL_WORDS = frozenset(
    {"the", "a", "an", "of", "by", "in", "that", "this", "its", "his", "her", "their", "report"}
)
_GENERAL = frozenset({"weapon", "goods", "company"})
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
        if any(slots.side > 0 and not _is_of_words(slots) for slots in group):
            continue
        for slots in (slots for slots in group if slots.side <= 0):
            target = _target(slots, places) if _may_be_loose(slots) else None
            if target is not None:
                held[index].remove(slots)
                held[target].append(slots)
    return [tuple(sorted(group, key=lambda slots: slots.claim.id)) for group in held if group]


def _may_be_loose(slots: Slots) -> bool:
    """True for what somebody says; in a text's own voice that it cannot tell whether, or that X denies it."""
    unsure = slots.side == 0 and not _OPEN.search(slots.claim.content.text)
    own = unsure or says_he_denies(slots.claim)
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
    said = [other for other in places.groups[index] if other.side > 0]
    best = max((places.like(slots, other) for other in said), default=0.0)
    if best < OPPOSED and any(_is_within(slots, other, places.like) for other in said):
        return best + OPPOSED
    stated = slots.claim.stance not in {"denies", "unaware"} and slots.side
    return best if best >= (SAME if stated else OPPOSED) else 0.0


def _is_within(slots: Slots, other: Slots, like: Likeness) -> bool:
    """True for a "no" that names less than a claim and nothing else: "denied arming Quelland"."""
    named, things = slots.entities - {slots.agent}, slots.things - _GENERAL
    if slots.amounts or _is_of_words(other):
        return False
    if not (named or things):
        return len(slots.terms) > 1 and slots.terms <= other.terms
    told = bool(named and things) if _kinds(slots).isdisjoint(lexicon().predicates) else kindred(slots, other)
    return told and like.names_all(named, other) and things <= other.things


def kindred(one: Slots, other: Slots) -> bool:
    """True where two claims tell of deeds of one class, or of classes that are near the same one."""
    return not _kinds(one).isdisjoint(_kinds(other) | other.nearby)


def _kinds(slots: Slots) -> set[str]:
    known = lexicon().predicates
    near = {name for head in slots.heads if head in known for name in known[head].near}
    return {*slots.heads, *near}


def _fit(slots: Slots, group: Group) -> float:
    """How well a matter is what a loose denial is about; 0 where nothing speaks for it."""
    here = [other for other in group if other.claim.document == slots.claim.document]
    size = log(1 + len({other.claim.document for other in group}))
    denied = any(other.side < 0 and other.claim.id != slots.claim.id for other in here)
    if is_bare(slots):
        return _weight(slots, group, bool(here)) + size + denied
    about = _about(slots, group)
    if slots.heads & lexicon().predicates.keys() and any(kindred(slots, other) for other in group):
        about += _SAME_DEED
    deeds = frozenset(head for other in group for head in other.heads)
    shared = max((_shared(slots, other, deeds) for other in here), default=0.0)
    return shared + 2.0 * about + 0.5 * size + 0.5 * denied if shared or about else 0.0


def _weight(slots: Slots, group: Group, here: bool) -> float:
    """How much a matter is one that somebody else alleges: in the same document above all, and early on."""
    source = slots.claim.source_name
    theirs = [other for other in group if other.side > 0 and other.claim.source_name != source]
    if all(other.heads <= _STANDING or _is_of_words(other) for other in theirs):
        return -_UNLIKELY
    alleged = any(other.claim.voice == "attributed" for other in theirs)
    first = min(other.claim.content.spans[0].start for other in theirs)
    whose = {word.removesuffix("'s") for word in words(slots.claim.content.text)} - _GENERAL_WORDS
    told = any(whose & _sayers(other) for other in theirs)  # "the sailors' account"
    return 0.5 * here + 0.7 * alleged + 0.8 * told - min(first, _LONG) / _LONG / 4


def _sayers(slots: Slots) -> set[str]:
    source = slots.claim.source
    return set(words(f"{source.text} {slots.claim.source_name or ''}")) if source else set()


def _is_of_words(slots: Slots) -> bool:
    """True for what tells that something was told: whoever denies a report denies what it says."""
    return all(head.removeprefix("=") in lexicon().saying for head in slots.heads)


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
