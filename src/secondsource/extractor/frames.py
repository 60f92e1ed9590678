"""The frame of a proposition: who did what to whom, for comparison across documents."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from secondsource.extractor.paragraphs import Paragraph, lemma, subject
from secondsource.extractor.predicates import event
from secondsource.extractor.roles import joined, place, recipient
from secondsource.model import Frame, Mention, Span

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_ABLE = frozenset({"can", "could", "may", "might"})
_PLAN = frozenset({"will", "would", "shall"})
_DUTY = frozenset({"must", "should"})
_NONE = frozenset({"no", "not", "none", "neither", "nothing", "nobody"})
RAISING = {
    **dict.fromkeys(("able", "capable", "position", "ready"), "able"),
    **dict.fromkeys(("plan", "intend", "expect", "want", "try", "hope", "prepare"), "planned"),
}


def frame(paragraph: Paragraph, root: Token, content: Span, names: Sequence[Mention]) -> Frame:
    """The frame of the proposition that ``root`` heads, names written as the document's best."""
    verb, raised = _lowered(root)
    start, end = content.start - paragraph.offset, content.end - paragraph.offset
    near = paragraph.doc.char_span(start, end, alignment_mode="expand")
    inside = [t for t in near or () if start <= t.idx < end]
    done = event(verb)
    agent, target = _agent(verb, root), _object(verb)
    if verb != root and verb == _caused(root):  # "X has had its drones assembled": X has it done
        agent, target = subject(root), subject(verb) or target
    receiver, where = recipient(done, verb, agent), place(paragraph, done, verb, names)
    return Frame(
        predicate=_predicate(verb),
        agent=named(paragraph, agent, names),
        object=named(paragraph, target, names),
        negated=_is_negated(verb, root, target),
        modal=raised or _modal(verb) or _modal(root),
        words=tuple(lemma(t) for t in inside if t.pos_ in _CONTENT and not t.is_punct),
        predicate_class=done.kind,
        recipient=named(paragraph, receiver, names),
        place=named(paragraph, where, names),
        joined=joined([("agent", agent), ("object", target), ("recipient", receiver), ("place", where)]),
    )


def lowered(root: Token) -> Token:
    """The token whose deed the frame of ``root`` gives."""
    return _lowered(root)[0]


def _lowered(root: Token) -> tuple[Token, str | None]:
    """The verb that says what is done under "is able to", "plans to", and what that does to it."""
    caused = _caused(root)
    if caused is not None:
        return caused, None
    for child in (root, *root.children):
        raised = RAISING.get(lemma(child))
        if raised and child.dep_ in {"acomp", "attr", "oprd", "ROOT", "ccomp", "xcomp", "conj"}:
            below = next(
                (t for t in child.children if t.dep_ in {"xcomp", "acl", "ccomp"} and t.pos_ == "VERB"), None
            )
            if below is not None:
                return below, raised
    standing = _in_a_position(root)
    if standing is not None:
        return standing, "able"
    below = next((t for t in root.children if t.dep_ == "xcomp" and t.pos_ == "VERB"), None)
    return (
        (below, None)
        if below is not None and root.lemma_ in {"begin", "start", "continue", "help", "seem", "appear"}
        else (root, None)
    )


def _in_a_position(root: Token) -> Token | None:
    """What can be done, in "was in a position to turn out the drones"."""
    nouns = (t for prep in root.children if prep.dep_ == "prep" for t in prep.children if t.dep_ == "pobj")
    raised = (noun for noun in nouns if root.lemma_ == "be" and RAISING.get(lemma(noun)) == "able")
    return next((t for noun in raised for t in noun.children if t.dep_ in {"acl", "relcl"}), None)


def _caused(root: Token) -> Token | None:
    """What is done, in "X has had its drones assembled at Y"."""
    if root.lemma_ not in {"have", "get"}:
        return None
    return next((t for t in root.children if t.tag_ == "VBN" and t.dep_ in {"ccomp", "xcomp", "acl"}), None)


def _predicate(verb: Token) -> str:
    if verb.pos_ == "AUX" or verb.lemma_ == "be":
        complement = next((t for t in verb.children if t.dep_ in {"attr", "acomp"}), None)
        return lemma(complement) if complement is not None else "be"
    particle = next((t.lower_ for t in verb.children if t.dep_ == "prt"), "")
    return f"{lemma(verb)} {particle}".strip()


def _agent(verb: Token, root: Token) -> Token | None:
    by = next((t for t in verb.children if t.dep_ == "agent"), None)
    if by is not None:
        return next((t for t in by.children if t.dep_ == "pobj"), None)
    if verb.pos_ == "NOUN":
        return _doer_of(verb)
    own = subject(verb)
    if own is not None:
        return own if own.dep_ != "nsubjpass" else None
    return subject(root) if root.i != verb.i else None


def _doer_of(noun: Token) -> Token | None:
    """Who does it, in "delivery by Velmond" and "Velmond's delivery"."""
    by = next((t for t in noun.children if t.dep_ == "prep" and t.lower_ == "by"), None)
    doer = next((t for t in by.children if t.dep_ == "pobj"), None) if by is not None else None
    return doer if doer is not None else next((t for t in noun.children if t.dep_ == "poss"), None)


def _object(verb: Token) -> Token | None:
    """What it is done to; in "Velmond was given drones" the drones, which come first."""
    for role in ("dobj", "nsubjpass", "attr"):
        own = next((t for t in verb.children if t.dep_ == role), None)
        if own is not None:
            return own
    preps = [t for t in verb.children if t.dep_ == "prep"]
    of = next((t for t in preps if t.lower_ == "of" and verb.pos_ == "NOUN"), None)
    prep = of if of is not None else next(iter(preps), None)
    return next((t for t in prep.children if t.dep_ == "pobj"), None) if prep is not None else None


def named(paragraph: Paragraph, head: Token | None, names: Sequence[Mention]) -> str | None:
    """A role's filler as a name where its head ends one, else as its head noun."""
    if head is None:
        return None
    at = paragraph.offset + head.idx
    for one in names:
        if one.excerpt.spans[0].start <= at < one.excerpt.spans[0].end:
            return one.name
    return lemma(head)


def _modal(verb: Token) -> str | None:
    for child in verb.children:
        if child.dep_ == "aux":
            if child.lower_ in _ABLE:
                return "able"
            if child.lower_ in _PLAN:
                return "planned"
            if child.lower_ in _DUTY:
                return "obliged"
    return None


def _is_negated(verb: Token, root: Token, target: Token | None) -> bool:
    """True for "was not built", "no airframe was built", "built nothing" and "there was nothing on board"."""
    said = any(child.dep_ == "neg" for part in {verb, root} for child in part.children)
    there = any(child.dep_ == "expl" for child in verb.children)
    whole = target is not None and target.dep_ in ({"dobj", "attr"} if there else {"dobj"})
    return said or _none_of(subject(root)) or (target is not None and whole and _none_of(target))


def _none_of(filler: Token | None) -> bool:
    return filler is not None and any(t.lower_ in _NONE for t in filler.subtree if t.i <= filler.i)
