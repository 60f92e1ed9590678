"""What a person does with entities at a desk: judge, correct, undo, and hand judgements on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple, cast, get_args

from secondsource.desk.case import Case
from secondsource.errors import NotFound, SecondSourceError
from secondsource.model import (
    JSON,
    Candidate,
    Conflict,
    Decision,
    Entity,
    Judgement,
    JudgementKind,
    Place,
    Side,
    Span,
)

if TYPE_CHECKING:
    from secondsource.resolve import Resolver

MADE, UNDONE = "entity-judgement", "entity-judgement-undone"
"""The kinds of entries in the ledger that questions are to be counted under."""

SCHEMAS = (
    "Person",
    "Company",
    "Organization",
    "PublicBody",
    "LegalEntity",
    "Country",
    "Location",
    "Address",
    "Vessel",
    "Airplane",
    "Vehicle",
    "Product",
    "Event",
    "Thing",
)
"""The kinds that a person may give a thing: FollowTheMoney's, and those of ours it has no word for."""

MOST_WAITING = 200
"""So many pairs are looked for at once, for a person to work through."""

_ONE_AT_A_TIME = RLock()
"""A desk in a browser answers several requests at once, and one resolver takes one at a time."""

MOST_SHOWN = 3
"""So many places of each side are shown as evidence, the others are counted."""


Told = tuple[str, str | None]
"""Why a person judges so, and who; the user of this machine where nobody is named."""


class Shown(NamedTuple):
    """One place where a side of a judgement is named: the passage, and where in it the name stands."""

    document: str
    path: str
    text: str
    name: Span


class Judging(Case):
    """Judgements on the entities of a case, and what follows from them."""

    _pairs_waiting: list[Candidate] = []  # noqa: RUF012 - replaced, never added to
    _pairs_waited: object = None

    @cached_property
    def _resolver(self) -> Resolver:
        from secondsource.resolve import Resolver

        return Resolver()

    @cached_property
    def _read_in(self) -> dict[str, str]:
        return {}

    def resolver(self) -> Resolver:
        """The case's names as they are now; only what changed since it was last asked is read."""
        with _ONE_AT_A_TIME:
            return self._up_to_date(self._resolver, self._read_in)

    def _up_to_date(self, held: Resolver, known: dict[str, str]) -> Resolver:
        now = self.store().judgements.extracted()
        for document in known.keys() - now.keys():
            held.remove(document)
            del known[document]
        changed = [document for document, made in now.items() if known.get(document) != made]
        for document, mentions in self.store().judgements.mentions(changed).items():
            held.put(document, mentions)
            known[document] = now[document]
        held.obey(self.store().judgements.all())
        return held

    # Asking

    def judgements(self) -> list[Judgement]:
        """What people judged, the oldest first, what was undone as well."""
        return self.store().judgements.all()

    def conflicts(self) -> list[Conflict]:
        """The judgements that are set aside because others stand against them, and why."""
        return list(self.resolver().conflicts)

    def candidates(self, most: int = 20) -> list[Candidate]:
        """The pairs worth a person's judgement, the most valuable first.

        They are looked for once, and again when documents or corrections came in, or all are judged.
        """
        from secondsource.resolve.pairs import Pairs

        with _ONE_AT_A_TIME:
            resolver = self.resolver()
            state = dict(self._read_in), most <= MOST_WAITING
            if not self._pairs_waiting or self._pairs_waited != state:
                self._pairs_waiting = Pairs(resolver).worth_deciding(max(most, MOST_WAITING))
                self._pairs_waited = state
            return self._pairs_waiting[:most]

    def candidate(self, id: str) -> Candidate:
        """The pair of that id.  Raises NotFound where it was judged, or is no pair any more."""
        from secondsource.resolve.pairs import Pairs

        with _ONE_AT_A_TIME:
            found = (one for one, _ in Pairs(self.resolver()).undecided() if one.id == id)
            candidate = next((one for one in self._pairs_waiting if one.id == id), None) or next(found, None)
        if candidate is None:
            raise NotFound(f"{id}: no pair that waits for a judgement has that id")
        return candidate

    def evidence(self, side: Side, most: int = MOST_SHOWN) -> list[Shown]:
        """Passages that name one side of a judgement, one a document."""
        store = self.store()
        found: list[Shown] = []
        for place in {place.document: place for place in side.places}.values():
            if len(found) == most:
                break
            document = store.document(place.document)
            mentions = store.judgements.mentions([place.document])[place.document]
            here = next((one for one in mentions if one.entity == place.cluster), None)
            if document and here:
                found.append(_shown(document.id, document.path, document.text, here.excerpt.spans[0]))
        return found

    def candidate_json(self, pair: Candidate) -> JSON:
        """A pair as the contract's object, with the evidence of both sides."""
        from secondsource.contract import candidate_to_json

        left, right = ([shown._asdict() for shown in self.evidence(s)] for s in (pair.left, pair.right))
        return candidate_to_json(pair, left, right)

    def uncounted(self) -> int:
        """How many judgements questions were not counted under yet; `recount` does it."""
        finding = self.store().finding
        return sum(finding.entries_since(kind, "assessment") for kind in (MADE, UNDONE))

    def entity_having(self, referent: str) -> Entity | None:
        """The entity that the thing of an id is a part of now."""
        return next((one for one in self.store().entities() if referent in one.referents), None)

    # Judging

    def judge(
        self, left: str, right: str, decision: str, *, reason: str = "", by: str | None = None
    ) -> Judgement:
        """Keep what a person decided of two entities: ``positive`` (one thing), ``negative`` or ``unsure``.

        Each is given by its id, the first characters of it, or a name that only it has.  Entities
        follow at once, questions with `recount`.  Raises NotFound, and SecondSourceError for
        another decision or twice the same entity.
        """
        one, other = self._entity_called(left), self._entity_called(right)
        if one.id == other.id:
            raise SecondSourceError(
                f"“{left}” and “{right}” are one entity, {one.id}: `split` takes it apart"
            )
        return self._keep("pair", decision, (self._side(one), self._side(other)), "", (reason, by))

    def judge_pair(
        self, pair: Candidate, decision: str, *, reason: str = "", by: str | None = None
    ) -> Judgement:
        """As `judge`, on a pair that `candidates` gave."""
        waiting = [one for one in self._pairs_waiting if one.id != pair.id]
        made = self._keep("pair", decision, (pair.left, pair.right), "", (reason, by))
        self._pairs_waiting = waiting
        return made

    def rename(self, entity: str, name: str, *, reason: str = "", by: str | None = None) -> Judgement:
        """Give an entity another name to be shown under; its id stays."""
        return self._correct("rename", entity, _worded(name), (reason, by))

    def retype(self, entity: str, schema: str, *, reason: str = "", by: str | None = None) -> Judgement:
        """Say of what kind an entity is; the same name under the same wrong kind follows, in documents
        to come as well.  Raises SecondSourceError for a schema that is not in `SCHEMAS`."""
        if schema not in SCHEMAS:
            raise SecondSourceError(f"{schema!r} is no schema: {', '.join(SCHEMAS)}")
        return self._correct("retype", entity, schema, (reason, by))

    def alias(self, entity: str, name: str, *, reason: str = "", by: str | None = None) -> Judgement:
        """Give an entity one more name: what is only called so is taken for it."""
        one = self._entity_called(entity)
        other = Side("", _worded(name), one.schema)
        return self._keep("alias", "positive", (self._side(one), other), other.name, (reason, by))

    def split(
        self, entity: str, documents: Iterable[str], *, reason: str = "", by: str | None = None
    ) -> Judgement:
        """Say that what ``documents`` (ids or paths) name is another thing than the rest of an entity.

        Raises SecondSourceError where that leaves one of the two without a mention.
        """
        whole = self._side(one := self._entity_called(entity))
        paths = self.store().paths()
        wanted = set(documents)
        apart = {place.document for place in whole.places if wanted & {place.document, paths[place.document]}}
        parts = [tuple(p for p in whole.places if (p.document in apart) is away) for away in (False, True)]
        if not all(parts):
            raise SecondSourceError(
                f"“{one.name}” is named in {len(one.documents)} documents: name some of them"
            )
        rest, part = (Side(one.id, places[0].name, one.schema, places) for places in parts)
        return self._keep("pair", "negative", (rest, part), "", (reason, by))

    def delete(
        self, name: str, document: str | None = None, *, reason: str = "", by: str | None = None
    ) -> Judgement:
        """Say that ``name`` names nothing, in one document (id or path) or in any.

        It is not proposed again.  Raises NotFound where there is no such document.
        """
        places: tuple[Place, ...] = ()
        if document is not None:
            paths = self.store().paths()
            ids = [id for id, path in paths.items() if document in (id, path)]
            if not ids:
                raise NotFound(f"{document}: no document of this case has that id or path")
            places = tuple(Place(id, name) for id in ids)
        nothing = Side("", _worded(name), "Thing", places)
        return self._keep("delete", "positive", (nothing, None), nothing.name, (reason, by))

    def undo_judgement(self, judgement: str) -> Judgement:
        """Take a judgement back; what it changed is as it was.  Raises NotFound."""
        found = self.store().judgements.undo(judgement)
        self._settle()
        return found

    def _correct(self, kind: JudgementKind, entity: str, value: str, told: Told) -> Judgement:
        return self._keep(kind, "positive", (self._side(self._entity_called(entity)), None), value, told)

    def _keep(
        self, kind: JudgementKind, decision: str, sides: tuple[Side, Side | None], value: str, told: Told
    ) -> Judgement:
        reason, by = told
        who = by or os.environ.get("USER") or self.config.user
        (kept,) = self.store().judgements.add(
            [Judgement("", kind, _decision(decision), *sides, value, reason, who, "")]
        )
        self._settle()
        return kept

    def _settle(self) -> None:
        """Let the entities of the case follow; questions stay until they are counted again."""
        self._pairs_waiting = []
        with _ONE_AT_A_TIME:
            self.store().judgements.replace_entities(self.resolver().entities)

    def _entity_called(self, words: str) -> Entity:
        """The entity of an id, of the beginning of one, or of a name.

        The id of a part leads to the entity that has it now.
        """
        every = self.resolver().entities
        found = [one for one in every if words == one.id]
        found = found or [one for one in every if words in one.referents]
        found = found or [one for one in every if len(words) > 4 and one.id.startswith(words)]
        found = found or [one for one in every if words.casefold() in {n.casefold() for n in one.names}]
        if len(found) != 1:
            others = f": {', '.join(one.id for one in found)} have that name" if found else ""
            raise NotFound(f"{words}: no one entity of this case has that id or name{others}")
        return found[0]

    def _side(self, entity: Entity) -> Side:
        from secondsource.resolve.pairs import Pairs

        return Pairs(self.resolver()).side(entity)

    # Handing on

    def export_judgements(self, form: str = "own") -> Iterator[str]:
        """Every judgement as a line of JSON; with ``nomenklatura`` the pairs as lines of its resolver.

        Those have ids of entities and no places, so that they mean something to a case of the same documents.
        """
        from secondsource.records import to_json

        for one in self.judgements():
            if form == "own":
                yield json.dumps(to_json(one), ensure_ascii=False)
            elif one.kind == "pair" and one.right and one.undone is None:
                ids = one.left.entity, one.right.entity
                yield json.dumps([*ids, one.decision, None, one.by, one.at], ensure_ascii=False)

    def import_judgements(self, lines: Iterable[str]) -> tuple[list[Judgement], list[str]]:
        """Take judgements in, own ones or lines of nomenklatura's resolver, as the newest; those that are
        known are passed over.  Returns what was taken in, and a reason for each line that was not."""
        taken: list[Judgement] = []
        refused: list[str] = []
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    taken += self._imported(json.loads(line))
                except (ValueError, KeyError, TypeError, IndexError, SecondSourceError) as error:
                    refused.append(f"line {number}: {error or type(error).__name__}")
        kept = self.store().judgements.add(taken)
        self._settle()
        return kept, refused

    def _imported(self, row: JSON | list[object]) -> list[Judgement]:
        from secondsource.records import from_json

        if isinstance(row, dict):
            return [from_json(Judgement, row)]
        target, source, decision, _, user, at = row
        if decision == "no_judgement":
            return []  # nomenklatura keeps candidates in the same file
        left, right = (self._side(self._entity_called(str(one))) for one in (target, source))
        who, when = str(user or "nomenklatura"), str(at or "")
        return [Judgement("", "pair", _decision(str(decision)), left, right, "", "", who, when)]


def _decision(words: str) -> Decision:
    if words not in get_args(Decision):
        raise SecondSourceError(f"{words!r} is no decision: {', '.join(get_args(Decision))}")
    return cast(Decision, words)


def _worded(name: str) -> str:
    from secondsource.names import LONGEST

    if not (line := " ".join(name.split())):
        raise SecondSourceError("a name of no words is none")
    if len(line) > LONGEST:
        raise SecondSourceError(f"a name of {len(line):,} characters is none: {LONGEST} are the most")
    return line


def _shown(document: str, path: str, text: str, span: Span) -> Shown:
    """The line of a text around a span, cut where it is long."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 240)
    end = text.find("\n", span.end)
    end = min(len(text) if end < 0 else end, span.end + 240)
    return Shown(document, path, text[start:end], Span(span.start - start, span.end - start))
