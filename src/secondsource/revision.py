"""Where the blocks of a text stand in a corrected text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from difflib import SequenceMatcher

from secondsource.model import Block, Reading

LINES_BY_CHARACTER = 4000  # characters of a changed stretch that is compared by character


def reblocked(reading: Reading, text: str) -> tuple[Block, ...]:
    """The blocks of ``reading`` at the places of the same words in ``text``, page and box kept.

    What was taken out leaves no block; what was put in belongs to the block it stands in.
    """
    edges = _Edges(reading.text, text)
    moved = (replace(one, start=edges(one.start), end=edges(one.end)) for one in reading.blocks)
    blocks: list[Block] = []
    for block in moved:
        start = max(block.start, blocks[-1].end if blocks else 0)
        while start < block.end and text[start].isspace():
            start += 1
        if start < block.end:
            blocks.append(replace(block, start=start))
    return tuple(blocks)


class _Edges:
    """From an offset into one text to the offset of the same place in another."""

    def __init__(self, old: str, new: str) -> None:
        self._olds, self._news = [0], [0]
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
        at = to = 0
        for _, one, other, first, last in SequenceMatcher(None, before, after, False).get_opcodes():
            gone, came = "".join(before[one:other]), "".join(after[first:last])
            self._stretch(gone, came, at, to)
            at, to = at + len(gone), to + len(came)
        self._olds.append(at)
        self._news.append(to)

    def _stretch(self, gone: str, came: str, at: int, to: int) -> None:
        self._add(at, to)
        if gone != came and len(gone) + len(came) <= LINES_BY_CHARACTER:
            for _, one, other, first, last in SequenceMatcher(None, gone, came, False).get_opcodes():
                self._add(at + one, to + first)
                self._add(at + other, to + last)

    def _add(self, at: int, to: int) -> None:
        if at > self._olds[-1]:
            self._olds.append(at)
            self._news.append(to)
        else:
            self._news[-1] = to  # words were put in here: they come before the place

    def __call__(self, offset: int) -> int:
        index = bisect_right(self._olds, offset) - 1
        end = self._news[min(index + 1, len(self._news) - 1)]
        return min(self._news[index] + offset - self._olds[index], end)
