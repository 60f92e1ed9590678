"""Mentions and judgements by hand, in as few words as a test needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from secondsource.model import Entity, Excerpt, Judgement, Mention, Place, Side, Span

Case = Mapping[str, Sequence[Mention]]
_moments = count()


def mention(
    text: str, schema: str = "Person", *, cluster: str | None = None, name: str | None = None
) -> Mention:
    """A mention in a cluster of its own, or in the cluster ``cluster`` under the best name ``name``."""
    return Mention(
        Excerpt((Span(0, max(1, len(text))),), text), schema, cluster or f"m-{text}", name or text, "test"
    )


def case(*documents: Sequence[str | Mention]) -> Case:
    """A case of documents, each a list of names of people or of mentions."""
    return {
        f"d{at}": [one if isinstance(one, Mention) else mention(one) for one in names]
        for at, names in enumerate(documents)
    }


def bodies(*names: str, schema: str = "Company") -> list[Mention]:
    return [mention(name, schema) for name in names]


def side(name: str, *documents: str, schema: str = "Person") -> Side:
    """The thing called ``name`` in ``documents``."""
    return Side("e", name, schema, tuple(Place(document, name) for document in documents))


def of_entity(entity: Entity) -> Side:
    places = (Place(part.document, name, part.entity) for part in entity.mentions for name in part.names)
    return Side(entity.id, entity.name, entity.schema, tuple(places))


def judged(left: Side, right: Side | None, decision: str = "positive", **told: str) -> Judgement:
    """A judgement of a person on two sides; the one made last is the newest."""
    moment = next(_moments)
    known = {"kind": "pair", "value": "", "reason": "", "by": "AB", "at": f"2026-01-01T00:00:{moment:06}"}
    return Judgement(id=f"j-{moment:06}", decision=decision, left=left, right=right, **{**known, **told})  # type: ignore[arg-type]


def together(entities: Iterable[Entity]) -> list[set[str]]:
    """The documents and names of each entity, as ``document name``."""
    return [
        {f"{part.document} {name}" for part in entity.mentions for name in part.names} for entity in entities
    ]
