"""Stance and certainty, from explicit words only (GUIDELINES, rules 6 and 7).

``denies`` is "it is not so"; ``unaware`` is "does not know", and the two are never
merged: a denial of knowledge is ``unaware``.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.paragraphs import is_finite, subject
from secondsource.model import Certainty, SourceKind, Stance

_WORDING = tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text("utf-8"))


def _whole(kind: str, before: str = r"\b") -> re.Pattern[str]:
    """The pattern that finds any wording of a kind, as whole words."""
    return re.compile(rf"{before}(?:{'|'.join(_WORDING[kind])})\b", re.I)


_UNAWARE = _whole("unaware")
_KNOWLEDGE = _whole("knowledge", before="^")
_FALSE = _whole("false")
_CONDITIONAL = _whole("conditional", before=r"(?:^|[\s,])")
_CERTAIN = _whole("certain")
_PROBABLE = _whole("probable")
_POSSIBLE = _whole("possible")
_REQUIRED = _whole("required")
_VALUED = _whole("valued")
_PROMISED = _whole("promised")
_OWN = frozenset({"we", "i", "it", "they", "he", "she"})
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
