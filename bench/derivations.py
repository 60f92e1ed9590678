"""What finding derivations costs: those of a case of many claims made anew, then followed.

    python bench/derivations.py [--claims 100000]

The case is that of ``bench/corroborate.py``.  Printed are seconds of CPU against their limits: of all
derivations made anew, and of one document less and one more, the mean and the longest of ten.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from time import process_time

from corroborate import generate

from secondsource.derivation import Derivations
from secondsource.derivation.changes import Told
from secondsource.model import Claim

LIMIT_ANEW, LIMIT_ONE = 12.0, 0.06
ASKED = 10


def by_document(claims: list[Claim]) -> Told:
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.id):
        found[claim.document].append(claim)
    return {id: tuple(here) for id, here in found.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000)
    documents, claims, entities = generate(parser.parse_args().claims)
    case, said = {document.id: document for document in documents}, by_document(claims)
    kept = Derivations()
    begun = process_time()
    kept.follow(case, said, entities)
    spent = process_time() - begun
    first = dict(kept.edges)
    print(f"{len(claims):,} claims in {len(case):,} documents, {sum(map(len, first.values())):,} derivations")
    print(f"made anew {spent:.1f} s CPU ({spent / LIMIT_ANEW:.2f} of {LIMIT_ANEW:.0f} s)")
    times: defaultdict[str, list[float]] = defaultdict(list)
    for gone in random.Random(7).sample(sorted(case), ASKED):
        less = (
            {id: d for id, d in case.items() if id != gone},
            {id: c for id, c in said.items() if id != gone},
        )
        for step, given in (("less", less), ("more", (case, said))):
            begun = process_time()
            kept.follow(*given, entities)
            times[step].append(process_time() - begun)
    for step, taken in times.items():
        mean, longest = sum(taken) / len(taken), max(taken)
        print(f"one document {step} {mean * 1000:.0f} ms CPU, the longest {longest * 1000:.0f} ms", end=" ")
        print(f"({longest / LIMIT_ONE:.2f} of {LIMIT_ONE * 1000:.0f} ms)")
    print("the same as before" if kept.edges == first else "NOT the same as before")
    return int(kept.edges != first)


if __name__ == "__main__":
    sys.exit(main())
