"""Any CSV as a list, by a mapping from fields to its columns: ``id=Ref``, ``name=Full name``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from secondsource.errors import ListError
from secondsource.lists.entry import entry
from secondsource.lists.file import ListFile
from secondsource.lists.repeated import once
from secondsource.lists.table import values
from secondsource.model import Designation

LAYOUT = "CSV by a mapping"
FIELDS = (
    "id", "name", "schema", "aliases", "programmes", "countries", "birth_dates", "identifiers", "addresses",
    "listed", "started", "topics", "remarks",
)  # fmt: skip


def read(file: ListFile, mapping: Mapping[str, str]) -> Iterator[Designation]:
    """The entries; rows with one ``id`` are one.  It may be left out: the row's number stands for it then.

    Raises ListError for an unknown field or column, a row of another width, an entry without name.
    """
    _check(file, mapping, next(file.rows(), (0, []))[1])
    if "id" not in mapping:
        yield from _entries(file, mapping)
        return
    yield from once((row[mapping["id"]] for _, row in _cells(file)), lambda: _entries(file, mapping))


def _cells(file: ListFile) -> Iterator[tuple[int, dict[str, str]]]:
    table = file.rows()
    columns = next(table, (0, []))[1]
    for line, cells in table:
        if len(cells) != len(columns):
            raise file.refused(f"{len(cells)} columns instead of {len(columns)}: is it cut short?", line)
        yield line, dict(zip(columns, cells, strict=True))


def _entries(file: ListFile, mapping: Mapping[str, str]) -> Iterator[Designation]:
    for line, row in _cells(file):
        told = {field: values(row[column]) for field, column in mapping.items()}
        told["names"] = (row[mapping["name"]], *told.get("aliases", ()))
        try:
            yield entry(
                row[mapping["id"]] if "id" in mapping else str(line),
                (row[mapping["schema"]] if "schema" in mapping else "") or "LegalEntity",
                told,
                row[mapping["remarks"]] if "remarks" in mapping else None,
            )
        except ValueError as error:
            raise file.refused(str(error), line) from error


def _check(file: ListFile, mapping: Mapping[str, str], columns: list[str]) -> None:
    if "name" not in mapping:
        raise ListError("a mapping must say which column is the name: --map name=COLUMN")
    if unknown := mapping.keys() - set(FIELDS):
        raise ListError(f"unknown field {', '.join(sorted(unknown))}; known are {', '.join(FIELDS)}")
    if missing := set(mapping.values()) - set(columns):
        raise file.refused(f"there is no column {', '.join(sorted(missing))}; there are {', '.join(columns)}")
