"""The consolidated list of the United Nations Security Council, in its XML.

Individuals and entities, names in parts and in their original script, aliases of good and low
quality, documents.  ``LISTED_ON`` is the day of listing.
"""

from __future__ import annotations

from collections.abc import Iterator

from secondsource.lists.entry import entry, joined
from secondsource.lists.file import ListFile
from secondsource.lists.xml import Node, below, name, nodes, root, text, texts
from secondsource.model import Designation

LAYOUT = "UN consolidated list (XML)"
AUTHORITY = "United Nations Security Council"
RHYTHM = 30
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def recognises(file: ListFile) -> bool:
    found = root(file)
    return found is not None and name(found) == "CONSOLIDATED_LIST"


def published(file: ListFile) -> str | None:
    found = root(file)
    return None if found is None else found.get("dateGenerated", "")[:10] or None


def read(file: ListFile) -> Iterator[Designation]:
    """The entries.  Raises ListError for a file cut short and an entry without id or name."""
    for node in nodes(file, "INDIVIDUAL", "ENTITY"):
        kind, id = name(node), text(node, "REFERENCE_NUMBER") or text(node, "DATAID")
        try:
            yield entry(
                id or "",
                "Person" if kind == "INDIVIDUAL" else "Organization",
                _told(node, kind),
                _remarks(node),
            )
        except ValueError as error:
            raise file.refused(str(error)) from error


def _told(node: Node, kind: str) -> dict[str, list[str | None]]:
    main = joined(*(text(node, part) for part in _PARTS))
    aliases = [*texts(node, f"{kind}_ALIAS", "ALIAS_NAME")]
    born = below(node, f"{kind}_DATE_OF_BIRTH")
    return {
        "names": [main, text(node, "NAME_ORIGINAL_SCRIPT"), *aliases],
        "programmes": [text(node, "UN_LIST_TYPE")],
        "countries": [*texts(node, "NATIONALITY", "VALUE"), *texts(node, f"{kind}_ADDRESS", "COUNTRY")],
        "birth_dates": [text(date, "DATE") or text(date, "YEAR") or text(date, "FROM_YEAR") for date in born],
        "identifiers": [*texts(node, f"{kind}_DOCUMENT", "NUMBER")],
        "addresses": [_address(each) for each in below(node, f"{kind}_ADDRESS")],
        "listed": [text(node, "LISTED_ON")],
    }


def _address(node: Node) -> str | None:
    return joined(*(text(node, part) for part in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")), by=", ")


def _remarks(node: Node) -> str | None:
    return joined(*texts(node, "DESIGNATION", "VALUE"), text(node, "COMMENTS1"), by="; ")
