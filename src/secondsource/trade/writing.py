"""The ranked table as CSV, XLSX or Parquet: written beside its place and put there when it is whole."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from secondsource.errors import LimitError, SecondSourceError
from secondsource.text import harmless
from secondsource.trade.tables import parquet

Rows = Iterator[Sequence[str | int]]
SHEET_ROWS = 1_048_575
_BATCH = 16_384


def kind_of(path: Path) -> str:
    """The format that a name asks for.  Raises SecondSourceError where it is not to be had."""
    kind = path.suffix.lower()
    if kind not in _WRITERS:
        raise SecondSourceError(f"{path}: ends in none of {', '.join(_WRITERS)}")
    if kind == ".parquet":
        parquet()
    return kind


def write(path: Path, header: Sequence[str], rows: Rows, count: int) -> None:
    """Put ``count`` rows below a header.

    Raises LimitError where a sheet has no room for them, SecondSourceError where the disk refuses.
    """
    kind = kind_of(path)
    if kind == ".xlsx" and count > SHEET_ROWS:
        raise LimitError(f"{count:,} rows do not fit a sheet of {SHEET_ROWS:,}: write a .csv or .parquet")
    beside = path.with_name(f".{path.name}.part")
    try:
        _WRITERS[kind](beside, header, rows)
        os.replace(beside, path)
    except OSError as error:
        raise SecondSourceError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)


def _csv(path: Path, header: Sequence[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(harmless, header))
        writer.writerows(map(harmless, row) for row in rows)


def _xlsx(path: Path, header: Sequence[str], rows: Rows) -> None:
    library: Any = import_module("xlsxwriter")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with library.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Trade")
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            sheet.write(0, column, name)
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)


def _parquet(path: Path, header: Sequence[str], rows: Rows) -> None:
    arrow: Any = import_module("pyarrow")
    whole = {"rank", "score", "row"}
    schema = arrow.schema([(name, arrow.int64() if name in whole else arrow.string()) for name in header])
    with parquet().ParquetWriter(str(path), schema) as writer:
        while batch := list(islice(rows, _BATCH)):
            columns = [
                arrow.array(column, schema.field(at).type)
                for at, column in enumerate(zip(*batch, strict=True))
            ]
            writer.write_batch(arrow.record_batch(columns, schema=schema))


_WRITERS: dict[str, Callable[[Path, Sequence[str], Rows], None]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
}
