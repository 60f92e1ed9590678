"""Codes of the Harmonized System as tables give them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import SecondSourceError
from secondsource.goods import packaged
from secondsource.goods.hs import _data, dotted, read, stands

CHPL = frozenset(
    code.replace(".", "")
    for regime in packaged()
    if regime.id == "CHPL"
    for r in regime.rules
    for code in r.codes
)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("8542.31", "854231"),
        ("854231", "854231"),
        ("8542 31", "854231"),
        (" 8542.31.00 ", "85423100"),
        ("8542-31-0000", "8542310000"),
        ("8542310000", "8542310000"),
        ("854231.0", "854231"),
        ("854231.00", "854231"),
        ("'854231", "854231"),
        ("8542", "8542"),
        ("8542.0", "8542"),
        ("8542.3", "85423"),
        ("101211", "101211"),
        ("0101.21", "010121"),
        ("1012100", "1012100"),
        ("101210000", "101210000"),
        ("85423", "85423"),
    ],
)
def test_codes_are_read_in_every_way_that_tables_write_them(written: str, digits: str) -> None:
    code = read(written)
    assert code.digits == digits
    assert bool(code.notes) == (len(digits) % 2 == 1 or written == "8542.0")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "12",
        "123",
        "85423112345",
        "8.54231E+05",
        "8,54231E+05",
        "85x231",
        "n/a",
        "7701.10",
        "0001.10",
        "٨٥٤٢٣١",
    ],
)
def test_what_is_no_code_is_refused_in_one_line(written: str) -> None:
    with pytest.raises(SecondSourceError) as refused:
        read(written)
    assert "\n" not in str(refused.value)


def test_a_dropped_zero_leaves_the_code_open_and_says_so() -> None:
    found = stands(read("8542.3"), CHPL)
    assert found.holds is None
    assert found.needs == ("hs6",)
    assert set(found.codes) == {"854231", "854232", "854233", "854239"}
    assert "8542.30 whose last zero a spreadsheet dropped" in read("8542.3").notes[0]


@pytest.mark.parametrize(
    ("written", "edition", "holds"),
    [
        ("8541.40", 2017, None),
        ("8541.40", 2012, None),
        ("8541.40", None, None),
        ("8541.50", 2017, True),
        ("8548.90", 2017, True),
        ("8548.90", 2022, False),
        ("8803.30", 2017, True),
        ("8803.30", None, True),
        ("8526.91", 2017, True),
        ("8526.91", 2007, None),
        ("9013.80", 2017, None),
        ("9013.80", None, True),
        ("9013.80", 2022, True),
        ("8802.20", 2017, False),
        ("8542", 2022, None),
        ("8542.0", 2022, None),
        ("8548.0", 2022, None),
        ("8542310", 2022, None),
        ("854231000", 2022, None),
        ("1012100", 2022, False),
        ("85423", 2022, None),
        ("10121", 2022, False),
        ("0101", 2022, False),
    ],
)
def test_codes_of_older_editions_are_carried_over_where_that_is_known(
    written: str, edition: int | None, holds: bool | None
) -> None:
    assert stands(read(written, edition), CHPL).holds is holds


def test_an_unknown_edition_is_refused() -> None:
    assert read("8526.91", "HS2017").edition == 2017
    with pytest.raises(SecondSourceError, match="no edition"):
        read("8526.91", "2019")


@given(st.from_regex(r"\A[0-9]{4,10}\Z"))
def test_reading_is_stable(written: str) -> None:
    try:
        once = read(written)
    except SecondSourceError:
        return
    if len(once.digits) % 2 == 0:
        assert read(once.digits).digits == once.digits


@given(st.text(max_size=20))
def test_no_cell_breaks_the_reading(cell: str) -> None:
    try:
        digits = read(cell).digits
    except SecondSourceError:
        return
    assert 4 <= len(digits) <= 10


def test_every_listed_and_carried_code_is_in_the_nomenclature_of_2022(shared: Path) -> None:
    table = (shared / "goods" / "harmonized-system-2022.csv").read_text("utf-8").splitlines()
    known = {row["hscode"] for row in csv.DictReader(table) if len(row["hscode"]) == 6}
    assert known >= CHPL
    assert known >= {new for codes in _data()["to_2022"].values() for new in codes}
    gone = {old for old, new in _data()["to_2022"].items() if old not in new}
    assert not gone & known
    assert dotted("854231") == "8542.31"
