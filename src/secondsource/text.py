"""Text without meaning: hashes, spans and same-length normalisation.

Offsets everywhere are Unicode code points into a document's working text, half-open.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from secondsource.model import Span

# One character for one character, so that an offset into the normalised text is an
# offset into the text itself.
_SAME_LENGTH = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ",
    "\u2010": "-", "\u2011": "-", "\u2012": "-",
}  # fmt: skip
_EDGE = " \t\r\n\u00a0"
_WORD = re.compile(r"\w+")

# Made once: `json.dumps` makes one for every call.
_PARTS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def content_id(prefix: str, *parts: object) -> str:
    """A short id that is a hash of what makes the thing itself: ``prefix-`` and 16 hex digits."""
    return f"{prefix}-{sha256(_PARTS.encode(parts).encode())[:16]}"


def canonical(value: object) -> str:
    """``value`` as JSON in one form only: names in order, no white space, characters as they are.

    Raises ValueError for a number that is none.  The form is that of RFC 8785 for what we write:
    words, whole numbers, lists and objects.
    """
    return _CANONICAL.encode(value)


def plain(text: str) -> str:
    """``text`` with typographic apostrophes, hyphens and spaces made plain; same length."""
    text = text.replace("\t", " ")
    return text if text.isascii() else put_plain(text, _SAME_LENGTH)


def put_plain(text: str, table: Mapping[str, str]) -> str:
    """``text`` with characters in the place of others, which is some thirty times as fast as `str.translate`.

    What is put in must not be replaced itself.
    """
    for character, simple in table.items():
        text = text.replace(character, simple)
    return text


def words(text: str) -> list[str]:
    """The words of ``text``, lower-cased, without punctuation."""
    if text.isascii():  # elsewhere a folded letter may be no letter any more
        return _WORD.findall(text.lower())
    return [word.casefold() for word in _WORD.findall(text)]


def trim(text: str, start: int, end: int, drop: str = _EDGE) -> Span | None:
    """``[start, end)`` without the characters of ``drop`` at its edges; None if nothing is left."""
    while start < end and text[start] in drop:
        start += 1
    while end > start and text[end - 1] in drop:
        end -= 1
    return Span(start, end) if start < end else None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How many code points two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def merge(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """``spans`` in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)


_RISKY = frozenset("=+-@\t\r")
_FORMULA = re.compile(r"[=+\-@\t\r](?!\d+(?:[.,]\d+)*$)")


def harmless(cell: str | int) -> str | int:
    """A cell of a table that no spreadsheet takes for a formula: an apostrophe goes before what would be
    one (OWASP, CSV injection).  A number with a sign stays a number."""
    if isinstance(cell, str) and cell[:1] in _RISKY and _FORMULA.match(cell):
        return f"'{cell}"
    return cell


def cell_number(number: float) -> str:
    """A number as a cell of a spreadsheet shows it: 854231.0 as 854231."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)
