"""Quotation regions: which stretches of a paragraph stand between quotation marks.

Works on the text itself, before any parsing, in one pass: straight, curly, guillemet (either way)
and low-high double marks, doubled single marks, and single marks where they cannot be an
apostrophe.  A mark that could open or close is told by what stands around it.

Marks out of balance do as little harm as they can.  A region left open at the end of a paragraph
runs to that end, as newspapers leave it where the next paragraph goes on quoting; but one inside
which another sentence is quoted whole was only never closed, and is given up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from secondsource.text import put_plain

MARKS = "“”\"«»„‟‘’‚‛‹›'`"
"""Every character that can be, or be part of, a quotation mark."""
_MARK = re.compile(r"([“”«»„‟\"])\1*|''+|``|[‹›‚‛‘’']")
_LONE = re.compile(r'(?<!")"(?!")')
_SURE_CLOSER = re.compile(r"(?<=[,.?!…])['’](?!\w)")
_CLIPPED = re.compile(r"['’‘]?n['’](?!\w)")
_POSSESSIVE = re.compile(r"(?<=s)['’](?= [a-z])")
_DOUBLE, _GUILLEMET, _SINGLE = "double", "guillemet", "single"
_FAMILY = {
    **dict.fromkeys('“”„‟"`', _DOUBLE),
    **dict.fromkeys("«»‹›", _GUILLEMET),
    **dict.fromkeys("‚‛‘’'", _SINGLE),
}
_STOPS = ".?!…"
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0\u2009\u202f([{—–-/“«‘\"'")
_PARSED = dict.fromkeys("“”„«»‟‹›", '"')


_Region = tuple[int, int, int]
"""Start and end of a region, and how many are open around it."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: ``[start, end)`` inside the marks, and whether a closing mark was found."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark where it stands, with its glyph and what its surroundings say of it."""

    start: int
    end: int
    glyph: str
    family: str
    looks_opening: bool
    looks_closing: bool


@dataclass(slots=True)
class _Scan:
    """The marks opened and not yet closed, and every region closed so far with how deep it lay."""

    open: list[_Mark] = field(default_factory=list)
    inside: Counter[str] = field(default_factory=Counter)
    closed: list[_Region] = field(default_factory=list)

    def begin(self, mark: _Mark) -> None:
        self.open.append(mark)
        self.inside[mark.family] += 1

    def end(self, mark: _Mark) -> None:
        """Closes the last region of the mark's family; what was opened inside it never ended."""
        while True:
            begun = self.open.pop()
            self.inside[begun.family] -= 1
            if begun.family == mark.family:
                break
        if mark.start > begun.end:
            self.closed.append((begun.end, mark.start, len(self.open)))

    def opener(self, family: str) -> str:
        """The glyph that opened the innermost region, if it is of a family."""
        return self.open[-1].glyph if self.open and self.open[-1].family == family else ""


def quotations(text: str, *, carried: bool = False) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order; never overlapping.  Linear in its length.

    ``carried`` says that the paragraph before left a quotation open.  It goes on here
    unless this paragraph opens with a mark of its own or never closes it.
    """
    marks = list(_marks(text))
    scan = _Scan()
    if carried and _goes_on(text, marks):
        scan.begin(_Mark(0, 0, "«", next(m.family for m in marks if m.family != _SINGLE), True, False))
    for mark in marks:
        opens = _opens(mark, scan)
        if opens:
            scan.begin(mark)
        elif opens is not None:
            scan.end(mark)
    return _outermost(text, scan)


def straightened(text: str, regions: Sequence[Quotation]) -> str:
    """``text`` as a parser reads it best, same length: one straight mark at each end of a region."""
    flat = put_plain(text, _PARSED)
    if "'" not in flat and "’" not in flat and "‘" not in flat and "‚" not in flat:
        return flat
    letters = list(flat)
    for region in regions:
        _straighten(letters, region.start - 1, -1)
        if region.closed:
            _straighten(letters, region.end, 1)
    return "".join(letters)


def _straighten(letters: list[str], place: int, step: int) -> None:
    """One straight mark for the single marks from ``place`` on, the rest of them blanked."""
    first = True
    while 0 <= place < len(letters) and letters[place] in "'’‘‚‛`":
        letters[place] = '"' if first else " "
        place, first = place + step, False


def _marks(text: str) -> Iterator[_Mark]:
    """The quotation marks of a paragraph; not the outer ones of a line that a table program quoted."""
    tabular = text[:1] == text[-1:] == '"' and '""' in text and not _LONE.search(text, 1, len(text) - 1)
    sure = [found.start() for found in _SURE_CLOSER.finditer(text)]
    for found in _MARK.finditer(text, *((1, len(text) - 1) if tabular else ())):
        start, end, glyph = found.start(), found.end(), found.group()[0]
        family = _DOUBLE if end - start > 1 and glyph == "'" else _FAMILY[glyph]
        before, after = text[start - 1 : start], text[end : end + 1]
        if family == _SINGLE and _is_apostrophe(text, found, bool(sure) and sure[-1] > start):
            continue
        opening = (not before or before in _BEFORE_OPENING) and bool(after.strip())
        closing = bool(before.strip()) and not after.isalnum()
        yield _Mark(start, end, glyph, family, opening, closing)


def _is_apostrophe(text: str, mark: re.Match[str], closed_later: bool) -> bool:
    """True inside a word, for "the '90s" and "rock 'n' roll", and for "the workers' houses"."""
    start, end = mark.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return True
    if mark.group() == "'" and not before.strip() and not after.isalpha():
        return True
    if _CLIPPED.match(text, start) or (text[start - 1 : start] == "n" and _CLIPPED.match(text, start - 2)):
        return True
    return bool(_POSSESSIVE.match(text, start)) and (closed_later or mark.group() == "'")


def _opens(mark: _Mark, scan: _Scan) -> bool | None:
    """True where the mark starts a region, False where it ends one, None where it does neither."""
    inside, glyph = scan.inside[mark.family] > 0, mark.glyph
    if mark.family == _GUILLEMET:
        return _guillemet_opens(mark, scan.opener(_GUILLEMET) if inside else "")
    if glyph in "“‟„`":
        return not (glyph == "“" and inside and mark.looks_closing)
    if glyph in "‘‚‛":
        if glyph == "‘" and scan.opener(_SINGLE) == "‚" and mark.looks_closing:
            return False
        return True if mark.looks_opening else None
    if glyph == "’":
        return False if inside and mark.looks_closing else None
    if glyph == "”":
        return False if inside else (mark.looks_opening or None)
    return _straight_opens(mark, inside)


def _guillemet_opens(mark: _Mark, opener: str) -> bool | None:
    """«so» and »so«: the mark that opened says which way the other is."""
    if mark.glyph in "«‹":
        return not (opener in set("»›") and mark.looks_closing)
    if opener:
        return mark.looks_opening and not mark.looks_closing and opener in set("»›")
    return mark.looks_opening or None


def _straight_opens(mark: _Mark, inside: bool) -> bool | None:
    """A straight mark: by its surroundings first, else by whether a region is open."""
    if mark.family == _SINGLE:
        return True if mark.looks_opening else (False if inside and mark.looks_closing else None)
    if inside:
        return mark.looks_opening and not mark.looks_closing
    return None if mark.looks_closing and not mark.looks_opening else True


def _goes_on(text: str, marks: Sequence[_Mark]) -> bool:
    """True where a paragraph closes a quotation that it has not opened."""
    if text.lstrip()[:1] in set('“"«„'):
        return False
    depth = 0
    for mark in marks:
        if mark.family == _SINGLE:
            continue
        told = {"“": True, "„": True, "‟": True, "`": True, "”": False}.get(mark.glyph)
        depth += 1 if told or (told is None and mark.looks_opening) else -1
        if depth < 0:
            return True
    return False


def _outermost(text: str, scan: _Scan) -> list[Quotation]:
    """The regions that lie in no other, once those that never ended are kept open or given up."""
    at_depth: defaultdict[int, list[_Region]] = defaultdict(list)
    for region in scan.closed:
        at_depth[region[2]].append(region)
    found = list(at_depth[0])
    for level, begun in enumerate(scan.open, start=1):
        within = [one for one in at_depth[level] if one[0] >= begun.end]
        if _is_left_open(text, begun, within):
            whole = [Quotation(begun.end, len(text), closed=False)] if begun.end < len(text) else []
            return [*_apart(one for one in found if one[1] <= begun.start), *whole]
        found += within
    return list(_apart(found))


def _is_left_open(text: str, begun: _Mark, within: Sequence[_Region]) -> bool:
    """True for a region that the next paragraph goes on with, not one whose end was forgotten."""
    if begun.family == _SINGLE:
        return begun.glyph == "‘" and not text[: begun.start].strip() and not within
    return not any(_begins_sentence(text, start) for start, _, _ in within)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" “\"«„'`")
    return before[-1:] in set(_STOPS)


def _apart(found: Iterable[_Region]) -> Iterator[Quotation]:
    """Those of the regions that lie in no other of them, in order."""
    last = -1
    for start, end, _ in sorted(found, key=lambda one: (one[0], -one[1])):
        if start >= last:
            last = end
            yield Quotation(start, end, closed=True)
