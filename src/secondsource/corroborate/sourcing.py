"""The words by which texts tell whom they have something from: papers, the press, one's own hand."""

from __future__ import annotations

import re

from secondsource.corroborate.identity import Identity
from secondsource.corroborate.lexicon import lexicon
from secondsource.derivation import Derivation
from secondsource.model import Claim

_HEAD_ENDS = re.compile(
    r"\b(?:of|by|from|in|on|at|to|for|with|attached|reviewed|seen|obtained|published|shown|that|which|who|issued)\b|,"
)
TELLS = re.compile(
    r"\b(?:told|tells?|inform(?:ed|s)|notif(?:ied|ies)|wr(?:ote|ites) to|assured|briefed)\b", re.I
)
PUBLIC = re.compile(
    r"report|journalist|press|media|newspaper|agency|parliament|lawmaker|senat|congress|council|court|rally|crowd|"
    r"conference|television|radio|\btv\b|committee|audience|inquiry|judge|\bus\b|summit|assembly|broadcaster|channel",
    re.IGNORECASE,
)
OWN_HAND = re.compile(
    r"\b(?:this|our|its own) (?:newspaper|paper|magazine|website|agency|reporters?|own)\b", re.I
)

TAKEN_UP = re.compile(r"(?:the|these|those)\s", re.IGNORECASE)
JOINED = re.compile(r",? and |, | with ")
"""What stands between outlets that report something together."""
PRESS = re.compile(
    r"the (?:news)?(?:paper|agency|magazine|broadcaster|outlet|website|site|daily|weekly)", re.IGNORECASE
)


def is_document(words: str) -> bool:
    """True for a phrase whose head is a document or image: "a specification attached to the letter"."""
    head = _HEAD_ENDS.split(words)[0].strip().casefold().split()
    nouns = (head[-1], head[-1].removesuffix("s")) if head else ()
    return any(lexicon().thing(noun) in {"document", "image"} for noun in nouns)


def is_papers(claim: Claim) -> bool:
    """True for a claim that a text gives to a document or an image."""
    return claim.source_kind == "document" or is_document(claim.source.text if claim.source else "")


def papers_named(claim: Claim) -> str:
    """What the papers that a claim is given to are called, "the" left out."""
    return TAKEN_UP.sub("", claim.source_name or "", count=1).casefold()


def told_at(edge: Derivation) -> tuple[object, ...]:
    """Where a text tells whom it has something from: edges in this order come as it tells of them."""
    return (edge.excerpts[0].spans if edge.excerpts else (), edge.source)


def is_proper(name: str, identity: Identity, document: str) -> bool:
    """True for a name, or a phrase that tells by a name whose body is meant."""
    inner = re.sub(r"^(?:the|a|an|its|his|her|their)\s+", "", name, flags=re.IGNORECASE)
    return inner[:1].isupper() or bool(identity.within(document, name)) or bool(re.search(r"\b[A-Z]", inner))


def lower_first(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
