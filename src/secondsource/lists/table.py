"""Rows of a CSV file of which nothing is taken on trust: encoding, quotes, columns, end."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from secondsource.errors import ListError

END_MARK = "\x1a"
"""OFAC ends its files with this character; where it is missing a file may be cut short."""

_PLAIN = re.compile(r'[^"\r\n]*').fullmatch

# A cell of remarks is long, and a list that is one row is a list all the same.
csv.field_size_limit(4 * 1024 * 1024)


def decode(data: bytes, name: str) -> str:
    """The text of a list file: UTF-8, or Windows-1252 as older OFAC files are.

    Raises ListError for bytes that are no text.
    """
    if b"\x00" in data[:4096]:
        raise ListError(f"{name}: not a text file, so not a list in CSV")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListError(f"{name}: neither UTF-8 nor Windows-1252 text")


def encoding_of(pieces: Iterable[bytes], name: str) -> str:
    """What `decode` would take the bytes for, a piece after another; raises as it does."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    windows = codecs.getincrementaldecoder("cp1252")()
    utf8 = cp1252 = True
    for at, piece in enumerate(pieces):
        if not at and b"\x00" in piece[:4096]:
            raise ListError(f"{name}: not a text file, so not a list in CSV")
        utf8, cp1252 = utf8 and _takes(decoder, piece), cp1252 and _takes(windows, piece)
    if utf8 and _takes(decoder, b"", final=True):
        return "utf-8-sig"
    if cp1252:
        return "cp1252"
    raise ListError(f"{name}: neither UTF-8 nor Windows-1252 text")


def _takes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def rows(text: str | Iterable[str], name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every row that is not empty; an end mark alone is no row.

    ``text`` is the whole of it, or a stream of its lines with their ends.

    Raises ListError where a quotation mark is never closed: the file was cut.
    """
    for line, row in raw(text, name):
        cells = list(map(cleaned, row))
        if any(cells):
            yield line, cells


def cleaned(cell: str) -> str:
    """A cell without white space around it and without the mark of the end."""
    return cell.strip().removesuffix(END_MARK)


def raw(text: str | Iterable[str], name: str) -> Iterator[tuple[int, list[str]]]:
    """`rows` with cells as they stand and empty rows among them.  Raises as it does."""
    lines = io.StringIO(text, newline="") if isinstance(text, str) else text
    reader = csv.reader(lines, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise ListError(
            f"{name}, line {reader.line_num}: the file is cut short or is not CSV ({error})"
        ) from error


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, joined by ``;``; one with a ``;`` of its own is quoted."""
    if not cell:
        return ()
    if _PLAIN(cell):  # most are, and a reader for each of millions of cells takes long
        parts = cell.split(";")
    else:
        parts = next(csv.reader([cell.replace("\n", " ")], delimiter=";"), [])
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
