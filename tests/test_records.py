"""Reliabilities and copying learned from invented registers."""

from __future__ import annotations

import random
from collections.abc import Hashable

from secondsource.corroborate.records import Model

Given = dict[Hashable, dict[Hashable, Hashable]]


def registers(seed: int = 3) -> Given:
    """Three good registers and a bad one that two others copy; 0 is right, all else is wrong."""
    chance = random.Random(seed)
    given: Given = {}
    for thing in range(60):
        bad = 0 if chance.random() < 0.5 else chance.randrange(1, 50)
        given[thing] = {
            "good": 0 if chance.random() < 0.9 else chance.randrange(1, 50),
            "better": 0 if chance.random() < 0.95 else chance.randrange(1, 50),
            "fair": 0 if chance.random() < 0.85 else chance.randrange(1, 50),
            **{f"copy {number}": bad for number in range(2)},
            "bad": bad,
        }
    return given


def test_copies_do_not_outvote_reliable_registers() -> None:
    learned = Model().learn(registers())
    assert sum(value == 0 for value in learned.likeliest().values()) > 50
    assert learned.reliability["better"] > 0.8 > 0.7 > learned.reliability["bad"]
    assert learned.copying["copy 0", "bad"] > 0.9 > 0.2 > learned.copying["good", "better"]


def test_the_order_never_matters() -> None:
    given = registers()
    turned: Given = {thing: dict(reversed(told.items())) for thing, told in reversed(given.items())}
    one, other = Model().learn(given), Model().learn(turned)
    assert one.likeliest() == other.likeliest()
    assert all(abs(one.reliability[source] - other.reliability[source]) < 1e-9 for source in one.reliability)


def test_like_values_support_each_other() -> None:
    given: Given = {"x": {"a": 100.0, "b": 101.0, "c": 250.0, "d": 250.0}}
    alone = Model(rounds=1).learn(given).likeliest()["x"]

    def alike(one: Hashable, other: Hashable) -> float:
        return float(isinstance(one, float) and isinstance(other, float) and abs(one - other) < 5)

    near: Given = {"x": {**given["x"], "e": 100.5}}
    assert alone == 250.0
    assert Model(rounds=1, alike=alike, support=0.9).learn(near).likeliest()["x"] != 250.0


def test_nothing_given_teaches_nothing() -> None:
    learned = Model().learn({})
    assert (learned.likeliest(), dict(learned.reliability), dict(learned.copying)) == ({}, {}, {})
