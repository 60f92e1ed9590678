"""Comparisons: what makes two names alike, in a score and a sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource import comparisons
from secondsource.alignment import align
from secondsource.comparisons import COMPARISONS, compare
from secondsource.names import parse
from secondsource.screen import THRESHOLD

KNOWN = (
    "yuri yury petrov petroff al bin kupol jsc ltd trading j k 2 iii vander bilt vanderbilt hassan hussein"
)
WORDS = st.sampled_from(KNOWN.split())
NAMES = st.one_of(
    st.text(max_size=24),
    st.lists(WORDS, max_size=5).map(" ".join),
    st.lists(WORDS, max_size=3).map(", ".join),
)
SCHEMAS = st.sampled_from([None, "Person", "Company", "Vessel"])


@settings(deadline=None)
@given(NAMES, NAMES, SCHEMAS)
def test_comparing_is_symmetric(one: str, other: str, schema: str | None) -> None:
    there, back = compare(one, other, schema), compare(other, one, schema)
    assert there.score == back.score
    assert 0 <= there.score <= 1
    assert there.sentence
    assert back.sentence


@given(NAMES, SCHEMAS)
def test_a_name_with_a_letter_is_like_itself(name: str, schema: str | None) -> None:
    assert compare(name, name, schema).score == (1.0 if parse(name, schema).tokens else 0.0)


@given(NAMES, NAMES)
def test_an_alignment_seen_from_the_other_side_is_its_mirror(one: str, other: str) -> None:
    left, right = parse(one), parse(other)
    assert align(left, right) == align(right, left).flipped()


@given(NAMES, NAMES)
def test_no_word_meets_twice(one: str, other: str) -> None:
    left = parse(one)
    found = align(left, parse(other))
    words = [word for met in found.met for word in met.left.split()]
    assert sorted([*words, *found.left]) == sorted(left.tokens)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison.__name__)
def test_every_comparison_explains_itself_to_a_user(comparison: object) -> None:
    assert comparison.__doc__
    assert comparison.__doc__.strip().endswith((".", "Studies."))


@pytest.mark.parametrize(
    ("one", "other", "schema"),
    [
        ("Yuri Petrov", "PETROV, Yury", "Person"),
        ("Юрий Петров", "PETROV, Yuri", "Person"),
        ("Oleksandr Petrov", "Aleksandr Petrov", "Person"),
        ("Vladimir Petrov", "Vladimir Vladimirovich Petrov", "Person"),
        ("V. Petrov", "Vladimir Petrov", "Person"),
        ("Gen. Yuri Petrov", "Yuri Petrov", "Person"),
        ("YuriPetrov", "Yuri Petrov", "Person"),
        ("Sergei Petrov", "Seergei Petrov", "Person"),
        ("АО «Купол»", "JSC Kupol", "Company"),
        ("Kupol LLC", "Kupol GmbH", "Company"),
        ("Vander Bilt Corp", "Vanderbilt Corp", "Company"),
        ("Al Qaeda", "Al-Qa'ida", "Organization"),
        ("IISS", "International Institute for Strategic Studies", "Organization"),
        ("Russian Ministry of Defense", "Russia's defence ministry", "PublicBody"),
        ("Lady of Grey Ness", "LADY OF GREY NESS", "Vessel"),
    ],
)
def test_names_that_may_be_one_score_over_the_threshold(one: str, other: str, schema: str) -> None:
    assert compare(one, other, schema).score >= THRESHOLD


@pytest.mark.parametrize(
    ("one", "other", "schema"),
    [
        ("Ivan Petrov", "Igor Petrov", "Person"),
        ("Hafez Makhlouf", "Rami Makhlouf", "Person"),
        ("Petrov", "Yuri Petrov", "Person"),
        ("Yuri Petrov", "Yuri Sidorov", "Person"),
        ("Shahed-131", "Shahed-136", "Vehicle"),
        ("Fu Yuan Yu 7621", "Fu Yuan Yu 7622", "Vessel"),
        ("Bank of Armenia", "Bank of America", "Company"),
        ("Blinq Holdings Pty Ltd", "Bailey Holdings Pty Ltd", "Company"),
        ("Trading Company", "Kupol Trading Company", "Company"),
    ],
)
def test_names_of_two_things_score_under_the_threshold(one: str, other: str, schema: str) -> None:
    assert compare(one, other, schema).score < THRESHOLD


@pytest.mark.parametrize(
    ("one", "other", "schema", "sentence"),
    [
        ("Kupol", "АО «Купол»", "Company", "“Kupol” and “АО «Купол»” are made of the same words: kupol."),
        (
            "Yuri Petrov",
            "PETROV, Yury Valentinovich",
            "Person",
            "“Yuri Petrov” and “PETROV, Yury Valentinovich”: petrov in both; yuri met yury (0.98, another "
            "transliteration); valentinovich only in “PETROV, Yury Valentinovich”.",
        ),
        (
            "IISS",
            "International Institute for Strategic Studies",
            "Organization",
            "“IISS” is made of the first letters of “International Institute for Strategic Studies”.",
        ),
        (
            "Petrov",
            "Yuri Petrov",
            "Person",
            "“Petrov” is one of the names in “Yuri Petrov”; others bear it too.",
        ),
        (
            "Shahed-131",
            "Shahed-136",
            "Vehicle",
            "The numbers differ: 131 and 136.",
        ),
        ("Kupol LLC", "Kupol JSC", "Company", "The legal forms differ: limited and joint-stock."),
        ("Orlesk Van Bilt", "Vanbilt Orlesk", "Company", "van bilt met vanbilt (1.00, written together)"),
        ("Cardena Sguillen", "Cardenas Guillen", "Person", "are spelled alike when written together."),
    ],
)
def test_the_sentence_names_which_word_met_which(one: str, other: str, schema: str, sentence: str) -> None:
    assert sentence in compare(one, other, schema).sentence


def test_a_mirrored_comparison_speaks_of_left_and_right() -> None:
    found = compare("Yuri", "Yuri Petrov", "Person")
    assert (found.left, found.right) == ("Yuri", "Yuri Petrov")


def test_without_a_kind_the_better_reading_counts() -> None:
    assert compare("President Ivan Petrov", "Ivan Petrov").score == 1
    assert compare("Kupol JSC", "Kupol").score == 1


def test_labelled_pairs_are_told_apart(shared: Path) -> None:
    """The 826 pairs of nomenklatura's name_bench: logic-v2 reaches F1 0.796 on them."""
    with (shared / "names" / "name_bench_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    taken = [
        (compare(row["name1"], row["name2"], row["schema"]).score >= THRESHOLD, row["is_match"] == "true")
        for row in rows
    ]
    right = sum(found and match for found, match in taken)
    assert 2 * right / (sum(found for found, _ in taken) + sum(match for _, match in taken)) >= 0.8


def test_the_settings_are_fractions() -> None:
    settings = [
        value for name, value in vars(comparisons).items() if name.isupper() and isinstance(value, float)
    ]
    assert settings
    assert all(0 < value <= 1 for value in settings)
