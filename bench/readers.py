"""How fast each format is read, and what reading it in another process adds.

Per format: documents and MiB a second in this process, and the time that isolation adds to it,
each over the files of the tests, read in turn for about a second.  Then 1,000 small files, taken
into a case with isolation and without, in turn and in one run: what it adds is to stay under 15 %.

    python bench/readers.py [--seconds 1] [--files 1000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from secondsource.config import Config
from secondsource.ingest import ingest
from secondsource.isolation import Isolation
from secondsource.model import Taken
from secondsource.readers import media_type, take
from secondsource.store import Store

FILES = Path(__file__).parent.parent / "tests" / "files"
TARGET = 15  # per cent
Read = Callable[[bytes, str], Taken]


def formats() -> dict[str, list[tuple[bytes, str]]]:
    found: defaultdict[str, list[tuple[bytes, str]]] = defaultdict(list)
    for path in sorted(FILES.iterdir()):
        if path.stem != "scan" and not path.name.endswith(".reading.txt"):
            data = path.read_bytes()
            found[media_type(data, path.name).rpartition(".")[2][-28:]].append((data, path.name))
    return found


def seconds_each(read: Read, files: list[tuple[bytes, str]], rounds: int) -> float:
    started = perf_counter()
    for _ in range(rounds):
        for data, name in files:
            read(data, name)
    return (perf_counter() - started) / (rounds * len(files))


def by_format(budget: float) -> None:
    with Isolation() as isolation:
        print(f"{'format':30} {'files':>5} {'docs/s':>8} {'MiB/s':>7} {'parse ms':>9} {'isolation ms':>13}")
        for name, files in formats().items():
            once = seconds_each(take, files, 1), seconds_each(isolation.take, files, 1)
            rounds = max(1, int(budget / (len(files) * max(once))))
            here, there = seconds_each(take, files, rounds), seconds_each(isolation.take, files, rounds)
            size = sum(len(data) for data, _ in files) / len(files) / (1 << 20)
            added = max(0.0, there - here) * 1000
            speed = f"{1 / here:8.0f} {size / here:7.2f} {here * 1000:9.2f} {added:13.2f}"
            print(f"{name:30} {len(files):5} {speed}")


def small(folder: Path, count: int) -> None:
    for number in range(count):
        said = f"The port of Kesh {number} is closed, the harbour office told reporters on Monday.\n\n" * 4
        page = f"<html><body><h1>Kesh {number}</h1><p>{said}</p></body></html>"
        name, data = (f"{number:04}.html", page) if number % 2 else (f"{number:04}.txt", said)
        (folder / name).write_text(data)


def taken_in(folder: Path, isolated: bool) -> float:
    """Seconds for a folder into a new case, without the start of the other process."""
    with tempfile.TemporaryDirectory() as place:
        store = Store.open(Path(place) / "case")
        started = perf_counter()
        ingest(store, [folder], config=Config(isolated=isolated))
        took = perf_counter() - started
        store.close()
    return took


def overhead(count: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        small(folder, count)
        taken_in(folder, True)  # the process is started, the page reader warm
        taken_in(folder, False)
        pairs = [(taken_in(folder, False), taken_in(folder, True)) for _ in range(rounds)]
    here, there = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for other, one in pairs)
    print(
        f"\n{count} small files into a case, median of {rounds}: {count / here:.0f}/s in this process, ",
        end="",
    )
    print(f"{count / there:.0f}/s isolated.\nRatio {ratio:.3f}; isolation is to add {TARGET} % at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    by_format(asked.seconds)
    overhead(asked.files, asked.rounds)


if __name__ == "__main__":
    main()
