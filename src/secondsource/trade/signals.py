"""What in a row is a reason to look at it: code, parties, route, goods; each worked out once a value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Generic, NamedTuple, TypeVar

from secondsource.errors import SecondSourceError
from secondsource.goods import Rule, hs
from secondsource.goods.amounts import read_number
from secondsource.goods.hs import Standing
from secondsource.trade.columns import NUMBERS
from secondsource.trade.flags import Flag, raised
from secondsource.trade.parties import Parties, Potential
from secondsource.trade.tables import Cells

Key = TypeVar("Key")
Value = TypeVar("Value")

_PLAIN = re.compile(r"\d+(?:\.\d{1,2}|\.\d{4,})?")
_AMOUNT = re.compile(r"(?P<number>[+-]?[\d.,' \u00a0\u202f]*\d(?:[eE][+-]?\d+)?)\s*(?P<unit>[^\d]*)")
_KEPT = 200_000
_MISSING = {"hs6": "the six-digit code", "hs_2022": "the code of 2022"}


class Remembered(dict[Key, Value], Generic[Key, Value]):
    """A function's values by what it was asked, as many as memory has room for."""

    def __init__(self, ask: Callable[[Key], Value]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: Key) -> Value:
        if len(self) > _KEPT:
            self.clear()
        value = self[key] = self._ask(key)
        return value


class CodeSignal(NamedTuple):
    """What a code comes to: how it is read, in which tier it stands, the score, why, and what is wrong."""

    said: str = ""
    tier: str = ""
    score: int = 0
    reasons: tuple[str, ...] = ()
    problem: str = ""


class Found(NamedTuple):
    """Why a row is to be looked at; ``score`` orders rows and is no probability."""

    score: int
    reasons: tuple[str, ...]
    code: str
    tier: str
    matches: Mapping[str, Potential]


@dataclass(frozen=True, slots=True)
class Settings:
    """What rows are set against: tiers of codes as of a day, flags of the user's, how cells are read.

    ``edition`` is that of the codes where no column says it; ``decimal`` the decimal mark of
    numbers, None where each number has to tell it itself.
    """

    tiers: Sequence[Rule]
    as_of: date
    flags: Sequence[Flag] = ()
    edition: int | None = None
    decimal: str | None = None


class Signals:
    """The reasons to look at rows of one table, whose columns stand at ``places``."""

    def __init__(self, places: Mapping[str, int], settings: Settings, parties: Parties) -> None:
        self._places, self._settings, self._parties = dict(places), settings, parties
        self._tiers = [
            (rule, frozenset(code.replace(".", "") for code in rule.codes)) for rule in settings.tiers
        ]
        self._listed = frozenset[str]().union(*(codes for _, codes in self._tiers))
        self._codes = Remembered(self._code)
        self._terms = Remembered(_terms)
        wanted = {column for flag in settings.flags for column in flag.tests}
        self._routes = [(column, places[column]) for column in sorted(wanted & places.keys())]
        self._flags = Remembered(self._raised)
        self._numbers = [(role, places[role]) for role in NUMBERS if role in places]
        self._sides = [(side, places[side]) for side in ("consignor", "consignee") if side in places]

    def problems(self, cells: Cells) -> Iterator[str]:
        """What is wrong with single cells of a row that is screened all the same."""
        for role, at in self._numbers:
            cell = cells[at]
            if cell and not _PLAIN.fullmatch(cell) and (wrong := self._wrong(role, cell)):
                yield wrong
        if (code := self._code_of(cells)) and code.problem:
            yield code.problem

    def of(self, cells: Cells) -> Found | None:
        """Why a row is to be looked at, None where there is no reason."""
        score, reasons = 0, list[str]()
        code = self._code_of(cells)
        if code and code.score:
            score, reasons = code.score, [*code.reasons]
        matches = {}
        for side, at in self._sides:
            potential = self._parties.match(cells[at].strip())
            if potential:
                matches[side] = potential
                score += weights()["match"]
                reasons.append(f"{side} “{cells[at].strip()}”: {potential.why} (+{weights()['match']})")
        if self._routes:
            points, named = self._flags[tuple(cells[at] for _, at in self._routes)]
            score, reasons = score + points, reasons + named
        if "description" in self._places:
            points, named = self._terms[cells[self._places["description"]]]
            score, reasons = score + points, reasons + named
        if not reasons:
            return None
        said, tier = (code.said, code.tier) if code else ("", "")
        return Found(score, tuple(reasons), said, tier, matches)

    def _code_of(self, cells: Cells) -> CodeSignal | None:
        at = self._places.get("hs")
        if at is None or not cells[at]:
            return None
        version = self._places.get("hs_version")
        return self._codes[cells[at], cells[version] if version is not None else ""]

    def _code(self, asked: tuple[str, str]) -> CodeSignal:
        written, edition = asked
        try:
            code = hs.read(written, edition or self._settings.edition)
        except SecondSourceError as error:
            return CodeSignal(problem=str(error))
        if hs.stands(code, self._listed).holds is False:
            return CodeSignal(code.said, problem="; ".join(code.notes))
        for rule, listed in self._tiers:
            found = hs.stands(code, listed)
            if found.holds is not False:
                return self._standing(rule, code, found)
        return CodeSignal(code.said)

    def _standing(self, rule: Rule, code: hs.Code, found: Standing) -> CodeSignal:
        sure = found.holds is True
        points = weights()[rule.clause if sure else "undecided"]
        missing = " and ".join(_MISSING[name] for name in found.needs)
        verb = "would meet" if sure else f"does not tell (needs {missing}) whether it would meet"
        clause = f"the parameter of {rule.regime} {rule.clause} as of {self._settings.as_of}"
        reason = f"HS {code.said} {verb} {clause}: {found.why} (+{points})"
        tier = rule.clause.removeprefix("Tier ") + ("" if sure else "?")
        return CodeSignal(code.said, tier, points, (reason,), "; ".join(code.notes))

    def _raised(self, cells: tuple[str, ...]) -> tuple[int, list[str]]:
        columns = {column: cell for (column, _), cell in zip(self._routes, cells, strict=True)}
        found = raised(self._settings.flags, columns)
        return sum(flag.weight for flag in found), [f"flag “{flag.name}” (+{flag.weight})" for flag in found]

    def _wrong(self, role: str, cell: str) -> str | None:
        """What is wrong with a number, None where it can be read."""
        shape = _AMOUNT.fullmatch(cell.strip())
        if shape is None:
            two = len(re.findall(r"\d[\d.,]*", cell)) > 1
            return f"{role} “{cell}” {'has two amounts in it' if two else 'is not a number'}"
        try:
            number = read_number(shape["number"], self._settings.decimal)
        except ValueError as error:
            return f"{role} {error}"
        return f"{role} “{cell}” is negative" if number < 0 else None


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("signals.toml").read_text("utf-8"))


@cache
def weights() -> Mapping[str, int]:
    """How far each kind of reason moves a row up (``signals.toml``)."""
    return dict(_data()["weights"])


@cache
def _term_patterns() -> tuple[tuple[re.Pattern[str], ...], tuple[str, ...]]:
    """One pattern a kind of goods after one for all of them, and what is said of each."""
    rows = _data()["term"]
    every = "|".join(row["words"] for row in rows)
    patterns = (every, *(row["words"] for row in rows))
    compiled = tuple(
        re.compile(rf"(?<!\w){words}(?!\w)" if at else rf"(?<!\w)(?:{words})(?!\w)", re.I)
        for at, words in enumerate(patterns)
    )
    return compiled, tuple(
        f"goods named: {row['name']} (compare {row['clause']}; +{weights()['term']})" for row in rows
    )


def _terms(description: str) -> tuple[int, list[str]]:
    (every, *single), said = _term_patterns()
    if not every.search(description):
        return 0, []
    named = [words for pattern, words in zip(single, said, strict=True) if pattern.search(description)]
    return weights()["term"] * len(named), named
