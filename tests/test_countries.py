"""Which states are meant where a list, a form or a person writes a country."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.countries import as_codes, country_codes, country_name


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Korea, North", ("kp",)),
        ("Democratic People’s Republic of Korea", ("kp",)),
        ("Korea, South", ("kr",)),
        ("Congo, Democratic Republic of the", ("cd",)),
        ("Virgin Islands, British", ("vg",)),
        ("Iran (Islamic Republic of)", ("ir",)),
        ("Republic of Moldova", ("md",)),
        ("United Kingdom of Great Britain and Northern Ireland", ("gb",)),
        ("Bosnia and Herzegovina", ("ba",)),
        ("Myanmar/Burma", ("mm",)),
        ("Russian, Ukrainian", ("ru", "ua")),
        ("(a) German, (b) Moroccan", ("de", "ma")),
        ("Congolese", ("cg", "cd")),
        ("KP", ("kp",)),
        ("Drovia", ()),
        ("undetermined", ()),
        ("", ()),
    ],
)
def test_states_are_known_as_lists_write_them(text: str, codes: tuple[str, ...]) -> None:
    assert country_codes(text) == codes


def test_what_is_no_state_that_is_known_stays_as_it_is() -> None:
    assert as_codes(["Drovia", "Russian", "Russia"]) == ("Drovia", "ru")
    assert (country_name("kp"), country_name("Drovia")) == ("North Korea", "Drovia")


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(len(code) == 2 and country_name(code) != code for code in country_codes(text))
