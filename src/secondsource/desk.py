"""One case and everything that is done with it, in the order it is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from secondsource.config import Config
from secondsource.errors import NotFound, ReadError, SecondSourceError
from secondsource.model import (
    Claim,
    Discrepancy,
    Document,
    Entity,
    ListEdition,
    Progress,
    Question,
    Reading,
    ReadStatus,
    Screening,
)
from secondsource.text import sha256, words

# The verbs load parsers and a language model's library.  A desk that is only asked for
# what it already knows must not wait for them, so each method brings its own.
if TYPE_CHECKING:
    from secondsource.evaluate import Tally
    from secondsource.extractor import Extractor
    from secondsource.extractor.explain import Explained
    from secondsource.ingest import Found, IngestReport
    from secondsource.screen import Screener
    from secondsource.store import Store

Noun = TypeVar("Noun")
Watch = Callable[[Progress], None]


class Desk:
    """A case on disk, opened on first use, with one method for each thing a user does.

    ``path`` is the folder of the case.  `ingest` and `add_list` make it where there is
    none; the others raise CaseError then.  Any method may raise NewerCase, where the case
    was made by a newer version, and leaves it untouched.
    """

    def __init__(self, path: str | Path = "case", *, config: Config | None = None) -> None:
        self.path = Path(path)
        self.config = config or Config()
        self._store: Store | None = None
        self._ready: Screener | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._store:
            self._store.close()
        self._store = None

    @property
    def name(self) -> str:
        """What the case is called: its folder, with the one above where it is just "case"."""
        folder = self.path.resolve()
        return f"{folder.parent.name}/{folder.name}" if folder.name == "case" else folder.name

    @property
    def exists(self) -> bool:
        """True where there is a case on disk."""
        from secondsource.store import FILE

        return (self.path / FILE).is_file()

    def store(self, *, create: bool = False) -> Store:
        """The case itself, opened now if it was not; made only where ``create`` is True."""
        from secondsource.store import Store

        if self._store is None:
            self._store = Store.open(self.path, self.config, create=create)
        return self._store

    # Into the case

    def ingest(
        self,
        paths: Iterable[str | Path] = (),
        *,
        only: Literal["read"] | None = None,
        retry: bool = False,
        progress: Watch | None = None,
    ) -> IngestReport:
        """Take files and folders in and carry them through to questions.

        ``only="read"`` stops after reading; ``retry`` reads again what failed before.  With
        no paths, what is in the case already is carried on with.
        """
        from secondsource.ingest import ingest, missing

        paths = list(paths)
        if not self.exists and paths and not any(map(os.path.exists, paths)):
            return missing(paths)  # a slip of the pen makes no case
        store = self.store(create=bool(paths))
        report = ingest(store, paths, retry=retry, progress=progress, config=self.config)
        return report if only else replace(report, refused=self.derive(progress=progress))

    def derive(self, *, progress: Watch | None = None) -> tuple[str, ...]:
        """Claims of what was read, then entities, then questions, from all that the case holds.

        Returns a sentence for each document that the extractor refused.
        """
        from secondsource.corroborate import corroborate
        from secondsource.extract import extract
        from secondsource.resolve import resolve

        store, tell = self.store(), progress or _nobody
        report = extract(store, self._extractor, progress=progress)
        tell(Progress("resolve", 0, 1))
        entities = resolve(store.mentions())
        tell(Progress("corroborate", 0, 1))
        questions = corroborate(store.documents("read"), store.claims(), entities)
        store.replace_findings(entities, questions)
        tell(Progress("corroborate", 1, 1))
        return report.problems

    # Without a case

    def extract(
        self, paths: Iterable[str | Path], *, progress: Watch | None = None
    ) -> Iterator[tuple[str, Claim]]:
        """The claims of files, each with its path; no case is read or made.

        Raises ReadError, Empty or LimitError at the first file that gives no text.
        """
        for path, explained in self.explain(paths, progress=progress):
            yield from ((path, claim) for claim in explained.extraction.claims)

    def explain(
        self, paths: Iterable[str | Path], *, progress: Watch | None = None
    ) -> Iterator[tuple[str, Explained]]:
        """As `extract`, a file at a time, with what made its claims and what almost was one."""
        from secondsource.extract import explain_reading
        from secondsource.ingest import find

        for found in find(paths):
            document, reading = self._read(found, self.config.text_limit)
            watch = partial(_tell, progress, str(found.path)) if progress else None
            yield str(found.path), explain_reading(self._extractor, document, reading, watch)

    def evaluate(self, folder: str | Path, *, progress: Watch | None = None) -> list[Tally]:
        """The claims of an annotated folder against its annotations, a tally a document; raises ReadError."""
        from secondsource.evaluate import annotated, score

        return [
            score(one, (claim for _, claim in self.extract([one.path], progress=progress)))
            for one in annotated(Path(folder))
        ]

    def text(self, path: str | Path) -> str:
        """The text of one file as all offsets refer to it; no case is read or made.

        Raises ReadError, Empty or LimitError where the file gives no text.
        """
        from secondsource.ingest import Found

        return self._read(Found(Path(path)))[1].text

    def _read(self, found: Found, text_limit: int | None = None) -> tuple[str, Reading]:
        from secondsource.ingest import load, read_file

        file = load(found, self.config.file_limit)
        return sha256(file.data), read_file(file, text_limit)

    @cached_property
    def _extractor(self) -> Extractor:
        from secondsource.extractor import Extractor

        return Extractor()

    # What is claimed

    def questions(self, query: str | None = None) -> list[Question]:
        """What is claimed; with a ``query``, the questions that hold all of its words.

        The words may stand in the question, in its positions, or in the name of a source
        or an entity.
        """
        asked = self.store().questions()
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
        return _found("entity", id, self.store().entity(id))

    def question(self, id: str) -> Question:
        return _found("question", id, self.store().question(id))

    def paths(self) -> dict[str, str]:
        """The path of every document, by its id."""
        return self.store().paths()

    def counts(self) -> dict[str, int]:
        """How many documents, claims, entities and questions there are."""
        return self.store().counts()

    # Lists and screening

    def add_list(self, path: str | Path) -> ListEdition:
        """Put a designation list in force in place of its last edition.

        Raises ListError where the file is not a list that is known; the last edition then
        stays in force.
        """
        from secondsource.lists import beside, load
        from secondsource.store import now

        data = _bytes(path)
        companions = beside(Path(path))
        header, entries = load(data, Path(path).name, companions)
        store = self.store(create=True)
        edition = ListEdition(
            header.name, header.authority, str(path), store.blobs.add(data), now(), len(entries), header.notes
        )
        kept = {name: store.blobs.add(each) for name, each in companions.items()}
        store.add_list(edition, entries, kept)
        return edition

    def lists(self) -> list[ListEdition]:
        """The lists in force, by name."""
        return self.store().lists()

    def screen(
        self, name: str, *, schema: str | None = None, limit: int = 5, threshold: float | None = None
    ) -> Screening:
        """Whom on the lists of the case a name may mean, with reasons; the screening is kept.

        ``schema`` is the kind of thing that is named, where it is known.  Raises
        SecondSourceError where there is no list, or the name or a bound makes no sense.
        """
        screening = self._screener().screen(name, schema=schema, limit=limit, threshold=threshold)
        self.store().add_screenings([screening])
        return screening

    def screen_file(
        self,
        path: str | Path,
        *,
        column: str | None = None,
        schema_column: str | None = None,
        refused: Callable[[str], None] | None = None,
        **bounds: Any,
    ) -> Iterator[Screening]:
        """Each name in a column of a CSV file, screened as `screen` does with the same ``bounds``.

        ``column`` is "query" or "name" where none is given; empty cells are left out.
        ``refused`` is told of each row that cannot be screened; without it the first one is
        raised.  Raises ReadError where the file cannot be opened, ListError where it is no
        CSV or has no such column.
        """
        from secondsource.lists.asked import names_in

        for line, name, schema in names_in(_bytes(path), str(path), column, schema_column):
            try:
                yield self.screen(name, **{**bounds, "schema": schema or bounds.get("schema")})
            except SecondSourceError as error:
                if refused is None:
                    raise
                refused(f"{path}, line {line}: {error}")

    def screenings(self) -> list[Screening]:
        """What was screened, in the order of time."""
        return self.store().screenings()

    def _screener(self) -> Screener:
        from secondsource.screen import Screener

        editions = self.lists()
        if self._ready is None or self._ready.editions != tuple(editions):
            self._ready = Screener(self.store().designations(), editions)
        return self._ready

    # Out of the case

    def dossier(self, query: str | None = None, *, format: str = "html") -> str:
        """The questions that `questions` gives for ``query`` as one file: html, md or json.

        Raises CaseError where a quotation no longer stands in its document.
        """
        from secondsource.dossier import Contents, render
        from secondsource.store import now

        store, questions = self.store(), self.questions(query)
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
        )
        return render(contents, format)

    def verify(self, *, progress: Watch | None = None) -> list[Discrepancy]:
        """Every stored hash and span checked again; what differs, each by name."""
        from secondsource.store import verify

        return list(verify(self.store(), progress))


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}") from error


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


def _nobody(_: Progress) -> None:
    """Takes progress where no one watches."""


def _tell(progress: Watch, name: str, done: int, total: int) -> None:
    progress(Progress("extract", done, total, name))
