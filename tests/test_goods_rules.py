"""Rule files: what is refused, and that a regime can be added without code."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from secondsource.errors import ListError
from secondsource.goods import check, from_pairs, known_figures, load, packaged
from secondsource.goods.rules import loads

GOOD = """
[regime]
id = "DRV"
name = "Drovian control list (invented)"
jurisdiction = "Drovia"

[figures.wingspan]
dimension = "length"
said = "wingspan"
meaning = "from tip to tip"

[flags.amphibious]
said = "able to start from water"

[[rule]]
clause = "7.1"
item = "uav"
text = "Aircraft with a wingspan over 3 m that start from water."
condition = { all = ["wingspan > 3 m", "amphibious"] }
valid_from = 2024-01-01
valid_to = 2024-12-31
source = "Drovian gazette 3/2024"
certainty = "read verbatim"
"""
LATER = """
[[rule]]
clause = "7.1"
item = "uav"
text = "Aircraft with a wingspan over 4 m."
condition = "wingspan > 4 m"
valid_from = {day}
source = "Drovian gazette 9/2024"
certainty = "read verbatim"
"""


def test_a_regime_is_added_by_a_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "drv.toml"
    path.write_text(GOOD + LATER.format(day="2025-01-01"), "utf-8")
    regime = load(path)
    figures = from_pairs(["wingspan=3.5 m", "amphibious=yes"], known_figures([regime]))
    answers = [check(figures, [regime], as_of=date(year, 6, 1))[0].answer for year in (2024, 2025)]
    assert answers == ["meets", "does not meet"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('source = "Drovian gazette 3/2024"', "", "must give its source"),
        ('source = "Drovian gazette 3/2024"', 'source = ""', "must give its source"),
        ("valid_from = 2024-01-01", "", "must give valid_from"),
        ("valid_from = 2024-01-01", 'valid_from = "2024-01-01"', "without quotes"),
        ("valid_from = 2024-01-01", "valid_from = 2024-01-01T00:00:00", "as a date"),
        ("valid_to = 2024-12-31", "valid_to = 2023-12-31", "not before"),
        ('certainty = "read verbatim"', 'certainty = "sure"', "certainty is one of"),
        ('certainty = "read verbatim"', "", "must give its certainty"),
        ('clause = "7.1"', "", "must give its clause"),
        ('"wingspan > 3 m"', '"wingspan > 3 kg"', "not a unit of length"),
        ('"wingspan > 3 m"', '"wingspan > 3"', "has no unit"),
        ('"wingspan > 3 m"', '"wingspan > 3-4 m"', "one number"),
        ('"wingspan > 3 m"', '"wheels > 3 m"', "no figure “wheels”"),
        ('"amphibious"', '"clause 7.2"', "no clause 7.2"),
        ('"amphibious"', '"clause 7.1"', "in a circle"),
        ('"amphibious"', '"submersible"', "neither a comparison"),
        ("all = [", "most = [", "by all, any or joint"),
        ('text = "Aircraft', 'colour = "red"\ntext = "Aircraft', "“colour” means nothing"),
        ('id = "DRV"', "", "must give id"),
        ('said = "wingspan"', "", "need “said”"),
        ("[[rule]]", "[[rules]]", "no [[rule]]"),
        ("[regime]", "[regime", "not TOML"),
    ],
)
def test_a_file_with_something_wrong_is_refused_and_says_what(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    with pytest.raises(ListError) as refused:
        loads(GOOD.replace(old, new, 1), "drv.toml")
    assert problem in str(refused.value)
    assert str(refused.value).startswith("drv.toml")
    assert "\n" not in str(refused.value)


def test_versions_of_a_clause_that_are_in_force_on_one_day_are_refused() -> None:
    with pytest.raises(ListError, match=r"clause 7\.1: the version of 2024-12-31 begins while"):
        loads(GOOD + LATER.format(day="2024-12-31"), "drv.toml")
    endless = GOOD.replace("valid_to = 2024-12-31", "")
    with pytest.raises(ListError, match="without an end"):
        loads(endless + LATER.format(day="2030-01-01"), "drv.toml")


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_the_packaged_regimes_hold_what_they_promise() -> None:
    clauses = {(rule.regime, rule.clause) for regime in packaged() for rule in regime.rules}
    assert {("MTCR", "1.A.2"), ("MTCR", "19.A.2"), ("MTCR", "19.A.3")} <= clauses
    assert {("EU", f"9A012.a.{n}") for n in (1, 2)} | {("EU", f"9A112.{x}") for x in "ab"} <= clauses
    assert {("US", f"9A012.a.{n}") for n in range(1, 6)} <= clauses
    codes = [code for regime in packaged() if regime.id == "CHPL" for r in regime.rules for code in r.codes]
    assert len(codes) == len(set(codes)) == 50
    for regime in packaged():
        for rule in regime.rules:
            assert rule.source
            assert rule.text


def test_the_priority_codes_are_those_of_the_list_beside_the_project(shared: Path) -> None:
    table = (shared / "goods" / "chpl.csv").read_text("utf-8").splitlines()
    rows = [(row["hs6"], row["tier"]) for row in csv.DictReader(table)]
    ours = [
        (code.replace(".", ""), rule.clause.removeprefix("Tier "))
        for regime in packaged()
        if regime.id == "CHPL"
        for rule in regime.rules
        for code in rule.codes
    ]
    assert sorted(ours) == sorted(rows)
