"""From an offset in a text back to the place in its file: page and box, cell, element, line."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from secondsource.model import Box, Reading

_CELL = re.compile(r"(.*!|)([A-Z]{1,3})(\d+)(?::[A-Z]+\d+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code point of a text came from, as far as its format says; ``line`` counts in the text."""

    line: int
    page: int | None = None
    box: Box | None = None
    place: str | None = None
    ocr: float | None = None

    def __str__(self) -> str:
        parts = [self.place, self.page and f"page {self.page}", None if self.page else f"line {self.line}"]
        return ", ".join(part for part in parts if part)


def locate(reading: Reading, offset: int) -> Place:
    """The place of the code point at ``offset``: of its block, and in a table of its cell.

    Raises ValueError outside the text.
    """
    if not 0 <= offset < len(reading.text):
        raise ValueError(f"{offset} is outside a text of {len(reading.text)} characters")
    line = reading.text.count("\n", 0, offset) + 1
    at = bisect_right(reading.blocks, offset, key=lambda block: block.start) - 1
    if at < 0:
        return Place(line)
    block = reading.blocks[at]
    place = block.place
    if place and (range_ := _CELL.fullmatch(place)):
        sheet, left, row = range_.groups()
        tabs = reading.text.count("\t", block.start, min(offset, block.end))
        place = f"{sheet}{column(_number(left) + tabs)}{row}"
    return Place(line, block.page, block.box, place, block.ocr)


def cell(row: int, number: int) -> str:
    """The address of a cell by its row and column, both counted from 0: ``B3`` for 2, 1."""
    return f"{column(number)}{row + 1}"


def column(number: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
