"""A name against designation lists: who on them it may mean, how sure, and why.

Every result is a *potential* match: a reason to look, in words that can be quoted.  Nothing
here says that somebody is sanctioned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from secondsource import names
from secondsource.comparisons import THRESHOLD as THRESHOLD
from secondsource.comparisons import Comparison
from secondsource.errors import LimitError, SecondSourceError
from secondsource.index import ALGORITHM, Form, Found, NameIndex
from secondsource.model import Designation, ListEdition, Match, MatchJudgement, Screening
from secondsource.screen.alarms import Measured, packaged
from secondsource.screen.negatives import invented
from secondsource.screen.qualifiers import Qualifiers, weigh
from secondsource.text import content_id

CUTOFF = 0.25
"""Results below are not shown at all: most of the words would have to be overlooked."""

KINDS = (
    "Person",
    "LegalEntity",
    "Company",
    "Organization",
    "PublicBody",
    "Vessel",
    "Airplane",
    "Vehicle",
    "Thing",
)

Entry = Callable[[int], Designation]
"""An entry by its number in the index."""

MEASURED = 1_000
"""Invented people that are screened to tell how often a list raises an alarm for nothing."""


class Asked(NamedTuple):
    """A name to screen: what kind of thing it names where that is known, what else is known of it.

    ``place`` says where it stands, for a complaint about it.
    """

    name: str
    schema: str | None = None
    qualifiers: Qualifiers = Qualifiers()
    place: str = ""


class Bounds(NamedTuple):
    """At most how many results, and from which score one is a potential match."""

    limit: int = 5
    threshold: float = THRESHOLD

    def check(self) -> None:
        if self.limit < 1 or not 0 <= self.threshold <= 1:
            raise SecondSourceError("the limit must be 1 or more, the threshold between 0 and 1")


class Screener:
    """Designations made ready for screening: built once, asked often.

    ``editions`` are the imports that the designations come from; every `Screening` names
    them, so that it can be said later what was screened against.  ``judgements`` are what
    people decided about earlier matches, and are obeyed.
    """

    def __init__(
        self,
        designations: Iterable[Designation],
        editions: Sequence[ListEdition] = (),
        judgements: Iterable[MatchJudgement] = (),
    ) -> None:
        entries = list(designations)
        self._ready(NameIndex.build(forms(entries)).keep(), entries.__getitem__, editions)
        self.obey(judgements)

    @classmethod
    def of(cls, index: NameIndex, entry: Entry, editions: Sequence[ListEdition]) -> Screener:
        """A screener on an index that was built before; ``entry`` looks up what it found."""
        screener = cls.__new__(cls)
        screener._ready(index, entry, editions)
        return screener

    def _ready(self, index: NameIndex, entry: Entry, editions: Sequence[ListEdition]) -> None:
        self.index, self._entry, self.editions = index, entry, tuple(editions)
        self._judged: dict[tuple[str, str, str], MatchJudgement] = {}
        self.alarms: Measured | None = None
        """How often lists raise false alarms, where it was measured for these; else that of public lists."""

    def entry(self, at: int) -> Designation:
        """An entry by its number in the index."""
        return self._entry(at)

    def keep(self) -> Screener:
        """The screener itself, with its names in memory: for asking it many times."""
        self.index.keep()
        return self

    def obey(self, judgements: Iterable[MatchJudgement]) -> None:
        """Take in what people decided, the last decision on a name and an entry counting."""
        for one in judgements:
            self._judged[names.normalise(one.query), one.list, one.designation] = one

    def screen(
        self,
        name: str,
        *,
        schema: str | None = None,
        limit: int = 5,
        threshold: float | None = None,
        qualifiers: Qualifiers | None = None,
    ) -> Screening:
        """Whom on the lists ``name`` may mean, the likeliest first, at most ``limit`` entries.

        ``schema`` is the kind of thing that is named (one of `KINDS`), where it is known; a
        result whose score is ``threshold`` or more (`THRESHOLD` where none is given) is a
        potential match, unless a person decided otherwise.  Raises SecondSourceError for a
        name without letters or digits, an unknown kind or senseless bounds, LimitError for a
        name longer than `names.LONGEST`.
        """
        return self.screen_all([Asked(name, schema, qualifiers or Qualifiers())], limit, threshold)[0]

    def screen_all(
        self, asked: Sequence[Asked], limit: int = 5, threshold: float | None = None
    ) -> list[Screening]:
        """`screen` for many names, which costs less than one by one.  Raises as it does for the first
        name that cannot be screened (`check` tells which)."""
        bounds = Bounds(limit, THRESHOLD if threshold is None else threshold)
        bounds.check()
        for one in asked:
            self.check(one)
        found = self.index.find_all([(one.name, one.schema) for one in asked], limit)
        hashes = [edition.sha256 for edition in self.editions]
        return [self._screening(*item, bounds, hashes) for item in zip(asked, found, strict=True)]

    def _screening(
        self, asked: Asked, found: Sequence[Found], bounds: Bounds, hashes: Sequence[str]
    ) -> Screening:
        odd = names.warnings(asked.name)
        results = [
            self._match(asked, one.comparison, self._entry(one.entry), bounds.threshold, odd)
            for one in self._near(found, asked, bounds.limit)
        ]
        results.sort(key=lambda match: -match.score)
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        id = content_id("s", asked.name, asked.schema, *bounds, at, hashes)
        kept = tuple(match for match in results if match.score >= CUTOFF)[: bounds.limit]
        known = asked.qualifiers
        return Screening(
            id, asked.name, asked.schema, kept, self.editions, at, ALGORITHM, bounds.threshold,
            bounds.limit, known.birth_dates, known.countries, known.identifiers,
        )  # fmt: skip

    def _near(self, found: Sequence[Found], asked: Asked, limit: int) -> Sequence[Found]:
        """Those whose score may matter: qualifiers can change the order of some beyond the limit."""
        most = limit if not asked.qualifiers else limit + 10
        return [one for one in found if one.comparison.score >= CUTOFF][:most]

    def false_alarms(self, count: int = MEASURED) -> tuple[float, ...]:
        """The best scores that ``count`` invented people reach on these lists, the highest first."""
        found = self.index.find_all([(name, "Person") for name in invented(count)], 1)
        best = (max((one.comparison.score for one in each), default=0.0) for each in found)
        return tuple(sorted(best, reverse=True))

    def find(self, name: str, schema: str | None = None, limit: int = 5) -> list[Match]:
        """The entries whose names are like ``name``, for searching: nothing is recorded."""
        found = self.index.find(name, schema, limit)[:limit] if names.normalise(name) else []
        asked, odd = Asked(name, schema), names.warnings(name)
        return [self._match(asked, one.comparison, self._entry(one.entry), THRESHOLD, odd) for one in found]

    def holding(self, words: Iterable[str]) -> Iterator[Designation]:
        """The entries of which a name may hold every one of some words: for searching, to be looked at."""
        return map(self._entry, self.index.holding(list(filter(names.tells, words))))

    def beginning(self, start: str) -> Iterator[Designation]:
        """The entries of which a name holds a word that begins with some normalised letters."""
        return map(self._entry, self.index.beginning(start))

    def best(self, name: str, schema: str | None = None) -> float:
        """The highest score that a name reaches."""
        return max((one.comparison.score for one in self.index.find(name, schema, 1)), default=0.0)

    def _match(
        self, asked: Asked, found: Comparison, entry: Designation, threshold: float, odd: Sequence[str]
    ) -> Match:
        score, known = weigh(found.score, asked.qualifiers, entry)
        judged = (
            self._judged.get((names.normalise(asked.name), entry.list, entry.id)) if self._judged else None
        )
        over = score >= threshold
        odd = (*odd, *names.warnings(found.right))
        alarms = (self.alarms or packaged()).sentence(score)
        verdict = _verdict(score, threshold)
        reasons = (found.sentence, *odd, _where(found, entry), *known, alarms, verdict)
        if judged is None:
            return Match(asked.name, entry, found.right, score, over, reasons)
        counted = {"positive": True, "negative": False}.get(judged.decision, over)
        return Match(
            asked.name, entry, found.right, score, counted, (*reasons, _decided(judged)), judged.decision
        )

    def check(self, asked: Asked) -> None:
        """Raises what `screen` raises for a name that cannot be screened."""
        name, schema, *_ = asked
        if not self.index.size:
            raise SecondSourceError("there is no designation to screen against: add a list first")
        if len(name) > names.LONGEST:
            raise LimitError(f"a name of {len(name):,} characters: the limit is {names.LONGEST}")
        if not names.normalise(name):
            raise SecondSourceError(f"{name!r}: no letter or digit to screen")
        if schema is not None and schema not in KINDS:
            raise SecondSourceError(f"unknown kind {schema!r}: known are {', '.join(KINDS)}")


def forms(entries: Iterable[Designation]) -> Iterable[Form]:
    """Every name of every entry, the entries numbered in their order."""
    for at, entry in enumerate(entries):
        listed = dict.fromkeys((entry.name, *entry.aliases))
        for text in dict.fromkeys(chain.from_iterable(map(names.names_in, listed))):
            yield Form(at, text, entry.schema, text not in listed)


def expected(scores: Sequence[float], threshold: float) -> float:
    """Of 10,000 names that are on no list, how many raise a potential match at ``threshold``.

    ``scores`` are those of `Screener.false_alarms`.  A count of few is uncertain: none in
    1,000 is compatible with up to 30 in 10,000 (the rule of three).
    """
    return 10_000 * sum(score >= threshold for score in scores) / max(1, len(scores))


def _where(found: Comparison, entry: Designation) -> str:
    form, where = found.right, f"entry {entry.id} of {entry.list} ({entry.schema})"
    if form == entry.name:
        return f"“{form}” is listed as {where}."
    if form in entry.aliases:
        return f"“{form}” is listed as an alias of “{entry.name}” under {where}."
    whole = next((text for text in (entry.name, *entry.aliases) if form in names.names_in(text)), entry.name)
    return f"“{form}” is one of the names in “{whole}” under {where}."


def _verdict(score: float, threshold: float) -> str:
    over = score >= threshold
    side = "at or over the threshold of" if over else "under the threshold of"
    verdict = "a potential match, to be checked" if over else "not counted as a potential match"
    return f"Score {score:g}, {side} {threshold:g}: {verdict}."


_DECISIONS = {
    "positive": "that this is the same; it stays a potential match",
    "negative": "that this is another; it is not counted as a potential match",
    "unsure": "that it cannot be told; the score counts",
}


def _decided(judged: MatchJudgement) -> str:
    reason = f" ({judged.reason})" if judged.reason else ""
    return f"{judged.by} decided on {judged.at[:10]} {_DECISIONS[judged.decision]}{reason}."
