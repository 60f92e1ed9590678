"""How well names are found on lists, how often wrongly, and how fast.

    python bench/screening.py [--half tuned|other] [--seed 1] [--negatives 5000] [--rival]

Queries and index are ``names/bench_dev.json`` beside the project (OFAC, EU and UN lists; held-out
aliases, ten kinds of slips, names in their own script, invented persons on no list); more
false alarms are counted on ``names/negatives_us.csv`` (such persons).  ``--seed`` draws other
queries of the same kinds from ``names/lists.jsonl`` (`slips`).  The settings were tuned on every second
query (``--half tuned``); the other half is what is reported.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from time import process_time
from typing import Any

import peers
from rapidfuzz import fuzz, process
from slips import as_near, drawn

from secondsource import names
from secondsource.model import Designation, Screening
from secondsource.screen import THRESHOLD, Asked, Screener

DATA = Path(__file__).resolve().parents[2] / "shared" / "names"
GROUPS = {"loo_latin": "held-out aliases", "xscript": "original script", "neg_us": "negatives"}
Query = dict[str, Any]
Found = list[tuple[int, float]]
"""Clusters with their scores, best first, at most five."""


def read(file: str) -> Path:
    path = DATA / file
    if not path.exists():
        print(f"skipped: {path.parent.name}/{file} is not beside the project, so nothing was measured")
        sys.exit(0)  # the other benchmarks go on
    return path


def group(query: Query) -> str:
    name = GROUPS.get(query["set"], "ten kinds of slips")
    return f"{name}, {query['schema'].lower()}s" if name == "original script" else name


def built(entities: list[Query]) -> Screener:
    listed = [
        Designation(str(at), "bench", entity["names"][0], entity["schema"], tuple(entity["names"][1:]))
        for at, entity in enumerate(entities)
    ]
    started = process_time()
    screener = Screener(listed)
    print(f"index of {len(listed):,} entries built in {process_time() - started:.1f} CPU s")
    return screener


def ours(screener: Screener, entities: list[Query], queries: list[Query]) -> list[Found]:
    started = process_time()
    asked = [Asked(query["query"], query["schema"]) for query in queries]
    answers = screener.screen_all(asked, limit=10)
    print(f"{len(queries) / (process_time() - started):.0f} queries a CPU second")
    ties(entities, queries, answers)
    return [
        firsts((entities[int(match.designation.id)]["cluster"], match.score) for match in answer.results)
        for answer in answers
    ]


def ties(entities: list[Query], queries: list[Query], answers: list[Screening]) -> None:
    """Of drawn slips, how often another entry's name is put first that is as near as the right one."""
    slipped = [(query, answer) for query, answer in zip(queries, answers, strict=True) if "of" in query]
    firsts = [(query, answer.results[0]) for query, answer in slipped if answer.results]
    lost = sum(
        entities[int(first.designation.id)]["cluster"] != query["cluster"] and as_near(query, first.name)
        for query, first in firsts
    )
    if slipped:
        print(f"{lost} of {len(slipped)} slips: another entry first, whose name is as near letter by letter")
    print()


def token_sort(entities: list[Query], queries: list[Query]) -> list[Found]:
    """The rival that everyone has: rapidfuzz's token_sort_ratio against every name."""
    flat = [(entity["cluster"], names.normalise(name)) for entity in entities for name in entity["names"]]
    forms = [form for _, form in flat]
    found = (
        process.extract(names.normalise(query["query"]), forms, scorer=fuzz.token_sort_ratio, limit=20)
        for query in queries
    )
    return [firsts((flat[at][0], score / 100) for _, score, at in hits) for hits in found]


def exact(entities: list[Query], queries: list[Query]) -> list[Found]:
    """The rival that costs nothing: the same normalised words in any order."""
    known: dict[str, list[int]] = defaultdict(list)
    for entity in entities:
        for name in entity["names"]:
            known[" ".join(sorted(names.normalise(name).split()))].append(entity["cluster"])
    keys = (" ".join(sorted(names.normalise(query["query"]).split())) for query in queries)
    return [firsts((cluster, 1.0) for cluster in known.get(key, ())) for key in keys]


def firsts(scored: Any) -> Found:
    """The five best clusters, each once."""
    best: dict[int, float] = {}
    for cluster, score in scored:
        best.setdefault(cluster, score)
    return list(best.items())[:5]


def table(name: str, queries: list[Query], found: list[Found], threshold: float | None) -> None:
    answered = list(zip(queries, found, strict=True))
    tops = [hits[0][1] if hits else 0.0 for query, hits in answered if group(query) == "negatives"]
    bar = sorted(tops, reverse=True)[len(tops) // 100]
    print(f"{name}: 1 % of {len(tops)} negatives score over {bar:.2f}")
    if threshold:
        alarms = 10_000 * sum(top >= threshold for top in tops) / len(tops)
        print(f"at {threshold:.2f}: {alarms:.0f} false alarms per 10,000 names")
    sets = defaultdict(list)
    for query, hits in answered:
        if query["cluster"] >= 0:
            sets[group(query)].append([(cluster == query["cluster"], score) for cluster, score in hits])
    for label, rows in sorted(sets.items()):
        counts = [sum(bool(row and row[0][0]) for row in rows)]
        counts += [sum(any(right and score > at for right, score in row) for row in rows) for at in (0, bar)]
        if threshold:
            counts.append(sum(any(right and score >= threshold for right, score in row) for row in rows))
        cells = "  ".join(f"{count / len(rows):.3f}" for count in counts)
        print(f"  {label:32} {len(rows):5} queries   {cells}")
    print()


def alarms(screener: Screener, count: int) -> None:
    with read("negatives_us.csv").open(encoding="utf-8", newline="") as file:
        people = [row["full_name"] for row in csv.DictReader(file)][-count:]
    found = [screener.screen(name, schema="Person", limit=1).results for name in people]
    raised = sum(bool(results and results[0].match) for results in found)
    print(f"{raised} of {len(people)} more invented persons raise a potential match at {THRESHOLD}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--half", choices=("tuned", "other"), default="other")
    parser.add_argument("--seed", type=int, default=0, help="draw other queries of the same kinds")
    parser.add_argument("--every", type=int, default=1, help="ask nomenklatura only every so many queries")
    parser.add_argument("--negatives", type=int, default=0, help="more invented persons to screen")
    parser.add_argument(
        "--rival",
        action="store_true",
        help="measure exact matching and rapidfuzz's token_sort_ratio as well (minutes)",
    )
    arguments = parser.parse_args()
    bench = json.loads(read("bench_dev.json").read_text("utf-8"))
    entities, queries = bench["entities"], bench["queries"][("tuned", "other").index(arguments.half) :: 2]
    if arguments.seed:
        negatives = [query for query in queries if query["cluster"] < 0]
        entities, queries = drawn(read("lists.jsonl"), arguments.seed)
        queries += negatives
    print("columns: right entry first, among five, among five at 1 % false alarms, at the threshold\n")
    screener = built(entities)
    table("secondsource", queries, ours(screener, entities, queries), THRESHOLD)
    if arguments.negatives:
        alarms(screener, arguments.negatives)
    if arguments.rival:
        table("exact", queries, exact(entities, queries), None)
        table("token_sort_ratio", queries, token_sort(entities, queries), None)
        if peers.installed():
            some = queries[:: arguments.every]
            started = process_time()
            found = [firsts(hits) for hits in peers.found(entities, some)]
            print(f"{len(some) / (process_time() - started):.0f} queries a CPU second, index included")
            table("nomenklatura blocker and logic-v2", some, found, 0.7)


if __name__ == "__main__":
    main()
