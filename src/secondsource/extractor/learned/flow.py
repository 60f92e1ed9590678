"""A document as one run of tokens, with the places where clauses, sentences and quotations begin or end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.paragraphs import Paragraph

CLAUSES = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "csubj", "pcomp", "dep"}
)
_VERBAL = frozenset({"VERB", "AUX"})
_AUXILIARY = frozenset({"aux", "auxpass"})


@dataclass(slots=True)
class Flow:
    """Tokens in reading order, white space left out; every list is as long as ``tokens``.

    ``start`` and ``end`` are document offsets.  ``sentence`` and ``paragraph`` count up;
    ``quote`` is the number of the quotation a token stands in, -1 outside.  ``opens`` and
    ``closes`` hold the dependency labels of the clauses whose first or last token this is.
    """

    text: str
    tokens: list[Token] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)
    title: list[bool] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    opens: list[set[str]] = field(default_factory=list)
    closes: list[set[str]] = field(default_factory=list)
    place: dict[tuple[int, int], int] = field(default_factory=dict)
    unclosed: set[int] = field(default_factory=set)
    rules: list[tuple[int, int, int]] = field(default_factory=list)
    """Contents that the rules found: cue token or -1, first token, last token."""
    sources: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Where the source of a cue stands, as the rules found it."""

    def __len__(self) -> int:
        return len(self.tokens)

    def starts_sentence(self, i: int) -> bool:
        return i == 0 or self.sentence[i] != self.sentence[i - 1]

    def ends_sentence(self, i: int) -> bool:
        return i + 1 >= len(self) or self.sentence[i] != self.sentence[i + 1]

    def first_word(self, i: int) -> int | None:
        """The first token from ``i`` on that is no punctuation outside a quotation."""
        while i < len(self) and self.quote[i] < 0 and self.tokens[i].is_punct:
            i += 1
        return i if i < len(self) else None

    def at(self, token: Token) -> int | None:
        """Where a token stands in the run; None for one that is not in it."""
        return self.place.get((id(token.doc), token.i))

    def edges(self, token: Token) -> tuple[int, int]:
        """First and last place of a token's subtree."""
        here = self.place[id(token.doc), token.i]
        left = self.place.get((id(token.doc), token.left_edge.i), here)
        right = self.place.get((id(token.doc), token.right_edge.i), here)
        return left, right

    def covering(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last token that document offsets ``start``–``end`` touch."""
        first, last = bisect_right(self.end, start), bisect_left(self.start, end) - 1
        return (first, last) if first <= last else None


def flow(text: str, paragraphs: Sequence[Paragraph], found: Iterable[Attribution]) -> Flow:
    """The run of ``paragraphs``, with what the rules ``found`` in them."""
    run = Flow(text)
    for paragraph in paragraphs:
        _add(run, paragraph)
    _mark_clauses(run)
    _mark_rules(run, found)
    return run


def _mark_clauses(run: Flow) -> None:
    for i, token in enumerate(run.tokens):
        if token.pos_ in _VERBAL and token.dep_ in CLAUSES:
            left, right = run.edges(token)
            run.opens[left].add(token.dep_)
            run.closes[right].add(token.dep_)
            if token.dep_ == "conj":
                run.opens[i].add("predicate")


def _mark_rules(run: Flow, found: Iterable[Attribution]) -> None:
    """Contents of the rules one by one, and those of one cue and source as one stretch."""
    together: dict[object, list[tuple[int, int, int]]] = {}
    for one in found:
        span = run.covering(one.content.start, one.content.end)
        cue = run.at(one.cue_token) if one.cue_token is not None else None
        spoken = run.covering(one.source.span.start, one.source.span.end)
        if cue is not None and spoken:
            run.sources[cue] = spoken
        if span:
            together.setdefault((one.cue, one.source.span), []).append((-1 if cue is None else cue, *span))
    for parts in together.values():
        run.rules += parts
        if len(parts) > 1:
            run.rules.append(
                (parts[0][0], min(low for _, low, _ in parts), max(high for _, _, high in parts))
            )


def _add(run: Flow, paragraph: Paragraph) -> None:
    first = max(run.quote, default=-1) + 1
    sentence = run.sentence[-1] if run.sentence else -1
    for token in paragraph.doc:
        if token.is_sent_start or token.i == 0:
            sentence += 1
        if token.is_space:
            continue
        run.place[id(paragraph.doc), token.i] = len(run.tokens)
        run.tokens.append(token)
        run.start.append(paragraph.offset + token.idx)
        run.end.append(paragraph.offset + token.idx + len(token.text))
        run.paragraph.append(paragraph.index)
        run.title.append(paragraph.kind in {"title", "heading"})
        run.sentence.append(sentence)
        held = next((n for n, q in enumerate(paragraph.quotations) if q.start <= token.idx < q.end), None)
        run.quote.append(-1 if held is None else first + held)
        run.opens.append(set())
        run.closes.append(set())
    for n, quotation in enumerate(paragraph.quotations):
        if not quotation.closed:
            run.unclosed.add(first + n)
