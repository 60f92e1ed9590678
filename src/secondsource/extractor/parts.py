"""What a proposition says beside its main point: its relative, participial and joined clauses.

"The tanker, which is registered in X, was taking oil to Y" says two things, and another text may
report either alone.  Each part has a frame of its own, in which who acts in the sentence stands for "which".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from secondsource.extractor.frames import RAISING, frame, lowered, named
from secondsource.extractor.paragraphs import Paragraph, lemma, subject, subtree_span
from secondsource.model import Frame, Mention, Part, Span
from secondsource.text import words

_CLAUSES = frozenset({"relcl", "acl", "advcl", "conj", "ccomp", "pcomp", "parataxis"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_JOINED, _ADVERBIAL = frozenset({"conj", "parataxis"}), frozenset({"advcl"})
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_OPEN = frozenset({"if", "unless", "whether", "until", "lest"})
_RELATIVE = frozenset({"which", "who", "that", "whom", "whose"})
_MEMBERS = frozenset({"part", "member", "one"})
_SUSPECTS = frozenset({"suspect", "accuse", "allege", "believe", "think", "assume"})
_NAMING = frozenset({"call", "name", "know", "locate", "base", "title", "dub", "situate"})
_ASKING = frozenset({"what", "who", "whom", "which", "that", "whose"})
_FEWEST, _MOST = 3, 8
_LEFT_OPEN = frozenset({"ccomp", "acl", "relcl", "pcomp", "csubj", "nsubj", "advcl", "xcomp"})
_KNOWING = frozenset(
    words(
        "know aware unaware knowledge information sure unsure clear unclear certain uncertain evidence proof "
        "sign indication indicate suggest confirm confirmation verify establish determine ascertain "
        "corroborate say tell rule see record idea trace inform hear prove show document"
    )
)
_SHARE = 0.8
_SAID = frozenset(
    words(
        "claim allegation report suggestion accusation rumour rumor question idea fear concern denial say "
        "tell ask deny allege suggest insist argue reject dismiss wonder doubt accuse hope"
    )
)


def with_parts(
    whole: Frame,
    paragraph: Paragraph,
    root: Token,
    content: Span,
    names: Sequence[Mention],
    unknown: bool = False,
) -> Frame:
    """``whole`` with the frames of its parts, in reading order; at most eight.

    Of what is ``unknown`` the part is the clause that says what is not known.
    """
    found = list((_left_open if unknown else _parts)(paragraph, root, content, names))
    return replace(whole, parts=tuple(sorted(found, key=lambda part: part.span)[:_MOST])) if found else whole


def _parts(paragraph: Paragraph, root: Token, content: Span, names: Sequence[Mention]) -> Iterator[Part]:
    start, end = content.start - paragraph.offset, content.end - paragraph.offset
    near = paragraph.doc.char_span(start, end, alignment_mode="expand")
    main = lowered(root)
    if near is None:
        return
    for token in near:
        if token not in (root, main) and start <= token.idx < end and _states(token, near):
            first, last = _extent(token)
            span = Span(paragraph.offset + max(first, start), paragraph.offset + min(last, end))
            inside = [one for one in names if span.start <= one.excerpt.spans[0].start < span.end]
            made = _framed(paragraph, token, span, inside, names)
            if len(made.words) >= _FEWEST and span.end - span.start < _SHARE * (end - start):
                yield Part(span, made)


def _left_open(paragraph: Paragraph, root: Token, content: Span, names: Sequence[Mention]) -> Iterator[Part]:
    """What is not known, in "there is no proof that the crew cut the cable"."""
    start, end = content.start - paragraph.offset, content.end - paragraph.offset
    below = (t for t in root.subtree if t != root and t.dep_ in _LEFT_OPEN and start <= t.idx < end)
    token = next(
        (t for t in sorted(below, key=_depth) if t.pos_ in {"VERB", "AUX"} and _is_of_knowing(t.head)), None
    )
    if token is None:
        return
    own = [child for child in token.subtree if not (child.head == token and child.dep_ in {"mark", "cc"})]
    first, last = subtree_span(own)
    span = Span(paragraph.offset + max(first, start), paragraph.offset + min(last, end))
    inside = [one for one in names if span.start <= one.excerpt.spans[0].start < span.end]
    made = frame(paragraph, token, span, inside)
    agent, target = (None if (filler or "") in _ASKING else filler for filler in (made.agent, made.object))
    yield Part(span, replace(made, modal=None, agent=agent, object=target))


def _depth(token: Token) -> tuple[int, int]:
    return sum(1 for _ in token.ancestors), token.i


def _is_of_knowing(above: Token) -> bool:
    """True under a word of knowing, or under what is known of: "knowledge of shells being shipped"."""
    if above.dep_ == "pobj":
        above = above.head
    while above.dep_ in {"prep", "pcomp"}:
        above = above.head
    return lemma(above) in _KNOWING or any(
        child.dep_ in {"acomp", "attr"} and lemma(child) in _KNOWING for child in above.children
    )


def _states(token: Token, content: SpacySpan) -> bool:
    """True for the head of a clause that says something to be so; a condition does not.

    What stands above the ``content`` is the source's cue, which takes nothing back.
    """
    if token.pos_ == "NOUN":
        return lemma(token) in _MEMBERS and any(child.lower_ == "of" for child in token.children)
    if token.dep_ not in _CLAUSES or token.pos_ not in {"VERB", "AUX"} or lemma(token) in _NAMING:
        return False
    if token.dep_ in {"pcomp", "ccomp"} and any(lemma(up) in _SUSPECTS for up in _above(token)):
        return False
    above = _own_no(token).ancestors
    if any(_takes_back(up) for up in above if content.start <= up.i < content.end):
        return False
    return not any(child.dep_ in {"mark", "advmod"} and child.lower_ in _OPEN for child in token.children)


def _own_no(token: Token) -> Token:
    """The clause itself; for one that is joined to another and has a "not" of its own, that other."""
    joined = token.dep_ == "conj" and any(child.dep_ == "neg" for child in token.children)
    return token.head if joined else token


def _takes_back(above: Token) -> bool:
    """True for words under which nothing is said to be so: "no evidence that", "asked about claims that"."""
    no = any(child.dep_ == "neg" or child.lower_ == "no" for child in above.children)
    return no or lemma(above) in _SAID


def _above(token: Token) -> tuple[Token, ...]:
    return (token.head, token.head.head)


def _extent(token: Token) -> tuple[int, int]:
    """From whom the clause tells of, where they stand beside it, to the end of the clause.

    What is joined to it is left out, and so are its adverbial clauses where enough is left.
    """
    own = [child for child in token.subtree if not _hangs_by(child, token, _JOINED)]
    bare = [child for child in own if not _hangs_by(child, token, _ADVERBIAL)]
    if sum(child.pos_ in _TELLING for child in bare) >= _FEWEST:
        own = bare
    own = [child for child in own if child.dep_ not in {"mark", "cc"} or child.head != token]
    if token.dep_ in {"relcl", "acl"} and token.head.pos_ in _NOMINAL:
        clause = {child.i for child in token.subtree}
        own += [child for child in token.head.subtree if child.i < token.i and child.i not in clause]
    return subtree_span(own)


def _hangs_by(child: Token, token: Token, by: frozenset[str]) -> bool:
    """True for words of another clause that hangs on this one in one of the ways ``by``."""
    while child != token:
        if child.head == token and child.dep_ in by and child.pos_ != "NOUN":
            return True
        child = child.head
    return False


def _framed(
    paragraph: Paragraph, token: Token, span: Span, inside: Sequence[Mention], names: Sequence[Mention]
) -> Frame:
    made = frame(paragraph, token, span, inside)
    if made.modal is None and any(child.dep_ == "aux" and child.tag_ == "TO" for child in token.children):
        made = replace(made, modal=RAISING.get(lemma(token.head), "planned"))  # what for, not what is
    whom = _told_of(token)
    if whom is None:
        return made
    filler = named(paragraph, whom, names)
    if token.dep_ == "acl" and token.tag_ == "VBN":
        return replace(made, object=filler)
    if made.agent is None or made.agent.casefold() in _RELATIVE:
        passive = any(child.dep_ == "nsubjpass" for child in token.children)
        return replace(made, object=filler) if passive else replace(made, agent=filler)
    return replace(made, object=filler) if (made.object or "").casefold() in _RELATIVE else made


def _told_of(token: Token) -> Token | None:
    """Whom a clause tells of that does not name it: the noun it hangs on, or who acts above it."""
    if token.dep_ in {"relcl", "acl"}:
        return token.head if token.head.pos_ in _NOMINAL else None
    above = token
    while above.head != above:
        above = above.head
        own = subject(above)
        if own is not None and own.lower_ not in _RELATIVE:
            return own
        if above.dep_ in {"relcl", "acl"}:
            return above.head
    return None
