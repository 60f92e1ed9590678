"""What a text states in its own voice: main clauses that it gives to nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from secondsource.extractor.clauses import clause_span, propositions
from secondsource.extractor.paragraphs import Paragraph, is_finite, subject
from secondsource.model import Span
from secondsource.text import overlap

_SHARED = 0.3
_LEAST_WORDS = 4


def own_voice(paragraph: Paragraph, attributed: Sequence[Span]) -> Iterator[tuple[Token, Span]]:
    """The predicate and span of each own-voice proposition of a paragraph.

    A clause that shares a third of its words with an attributed content is not own voice.
    """
    if paragraph.kind == "heading":
        return
    for sentence in paragraph.doc.sents:
        if sentence.text.rstrip().endswith("?"):
            continue
        for root in propositions(sentence.root):
            if not _states(root) or paragraph.quotation_at(root.idx):
                continue
            span = clause_span(paragraph, root, _asides(root))
            if span and _is_own(paragraph, span, attributed):
                yield root, span


def _states(root: Token) -> bool:
    return root.pos_ in {"VERB", "AUX"} and is_finite(root) and subject(root) is not None


def _asides(root: Token) -> list[Token]:
    return [child for child in root.children if child.lower_ == "according"]


def _is_own(paragraph: Paragraph, span: Span, attributed: Sequence[Span]) -> bool:
    size = span.end - span.start
    words = paragraph.text[span.start - paragraph.offset : span.end - paragraph.offset].split()
    shared = sum(overlap(span, other) for other in attributed)
    return len(words) >= _LEAST_WORDS and shared < _SHARED * size
