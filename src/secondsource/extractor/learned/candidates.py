"""Which tokens may be a cue, and which stretches may be the content of one.

Both are generous: of 594 attributions of the GUM texts, image credits aside, nine in ten have
their content among the stretches; the model chooses.  A content lies after its cue or before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.extractor.learned.flow import CLAUSES, Flow
from secondsource.extractor.learned.words import kind_of
from secondsource.extractor.paragraphs import lemma

_REACH = 22
"""Tokens from the cue within which a content begins, or ends."""
_STARTS, _ENDS, _LAST_WORDS, _FIRST_WORDS = 8, 14, 6, 30
_LONGEST = 400
_NEAR = 7
_QUOTE_MARKS = frozenset({'"', "“", "”", "``", "''", "'", "‘", "’"})
_CLOSERS = frozenset({'"', "“", "”", "``", "''", "'", "‘", "’", "?", "!"})
_PAUSES = frozenset({",", ":", ";", "–", "—", "--", "-", "(", ")"})
_OPENERS = frozenset({"that", "if", "whether", "how", "why", "what", "when", "where", "who", "as", "because"})
_LIGHT = frozenset({"be", "make", "have", "do"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of tokens, first to last, and on which side of the cue it lies."""

    first: int
    last: int
    side: str


def cues(run: Flow) -> Iterator[int]:
    """Places of the tokens that may attribute: words of the lexicon, clause-takers, verbs by a quotation."""
    for i, token in enumerate(run.tokens):
        if token.lower_ == "according" or (_may_attribute(token) and _is_likely(run, i)):
            yield i


def _may_attribute(token: Token) -> bool:
    if token.pos_ == "AUX":
        return token.dep_ in CLAUSES and lemma(token) in _LIGHT and _takes(token, {"ccomp"})
    if token.pos_ in {"NOUN", "ADJ"}:
        return bool(kind_of(lemma(token))) or _takes(token, {"ccomp", "acl"})
    return token.pos_ == "VERB"


def _takes(token: Token, labels: set[str]) -> bool:
    return any(child.dep_ in labels and child.i > token.i for child in token.children)


def _is_likely(run: Flow, i: int) -> bool:
    token = run.tokens[i]
    if kind_of(lemma(token)) or any(child.dep_ == "ccomp" for child in token.children):
        return True
    near = range(max(0, i - _NEAR + 1), min(len(run), i + _NEAR))
    return any(
        run.paragraph[j] == run.paragraph[i] and (run.quote[j] != run.quote[i] or run.tokens[j].text == ":")
        for j in near
    )


def spans(run: Flow, cue: int) -> list[Span]:
    """What may be the content of the cue at ``cue``, in reading order."""
    return sorted({*_after(run, cue), *_before(run, cue)}, key=_place)


def aided(run: Flow, cue: int) -> list[Span]:
    """The same with what the rules gave the cue; only the ablation of ``evals/attributions.py`` asks."""
    return sorted({*spans(run, cue), *by_rule(run, cue)}, key=_place)


def _place(span: Span) -> tuple[int, int, str]:
    return span.first, span.last, span.side


def by_rule(run: Flow, cue: int) -> Iterator[Span]:
    """What the rules gave the cue, where it is wholly after or before it."""
    for at, first, last in run.rules:
        if at == cue and not first <= cue <= last:
            yield Span(first, last, "after" if first > cue else "before")


def _opens(run: Flow, i: int) -> bool:
    """True where a clause, sentence or quotation may begin."""
    if run.starts_sentence(i) or run.opens[i] or run.quote[i] != run.quote[i - 1]:
        return True
    before = run.tokens[i - 1].text
    return before in _PAUSES or before in _QUOTE_MARKS or run.tokens[i].lower_ in _OPENERS


def _closes(run: Flow, i: int) -> bool:
    """True where a clause, sentence or quotation may end."""
    if run.ends_sentence(i) or run.closes[i] or _opens(run, i + 1):
        return True
    after = run.tokens[i + 1]
    return after.text in _PAUSES or after.text in _QUOTE_MARKS or after.dep_ in {"cc", "mark"}


def _is_pause(token: Token) -> bool:
    return token.is_punct and token.text not in _QUOTE_MARKS


def _starts_subject(token: Token) -> bool:
    for held in (token, *token.ancestors):
        if held.left_edge.i != token.i:
            return False
        if held.dep_ in {"nsubj", "nsubjpass", "expl"}:
            return True
    return False


def _after(run: Flow, cue: int) -> Iterator[Span]:
    for first in _starts_after(run, cue):
        for last in (*(near := list(_ends(run, first))), *_further(run, near[-1] if near else first)):
            yield Span(first, last, "after")


def _starts_after(run: Flow, cue: int) -> Iterator[int]:
    found = 0
    for i in range(cue + 1, min(len(run), cue + 1 + _REACH)):
        if _is_cut_off(run, cue, i) or found >= _STARTS:
            return
        if _is_pause(run.tokens[i]):
            continue
        if i == cue + 1 or _opens(run, i) or _starts_subject(run.tokens[i]):
            found += 1
            yield i


def _is_cut_off(run: Flow, cue: int, i: int) -> bool:
    """True for another paragraph that no colon leads to, and for another sentence but by a quotation."""
    if run.paragraph[i] != run.paragraph[cue]:
        last = next(j for j in range(i - 1, -1, -1) if run.paragraph[j] != run.paragraph[i])
        return run.tokens[last].text not in {":", ","}
    other = run.sentence[i] != run.sentence[cue]
    return other and run.tokens[i - 1].text not in {":", '"'} and i > cue + 4


def _ends(run: Flow, first: int) -> Iterator[int]:
    """The near ends, and those of the sentences of a quotation."""
    found = sentences = 0
    for i in range(first, min(len(run), first + _LONGEST)):
        if run.paragraph[i] != run.paragraph[first]:
            return
        final = run.ends_sentence(i)
        if _closes(run, i) and (final or not _is_pause(run.tokens[i])) and (final or found < _ENDS):
            found += 1
            yield i
        sentences += final
        if final and sentences >= 2 and run.quote[i] < 0:
            return


def _further(run: Flow, last: int) -> Iterator[int]:
    """Ends in the paragraphs after ``last`` that go on with its quotation, left open there."""
    for _ in range(4):
        following = run.first_word(last + 1)
        if run.quote[last] not in run.unclosed or following is None or run.quote[following] < 0:
            return
        held = run.quote[following]
        last = following
        while last + 1 < len(run) and run.quote[last + 1] == held:
            last += 1
        yield last


def _before(run: Flow, cue: int) -> Iterator[Span]:
    for last in _ends_before(run, cue):
        for first in _starts(run, last):
            yield Span(first, last, "before")


def _ends_before(run: Flow, cue: int) -> Iterator[int]:
    found = 0
    for i in range(cue - 1, max(-1, cue - 1 - _REACH), -1):
        if run.paragraph[i] != run.paragraph[cue] or found >= _LAST_WORDS:
            return
        if run.tokens[i].is_punct and run.tokens[i].text not in _CLOSERS:
            continue
        after = run.tokens[i + 1]
        parted = after.text in _PAUSES or after.text in _QUOTE_MARKS or run.quote[i] != run.quote[i + 1]
        if parted or run.closes[i] or _starts_subject(after) or i == cue - 1:
            found += 1
            yield i


def _starts(run: Flow, last: int) -> Iterator[int]:
    """The near beginnings, and those of the sentences of a quotation that ends here."""
    found = 0
    quoted = run.quote[last] >= 0 or (last > 0 and run.quote[last - 1] >= 0)
    for i in range(last, max(-1, last - _LONGEST), -1):
        if run.paragraph[i] != run.paragraph[last] or found > _FIRST_WORDS:
            return
        clear = run.starts_sentence(i) or run.quote[i] != run.quote[i - 1]
        if clear or (found < _ENDS and _opens(run, i) and not _is_pause(run.tokens[i])):
            found += 1
            yield i
        if run.quote[i] < 0 and run.starts_sentence(i) and not quoted:
            return
