"""Contents that are no clause: an object, an object with its complement, a prepositional object."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.extractor.clauses import is_separate
from secondsource.extractor.cues import DENIED_BY, CueUse
from secondsource.extractor.paragraphs import Paragraph, subject, subtree_span
from secondsource.model import Span, Stance

Taken = tuple[Token, Span, Stance | None]
"""A content's predicate or head, its span, and a stance of its own where the construction has one."""

_SHORTEST = 4
_TIMES = frozenset({"DATE", "TIME"})
_AFTER_GERUND = ("to", "from", "with", "for", "of", "in", "at", "on")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A construction: its first and last head, prepositions it runs through, a stance of its own."""

    first: Token
    last: Token
    through: tuple[str, ...] = ()
    stance: Stance | None = None


def object_contents(paragraph: Paragraph, use: CueUse, cues: Collection[Token]) -> Iterator[Taken]:
    """What a cue takes that is no clause, by the constructions its lexicon row allows."""
    if use.held is not None:
        yield from _between(paragraph, use, cues, _Shape(use.held, use.held, _through(use)))
        return
    shape = _shape(use)
    if shape is not None:
        yield from _between(paragraph, use, cues, shape)
    for child in use.token.children:
        held = _prepositional(child, use)
        if held is not None:
            stance = use.cue.prepositions.get(child.lower_)
            yield from _between(paragraph, use, cues, _Shape(held, held, (), stance))


def _shape(use: CueUse) -> _Shape | None:
    """The first construction of the cue's row that the sentence fits."""
    token, takes = use.token, use.cue.takes
    children = [child for child in token.children if child.i > token.i and child.i != use.source.i]
    target = next((child for child in children if child.dep_ == "dobj"), None)
    infinitive = next((child for child in children if _is_infinitive(child)), None)
    small = next((child for child in children if _is_predicative(child, target)), None)
    gerund = next((child for child in children if child.dep_ == "xcomp" and _is_gerund(child)), None)
    if "complement" in takes and infinitive is not None:
        before = target if target is not None and target.i < infinitive.i else subject(infinitive)
        return _Shape(before or infinitive, infinitive)
    through = _through(use) if target is not None else ()
    if target is not None and through:
        return _Shape(target, target, through)
    if "object-as" in takes and target is not None and any(child.lower_ == "as" for child in children):
        return _Shape(target, target, ("as",), "assesses")
    if "object-as" in takes and small is not None:
        return _Shape(target or subject(small) or small, small, (), "assesses")
    if "object" in takes and target is not None and infinitive is not None and target.i < infinitive.i:
        return _Shape(target, infinitive)
    held = target or gerund
    if held is target and held is not None and any(child.lower_ == "no" for child in held.children):
        return None
    if "object" in takes and held is not None and not use.cue.hearer:
        return _Shape(held, held, _AFTER_GERUND if held is gerund else ())
    return None


def _is_predicative(child: Token, target: Token | None) -> bool:
    """True for what an object is called, which the parse can take for a second object."""
    return child.dep_ in {"oprd", "attr"} or (
        child.dep_ == "dobj" and target is not None and child.i > target.i
    )


def _through(use: CueUse) -> tuple[str, ...]:
    """The prepositions that the cue runs through after its object, where the sentence has one of them."""
    wanted = {take.removeprefix("object-") for take in use.cue.takes if take.startswith("object-")}
    wanted -= set() if use.held else {"as"}
    after = {token.lower_ for token in use.token.subtree if token.dep_ in {"prep", "dative"}}
    return tuple(sorted(wanted)) if wanted & after else ()


def _is_gerund(verb: Token) -> bool:
    """True for "denied selling" and "denied having sold"."""
    return verb.tag_ == "VBG" or any(child.dep_ == "aux" and child.tag_ == "VBG" for child in verb.children)


def _is_infinitive(verb: Token) -> bool:
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    return to and verb.dep_ in {"xcomp", "ccomp", "advcl"}


def _prepositional(child: Token, use: CueUse) -> Token | None:
    """The object of a preposition that the cue takes ("called for X", "hinted at X")."""
    if child.dep_ != "prep" or not (child.lower_ in use.cue.takes or child.lower_ in use.cue.prepositions):
        return None
    held = next((grand for grand in child.children if grand.dep_ in {"pobj", "pcomp"}), None)
    return None if held is not None and held.ent_type_ in _TIMES else held  # "called on Thursday for X"


def _between(paragraph: Paragraph, use: CueUse, cues: Collection[Token], shape: _Shape) -> Iterator[Taken]:
    """The words from the first head's phrase to the end of the last's, and of a preposition's after it."""
    beside = {t for child in shape.last.children if _own_sentence(child, cues) for t in child.subtree}
    tokens = {*shape.first.subtree, *shape.last.subtree} - beside
    for child in (child for word in (use.token, *use.tokens) for child in word.children):
        if child.lower_ in shape.through and child.i > shape.last.i:
            tokens |= set(child.subtree)
    start, end = subtree_span(tokens)
    first = start if use.rule == DENIED_BY else max(start, use.token.idx + len(use.token.text))
    span = paragraph.trimmed(first, end)
    if span and span.end - span.start >= _SHORTEST:
        yield shape.last, span, shape.stance


def _own_sentence(child: Token, cues: Collection[Token]) -> bool:
    """True for a joined verb or a participle that is a cue of its own."""
    if child in cues and (child.dep_ == "conj" or child.doc[max(child.i - 1, 0)].text == ","):
        return True
    return child.dep_ == "conj" and is_separate(child)
