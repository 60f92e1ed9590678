"""The Advanced Sanctions List Standard (``sdn_advanced.xml``, ``cons_advanced.xml``) of OFAC.

After the sanctions data model of the United Nations: values are numbers that a table at the
head of the file explains; parties have profiles, profiles have identities with names in
parts; entries with their day and programmes stand at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from secondsource.lists.entry import entry, joined
from secondsource.lists.file import ListFile
from secondsource.lists.xml import Node, below, name, nodes, root, text, texts
from secondsource.model import Designation

LAYOUT = "OFAC Advanced XML"
AUTHORITY = "US Treasury, Office of Foreign Assets Control"
RHYTHM = 7
_SCHEMAS = {"Individual": "Person", "Entity": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}
_LAST = "Last Name"


class Told(NamedTuple):
    """What is said of parties outside of them."""

    values: dict[tuple[str, str], str]
    kinds: dict[str, str]
    entries: dict[str, dict[str, list[str | None]]]
    documents: dict[str, list[str | None]]


def recognises(file: ListFile) -> bool:
    found = root(file)
    return found is not None and name(found) == "Sanctions"


def published(file: ListFile) -> str | None:
    for node in nodes(file, "DateOfIssue"):
        return _date(node)
    return None


def read(file: ListFile) -> Iterator[Designation]:
    """The entries.  Raises ListError for a file cut short and for a party without name or kind."""
    told = _told(file)
    for node in nodes(file, "DistinctParty"):
        for profile in below(node, "Profile"):
            schema = told.kinds.get(profile.get("PartySubTypeID", ""))
            if schema is None:
                raise file.refused(f"party {profile.get('ID')} is of no kind that is known")
            try:
                yield _entry(node, profile, schema, told)
            except ValueError as error:
                raise file.refused(str(error)) from error


def _told(file: ListFile) -> Told:
    told = Told({}, {}, defaultdict(lambda: defaultdict(list)), defaultdict(list))
    party_types: dict[str, str] = {}
    tags = ("NamePartType", "PartyType", "PartySubType", "FeatureType", "SanctionsEntry", "IDRegDocument")
    for node in nodes(file, *tags):
        kind = name(node)
        if kind == "SanctionsEntry":
            _sanctions(node, told.entries[node.get("ProfileID", "")])
        elif kind == "IDRegDocument":
            told.documents[node.get("IdentityID", "")] += texts(node, "IDRegistrationNo")
        elif kind == "PartyType":
            party_types[node.get("ID", "")] = node.text or ""
        elif kind == "PartySubType":
            words = node.text or ""
            known = _SCHEMAS.get(words) or _SCHEMAS.get(party_types.get(node.get("PartyTypeID", ""), ""))
            if known:
                told.kinds[node.get("ID", "")] = known
        else:
            told.values[kind, node.get("ID", "")] = node.text or ""
    return told


def _sanctions(node: Node, told: dict[str, list[str | None]]) -> None:
    told["listed"] += [_date(date) for date in below(node, "EntryEvent", "Date")]
    told["programmes"] += texts(node, "SanctionsMeasure", "Comment")


def _entry(party: Node, profile: Node, schema: str, told: Told) -> Designation:
    identities = list(below(profile, "Identity"))
    born = {
        key for (kind, key), words in told.values.items() if kind == "FeatureType" and words == "Birthdate"
    }
    dates = (each for each in below(profile, "Feature") if each.get("FeatureTypeID") in born)
    values = {
        "names": [found for identity in identities for found in _names(identity, told)],
        "birth_dates": [
            _date(start)
            for each in dates
            for start in below(each, "FeatureVersion", "DatePeriod", "Start", "From")
        ],
        "identifiers": [
            number for identity in identities for number in told.documents[identity.get("ID", "")]
        ],
        **told.entries[profile.get("ID", "")],
    }
    return entry(party.get("FixedRef") or profile.get("ID", ""), schema, values, text(party, "Comment"))


def _names(identity: Node, told: Told) -> Iterator[str | None]:
    """The names of an identity, the primary one first."""
    groups = {
        part.get("ID"): told.values.get(("NamePartType", part.get("NamePartTypeID", "")), "")
        for part in below(identity, "NamePartGroups", "MasterNamePartGroup", "NamePartGroup")
    }
    aliases = sorted(below(identity, "Alias"), key=lambda alias: alias.get("Primary") != "true")
    for alias in aliases:
        for documented in below(alias, "DocumentedName"):
            parts = [
                (groups.get(value.get("NamePartGroupID")), (value.text or "").strip())
                for value in below(documented, "DocumentedNamePart", "NamePartValue")
            ]
            family = joined(*(words for kind, words in parts if kind == _LAST))
            others = joined(*(words for kind, words in parts if kind != _LAST))
            yield joined(family, others, by=", ")


def _date(node: Node) -> str | None:
    parts = (text(node, "Year"), text(node, "Month"), text(node, "Day"))
    return "-".join(f"{int(part):02}" for part in parts if part and part.isdigit()) or None
