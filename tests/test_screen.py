"""Screening: who on the lists a name may mean, in words that promise no more than that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.errors import LimitError, SecondSourceError
from secondsource.lists import beside, load
from secondsource.model import Designation, ListEdition
from secondsource.names import normalise
from secondsource.screen import CUTOFF, THRESHOLD, Screener
from secondsource.screen.alarms import measured, packaged

EDITION = ListEdition("test", "nobody", "test.csv", "ab" * 32, "2025-01-01T00:00:00Z", 5)
LISTED = (
    Designation("1", "test", "ORLESK MACHINE WORKS", "Organization", ("ORLESKI MASHIZAVOD",)),
    Designation("2", "test", "GAVDOREN, Rustel", "Person", ("GAVDOREFF, Rustl", "OREL")),
    Designation("3", "test", "GAVRILDOV, Rustam", "Person"),
    Designation("4", "test", "GREY NESS", "Vessel"),
    Designation("4", "other", "GREY NESS 2", "Vessel"),
)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener(LISTED, [EDITION])


def ids(screener: Screener, name: str, **bounds: Any) -> list[str]:
    """The entries that are a potential match."""
    return [match.designation.id for match in screener.screen(name, **bounds).results if match.match]


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Orlesk Machine Works", "1"),
        ("JSC Orlesk Machine Works", "1"),
        ("Орлески Машизавод", "1"),
        ("Rustel Gavdoren", "2"),
        ("Director General Rustel Gavdoren", "2"),
        ("Rustel Gavdoreff", "2"),
        ("Gavdoren Rustel", "2"),
        ("RustelGavdoren", "2"),
        ("Grey  Ness", "4"),
    ],
)
def test_a_listed_name_in_another_spelling_is_a_potential_match(
    screener: Screener, name: str, entry: str
) -> None:
    assert entry in ids(screener, name)


@pytest.mark.parametrize(
    "name", ["Rustel Orvane", "Anna Gavdoren", "Orleans Marine Works", "12345", "Machine Works", "Gavdoren"]
)
def test_what_shares_a_word_or_less_is_none(screener: Screener, name: str) -> None:
    assert ids(screener, name) == []


def test_every_result_says_which_word_met_which_and_where_it_is_listed(screener: Screener) -> None:
    (match, *_) = screener.screen("Rustel Gavdorev", schema="Person").results
    assert match.name == "GAVDOREN, Rustel"
    words, listed, alarms, verdict = match.reasons
    assert alarms.startswith("Of 10,000 names of people on no list, ")
    assert "rustel in both; gavdorev met gavdoren (0.88, spelled alike)" in words
    assert listed == "“GAVDOREN, Rustel” is listed as entry 2 of test (Person)."
    assert verdict.startswith(
        f"Score {match.score:g}, at or over the threshold of {THRESHOLD:g}: a potential match"
    )


def test_an_alias_is_said_to_be_one(screener: Screener) -> None:
    (match, *_) = screener.screen("Orleski Mashizavod").results
    assert "as an alias of “ORLESK MACHINE WORKS” under entry 1 of test (Organization)" in match.reasons[1]


def test_a_name_within_a_name_is_said_to_be_one() -> None:
    whole = "Rustel (a.k.a. Oswin) VENNDOR"
    (match, *_) = Screener([Designation("5", "test", whole, "Person")]).screen("Oswin Venndor").results
    assert (match.name, match.score) == ("Oswin VENNDOR", 1)
    assert (
        f"“Oswin VENNDOR” is one of the names in “{whole}” under entry 5 of test (Person)." in match.reasons
    )


def test_no_wording_says_that_somebody_is_sanctioned(screener: Screener) -> None:
    said = [
        reason
        for name in ("Rustel Gavdoren", "Rustam")
        for one in screener.screen(name).results
        for reason in one.reasons
    ]
    assert said
    assert not any(
        word in reason.casefold()
        for reason in said
        for word in ("sanctioned", "guilty", "verified", "is true")
    )


def test_results_are_one_an_entry_best_first_within_the_limit(screener: Screener) -> None:
    results = screener.screen("Rustam Gavdoren", limit=10, threshold=0.1).results
    assert [match.score for match in results] == sorted((match.score for match in results), reverse=True)
    assert len({(match.designation.list, match.designation.id) for match in results}) == len(results)
    assert all(match.score >= CUTOFF for match in results)
    assert len(screener.screen("Rustam Gavdoren", limit=1).results) == 1


def test_one_id_on_two_lists_is_two_entries(screener: Screener) -> None:
    assert {match.designation.list for match in screener.screen("Grey Ness").results} == {"test", "other"}


def test_the_threshold_decides_what_is_a_match_and_not_what_is_shown(screener: Screener) -> None:
    strict = screener.screen("Rustel Gavdoreff", threshold=1.0)
    assert strict.results
    assert not any(match.match for match in strict.results)
    assert all("not counted as a potential match" in match.reasons[-1] for match in strict.results)


@pytest.mark.parametrize(
    ("schema", "found"),
    [("Person", []), ("Vessel", ["4"]), ("Company", []), ("Thing", ["4"]), (None, ["4"])],
)
def test_a_known_kind_leaves_out_what_is_of_another(
    screener: Screener, schema: str | None, found: list[str]
) -> None:
    assert ids(screener, "Grey Ness", schema=schema) == found * 2


def test_a_screening_names_what_it_was_made_against(screener: Screener) -> None:
    screening = screener.screen("Orlesk")
    assert screening.lists == (EDITION,)
    assert screening.id.startswith("s-")
    assert screening.at.endswith("+00:00")


@pytest.mark.parametrize(
    ("name", "bounds", "reason"),
    [
        ("", {}, "no letter or digit"),
        ("   ", {}, "no letter or digit"),
        ("😀🚢", {}, "no letter or digit"),
        ("Orlesk", {"schema": "Banana"}, "unknown kind 'Banana': known are Person"),
        ("Orlesk", {"limit": 0}, "limit"),
        ("Orlesk", {"threshold": 1.5}, "threshold"),
        ("Orlesk", {"threshold": float("nan")}, "threshold"),
    ],
)
def test_what_cannot_be_screened_is_refused_with_the_reason(
    screener: Screener, name: str, bounds: dict[str, Any], reason: str
) -> None:
    with pytest.raises(SecondSourceError, match=reason):
        screener.screen(name, **bounds)


def test_a_name_of_ten_thousand_characters_is_refused_naming_the_limit(screener: Screener) -> None:
    with pytest.raises(LimitError, match="10,000 characters: the limit is 500"):
        screener.screen("ab " * 3_333 + "a")


def test_no_list_at_all_is_no_clean_answer() -> None:
    with pytest.raises(SecondSourceError, match="add a list first"):
        Screener([]).screen("Orlesk")


@given(st.text(min_size=1, max_size=60).filter(normalise))
def test_no_name_breaks_the_screener(name: str) -> None:
    assert all(0 <= match.score <= 1 for match in Screener(LISTED).screen(name).results)


@settings(deadline=None)  # a machine that does much else is slow
@given(st.permutations(LISTED))
def test_the_order_of_a_list_changes_no_answer(listed: list[Designation]) -> None:
    there, here = Screener(LISTED), Screener(listed)
    for name in ("Rustel Gavdoren", "Grey Ness", "Orlesk"):
        assert there.screen(name).results == here.screen(name).results


def test_the_sample_list_answers_as_the_sample_says(sample: Path) -> None:
    path = sample / "lists" / "sdn.csv"
    screener = Screener(load(path.read_bytes(), path.name, beside(path))[1])
    truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))["screening"]["queries"]
    found = {query["query"]: ids(screener, query["query"], limit=1) for query in truth}
    expected = {q["query"]: [str(q["potential_match"])] if q["potential_match"] else [] for q in truth}
    assert found == expected


def test_the_real_list_is_screened_in_several_scripts(shared: Path) -> None:
    path = shared / "names" / "lists" / "sdn_2023-01.csv"
    screener = Screener(load(path.read_bytes(), path.name, beside(path))[1])
    assert "16680" in ids(screener, "Юрий Валентинович Ковальчук")
    assert "36" in ids(screener, "Aero Caribbean Airlines", schema="Company")
    assert ids(screener, "Fu Yuan Yu 7621", schema="Vessel") == ["33835"]


def test_a_score_says_how_often_people_on_no_list_reach_it() -> None:
    curve = measured([0.5, 0.7, 0.9], 1_000)
    assert [curve.per_10000(score) for score in (0.4, 0.7, 0.95)] == [30, 20, 0]
    assert "fewer than 30 reach this score on the lists in force" in curve.sentence(0.95)
    assert packaged().people >= 1_000
    assert packaged().per_10000(0.9) <= packaged().per_10000(0.7) <= packaged().per_10000(0.5)


def test_what_was_measured_on_the_lists_themselves_is_what_is_said(screener: Screener) -> None:
    screener.alarms = measured([0.1] * 700, 1_000)
    (match, *_) = screener.screen("Rustel Gavdorev", schema="Person").results
    assert "on the lists in force" in match.reasons[-2]
    screener.alarms = None


def test_a_name_of_two_alphabets_is_told_in_the_reasons(screener: Screener) -> None:
    (match, *_) = screener.screen("Rustel Gаvdoren", schema="Person").results
    assert match.score == 1
    assert any("mixes Latin and Cyrillic" in reason for reason in match.reasons)
