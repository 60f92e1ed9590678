"""One case and everything that is done with it, in the order it is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from secondsource.desk.amending import ClaimJudgements
from secondsource.desk.assessing import Assessing
from secondsource.desk.chains import Chains
from secondsource.desk.custody import Custody
from secondsource.desk.files import Files
from secondsource.desk.goods import GoodsDesk
from secondsource.desk.handing import Handing
from secondsource.desk.mentioned import Mentioned
from secondsource.errors import NotFound
from secondsource.model import (
    Claim,
    Document,
    Entity,
    Progress,
    Question,
    ReadStatus,
    Screening,
)
from secondsource.text import words

# The verbs load parsers and a language model's library.  A desk that is only asked for
# what it already knows must not wait for them, so each method brings its own.
if TYPE_CHECKING:
    from secondsource.corroborate import Corroborator
    from secondsource.ingest import IngestReport

Noun = TypeVar("Noun")
Watch = Callable[[Progress], None]


class Desk(Files, Mentioned, Chains, Custody, Assessing, ClaimJudgements, Handing):
    """A case on disk, opened on first use, with one method for each thing a user does.

    ``path`` is the folder of the case.  `ingest` and `add_list` make it where there is
    none; the others raise CaseError then.  Any method may raise NewerCase, where the case
    was made by a newer version, and leaves it untouched.
    """

    @cached_property
    def goods(self) -> GoodsDesk:
        """Goods: figures against control clauses, and tables of trade."""
        return GoodsDesk(self, self.screener, self.derive)

    @cached_property
    def _corroborator(self) -> Corroborator:
        """The questions as they were last derived, for what comes next to be followed from there."""
        from secondsource.corroborate import Corroborator

        return Corroborator(self.config.jobs)

    # Into the case

    def ingest(
        self,
        paths: Iterable[str | Path] = (),
        *,
        only: Literal["read"] | None = None,
        retry: bool = False,
        allow_private: bool = False,
        progress: Watch | None = None,
    ) -> IngestReport:
        """Take files and folders in and carry them through to questions; an address is fetched.

        ``only="read"`` stops after reading; ``retry`` reads again what failed before.  With
        no paths, what is in the case already is carried on with.  ``allow_private`` lets addresses
        of this machine or a private network be fetched.
        """
        from secondsource.ingest import ingest, is_address, missing

        paths = list(paths)
        there = (is_address(path) or os.path.exists(path) for path in paths)
        if not self.exists and paths and not any(there):
            return missing(paths)  # a slip of the pen makes no case
        store = self.store(create=bool(paths))
        with self.watched(progress) as tell:
            report = ingest(
                store, paths, retry=retry, progress=tell, config=self.config, allow_private=allow_private
            )
            return report if only else replace(report, refused=self.derive(progress=tell))

    def take_in(self, progress: Watch | None = None, *, retry: bool = False) -> None:
        """Take in what waits, and carry all of the case through to questions.

        With ``retry``, what failed before is read again first.
        """
        from secondsource.ingest import ingest

        with self.watched(progress) as tell:
            if retry:
                ingest(self.store(), retry=True, progress=tell, config=self.config)
            while waiting := list(self.waiting()):
                self.take(waiting, tell)
            self.derive(progress=tell)
        self.work_is_done()

    def derive(self, *, progress: Watch | None = None) -> tuple[str, ...]:
        """Claims of what was read, then entities, then questions, from all that the case holds.

        Returns a sentence for each document that the extractor refused.
        """
        from secondsource.extract import extract

        with self.watched(progress) as tell:
            report = extract(
                self.store(),
                self._extractor,
                listed=self.listed if self.lists() else None,
                jobs=self.config.jobs,
                progress=tell,
            )
            self.obey()
            self._count(tell)
        return report.problems

    def framed(self, document: Document, claim: Claim) -> Claim:
        """A claim by hand with who does what to whom in its words, by which it bears on questions."""
        frame = self._extractor.frame(
            document.text, claim.content.spans[0], blocks=document.reading.blocks, names=claim.mentions
        )
        return replace(claim, frame=frame) if frame else claim

    def recount(self, *, progress: Watch | None = None) -> None:
        """Entities and questions, from the claims and judgements that the case holds."""
        with self.watched(progress) as tell:
            self._count(tell)

    def _count(self, tell: Watch) -> None:
        store = self.store()
        tell(Progress("resolve", 0, 1))
        entities = self.resolver().entities
        tell(Progress("corroborate", 0, 1))
        questions = self._corroborator.questions(
            store.documents("read", held=True), self._told(), entities, self.decisions()
        )
        store.replace_findings(entities, questions)
        self.record(questions)
        if self.unassessed():  # what was decided changed nothing; say that it was weighed
            store.ledger.append("assessment", store.finding.last_payload("assessment"))
        tell(Progress("corroborate", 1, 1))

    def unassessed(self) -> int:
        """How many decisions on claims and entities were taken since questions were last derived."""
        return super().unassessed() + self.uncounted()

    def remove(self, document: str, *, reason: str = "taken out") -> None:
        """Take a document out, and its influence with it, as if it had never been in; its bytes stay.

        The ledger keeps that it was there.  Raises NotFound.
        """
        self.document(document)
        self.store().remove_document(document, reason)
        self.derive()

    # What is claimed

    def questions(self, query: str | None = None, *, as_of: str | None = None) -> list[Question]:
        """What is claimed; with a ``query``, the questions that hold all of its words.

        The words may stand in the question, in its positions, or in the name of a source
        or an entity.  ``as_of`` is a date or time: see `questions_as_of`.
        """
        asked = self.store().questions() if as_of is None else self.questions_as_of(as_of)
        if not query:
            return asked
        names = {entity.id: " ".join(entity.names) for entity in self.entities()}
        return [question for question in asked if _holds(question, names, set(words(query)))]

    def show(self, id: str) -> Document | Claim | Entity | Question:
        """The one thing with that id; the first characters of it do where no other has them.

        A document may be named by its path as well.  Raises NotFound.
        """
        store = self.store()
        ids = store.ids(id) or [known for known, path in store.paths().items() if path == id]
        exact = [known for known in ids if known == id] or ids
        if len(exact) != 1:
            others = f": {len(ids)} things have an id that begins so" if ids else ""
            raise NotFound(f"{id}: nothing in this case has that id{others}")
        found = (get(exact[0]) for get in (store.document, store.claim, store.entity, store.question))
        return next(noun for noun in found if noun)

    def documents(self, status: ReadStatus | None = None) -> list[Document]:
        """The documents by path, those of one status where it is given."""
        return self.store().documents(status)

    def document(self, id: str) -> Document:
        """Raises NotFound, as do `claim`, `entity` and `question`."""
        return _found("document", id, self.store().document(id))

    def claims(self, document: str | None = None) -> list[Claim]:
        """The claims in reading order; those of one document where its id is given."""
        return self.store().claims(document)

    def claim(self, id: str) -> Claim:
        return _found("claim", id, self.store().claim(id))

    def claims_about(self, entity: str) -> list[Claim]:
        """The claims that name the entity in what they say."""
        return self.store().claims_with(entity, "content")

    def claims_by(self, entity: str) -> list[Claim]:
        """The claims that name the entity as their source."""
        return self.store().claims_with(entity, "source")

    def entities(self) -> list[Entity]:
        return self.store().entities()

    def entity(self, id: str) -> Entity:
        """One entity; the id of a part of one leads to the entity that has it now.  Raises NotFound."""
        return _found("entity", id, self.store().entity(id) or self.entity_having(id))

    def question(self, id: str) -> Question:
        return _found("question", id, self.store().question(id))

    def paths(self) -> dict[str, str]:
        """The path of every document, by its id."""
        return self.store().paths()

    def counts(self) -> dict[str, int]:
        """How many documents, claims, entities and questions there are."""
        return self.store().counts()

    # Out of the case

    def dossier(
        self, query: str | None = None, *, format: str = "html", of: Iterable[Question] | None = None
    ) -> str:
        """The questions that `questions` gives for ``query`` as one file: html, md or json.

        Where questions are given by ``of``, it holds these, and ``query`` only says what they were
        chosen by.  Raises CaseError where a quotation no longer stands in its document.
        """
        from secondsource.dossier import Contents, render
        from secondsource.store import now

        store, questions = self.store(), list(self.questions(query) if of is None else of)
        asked = {id for question in questions for id in question.entities}
        entities = [entity for entity in store.entities() if entity.id in asked]
        contents = Contents(
            self.name,
            now(),
            tuple(questions),
            tuple(store.claims()),
            tuple(store.documents()),
            tuple(entities),
            _of_entities(entities, store.screenings()),
            query,
            self.goods.items_json(),
        )
        return render(contents, format)


def _of_entities(entities: Iterable[Entity], screenings: Iterable[Screening]) -> tuple[Screening, ...]:
    """The last screening of each name of the entities."""
    names = {name.casefold() for entity in entities for name in (entity.name, *entity.names)}
    last = {one.query.casefold(): one for one in screenings if one.query.casefold() in names}
    return tuple(last.values())


def _found(kind: str, id: str, noun: Noun | None) -> Noun:
    if noun is None:
        raise NotFound(f"{id}: no {kind} of this case has that id")
    return noun


def _holds(question: Question, names: Mapping[str, str], wanted: set[str]) -> bool:
    parts = [question.id, question.text, *(names.get(id, "") for id in question.entities)]
    for position in question.positions:
        parts += [position.value, position.text, *(origin.name for origin in position.origins)]
        parts += [against.source for against in (*position.denied_by, *position.unaware)]
    return wanted <= set(words(" ".join(parts)))
