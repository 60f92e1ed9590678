"""Tables of trade, row by row: CSV, XLSX and Parquet, whatever is wrong with some of their rows.

A row is numbered as a spreadsheet shows it: the header is row 1.  A row that cannot be read is
a reason in the place of its cells, and the rows after it are read all the same.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from secondsource.errors import Empty, ReadError
from secondsource.text import cell_number

Cells = Sequence[str]
Row = tuple[int, Cells | str]
"""The number of a row, and its cells or why they cannot be read."""

DELIMITERS = ",;\t|"
LONGEST_CELL = 100_000
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_FOREIGN = re.compile("[\udc80-\udcff]")
_RUN_ON = 50  # lines that a quoted cell may span before it is taken to have lost its closing quote
_BATCH = 16_384


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read from the start as often as needed."""

    path: Path
    header: tuple[str, ...]
    read: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """Every row below the header; rows without any cell are passed over, but counted."""
        width = len(self.header)
        for number, cells in self.read():
            if isinstance(cells, str) or len(cells) == width:
                yield number, cells
            elif any(cells):
                yield number, _fitted(cells, width)


def _fitted(cells: Cells, width: int) -> Cells | str:
    """Cells beside the header's are no harm where they are empty; those that are missing would be guesses."""
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    return f"{len(cells)} cells where the header has {width}"


def open_table(path: str | Path, *, encoding: str | None = None, sheet: str | None = None) -> Table:
    """The table in a file, by the file's name.

    ``encoding`` is that of a CSV that is not UTF-8.  Raises ReadError where the file is no such
    table, Empty where there is nothing in it.
    """
    path = Path(path)
    kinds = {".xlsx": _xlsx, ".xlsm": _xlsx, ".parquet": _parquet}
    try:
        if path.suffix.lower() in kinds:
            read = kinds[path.suffix.lower()](path, sheet)
        else:
            read = _csv(path, encoding)
        header = next(read(), None)
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror or error}") from error
    if header is None:
        raise Empty(f"{path}: there is no row in it")
    if isinstance(header[1], str):
        raise ReadError(f"{path}: the header cannot be read: {header[1]}")
    names = tuple(cell.strip() for cell in header[1])
    if not any(names):
        raise Empty(f"{path}: its first row, the header, is empty")
    return Table(path, names, lambda: _below(read()))


def _below(rows: Iterator[Row]) -> Iterator[Row]:
    next(rows, None)
    return rows


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read a piece at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# CSV


def _csv(path: Path, encoding: str | None) -> Callable[[], Iterator[Row]]:
    with path.open("rb") as file:
        start = file.read(1 << 16)
    if not start.strip(b"\xef\xbb\xbf\r\n\t "):
        raise Empty(f"{path}: there is nothing in it")
    if start.startswith(b"PK\x03\x04") or (b"\0" in start and start[:2] not in _MARKS):
        raise ReadError(f"{path} is no CSV; known by their names are .xlsx and .parquet")
    found = encoding or _MARKS.get(start[:2], "utf-8-sig")
    delimiter = _delimiter(start, found, path)
    return lambda: _csv_rows(path, found, delimiter)


def _delimiter(start: bytes, encoding: str, path: Path) -> str:
    try:
        first = start.decode(encoding, "replace").splitlines()[0]
    except LookupError as error:
        raise ReadError(f"{path}: there is no encoding {encoding!r}") from error
    return max(DELIMITERS, key=first.count)


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    bad: dict[int, str] = {}
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        reader = csv.reader(_records(file, bad), delimiter=delimiter)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield number, f"not CSV: {error}"
                continue
            yield number, bad.pop(number) if number in bad else cells


def _records(lines: io.TextIOWrapper, bad: dict[int, str]) -> Iterator[str]:
    """The lines of a file as one string a row, so that a lost quote costs its own row and no other.

    What is wrong with a row is put into ``bad`` under its number, and an empty line in its place.
    """
    number = 0
    waiting: list[str] = []
    while line := waiting.pop() if waiting else next(lines, ""):
        number += 1
        if line.count('"') % 2:
            line = _closed(line, lines, waiting) or _lost(bad, number)
        if not line.isascii() and _FOREIGN.search(line):
            bad[number] = "a character that is not in the encoding of the file"
            line = "\n"
        yield line


def _closed(line: str, lines: Iterator[str], waiting: list[str]) -> str | None:
    """A row whose quoted cell goes on over several lines; None where it is not closed soon."""
    taken = list(reversed(waiting[-_RUN_ON:]))
    del waiting[-_RUN_ON:]
    joined = line
    for at in range(_RUN_ON):
        if at == len(taken):
            following = next(lines, "")
            if not following:
                break
            taken.append(following)
        joined += taken[at]
        if taken[at].count('"') % 2:
            waiting += reversed(taken[at + 1 :])
            return joined
    waiting += reversed(taken)
    return None


def _lost(bad: dict[int, str], number: int) -> str:
    bad[number] = "a quotation mark that is never closed"
    return "\n"


# XLSX and Parquet


def _xlsx(path: Path, sheet: str | None) -> Callable[[], Iterator[Row]]:
    calamine: Any = import_module("python_calamine")
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        if sheet is not None and sheet not in book.sheet_names:
            raise ReadError(f"{path} has no sheet {sheet!r}: there are {', '.join(book.sheet_names)}")
        found = book.get_sheet_by_name(sheet or book.sheet_names[0])
    except (calamine.CalamineError, IndexError) as error:
        raise ReadError(f"{path} is no workbook that can be read: {error}") from error
    return lambda: _numbered(found.iter_rows())


def _numbered(rows: Iterable[Sequence[Any]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, 1):
        yield number, [text_of(cell) for cell in cells]


def text_of(cell: Any) -> str:
    """What a cell shows: 854231.0 as 854231, a date without a time as a date."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return cell_number(cell)
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def parquet() -> Any:
    """The library for Parquet.  Raises ReadError where it is not installed."""
    try:
        return import_module("pyarrow.parquet")
    except ImportError as error:
        raise ReadError("Parquet needs a library of its own: pip install 'secondsource[parquet]'") from error


def _parquet(path: Path, _: str | None) -> Callable[[], Iterator[Row]]:
    library = parquet()
    arrow: Any = import_module("pyarrow")
    try:
        file = library.ParquetFile(str(path))
    except arrow.ArrowInvalid as error:
        raise ReadError(f"{path} is no Parquet file that can be read: {error}") from error
    return lambda: _parquet_rows(file)


def _parquet_rows(file: Any) -> Iterator[Row]:
    yield 1, [str(name) for name in file.schema_arrow.names]
    number = 1
    for batch in file.iter_batches(_BATCH):
        columns = [column.to_pylist() for column in batch.columns]
        for cells in zip(*columns, strict=True):
            number += 1
            yield number, [text_of(cell) for cell in cells]
