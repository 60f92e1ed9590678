"""5,000 copies of one story: how long until it is one origin in 5,000 reports, after parsing.

The copies differ in publisher, day and a last line; every claim is put in as an extraction would give
it.  Target: under 10 s of processor time for derivation and counting together.

    python bench/copies.py [--copies 5000]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import factory
from secondsource.corroborate import corroborate
from secondsource.corroborate.drift import drift
from secondsource.derivation import derive
from secondsource.model import Claim, Document

TARGET = 10.0
STORY = (
    "Three barges left the harbour of Quell before dawn on Monday with their lamps put out, "
    "said Oren Lav, a docker. The pilot boat followed them as far as the outer buoy and then turned back. "
    "Dockers who had loaded the crates during the night had been told that they held pump housings. "
    "No entry for the barges was made in the book that the harbour office keeps for the customs. "
) * 3


def case(count: int) -> tuple[list[Document], list[Claim]]:
    documents, claims = [], []
    for number in range(count):
        text = f"{STORY}Edition {number} of the day." if number else STORY
        day = f"2031-05-{1 + min(27, number * 28 // count):02}"
        document = factory.document(text, f"Paper {number} Times", day, path=f"{number:05}.txt")
        documents.append(document)
        claims.append(
            factory.claim(
                document,
                "Three barges left the harbour of Quell before dawn",
                "Oren Lav",
                "person",
                frame="barge leave harbour",
                names=("Quell",),
                quantities=((3, 3, "{barge}"),),
            )
        )
    return documents, claims


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--copies", type=int, default=5000)
    count = parser.parse_args().copies
    documents, claims = case(count)
    entities = [factory.entity("Quell", schema="Address", documents=tuple(documents))]
    started = process_time()
    edges = derive(documents, claims, entities)
    derived = process_time() - started
    started = process_time()
    questions = corroborate(documents, claims, entities)
    counted = process_time() - started
    started = process_time()
    changes = drift(documents, claims, edges, questions)
    compared = process_time() - started
    position = questions[0].positions[0]
    print(f"{count:,} copies: {len(edges):,} derivations in {derived:.1f} s")
    print(f"derivation and counting: {counted:.1f} s of processor time, to stay under {TARGET:.0f} s")
    print(f"  n_min {position.n_min}, n_max {position.n_max} of {len(position.reports):,} reports")
    print(f"drift: {len(changes)} changes in {compared:.1f} s")
    return int(counted > TARGET or (position.n_min, position.n_max) != (1, 1))


if __name__ == "__main__":
    sys.exit(main())
