"""FollowTheMoney, as OpenSanctions and others publish it: entities as JSON lines, statements as CSV.

Sanctions, addresses and papers are entities of their own that point at the one they belong to;
a first pass over the file gathers them, so that the second can give each entry whole.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from secondsource.lists.entry import entry, joined
from secondsource.lists.file import ListFile
from secondsource.model import JSON, Designation

LAYOUT = "FollowTheMoney entities (JSON lines)"
STATEMENTS_LAYOUT = "FollowTheMoney statements (CSV)"
DELTA_LAYOUT = "FollowTheMoney delta (JSON lines)"
RHYTHM = 1

_STATEMENTS = {"canonical_id", "entity_id", "prop", "schema", "value"}
SCREENED = frozenset(
    {
        "Person",
        "LegalEntity",
        "Company",
        "Organization",
        "PublicBody",
        "Vessel",
        "Airplane",
        "Vehicle",
        "Asset",
    }
)
"""The kinds of entity that have a name to screen; the others say something about one."""

_FIELDS = {
    "names": ("name", "alias", "previousName", "weakAlias"),
    "programmes": ("programId", "program"),
    "countries": ("nationality", "citizenship", "country", "jurisdiction", "flag"),
    "birth_dates": ("birthDate", "incorporationDate"),
    "identifiers": (
        "idNumber", "passportNumber", "registrationNumber", "taxNumber", "innCode", "ogrnCode", "leiCode",
        "swiftBic", "imoNumber", "mmsi", "callSign", "uniqueEntityId",
    ),
    "addresses": ("address",),
}  # fmt: skip
_ABOUT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Sanction": {
        "programmes": ("programId", "program"),
        "listed": ("listingDate",),
        "started": ("startDate",),
    },
    "Identification": {"identifiers": ("number",)},
    "Passport": {"identifiers": ("number",)},
}
_POINTERS = ("entity", "holder")


def recognises(file: ListFile) -> bool:
    first = _object(_first_line(file))
    return {"id", "schema", "properties"} <= first.keys()


def recognises_delta(file: ListFile) -> bool:
    return _object(_first_line(file)).get("op") in ("ADD", "MOD", "DEL")


def recognises_statements(file: ListFile) -> bool:
    return set(next(csv.reader([_first_line(file).decode("utf-8-sig", "replace")]), [])) >= _STATEMENTS


def _first_line(file: ListFile) -> bytes:
    with file.open() as opened:
        return opened.readline(4 * 1024 * 1024)


def _object(line: bytes) -> JSON:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read(file: ListFile) -> Iterator[Designation]:
    """The entries.  Raises ListError for a line that is no entity: a file cut short has one."""
    yield from _entries(file, lambda: (row for _, row in _rows(file)))


def _rows(file: ListFile) -> Iterator[tuple[int, JSON]]:
    for number, line in file.lines():
        row = _object(line)
        if not row.get("id") or not isinstance(row.get("properties"), dict):
            raise file.refused("no entity in JSON: cut short?", number)
        yield number, row


def _entries(file: ListFile, rows: Any) -> Iterator[Designation]:
    about = _about(rows())
    for row in rows():
        if row.get("schema") in SCREENED:
            made = _designation(row, about.get(row["id"], {}))
            if made:
                yield made


def _about(rows: Iterable[JSON]) -> dict[str, dict[str, list[str | None]]]:
    """What sanctions and papers say of the entities that they belong to."""
    found: dict[str, dict[str, list[str | None]]] = {}
    for row in rows:
        for field, names in _ABOUT.get(row.get("schema", ""), {}).items():
            properties = row["properties"]
            told = [value for name in names for value in properties.get(name, ())]
            for owner in (value for pointer in _POINTERS for value in properties.get(pointer, ())):
                # Nested entities are whole; a file of flat ones has their ids.
                id = owner.get("id") if isinstance(owner, dict) else owner
                found.setdefault(str(id), defaultdict(list))[field] += told
    return found


def _designation(row: JSON, about: Mapping[str, list[str | None]]) -> Designation | None:
    """None for an entity without a name: a thing known by its number alone cannot be screened for."""
    properties = row["properties"]
    told: dict[str, list[str | None]] = {
        field: [value for name in names for value in properties.get(name, ()) if isinstance(value, str)]
        for field, names in _FIELDS.items()
    }
    for field, values in about.items():
        told.setdefault(field, []).extend(values)
    told["names"].insert(0, row.get("caption") if row.get("caption") in told["names"] else None)
    remarks = joined(*(value for value in properties.get("topics", ()) if isinstance(value, str)), by="; ")
    try:
        return entry(row["id"], row["schema"], told, remarks)
    except ValueError:
        return None


def changes(file: ListFile) -> Iterator[tuple[str, str, Designation | None]]:
    """The lines of a delta: what is done (ADD, MOD, DEL), the entity's id, the entry if there is one now."""
    for number, line in file.lines():
        row = _object(line)
        told = row.get("entity")
        if row.get("op") not in ("ADD", "MOD", "DEL") or not isinstance(told, dict) or not told.get("id"):
            raise file.refused("no change in JSON: cut short?", number)
        gone = row["op"] == "DEL" or told.get("schema") not in SCREENED
        yield row["op"], told["id"], None if gone else _designation(told, {})


def read_statements(file: ListFile) -> Iterator[Designation]:
    """The entries of a statements file, whose rows are one value of one property each.

    Rows of an entity stand together in published files; where they do not, they are gathered.
    Raises ListError for a row of another width.
    """
    entities: dict[str, JSON] = {}
    with file.stream() as stream:
        table = csv.DictReader(stream)
        for row in table:
            if None in row or None in row.values():
                raise file.refused("a row of another width: changed, or cut short", table.line_num)
            made = entities.setdefault(
                row["canonical_id"], {"id": row["canonical_id"], "schema": "", "properties": {}}
            )
            made["schema"] = _narrower(made["schema"], row["schema"])
            if row["prop"] != "id":
                made["properties"].setdefault(row["prop"].rpartition(":")[2], []).append(row["value"])
    yield from _entries(file, entities.values)


def _narrower(one: str, other: str) -> str:
    """Of the kinds that statements give an entity, the one that says more."""
    return other if one in ("", "Thing", "LegalEntity", "Asset") else one
