"""Control clauses as data: one TOML file a regime, read with suspicion.

A rule without a source or a date, with a condition that makes no sense, or in force beside
another version of itself is refused with the whole file: a list that is half read is worse
than none.  ``docs/goods.md`` has the form of a file; adding a regime needs no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

from secondsource.errors import ListError, SecondSourceError
from secondsource.goods.conditions import Condition, Parsed, parse
from secondsource.goods.figures import Definition, common, definitions
from secondsource.goods.hs import on_list
from secondsource.model import JSON

_KEYS = {
    "clause",
    "item",
    "text",
    "condition",
    "codes",
    "valid_from",
    "valid_to",
    "source",
    "certainty",
    "note",
    "unless",
    "jurisdiction",
}
_FOREVER = date.max

RuleCertainty = Literal["read verbatim", "secondary", "to be confirmed"]
"""How sure we are of a rule: read in the source itself, in another's words, or from memory."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one clause: what it says in our words, what it asks, from when to when.

    ``valid_to`` is the last day, None while it is in force; ``unless`` names a property that
    takes an item out, which is taken as absent where nobody states it.
    """

    regime: str
    clause: str
    items: tuple[str, ...]
    text: str
    asks: frozenset[str]
    condition: Condition
    source: str
    certainty: RuleCertainty
    valid_from: date
    valid_to: date | None
    jurisdiction: str
    codes: tuple[str, ...] = ()
    unless: Definition | None = None
    note: str = ""

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_to or _FOREVER)

    def to_json(self) -> JSON:
        return {
            "regime": self.regime,
            "clause": self.clause,
            "items": list(self.items),
            "text": self.text,
            "asks": sorted(self.asks),
            "codes": list(self.codes),
            "jurisdiction": self.jurisdiction,
            "source": self.source,
            "certainty": self.certainty,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to and self.valid_to.isoformat(),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Regime:
    """A control list as its file gives it, with the figures that its rules ask for."""

    id: str
    name: str
    jurisdiction: str
    rules: tuple[Rule, ...]
    figures: Mapping[str, Definition]


@cache
def packaged() -> tuple[Regime, ...]:
    """The regimes that come with the program."""
    folder = resources.files(__package__).joinpath("regimes")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(loads(file.read_text("utf-8"), file.name) for file in files)


def load(path: str | Path) -> Regime:
    """The regime in a file.  Raises ListError where it cannot be read or is refused."""
    try:
        return loads(Path(path).read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ListError(f"{path}: cannot be read: {error}") from error


def loads(text: str, name: str) -> Regime:
    """The regime that TOML ``text`` holds; ``name`` is what a refusal calls it.

    Raises ListError, naming the clause and what is wrong with it.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ListError(f"{name}: not TOML: {error}") from error
    head = data.get("regime")
    if not isinstance(head, dict) or not all(head.get(key) for key in ("id", "name", "jurisdiction")):
        raise ListError(f"{name}: the table [regime] must give id, name and jurisdiction")
    try:
        known = common() | definitions(data)
    except (TypeError, KeyError, AttributeError) as error:
        raise ListError(f"{name}: [figures] and [flags] need “said” and a figure its dimension") from error
    rows = data.get("rule")
    if not rows:
        raise ListError(f"{name}: there is no [[rule]] in it")
    read = [_rule(row, head, known, name) for row in rows]
    _check_dates([rule for rule, _ in read], name)
    _check_clauses(read, name)
    return Regime(head["id"], head["name"], head["jurisdiction"], tuple(rule for rule, _ in read), known)


def _rule(
    row: Mapping[str, Any], head: Mapping[str, str], known: Mapping[str, Definition], name: str
) -> tuple[Rule, Parsed]:
    where = f"{name}, clause {row.get('clause', '?')}"
    _check_keys(row, where)
    try:
        parsed = on_list(row["codes"]) if "codes" in row else parse(row["condition"], known)
    except SecondSourceError as error:
        raise ListError(f"{where}: {error}") from error
    unless = row.get("unless")
    if unless is not None and unless not in known:
        raise ListError(f"{where}: “{unless}” is no property that the file defines")
    items = row["item"] if isinstance(row["item"], list) else [row["item"]]
    rule = Rule(
        head["id"],
        str(row["clause"]),
        tuple(items),
        row["text"],
        parsed.names,
        parsed.ask,
        row["source"],
        row["certainty"],
        row["valid_from"],
        row.get("valid_to"),
        row.get("jurisdiction", head["jurisdiction"]),
        tuple(row.get("codes", ())),
        known[unless] if unless else None,
        row.get("note", ""),
    )
    return rule, parsed


def _check_keys(row: Mapping[str, Any], where: str) -> None:
    for key in ("clause", "item", "text", "source", "certainty"):
        if not row.get(key):
            raise ListError(f"{where}: a rule must give its {key}")
    if unknown := row.keys() - _KEYS:
        raise ListError(f"{where}: “{min(unknown)}” means nothing in a rule")
    if ("condition" in row) == ("codes" in row):
        raise ListError(f"{where}: a rule has either a condition or codes")
    if row["certainty"] not in get_args(RuleCertainty):
        raise ListError(f"{where}: certainty is one of {', '.join(get_args(RuleCertainty))}")
    _check_days(row.get("valid_from"), row.get("valid_to"), where)


def _check_days(first: Any, last: Any, where: str) -> None:
    if type(first) is not date:
        raise ListError(f"{where}: a rule must give valid_from as a date (2024-03-14, without quotes)")
    if last is not None and (type(last) is not date or last < first):
        raise ListError(f"{where}: valid_to must be a date that is not before valid_from")


def _check_dates(rules: Iterable[Rule], name: str) -> None:
    """Two versions of a clause in force on one day would be two answers to one question."""
    for earlier, later in pairwise(sorted(rules, key=lambda rule: (rule.clause, rule.valid_from))):
        if earlier.clause == later.clause and later.valid_from <= (earlier.valid_to or _FOREVER):
            raise ListError(
                f"{name}, clause {later.clause}: the version of {later.valid_from} begins while that of "
                f"{earlier.valid_from} is in force ({earlier.valid_to or 'without an end'})"
            )


def _check_clauses(read: Iterable[tuple[Rule, Parsed]], name: str) -> None:
    """Each clause that a condition speaks of is there, and none speaks of itself in the end."""
    read = list(read)
    clauses = {rule.clause for rule, _ in read}
    needs: dict[str, set[str]] = {clause: set() for clause in clauses}
    for rule, parsed in read:
        for meant in parsed.clauses:
            named = {clause for clause in clauses if below(clause, meant)}
            if not named:
                raise ListError(f"{name}, clause {rule.clause}: there is no clause {meant} in the file")
            needs[rule.clause] |= named
    while leaves := [clause for clause, on in needs.items() if not on & needs.keys()]:
        for clause in leaves:
            del needs[clause]
    if needs:
        raise ListError(f"{name}: the clauses {', '.join(sorted(needs))} refer to each other in a circle")


def below(clause: str, meant: str) -> bool:
    """Whether ``clause`` is ``meant`` or stands below it: 9A012.a.1 below 9A012."""
    return clause == meant or clause.startswith(meant + ".")
