"""Contents read from the words after a cue, where the parse has lost their clause.

"The panel found shipments of parts continued" is often parsed as the finding of shipments, and
"told the paper in a statement that …" hangs its clause on the statement.  The words are plainer:
what follows the cue, from its "that" or from the next phrase, to the end of the sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from secondsource.extractor.cues import CueUse
from secondsource.extractor.paragraphs import Paragraph, is_finite, subject
from secondsource.model import Span

_RULES = frozenset({"said-that", "joined", "relative", "participle", "statement-saying", "with-saying"})

# A "that" which points or stands for something and opens no clause.
_POINTING = frozenset({"det", "nsubj", "nsubjpass", "pobj"})
_LONGEST_BETWEEN = 14


def lost_content(
    paragraph: Paragraph, use: CueUse, cues: Collection[Token]
) -> Iterator[tuple[Token, Span, None]]:
    """The clause after a cue that the parse gave no content, at most one."""
    participle = use.token.tag_ == "VBN" and not is_finite(use.token)
    if "clause" not in use.cue.takes or use.rule not in _RULES or use.source.i > use.token.i or participle:
        return
    end = _end(paragraph, use.token, cues)
    opening = _after_that(use.token, end)
    start = opening if opening is not None else use.token.i + 1
    root = _predicate(use, start, end, said_that=opening is not None)
    if root is None or use.token.doc[start].lower_ == "to":
        return
    last = use.token.doc[end - 1]
    span = paragraph.trimmed(use.token.doc[start].idx, last.idx + len(last.text))
    if span:
        yield root, span, None


def _end(paragraph: Paragraph, cue: Token, cues: Collection[Token]) -> int:
    """Where the cue's own words can end: its quotation, its sentence, or the next cue joined to it."""
    quotation = paragraph.quotation_at(cue.idx)
    end = cue.sent.end
    for token in cue.doc[cue.i + 1 : end]:
        if quotation and token.idx >= quotation.end:
            return int(token.i)
        if token in cues and token.dep_ == "conj" and token.head == cue:
            return _before_joint(token)
        if token in cues and token.tag_ == "VBG" and token.doc[token.i - 1].text == ",":
            return int(token.i)
    return int(end)


def _before_joint(cue: Token) -> int:
    """Where "and said …" begins: at the conjunction before the cue's subject or adverbs."""
    joint = next((t for t in reversed(cue.doc[cue.head.i : cue.i]) if t.dep_ == "cc" or t.text == ","), cue)
    return int(joint.i)


def _after_that(cue: Token, end: int) -> int | None:
    """The token after the cue's "that", with nothing but whom, where or when between them."""
    for token in cue.doc[cue.i + 1 : min(end, cue.i + _LONGEST_BETWEEN)]:
        if token.lower_ == "that" and token.dep_ not in _POINTING:
            return int(token.i) + 1 if token.i + 1 < end else None
        if token.pos_ in {"VERB", "AUX"} and is_finite(token):
            return None
    return None


def _predicate(use: CueUse, start: int, end: int, *, said_that: bool) -> Token | None:
    """The finite verb of the lost clause; None where what follows is an object and no clause."""
    verbs = [token for token in use.token.doc[start:end] if token.pos_ in {"VERB", "AUX"}]
    verbs = [token for token in verbs if token.dep_ not in {"aux", "auxpass"}]
    finite = [token for token in verbs if is_finite(token)]
    if said_that:
        return next(iter(finite or verbs), None)
    return next((token for token in finite if _is_clause_of(token, use.token)), None)


def _is_clause_of(verb: Token, cue: Token) -> bool:
    """True for a finite verb that the parse joined to the cue without any conjunction."""
    if verb.head != cue or verb.dep_ not in {"conj", "ccomp", "dep", "parataxis"}:
        return False
    own = subject(verb)
    between = verb.doc[cue.i + 1 : own.left_edge.i if own is not None and own.i > cue.i else verb.i]
    return not any(token.dep_ == "cc" and token.head == cue for token in between) and not any(
        token.text in ",;:" for token in between if own is None
    )
