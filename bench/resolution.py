"""Resolution on invented names whose bearers are known: quality, time, and Splink in the same run.

    python bench/resolution.py [--entities 10000] [--mentions 60000] [--missed] [--calibrate] [--large]

``bench/invented_world.py`` makes the names.  Quality is over pairs of mentions: two that are one
thing, and put under one entity.  A *false chain* is the number of things under one entity.  Times are
CPU seconds of this process.  ``--large`` resolves 100,000 mentions and adds documents to them,
``--calibrate`` counts how often pairs with some evidence were one.  Splink runs where it is installed
(``pip install -r requirements/peers.in``).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path += [str(Path(__file__).parent), str(Path(__file__).parent / "peers")]

from invented_world import Key, World, world

from secondsource.model import Side
from secondsource.resolve import Resolver, resolve
from secondsource.resolve.pairs import Pairs
from secondsource.resolve.probability import Evidence, probability

Clusters = Iterable[Sequence[Key]]
FEWEST = 20
"""Pairs with some evidence that must be seen for a share of them to be told."""


@dataclass(frozen=True)
class Quality:
    """Pairwise precision and recall, and the longest false chain."""

    precision: float
    recall: float
    chain: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)

    def __str__(self) -> str:
        shares = f"precision {self.precision:.4f}, recall {self.recall:.4f}"
        return f"pairwise F1 {self.f1:.4f} ({shares}), longest false chain {self.chain}"


def quality(found: Clusters, truth: dict[Key, int]) -> Quality:
    """How well clusters of mentions agree with the truth."""
    right = joined = chain = 0
    for cluster in found:
        counted = Counter(truth[key] for key in cluster)
        right += sum(n * (n - 1) // 2 for n in counted.values())
        joined += len(cluster) * (len(cluster) - 1) // 2
        chain = max(chain, len(counted))
    wanted = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    return Quality(right / (joined or 1), right / (wanted or 1), chain)


def missed(found: Clusters, made: World) -> Counter[str]:
    """By change, the mentions that are not with the greatest part of their thing."""
    place = {key: at for at, cluster in enumerate(found) for key in cluster}
    by_thing: dict[int, Counter[int]] = defaultdict(Counter)
    for key, thing in made.truth.items():
        by_thing[thing][place[key]] += 1
    apart: Counter[str] = Counter()
    for key, thing in made.truth.items():
        home = by_thing[thing].most_common(1)[0][0]
        apart[made.how[key] or "as it is"] += place[key] != home
    return apart


def ours(made: World) -> list[list[Key]]:
    started, clock = process_time(), perf_counter()
    found = resolve(made.case)
    took, waited = process_time() - started, perf_counter() - clock
    clusters = [[(part.document, part.entity) for part in entity.mentions] for entity in found]
    print(f"Second Source  {quality(clusters, made.truth)}")
    print(f"               {took:.1f} CPU s, {waited:.1f} s by the clock")
    return clusters


def splinks(made: World) -> None:
    try:
        from splink_peer import resolved
    except ImportError as error:
        print(f"Splink         not run: {error}")
        return
    started, clock = process_time(), perf_counter()
    found = {threshold: quality(clusters, made.truth) for threshold, clusters in resolved(made).items()}
    took, waited = process_time() - started, perf_counter() - clock
    best = max(found, key=lambda threshold: found[threshold].f1)
    print(f"Splink         {found[best]}, at its best threshold, {best}")
    print(f"               {took:.1f} CPU s, {waited:.1f} s by the clock")


def large(mentions: int, seed: int, additions: int = 40) -> None:
    """A case of so many mentions, and what it takes to add a document to it."""
    made = world(mentions // 6, mentions, seed)
    documents = list(made.case)
    later = documents[-additions:]
    resolver = Resolver()
    started, clock = process_time(), perf_counter()
    for document in documents[:-additions]:
        resolver.put(document, made.case[document])
    resolver.settle()
    took, waited = process_time() - started, perf_counter() - clock
    print(f"{mentions:,} mentions: {took:.1f} CPU s, {waited:.1f} s by the clock; it is to stay under 60 s")
    times = []
    for document in later:
        started = process_time()
        resolver.put(document, made.case[document])
        resolver.settle()
        times.append(1000 * (process_time() - started))
    print(
        f"one document more: {median(times):.0f} ms of CPU in the middle, {max(times):.0f} at most of"
        f" {additions}; it is to stay under 200 ms"
    )
    started = process_time()
    same = resolver.entities == resolve(made.case)
    print(f"the same entities as from scratch: {same} ({process_time() - started:.1f} CPU s to check)")


def counted(made: World) -> dict[Evidence, Counter[bool]]:
    """For each evidence how many candidates were one thing, and how many were not."""
    resolver = Resolver()
    for document, mentions in made.case.items():
        resolver.put(document, mentions)
    found: dict[Evidence, Counter[bool]] = defaultdict(Counter)
    for candidate, known in {one.id: (one, known) for one, known in Pairs(resolver).undecided()}.values():
        if known is not None:
            left, right = (bearer(side, made) for side in (candidate.left, candidate.right))
            found[known][left == right] += 1
    return found


def bearer(side: Side, made: World) -> int:
    """The thing that most mentions of a side are of."""
    return Counter(made.truth[place.document, place.cluster] for place in side.places).most_common(1)[0][0]


def calibrate(entities: int, mentions: int, seed: int) -> None:
    """Print the shares of one world, and how far those of the program are off in another."""
    shares: dict[str, dict[int, float]] = defaultdict(dict)
    for known, told in sorted(counted(world(entities, mentions, seed)).items()):
        if told.total() >= FEWEST:
            shares[known.names][known.company] = round((told[True] + 1) / (told.total() + 2), 3)
    for names, by_company in shares.items():
        print(f'    "{names}": {by_company},')
    pairs = off = 0.0
    squares = 0.0
    for known, told in counted(world(entities, mentions, seed + 1)).items():
        if (chance := probability(known)) is not None:
            pairs += told.total()
            off += abs(told[True] - chance * told.total())
            squares += told[True] * (1 - chance) ** 2 + told[False] * chance**2
    print(f"with the program's shares, on seed {seed + 1}: {pairs:,.0f} pairs, ", end="")
    print(f"expected calibration error {off / (pairs or 1):.4f}, Brier score {squares / (pairs or 1):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--mentions", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="show which changes are missed")
    parser.add_argument("--calibrate", action="store_true", help="count how often evidence was right")
    parser.add_argument("--large", action="store_true", help="100,000 mentions, and a document more")
    given = parser.parse_args()
    if given.calibrate:
        calibrate(given.entities, given.mentions, given.seed)
        return
    if given.large:
        large(100_000, given.seed)
        return
    made = world(given.entities, given.mentions, given.seed)
    things = len(set(made.truth.values()))
    print(f"{len(made.truth):,} mentions of {things:,} things in {len(made.case):,} documents")
    clusters = ours(made)
    if given.missed:
        totals = Counter(value or "as it is" for value in made.how.values())
        for change, count in missed(clusters, made).most_common(12):
            print(f"  apart {count:5} of {totals[change]:6}  {change}")
    splinks(made)


if __name__ == "__main__":
    main()
