"""Quotation regions: which stretches of a paragraph stand between quotation marks.

Works on the text itself, before any parsing: straight, curly, guillemet and low-high
double marks, doubled single marks, and single curly marks where they cannot be an
apostrophe.  A region left open at the end of a paragraph runs to that end, as
newspapers leave it when the next paragraph goes on quoting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‟": "”"}
_MARK = re.compile(r"[“”«»„‟\"]+|''|``")
_LONE = re.compile(r'(?<!")"(?!")')
_CLOSERS = "”»"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: ``[start, end)`` inside the marks, and whether a closing mark was found."""

    start: int
    end: int
    closed: bool


def quotations(text: str, *, carried: bool = False) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order; never overlapping.

    ``carried`` says that the paragraph before left a quotation open.  It goes on here
    unless this paragraph opens with a mark of its own or never closes it.
    """
    found: list[Quotation] = []
    opened, depth = (0, 1) if carried and _goes_on(text) else (None, 0)
    for mark in _marks(text):
        opens = _opens(text, mark, opened is not None)
        if opens and opened is None:
            opened, depth = mark.end(), 1
        elif opens and mark.group()[0] in "“«„":
            depth += 1
        elif not opens and opened is not None:
            depth -= 1
            if depth <= 0:
                if mark.start() > opened:
                    found.append(Quotation(opened, mark.start(), closed=True))
                opened = None
    if opened is not None and opened < len(text):
        found.append(Quotation(opened, len(text), closed=False))
    return found


def _marks(text: str) -> Iterator[re.Match[str]]:
    """The quotation marks of a paragraph; not the outer ones of a line that a table program quoted."""
    tabular = text[:1] == text[-1:] == '"' and '""' in text and not _LONE.search(text, 1, len(text) - 1)
    return _MARK.finditer(text, 1, len(text) - 1) if tabular else _MARK.finditer(text)


def _goes_on(text: str) -> bool:
    """True where a paragraph closes a quotation that it has not opened."""
    marks = [mark.group()[0] for mark in _MARK.finditer(text)]
    if not marks or text.lstrip()[:1] in '“"«„' or marks[0] in "“«„":
        return False
    return marks[0] in _CLOSERS or len(marks) % 2 == 1


def _opens(text: str, mark: re.Match[str], inside: bool) -> bool:
    """True where the mark starts a quotation; a straight mark is told by what stands around it."""
    first = mark.group()[0]
    if first in "“«„":
        return not (first == "“" and inside and _at_end(text, mark))
    if first in _CLOSERS:
        return False
    return not inside


def _at_end(text: str, mark: re.Match[str]) -> bool:
    """True for a mark that can only close: a word or stop before it, no word after it."""
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    return bool(before.strip()) and not after.isalnum()
