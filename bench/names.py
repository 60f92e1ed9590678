"""How well two names are told to be one, without any list, and how fast.

    python bench/names.py

Labelled pairs are ``names/name_bench_cases.csv`` beside the project (nomenklatura, MIT).  The threshold
is the published one; the best F1 over all thresholds stands beside it.  nomenklatura's logic-v2 is
measured in the same run where it is installed (it needs ICU, and is no dependency of ours).
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from time import process_time

import peers
from rapidfuzz import fuzz
from screening import read

from secondsource import names
from secondsource.comparisons import THRESHOLD, compare

Row = dict[str, str]
Scored = list[tuple[float, bool]]
LOGIC = 0.7
"""The threshold that logic-v2 is published with."""


def f1(scored: list[tuple[float, bool]], threshold: float) -> float:
    hits = sum(match for score, match in scored if score >= threshold)
    wrong = sum(score >= threshold and not match for score, match in scored)
    missed = sum(match for _, match in scored) - hits
    return 2 * hits / (2 * hits + wrong + missed)


def report(name: str, rows: list[Row], score: Callable[[Row], float], threshold: float) -> float:
    """Prints one scorer; returns its time a pair in microseconds, every name taken apart anew."""
    started = process_time()
    scored = [(score(row), row["is_match"] == "true") for row in rows]
    took = (process_time() - started) / len(rows) * 1e6
    best, at = max((f1(scored, step / 100), step / 100) for step in range(30, 100))
    told = f"F1 {f1(scored, threshold):.3f} at {threshold:.2f}, best {best:.3f} at {at:.2f}"
    print(f"{name:36} {told}, {took:6.0f} µs a pair")
    return took


def ours(row: Row) -> float:
    return compare(row["name1"], row["name2"], row["schema"]).score


def token_sort(row: Row) -> float:
    return fuzz.token_sort_ratio(names.normalise(row["name1"]), names.normalise(row["name2"])) / 100


def main() -> None:
    with read("name_bench_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    print(f"{len(rows)} labelled pairs")
    compare("Завод Кupol", "Kupol 1")  # tables are read once
    mine = report("secondsource", rows, ours, THRESHOLD)
    report("token_sort_ratio, normalised", rows, token_sort, 0.8)
    if peers.installed():
        score = peers.logic()

        def rival(row: Row) -> float:
            return score(*(peers.entity(row["schema"], [row[key]]) for key in ("name1", "name2")))

        rival(rows[0])  # theirs are read once as well
        theirs = report("nomenklatura logic-v2", rows, rival, LOGIC)
        print(f"ratio of times {theirs / mine:.1f}")


if __name__ == "__main__":
    main()
