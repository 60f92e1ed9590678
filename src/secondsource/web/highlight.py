"""A document's text, cut where claims begin and end, so that overlapping claims stay legible.

Pure functions.  The pieces of a text, joined, are exactly the text: a page that shows them
shows what was published and adds nothing to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from secondsource.model import Block, Claim, Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same claims throughout.

    ``claims`` run from the one that reaches furthest to the innermost; ``opens`` begin here
    for the first time and ``closes`` end here for the last.
    """

    start: int
    end: int
    text: str
    claims: tuple[Claim, ...] = ()
    opens: tuple[Claim, ...] = ()
    closes: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The segments of one block, or of the white space between blocks (``kind`` "gap").

    ``turns`` is True where the block is the first of its page.
    """

    kind: str
    page: int | None
    turns: bool
    segments: tuple[Segment, ...]


def segments(text: str, claims: Iterable[Claim], window: Span | None = None) -> tuple[Segment, ...]:
    """``text`` (or its ``window``) cut at the edges of the claims' contents."""
    ranked = sorted(((_bounds(claim), claim) for claim in claims), key=_outermost)
    turns = _turns(ranked, window or Span(0, len(text)))
    depth: Counter[int] = Counter()
    found = []
    for start, end in pairwise(sorted(turns)):
        for rank, step in turns[start]:
            depth[rank] += step
        over = [ranked[rank] for rank in sorted(depth) if depth[rank]]
        found.append(
            Segment(
                start,
                end,
                text[start:end],
                tuple(claim for _, claim in over),
                tuple(claim for bounds, claim in over if bounds.start == start),
                tuple(claim for bounds, claim in over if bounds.end == end),
            )
        )
    return tuple(found)


def _bounds(claim: Claim) -> Span:
    spans = claim.content.spans
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _outermost(ranked: tuple[Span, Claim]) -> tuple[int, int]:
    start, end = ranked[0]
    return start - end, start


def _turns(ranked: Iterable[tuple[Span, Claim]], window: Span) -> dict[int, list[tuple[int, int]]]:
    """Where claims, by rank, come in (1) and go out (-1) inside the window, and its own edges."""
    turns: dict[int, list[tuple[int, int]]] = defaultdict(list)
    if window.start < window.end:
        turns.update({window.start: [], window.end: []})
    for rank, (_, claim) in enumerate(ranked):
        for start, end in claim.content.spans:
            if start < window.end and end > window.start:
                turns[max(start, window.start)].append((rank, 1))
                turns[min(end, window.end)].append((rank, -1))
    return turns


def passages(text: str, blocks: Iterable[Block], claims: Iterable[Claim]) -> tuple[Passage, ...]:
    """``text`` as its blocks and what stands between them, each cut into segments."""
    windows = _windows(text, blocks)
    shares: dict[int, list[Claim]] = defaultdict(list)
    starts = [window.start for window in windows]
    for claim in claims:
        for index in _touched(starts, claim.content.spans):
            shares[index].append(claim)
    before = [None, *(window.page for window in windows)]
    return tuple(
        Passage(
            _kind(text, window),
            window.page,
            window.page is not None and window.page != before[index],
            segments(text, shares[index], Span(window.start, window.end)),
        )
        for index, window in enumerate(windows)
    )


def _touched(starts: Sequence[int], spans: Iterable[Span]) -> Iterable[int]:
    """The windows, by their ``starts``, that any of the spans reaches into, each once."""
    return dict.fromkeys(
        index
        for start, end in spans
        for index in range(bisect_right(starts, start) - 1, bisect_left(starts, end))
    )


def _kind(text: str, window: Block) -> str:
    return window.kind if text[window.start : window.end].strip() else "gap"


def _windows(text: str, blocks: Iterable[Block]) -> list[Block]:
    """Blocks that tile the text: gaps filled as paragraphs, overlaps given to the earlier block."""
    tiles: list[Block] = []
    reached = 0
    for block in sorted(blocks, key=lambda block: (block.start, block.end)):
        start, end = max(block.start, reached), min(block.end, len(text))
        if start >= end:
            continue
        if start > reached:
            tiles.append(Block("paragraph", reached, start, block.page))
        tiles.append(Block(block.kind, start, end, block.page))
        reached = end
    if reached < len(text):
        tiles.append(Block("paragraph", reached, len(text), tiles[-1].page if tiles else None))
    return tiles
