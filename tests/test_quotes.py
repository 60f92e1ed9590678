"""Quotation regions, on the text alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.extractor.quotes import quotations


def quoted(text: str) -> list[str]:
    return [text[one.start : one.end] for one in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we left" and went.', ["we left"]),
        ("He said “we left” and went.", ["we left"]),
        ("He said «we left» and went.", ["we left"]),
        ("He said „we left“ and went.", ["we left"]),
        ("He said ''we left'' and went.", ["we left"]),
        ("“We left,” he said. “We ran.”", ["We left,", "We ran."]),
        ("“It is a “good” plan,” he said.", ["It is a “good” plan,"]),
        ("“We left, and in the morning", ["We left, and in the morning"]),
        ('Israel ""of the attack"", he said', ["of the attack"]),
        ("It's the yard's plan.", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet="ab .,“”\"«»„'`", max_size=80))
def test_quotations_are_ordered_and_apart(text: str) -> None:
    ends = [0]
    for one in quotations(text):
        assert ends[-1] <= one.start < one.end <= len(text)
        ends.append(one.end)
