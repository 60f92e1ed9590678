"""Entities of a case as others read them: the contract's objects, and FollowTheMoney's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from secondsource.desk.media import Media
from secondsource.model import JSON, Mention

if TYPE_CHECKING:
    from secondsource.ftm import Exported, Statement


class Handing(Media):
    """A case whose entities are handed on."""

    def names_of(self, document: str) -> list[Mention]:
        """Every name in a document, in reading order."""
        return self.store().judgements.mentions([document])[document]

    def entities_json(self) -> Iterator[JSON]:
        """Every entity as the contract's object, with its mentions and judgements."""
        from secondsource.contract import Named, entity_to_json

        store = self.store()
        mentions: dict[tuple[str, str], list[Mention]] = {}
        for document, held in store.mentions().items():
            for mention in held:
                mentions.setdefault((document, mention.entity), []).append(mention)
        case = Named(
            store.paths(),
            mentions,
            {one.id: one for one in self.judgements()},
            {one.judgement: one for one in self.conflicts()},
            {id: one._asdict() for id, one in self.media().items()},
        )
        return (entity_to_json(entity, case) for entity in store.entities())

    def entities_ftm(self) -> Iterator[JSON]:
        """Every entity, document and mention as an entity of FollowTheMoney."""
        from secondsource.ftm import entities

        return entities(self._exported())

    def statements_ftm(self) -> Iterator[Statement]:
        """The same as statements: each value with the document, judgement or table that it is from."""
        from secondsource.ftm import statements

        return statements(self._exported())

    def _exported(self) -> Exported:
        from secondsource.ftm import Exported

        store = self.store()
        return Exported(
            store.entities(),
            {one.id: one for one in store.documents()},
            {(at, one.entity): one.schema for at, held in store.mentions().items() for one in held},
            {one.id: one for one in self.judgements()},
        )
