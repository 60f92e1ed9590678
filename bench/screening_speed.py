"""How fast names are screened: in batches, at a million names, over HTTP, and in running text.

    python bench/screening_speed.py [--million] [--queries 1000]

CPU seconds of this process.  Names and queries are ``names/bench_dev.json`` beside the project; the
million are invented.  A machine that others use gives lower figures; so rapidfuzz's
token_sort_ratio against every name is measured in the same run, and the ratio is what to compare.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

from rapidfuzz import fuzz, process
from screening import built, read

from secondsource import names
from secondsource.index import Form, NameIndex
from secondsource.screen import Asked, Screener
from secondsource.screen.in_text import TextScreener, spell

WORDS = 700
BATCH = 100
SYLLABLES = re.findall("..", "bakorinetushamilovadeguzopalifekayurasenohiwatemo")


def rate(name: str, count: int, started: float) -> float:
    found = count / (process_time() - started)
    print(f"{name:58} {found:10,.0f} a CPU second")
    return found


def batch(screener: Screener, queries: list[Any], others: list[Any]) -> None:
    asked = [Asked(query["query"], query["schema"]) for query in queries]
    started = process_time()
    for start in range(0, len(asked), BATCH):
        screener.screen_all(asked[start : start + BATCH])
    ours = rate(f"{screener.index.size:,} names: queries in batches of {BATCH}", len(asked), started)
    flat = [names.normalise(text) for side in screener.index.sides.values() for text in side.texts()]
    started = process_time()
    for query in queries[:100]:
        process.extract(names.normalise(query["query"]), flat, scorer=fuzz.token_sort_ratio, limit=5)
    theirs = rate("  rapidfuzz token_sort_ratio against every name", min(100, len(queries)), started)
    print(f"  ratio {ours / theirs:.1f}")
    started = process_time()
    for query in others:
        screener.screen(query["query"], schema=query["schema"])
    rate("  one by one, other queries", len(others), started)


def invented(count: int) -> Iterator[Form]:
    """Names of two or three words from some 40,000, a few of them common; with a list's kinds."""
    draw = random.Random(7)
    words = ["".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4)))) for _ in range(40_000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    picked = iter(draw.choices(words, weights, k=4 * count))
    for at in range(count):
        text = " ".join(next(picked) for _ in range(draw.choice((2, 2, 3))))
        yield Form(at, text.title(), "Person" if draw.random() < 0.7 else "Company")


def million(count: int, queries: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        listed = list(invented(count))
        started = process_time()
        NameIndex.write(listed, Path(folder))
        print(f"{count:,} names: index written in {process_time() - started:.0f} CPU s")
        print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")
        index = NameIndex.open(Path(folder))
        article(listed, index)
        slips(index.keep(), listed, queries)


def slips(index: NameIndex, listed: list[Form], queries: int) -> None:
    draw = random.Random(8)
    asked = [draw.choice(listed) for _ in range(queries)]
    slipped: list[tuple[str, str | None]] = []
    hits, started = 0, process_time()
    for form in asked:
        slip = draw.randrange(1, len(form.text))
        slipped.append((form.text[: slip - 1] + form.text[slip:], form.schema))
    for start in range(0, queries, BATCH):
        found = index.find_all(slipped[start : start + BATCH])
        hits += sum(
            any(one.comparison.right == form.text for one in each[:5])
            for form, each in zip(asked[start : start + BATCH], found, strict=True)
        )
    rate(f"{len(listed):,} names: queries with a letter missing", queries, started)
    print(f"  found among five: {hits / queries:.3f}")


def article(listed: list[Form], index: NameIndex) -> None:
    screener = TextScreener(index)
    draw, plain = random.Random(9), ("the", "ministry", "said", "Tarvesk")
    words = (draw.choice(listed).text if draw.random() < 0.03 else draw.choice(plain) for _ in range(WORDS))
    text = " ".join(words)
    started = process_time()
    spelled = spell(text)
    spelling = process_time() - started
    started = process_time()
    for _ in range(100):
        hits = screener.find_spelled(text, spelled)
    took = (process_time() - started) / 100
    told = f"{took * 1000:.2f} ms, spelled in {spelling * 1000:.1f} ms, {len(hits)} names"
    print(f"{len(listed):,} names: an article of {WORDS} words: {told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--million", action="store_true", help="a million invented names as well (minutes)")
    parser.add_argument("--queries", type=int, default=1_000)
    arguments = parser.parse_args()
    bench = json.loads(read("bench_dev.json").read_text("utf-8"))
    screener = built(bench["entities"])
    count = arguments.queries
    batch(screener, bench["queries"][1::2][:count], bench["queries"][::2][: count // 2])
    article([form for side in screener.index.sides.values() for form in side.forms()], screener.index)
    if arguments.million:
        million(1_000_000, arguments.queries)


if __name__ == "__main__":
    main()
