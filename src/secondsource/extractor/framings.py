"""Words around a source that set it beside the clause it answers for: "according to S, X".

Which words, and where the source stands among them, is in the lexicon ("in {}'s view").  All but
"according to" must open the sentence or be set off: "in the bank's view" frames, "a change in the
bank's view" does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.clauses import clause_span, propositions
from secondsource.extractor.cues import CueUse, can_speak
from secondsource.extractor.lexicon import Cue, lexicon
from secondsource.extractor.paragraphs import Paragraph, subject
from secondsource.extractor.phrases import Phrase, phrase, seen_by
from secondsource.model import Span

_CITATION = re.compile(r"(?:citing|quoting|which cited|which cites) (?P<what>[^,]{2,80}),\s*")
_FRAMED = {"according": "according-to"}
OWN_WORDS = frozenset({"i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your"})
"""First and second person: whoever is quoted, or the text itself; no source beside them."""
_MEASURES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"})


@dataclass(frozen=True, slots=True)
class _Framing:
    """A framing of the lexicon where it stands: its first word, its words, and the head of its source."""

    first: Token
    words: tuple[Token, ...]
    source: Token
    cue: Cue


def according(paragraph: Paragraph, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """ "According to S, X": the clause less the phrase, given to S.

    On a cue that has a content of its own, as ``found`` shows, the phrase names a relayer instead.
    """
    tokens = {one.cue_token for one in found}
    for framing in _framings(paragraph):
        first = framing.first
        if first.head in tokens and first.head.dep_ != "ccomp":
            continue
        root = _answered_for(first)
        source = phrase(paragraph, _named(framing, root))
        if root is not None and source is not None:
            yield from _given_to(paragraph, framing, root, source)


def _answered_for(first: Token) -> Token | None:
    """The verb of the clause that a framing goes with; after a comma that is more than a participle."""
    root = next((a for a in first.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    apart = first.i > 0 and first.doc[first.i - 1].text == ","
    while (
        apart
        and root is not None
        and root.tag_ == "VBG"
        and root.dep_ in {"advcl", "acl"}
        and root.i > root.head.i
    ):
        root = next((a for a in root.ancestors if a.pos_ in {"VERB", "AUX"}), root.head)
    return root if root is None or root.pos_ in {"VERB", "AUX"} else None


def _named(framing: _Framing, root: Token | None) -> Token:
    """The source; in "by its own account, the firm sold them" the subject, whose own account it is."""
    own = subject(root) if root is not None and "own" in framing.cue.words else None
    return own if own is not None and framing.source.pos_ == "PRON" else framing.source


def _framings(paragraph: Paragraph) -> Iterator[_Framing]:
    known = lexicon().framings
    for token in paragraph.doc:
        if token.lower_ not in known or not (token.lower_ in _FRAMED or _is_set_off(token)):
            continue
        found = next((one for cue in known[token.lower_] if (one := _framing(token, cue))), None)
        if found is not None:
            yield found


def _framing(first: Token, cue: Cue) -> _Framing | None:
    """The framing that begins with ``first``; None where its words or its source are not there."""
    before, after = cue.around
    words = _in_order(first, before)
    if words is None:
        return None
    source = _owner(words[-1], after) if after else _governed(words)
    if source is None or source.ent_type_ in _MEASURES or source.lower_ in OWN_WORDS:
        return None
    held = tuple(words) if not after else (*words, *_closing(source, after))
    if cue.words[0] in _FRAMED:
        return _Framing(first, held, source, cue)
    use = CueUse(first, cue, source, held)
    return _Framing(first, held, source, cue) if can_speak(use) else None


def _in_order(first: Token, words: Sequence[str]) -> list[Token] | None:
    """The words up to the source, side by side; one more may stand between "according" and "to"."""
    doc, found = first.doc, [first]
    for word in words[1:]:
        within = 3 if first.lower_ in _FRAMED else 2
        nearby = doc[found[-1].i + 1 : found[-1].i + within]
        token = next((other for other in nearby if other.lower_ == word), None)
        if token is None:
            return None
        found.append(token)
    return found


def _governed(words: Sequence[Token]) -> Token | None:
    """The source after the last word; a bare "per" takes a name or "the" with its noun only."""
    head = next((child for child in words[-1].children if child.dep_ in {"pobj", "pcomp"}), None)
    if head is None or len(words) > 1:
        return head
    named = head.pos_ == "PROPN" or head.left_edge.lower_ == "the"
    return head if named else None


def _owner(preposition: Token, after: Sequence[str]) -> Token | None:
    """Whose view it is, where what the preposition governs is the framing's noun with its adjectives."""
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if noun is None or noun.lower_ != after[-1]:
        return None
    owner: Token | None = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None:
        return None
    between = {child.lower_ for child in noun.children if child.i < noun.i and child.i != owner.i}
    return owner if set(after[:-1]) == between else None


def _closing(owner: Token, after: Sequence[str]) -> Iterator[Token]:
    """The words of a framing after its source, from the "'s" on."""
    yield from (child for child in owner.children if child.dep_ == "case")
    yield from (token for token in owner.doc[owner.i + 1 : owner.head.i + 1] if token.lower_ in after)


def _is_set_off(first: Token) -> bool:
    """True for a word that opens its sentence, or follows a mark."""
    if first.i == 0 or first.is_sent_start:
        return True
    before = first.doc[first.i - 1]
    return bool(before.is_punct or before.is_space)


def _given_to(paragraph: Paragraph, framing: _Framing, root: Token, source: Phrase) -> Iterator[Attribution]:
    cue = _spans(paragraph, framing.words)
    seer = seen_by(source.head)
    relay = phrase(paragraph, seer) if seer is not None else None
    rule = _FRAMED.get(framing.first.lower_, "framed")
    for part in propositions(root):
        span = clause_span(paragraph, part, [framing.first])
        span, basis = _less_citation(paragraph, span) if span else (None, None)
        if span:
            yield Attribution(
                paragraph, span, part, source, cue, framing.cue, rule,
                via=(relay,) if relay else (), basis=basis, cue_token=framing.first,
            )  # fmt: skip


def _spans(paragraph: Paragraph, words: Sequence[Token]) -> tuple[Span, ...]:
    """The places of a framing's words, those side by side as one."""
    spans: list[Span] = []
    for previous, token in zip((None, *words), words, strict=False):
        place = paragraph.at(token.idx, token.idx + len(token.text))
        if previous is not None and token.i == previous.i + 1:
            place = Span(spans.pop().start, place.end)
        spans.append(place)
    return tuple(spans)


def _less_citation(paragraph: Paragraph, span: Span) -> tuple[Span | None, Phrase | None]:
    """ "According to the Times, citing Meldwire, X": X alone, and Meldwire as what it rests on."""
    shape = _CITATION.match(paragraph.text, span.start - paragraph.offset)
    if shape is None:
        return span, None
    place = paragraph.trimmed(*shape.span("what"))
    inside = [token for token in paragraph.doc if shape.start("what") <= token.idx < shape.end("what")]
    head = next((token for token in reversed(inside) if token.pos_ in {"NOUN", "PROPN"}), None)
    rest = paragraph.trimmed(shape.end(), span.end - paragraph.offset)
    return rest, Phrase(paragraph, head, place) if place and head is not None else None
