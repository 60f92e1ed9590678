"""The desk's pages about goods: items with their reported figures, and tables of trade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from secondsource.appraise import Item
from secondsource.desk import Desk
from secondsource.errors import NotFound, SecondSourceError
from secondsource.goods import chosen
from secondsource.templates.evidence import Evidence
from secondsource.trade import Screened, ScreenedRow
from secondsource.web.api import Here
from secondsource.web.pages import page, present

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

A_PAGE = 100


@router.get("/goods")
def goods(request: Request, desk: Here) -> HTMLResponse:
    items = desk.finding.kept(f"items {date.today()}", lambda: desk.goods.items())
    return page(
        request,
        "goods.html",
        section="Goods",
        items=items,
        summaries={item.id: summary(item) for item in items},
        tables=desk.goods.tables(),
        documents=desk.finding.counts()["documents"],
    )


def summary(item: Item) -> list[tuple[str, str]]:
    """The clauses that some figures of an item would meet, and whether others say otherwise."""
    found: dict[str, Counter[str]] = {}
    for statement in item.statements:
        for answer in statement.answers:
            clause = f"{answer.rule.regime} {answer.rule.clause}"
            found.setdefault(clause, Counter())[answer.answer] += 1
    return [
        (clause, "by some figures" if len(counts) > 1 else "")
        for clause, counts in found.items()
        if counts["meets"]
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """As of which day, and of which list, the clauses are read, as the address says it."""

    as_of: str = ""
    regime: str = ""

    def items(self, desk: Desk) -> list[Item]:
        """Raises SecondSourceError for a day or a list that there is not."""
        try:
            day = date.fromisoformat(self.as_of) if self.as_of else None
        except ValueError:
            raise SecondSourceError(f"“{self.as_of}” is no date of the form 2024-03-14") from None
        regimes = chosen(desk.goods.regimes(), [self.regime] if self.regime else [])
        return desk.goods.items(as_of=day, regimes=regimes)


@router.get("/goods/items/{id}")
def item(request: Request, desk: Here, id: str, wanted: Annotated[Reading, Depends()]) -> HTMLResponse:
    found = next((one for one in wanted.items(desk) if one.id == id), None)
    if found is None:
        raise NotFound(f"{id}: no claim of this case reports a figure of such an item")
    claims = [report.claim for report in found.reports]
    return page(
        request,
        "item.html",
        section="Goods",
        item=found,
        reading=wanted,
        day=found.statements[0].answers[0].as_of if found.statements[0].answers else date.today(),
        regimes=desk.goods.regimes(),
        evidence=Evidence.of(claims, present(desk.document, {claim.document for claim in claims})),
    )


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows of a table are shown, as the address says it."""

    q: str = ""
    tier: str = ""
    destination: str = ""
    party: str = ""
    at: int = 0

    @property
    def any(self) -> bool:
        return bool(self.q or self.tier or self.destination or self.party)

    def of(self, table: Screened) -> list[ScreenedRow]:
        place = table.places.get("destination")
        return [row for row in table.rows if self._fits(row, "" if place is None else row.cells[place])]

    def _fits(self, row: ScreenedRow, destination: str) -> bool:
        held = " ".join((*row.cells, *row.found.reasons)).casefold()
        return (
            all(word in held for word in self.q.casefold().split())
            and (not self.tier or row.found.tier.rstrip("?") == self.tier)
            and (not self.destination or destination.strip() == self.destination)
            and (not self.party or bool(row.found.matches))
        )

    def beginning(self, at: int) -> str:
        """The address of the rows from ``at`` on."""
        kept = {"q": self.q, "tier": self.tier, "destination": self.destination, "party": self.party}
        return "?" + urlencode({**{name: value for name, value in kept.items() if value}, "at": at})


@router.get("/goods/tables/{id}")
def table(request: Request, desk: Here, id: str, wanted: Annotated[RowFilter, Depends()]) -> HTMLResponse:
    found = next((one for one in desk.goods.tables() if one.sha256 == id), None)
    if found is None:
        raise NotFound(f"{id}: no table of trade of this case has that hash")
    rows = wanted.of(found)
    first = max(0, min(wanted.at, len(rows) - 1))
    return page(
        request,
        "trade.html",
        section="Goods",
        table=found,
        filter=wanted,
        rows=rows[first : first + A_PAGE],
        first=first,
        matching=len(rows),
        a_page=A_PAGE,
        tiers=sorted({row.found.tier.rstrip("?") for row in found.rows} - {""}),
        destinations=destinations(found),
        document=next(present(desk.document, [id]), None),
        places=claims_by_row(desk, id),
    )


def destinations(table: Screened) -> Sequence[str]:
    place = table.places.get("destination")
    return [] if place is None else sorted({row.cells[place].strip() for row in table.rows} - {""})


def claims_by_row(desk: Desk, document: str) -> dict[int, str]:
    """The claim of each kept row, by the row's number."""
    heads = ((claim.content.text.partition(" | ")[0], claim.id) for claim in desk.claims(document))
    numbers = ((head.removeprefix("Row "), id) for head, id in heads)
    return {int(number): id for number, id in numbers if number.isdecimal()}
