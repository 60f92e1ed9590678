"""Answers against control clauses: the truth table, its completeness, and what may never change an answer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.errors import SecondSourceError
from secondsource.goods import (
    Answer,
    Figure,
    Figures,
    Rule,
    amounts,
    check,
    chosen,
    from_pairs,
    known_figures,
    packaged,
)
from secondsource.goods.amounts import Interval
from secondsource.goods.figures import RangeKind

REGIMES = packaged()
KNOWN = known_figures(REGIMES)
FILES = {"ML": "munitions.toml"}
WORDS = {"meets": "meets", "no": "does not meet", "?": "cannot tell"}


class Case(NamedTuple):
    regime: str
    clause: str
    day: date
    item: str | None
    pairs: tuple[str, ...]
    options: frozenset[str]
    answer: str
    needs: tuple[str, ...]
    citation: str


def _cases() -> Iterator[Case]:
    head: tuple[Any, ...] = ()
    for line in (Path(__file__).parent / "goods_cases.txt").read_text("utf-8").splitlines():
        if line.startswith("=="):
            shape = re.fullmatch(r"== (\w+) (.+) @(\S+): (.+?)(?: \(item=(.+)\))?", line)
            assert shape, line
            head = shape[1], shape[2], date.fromisoformat(shape[3]), shape[5], shape[4]
        elif "->" in line and not line.startswith("#"):
            left, _, right = line.partition("->")
            options = frozenset(re.findall(r"\{(\S+)\}", left))
            pairs = tuple(part.strip() for part in re.sub(r"\{\S+\}", "", left).split(";"))
            answer, _, needs = right.partition(":")
            names = tuple(name.strip() for name in needs.split(",")) if needs else ()
            regime, clause, day, item, citation = head
            word = WORDS[answer.strip()]
            yield Case(regime, clause, day, item, pairs, options, word, names, citation)


CASES = list(_cases())


def _figures(case: Case) -> Figures:
    kinds: list[RangeKind] = ["radius", "datalink", "ferry", "flown", "unknown"]
    kind: RangeKind = next((kind for kind in kinds if kind in case.options), "one-way")
    return from_pairs(case.pairs, KNOWN, range_kind=kind, joint="apart" not in case.options)


def _asked(case: Case) -> Answer:
    answers = check(_figures(case), REGIMES, as_of=case.day, item=case.item)
    return next(one for one in answers if (one.rule.regime, one.rule.clause) == (case.regime, case.clause))


@pytest.mark.parametrize("case", CASES, ids=[f"{c.regime} {c.clause}: {'; '.join(c.pairs)}" for c in CASES])
def test_the_truth_table(case: Case) -> None:
    found = _asked(case)
    assert found.answer == case.answer, found.reason
    assert case.citation
    if case.answer == "cannot tell":
        assert set(case.needs) <= set(found.needs), found.reason
    else:
        assert found.needs == ()


def test_the_table_is_as_large_as_it_says() -> None:
    assert len({(case.regime, case.clause, case.day, case.pairs, case.options) for case in CASES}) >= 120


def _leaves(condition: Any) -> Iterator[str]:
    if isinstance(condition, str):
        yield condition
    elif isinstance(condition, list):
        for part in condition:
            yield from _leaves(part)
    else:
        yield from _leaves([part for key, part in condition.items() if key != "unread"])


def _conditions() -> Iterator[tuple[Rule, Any]]:
    """Every packaged rule with its condition as its file writes it."""
    folder = resources.files("secondsource.goods").joinpath("regimes")
    written = {}
    for file in folder.iterdir():
        for row in tomllib.loads(file.read_text("utf-8"))["rule"]:
            written[row["clause"], row["valid_from"], file.name] = row.get("condition", [])
    for regime in REGIMES:
        for rule in regime.rules:
            yield (
                rule,
                written[rule.clause, rule.valid_from, FILES.get(regime.id, f"{regime.id.lower()}.toml")],
            )


RULES = list(_conditions())


@pytest.mark.parametrize(
    ("rule", "condition"), RULES, ids=[f"{r.regime} {r.clause} {r.valid_from}" for r, _ in RULES]
)
def test_every_threshold_has_cases_on_under_and_over_it_in_other_units_and_each_input_missing(
    rule: Rule, condition: Any
) -> None:
    cases = [c for c in CASES if (c.regime, c.clause) == (rule.regime, rule.clause)]
    here = [case for case in cases if rule.in_force(case.day)]
    assert here
    for name, threshold, unit in filter(None, map(_threshold, _leaves(condition))):
        given_ = [case for case in here if name in _names(case)]
        points = [(low, c) for c in given_ if (low := _figures(c).amounts[name].interval.low) is not None]
        shares = [low / threshold for low, _ in points]
        assert Fraction(1) in shares, f"{name}: no case on the threshold"
        assert any(Fraction(98, 100) <= share < 1 for share in shares) or name == "axes", f"{name}: under"
        assert any(1 < share <= Fraction(102, 100) for share in shares) or name == "axes", f"{name}: over"
        assert any(not _words(c, name).endswith(f" {unit}") for c in given_) or name in (
            "axes",
            "fuel_consumption",
            "glass_transition",
        ), f"{name}: another unit"
    for name in rule.asks:
        missing = [c for c in here if name not in _names(c) and c.answer == "cannot tell" and name in c.needs]
        assert missing or rule.codes, f"{name}: no case where it is missing"


def _threshold(leaf: str) -> tuple[str, Fraction, str] | None:
    shape = re.fullmatch(r"(\w+) (?:>=|<=|>|<) (\S+(?: (\S+))?)", leaf)
    if not shape:
        return None
    interval = amounts.parse(shape[2], str(KNOWN[shape[1]].dimension))
    assert interval.low is not None
    return shape[1], interval.low, shape[3] or ""


def _names(case: Case) -> set[str]:
    return {pair.partition("=")[0] for pair in case.pairs}


def _words(case: Case, name: str) -> str:
    return next(pair for pair in case.pairs if pair.startswith(f"{name}="))


# What may never change an answer

bounds = st.fractions(min_value=0, max_value=3000, max_denominator=10)


@st.composite
def nested(draw: st.DrawFn) -> tuple[Interval, Interval]:
    """An interval and one inside it, with open and missing ends."""
    low, inner_low, inner_high, high = sorted(draw(st.lists(bounds, min_size=4, max_size=4)))
    outer = Interval(draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None])))
    return outer, Interval(inner_low, inner_high, draw(st.booleans()) and inner_low < inner_high)


@given(range_=nested(), payload=nested(), endurance=nested(), apart=st.booleans(), beyond=st.booleans())
@settings(max_examples=200)
def test_knowing_more_only_resolves_cannot_tell(
    range_: tuple[Interval, Interval],
    payload: tuple[Interval, Interval],
    endurance: tuple[Interval, Interval],
    apart: bool,
    beyond: bool,
) -> None:
    named = {"range": range_, "payload": payload, "endurance": endurance}
    loose, tight = (
        Figures(
            {name: Figure(pair[at].scaled(Fraction(1, 100 if name == "endurance" else 1)), "…")
             for name, pair in named.items()},
            {"beyond_sight": beyond},
            joint=not apart,
        )
        for at in (0, 1)
    )  # fmt: skip
    for before, after in zip(check(loose, REGIMES), check(tight, REGIMES), strict=True):
        assert before.answer in ("cannot tell", after.answer)


@given(case=st.sampled_from([case for case in CASES if len(case.pairs) > 1]), drop=st.integers(0, 9))
def test_leaving_a_figure_out_never_turns_an_answer_round(case: Case, drop: int) -> None:
    kept = [pair for at, pair in enumerate(case.pairs) if at != drop % len(case.pairs)]
    if case.pairs[drop % len(case.pairs)].startswith("hs_version"):
        return  # no figure: unstated, the code is read by any edition that has it, which is said
    if any("model_aircraft" in pair or "_sensor" in pair for pair in case.pairs):
        return  # these take an item out of a clause; unstated they are taken as absent, which is said
    rule = _asked(case).rule
    less = _asked(case._replace(pairs=tuple(kept), item=rule.items[0]))
    assert less.answer in ("cannot tell", _asked(case).answer)


def test_the_sentence_says_whose_figures_which_clause_and_which_day() -> None:
    figures = from_pairs(["range=2,000 km"], KNOWN)
    found = check(figures, chosen(REGIMES, ["us"]), as_of=date(2026, 9, 1), item="uav")
    said = next(one for one in found if one.rule.clause == "9A012 MT").reason
    assert said.startswith(
        "The figures given would meet the parameter of clause 9A012 MT (US) as of 2026-09-01:"
    )
    assert "The payload at that range is not stated." in said


@pytest.mark.parametrize("case", CASES[::5], ids=lambda case: f"{case.clause} {case.pairs[0]}")
def test_no_answer_says_that_something_is_controlled_or_needs_a_licence(case: Case) -> None:
    for answer in check(_figures(case), REGIMES, as_of=case.day, item=case.item):
        assert not re.search(r"controlled by|is controlled|licen[cs]e|prohibit|illegal|guilty", answer.reason)
        assert f"as of {case.day}" in answer.reason


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        (["range=2000"], "has no unit"),
        (["range=2000 kg"], "not a unit of length"),
        (["payload=50 kg / 110 lb"], "two amounts"),
        (["payload=-5 kg"], "is negative"),
        (["range=far"], "not a number"),
        (["reach=20 km"], "no rule asks for"),
        (["range"], "name=value"),
        (["range=1 km", "range=2 km"], "given twice"),
        (["military=perhaps"], "yes or no"),
        (["hs=12"], "4 to 10 digits"),
        (["hs=8526.91", "hs_version=2019"], "no edition"),
    ],
)
def test_bad_input_is_one_line(pairs: list[str], problem: str) -> None:
    with pytest.raises(SecondSourceError, match=problem) as refused:
        check(from_pairs(pairs, KNOWN), REGIMES)
    assert "\n" not in str(refused.value)


def test_a_day_without_rules_and_an_unknown_regime_are_said() -> None:
    with pytest.raises(SecondSourceError, match="no rule in force on 1980-01-01"):
        check(from_pairs(["range=1 km"], KNOWN), REGIMES, as_of=date(1980, 1, 1))
    with pytest.raises(SecondSourceError, match="no regime “mars”"):
        chosen(REGIMES, ["mars"])


def test_endurance_times_speed_is_mentioned_and_decides_nothing() -> None:
    figures = from_pairs(["endurance=45 min", "speed=60 km/h", "beyond_sight=yes", "gusts=43 km/h"], KNOWN)
    found = {(a.rule.regime, a.rule.clause): a for a in check(figures, REGIMES, as_of=date(2026, 9, 1))}
    assert found["EU", "9A112.a"].answer == "cannot tell"
    assert (
        "Endurance times speed is 45 km: an estimate, not a reported range." in found["EU", "9A112.a"].reason
    )


def test_a_range_of_an_unstated_kind_says_what_it_would_give_were_it_one_way() -> None:
    figures = from_pairs(["range=2000 km", "payload=50 kg"], KNOWN, range_kind="unknown")
    found = {a.rule.clause: a for a in check(figures, chosen(REGIMES, ["MTCR"]))}
    assert found["19.A.2"].needs == ("range_kind",)
    assert found["19.A.2"].reason.endswith("If that is a one-way range, they would meet it.")
    assert found["1.A.2"].answer == "does not meet"


def test_an_item_for_military_use_is_told_which_list_is_read_first() -> None:
    found = check(from_pairs(["military=yes", "range=400 km"], KNOWN), REGIMES, item="uav")
    assert {a.rule.clause for a in found if a.rule.regime == "ML" and a.answer == "meets"} == {
        "USML VIII(a)",
        "EU ML10.c",
    }
    assert all("the munitions list is read first" in a.reason for a in found)
