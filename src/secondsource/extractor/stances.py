"""Stance and certainty, from explicit words only (GUIDELINES, rules 6 and 7).

``denies`` is "it is not so"; ``unaware`` is "does not know", and the two are never
merged: a denial of knowledge is ``unaware``.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.paragraphs import is_finite, lemma, subject
from secondsource.extractor.wording import whole
from secondsource.model import Certainty, SourceKind, Span, Stance

_UNAWARE = whole("unaware")
_KNOWLEDGE = whole("knowledge", before="^")
_FALSE = whole("false")
_CONDITIONAL = whole("conditional", before=r"(?:^|[\s,])")
_CERTAIN = whole("certain")
_PROBABLE = whole("probable")
_POSSIBLE = whole("possible")
_REQUIRED = whole("required")
_OBLIGED = whole("obliged")
_VALUED = whole("valued")
_EVALUATIVE = whole("evaluative")
_WISHED = whole("wished")
_HOLDING = frozenset({"feature", "contain", "show", "include", "spread", "circulate"})
_OWN = frozenset({"we", "i", "it", "they", "he", "she"})
_DENIABLE = frozenset({"this", "that", "it", "they", "we", "no", "not", "none", "nothing", "neither"})
_HIMSELF = frozenset({"i", "he", "she"})
_PERCEIVING = frozenset(
    {"see", "hear", "find", "know", "expect", "remember", "want", "believe", "think", "understand", "like"}
)
_STATES = _PERCEIVING | {"be", "need", "prefer", "seem", "remain", "mean", "welcome", "love"}
_SHORT, _STEM, _MOST = 3, 5, 0.6
_ALLEGATION = re.compile(
    r"\b(?:allegation|claim|accusation|report|suggestion|charge|rumou?r|stor(?:y|ie))s?\b", re.I
)
_DISMISSED = whole("dismissed")
_DISBELIEVED = whole("disbelieved")
_EMPHATIC = whole("emphatic")
_THREAT = whole("threat")
_OPEN = frozenset({"rule", "exclude"})
_DEGREES = frozenset(
    {"very", "extremely", "too", "so", "highly", "deeply", "really", "absolutely", "completely"}
)
_ALLEGED = re.compile(r"\balleged(?:ly)?\b", re.I)
_WILLED = frozenset({"will", "shall", "would", "'ll", "’ll", "wo"})


def stance(attribution: Attribution, text: str, kind: SourceKind, before: str = "") -> Stance:
    """What the source does with the content; ``text`` is the content's words.

    ``before`` is the document up to the content: a negation of what was said there denies it.
    """
    entry = attribution.entry
    base: Stance = attribution.stance or (entry.stance if entry else "asserts")
    if base == "denies":
        return "unaware" if _KNOWLEDGE.match(text) else "denies"
    if _is_unaware(attribution, text):
        return "unaware"
    if entry and entry.kind == "attitude" and _ALLEGATION.search(text) and _DISMISSED.search(text):
        return "denies"
    if kind == "document" and entry and entry.lemma in {"suggest", "indicate"}:
        return "asserts"
    if base in {"confirms", "asks", "warns", "plans"} or (entry and entry.kind in {"judgement", "inference"}):
        return base
    if kind != "document" and _is_promise(attribution, text, kind):
        return "plans"
    if kind != "document" and _negates(attribution.root, text, before):
        return "denies"
    return _spoken_stance(attribution, text, base, kind)


def _is_unaware(attribution: Attribution, text: str) -> bool:
    """True where the first of joined predicates says that the source does not know."""
    found = _UNAWARE.search(text)
    if found is None or _CONDITIONAL.search(text):
        return False
    offset = attribution.paragraph.offset - attribution.content.start
    joined = (child.left_edge.idx + offset for child in attribution.root.children if child.dep_ == "conj")
    return found.start() < min((start for start in joined if start > 0), default=len(text))


def _spoken_stance(attribution: Attribution, text: str, base: Stance, kind: SourceKind) -> Stance:
    if kind == "outlet" or (kind == "document" and not _OBLIGED.search(text)):
        return base
    if _THREAT.search(text):
        return "warns"
    if _is_order(attribution.root, attribution.paragraph.offset, attribution.content) or _WISHED.search(text):
        return "asks"
    if _REQUIRED.search(text):
        return "asks" if _OBLIGED.search(text) else "assesses"
    hedged = certainty(attribution, text) in {"probable", "possible", "conditional"}
    hedged = hedged and not _ALLEGED.search(text)
    return "assesses" if hedged or _VALUED.search(text) or _values(attribution, text) else base


def _is_promise(attribution: Attribution, text: str, kind: SourceKind) -> bool:
    """True for what the source says it will do or not do itself: "we will …", "it planned to …"."""
    root, own = attribution.root, subject(attribution.root)
    if own is None or root.lemma_ in _STATES or _WISHED.search(text):
        return False
    willed = any(child.lower_ in _WILLED for child in root.children if child.dep_ == "aux")
    if attribution.entry and attribution.entry.lemma == "announce" and willed:
        return True
    if own.lower_ not in _OWN:
        shall = any(child.lower_ in {"will", "shall"} for child in root.children if child.dep_ == "aux")
        body = gazetteer().kind_of_noun(lemma(own)) in {"government", "organisation"}
        decides = kind in {"government", "organisation", "self"} and (body or own.dep_ == "nsubjpass")
        return shall and root.lemma_ != "be" and (decides or lemma(own) == "government")
    if root.lemma_ in {"intend", "plan"} or (root.lower_ == "going" and root.tag_ == "VBG"):
        return own.lower_ in {"we", "i"} or not attribution.quoted
    return willed and own.lower_ in ({"we", "i"} if attribution.quoted else _OWN)


def _is_order(root: Token, offset: int, content: Span) -> bool:
    """True for an imperative that opens the content ("Do not wash it", "Throw it away")."""
    if root.tag_ != "VB" or subject(root) is not None:
        return False
    before = [t.lower_ for t in root.doc[root.left_edge.i : root.i] if offset + t.idx >= content.start]
    return set(before) <= {"do", "not", "n't", "n’t", "please", "never", "just", "so", "and", ","}


def _values(attribution: Attribution, text: str) -> bool:
    """True for a judgement of value: "the step is dangerous", "An embargo is a tax, not a wall"."""
    root, own = attribution.root, subject(attribution.root)
    held = [child for child in root.children if child.dep_ in {"attr", "acomp", "advmod"}]
    words = [word for child in held for word in (child, *child.children)]
    if any(
        _EVALUATIVE.fullmatch(word.text) or word.tag_ == "JJS" or word.lower_ in _DEGREES for word in words
    ):
        return True
    if own is None or not attribution.quoted or root.tag_ not in {"VBZ", "VBP", "VB"}:
        return False
    if own.lower_ == "you" or _EVALUATIVE.search(text):
        return True
    negated = any(child.dep_ == "neg" for child in root.children)
    if negated and own.tag_ == "NNS":
        return True
    called = [
        child for child in held if child.dep_ == "attr" and child.pos_ == "NOUN" and not _is_counted(child)
    ]
    return root.lemma_ == "be" and bool(called) and own.dep_ != "expl" and own.lower_ not in {"i", "we"}


def _is_counted(noun: Token) -> bool:
    return any(child.dep_ == "nummod" or child.like_num for child in noun.children)


def _negates(root: Token, text: str, before: str = "") -> bool:
    """True for a plain negation of the matter itself: "this is not …", "is false", "he did not …".

    Other negations ("no airframe was built") deny where the text has spoken of it before.
    """
    if _is_called_false(root, text) or _DISBELIEVED.search(text):
        return True
    negated = any(child.dep_ == "neg" for child in root.children)
    own = subject(root)
    if own is None or own.lower_ == "you" or root.lemma_ in _PERCEIVING | _OPEN:
        return False
    if any(child.lower_ == "would" for child in root.children if child.dep_ == "aux"):
        return False
    past = root.tag_ in {"VBD", "VBN"} or any(child.lower_ == "did" for child in root.children)
    if negated and (own.lower_ in _DENIABLE or _is_owned(own) or (own.lower_ in _HIMSELF and past)):
        return True
    return (negated or _has_no(root, own)) and bool(_EMPHATIC.search(text) or _echoes(root, before))


def _is_called_false(root: Token, text: str) -> bool:
    """True for "it is false" and "the film shows fake quotes"; not for "hid it behind false invoices"."""
    beside = [t for t in root.subtree if t.dep_ == "amod" and _FALSE.fullmatch(t.text)]
    roles = {"attr", "oprd", "ROOT", *(("dobj",) if root.lemma_ in _HOLDING else ())}
    called = any(t.head == root or t.head.dep_ in roles for t in beside)
    return called or len(_FALSE.findall(text)) > len(beside)


def _is_owned(own: Token) -> bool:
    owners = {"its", "our", "their", "his", "my"}
    return any(child.dep_ == "poss" and child.lower_ in owners for child in own.children)


def _has_no(root: Token, own: Token) -> bool:
    """True for "no airframe was built" and "there are no tanks"."""
    if own.doc[own.left_edge.i].lower_ in {"no", "not", "none", "nothing", "neither"}:
        return True
    held = [child for child in root.children if child.dep_ in {"attr", "dobj"}]
    return own.dep_ == "expl" and any(grand.lower_ == "no" for child in held for grand in child.children)


def _echoes(root: Token, before: str) -> bool:
    """True where most of a clause's words that say what it is about have been said before it."""
    about = [t for t in root.subtree if t.pos_ in {"NOUN", "PROPN", "VERB"} and len(t.text) > _SHORT]
    said = [t for t in about if t.lower_[:_STEM] in before]
    return len(said) >= 2 and len(said) >= _MOST * len(about)


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
