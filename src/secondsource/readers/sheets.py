"""XLSX, XLSB, XLS, ODS and CSV: each row a block with the range of its cells, a tab between two.

Spreadsheets are read by calamine, CSV by the standard library.  Costs: 1 s for 100,000 cells.
Loses: formulas (their last values stay), formats, charts, comments, pictures, empty rows.
The column of a place in a row is told by the tabs before it: see `secondsource.readers.places`.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence

from python_calamine import CalamineWorkbook

from secondsource.errors import Empty, LimitError, ReadError
from secondsource.model import Reading
from secondsource.readers import zipped
from secondsource.readers.blocks import Part, compose
from secondsource.readers.encoding import decode
from secondsource.readers.places import cell
from secondsource.readers.reader import MIB
from secondsource.text import cell_number

MAX_CELLS = 2_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class Sheets:
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        if data.startswith(_OLE):
            return any(mark + b"\0\0" in data for mark in _WORKBOOKS)
        names = zipped.names(data)
        return "xl/workbook.xml" in names or "xl/workbook.bin" in names or _ODS in data[:200]

    def read(self, data: bytes, name: str) -> Reading:
        if not data.startswith(_OLE):
            with zipped.Package(data, name, "a spreadsheet"):
                pass  # its sizes are checked
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            parts = list(_sheets(book, name))
        except (ReadError, LimitError, MemoryError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of the Rust reader is no Exception
            raise ReadError(f"{name} is not a readable spreadsheet: {error}") from None
        return _reading(parts, name)


def _sheets(book: CalamineWorkbook, name: str) -> Iterator[Part]:
    cells = 0
    for number, title in enumerate(book.sheet_names, 1):
        sheet = book.get_sheet_by_index(number - 1)
        rows, start = sheet.to_python(skip_empty_area=True), sheet.start or (0, 0)
        cells += sum(map(len, rows))
        if cells > MAX_CELLS:
            raise LimitError(f"{name} has over {MAX_CELLS:,} cells, the most that are read")
        if rows:
            yield Part("heading", title, number)
        yield from _rows(([_shown(value) for value in row] for row in rows), title, start, number)


def _rows(
    rows: Iterable[Sequence[str]], sheet: str, start: tuple[int, int], page: int | None
) -> Iterator[Part]:
    """A piece for each row that holds anything, from its first full cell to its last."""
    for index, row in enumerate(rows, start[0]):
        full = [column for column, value in enumerate(row) if value]
        if full:
            first, last = full[0], full[-1]
            left, right = cell(index, start[1] + first), cell(index, start[1] + last)
            cells = left if first == last else f"{left}:{right}"
            place = f"{sheet}!{cells}" if sheet else cells
            yield Part("table", "\t".join(row[first : last + 1]), page, place=place)


def _shown(value: object) -> str:
    """A cell as text: a whole number without its point, a date in ISO form, one line."""
    if isinstance(value, float):
        return cell_number(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return " ".join(str(value).split())


def _reading(parts: list[Part], name: str) -> Reading:
    text, blocks = compose(parts)
    if not text:
        raise Empty(f"{name} holds no filled cell")
    return Reading(text, blocks)


class Csv:
    media_type = "text/csv"
    suffixes: tuple[str, ...] = (".csv", ".tsv")
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        """Never: a table in text has no signature, only a name."""
        return False

    def read(self, data: bytes, name: str) -> Reading:
        text = decode(data, name).lstrip("\ufeff")
        csv.field_size_limit(MIB)
        try:
            rows = csv.reader(io.StringIO(text, newline=""), _dialect(text))
            shown = ([" ".join(value.split()) for value in row] for row in _counted(rows, name))
            return _reading(list(_rows(shown, "", (0, 0), None)), name)
        except csv.Error as error:
            raise ReadError(f"{name} is not a readable CSV table: {error}") from None


def _counted(rows: Iterable[list[str]], name: str) -> Iterator[list[str]]:
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > MAX_CELLS:
            raise LimitError(f"{name} has over {MAX_CELLS:,} cells, the most that are read")
        yield row


def _dialect(text: str) -> type[csv.Dialect]:
    """The delimiter that the first lines share; a comma where they share none."""
    try:
        return csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
    except csv.Error:
        return csv.excel
