"""How many names a desk screens a second over HTTP, in batches of 100, logged as always.

    python bench/screening_http.py [--batches 40]

A real server in a process of its own, on a case with ``names/bench_dev.json`` beside the project as
its list; names are asked for through `/yente/match`, and every one is kept in the case.  Measured are
the CPU seconds of the server's process: parsing, screening, reasons, log and answer.  Beside it
stands the limit that was set, 500 queries a CPU second, and the rate of the same names screened
without any door, so that a slow machine is told from a slow door.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

import httpx
from screening import read

from secondsource.desk import Desk
from secondsource.screen import Asked

LIMIT = 500
BATCH = 100
JSON = {"content-type": "application/json"}
COMMAND = str(Path(sys.executable).with_name("secondsource"))
Queries = list[dict[str, Any]]


def case(folder: Path, entities: list[dict[str, Any]]) -> Path:
    """A case with the entities as a list in the layout of targets.simple.csv, its index made."""
    with (folder / "bench.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "schema", "name", "aliases"))
        for entity in entities:
            aliases = ";".join(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in entity["names"][1:])
            table.writerow((entity["id"], entity["schema"], entity["names"][0], aliases))
    with Desk(folder / "case") as desk:
        desk.add_list(folder / "bench.csv")
        desk.screener()
    return folder / "case"


@contextmanager
def server(case: Path) -> Iterator[tuple[httpx.Client, int]]:
    """A server on the case: a client that asks it, and the id of its process."""
    command = [COMMAND, "serve", "--port", "0", "--case", str(case)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None, "the desk did not say where it is"
            with httpx.Client(base_url=found[0], timeout=600) as client:
                yield client, process.pid
        finally:
            process.terminate()


def cpu(pid: int) -> float:
    """User and system CPU seconds of a process, with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def bodies(queries: Queries) -> Iterator[bytes]:
    waiting = iter(queries)
    while batch := list(islice(waiting, BATCH)):
        told = {
            str(at): {"schema": one["schema"], "properties": {"name": [one["query"]]}}
            for at, one in enumerate(batch)
        }
        yield json.dumps({"queries": told}).encode()


def match(client: httpx.Client, body: bytes) -> None:
    client.post("/yente/match/default", content=body, headers=JSON).raise_for_status()


def over_http(case: Path, queries: Queries) -> float:
    with server(case) as (client, pid):
        first, *rest = bodies(queries)
        match(client, first)  # the index is opened by it
        started = cpu(pid)
        for body in rest:
            match(client, body)
        return BATCH * len(rest) / (cpu(pid) - started)


def without_a_door(case: Path, queries: Queries) -> float:
    asked = [Asked(one["query"], one["schema"]) for one in queries]
    with Desk(case) as desk:
        screener = desk.screener().keep()
        screener.screen_all(asked[:BATCH])
        started = process_time()
        for start in range(BATCH, len(asked), BATCH):
            screener.screen_all(asked[start : start + BATCH])
        return (len(queries) - BATCH) / (process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--batches", type=int, default=30)
    count = BATCH * (parser.parse_args().batches + 1)
    bench = json.loads(read("bench_dev.json").read_text("utf-8"))
    queries = bench["queries"][1::2][:count]
    with tempfile.TemporaryDirectory() as folder:
        made = case(Path(folder), bench["entities"])
        bare = without_a_door(made, queries)
        ours = over_http(made, queries)
    print(f"{len(queries):,} names against {len(bench['entities']):,} entries, in batches of {BATCH}")
    print(f"/match             {ours:7,.0f} queries a CPU second of the server")
    print(f"without a door     {bare:7,.0f}: the door takes {100 * (1 - ours / bare):.0f} % of the time")
    print(f"the limit          {LIMIT:7,.0f}: ratio {ours / LIMIT:.2f}")


if __name__ == "__main__":
    main()
