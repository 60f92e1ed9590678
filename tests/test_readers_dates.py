from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.readers.dates import internet, iso


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2014-09", "2014-09"),
        ("2014-09-25", "2014-09-25"),
        ("2014-09-25 (approx.)", "2014-09-25"),
        ("2014-09-25T08:15", "2014-09-25T08:15:00"),
        ("2014-09-25 08:15:30Z", "2014-09-25T08:15:30+00:00"),
        ("2014-09-25T08:15:30.123+0200", "2014-09-25T08:15:30+02:00"),
        ("2014-09-31", None),
        ("2014-13", None),
        ("2014-09-2", None),
        ("2014-09-255", None),
        ("2014", None),
        ("03/04/2026", None),
        ("3 March 2026", None),
        ("posted 2014-09-25", None),
        ("", None),
    ],
)
def test_an_iso_date_is_kept_to_its_precision_and_nothing_else_is_guessed(
    value: str, expected: str | None
) -> None:
    assert iso(value) == expected


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_kept(day: date) -> None:
    assert iso(day.isoformat()) == day.isoformat()


@given(st.text())
def test_whatever_is_kept_is_a_date(value: str) -> None:
    found = iso(value) or internet(value)
    assert found is None or datetime.fromisoformat(found if len(found) > 7 else f"{found}-01")


def test_an_internet_date() -> None:
    assert internet("Tue, 03 Mar 2026 08:15:00 +0200") == "2026-03-03T08:15:00+02:00"
    assert internet("Tue, 33 Mar 2026 08:15:00 +0200") is None
    assert internet("Tuesday") is None
