"""Which clauses the figures of an item would meet, as of a day, each with the sentence that says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from secondsource.errors import SecondSourceError
from secondsource.goods.amounts import Interval, shown
from secondsource.goods.conditions import PAYLOAD_AT_RANGE, Verdict, some
from secondsource.goods.figures import RANGE_KINDS, Definition, Figures, of_range
from secondsource.goods.rules import Regime, Rule, below
from secondsource.model import JSON

AnswerWord = Literal["meets", "does not meet", "cannot tell"]
_WORDS: dict[bool | None, AnswerWord] = {True: "meets", False: "does not meet", None: "cannot tell"}
_MEETS = {True: "would meet", False: "would not meet", None: "do not tell whether they would meet"}
GIVEN = "The figures given"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the figures give against one clause; ``needs`` names what it takes to tell.

    ``reason`` is the whole sentence, and ``why`` the part of it that compares.
    """

    rule: Rule
    answer: AnswerWord
    needs: tuple[str, ...]
    reason: str
    why: str
    as_of: date

    def to_json(self) -> JSON:
        """The contract's object: the fields of ``docs/schemas/goods-answer.schema.json``."""
        rule = self.rule
        return {
            "regime": rule.regime,
            "clause": rule.clause,
            "answer": self.answer,
            "needs": list(self.needs),
            "reason": self.reason,
            "source": f"{rule.source}; {rule.certainty}",
            "valid_from": rule.valid_from.isoformat(),
            "valid_to": rule.valid_to and rule.valid_to.isoformat(),
        }


def known_figures(regimes: Iterable[Regime]) -> dict[str, Definition]:
    """Every figure and property that the rules of these regimes may ask for."""
    return {name: one for regime in regimes for name, one in regime.figures.items()}


def chosen(regimes: Iterable[Regime], wanted: Iterable[str]) -> tuple[Regime, ...]:
    """The regimes named by id, all where none is.  Raises SecondSourceError for an unknown one."""
    regimes, ids = tuple(regimes), {id.casefold() for id in wanted}
    known = {regime.id.casefold() for regime in regimes}
    if unknown := ids - known:
        have = ", ".join(regime.id for regime in regimes)
        raise SecondSourceError(f"there is no regime “{min(unknown)}”: known are {have}")
    return tuple(regime for regime in regimes if not ids or regime.id.casefold() in ids)


def check(
    figures: Figures,
    regimes: Iterable[Regime],
    *,
    as_of: date | None = None,
    item: str | None = None,
    who: str = GIVEN,
) -> list[Answer]:
    """One answer for each rule in force ``as_of`` that concerns such an item, in the order of the files.

    ``item`` is what kind of thing it is; without it, the kinds that rules asking for any of
    its figures are about.  ``who`` opens each sentence: whose figures they are, and where said.
    Raises SecondSourceError where no rule in force concerns the item.
    """
    day, regimes = as_of or date.today(), tuple(regimes)
    kinds = {item} if item else _kinds(figures, regimes)
    found = [answer for regime in regimes for answer in _answers(figures, regime, day, kinds, who)]
    if not found:
        about = f"“{item}”" if item else f"an item with {', '.join(sorted(figures.names)) or 'no figure'}"
        raise SecondSourceError(f"no rule in force on {day} concerns {about}")
    return found


def _kinds(figures: Figures, regimes: Iterable[Regime]) -> set[str]:
    """The kinds of item that the figures speak of; “uav” alone where they would do for one."""
    asked = [(rule, rule.asks & figures.names) for regime in regimes for rule in regime.rules]
    kinds = {kind for rule, names in asked if names for kind in rule.items}
    return kinds - {"rocket"} if "uav" in kinds else kinds


def _answers(figures: Figures, regime: Regime, day: date, kinds: set[str], who: str) -> Iterator[Answer]:
    facts = _Facts(figures, [rule for rule in regime.rules if rule.in_force(day)])
    for rule in facts.rules:
        if kinds & set(rule.items):
            found = facts.verdict(rule)
            word = _WORDS[found.holds]
            said, why = _reason(rule, found, figures, day, who), f"{'; '.join(found.why)}."
            if "range_kind" in found.needs:
                otherwise = _if_one_way(figures, facts.rules, rule)
                said, why = said + otherwise, why + otherwise
            yield Answer(rule, word, found.needs, said, why, day)


def _if_one_way(figures: Figures, rules: list[Rule], rule: Rule) -> str:
    """What the answer would be, were a range of a kind that nobody states a one-way range."""
    distance = figures.amounts["range"]
    one_way = of_range(distance.stated or Interval(), "one-way", distance.words)
    facts = _Facts(replace(figures, amounts={**figures.amounts, "range": one_way}), rules)
    holds = facts.verdict(rule).holds
    return "" if holds is None else f" If that is a one-way range, they {_MEETS[holds]} it."


class _Facts:
    """The verdicts on the rules of one regime on one day, each worked out once."""

    def __init__(self, figures: Figures, rules: list[Rule]) -> None:
        self.rules = rules
        self._figures = figures
        self._known: dict[str, Verdict] = {}

    def verdict(self, rule: Rule) -> Verdict:
        if rule.clause not in self._known:
            self._known[rule.clause] = self._asked(rule)
        return self._known[rule.clause]

    def _asked(self, rule: Rule) -> Verdict:
        if rule.unless and self._figures.flags.get(rule.unless.name):
            return Verdict(False, (), (f"{rule.unless.said}: left out by the clause",))
        return rule.condition(self._figures, self._clause)

    def _clause(self, clause: str) -> Verdict:
        """Whether the item is in a clause or any below it, as another clause of the regime asks."""
        named = [rule for rule in self.rules if below(rule.clause, clause)]
        found = some(map(self.verdict, named))
        if found.holds is None:
            return Verdict(None, found.needs, (f"whether {clause} is met cannot be told",))
        outcome = "is met" if found.holds else "is not met"
        return Verdict(found.holds, (), (f"{clause} {outcome} ({'; '.join(found.why)})",))


def _reason(rule: Rule, found: Verdict, figures: Figures, day: date, who: str) -> str:
    opening = f"{who} {_MEETS[found.holds]} the parameter of clause {rule.clause} ({rule.regime}) as of {day}"
    parts = [f"{opening}: {'; '.join(found.why)}."]
    range_ = figures.amounts.get("range")
    if range_ and range_.kind == "one-way" and "range" in rule.asks:
        parts.append(f"The range is taken as {RANGE_KINDS['one-way']}.")
    if PAYLOAD_AT_RANGE not in found.needs:
        parts += _on_payload(rule, figures)
    if rule.unless and rule.unless.name not in figures.flags and found.holds is not False:
        parts.append(f"Taken as not {rule.unless.said}.")
    parts += _estimated(rule, figures)
    if figures.flags.get("military"):
        parts.append("An item made for military use: the munitions list is read first.")
    return " ".join([*parts, rule.note]).strip()


def _estimated(rule: Rule, figures: Figures) -> Iterator[str]:
    """Endurance times speed, where no range is known: said, and never decided by."""
    known = figures.amounts
    bounded = "range" in known and known["range"].interval != Interval()
    speed = known.get("cruise_speed") or known.get("speed")
    if "range" not in rule.asks or bounded or speed is None or "endurance" not in known:
        return
    longest, fastest = known["endurance"].interval.high, speed.interval.high
    if longest is not None and fastest is not None:
        yield f"Endurance times speed is {shown(longest * fastest)} km: an estimate, not a reported range."


def _on_payload(rule: Rule, figures: Figures) -> Iterator[str]:
    """What is said of the payload where a range is judged, since the two are traded against each other."""
    if "range" not in rule.asks or "range" not in figures.amounts:
        return
    payload = figures.amounts.get("payload")
    if payload is None or not figures.joint:
        yield "The payload at that range is not stated."
    else:
        yield f"The payload at that range is stated as “{payload.words}”."
