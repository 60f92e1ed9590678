"""How a question grew: its reports, origins and oppositions by the dates they were published on.

It is computed from the question as it stands: what a desk would have shown on an earlier day, had
it known every report of that day and traced it as it is traced now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from secondsource.model import Question


@dataclass(frozen=True, slots=True)
class Step:
    """How many reports, origins and opposing reports there were by the end of a ``day`` (ISO)."""

    day: str
    reports: int
    origins: int
    against: int


@dataclass(frozen=True, slots=True)
class Growth:
    """The steps by day, and how many reports have no date and stand in none of them."""

    steps: tuple[Step, ...]
    undated: int

    def line(self, what: str, width: float, height: float) -> str:
        """The points of a polyline of ``what`` ("reports", "origins") over the days, as SVG takes them."""
        most = max((step.reports for step in self.steps), default=0) or 1
        last = max(len(self.steps) - 1, 1)
        flat = self.steps if len(self.steps) != 1 else (*self.steps, *self.steps)
        return " ".join(
            f"{number * width / last:.1f},{height - getattr(step, what) * height / most:.1f}"
            for number, step in enumerate(flat)
        )

    def shown(self, most: int = 12) -> tuple[Step, ...]:
        """At most so many of the steps, evenly taken, the first and last among them."""
        if len(self.steps) <= most:
            return self.steps
        return tuple(self.steps[number * (len(self.steps) - 1) // (most - 1)] for number in range(most))


def growth(question: Question, dates: Mapping[str, str | None]) -> Growth:
    """The growth of a question; ``dates`` are those of publication, by the id of the document."""
    origins = [origin.documents for position in question.positions for origin in position.origins]
    against = {one.document for each in question.positions for one in (*each.denied_by, *each.unaware)}
    reports = _days(question.documents, dates)
    firsts = sorted(min(days) for documents in origins if (days := _days(documents, dates)))
    opposed = _days(against, dates)
    days = sorted({*reports, *opposed})
    steps = (Step(day, *(_until(day, each) for each in (reports, firsts, opposed))) for day in days)
    return Growth(tuple(steps), len(question.documents) - len(reports))


def _days(documents: Iterable[str], dates: Mapping[str, str | None]) -> list[str]:
    return sorted(day[:10] for id in documents if (day := dates.get(id)))


def _until(day: str, days: list[str]) -> int:
    return bisect_right(days, day)
