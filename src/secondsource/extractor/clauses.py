"""From a predicate to the words of its proposition.

The content of a claim is the longest contiguous stretch of its clause, without the
attribution that may interrupt it (GUIDELINES, rule 2); clauses joined by "and" or "but"
are separate propositions where each has its own subject (rule 1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from secondsource.extractor.paragraphs import Paragraph, is_finite, subject
from secondsource.model import Span

_FEW = 3
_LEADING = frozenset({"that", "and", "but", "however", "also", "so", "moreover", "furthermore"})


def propositions(root: Token) -> Iterator[Token]:
    """``root`` and the clauses joined to it that can be held without it."""
    yield root
    for child in root.children:
        if child.dep_ == "conj" and is_separate(child):
            yield from propositions(child)
    yield from that_clauses(root)


def that_clauses(root: Token) -> Iterator[Token]:
    """Second "that" clauses which the parse joined somewhere under ``root`` ("…, and that it …")."""
    if not _has_and_that(root.doc):
        return
    for token in root.subtree:
        if token.dep_ == "conj" and token.head.i != root.i and is_separate(token) and _opens_with_that(token):
            yield token


def _has_and_that(doc: Doc) -> bool:
    known = doc.vocab.strings
    said = doc.to_array("LOWER")
    that = said[1:] == known["that"]
    return bool(that.any() and (that & ((said[:-1] == known["and"]) | (said[:-1] == known["but"]))).any())


def _opens_with_that(clause: Token) -> bool:
    mark = next((child for child in clause.children if child.dep_ == "mark" and child.lower_ == "that"), None)
    return mark is not None and mark.i > 0 and mark.doc[mark.i - 1].lower_ in {"and", "but"}


def is_separate(clause: Token) -> bool:
    """True for a joined clause with a finite verb and a subject of its own."""
    if clause.pos_ not in {"VERB", "AUX"} or not is_finite(clause):
        return False
    own = subject(clause)
    if own is None or own.dep_ == "expl":
        return False
    return any(before.dep_ in {"cc", "punct"} and before.i < clause.i for before in clause.head.children)


def clause_span(paragraph: Paragraph, root: Token, without: Collection[Token] = ()) -> Span | None:
    """The document's span of ``root``'s clause, less the subtrees of ``without``.

    Clauses joined to it that stand on their own are left out too.
    """
    tokens = _clause_tokens(root, without)
    left = right = _main_part(root, tokens, without)
    doc = root.doc
    while left - 1 in tokens or (_is_gap(doc, left - 1, root) and left - 2 in tokens):
        left -= 1
    while right + 1 in tokens or (_is_gap(doc, right + 1, root) and right + 2 in tokens):
        right += 1
    while (
        left < right and doc[left].lower_ in _LEADING and (doc[left].dep_ in {"mark", "cc", "advmod", "dobj"})
    ):
        left += 1
        while left < right and doc[left].is_punct:
            left += 1
    while right > left and (doc[right].dep_ == "cc" or doc[right].is_punct):
        right -= 1
    end = doc[right].idx + len(doc[right].text)
    return paragraph.trimmed(doc[left].idx, end)


def _main_part(root: Token, tokens: Collection[int], without: Collection[Token]) -> int:
    """Where to begin: at the predicate, but at its complement in "It was, she said, the worst of days"."""
    aside = next((other for other in without if other.i > root.i), None)
    complement = next((child for child in root.children if child.dep_ in {"attr", "acomp"}), None)
    if aside is None or complement is None or complement.i < aside.i or root.lemma_ != "be":
        return int(root.i)
    return int(complement.i) if sum(i < aside.i for i in tokens) <= _FEW else int(root.i)


def _clause_tokens(root: Token, without: Collection[Token]) -> set[int]:
    tokens = {token.i for token in root.subtree}
    for child in root.children:
        if child.dep_ == "conj" and is_separate(child):
            tokens -= {token.i for token in child.subtree}
            tokens -= {token.i for token in root.children if token.dep_ == "cc" and token.i < child.i}
    for other in (*without, *that_clauses(root)):
        if other.i != root.i:
            tokens -= {token.i for token in other.subtree}
    tokens.add(root.i)
    return tokens


def _is_gap(doc: object, i: int, root: Token) -> bool:
    """True for a mark of punctuation that the parse hung elsewhere, in the same sentence."""
    return 0 <= i < len(root.doc) and root.doc[i].is_punct and root.doc[i].sent == root.sent
