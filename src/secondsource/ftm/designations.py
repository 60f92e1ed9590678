"""Entries of designation lists as FollowTheMoney entities."""

from __future__ import annotations

from collections.abc import Mapping

from secondsource.countries import as_codes
from secondsource.model import JSON, Designation, ListEdition

_BEGUN = {"Person": "birthDate", "Vessel": "buildDate", "Airplane": "buildDate", "Vehicle": "buildDate"}


def designation_id(entry: Designation) -> str:
    """The id of an entry among those of all lists."""
    return f"{entry.list}:{entry.id}"


def designation(entry: Designation, editions: Mapping[str, ListEdition]) -> JSON:
    """The entry as FollowTheMoney writes it; times are those of the list's edition.

    Countries are ISO codes, but for those that no table knows, which stay as the list has them.
    """
    edition = editions.get(entry.list)
    properties = {
        "name": [entry.name],
        "alias": entry.aliases,
        "country": as_codes(entry.countries),
        _BEGUN.get(entry.schema, "incorporationDate"): entry.birth_dates,
        "idNumber" if entry.schema == "Person" else "registrationNumber": entry.identifiers,
        "address": entry.addresses,
        "programId": entry.programmes,
        "topics": entry.topics,
        "notes": [entry.remarks] if entry.remarks else [],
    }
    seen = edition.imported_at[:19] if edition else None
    return {
        "id": designation_id(entry),
        "caption": entry.name,
        "schema": entry.schema,
        "properties": {name: list(values) for name, values in properties.items() if values},
        "datasets": [entry.list],
        "referents": [entry.id],
        "target": True,
        "first_seen": f"{entry.listed}T00:00:00" if entry.listed and len(entry.listed) == 10 else seen,
        "last_seen": seen,
        "last_change": seen,
    }
