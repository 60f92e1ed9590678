"""What desk and dossier share: the words for values, the table of a question, the escapes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factory
from newsroom import Newsroom
from secondsource.model import (
    BasisKind,
    Excerpt,
    Quantity,
    QuestionStatus,
    ReadStatus,
    SourceKind,
    Span,
    Stance,
    When,
)
from secondsource.templates import markdown, style, wording
from secondsource.templates.evidence import Evidence, claims_of, documents_of, table

AN_EXCERPT = Excerpt((Span(0, 1),), "x")


def test_every_value_has_words() -> None:
    assert set(wording.STANCES) == set(get_args(Stance))
    assert set(wording.SOURCE_KINDS) == set(get_args(SourceKind))
    assert set(wording.BASES) == set(get_args(BasisKind))
    assert set(wording.STATUSES) == set(get_args(QuestionStatus))
    assert set(wording.READ_STATUSES) == set(get_args(ReadStatus))
    assert set(wording.RELIABILITY) == set("ABCDEF")


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2025-06-03", "3 June 2025"),
        ("2025-06-03T05:40:00+00:00", "3 June 2025"),
        ("2014-09", "September 2014"),
        ("2014", "2014"),
        (None, "no date"),
        ("about May", "about May"),
        ("2025-13-01", "2025-13-01"),
    ],
)
def test_a_date_is_said_to_its_own_precision(iso: str | None, said: str) -> None:
    assert wording.day(iso) == said


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2025-06-03T05:40:00Z", "3 June 2025, 05:40 UTC"),
        ("2025-06-03T05:40:09.5+02:00", "3 June 2025, 05:40 +02:00"),
        ("2025-06-03T05:40:00", "3 June 2025, 05:40"),
        ("2025-06", "June 2025"),
    ],
)
def test_a_time_keeps_its_offset(iso: str, said: str) -> None:
    assert wording.moment(iso) == said


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "approximate", "said"),
    [
        (2000.0, 2000.0, 2000.0, "km", True, "about 2,000 km"),
        (None, 7.0, None, "drone", False, "at least 7 drone"),
        (None, 24.0, None, "drone", True, "at least about 24 drone"),
        (None, None, 1.5, "kg", False, "at most 1.5 kg"),
        (None, 40.0, 60.0, "kg", False, "40–60 kg"),
        (3.0, None, None, "", False, "3"),
        (None, None, None, "ship", False, "ship"),
    ],
)
def test_a_quantity_is_said_as_wide_as_it_is(
    value: float | None, low: float | None, high: float | None, unit: str, approximate: bool, said: str
) -> None:
    assert wording.quantity(Quantity(AN_EXCERPT, value, low, high, unit, approximate)) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2025-06-03", "2025-06-03", "3 June 2025"),
        ("2025-01-01", "2025-04-30", "1 January 2025 to 30 April 2025"),
        ("2025-01", None, "January 2025 to open"),
        (None, None, ""),
    ],
)
def test_an_interval_says_which_side_is_open(start: str | None, end: str | None, said: str) -> None:
    assert wording.interval(When(AN_EXCERPT, start, end, "day")) == said


def test_counts_are_said_with_their_nouns() -> None:
    yes, no = Newsroom().question.positions
    assert wording.support(yes) == "1–2 independent origins in 2 reports"
    assert wording.support(no) == "1 independent origin in 1 report"
    assert wording.size(1) == "1 byte"
    assert wording.size(4_120) == "4.1 kB"
    assert wording.size(52_000_000) == "52.0 MB"


@pytest.mark.parametrize("figure", range(1, 7))
@pytest.mark.parametrize("origins", [1, 2])
def test_the_words_for_a_grade_name_counts_and_never_a_verdict(figure: int, origins: int) -> None:
    yes, no = Newsroom().question.positions
    denied, alone = (
        replace(yes, credibility=figure, n_min=origins),
        replace(no, credibility=figure, n_min=origins),
    )
    assert not re.search(r"true|fact|confirm|verif|probab", wording.credibility(denied))
    assert ("unopposed" in wording.credibility(alone)) == (figure < 3)
    assert ("parties to the matter" in wording.credibility(denied)) == (figure < 3)


def test_marks_name_status_denial_and_not_aware() -> None:
    room = Newsroom()
    assert wording.marks(room.question) == ("contested", "denied", "not aware")
    assert wording.marks(replace(room.question, status="denied")) == ("denied", "not aware")
    assert wording.marks(room.other) == ("one origin",)


# The table


def test_what_a_question_rests_on_is_named_once() -> None:
    room = Newsroom()
    assert claims_of(room.question) == (
        room.shipped.id,
        room.copied.id,
        room.denied.id,
        room.unaware.id,
        room.scripted.id,
    )
    assert documents_of(room.question) == tuple(document.id for document in room.documents[:5])


def test_two_origins_of_one_name_stay_two_columns_and_one_across_positions_stays_one() -> None:
    text = factory.document("A said so. B said so. C said so.")
    one, two, three = (factory.claim(text, f"{name} said so") for name in "ABC")
    base = Newsroom().question.positions[1]
    origin = replace(base.origins[0], name="officials")
    first = replace(
        base,
        claims=(one.id, two.id),
        origins=(replace(origin, claims=(one.id,)), replace(origin, claims=(two.id,))),
    )
    second = replace(base, claims=(three.id,), origins=(replace(origin, claims=(three.id,)),))
    question = replace(Newsroom().question, positions=(first, second))
    made = table(question, Evidence.of((one, two, three), (text,)))
    assert [column.name for column in made.columns] == ["officials", "officials"]
    assert [[row.columns for row in group.rows] for group in made.groups] == [[(0,), (1,)], [(0,)]]


def test_who_denies_one_position_and_gives_another_has_one_column() -> None:
    room = Newsroom()
    yes, no = room.question.positions
    ministry = replace(no.origins[0], name="Ministry of Trade", claims=(room.denied.id,))
    rival = replace(no, claims=(room.denied.id,), origins=(ministry,))
    made = table(replace(room.question, positions=(rival, yes)), Evidence.of(room.claims, room.documents))
    assert [column.name for column in made.columns].count("Ministry of Trade") == 1
    assert [row.claim for row in made.groups[1].rows if row.columns == (0,)] == [room.denied]


def test_a_report_without_access_of_its_own_says_why_in_its_row() -> None:
    room = Newsroom()
    made = table(room.question, Evidence.of(room.claims, room.documents))
    said = {row.claim.id: row.undetermined for row in made.groups[0].rows}
    assert said[room.shipped.id] is None
    assert said[room.copied.id] == "cites Harbour Wire and shows nothing of its own"


def test_a_claim_that_left_the_case_has_no_row() -> None:
    room = Newsroom()
    made = table(room.question, Evidence.of(room.claims[1:], room.documents))
    assert room.shipped.id not in {row.claim.id for group in made.groups for row in group.rows}


# Escapes


@given(st.text())
def test_markdown_is_one_line_and_opens_no_markup(text: str) -> None:
    written = markdown(text)
    assert "\n" not in written
    bare = written.replace("\\\\", "")
    for character in "`*_[]<>|~&":
        assert bare.count(character) == bare.count(f"\\{character}")


@pytest.mark.parametrize(
    ("text", "written"),
    [("- a", "\\- a"), ("1. b", "1\\. b"), ("# c", "\\# c"), ("Kezra-2 (new)", "Kezra-2 (new)")],
)
def test_markdown_starts_no_list_and_no_heading(text: str, written: str) -> None:
    assert markdown(text) == written


def test_the_shared_style_loads_nothing() -> None:
    assert "url(" not in style()
    assert "@import" not in style()
