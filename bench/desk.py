"""How long the desk's server works on each page of a case of 10,000 documents and 150,000 claims.

    python bench/desk.py [--documents 10000] [--claims 150000] [--rounds 20]

CPU time of this process, asked through ASGI without a network; each page is asked once before it
is measured, and that first time is printed too, since it fills what is kept.  The case is made by
bench/big_case.py and kept in build/.  Targets: p95 of every page 150 ms, of a question with 2,000
reports 400 ms, of a search 100 ms; the first page 60 KB compressed.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import random
import statistics
from collections.abc import Iterable
from pathlib import Path
from time import process_time
from urllib.parse import quote

import httpx
import sqlalchemy as sa
from big_case import Maker, make

from secondsource.store import Store, schema
from secondsource.store.log import REVISION
from secondsource.web import create_app

PAGE, WIDE, SEARCH, KILOBYTES = 150.0, 400.0, 100.0, 60.0


def case(documents: int, claims: int) -> Path:
    """The case of that size, made once."""
    folder = Path("build") / f"desk-{documents}-{claims}-{REVISION}"
    if not folder.exists():
        started = process_time()
        made = folder.with_suffix(".making")
        make(made, documents, claims)
        made.replace(folder)
        print(f"made the case in {process_time() - started:.0f} s of CPU time")
    return folder


def ids(folder: Path) -> dict[str, list[str]]:
    """Some things of each kind to ask for: the largest first."""
    store = Store.open(folder, create=False)
    heads, members = schema.question_heads.c, schema.entity_clusters.c
    many = sa.func.count().label("n")
    kinds = {
        "wide": sa.select(heads.question.label("id")).order_by(heads.reports.desc()).limit(1),
        "question": sa.select(heads.question.label("id")).where(heads.shared).limit(40),
        "document": sa.select(schema.documents.c.id).limit(40),
        "busy": sa.select(members.entity.label("id"), many).group_by("id").order_by(many.desc()).limit(1),
        "entity": sa.select(schema.entities.c.id).limit(40),
    }
    found = {kind: [row["id"] for row in store.rows(query)] for kind, query in kinds.items()}
    store.close()
    return found


def addresses(folder: Path) -> dict[str, tuple[list[str], float]]:
    """What is measured: the addresses of each kind of page, and the most it may take."""
    of = ids(folder)
    maker, dice = Maker(), random.Random(3)
    common, rare = maker.vocabulary[:30], maker.vocabulary[500:]
    words = [
        *common[:10],
        *(f"{a} {b}" for a, b in zip(common, rare, strict=False)),
        *dice.choices(rare, k=20),
    ]
    words += [f'"{maker.names[3]}"', f"{rare[0]}* OR {rare[1]}", f"{common[0]} -{common[1]}"]
    publisher = quote(maker.publishers[0])
    return {
        "questions": (["/"], PAGE),
        "questions, a later page": (["/?at=5000", "/?every=1&at=40000"], PAGE),
        "questions, filtered": (
            [
                f"/?status=denied&publisher={publisher}",
                f"/?since=2030-01-01&until=2030-03-01&entity={of['busy'][0]}",
            ],
            PAGE,
        ),
        "questions by words": ([f"/?q={quote(word)}" for word in words], PAGE),
        "question": ([f"/questions/{id}" for id in of["question"]], PAGE),
        "question with 2,000 reports": ([f"/questions/{of['wide'][0]}"], WIDE),
        "documents": (["/documents", "/documents?at=9000", f"/documents?publisher={publisher}"], PAGE),
        "document": ([f"/documents/{id}" for id in of["document"]], PAGE),
        "entities": (["/entities", "/entities?at=1000"], PAGE),
        "entity": ([f"/entities/{id}" for id in of["entity"]], PAGE),
        "entity with 5,000 claims": ([f"/entities/{of['busy'][0]}"], PAGE),
        "search": ([f"/search?q={quote(word)}" for word in words], SEARCH),
        "timeline": (["/timeline", "/timeline?of=publication"], PAGE),
        "timeline of an entity": ([f"/timeline?entity={of['busy'][0]}"], PAGE),
        "network": (["/network"], PAGE),
        "network of an entity": ([f"/network?entity={of['busy'][0]}"], PAGE),
        "map": (["/map"], PAGE),
        "judgements": (["/judgements"], PAGE),
        "ledger": (["/ledger", "/ledger?at=9000"], PAGE),
        "goods": (["/goods"], PAGE),
        "screening": (["/screening"], PAGE),
    }


async def ask(client: httpx.AsyncClient, address: str) -> tuple[float, httpx.Response]:
    started = process_time()
    answer = await client.get(address)
    return (process_time() - started) * 1000, answer


async def measure(
    client: httpx.AsyncClient, pages: Iterable[str], rounds: int
) -> tuple[float, float, httpx.Response]:
    """The first time, and the 95th percentile of the others, in milliseconds."""
    pages = list(pages)
    first, answer = await ask(client, pages[0])
    if answer.status_code != 200:
        raise SystemExit(f"{pages[0]}: {answer.status_code}")
    times = [(await ask(client, pages[turn % len(pages)]))[0] for turn in range(max(rounds, len(pages)))]
    return first, statistics.quantiles(times, n=20, method="inclusive")[-1], answer


async def run(folder: Path, rounds: int) -> bool:
    app, kept = create_app(folder), True
    transport = httpx.ASGITransport(app)
    print(f"{'page':34} {'first':>9} {'p95':>9} {'limit':>7} {'gzip':>9}")
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for name, (pages, limit) in addresses(folder).items():
            first, p95, answer = await measure(client, pages, rounds)
            size = len(gzip.compress(answer.content, 6)) / 1000
            kept &= p95 <= limit and (name != "questions" or size <= KILOBYTES)
            line = f"{name:34} {first:6.0f} ms {p95:6.0f} ms {limit:4.0f} ms {size:6.1f} kB"
            print(line if p95 <= limit else f"{line}  over")
    app.state.desk.close()
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=150_000)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    kept = asyncio.run(run(case(given.documents, given.claims), given.rounds))
    print("every page is within its limit" if kept else "a page is over its limit")


if __name__ == "__main__":
    main()
