"""How much memory a long list takes to be read, and how long: it is never in memory whole.

    python bench/lists.py [--megabytes 300]

A list in the layout of targets.simple.csv with invented names is written, read, and put into a case,
in a process of its own whose peak memory is measured; one a tenth as long is measured in the same
run, and the ratio of the two peaks says whether memory grows with the list.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SYLLABLES = re.findall("..", "bakorinetushamilovadeguzopalifekayurasenohiwatemo")
WORDS = 34
"""Words of the remarks of an entry."""
MEGABYTE = 1_000_000

READ = """
import json, resource, sys
from time import process_time
from secondsource.lists import ListFile, open_list
from pathlib import Path
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = process_time()
if sys.argv[2] == "read":
    count = sum(1 for _ in open_list(ListFile.at(Path(sys.argv[1])))[1])
else:
    from secondsource.desk import Desk
    with Desk(sys.argv[3]) as desk:
        count = desk.add_list(sys.argv[1]).designations
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
told = {"entries": count, "seconds": process_time() - started}
print(json.dumps({**told, "peak": peak / 1024, "before": before / 1024}))
"""


def written(path: Path, megabytes: int) -> Path:
    draw = random.Random(7)
    words = ["".join(draw.choices(SYLLABLES, k=3)).title() for _ in range(20_000)]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL)
        table.writerow(("id", "schema", "name", "aliases", "birth_date", "countries", "remarks"))
        remarks = draw.choices(words, k=200_000)
        at = 0
        while file.tell() < megabytes * MEGABYTE:
            picked, start = draw.choices(words, k=6), draw.randrange(len(remarks) - WORDS)
            name, aliases = " ".join(picked[:2]), f"{' '.join(picked[2:4])};{' '.join(picked[4:])}"
            told = " ".join(remarks[start : start + WORDS])
            table.writerow((f"X-{at}", "Person", name, aliases, "1961", "dv", told))
            at += 1
    return path


def measured(path: Path, what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-c", READ, str(path), what, str(folder / f"case-{path.stem}")]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=300)
    megabytes = parser.parse_args().megabytes
    with tempfile.TemporaryDirectory() as folder:
        long = written(Path(folder) / "long.csv", megabytes)
        short = written(Path(folder) / "short.csv", megabytes // 10)
        for what in ("read", "put into a case"):
            peaks = []
            for path in (short, long):
                found = measured(path, what, Path(folder))
                peaks.append(found["peak"])
                size = path.stat().st_size / MEGABYTE
                told = f"{size:4.0f} MB, {found['entries']:,.0f} entries: {found['seconds']:.0f} CPU s"
                print(f"{what:16} {told}, peak {found['peak']:.0f} MiB ({found['before']:.0f} at the start)")
            print(f"{what:16} ten times the list, {peaks[1] / peaks[0]:.2f} times the memory")


if __name__ == "__main__":
    main()
