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
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from math import log
from operator import is_

import numpy as np

from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.matters import Group, Regrouped, first
from secondsource.corroborate.nodes import rank
from secondsource.corroborate.opposition import is_bare, names_a_claim, points_back
from secondsource.corroborate.sides import denies_part, rejects, says_he_denies
from secondsource.corroborate.similarity import SAME, SAME_STORY, Likeness
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.spells import STANDING
from secondsource.text import words

OPPOSED = 0.45
"""From this likeness a denial that names things is taken to be about a matter."""

_ABOUT_IT = 0.3
_CONTESTED = 0.6
_ALIKE, _MOST_ALIKE = 1.0, 3
_SAME_DEED = 0.4
_CLOSE = 300
_GENERALLY, _BOTH = 0.2, 0.04
_UNLIKELY, _LONG = 1.0, 4000
_GENERAL_WORDS = frozenset(
    {"the", "a", "an", "of", "by", "in", "that", "this", "its", "his", "her", "their", "report"}
)
_GENERAL = frozenset({"weapon", "goods", "company"})
_OPEN = re.compile(r"\b(?:when|where|how|why|who|whom|whose|what|which)\b", re.IGNORECASE)


class Loose:
    """The denials that stand alone, each with the matter that it is about, while matters come and go."""

    def __init__(self, like: Likeness) -> None:
        self._like = like
        self._groups: dict[int, Group] = {}
        self._where: defaultdict[str, set[int]] = defaultdict(set)
        self._alone: dict[int, list[Slots]] = {}
        self._near: dict[str, set[str]] = {}
        self._fits: dict[int, dict[int, float]] = {}
        self._made: dict[int, Group] = {}

    def follow(self, groups: Regrouped, shaken: Collection[Slots], retold: set[str]) -> Regrouped:
        """What is otherwise with the groups, each loose denial moved to the matter that it is about.

        ``shaken`` are claims whose likeness to others may be otherwise than before, ``retold`` documents
        that tell another story.
        """
        touched = {slots.claim.document for group in (*groups.gone, *groups.new) for slots in group}
        before = {document for document in touched if self._where.get(document)}
        gone = [self._made.pop(id(group), group) for group in groups.gone]
        self._drop(groups.gone)
        self._hold(groups.new)
        come = {document for document in touched if self._where.get(document)} - before
        self._forget(groups.gone, shaken, retold | come)
        moved: defaultdict[int, list[Slots]] = defaultdict(list)
        left: defaultdict[int, set[int]] = defaultdict(set)
        for key, alone in self._alone.items():
            for slots in alone:
                target = self._target(slots)
                if target is not None:
                    left[key].add(id(slots))
                    moved[target].append(slots)
        new = {id(group): group for group in groups.new}
        for key in moved.keys() | left.keys() | self._made.keys():
            known = self._made.pop(key, self._groups[key])
            made = _remade(self._groups[key], moved.get(key, ()), left.get(key, ()))
            is_known = len(made) == len(known) and all(map(is_, made, known))
            if made is not self._groups[key]:
                self._made[key] = known if is_known else made
            if not is_known:
                gone += [] if key in new else [known]
                new[key] = made
        return Regrouped([*filter(None, gone)], [*filter(None, new.values())])

    def _drop(self, groups: Iterable[Group]) -> None:
        for group in groups:
            for slots in group:
                self._where[slots.claim.document].discard(id(group))
            self._groups.pop(id(group))
            self._alone.pop(id(group), None)

    def _hold(self, groups: Iterable[Group]) -> None:
        for group in groups:
            self._groups[id(group)] = group
            if any(slots.side > 0 for slots in group):
                for slots in group:
                    self._where[slots.claim.document].add(id(group))
            if all(slots.side <= 0 or _is_of_words(slots) for slots in group):
                self._alone[id(group)] = [
                    slots for slots in group if slots.side <= 0 and _may_be_loose(slots)
                ]

    def _forget(self, gone: Iterable[Group], shaken: Collection[Slots], retold: set[str]) -> None:
        """Forget what was found by likenesses, stories and groups that are others now."""
        stale = {id(group) for group in gone}
        stale |= {key for slots in shaken for key in self._where.get(slots.claim.document, ())}
        alone = {id(slots): slots for held in self._alone.values() for slots in held}
        otherwise = {id(slots) for slots in shaken}
        self._fits = {key: fits for key, fits in self._fits.items() if key in alone and key not in otherwise}
        for fits in self._fits.values():
            for key in stale & fits.keys():
                del fits[key]
        documents = {slots.claim.document for slots in alone.values()}
        self._near = {id: near for id, near in self._near.items() if id in documents - retold}
        told = sorted(id for id in retold if self._where.get(id))
        for document, near in self._near.items():
            near -= retold
            near |= self._among(document, told)

    def _among(self, document: str, others: Sequence[str]) -> set[str]:
        """Of other documents, those that tell the same story."""
        stories = self._like.story(document, others)
        return {other for other, story in zip(others, stories.tolist(), strict=True) if story >= SAME_STORY}

    def _target(self, slots: Slots) -> int | None:
        """The matter that a denial is about; of those that are equally fit, the first."""
        document = slots.claim.document
        if document not in self._near:
            self._near[document] = self._among(document, [id for id, held in self._where.items() if held])
        near = {key for other in (document, *self._near[document]) for key in self._where.get(other, ())}
        fits = self._fits.setdefault(id(slots), {})
        new = near - fits.keys()
        fits |= self._fit(slots, new)
        best = max((fits[key] for key in near), default=0.0)
        alike = [self._groups[key] for key in near if fits[key] == best]
        return id(min(alike, key=first)) if best > 0 else None

    def _fit(self, slots: Slots, keys: Collection[int]) -> dict[int, float]:
        """How well matters are what a denial is about; 0 where nothing speaks for it."""
        if points_back(slots):
            return {key: _fit(slots, self._groups[key]) for key in keys}
        said = {key: [other for other in self._groups[key] if other.side > 0] for key in keys}
        every = [other for held in said.values() for other in held]
        ones = np.repeat(self._like.places([slots]), len(every))
        values = iter(self._like.between(ones, self._like.places(every)).tolist())
        likest = {key: max(islice(values, len(held)), default=0.0) for key, held in said.items()}
        return {key: self._likest(slots, said[key], best) for key, best in likest.items()}

    def _likest(self, slots: Slots, said: Sequence[Slots], best: float) -> float:
        """How like a "no" that names things is to what a matter says is so; 0 under the bar."""
        if best < OPPOSED and any(_is_within(slots, other, self._like) for other in said):
            return best + OPPOSED
        stated = slots.claim.stance not in {"denies", "unaware"} and slots.side
        if best >= (SAME if stated else OPPOSED):
            return best
        return max((_names_both(slots, other) for other in said), default=0.0)


def _remade(group: Group, moved: Sequence[Slots], left: Collection[int]) -> Group:
    """A group without what left it, and with what was moved to it."""
    if not moved and not left:
        return group
    kept = (slots for slots in group if id(slots) not in left)
    return tuple(sorted((*kept, *sorted(moved, key=rank)), key=lambda slots: slots.claim.id))


def _may_be_loose(slots: Slots) -> bool:
    """True for what somebody says, be it in a release; in an outlet's own voice that it cannot tell whether,
    or that X denies it."""
    unsure = slots.side == 0 and not _OPEN.search(slots.claim.content.text)
    own = unsure or says_he_denies(slots.claim) or (slots.side < 0 and rejects(slots.claim))
    return slots.claim.voice == "attributed" or slots.claim.source_kind == "self" or own


def _is_within(slots: Slots, other: Slots, like: Likeness) -> bool:
    """True for a "no" that names less than a claim and nothing else: "denied arming Quelland"."""
    named, things = slots.entities - {slots.agent}, slots.things - _GENERAL
    if slots.amounts or _is_of_words(other):
        return False
    if not (named or things):
        return len(slots.terms) > 1 and slots.terms <= other.terms
    told = bool(named and things) if _kinds(slots).isdisjoint(lexicon().predicates) else kindred(slots, other)
    return told and like.names_all(named, other) and things <= other.things


def _names_both(slots: Slots, other: Slots) -> float:
    """How much of what a "no" names a claim names too, under any bar; 0 but for somebody and a thing.

    A view ("a raid is no verdict") and a promise ("will send no more") deny nothing; words that name nobody
    ("talk of a plant") are taken to name who says them, which tells nothing here.
    """
    names, things = slots.entities & other.entities, slots.things & other.things
    denies = slots.claim.stance != "assesses" and slots.modal != "planned" and not slots.amounts
    if not names or not things or not denies or _is_of_words(other) or not slots.claim.mentions:
        return 0.0
    return _BOTH * min(10, len(names) + len(things) + len(slots.terms & other.terms))


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
    noes = [other for other in group if other.side < 0 and other.claim.id != slots.claim.id]
    elsewhere = any(other.claim.document != slots.claim.document for other in noes)
    denied = any(other in here for other in noes) + _CONTESTED * elsewhere
    if is_bare(slots):
        return _weight(slots, group, bool(here)) + size + denied + _ALIKE * _named_too(slots, group)
    about = _about(slots, group)
    if denies_part(slots.claim):
        return _weight(slots, group, bool(here)) + size + denied + about
    if slots.heads & lexicon().predicates.keys() and any(kindred(slots, other) for other in group):
        about += _SAME_DEED
    deeds = frozenset(head for other in group for head in other.heads)
    shared = max((_shared(slots, other, deeds) for other in here), default=0.0)
    if not (shared or about):
        generally = _names_nothing(slots) and not slots.heads.isdisjoint(lexicon().predicates)
        return _GENERALLY * (_weight(slots, group, bool(here)) + size + denied) if generally else 0.0
    return shared + 2.0 * about + 0.5 * size + 0.5 * denied


def _names_nothing(slots: Slots) -> bool:
    """True where a "no" names nothing and nobody: "no evidence that sanctions had been breached"."""
    return not (slots.things - {"document"} or slots.claim.mentions or slots.amounts)


def _weight(slots: Slots, group: Group, here: bool) -> float:
    """How much a matter is one that somebody else alleges: in the same document above all, and early on."""
    source = slots.claim.source_name
    theirs = [other for other in group if other.side > 0 and other.claim.source_name != source]
    if all(other.heads <= STANDING or _is_of_words(other) for other in theirs):
        return -_UNLIKELY
    alleged = any(other.claim.voice == "attributed" for other in theirs)
    first = min(other.claim.content.spans[0].start for other in theirs)
    whose = {word.removesuffix("'s") for word in words(slots.claim.content.text)} - _GENERAL_WORDS
    told = any(whose & _sayers(other) for other in theirs)  # "the sailors' account"
    near = 0.0 if names_a_claim(slots) else max(_just_before(slots, other) for other in theirs)
    return 0.5 * here + (0.7 + near) * alleged + 0.8 * told - min(first, _LONG) / _LONG / 4


def _named_too(slots: Slots, group: Group) -> int:
    """How much of what a rejection names besides, "reports that drones were sent", one claim names too."""
    table = lexicon()
    own = slots.terms - table.anaphors - table.rebuttals - table.denying
    told = [len(own & other.terms) for other in group if other.side > 0]
    return min(_MOST_ALIKE, max(told, default=0))


def _just_before(slots: Slots, other: Slots) -> float:
    """How close before a "no" another claim of its document stands, which "denies it" is said of."""
    apart = slots.claim.content.spans[0].start - other.claim.content.spans[-1].end
    if slots.claim.document != other.claim.document or not 0 <= apart < _CLOSE:
        return 0.0
    return 1.6 * (1 - apart / _CLOSE)


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
