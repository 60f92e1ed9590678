"""The consolidated list of EU financial sanctions: the XML and the CSV of the Commission's financial
sanctions files, and the annexes of its acts as one CSV an act.

``designationDate`` is the day of listing, a regulation's ``entryIntoForceDate`` the start of
its measures.  In the CSV an entity has a row for each of its names, addresses and papers.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping

from secondsource.lists.entry import entry, joined
from secondsource.lists.file import ListFile
from secondsource.lists.repeated import merged
from secondsource.lists.table import rows, values
from secondsource.lists.xml import Node, below, name, nodes, root
from secondsource.model import Designation
from secondsource.text import content_id

LAYOUT = "EU financial sanctions (XML)"
CSV_LAYOUT = "EU financial sanctions (CSV)"
ACT_LAYOUT = "EU act with its annexes (CSV)"
AUTHORITY = "Council of the European Union"
RHYTHM = 7
_NAMESPACE = "eu.europa.ec/fpi/fsd/export"
_ACT = {"celex", "recordId", "programKey", "schema", "name"}
_ACT_FIELDS = {
    "names": ("name", "alias", "weakAlias", "previousName"),
    "programmes": ("programKey",),
    "countries": ("country", "nationality", "jurisdiction", "flag"),
    "birth_dates": ("birthDate",),
    "identifiers": (
        "passportNumber", "registrationNumber", "taxNumber", "idNumber", "innCode", "ogrnCode", "leiCode",
        "swiftBic", "imoNumber", "mmsi",
    ),
    "addresses": ("address",),
    "started": ("startDate",),
}  # fmt: skip
_TOPICS = {"Export control": "export.control"}
"""Measures that FollowTheMoney has a word of its own for; the rest are the `sanction` of the act."""

_CSV_FIELDS = {
    "names": ("NameAlias_WholeName",),
    "programmes": ("Entity_Regulation_Programme",),
    "countries": ("Citizenship_CountryDescription", "Address_CountryDescription"),
    "birth_dates": ("BirthDate_BirthDate", "BirthDate_Year"),
    "identifiers": ("Identification_Number",),
    "listed": ("Entity_DesignationDate",),
    "started": ("Entity_Regulation_EntryIntoForceDate",),
}


def recognises(file: ListFile) -> bool:
    found = root(file)
    return found is not None and name(found) == "export" and _NAMESPACE in found.tag


def recognises_csv(file: ListFile) -> bool:
    return "Entity_LogicalId" in _first(file, ";")


def recognises_act(file: ListFile) -> bool:
    return _ACT - {"celex"} <= set(_first(file, ","))


def _first(file: ListFile, delimiter: str) -> list[str]:
    head = file.head.decode("utf-8-sig", "replace").partition("\n")[0]
    return next(csv.reader([head.strip()], delimiter=delimiter), [])


def published(file: ListFile) -> str | None:
    found = root(file)
    return None if found is None else found.get("generationDate", "")[:10] or None


def read(file: ListFile) -> Iterator[Designation]:
    """The entries of the XML.  Raises ListError for a file cut short and an entry without id or name."""
    for node in nodes(file, "sanctionEntity"):
        kinds = [each.get("code", "") for each in below(node, "subjectType")]
        told = {
            "names": [each.get("wholeName") for each in below(node, "nameAlias")],
            "programmes": [each.get("programme") for each in below(node, "regulation")],
            "countries": _attributes(node, "countryDescription", "citizenship", "address"),
            "birth_dates": [each.get("birthdate") or each.get("year") for each in below(node, "birthdate")],
            "identifiers": [each.get("number") for each in below(node, "identification")],
            "addresses": [_address(each) for each in below(node, "address")],
            "listed": [node.get("designationDate")],
            "started": [each.get("entryIntoForceDate") for each in below(node, "regulation")],
        }
        yield _made(file, node.get("euReferenceNumber") or node.get("logicalId") or "", kinds, told, node)


def _made(
    file: ListFile, id: str, kinds: list[str], told: Mapping[str, list[str | None]], node: Node
) -> Designation:
    remark = joined(*(each.text for each in below(node, "remark")), by="; ")
    try:
        return entry(id, "Person" if "person" in kinds else "Organization", told, remark)
    except ValueError as error:
        raise file.refused(str(error)) from error


def _attributes(node: Node, attribute: str, *tags: str) -> list[str | None]:
    found = (each.get(attribute) for tag in tags for each in below(node, tag))
    return [value for value in found if value != "UNKNOWN"]


def _address(node: Node) -> str | None:
    return joined(*(node.get(part) for part in ("street", "zipCode", "city", "countryDescription")), by=", ")


def read_csv(file: ListFile) -> Iterator[Designation]:
    """The entries of the CSV, the rows of one entity taken together."""
    table = csv.DictReader(file.text.splitlines(), delimiter=";")
    grouped: dict[str, list[Mapping[str, str | None]]] = defaultdict(list)
    for row in table:
        if None in row or None in row.values():
            raise file.refused("a row of another width: changed, or cut short", table.line_num)
        grouped[row.get("Entity_EU_ReferenceNumber") or row["Entity_LogicalId"] or ""].append(row)
    for id, group in grouped.items():
        told = {
            field: [row.get(name) for row in group for name in columns]
            for field, columns in _CSV_FIELDS.items()
        }
        kind = {(row.get("Entity_SubjectType") or "").casefold() for row in group}
        try:
            yield entry(
                id,
                "Person" if kind & {"p", "person"} else "Organization",
                told,
                group[0].get("Entity_Remark"),
            )
        except ValueError as error:
            raise file.refused(str(error)) from error


def read_act(file: ListFile) -> Iterator[Designation]:
    """The entries of one act's annexes, or of an act that amends another.

    What an annex does not number is known by its name there; what it gives in several rows, one for each
    measure, is one entry.
    """
    grouped: dict[str, Designation] = {}
    for one in _rows_of_act(file):
        grouped[one.id] = merged(grouped[one.id], one) if one.id in grouped else one
    yield from grouped.values()


def _rows_of_act(file: ListFile) -> Iterator[Designation]:
    table = rows(file.text, file.name)
    columns = next(table)[1]
    for line, cells in table:
        if len(cells) != len(columns):
            raise file.refused(f"{len(cells)} columns instead of {len(columns)}: cut short?", line)
        row = dict(zip(columns, cells, strict=True))
        told: dict[str, list[str | None]] = {
            field: [value for name in names for value in values(row.get(name, ""))]
            for field, names in _ACT_FIELDS.items()
        }
        measure = row.get("measure") or ""
        told["topics"] = [_TOPICS.get(measure, "sanction")] if measure else []
        act = row.get("celex") or row.get("amendedCelex") or ""
        number = row["recordId"] or content_id("name", row["schema"], row["name"])
        remarks = joined(measure, row["reason"], by=": ")
        try:
            yield entry(f"{act}-{row['annex']}-{number}", row["schema"] or "LegalEntity", told, remarks)
        except ValueError as error:
            raise file.refused(str(error), line) from error
