"""Measures how often a score is reached by invented people, for ``screen/alarms.txt``.

    python bench/alarms.py [--people 4000] [--write]

The lists are those of ``names/bench_dev.json`` beside the project, the people those of the shipped
generator (`screen.negatives`).  Without ``--write`` the curve is only printed.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from screening import built, read

import secondsource.screen
from secondsource.screen.alarms import Measured

FLOOR = 0.3
"""Scores below are not kept."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=4_000)
    parser.add_argument("--write", action="store_true", help="keep the curve in the package")
    arguments = parser.parse_args()
    entities = json.loads(read("bench_dev.json").read_text("utf-8"))["entities"]
    scores = built(entities).false_alarms(arguments.people)
    kept = tuple(round(score, 3) for score in reversed(scores) if score >= FLOOR)
    what = f"lists of {len(entities):,} entries (OFAC, EU, UN)"
    curve = Measured(kept, arguments.people, what)
    for threshold in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1.0):
        print(f"{threshold:.2f}: {curve.per_10000(threshold):6.0f} of 10,000")
    if arguments.write:
        path = Path(secondsource.screen.__file__).with_name("alarms.txt")
        path.write_text(f"{arguments.people} {what}\n{' '.join(map(str, kept))}\n", "utf-8")


if __name__ == "__main__":
    main()
