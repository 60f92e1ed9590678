"""The media among the entities of a case: whose reports are read, kept apart from whom they are about."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from secondsource.desk.judging import Judging
from secondsource.model import Entity

KINDS = ("Organization", "Company")
MOST = 100_000
"""So many entities of these kinds are looked through for media, and so many publishers."""


class Medium(NamedTuple):
    """An outlet: its country (ISO 3166-1, lower case), owner, and the wire or group whose copy it shares.

    Those are None where the shipped table does not know it.  ``published`` counts its documents in the
    case, ``in_story`` is True where any claim speaks of it.
    """

    country: str | None
    owner: str | None
    group: str | None
    published: int
    in_story: bool


class Media(Judging):
    """A case whose media are told apart."""

    def media(self) -> dict[str, Medium]:
        """The entities that are media, by id: shipped outlets, and publishers of the case that are called as
        outlets are.  One that no claim speaks of is a source only, and no part of the story."""
        return self.store().finding.kept("media", self._media)

    def _media(self) -> dict[str, Medium]:
        from secondsource.derivation.outlets import canonical, looks_like_outlet, publisher_names

        finding = self.store().finding
        published: Counter[str] = Counter()
        for publisher, count in finding.publishers(MOST):
            if looks_like_outlet(publisher):
                for key in {canonical(name) for name in publisher_names(publisher) if name}:
                    published[key] += count
        found: dict[str, Medium] = {}
        for entity, _ in finding.of_schemata(KINDS, MOST):
            own = max((published[key] for key in map(canonical, entity.names)), default=0)
            if own or _shipped(entity):
                found[entity.id] = _medium(entity, own)
        spoken = finding.spoken_of(found)
        return {id: one._replace(in_story=id in spoken) for id, one in found.items()}


def _shipped(entity: Entity) -> bool:
    from secondsource.gazetteers import outlet

    return outlet(entity.name) is not None


def _medium(entity: Entity, published: int) -> Medium:
    from secondsource.gazetteers import outlet

    known = next(filter(None, map(outlet, entity.names)), None)
    if known is None:
        return Medium(None, None, None, published, False)
    return Medium(known.country, known.owner, known.group, published, False)
