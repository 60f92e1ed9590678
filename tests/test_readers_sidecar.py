from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Reading
from secondsource.readers import Sidecar, sidecar

trees = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def beside(**fields: object) -> Sidecar | None:
    return sidecar(json.dumps(fields).encode())


def test_every_field_under_either_name() -> None:
    expected = Sidecar("Port closed", "Velmond Post", ("A. B. Corr",), "2025-06-03", "https://a.example/1")
    assert (
        beside(
            title=" Port\nclosed ",
            publisher="Velmond Post",
            authors=["A. B. Corr"],
            published="2025-06-03",
            url="https://a.example/1",
        )
        == expected
    )
    assert (
        beside(
            title="Port closed",
            outlet="Velmond Post",
            author="A. B. Corr",
            date="2025-06-03 (approx.)",
            url="https://a.example/1",
        )
        == expected
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"not json",
        b'"title"',
        b'{"name": "x"}',
        b'{"title": null}',
        b'{"date": "June"}',
        b"\xff",
    ],
)
def test_what_is_no_sidecar(data: bytes) -> None:
    assert sidecar(data) is None


def test_a_date_that_is_not_iso_is_left_out() -> None:
    found = beside(title="Port closed", date="3/6/2025")
    assert found is not None
    assert found.published is None


@given(
    st.binary()
    | st.dictionaries(st.sampled_from(["title", "author", "date", "url"]), trees).map(
        lambda tree: json.dumps(tree).encode()
    )
)
def test_any_bytes_are_a_sidecar_or_none(data: bytes) -> None:
    found = sidecar(data)
    assert found is None or found != Sidecar()


def test_it_fills_only_what_the_file_does_not_say() -> None:
    said = Reading("text", title="Own", published="2025-06-01", published_how="PDF Published")
    filled = Sidecar("Other", "Velmond Post", ("A. B. Corr",), "2025-06-03", "https://a.example/1").fill(said)
    assert filled == Reading(
        "text",
        title="Own",
        publisher="Velmond Post",
        authors=("A. B. Corr",),
        published="2025-06-01",
        published_how="PDF Published",
        url="https://a.example/1",
    )


def test_a_date_it_fills_says_where_it_is_from() -> None:
    filled = Sidecar(published="2014-09").fill(Reading("text"))
    assert (filled.published, filled.published_how) == ("2014-09", "sidecar file")
    assert Sidecar(title="Port closed").fill(Reading("text")).published_how is None
