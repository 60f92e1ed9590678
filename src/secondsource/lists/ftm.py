"""FollowTheMoney, as OpenSanctions and others publish it: entities as JSON lines, statements as CSV.

Sanctions, addresses and papers are entities of their own that point at the one they belong to;
a first pass over the file gathers them, so that the second can give each entry whole.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Self

from secondsource.lists.edges import BACK, back, forward
from secondsource.lists.entry import entry, joined
from secondsource.lists.file import ListFile
from secondsource.model import JSON, Designation, ListEntity

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
    "topics": ("topics",),
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
    yield from _entries(lambda: _rows(file))


def _rows(file: ListFile) -> Iterator[JSON]:
    """Every entity of the file, those inside others taken out of them and put after them."""
    for number, line in file.lines():
        row = _object(line)
        if not row.get("id") or not isinstance(row.get("properties"), dict):
            raise file.refused("no entity in JSON: cut short?", number)
        yield from _flat(row)


def _flat(row: JSON) -> Iterator[JSON]:
    inside: list[JSON] = []
    properties = {name: list(_values(row, name, inside)) for name in row["properties"]}
    yield {**row, "properties": properties}
    for each in inside:
        yield from _flat(each)


def _values(row: JSON, name: str, inside: list[JSON]) -> Iterator[str]:
    """The values of a property as text; an entity among them is put ``inside`` and leaves its id, or
    nothing where it is shown here only because it points here itself."""
    values = row["properties"][name]
    for value in values if isinstance(values, list) else [values]:
        if not isinstance(value, dict):
            yield str(value)
        elif value.get("id") and isinstance(value.get("properties"), dict):
            pointing = forward(str(value.get("schema", "")), name)
            if pointing and pointing not in BACK["Thing"]:
                told = {**value["properties"]}
                told.setdefault(pointing, [row["id"]])
                inside.append({**value, "properties": told})
            else:
                inside.append(value)
                yield str(value["id"])


def _entries(rows: Callable[[], Iterable[JSON]]) -> Iterator[Designation]:
    with Beside() as beside:
        for row in rows():
            beside.add(row)
        for row in rows():
            if row.get("schema") in SCREENED:
                made = _designation(row, beside.of(row["id"]))
                if made:
                    yield made


class Beside:
    """What sanctions and papers say of the entities that they belong to.

    Kept in a database of SQLite without a name: its own cache while it is small, then a file that
    goes with it, so that a list of millions is not in memory.
    """

    def __init__(self) -> None:
        self._told = sqlite3.connect("")
        self._told.execute("CREATE TABLE told (owner TEXT, field TEXT, value TEXT)")
        self._sorted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._told.close()

    def add(self, row: JSON) -> None:
        properties = row["properties"]
        owners = [owner for pointer in _POINTERS for owner in properties.get(pointer, ())]
        for field, names in _ABOUT.get(row.get("schema", ""), {}).items():
            values = [value for name in names for value in properties.get(name, ())]
            found = [(owner, field, value) for owner in owners for value in values]
            self._told.executemany("INSERT INTO told VALUES (?, ?, ?)", found)

    def of(self, owner: str) -> dict[str, list[str | None]]:
        if not self._sorted:
            self._told.execute("CREATE INDEX by_owner ON told (owner)")
            self._sorted = True
        found: dict[str, list[str | None]] = {}
        for field, value in self._told.execute("SELECT field, value FROM told WHERE owner = ?", (owner,)):
            found.setdefault(field, []).append(value)
        return found


def around(file: ListFile) -> Iterator[ListEntity]:
    """Every entity of the file in full, each once, with the properties that others show it under."""
    return map(_in_full, _once(_rows(file)))


def _once(rows: Iterable[JSON]) -> Iterator[JSON]:
    """An address that stands inside two entities is one entity."""
    inside: set[str] = set()
    for row in rows:
        id = str(row["id"])
        if id not in inside:
            if row.get("schema") not in SCREENED:
                inside.add(id)
            yield row


def _in_full(row: JSON) -> ListEntity:
    schema, properties = str(row.get("schema", "")), row["properties"]
    points = ((back(schema, name), value) for name, values in properties.items() for value in values)
    return ListEntity(
        id=str(row["id"]),
        schema=schema,
        caption=str(row.get("caption") or next(iter(properties.get("name", ())), row["id"])),
        properties=properties,
        datasets=tuple(map(str, row.get("datasets") or ())),
        referents=tuple(map(str, row.get("referents") or ())),
        target=bool(row.get("target")),
        points=tuple((shown, value) for shown, value in points if shown),
        **{name: str(row[name]) for name in ("first_seen", "last_seen", "last_change") if row.get(name)},
    )


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
    try:
        return entry(row["id"], row["schema"], told, joined(*properties.get("notes", ()), by=" "))
    except ValueError:
        return None


def changed(before: ListFile, delta: ListFile) -> Iterator[bytes]:
    """The lines of the list ``before`` as they are with the changes of ``delta`` made to them.

    Raises ListError where either is cut short.
    """
    now = dict(changes(delta))
    for number, line in before.lines():
        id = _object(line).get("id")
        if not id:
            raise before.refused("no entity in JSON: cut short?", number)
        if id not in now:
            yield line.rstrip(b"\r\n") + b"\n"
    for entity in filter(None, now.values()):
        yield json.dumps(entity, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def changes(file: ListFile) -> Iterator[tuple[str, JSON | None]]:
    """What a delta leaves: an entity's id, and the entity as it is then, None where it is gone."""
    for number, line in file.lines():
        row = _object(line)
        told = row.get("entity")
        if row.get("op") not in ("ADD", "MOD", "DEL") or not isinstance(told, dict) or not told.get("id"):
            raise file.refused("no change in JSON: cut short?", number)
        yield told["id"], None if row["op"] == "DEL" else told


def read_statements(file: ListFile) -> Iterator[Designation]:
    """The entries of a statements file, whose rows are one value of one property each.

    Rows of an entity stand together in published files; where they do not, they are gathered.
    Raises ListError for a row of another width.
    """
    entities = _stated(file)
    yield from _entries(entities.values)


def around_statements(file: ListFile) -> Iterator[ListEntity]:
    """As `around`, of a statements file."""
    return map(_in_full, _stated(file).values())


def _stated(file: ListFile) -> dict[str, JSON]:
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
    return entities


def _narrower(one: str, other: str) -> str:
    """Of the kinds that statements give an entity, the one that says more."""
    return other if one in ("", "Thing", "LegalEntity", "Asset") else one
