"""The UK sanctions list (XML and CSV, Foreign Office) and the consolidated list of targets (XML and CSV,
Treasury).  Both give a row or element to each name of an entry, and both have its days.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from secondsource.days import day
from secondsource.lists.entry import entry, joined
from secondsource.lists.file import ListFile
from secondsource.lists.xml import Node, below, name, nodes, root, text, texts
from secondsource.model import Designation

LAYOUT = "UK sanctions list (XML)"
TARGETS_LAYOUT = "UK consolidated list of targets (XML)"
CSV_LAYOUT = "UK list (CSV)"
AUTHORITY = "UK Government"
RHYTHM = 7
_SCHEMAS = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
_NUMBERED = [f"Name{number}" for number in (1, 2, 3, 4, 5)]
_DATE = re.compile(rb"(?:<DateGenerated>|Last Updated,|Report Date: ?)\s*\"?([^<\r\n,\"]+)")
_COLUMN_OF = {
    "GroupID": "Group ID",
    "RegimeName": "Regime",
    "DateListed": "Listed On",
    "NameNonLatinScript": "Name Non-Latin Script",
    "NonLatinScript": "Name Non-Latin Script",
    "GroupTypeDescription": "Group Type",
    "Individual_DateOfBirth": "DOB",
    "Individual_Nationality": "Nationality",
}
_CSV_FIELDS = {
    "programmes": ("Regime", "Regime Name"),
    "countries": (
        "Country",
        "Nationality",
        "Nationality(/ies)",
        "Country of birth",
        "Town of birth country",
        "Address Country",
    ),
    "birth_dates": ("DOB", "D.O.B"),
    "identifiers": (
        "Passport Number",
        "National Identification Number",
        "National Identifier number",
        "IMO number",
    ),
    "listed": ("Listed On", "UK Sanctions List Date Designated", "Date Designated"),
}


def recognises(file: ListFile) -> bool:
    found = root(file)
    return found is not None and name(found) == "Designations"


def recognises_targets(file: ListFile) -> bool:
    found = root(file)
    return found is not None and name(found) == "ArrayOfFinancialSanctionsTarget"


def recognises_csv(file: ListFile) -> bool:
    head = file.head.decode("utf-8-sig", "replace").splitlines()[:2]
    return any("Name 6" in line and ("Group ID" in line or "Unique ID" in line) for line in head)


def published(file: ListFile) -> str | None:
    found = _DATE.search(file.head)
    return day(found[1].decode("ascii", "replace").replace("-", " ")) if found else None


def read(file: ListFile) -> Iterator[Designation]:
    """The entries of the UK sanctions list.  Raises ListError for a file cut short, an entry without name."""
    for node in nodes(file, "Designation"):
        told: dict[str, list[str | None]] = {
            "names": [_name(each) for each in _primary_first(node)]
            + [*texts(node, "NonLatinNames", "NonLatinName", "NameNonLatinScript")],
            "programmes": [text(node, "RegimeName")],
            "countries": [
                *texts(node, "IndividualDetails", "Individual", "Nationalities", "Nationality"),
                *texts(node, "Addresses", "Address", "AddressCountry"),
            ],
            "birth_dates": [*texts(node, "IndividualDetails", "Individual", "DOBs", "DOB")],
            "identifiers": [found.strip() for found in _numbers(node)],
            "addresses": [
                joined(*(part.text for part in each), by=", ") for each in below(node, "Addresses", "Address")
            ],
            "listed": [text(node, "DateDesignated")],
        }
        kind = (text(node, "IndividualEntityShip") or "entity").casefold()
        yield _made(file, text(node, "UniqueID") or "", kind, told, text(node, "OtherInformation"))


def _primary_first(node: Node) -> list[Node]:
    return sorted(below(node, "Names", "Name"), key=lambda each: text(each, "NameType") != "Primary Name")


def _name(node: Node) -> str | None:
    return joined(*(text(node, part) for part in (*_NUMBERED, "Name6")))


def _numbers(node: Node) -> Iterator[str]:
    for tag in ("PassportNumber", "NationalIdentifierNumber", "IMONumber"):
        for found in node.iter(f"{{*}}{tag}"):
            if found.text:
                yield found.text


def read_targets(file: ListFile) -> Iterator[Designation]:
    """The entries of the consolidated list: one element for each name of a group."""
    grouped: dict[str, list[Mapping[str, str | None]]] = defaultdict(list)
    for node in nodes(file, "FinancialSanctionsTarget"):
        row = {_spaced(name(each)): each.text for each in node}
        grouped[row.get("Group ID") or ""].append(row)
    yield from _of_groups(file, grouped)


def _spaced(tag: str) -> str:
    """The column of the CSV that an element is: “Group ID” of GroupID, “Name 6” of name6."""
    numbered = re.fullmatch(r"[Nn]ame(\d)", tag)
    return f"Name {numbered[1]}" if numbered else _COLUMN_OF.get(tag, tag)


def read_csv(file: ListFile) -> Iterator[Designation]:
    """The entries of either list's CSV, whose second line has the column names."""
    lines = file.text.splitlines(keepends=True)
    if "Name 6" not in lines[0]:
        lines = lines[1:]
    table = csv.DictReader(lines)
    grouped: dict[str, list[Mapping[str, str | None]]] = defaultdict(list)
    for row in table:
        if None in row or None in row.values():
            raise file.refused("a row of another width: changed, or cut short", table.line_num + 1)
        grouped[row.get("Unique ID") or row.get("Group ID") or ""].append(row)
    yield from _of_groups(file, grouped)


def _of_groups(
    file: ListFile, grouped: Mapping[str, list[Mapping[str, str | None]]]
) -> Iterator[Designation]:
    for id, group in grouped.items():
        told = {
            field: [row.get(name) for row in group for name in names] for field, names in _CSV_FIELDS.items()
        }
        primary = sorted(
            group,
            key=lambda row: "primary" not in (row.get("Name type") or row.get("Alias Type") or "").casefold(),
        )
        told["names"] = [_row_name(row) for row in primary]
        told["names"] += [
            row.get("Name Non-Latin Script") or row.get("Name non-latin script") for row in group
        ]
        told["addresses"] = [
            joined(*(row.get(f"Address {n}") or row.get(f"Address Line {n}") for n in range(1, 7)), by=", ")
            for row in group
        ]
        first = group[0]
        kind = (
            first.get("Group Type")
            or first.get("Individual, Entity, Ship")
            or first.get("Designation Type")
            or "entity"
        ).casefold()
        yield _made(file, id, kind, told, first.get("Other Information"))


def _row_name(row: Mapping[str, str | None]) -> str | None:
    return joined(*(row.get(f"Name {number}") for number in (1, 2, 3, 4, 5, 6)))


def _made(
    file: ListFile, id: str, kind: str, told: Mapping[str, list[str | None]], remarks: str | None
) -> Designation:
    if kind not in _SCHEMAS:
        raise file.refused(f"unknown type {kind[:30]!r}; known are {', '.join(_SCHEMAS)}")
    try:
        return entry(id, _SCHEMAS[kind], told, remarks)
    except ValueError as error:
        raise file.refused(str(error)) from error
