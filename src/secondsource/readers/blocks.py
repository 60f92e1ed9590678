"""From pieces of text to one text with blocks, and from one text to its paragraphs.

Two blocks of a composed text stand a blank line apart.  Where they stand one space
apart, the second continues the first: a paragraph that a page break cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from secondsource.model import Block, BlockKind, Box, Span
from secondsource.text import trim

TITLE_LENGTH = 200  # characters; no headline of the evaluation reports is over 120
WRAPPED_LENGTH = 120  # characters; hard-wrapped text breaks its lines well before

_FINAL = tuple(".!?…:;,")
_CLOSING = "\"'”’»)]"
# A sentence that ends and another that begins; "U.S. Navy" is not one.
_TWO_SENTENCES = re.compile(r"[a-z]{3}[.!?][\"'”’]?\s+[A-Z“\"‘]")
# Control characters, soft hyphens and zero-width spaces are marks for a screen, not words.
_CODES = (*range(9), *range(11, 32), *range(127, 160), 0xAD, 0x200B, 0xFEFF)
_UNSEEN: dict[int, str | None] = dict.fromkeys(_CODES)
_UNSEEN |= dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85), "\n")


class Part(NamedTuple):
    """A piece of a text still to be composed."""

    kind: BlockKind
    text: str
    page: int | None = None
    continues: bool = False
    place: str | None = None
    box: Box | None = None
    ocr: float | None = None


def clean(text: str) -> str:
    """``text`` without unseen characters, line ends made plain, U+FFFD for what cannot be encoded."""
    text = text.replace("\r\n", "\n").translate(_UNSEEN)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def one_line(text: str | None) -> str:
    """``text`` clean, on one line, as a name or a title is kept."""
    return " ".join(clean(text or "").split())


def compose(parts: Iterable[Part]) -> tuple[str, tuple[Block, ...]]:
    """One text of all ``parts`` that hold anything, and the block of each."""
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for part in parts:
        words = clean(part.text).strip()
        if not words:
            continue
        gap = "" if not pieces else " " if part.continues else "\n\n"
        start = length + len(gap)
        length = start + len(words)
        pieces += (gap, words)
        blocks.append(Block(part.kind, start, length, part.page, part.place, part.box, part.ocr))
    return "".join(pieces), tuple(blocks)


def ends(text: str) -> bool:
    """True where ``text`` ends as a sentence or a clause does."""
    return text.rstrip().rstrip(_CLOSING).endswith(_FINAL)


def is_title(line: str) -> bool:
    """True for a short line that is not a sentence; a headline may ask or exclaim."""
    line = line.strip()
    return (
        0 < len(line) <= TITLE_LENGTH
        and not _TWO_SENTENCES.search(line)
        and (not ends(line) or line.endswith(("?", "!")))
        and any(character.isalpha() for character in line)
    )


def _groups(text: str) -> Iterator[list[Span]]:
    """The lines of ``text`` that hold anything, trimmed, in runs that no blank line parts."""
    run: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        span = trim(text, start, start + len(line), " \t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u00a0")
        start += len(line)
        if span:
            run.append(span)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _wrapped(text: str, lines: list[Span]) -> bool:
    """True where a sentence runs on over most line ends: these lines are one paragraph."""
    if any(span.end - span.start > WRAPPED_LENGTH for span in lines):
        return False
    whole = sum(ends(text[span.start : span.end]) for span in lines[:-1])
    return 2 * whole < len(lines) - 1


def _paragraphs(text: str, lines: list[Span], first: bool) -> Iterator[Block]:
    """The blocks of one run of lines; ``first`` where a title may stand at its head."""
    titled = first and is_title(text[lines[0].start : lines[0].end])
    if titled and (len(lines) == 1 or not _wrapped(text, lines[1:])) and not _runs_on(text, lines):
        yield Block("title", *lines[0])
        lines = lines[1:]
    if lines and _wrapped(text, lines):
        yield Block("paragraph", lines[0].start, lines[-1].end)
    else:
        yield from (Block("paragraph", *span) for span in lines)


def _runs_on(text: str, lines: list[Span]) -> bool:
    """True where the second line goes on with the sentence of the first."""
    return len(lines) > 1 and text[lines[1].start].islower()


def paragraphs(text: str) -> tuple[Block, ...]:
    """The paragraphs of ``text``, its headline first where it begins with one.

    A blank line ends a paragraph.  So does a single line end where the lines look like
    whole paragraphs (one is over `WRAPPED_LENGTH`, or at least half end as sentences do).
    A first line by itself is a paragraph: a title needs something to be the title of.
    """
    blocks = [
        block
        for number, lines in enumerate(_groups(text))
        for block in _paragraphs(text, lines, first=number == 0)
    ]
    if len(blocks) == 1:
        return (Block("paragraph", blocks[0].start, blocks[0].end),)
    return tuple(blocks)


def in_order(text: str, blocks: Iterable[Block]) -> bool:
    """True where every block holds words of ``text`` and none begins before the last one ended."""
    blocks = tuple(blocks)
    return all(0 <= block.start < block.end <= len(text) for block in blocks) and all(
        one.end <= other.start for one, other in pairwise(blocks)
    )
