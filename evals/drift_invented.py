"""How well drift is found on invented originals and copies whose writer never saw the program.

    python evals/drift_invented.py tune|held|tune2 [--errors]

``tune`` and ``tune2`` may be looked at; ``held`` is only measured.  Each story of ``evals/gold/drift`` is
a report and a copy of it; where that drifted the gold names the kind and the words.  A pair that is
flagged is right where the gold has that kind and the flagged words meet the marked ones, and wrong
otherwise; ``noticed`` counts the marked words that some flagged pair meets, whatever kind it says.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cases import told

from secondsource.corroborate import corroborate
from secondsource.corroborate.drift import drift
from secondsource.derivation import derive
from secondsource.extractor import Extractor
from secondsource.provenance import Drift

GOLD = Path(__file__).parent / "gold" / "drift"
PARTS = ("tune", "held", "tune2")
COPIER = "Quell Courier"
FIGURES = ("marked", "found", "noticed", "flagged", "wrong")

Story = dict[str, Any]


def stories(part: str) -> list[Story]:
    found: list[Story] = tomllib.loads((GOLD / f"{part}.toml").read_text("utf-8"))["story"]
    return found


def changes(extractor: Extractor, story: Story) -> list[Drift]:
    """What the program finds changed from a story's original to its copy."""
    documents, claims, entities = told(extractor, ("Meldwire", story["original"]), (COPIER, story["copy"]))
    questions = corroborate(documents, claims, entities)
    return drift(documents, claims, derive(documents, claims, entities), questions)


def drifted(story: Story) -> list[tuple[str, str]]:
    """The kinds of drift that a story has, each with the words of the copy in which it stands."""
    marked = story.get("drifted", [])
    return list(zip(story["kinds"], [marked] if isinstance(marked, str) else marked, strict=True))


def meets(found: Drift, words: str, story: Story) -> bool:
    """True where the copy's statement has some of the marked words."""
    start = story["copy"].index(words)
    return any(low < start + len(words) and start < high for low, high in found.copy.excerpt.spans)


def figures(extractor: Extractor, part: str, show: bool = False) -> dict[str, Counter[str]]:
    """By kind, how many drifts are marked, found and noticed; how many are flagged, how many wrongly."""
    count: dict[str, Counter[str]] = defaultdict(Counter)
    for story in stories(part):
        flagged, gold = changes(extractor, story), drifted(story)
        met = [(kind, words, [one for one in flagged if meets(one, words, story)]) for kind, words in gold]
        right = {id(one) for kind, _, ones in met for one in ones if one.kind == kind}
        for kind, _, ones in met:
            found = any(one.kind == kind for one in ones)
            count[kind].update(marked=1, noticed=bool(ones), found=found)
        for one in flagged:
            count[one.kind].update(flagged=1, wrong=id(one) not in right)
        if show:
            _explain(story, met, [one for one in flagged if id(one) not in right])
    return count


def _explain(story: Story, met: Sequence[tuple[str, str, Sequence[Drift]]], wrong: Sequence[Drift]) -> None:
    missed = [(kind, words) for kind, words, ones in met if all(one.kind != kind for one in ones)]
    if missed or wrong:
        print(f"{story['name']}")
    for kind, words in missed:
        print(f"  missed  {kind}: {words}")
    for one in wrong:
        print(
            f"  wrong   {one.kind}: {one.copy.excerpt.text!r}\n          beside {one.origin.excerpt.text!r}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("part", choices=PARTS)
    parser.add_argument(
        "--errors", action="store_true", help="what is missed and what is wrong, story by story"
    )
    asked = parser.parse_args()
    count = figures(Extractor(), asked.part, asked.errors)
    every = sum(count.values(), Counter[str]())
    for kind, found in (*sorted(count.items()), ("all", every)):
        print(f"{kind:20}", " ".join(f"{name} {found[name]:2}" for name in FIGURES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
