"""A value of one property of one entity with where it is from, and statements put together as entities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from secondsource.model import JSON

DATASET = "secondsource"
"""What everything that a case exports is a part of; an importer names it as it likes."""

COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
"""Of FollowTheMoney's statements as CSV, in its order."""

TYPES = {
    "name": "name", "alias": "name", "weakAlias": "name", "country": "country", "notes": "text",
    "sourceUrl": "url", "proof": "entity", "document": "entity", "entity": "entity", "resolved": "entity",
    "publishedAt": "date", "retrievedAt": "date", "mimeType": "mimetype", "fileSize": "number",
    "latitude": "number", "longitude": "number", "full": "address", "processingError": "text",
}  # fmt: skip
"""The types of the properties that are written; the others are strings."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One value: of which thing (``canonical``) and part of it (``entity``), by what (``origin``).

    ``origin`` is the path of a document, the id of a judgement, or the part of this program that adds the
    value.  ``seen`` is when its document was first taken in, ISO 8601.
    """

    canonical: str
    entity: str
    schema: str
    prop: str
    value: str
    origin: str
    seen: str = ""

    @property
    def id(self) -> str:
        """The id that FollowTheMoney gives a statement: the SHA-1 of what makes it one."""
        return hashlib.sha1(f"{DATASET}.{self.entity}.{self.prop}.{self.value}".encode()).hexdigest()

    def row(self) -> tuple[str, ...]:
        """The statement under `COLUMNS`."""
        kind = TYPES.get(self.prop, "string")
        return (
            self.canonical, self.entity, self.prop, kind, self.schema, self.value, DATASET, self.origin, "",
            "", "f", self.seen, self.seen, self.id,
        )  # fmt: skip


def put_together(statements: Iterable[Statement], caption: str, referents: Iterable[str] = ()) -> JSON:
    """The entity that statements of one thing make, as a line of entities has it."""
    held = list(statements)
    seen = sorted(one.seen for one in held if one.seen)
    properties: dict[str, list[str]] = {}
    for one in held:
        values = properties.setdefault(one.prop, [])
        if one.value not in values:
            values.append(one.value)
    return {
        "id": held[0].canonical,
        "caption": caption,
        "schema": held[0].schema,
        "properties": properties,
        "referents": list(referents),
        "datasets": [DATASET],
        "target": False,
        **({"first_seen": seen[0], "last_seen": seen[-1]} if seen else {}),
    }


def by_thing(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Statements as they come, those of one thing together."""
    return (list(held) for _, held in groupby(statements, key=lambda one: one.canonical))
