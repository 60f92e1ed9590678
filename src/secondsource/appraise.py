"""Items of a case: every figure that claims report of a thing, and the clauses those figures would meet.

Figures are gathered into statements: what one source says of one item in one document.  Rival
statements stay apart and get an answer each; statements with the same figures share one.  Nothing
is averaged, and a figure that is denied is shown as denied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from secondsource.errors import SecondSourceError
from secondsource.goods import Answer, Figures, Regime, check
from secondsource.goods.figures import unit_of
from secondsource.goods.reported import Reported, are_joint, figures_of, named_before, named_in
from secondsource.model import JSON, Claim, Document, Entity, Mention
from secondsource.templates.wording import plural
from secondsource.text import content_id

_VERBS = {"denies": "denied", "unaware": "said not to be known", "asks": "asked for", "plans": "planned"}


@dataclass(frozen=True, slots=True)
class FigureReport:
    """One figure of an item with the claim that reports it, and how the claim was tied to the item."""

    reported: Reported
    claim: Claim
    how: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of an item in one document, and in others with the same figures."""

    figures: Figures
    reports: tuple[FigureReport, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple({report.claim.id: report.claim for report in self.reports}.values())

    @property
    def by_claim(self) -> list[list[FigureReport]]:
        """The reports, those of one claim together."""
        return [[one for one in self.reports if one.claim.id == claim.id] for claim in self.claims]


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of the case with every figure reported of it; ``entity`` is None where none was made."""

    name: str
    entity: Entity | None
    statements: tuple[Statement, ...]

    @property
    def id(self) -> str:
        """The id of its entity; of a thing without one, a hash of its name."""
        return self.entity.id if self.entity else content_id("i", self.name.casefold())

    @property
    def reports(self) -> tuple[FigureReport, ...]:
        return tuple(report for statement in self.statements for report in statement.reports)


@dataclass(frozen=True, slots=True)
class Case:
    """What items are made from: the claims, names, entities and documents of a case."""

    claims: Sequence[Claim]
    mentions: Mapping[str, Sequence[Mention]]
    entities: Sequence[Entity]
    documents: Mapping[str, Document]


def appraise(
    case: Case, regimes: Iterable[Regime], *, as_of: date | None = None, item: str | None = None
) -> list[Item]:
    """The items of a case, the most reported first, each with its answers.

    ``as_of`` is the day the clauses are read as of, today where it is None; ``item`` is what kind
    of thing they are (“rocket”), where the figures alone should not say.
    """
    answerer = _Answerer(case.documents, tuple(regimes), as_of or date.today(), item)
    entity_of = {(part.document, part.entity): entity for entity in case.entities for part in entity.mentions}
    found: dict[str, list[FigureReport]] = defaultdict(list)
    items: dict[str, tuple[str, Entity | None]] = {}
    for report, mention in _reports(case):
        entity = entity_of.get((report.claim.document, mention.entity))
        key = entity.id if entity else mention.name.casefold()
        items[key] = (entity.name if entity else mention.name), entity
        found[key].append(report)
    made = [Item(*items[key], tuple(map(answerer.statement, _alike(found[key])))) for key in found]
    return sorted(made, key=lambda one: (-len(one.reports), one.name.casefold()))


def _reports(case: Case) -> Iterator[tuple[FigureReport, Mention]]:
    """Every figure that a claim reports of a named item."""
    for claim in case.claims:
        reported = figures_of(claim)
        if not reported:
            continue
        mention, how = named_in(claim), "named in the claim"
        if mention is None:
            mention = named_before(claim, case.mentions.get(claim.document, ()))
            how = "the last item named before the claim"
        if mention is not None:
            yield from ((FigureReport(one, claim, how), mention) for one in reported)


def _alike(reports: Iterable[FigureReport]) -> list[list[FigureReport]]:
    """The reports of an item by statement, statements with the same figures together, the first one first."""
    alike: dict[tuple[object, ...], list[FigureReport]] = defaultdict(list)
    for statement in _statements(reports):
        bounds = [
            (one.reported.name, one.reported.figure.stated, one.reported.figure.kind) for one in statement
        ]
        key = _verb(statement[0].claim), _joint(statement), *sorted(set(bounds), key=str)
        alike[key] += statement
    return list(alike.values())


def _statements(reports: Iterable[FigureReport]) -> Iterator[list[FigureReport]]:
    """What one source says in one document; claim by claim, where it gives a figure twice and differently."""
    by_source: dict[tuple[object, ...], list[FigureReport]] = defaultdict(list)
    for report in reports:
        claim = report.claim
        by_source[claim.document, claim.source_name, claim.voice, _verb(claim)].append(report)
    for together in by_source.values():
        values = {
            (one.reported.name, one.reported.figure.stated, one.reported.figure.kind) for one in together
        }
        if len({name for name, *_ in values}) == len(values):
            yield together
            continue
        apart: dict[str, list[FigureReport]] = defaultdict(list)
        for report in together:
            apart[report.claim.id].append(report)
        yield from apart.values()


def _joint(statement: Sequence[FigureReport]) -> bool:
    """Whether range and payload are had together: said in one claim, in one breath."""
    names = {one.reported.name for one in statement}
    if not {"range", "payload"} <= names:
        return True
    claims = {one.claim.id: one.claim for one in statement}
    return any(
        are_joint(claim, [one.reported for one in statement if one.claim.id == id])
        for id, claim in claims.items()
    )


def _verb(claim: Claim) -> str:
    return _VERBS.get(claim.stance, "reported")


@dataclass(frozen=True, slots=True)
class _Answerer:
    """Answers statements, in sentences that say whose figures they are."""

    documents: Mapping[str, Document]
    regimes: tuple[Regime, ...]
    day: date
    item: str | None

    def statement(self, reports: Sequence[FigureReport]) -> Statement:
        amounts = {one.reported.name: one.reported.figure for one in reports}
        figures = Figures(amounts, joint=_joint(reports))
        return Statement(figures, tuple(reports), self._answers(figures, reports))

    def _answers(self, figures: Figures, reports: Sequence[FigureReport]) -> tuple[Answer, ...]:
        who = self._who(reports)
        try:
            return tuple(check(figures, self.regimes, as_of=self.day, item=self.item, who=who))
        except SecondSourceError:
            return ()  # figures that no rule in force asks for: shown, and answered by none

    def _who(self, reports: Sequence[FigureReport]) -> str:
        """“Figures reported by S in D (“…”)”, which opens each answer."""
        first, documents = reports[0].claim, {one.claim.document for one in reports}
        source = "the report itself" if first.voice == "own" else first.source_name or "a source left unnamed"
        document = self.documents.get(first.document)
        where = f"“{document.title or document.path}”" if document else "a document that left the case"
        more = f", and in {plural(len(documents) - 1, 'more document')}" if len(documents) > 1 else ""
        quotes = (
            "”; “".join({one.claim.id: one.claim.content.text for one in reports}.values())
            if not more
            else (first.content.text)
        )
        return f"Figures {_verb(first)} by {source} in {where} (“{quotes}”){more}"


def item_to_json(item: Item, documents: Mapping[str, Document]) -> JSON:
    """The item as the contract's object (``docs/schemas/goods-item.schema.json``)."""
    return {
        "item": item.name,
        "entity": item.entity and item.entity.id,
        "figures": [_figure(report, documents) for report in item.reports],
        "answers": [
            {**answer.to_json(), "claims": [claim.id for claim in statement.claims]}
            for statement in item.statements
            for answer in statement.answers
        ],
    }


def _figure(report: FigureReport, documents: Mapping[str, Document]) -> JSON:
    claim, figure = report.claim, report.reported.figure
    stated, document = figure.stated or figure.interval, documents.get(claim.document)
    return {
        "name": report.reported.name,
        "words": figure.words,
        "low": None if stated.low is None else float(stated.low),
        "high": None if stated.high is None else float(stated.high),
        "unit": unit_of(report.reported.name),
        "range_kind": figure.kind,
        "claim": claim.id,
        "document": claim.document,
        "path": document.path if document else None,
        "source": claim.source_name,
        "voice": claim.voice,
        "stance": claim.stance,
        "certainty": claim.certainty,
        "quote": claim.content.text,
        "how": report.how,
    }
