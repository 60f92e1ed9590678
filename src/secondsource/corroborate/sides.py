"""Which side a claim takes: that it is so, that it is not, or that it is not known."""

from __future__ import annotations

import re
from functools import lru_cache

from secondsource.corroborate.identity import is_pronoun
from secondsource.corroborate.lexicon import lexicon
from secondsource.model import Claim
from secondsource.text import plain, words

COMMENT = "comment"
"""Saying anything at all: who declines to takes no side, and his silence is a matter of its own."""

_NEGATIVE = re.compile(r"\b(?:no|not|nothing|never|none|neither|n't|without)\b|n't\b", re.IGNORECASE)
_SILENT = re.compile(
    r"\b(?:declin|refus|fail|unanswered|silent|no (?:answer|reply|response|comment))", re.IGNORECASE
)
_NO_TRUTH = re.compile(
    r"\b(?:no |not (?:an? |one )?(?:\w+ of )?|without (?:any )?|lack\w* (?:any )?|devoid of )(?:\w+ )?"
    r"(?:truth|basis|foundation|substance|merit)\b"
    r"|\bnothing (?:to|in) (?:it|this|that|them|these|those|the)\b|\bnothing of the kind\b"
    r"|(?:\bnot|n't) (?:\w+ )?true\b"
    r"|(?:\bnot|n't) (?:correspond|conform) to (?:the )?(?:reality|facts|truth)\b"
    r"|\bnothing to do with (?:the )?(?:reality|facts|truth)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:(?:not (?:been |be )?able|unable|impossible) to|(?:could|can)(?: ?not|n't))"
    r" (?:be )?(?:independently )?"
    r"(?:establish|confirm|verif(?:y|ied)|determine|ascertain|corroborate|say (?:if|whether))"
    r"|\b(?:not|un)\s?(?:clear|known|certain) (?:if|whether)\b",
    re.IGNORECASE,
)
_TOLD = frozenset({"information", "figure", "number", "count", "assertion", "publication", "statement"})
_NO_PART = re.compile(
    r"\b(?:nothing|(?:no|not|n't|never|neither|nobody)\b[^.;]{0,40}?\banything) to do with\b"
    r"|\b(?:no|any) (?:\w+ )?(?:part|role|hand|involvement|share|participation) in\b",
    re.IGNORECASE,
)
_SHOWING = frozenset({"document", "image"})
_FORGED = frozenset(
    {"forge", "forged", "forgery", "fabricate", "doctor", "falsify", "fake", "invent", "invention"}
)
_BE = frozenset({"a", "an", "the", "is", "are", "was", "were", "as", "and"})


def side_of(claim: Claim, heads: frozenset[str]) -> int:
    predicate = claim.frame.predicate.casefold()
    if heads == {COMMENT} and _SILENT.search(claim.content.text):
        return -1
    knowing = predicate in lexicon().epistemic
    if claim.stance in {"asserts", "assesses"} and (rejects(claim) or says_he_denies(claim)):
        return -1
    unknown = knowing and (claim.frame.negated or _says_no(claim))
    if claim.stance == "unaware" or is_unsure(claim) or unknown:
        return 0
    return -1 if claim.stance == "denies" or claim.frame.negated else 1


def _says_no(claim: Claim) -> bool:
    return bool(_NEGATIVE.search(plain(claim.content.text)))


def is_unknown_in_words(claim: Claim) -> bool:
    """True for "is not aware of X", whose words are what is not known; "no sign of X" says so itself."""
    text = claim.content.text
    itself = _says_no(claim) or claim.frame.negated or _leaves_open(text)
    return claim.stance == "unaware" and claim.voice == "attributed" and not itself


def singular(text: str) -> list[str]:
    """The words of a text, "these lies" as "these lie"."""
    known = lexicon().rebuttals | lexicon().anaphors
    return [word[:-1] if word[:-1] in known and word not in known else word for word in words(text)]


def rejects(claim: Claim) -> bool:
    """True for "the allegations are baseless": an anaphor, or papers that show it, and their rejection."""
    table, frame = lexicon(), claim.frame
    subject = (frame.agent or "").casefold()
    said = singular(claim.content.text)
    if len(said) > 1 and table.rebuttals & set(said) and set(said) <= table.anaphors | table.rebuttals | _BE:
        return True  # "called it propaganda"
    if subject in table.anaphors | _TOLD or is_pronoun(subject):
        return bool(table.rebuttals & {frame.predicate.casefold(), *said}) or says_no_truth(claim)
    shown = table.thing(subject or frame.object or "") in _SHOWING and not claim.mentions
    return shown and frame.predicate.casefold() in _FORGED  # "the papers were forged"


def knows_not(part: Claim) -> bool:
    """True for "and was not aware that the shells had left": a part that says what is not known."""
    return is_unsure(part) or (part.frame.negated and part.frame.predicate.casefold() in lexicon().epistemic)


def tells_what(claim: Claim) -> bool:
    """True where a clause says what somebody does not know: "no proof that the crew cut the cable"."""
    return claim.stance == "unaware" and bool(claim.frame.parts)


def is_unsure(claim: Claim) -> bool:
    """True for "was unable to establish whether", which leaves open what it names."""
    return _leaves_open(claim.content.text)


@lru_cache(maxsize=1024)  # each text is asked for several times in a row
def _leaves_open(text: str) -> bool:
    return bool(_UNSURE.search(plain(text)))


def says_he_denies(claim: Claim) -> bool:
    """True for "we deny it", and for "X denies it" and "it was denied by X" in a text's own voice."""
    frame = claim.frame
    by_himself = claim.voice == "own" or is_pronoun(frame.agent)
    return (
        frame.predicate.casefold() in lexicon().denying
        and not frame.negated
        and bool(frame.agent)
        and by_himself
    )


def denies_part(claim: Claim) -> bool:
    """True for "had nothing to do with the cable", "played no role in it": whoever says so denies it."""
    return bool(_NO_PART.search(plain(claim.content.text)))


def says_no_truth(claim: Claim) -> bool:
    """True for "there is not a grain of truth in these stories"."""
    return bool(_NO_TRUTH.search(plain(claim.content.text)))
