"""The lists of the US Treasury's Office of Foreign Assets Control as XML: ``sdn.xml``, ``consolidated.xml``.

Publication dates are written month first.  The layout has no day of listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondsource.lists.entry import entry, joined
from secondsource.lists.file import ListFile
from secondsource.lists.xml import Node, below, name, nodes, root, text, texts
from secondsource.model import Designation

LAYOUT = "OFAC SDN (XML)"
AUTHORITY = "US Treasury, Office of Foreign Assets Control"
RHYTHM = 7
SCHEMAS = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
_DATE = re.compile(rb"<Publish_Date>\s*(\d\d)/(\d\d)/(\d{4})")


def recognises(file: ListFile) -> bool:
    found = root(file)
    return found is not None and name(found) == "sdnList"


def published(file: ListFile) -> str | None:
    found = _DATE.search(file.head)
    return "{2}-{0}-{1}".format(*(part.decode() for part in found.groups())) if found else None


def read(file: ListFile) -> Iterator[Designation]:
    """The entries.  Raises ListError for a file cut short, an unknown kind, an entry without name."""
    for node in nodes(file, "sdnEntry"):
        kind = (text(node, "sdnType") or "").casefold()
        if kind not in SCHEMAS:
            raise file.refused(f"unknown type {kind[:30]!r}; known are {', '.join(SCHEMAS)}")
        try:
            yield entry(text(node, "uid") or "", SCHEMAS[kind], _told(node), _remarks(node))
        except ValueError as error:
            raise file.refused(str(error)) from error


def _told(node: Node) -> dict[str, list[str | None]]:
    return {
        "names": [_name(node), *map(_name, below(node, "akaList", "aka"))],
        "programmes": [*texts(node, "programList", "program")],
        "countries": [
            *texts(node, "nationalityList", "nationality", "country"),
            *texts(node, "citizenshipList", "citizenship", "country"),
            *texts(node, "addressList", "address", "country"),
        ],
        "birth_dates": [*texts(node, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth")],
        "identifiers": [*texts(node, "idList", "id", "idNumber"), text(node, "vesselInfo", "callSign")],
        "addresses": [_address(each) for each in below(node, "addressList", "address")],
    }


def _name(node: Node) -> str | None:
    return joined(text(node, "lastName"), text(node, "firstName"), by=", ")


def _address(node: Node) -> str | None:
    parts = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
    return joined(*(text(node, part) for part in parts), by=", ")


def _remarks(node: Node) -> str | None:
    return joined(text(node, "title"), text(node, "remarks"), by="; ")
