"""Denials and not knowing in many forms, each at the matter that it is about, on invented reports.

    python evals/denials.py [--errors]

Each form of ``evals/gold/denials.toml`` ends a second report of a matter that a first one tells of; both are
read and asked by the program.  A form is right where the position that it is about, and no other, shows
whoever says it, as denying or as not knowing; one that does neither (silence, a promise) is right where
nothing is shown.  Rules were tuned on ``tune``; ``held`` is only measured.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cases import told

from secondsource.corroborate import corroborate
from secondsource.extractor import Extractor
from secondsource.model import Position, Question

GOLD = Path(__file__).parent / "gold" / "denials.toml"
PUBLISHERS = ("Meldwire", "Quell Courier")


def groups(part: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(GOLD.read_text("utf-8"))[part]
    return found


def about(questions: list[Question], words: str) -> Position | None:
    """The first position whose question or own text has these words."""
    told = (p for q in questions for p in q.positions if words in f"{q.text} {p.text}" and p.reports)
    return next(told, None)


def is_right(questions: list[Question], matters: Mapping[str, str], case: Mapping[str, str]) -> bool:
    places = {name: about(questions, words) for name, words in matters.items()}
    position = places.pop(case["at"])
    if position is None:
        return False
    others = [one for one in places.values() if one is not None and one is not position]
    if any(one.denied_by or one.unaware for one in others):
        return False
    shown = {"deny": position.denied_by, "unaware": position.unaware}
    right = shown.pop(case["is"], ())
    return not any(shown.values()) and (
        case["is"] == "none" or any(case["who"].casefold() in one.source.casefold() for one in right)
    )


def wrong(extractor: Extractor, part: str) -> Iterator[tuple[Mapping[str, str], bool]]:
    for group in groups(part):
        for case in group["cases"]:
            texts = (group["first"], group["later"] + case["said"])
            questions = corroborate(*told(extractor, *zip(PUBLISHERS, texts, strict=True)))
            yield case, is_right(questions, group["matters"], case)


def figures(extractor: Extractor, errors: bool = False) -> dict[str, float]:
    found = {}
    for part in ("tune", "held"):
        rows = list(wrong(extractor, part))
        found[part] = sum(right for _, right in rows) / len(rows)
        for case, right in rows:
            if errors and not right and part == "tune":
                print(f"  {case['is']:8} {case['at']:10} {case['said']!r}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true", help="the forms of the tuning half that are wrong")
    args = parser.parse_args()
    for part, share in figures(Extractor(), args.errors).items():
        print(f"{part:5} right {share:.3f} of {sum(len(group['cases']) for group in groups(part))} forms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
