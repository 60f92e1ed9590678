"""The names that somebody wants screened, from a table of theirs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from secondsource.errors import ListError
from secondsource.lists.table import decode, rows
from secondsource.text import cell_number


class Asked(NamedTuple):
    """A name to screen, the kind of thing it names where the file says so, and its line."""

    line: int
    name: str
    schema: str | None


COLUMNS = ("query", "name")


def names_in(
    data: bytes, name: str, column: str | None = None, schema_column: str | None = None
) -> Iterator[Asked]:
    """The names in a column of a table: CSV whose first row has the column names, the first sheet
    of an XLSX file likewise, or JSON lines whose keys are the columns.  The file's name tells which.

    Where no ``column`` is given it is the first there is of `COLUMNS`.  Empty cells are left
    out.  Raises ListError where the file is no such table or has no such column.
    """
    table = _table(data, name)
    _, head = next(table, (0, []))
    at = _column(head, (column,) if column else COLUMNS, name)
    kind = _column(head, (schema_column,), name) if schema_column else None
    for line, cells in table:
        cells += [""] * (len(head) - len(cells))
        if cells[at]:
            yield Asked(line, cells[at], None if kind is None else cells[kind] or None)


def _table(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    if name.lower().endswith(".xlsx"):
        return _sheet(data, name)
    text = decode(data, name)
    return (
        _json_lines(text, name) if name.lower().endswith((".jsonl", ".ndjson", ".json")) else rows(text, name)
    )


def _sheet(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    except CalamineError as error:
        raise ListError(f"{name}: cannot be read as a workbook: {error}") from error
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield number, [_shown(cell) for cell in row]


def _shown(cell: object) -> str:
    return cell_number(cell) if isinstance(cell, float) else str(cell).strip()


def _json_lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    head: list[str] = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ListError(f"{name}, line {number}: no JSON: {error}") from error
        if not isinstance(row, dict):
            raise ListError(f"{name}, line {number}: no JSON object")
        if not head:
            head = list(row)
            yield number, list(head)
        yield number, ["" if row.get(key) is None else str(row[key]) for key in head]


def _column(head: list[str], wanted: tuple[str, ...], name: str) -> int:
    columns = [cell.casefold() for cell in head]
    for column in wanted:
        if column.casefold() in columns:
            return columns.index(column.casefold())
    given = ", ".join(head) or "none"
    raise ListError(f"{name}: there is no column “{'” or “'.join(wanted)}”; its columns are: {given}")
