"""Probabilities from origins: bounded, additive, and never lowered by a further origin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.corroborate.belief import RIGHT, Support, fitted, likelihoods, vote, weight

RATE = st.floats(0.0, 1.0)
SUPPORT = st.builds(Support, st.lists(RATE, max_size=6), st.booleans())


def test_one_origin_is_as_likely_right_as_it_is_reliable() -> None:
    assert likelihoods({"40": Support([0.7])})["40"] == pytest.approx(0.7)
    assert likelihoods({"40": Support([0.9])})["40"] == pytest.approx(0.9)


def test_rivals_of_equal_support_are_equally_likely() -> None:
    found = likelihoods({"40": Support([0.7]), "52": Support([0.7])})
    assert found["40"] == found["52"] < 0.5


def test_many_unsourced_reports_are_one_pool() -> None:
    assert likelihoods({"40": Support((), floating=True)})["40"] == pytest.approx(RIGHT)
    assert vote(RIGHT, copied=0.5) < vote(RIGHT) / 4
    assert vote(RIGHT, copied=1.0) == pytest.approx(0.0)


def test_nothing_said_has_no_probability() -> None:
    assert likelihoods({}) == {}


@given(st.dictionaries(st.sampled_from("abcdef"), SUPPORT, max_size=6))
def test_probabilities_are_probabilities(supports: dict[str, Support]) -> None:
    found = likelihoods(supports)
    assert all(0 <= p <= 1 for p in found.values())
    assert sum(found.values()) <= 1 + 1e-9


@given(SUPPORT, RATE)
def test_a_further_origin_never_lowers_an_answer(support: Support, right: float) -> None:
    more = Support([*support.anchored, right], support.floating)
    assert weight(more) >= weight(Support(support.anchored, support.floating)) - 1e-9
    assert weight(Support(support.anchored, floating=True)) >= weight(Support(support.anchored)) - 1e-9


@given(st.permutations([0.6, 0.7, 0.8, 0.95]))
def test_the_order_of_origins_never_matters(rates: list[float]) -> None:
    assert weight(Support(rates)) == pytest.approx(weight(Support([0.6, 0.7, 0.8, 0.95])))


def test_reliability_is_read_from_agreement() -> None:
    agreed, split = [{"40": 2}] * 200, [{"40": 1, "52": 1}] * 200
    assert fitted(split) < RIGHT < fitted(agreed)
    assert fitted([]) == RIGHT
    assert abs(fitted([{"40": 2}]) - RIGHT) < 0.05
