"""Nouns that attribute: "the minister's claim that X", "an allegation by the company that X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.clauses import clause_span
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.paragraphs import Paragraph, lemma, subject
from secondsource.extractor.phrases import phrase


def noun_attributions(paragraph: Paragraph) -> Iterator[Attribution]:
    """The "that" clauses which a noun of the lexicon gives to its owner or author."""
    for token in paragraph.doc:
        cue = lexicon().nouns.get(lemma(token)) if token.pos_ == "NOUN" else None
        root = _that_clause(token) if cue else None
        holder = _holder(token) if root is not None else None
        source = phrase(paragraph, holder) if holder is not None else None
        span = clause_span(paragraph, root) if root is not None else None
        if source and root is not None and span:
            place = paragraph.at(token.idx, token.idx + len(token.text))
            yield Attribution(paragraph, span, root, source, (place,), cue, "noun-that", cue_token=token)


def _that_clause(noun: Token) -> Token | None:
    """The clause that says what was claimed, with a subject of its own."""
    after = (c for c in noun.children if c.dep_ in {"acl", "ccomp", "relcl"} and c.i > noun.i)
    return next((c for c in after if subject(c) is not None and _has_that(c)), None)


def _has_that(clause: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.children)


def _holder(noun: Token) -> Token | None:
    """Whose claim it is: its owner, who it is by, or who makes or repeats "its" claim."""
    by = next((child for child in noun.children if child.lower_ in {"by", "from"}), None)
    author = next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None and owner.pos_ == "PRON" and noun.dep_ == "dobj":
        return subject(noun.head)
    return author if author is not None else owner
