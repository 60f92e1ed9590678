"""What a question rests on, gathered for a reader: its claims and documents by id, and its table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from secondsource.model import Claim, Document, Entity, Opposition, Origin, Position, Question

Side = Literal["origin", "denial", "unaware"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The claims, documents and entities that questions speak of, by id.

    An id that is not here has left the case since the question was derived.
    """

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]

    @classmethod
    def of(
        cls, claims: Iterable[Claim], documents: Iterable[Document], entities: Iterable[Entity] = ()
    ) -> Evidence:
        return cls(
            {claim.id: claim for claim in claims},
            {document.id: document for document in documents},
            {entity.id: entity for entity in entities},
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A source as a column: an origin of the question's positions, or who stands against one."""

    name: str
    side: Side
    anchored: bool
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One claim, with the columns that it belongs under.

    ``undetermined`` says why the report shows no access of its own, where it shows none.
    """

    claim: Claim
    columns: tuple[int, ...]
    undetermined: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one position, by column and then by date: each origin's first report stands first."""

    position: Position
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Claims by origin: rows are claims under their position, columns are sources."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]


def claims_of(question: Question) -> tuple[str, ...]:
    """Ids of every claim for or against any position of the question, each once."""
    ids = [
        claim
        for position in question.positions
        for claim in (*position.claims, *(against.claim for against in _against(position)))
    ]
    return tuple(dict.fromkeys(ids))


def documents_of(question: Question) -> tuple[str, ...]:
    """Ids of every document that the question's counts and oppositions name, each once."""
    ids = list(question.documents)
    for position in question.positions:
        ids += position.reports
        ids += (against.document for against in _against(position))
        for origin in position.origins:
            ids += origin.documents
            ids += (report.document for report in origin.undetermined)
    return tuple(dict.fromkeys(ids))


def shared(questions: Sequence[Question]) -> list[Question]:
    """The questions that more than one report speaks to, or somebody opposes; all, where none is such."""
    found = [
        question
        for question in questions
        if len(question.documents) > 1 or any(map(_against, question.positions))
    ]
    return found or list(questions)


def _against(position: Position) -> tuple[Opposition, ...]:
    return (*position.denied_by, *position.unaware)


Key = tuple[str, int]


def table(question: Question, evidence: Evidence, shown: Iterable[str] | None = None) -> Table:
    """The claim × source table of a question, of the claims with the ids ``shown`` where given.

    An origin that stands under several positions is one column; two origins of one
    position that share a name stay two.  A source that opposes one position and is an
    origin of another has one column too, since it is one voice.
    """
    columns: dict[Key, Column] = {}
    places = [_places(position, columns) for position in question.positions]
    order = {key: index for index, key in enumerate(columns)}
    wanted = None if shown is None else frozenset(shown)
    groups = tuple(
        Group(position, tuple(row for row in _rows(position, found, order, evidence) if _in(row, wanted)))
        for position, found in zip(question.positions, places, strict=True)
    )
    return Table(tuple(columns.values()), groups)


def _in(row: Row, wanted: frozenset[str] | None) -> bool:
    return wanted is None or row.claim.id in wanted


def in_use(table: Table) -> Table:
    """The table without the columns and positions that no row of it stands under."""
    used = sorted({column for group in table.groups for row in group.rows for column in row.columns})
    places = {column: place for place, column in enumerate(used)}
    groups = (
        Group(
            group.position,
            tuple(replace(row, columns=tuple(places[each] for each in row.columns)) for row in group.rows),
        )
        for group in table.groups
        if group.rows
    )
    return Table(tuple(table.columns[each] for each in used), tuple(groups))


def _places(position: Position, columns: dict[Key, Column]) -> list[tuple[str, Key]]:
    """The column of each claim of the position; columns not met before are added."""
    found: list[tuple[str, Key]] = []
    seen: Counter[str] = Counter()
    for origin in position.origins:
        key = (origin.name, seen[origin.name])
        seen[origin.name] += 1
        columns.setdefault(key, Column(origin.name, "origin", origin.anchored, origin.why))
        found += [(claim, key) for claim in origin.claims]
    for side, opposed in _sides(position):
        key = (opposed.source, 0)
        columns.setdefault(key, Column(opposed.source, side, False, _interest(opposed)))
        found.append((opposed.claim, key))
    return found


def _sides(position: Position) -> list[tuple[Side, Opposition]]:
    denials: list[tuple[Side, Opposition]] = [("denial", opposed) for opposed in position.denied_by]
    return denials + [("unaware", opposed) for opposed in position.unaware]


def _interest(opposed: Opposition) -> str:
    return "Speaks in its own interest." if opposed.self_interested else ""


def _rows(
    position: Position, places: list[tuple[str, Key]], order: Mapping[Key, int], evidence: Evidence
) -> list[Row]:
    against = (opposed.claim for opposed in _against(position))
    columns_of: defaultdict[str, set[int]] = defaultdict(set)
    for place, key in places:
        columns_of[place].add(order[key])
    rows = []
    for id in dict.fromkeys((*position.claims, *against)):
        if claim := evidence.claims.get(id):
            columns = columns_of[id]
            rows.append(Row(claim, tuple(sorted(columns)), _undetermined(claim, position.origins)))
    return sorted(rows, key=lambda row: (row.columns[:1], *_published(row.claim, evidence)))


def _undetermined(claim: Claim, origins: Iterable[Origin]) -> str | None:
    return next(
        (
            report.why
            for origin in origins
            if claim.id in origin.claims
            for report in origin.undetermined
            if report.document == claim.document
        ),
        None,
    )


def _published(claim: Claim, evidence: Evidence) -> tuple[str, str, int]:
    document = evidence.documents.get(claim.document)
    when = document.published if document else None
    return when or "9", document.path if document else "", claim.content.spans[0].start
