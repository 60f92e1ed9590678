"""How long a million rows of trade take against forty thousand listed names, and in how much memory.

    python bench/trade.py [--rows 1000000] [--names 40000] [--parties 30000] [--jobs 2]

The table is invented: codes spread over the Harmonized System, one row in twenty with a code of
the Common High Priority List, ``--parties`` different companies and persons of whom one in a
hundred is spelled like a listed one, each in two spellings.  The list is ``names/lists.jsonl``
beside the project where there is one, else invented too.  One row in the middle is broken.  Printed are
wall-clock and CPU seconds, rows a second, the share of the time in name matching, and the peak of memory
(proportional set size of all processes, on Linux).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secondsource import Desk
from secondsource.goods import packaged
from secondsource.trade import Order, Screened

LISTS = Path(__file__).resolve().parents[2] / "shared" / "names" / "lists.jsonl"
LIMIT_SECONDS, LIMIT_BYTES = 120, 2 << 30
SYLLABLES = (
    "ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "dar", "kel", "mir", "nov", "pol", "rus",
    "tam", "vel", "zhen", "khan", "ost", "burg",
)  # fmt: skip
FORMS = ("LLC", "Ltd", "Trading Co", "GmbH", "JSC", "Works", "Logistics", "Group", "", "")
HEADER = (
    "date", "hs code", "description", "consignor", "consignee", "origin", "destination", "via",
    "value", "weight", "quantity",
)  # fmt: skip
COUNTRIES = [a + b for a in "QXZ" for b in "ABCDEFGH"]
GOODS = (
    "ball bearings", "integrated circuits, FPGA", "cotton shirts", "machine parts", "thermal cameras",
    "frozen fish", "radio navigation receivers", "plastic pipes", "furniture", "electric motors",
)  # fmt: skip


def word(dice: random.Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 3))).title()


def invented(dice: random.Random) -> str:
    return f"{word(dice)} {word(dice)} {dice.choice(FORMS)}".strip()


def listed(count: int, dice: random.Random) -> list[tuple[str, list[str]]]:
    """Entries of a list, kind and names, that have ``count`` names together."""
    entries: list[tuple[str, list[str]]] = []
    found = 0
    real = list(_real()) if LISTS.exists() else []
    dice.shuffle(real)
    for schema, names in real or _made(dice):
        if found >= count:
            break
        entries.append((schema, names[: count - found]))
        found += len(entries[-1][1])
    return entries


def _real() -> Iterator[tuple[str, list[str]]]:
    with LISTS.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            aliases = [alias if isinstance(alias, str) else alias[0] for alias in row["aliases"]]
            yield row["schema"], list(dict.fromkeys([row["name"], *aliases]))


def _made(dice: random.Random) -> Iterator[tuple[str, list[str]]]:
    while True:
        yield "Company", [invented(dice), invented(dice)]


def write_list(path: Path, entries: list[tuple[str, list[str]]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "schema", "name", "aliases"])
        for at, (schema, names) in enumerate(entries):
            aliases = ";".join(f'"{name}"' if ";" in name else name for name in names[1:])
            writer.writerow([f"b-{at}", schema, names[0], aliases])


def write_table(path: Path, rows: int, parties: list[str], dice: random.Random) -> None:
    priority = [code for regime in packaged() for rule in regime.rules for code in rule.codes]
    codes = [f"{heading:04}.{dice.randint(10, 99)}" for heading in dice.choices(range(101, 9700), k=4000)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for at in range(rows):
            if at == rows // 2:
                file.write('2026-01-01,8542.31,"never closed,x,y\r\n')
            code = dice.choice(priority if dice.random() < 0.05 else codes)
            two = dice.choice(parties), dice.choice(parties)
            route = dice.choice(COUNTRIES), dice.choice(COUNTRIES), ""
            goods = f"{dice.choice(GOODS)}, lot {at % 5000}"
            day = f"2026-{at % 12 + 1:02}-{at % 28 + 1:02}"
            writer.writerow([day, code, goods, *two, *route, at % 9973, at % 977, at % 97])


@contextmanager
def peak_of_memory() -> Iterator[list[int]]:
    """The most that this process and its children held at once, in bytes, looked at ten times a second."""
    peak, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            peak[0] = max(peak[0], sum(map(_held, [os.getpid(), *_children()])))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def _children() -> list[int]:
    path = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def _held(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--names", type=int, default=40_000)
    parser.add_argument("--parties", type=int, default=30_000)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    dice = random.Random(8)
    entries = listed(asked.names, dice)
    some = [name for _, names in dice.choices(entries, k=max(1, asked.parties // 100)) for name in names[:1]]
    base = list(dict.fromkeys([*some, *(invented(dice) for _ in range(asked.parties))]))[: asked.parties]
    parties = [*base, *(name.upper() for name in base)]
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder) / "case") as desk:
        here = Path(folder)
        write_list(here / "targets.simple.csv", entries)
        write_table(here / "trade.csv", asked.rows, parties, dice)
        desk.add_list(here / "targets.simple.csv")
        started = cpu_seconds()
        with peak_of_memory() as peak:
            found = desk.goods.trade(Order(here / "trade.csv", here / "out.csv", jobs=asked.jobs, keep=0))
        size = (here / "trade.csv").stat().st_size
    report(found, size, asked, cpu_seconds() - started, peak[0])


def report(found: Screened, size: int, asked: argparse.Namespace, cpu: float, peak: int) -> None:
    where = "the OFAC, EU and UN lists" if LISTS.exists() else "an invented list"
    rest = found.seconds - found.seconds_names
    share, rate = found.seconds_names / found.seconds, found.names / max(found.seconds_names, 0.01)
    print(f"{found.total:,} rows, {size >> 20} MiB; {found.flagged:,} with a reason, {found.unread} not read")
    print(f"{found.names:,} names of parties against {asked.names:,} of {where}: {found.matched:,} met one")
    print(f"{found.seconds:.1f} s wall, {cpu:.1f} s CPU, {asked.jobs} processes for names")
    print(f"{found.total / found.seconds:,.0f} rows/s; {share:.0%} of the time in name matching")
    print(f"{found.total / rest:,.0f} rows/s without names; {rate:,.0f} names/s")
    print(f"peak of memory {peak / (1 << 20):,.0f} MiB")
    print(f"of the limits: time {found.seconds / LIMIT_SECONDS:.2f}, memory {peak / LIMIT_BYTES:.2f}")


if __name__ == "__main__":
    main()
