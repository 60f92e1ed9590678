"""Who denies a matter and who does not know of it: kept apart, and each source once a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from secondsource.corroborate.identity import Identity, is_pronoun
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.origins import Tracer
from secondsource.corroborate.sides import (
    denies_part,
    rejects,
    says_he_denies,
    says_no_truth,
    singular,
    tells_what,
)
from secondsource.corroborate.slots import Slots
from secondsource.model import Claim, Opposition
from secondsource.text import plain, words

_REPORT = re.compile(
    r"(?i:the|these|those|this|such|all|any|both|its|their|his|her|[\w-]+'s|(?-i:[A-Z])[\w-]+)"
    r"(?: [\w'-]+){0,3}?"
    r" (?:report|allegation|claim|accusation|charge|story|article|account|rumou?r|assertion|suggestion"
    r"|stud(?:y|ie)|finding|indictment|version)s?"
    r"(?:,? (?:as|by|from|made|published|calling|saying)\b.*)?"
)
_SHORT = 4
_NOBODY = frozenset({"there", "nothing", "what", "we"})
_POINTING = frozenset({"it", "this", "that", "these", "those", "they", "them", "so"})
_POINTS_BACK = re.compile(
    r"\b(?:such|this|that|these|those|it|there|so|of (?:this|that|the) kind)\b", re.IGNORECASE
)


_OF_THE_KIND = re.compile(
    r"\b(?:such|so|none of (?:it|this|that|these)|not the case|of (?:this|that|the) kind)\b", re.IGNORECASE
)
"""What makes a statement that something is not so point back: a mere pronoun does not."""


@dataclass(frozen=True, slots=True)
class Against:
    """What stands against a matter: its opposition to show, and what of it weighs."""

    denied: tuple[Opposition, ...]
    unaware: tuple[Opposition, ...]
    standing: int

    @property
    def any(self) -> bool:
        return bool(self.denied)


def against(said: Iterable[Slots], accused: frozenset[str], tracer: Tracer, identity: Identity) -> Against:
    """The opposition among ``said``; ``accused`` are who the matter says did it.

    A denial by the accused, by somebody who holds a post with it or by a body of its own is
    self-interested: nearly as likely whether or not it is so.  It is shown and does not
    stand.  ``standing`` counts the distinct others whose denial a text shows to be theirs.
    """
    denied: dict[tuple[str, str], tuple[Opposition, str | None]] = {}
    unaware: dict[tuple[str, str], Opposition] = {}
    for slots in _spoken(said):
        claim = slots.claim
        key, name = _who(slots, tracer, identity)
        party = bool(accused) and _is_party(key, name, claim.document, accused, tracer, identity)
        if slots.side == 0:
            unaware.setdefault((key, claim.document), Opposition(name, claim.document, claim.id, party))
        else:
            stands = None if party or not tracer.access(claim).shown else key
            denied.setdefault(
                (key, claim.document), (Opposition(name, claim.document, claim.id, party), stands)
            )
    standing = {key for _, key in denied.values() if key}
    return Against(
        denied=tuple(sorted((one for one, _ in denied.values()), key=_order)),
        unaware=tuple(sorted(unaware.values(), key=_order)),
        standing=len(standing),
    )


def _spoken(said: Iterable[Slots]) -> list[Slots]:
    """In reading order; a headline only where its text says no more than that."""
    ordered = sorted(said, key=_clearest)
    told = {(slots.claim.document, slots.side) for slots in ordered if slots.claim.voice == "attributed"}
    return [
        slots
        for slots in ordered
        if slots.claim.voice == "attributed" or (slots.claim.document, slots.side) not in told
    ]


def _clearest(slots: Slots) -> tuple[object, ...]:
    """Reading order within a document; headlines, and words that point back, after those that name it."""
    claim = slots.claim
    return (claim.document, "headline" in claim.rule, points_back(slots), claim.content.spans, claim.id)


def _order(one: Opposition) -> tuple[str, str, str]:
    return (one.document, one.source, one.claim)


_UNCLEAR = frozenset({"unclear", "unknown", "uncertain", "open"})


def _who(slots: Slots, tracer: Tracer, identity: Identity) -> tuple[str, str]:
    """Whoever says no; in a text's own voice about another ("X is not aware of"), that other."""
    claim = slots.claim
    told = slots.side == 0 or says_he_denies(claim)
    agent = slots.agent if slots.agent and not tells_what(claim) else _not_knowing(claim, identity)
    agent = (
        agent if claim.frame.predicate not in _UNCLEAR else None
    )  # "the target was unclear": to whoever says so
    if claim.voice == "own" and told and agent and not _speaks_for_itself(slots, tracer, identity):
        return agent, identity.display(agent, claim.frame.agent or agent)
    return tracer.speaker(claim)


def _not_knowing(claim: Claim, identity: Identity) -> str | None:
    """Who does not know, where a clause says what: that clause's own agent is another."""
    name = claim.frame.agent if tells_what(claim) else None
    if name is None or is_pronoun(name) or name.casefold() in _NOBODY:
        return None
    return identity.of_name(claim.document, name) or name.casefold()


def _speaks_for_itself(slots: Slots, tracer: Tracer, identity: Identity) -> bool:
    return tracer.is_party(identity.documents[slots.claim.document])


def _is_party(
    key: str, name: str, document: str, accused: frozenset[str], tracer: Tracer, identity: Identity
) -> bool:
    if key in accused or tracer.posts(key) & accused:
        return True
    return bool((identity.within(document, name) - {key}) & accused) if key.startswith("name:") else False


def points_back(slots: Slots) -> bool:
    """True for a "no" that names nothing itself: "these reports are an invention", "no such project"."""
    if slots.claim.mentions and _takes_up(slots) and _left(slots) == 0:
        return True  # "the allegations by X"
    named = slots.claim.mentions or slots.amounts
    claim = slots.claim
    stated = slots.side < 0 and claim.stance in {"asserts", "assesses"}
    pointing = (_OF_THE_KIND if stated else _POINTS_BACK).search(plain(claim.content.text))
    loose = not named and (pointing or (not stated and _left(slots) <= 1))
    whole = rejects(claim) or _denies_it(claim) or _is_of_a_report(claim) or denies_part(claim)
    return bool(loose or (slots.side < 0 and whole))


def _denies_it(claim: Claim) -> bool:
    """True for "we deny these accusations", which names nothing but who denies."""
    told = (claim.frame.object or "").casefold()
    return says_he_denies(claim) and (is_pronoun(told) or told in lexicon().anaphors)


def _left(slots: Slots) -> int:
    """How many words say something, names, anaphors and words of knowing left out."""
    table = lexicon()
    names = {word for one in slots.claim.mentions for word in words(one.excerpt.text)}
    denier = {(slots.claim.frame.agent or "").casefold()} if says_he_denies(slots.claim) else set()
    said = names | denier | table.anaphors | table.light | table.epistemic | table.denying
    return sum(word not in said for word in map(str.casefold, slots.claim.frame.words))


def _takes_up(slots: Slots) -> bool:
    said = words(slots.claim.content.text)
    return bool(lexicon().anaphors & {*said, *(word.removesuffix("s") for word in said)})


def is_bare(slots: Slots) -> bool:
    """True where nothing but an anaphor and its rejection is left: what it rejects is the whole report."""
    said = words(slots.claim.content.text)
    if slots.side == 0 and _is_of_a_claim(slots):
        return True
    if slots.side == 0 and names_a_claim(slots):
        return _left(slots) <= (not slots.things - {"document"})
    brief = len(said) <= _SHORT or _denies_it(slots.claim)
    if _takes_up(slots) and brief and _left(slots) == 0:
        return True
    rejected = lexicon().rebuttals & set(singular(slots.claim.content.text)) or says_no_truth(slots.claim)
    return (bool(rejected) and points_back(slots)) or (slots.side < 0 and _is_of_a_report(slots.claim))


def _is_of_a_report(claim: Claim) -> bool:
    """True for a report as a whole, however it is called: "the Post's account as propaganda"."""
    return claim.stance == "denies" and bool(_REPORT.fullmatch(plain(claim.content.text)))


def names_a_claim(slots: Slots) -> bool:
    """True where a noun stands for what was said before: "no information on the matter"."""
    said = words(slots.claim.content.text)
    known = lexicon().anaphors - _POINTING
    return any(word in known or word.removesuffix("s") in known for word in said)


def _is_of_a_claim(slots: Slots) -> bool:
    """True for "the claim could not be independently confirmed"."""
    frame, table = slots.claim.frame, lexicon()
    told = {(word or "").casefold() for word in (frame.agent, frame.object)}
    return frame.predicate.casefold() in table.epistemic and any(
        word in table.anaphors and not is_pronoun(word) for word in told
    )
