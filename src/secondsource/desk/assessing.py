"""What a desk does with assessments: decisions of people, what follows from them, and what was found when."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from secondsource.assessments import LETTERS, Assessment, OriginJudgement, SourceRating
from secondsource.desk.case import Case
from secondsource.errors import NotFound, ReadError, SecondSourceError
from secondsource.model import Claim, Document, Question
from secondsource.records import from_json

if TYPE_CHECKING:
    from secondsource.corroborate import Decisions, Roots
    from secondsource.store.ledger import Ledger

RATING, ORIGIN, ASSESSED = "source-rating", "origin-judgement", "assessed"
DECISIONS = ("positive", "negative", "unsure")


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as the case knows it: in how many positions it is an origin, and its record."""

    name: str
    anchored: bool
    positions: int
    documents: tuple[str, ...]
    rating: SourceRating | None = None


@dataclass(slots=True)
class _Found:
    anchored: bool = False
    positions: int = 0
    documents: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Last:
    """The last assessment of each question, as far as the ledger was read."""

    of: dict[str, Assessment] = field(default_factory=dict)
    number: int = -1

    def read(self, ledger: Ledger) -> None:
        for entry in ledger.entries(ASSESSED, self.number):
            made = (from_json(Assessment, row) for row in entry.fields["payload"]["changed"])
            self.of |= {one.question: one for one in made}
            self.number = entry.number


class Assessing(Case):
    """Assessments of the questions of a case, and the decisions that they obey."""

    _recording = Lock()

    @cached_property
    def _last(self) -> _Last:
        return _Last()

    @cached_property
    def _roots(self) -> Roots:
        from secondsource.corroborate import Roots

        return Roots()

    def rate_source(self, name: str, letter: str, *, reason: str = "", by: str | None = None) -> SourceRating:
        """Keep a record of a source: a letter of the Admiralty code, A to F, and why.

        It holds for every origin whose name has these words, until the next rating of the name;
        F takes it back.  Raises SecondSourceError for a letter that is none or a name without words.
        """
        from secondsource.store import now
        from secondsource.text import words

        if letter not in LETTERS or not words(name):
            raise SecondSourceError(f"{name!r} {letter!r}: a name and a letter from A to F are needed")
        rating = SourceRating(name, letter, reason, _who(by), now())  # type: ignore[arg-type]
        self.store().ledger.append(RATING, asdict(rating))
        return rating

    def source_ratings(self) -> list[SourceRating]:
        """The ratings in the order of time; of two on one name the later holds."""
        return [SourceRating(**payload) for payload in self._said(RATING)]

    def settle(
        self, question: str, document: str, decision: str, *, reason: str = "", by: str | None = None
    ) -> OriginJudgement:
        """Keep what a person decided of a report whose own access its text does not show.

        ``positive``: it has its own; ``negative``: it only repeats; ``unsure`` takes a decision back.
        Raises NotFound for a question or document that the question does not have, and
        SecondSourceError for another decision.
        """
        from secondsource.store import now

        if decision not in DECISIONS:
            raise SecondSourceError(f"{decision!r} is no decision: positive, negative or unsure")
        asked = self.store().question(question)
        if asked is None:
            raise NotFound(f"{question}: no question of this case has that id")
        held = {claim for position in asked.positions for claim in position.claims}
        own = tuple(claim.id for claim in self.store().claims(document) if claim.id in held)
        if not own:
            raise NotFound(f"{document}: no report of that question is in it")
        judgement = OriginJudgement(question, document, own, decision, reason, _who(by), now())  # type: ignore[arg-type]
        self.store().ledger.append(ORIGIN, asdict(judgement))
        return judgement

    def origin_judgements(self) -> list[OriginJudgement]:
        """What people decided of reports, in the order of time."""
        said = self._said(ORIGIN)
        return [OriginJudgement(**{**payload, "claims": tuple(payload["claims"])}) for payload in said]

    def sources(self) -> list[SourceRecord]:
        """Every origin of the case by name, those of most positions first, with its record."""
        from secondsource.corroborate import Decisions

        found: defaultdict[str, _Found] = defaultdict(_Found)
        origins = [o for q in self.store().questions() for p in q.positions for o in p.origins]
        for origin in origins:
            one = found[origin.name]
            one.anchored |= origin.anchored
            one.positions += 1
            one.documents.update(origin.documents)
        decisions = Decisions(self.source_ratings())
        rated = {o.name: next(iter(decisions.ratings([o])), None) for o in origins if o.anchored}
        listed = (
            SourceRecord(name, one.anchored, one.positions, tuple(sorted(one.documents)), rated.get(name))
            for name, one in found.items()
        )
        return sorted(listed, key=lambda one: (-one.positions, one.name))

    def history(self, question: str) -> list[Assessment]:
        """Every assessment of a question, and of those that it goes on from, in the order of time."""
        every = self.assessments()
        by_root = {(one.question, one.root): one for one in every}
        wanted = [one for one in every if one.question == question]
        while wanted and wanted[0].previous is not None:
            before = next((o for (_, root), o in by_root.items() if root == wanted[0].previous), None)
            if before is None or before in wanted:
                break
            wanted = [one for one in every if one.question == before.question and one.positions] + wanted
        return wanted

    def assessments(self) -> list[Assessment]:
        """Every assessment that was made, in the order of time."""
        return [from_json(Assessment, row) for payload in self._said(ASSESSED) for row in payload["changed"]]

    def decisions(self, until: str | None = None) -> Decisions:
        """What people decided, up to a time where one is given."""
        from secondsource.corroborate import Decisions

        ratings = [one for one in self.source_ratings() if until is None or one.at <= until]
        judged = [one for one in self.origin_judgements() if until is None or one.at <= until]
        return Decisions(ratings, judged)

    def record(self, questions: list[Question]) -> list[Assessment]:
        """Keep the assessments of ``questions`` that are otherwise than the last; those."""
        from secondsource.corroborate import assessments
        from secondsource.store import now

        documents = {document.id: document for document in self.store().documents("read", held=True)}
        with self._recording:
            self._last.read(self.store().ledger)
            before = self._last.of.values()
            made = assessments(questions, documents, self.decisions(), before, now(), self._roots)
            if made:
                self.store().ledger.append(ASSESSED, {"changed": [asdict(one) for one in made]})
        return made

    def questions_as_of(self, moment: str) -> list[Question]:
        """The questions as they stood at an ISO date or time, computed again from what was known then.

        A day means its end.  Of a time since the case began, that is what the case held by then, with
        the decisions made by then; of a time before, what had been published by then of what the
        case holds now.  Raises ReadError for what is no date.
        """
        from secondsource.corroborate import corroborate
        from secondsource.resolve import resolve

        until = _until(moment)
        documents = list(self._known(until))
        here = {document.id for document in documents}
        claims = [claim for claim in self._told() if claim.document in here]
        entities = resolve({id: m for id, m in self.store().mentions().items() if id in here})
        return corroborate(documents, claims, entities, self.decisions(until))

    def _known(self, until: str) -> Iterator[Document]:
        read = self.store().documents("read")
        began = min((document.first_seen for document in self.store().documents()), default="")
        for document in read:
            published = (document.published or "9")[: len(until)]
            if document.first_seen <= until if until >= began else published <= until[: len(published)]:
                yield document

    def _told(self) -> list[Claim]:
        """The claims that questions are made of: those that sentences make, not rows of a table."""
        from secondsource.trade import RULE

        return [claim for claim in self.store().claims(held=True) if claim.rule != RULE]

    def _said(self, kind: str) -> Iterator[dict[str, Any]]:
        return (entry.fields["payload"] for entry in self.store().ledger.entries(kind))


def _who(by: str | None) -> str:
    return by or os.environ.get("USER") or "somebody"


def _until(moment: str) -> str:
    """The last moment that a date or time means, in UTC as the case writes it."""
    from datetime import UTC, datetime

    try:
        read = datetime.fromisoformat(moment)
    except ValueError as error:
        raise ReadError(f"{moment!r} is no date: it has the form 2026-11-26 or 2026-11-26T14:00") from error
    if len(moment.strip()) <= 10:
        read = read.replace(hour=23, minute=59, second=59, microsecond=999_999)
    read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    return read.isoformat()
