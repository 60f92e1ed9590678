"""Stance and certainty, from explicit words only (GUIDELINES, rules 6 and 7).

``denies`` is "it is not so"; ``unaware`` is "does not know", and the two are never
merged: a denial of knowledge is ``unaware``.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.paragraphs import is_finite, subject
from secondsource.model import Certainty, SourceKind, Stance

_UNAWARE = re.compile(
    r"\b(?:not (?:been )?(?:aware|familiar|informed)|unaware"
    r"|(?:no|any|without|denie[sd]|denying|deny|denied having) (?:\w+ )?knowledge"
    r"|knew nothing|know nothing|knows nothing|not know\b|never heard"
    r"|no (?:direct |concrete |such |credible |further )?(?:information|evidence|indication|record|records|sign|proof|confirmation)"
    r"|nothing (?:\w+ )?(?:indicate[sd]?|suggest(?:s|ed)?|show(?:s|ed)?|point(?:s|ed)?)"
    r"|(?:can|could|cannot|can not|could not|can't|couldn't|unable to|not able to) (?:not )?(?:yet |independently )?(?:to )?confirm"
    r"|not (?:yet )?(?:been )?(?:seen|found|received|documented|recorded|observed) (?:any|no|in)"
    r"|(?:had|has|have) (?:seen|found|received) no\b|seen nothing|in no position to)",
    re.I,
)
_KNOWLEDGE = re.compile(r"^(?:any |having |all )*(?:knowledge|awareness|knowing)\b", re.I)
_CONDITIONAL = re.compile(r"(?:^|[\s,])(?:if|unless|provided that|should it)\b(?! (?:not )?only)", re.I)
_CERTAIN = re.compile(
    r"\b(?:no (?:question|doubt)|without (?:a )?doubt|undoubtedly|definitely|certainly|clearly|obviously|very confident"
    r"|highly confident|concluded|determined|beyond doubt|makes? clear|made clear)\b",
    re.I,
)
_PROBABLE = re.compile(
    r"\b(?:likely|probably|appear(?:s|ed)?|apparently|believed|thought to|suspect(?:s|ed)?|suggest(?:s|ed|ing)?|seem(?:s|ed)?"
    r"|looks? like|presumed|presumably|assumed|indicat(?:e|es|ed|ing)|in all likelihood|almost certainly)\b",
    re.I,
)
_POSSIBLE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|possible|possibility|allegedly|alleged|can be)\b", re.I
)
_REQUIRED = re.compile(
    r"\b(?:must|should|need(?:s|ed)? to|ha(?:s|ve|d) to be|crucial|imperative|urgent that|call on|call for|demand)\b",
    re.I,
)
_VALUED = re.compile(
    r"\b(?:deeply|horrific|unacceptable|responsib(?:le|ility)|insufficient|significant|important|serious|concern(?:ed|ing)?"
    r"|cruel|barbari(?:c|ty)|disregard|united in|threat|dangerous|reckless|destabili[sz]\w+|breach|violat\w+|illegal|unlawful"
    r"|baseless|absurd|nonsense|sham|outrageous|worst|worse|best|vital|essential|reluctant|failed|crime|implicated"
    r"|main cause|would be|wants? to|prefers?|trying to|demonstrates?|speaks volumes|welcome[sd]?|condemn\w*|regret\w*)\b",
    re.I,
)
_PROMISED = re.compile(
    r"\b(?:will|shall|intends? to|plans? to|going to|would) (?:\w+ )?(?:continue|keep|not|work|take|act|respond|invest|provide|publish|open|review|appeal|\w+)\b",
    re.I,
)
_OWN = frozenset({"we", "i", "it", "they", "he", "she"})
_FALSE = re.compile(
    r"\b(?:false(?:ly)?|fake|untrue|fabricat\w+|baseless|groundless|not true|unfounded|nonsense|no truth|invention|hoax|disinformation|pure fiction)\b",
    re.I,
)
_DENIABLE = frozenset({"this", "that", "it", "they", "we", "no", "not", "none", "nothing", "neither"})
_PERCEIVING = frozenset({"see", "hear", "find", "know", "expect", "remember", "want", "believe", "think"})


def stance(attribution: Attribution, text: str, kind: SourceKind) -> Stance:
    """What the source does with the content; ``text`` is the content's words."""
    entry = attribution.entry
    base: Stance = attribution.stance or (entry.stance if entry else "asserts")
    if base == "denies":
        return "unaware" if _KNOWLEDGE.match(text) else "denies"
    if _UNAWARE.search(text) and not _CONDITIONAL.search(text):
        return "unaware"
    if base in {"confirms", "asks", "warns", "plans"} or (entry and entry.kind in {"judgement", "inference"}):
        return base
    if kind not in {"document"} and _negates(attribution.root, text):
        return "denies"
    return _spoken_stance(attribution, text, base, kind)


def _spoken_stance(attribution: Attribution, text: str, base: Stance, kind: SourceKind) -> Stance:
    if kind in {"document", "outlet"}:
        return base
    own = subject(attribution.root)
    promised = own is not None and own.lower_ in _OWN and _PROMISED.search(text)
    if promised and attribution.quoted and own is not None and own.lower_ in {"we", "i"}:
        return "plans"
    if _REQUIRED.search(text):
        return "asks" if re.search(r"\b(?:must|should|had to|have to|has to|crucial)\b", text) else "assesses"
    hedged = certainty(attribution, text) in {"probable", "possible", "conditional"}
    if hedged or _VALUED.search(text):
        return "assesses"
    return base


def _negates(root: Token, text: str) -> bool:
    """True for a plain negation of the matter itself: "this is not …", "no X was …", "is false"."""
    if _FALSE.search(text):
        return True
    negated = any(child.dep_ == "neg" for child in root.children)
    own = subject(root)
    if own is None or root.lemma_ in _PERCEIVING:
        return False
    first = own.doc[own.left_edge.i]
    if first.lower_ in {"no", "not", "none", "nothing", "neither"}:
        return True
    owned = any(
        child.dep_ == "poss" and child.lower_ in {"its", "our", "their", "his", "my"}
        for child in own.children
    )
    return negated and (own.lower_ in _DENIABLE or owned)


def own_stance(root: Token, text: str, release: bool) -> Stance:
    """The stance of an own-voice proposition; a body's own release can deny as a speaker can."""
    if _UNAWARE.search(text):
        return "unaware"
    return "denies" if release and _negates(root, text) else "asserts"


def own_certainty(root: Token, text: str) -> Certainty | None:
    """How sure a text itself is of what it states ("is believed to", "allegedly")."""
    return _hedge(root, text)


def certainty(attribution: Attribution, text: str) -> Certainty | None:
    """How sure the source is, by the words of content and cue; None where they say nothing."""
    cue = attribution.entry.certainty if attribution.entry else None
    own = _hedge(attribution.root, text)
    if own in {"conditional", "certain"} or cue is None:
        return own
    return cue if cue == "certain" or own is None else own


def _hedge(root: Token, text: str) -> Certainty | None:
    """The strongest hedge in a proposition's own words."""
    if _CONDITIONAL.search(text):
        return "conditional"
    if _CERTAIN.search(text):
        return "certain"
    if _scoped(root, _PROBABLE, text):
        return "probable"
    return "possible" if _scoped(root, _POSSIBLE, text) else None


def _scoped(root: Token, pattern: re.Pattern[str], text: str) -> bool:
    """True where a hedge stands in the main clause, not only in a relative clause under it."""
    if not pattern.search(text):
        return False
    below = {t.i for child in root.children if child.dep_ in {"advcl", "relcl"} for t in child.subtree}
    near = " ".join(t.text for t in root.subtree if t.i not in below and not _in_relative(t, root))
    return bool(pattern.search(near)) or not is_finite(root)


def _in_relative(token: Token, root: Token) -> bool:
    for ancestor in (token, *token.ancestors):
        if ancestor.i == root.i:
            return False
        if ancestor.dep_ in {"relcl", "acl"}:
            return True
    return False
