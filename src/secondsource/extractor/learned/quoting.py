"""How a stretch stands to the quotations of its paragraph, as features name it."""

from __future__ import annotations

from secondsource.extractor.learned.candidates import Span
from secondsource.extractor.learned.flow import Flow
from secondsource.extractor.learned.words import kind_of, size
from secondsource.extractor.paragraphs import lemma

_SPEECH = frozenset({"speech", "report"})


def quote_shape(run: Flow, cue: int, span: Span) -> str:
    """No quotation, the cue's own, one or more and nothing else, words around them, or a piece cut out."""
    own, first, last = run.quote[cue], span.first, span.last
    quotes = set(run.quote[first : last + 1])
    if quotes <= {own} or quotes == {-1}:
        return "none" if own < 0 else "in-own"
    edges = [quote for quote in (run.quote[first], run.quote[last]) if quote not in (-1, own)]
    if edges and (_breaks(run, first, -1) or _breaks(run, last, 1)):
        return "cut"
    if edges and run.quote[last] in run.unclosed and _goes_on(run, last):
        return "cut-paragraph"
    inner = {run.quote[i] for i in range(first, last + 1) if not run.tokens[i].is_punct}
    return "holds" if -1 in inner else "whole"


def exact_quote(run: Flow, cue: int, span: Span) -> str:
    """For a whole quotation and nothing else, the words between it and the cue; else "no"."""
    words = [i for i in range(span.first, span.last + 1) if not run.tokens[i].is_punct]
    if not words or run.quote[words[0]] < 0 or run.quote[words[0]] == run.quote[cue]:
        return "no"
    if _breaks(run, words[0], -1) or _breaks(run, words[-1], 1):
        return "no"
    if any(run.quote[i] < 0 for i in words):
        return "several"
    low, high = (cue + 1, span.first) if span.side == "after" else (span.last + 1, cue)
    between = [run.tokens[i] for i in range(low, high) if not run.tokens[i].is_punct]
    other = any(token.pos_ == "VERB" and kind_of(lemma(token)) in _SPEECH for token in between)
    return f"{size(len(between))}&{other}"


def _breaks(run: Flow, i: int, step: int) -> bool:
    """True where the quotation at ``i`` goes on beyond it, backwards for a ``step`` of -1."""
    j = i + step
    while 0 <= j < len(run) and run.tokens[j].is_punct and run.quote[j] == run.quote[i]:
        j += step
    return run.quote[i] >= 0 and 0 <= j < len(run) and run.quote[j] == run.quote[i]


def _goes_on(run: Flow, last: int) -> bool:
    """True where the paragraph after ``last`` goes on quoting."""
    following = run.first_word(last + 1)
    return (
        following is not None
        and run.quote[following] >= 0
        and run.paragraph[following] == run.paragraph[last] + 1
    )
