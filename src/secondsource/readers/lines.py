"""From the lines of pages, with where each stands, to paragraphs, headings and running heads.

Positions are in points (1/72 inch), upwards from the foot of the page.  The thresholds
are proportions of a line's own height, so they hold at any size of type; they were set on
reportlab and word-processor output, not measured on a corpus.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from secondsource.model import BlockKind, Box
from secondsource.readers.blocks import TITLE_LENGTH, Part, ends, is_title, one_line

HYPHEN = "\u00ad"  # stands where a line end broke a word
LARGER = 1.15  # times the height of the body: a heading
ROOMY = 0.6  # of a height: the gap of double spacing, the largest inside a paragraph
LOOSER = 0.35  # of a height more than the usual gap: a new paragraph
INDENTED = 0.8  # heights to the right of the line above: a new paragraph
SHORT = 0.8  # of the column: after a sentence, a last line
STUB = 0.6  # of the column: a last line whatever it ends with

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " "}
)
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*#(?:\s*(?:of|/)\s*#)?\W*", re.IGNORECASE)
_BROKEN = re.compile(rf"([^\W_]*)-?{HYPHEN}\s*([^\W_]*)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# First halves that take a hyphen in English print; others join.
_COMPOUNDS = frozenset({
    "all", "anti", "cross", "double", "ex", "first", "half", "high", "ill", "long", "low", "medium", "mid",
    "mini", "multi", "non", "one", "pre", "post", "pro", "quasi", "second", "self", "semi", "short",
    "single", "third", "two", "three", "well",
})  # fmt: skip


class Line(NamedTuple):
    """A line of a page and where it stands; ``ocr`` as in `Block`."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    height: float
    ocr: float | None = None


class Sheet(NamedTuple):
    """A page without its running lines, which stand beside it."""

    head: list[Line]
    body: list[list[Line]]
    foot: list[Line]


def parts(pages: list[list[Line]]) -> list[Part]:
    """The pieces of a document's text, in reading order, a page number with each."""
    body = _body_height(pages)
    mend = Mender(line.text for page in pages for line in page)
    found: list[Part] = []
    for number, sheet in enumerate(_sheets(pages), 1):
        found += (_placed(Part("header", line.text, number), [line]) for line in sheet.head)
        found += _page(sheet.body, number, body, mend, found[-1] if found else None)
        found += (_placed(Part("header", line.text, number), [line]) for line in sheet.foot)
    return found


def _placed(part: Part, group: list[Line]) -> Part:
    """``part`` with the rectangle around its lines, and how sure their recogniser was of them."""
    box = Box(
        round(min(line.left for line in group), 1),
        round(min(line.bottom for line in group), 1),
        round(max(line.right for line in group), 1),
        round(max(line.top for line in group), 1),
    )
    sure = [line.ocr for line in group if line.ocr is not None]
    return part._replace(box=box, ocr=round(sum(sure) / len(sure), 3) if sure else None)


def _page(
    groups: list[list[Line]], number: int, body: float, mend: Mender, before: Part | None
) -> Iterator[Part]:
    texts = [mend(group) for group in groups]
    title = _title(groups, texts, body) if number == 1 else None
    for index, (group, text) in enumerate(zip(groups, texts, strict=True)):
        kind = "title" if index == title else _kind(group, text, body)
        continues = index == 0 and kind == "paragraph" and _goes_on(before, text)
        yield _placed(Part(kind, text, number, continues), group)


def _goes_on(before: Part | None, text: str) -> bool:
    return before is not None and before.kind == "paragraph" and not ends(before.text) and text[:1].islower()


def _kind(group: list[Line], text: str, body: float) -> BlockKind:
    large = min(line.height for line in group) >= LARGER * body and len(text) <= TITLE_LENGTH
    return "heading" if large else "paragraph"


def _title(groups: list[list[Line]], texts: list[str], body: float) -> int | None:
    """Which group of the first page is the title: its largest heading, else a title-like start."""
    headings = [
        (group[0].height, -index)
        for index, (group, text) in enumerate(zip(groups, texts, strict=True))
        if _kind(group, text, body) == "heading"
    ]
    if headings:
        return -max(headings)[1]
    return 0 if len(groups) > 1 and len(groups[0]) == 1 and is_title(texts[0]) else None


def _body_height(pages: list[list[Line]]) -> float:
    """The height of most of the text, counted in characters."""
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page:
            heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _mask(line: Line) -> tuple[str, int]:
    """What a running line has on every page: its words, numbers aside, and its height there."""
    return _NUMBER.sub("#", line.text), round(line.top)


def _running(pages: list[list[Line]]) -> set[tuple[str, int]]:
    """What stands at the same edge of at least two pages and half of all."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        ranked = sorted(page, key=lambda line: -line.top)
        seen.update({_mask(line) for line in ranked[:2] + ranked[-2:]})
    return {mask for mask, count in seen.items() if count >= max(2, len(pages) / 2)}


def _sheets(pages: list[list[Line]]) -> Iterator[Sheet]:
    """Each page: a running head stays where it first stands, a running foot where it last does."""
    running = _running(pages)
    kept = _kept(pages, running)
    for number, page in enumerate(pages):
        edge = [line for line in page if kept.get(_mask(line)) == number]
        yield Sheet(
            [line for line in edge if _at_head(page, line)],
            list(_groups([line for line in page if _mask(line) not in running])),
            [line for line in edge if not _at_head(page, line)],
        )


def _kept(pages: list[list[Line]], running: set[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The page on which each running line is kept; a page number is kept on none."""
    kept: dict[tuple[str, int], int] = {}
    for number, page in enumerate(pages):
        for line in page:
            mask = _mask(line)
            if mask in running and not _PAGE_NUMBER.fullmatch(mask[0]):
                kept[mask] = kept.get(mask, number) if _at_head(page, line) else number
    return kept


def _at_head(page: list[Line], line: Line) -> bool:
    """True in the upper half of what is on the page."""
    return line.top > (max(one.top for one in page) + min(one.bottom for one in page)) / 2


def _groups(page: list[Line]) -> Iterator[list[Line]]:
    """The lines of a page in paragraphs."""
    gap = _usual_gap(page)
    widths = _columns(page)
    group: list[Line] = []
    for line in page:
        if group and _starts(group[-1], line, gap, widths[_column(group[-1])]):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _starts(above: Line, line: Line, gap: float, column: tuple[float, float]) -> bool:
    """True where ``line`` begins a paragraph, by its place under the line before it."""
    height = max(above.height, line.height)
    if abs(above.height - line.height) > (LARGER - 1) * height:
        return True
    if line.top > above.bottom + height:  # it stands higher: the next column
        return ends(above.text)
    if above.bottom - line.top > gap + LOOSER * height:
        return True
    if above.text.endswith(("-", HYPHEN)):
        return False
    left, right = column
    filled = (above.right - left) / (right - left) if right > left else 1.0
    return filled < STUB or (
        ends(above.text) and (filled < SHORT or line.left - above.left > INDENTED * height)
    )


def _usual_gap(page: list[Line]) -> float:
    """The gap inside paragraphs: the lower quartile, as gaps between them are larger."""
    gaps = sorted(
        min(one.bottom - other.top, ROOMY * one.height)
        for one, other in pairwise(page)
        if one.bottom > other.bottom
    )
    return gaps[len(gaps) // 4] if gaps else 0.0


def _column(line: Line) -> int:
    return round(line.left / 36)  # half an inch: an indented line may still be of its column


def _columns(page: list[Line]) -> dict[int, tuple[float, float]]:
    """The left and right edge of each column of a page."""
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for line in page:
        lines[_column(line)].append(line)
    return {
        key: (
            median(line.left for line in column),
            sorted(line.right for line in column)[-1 - len(column) // 10],
        )
        for key, column in lines.items()
    }


class Mender:
    """Joins the lines of a paragraph, and words that a line end broke, by the document's own words.

    A hyphen stays where the document writes the word with it elsewhere, or both halves
    are words of it, or the first half usually takes one, or a capital or digit follows.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        whole = (word for line in lines for word in line.split() if HYPHEN not in word and word[-1:] != "-")
        self._words = {found.casefold() for word in whole for found in _WORD.findall(word)}

    def __call__(self, group: list[Line]) -> str:
        text = ""
        for line in group:
            broken = len(text) > 1 and text[-1] == "-" and text[-2].isalpha()
            text += (HYPHEN if broken else "" if text[-1:] in ("", HYPHEN) else " ") + line.text
        return one_line(_BROKEN.sub(self._mended, text).translate(_LIGATURES))

    def _mended(self, broken: re.Match[str]) -> str:
        left, right = broken[1], broken[2]
        return f"{left}-{right}" if self._hyphenated(left, right) else left + right

    def _hyphenated(self, left: str, right: str) -> bool:
        one, other = left.casefold(), right.casefold()
        if not one or not other or f"{one}-{other}" in self._words:
            return True
        if one + other in self._words:
            return False
        both = len(one) > 2 and {one, other} <= self._words
        return both or one in _COMPOUNDS or not (left[-1].isalpha() and right[0].islower())
