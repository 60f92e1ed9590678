"""Rows of a CSV file of which nothing is taken on trust: encoding, quotes, columns, end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from secondsource.errors import ListError

END_MARK = "\x1a"
"""OFAC ends its files with this character; where it is missing a file may be cut short."""

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


def rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every row that is not empty; an end mark alone is no row.

    Raises ListError where a quotation mark is never closed: the file was cut.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            cells = [cell.strip().removesuffix(END_MARK) for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise ListError(
            f"{name}, line {reader.line_num}: the file is cut short or is not CSV ({error})"
        ) from error


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, joined by ``;``; one with a ``;`` of its own is quoted."""
    parts = next(csv.reader([cell.replace("\n", " ")], delimiter=";"), [])
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
