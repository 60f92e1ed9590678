"""How long a user waits for `secondsource --help`, for `import secondsource`, and for one screened name.

Seconds of a new process each by the clock, and CPU seconds beside them, the first (cold) one aside.  The
name is screened against ``names/bench_dev.json`` beside the project (40,000 names), its index made before.

    python bench/startup.py [--runs 9]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from screening import read
from screening_http import case

TARGET = 0.4
SCREEN_TARGET = 0.7
COMMAND = str(Path(sys.executable).with_name("secondsource"))
CASES = {
    "secondsource --help": [COMMAND, "--help"],
    "import secondsource": [sys.executable, "-c", "import secondsource"],
    "python alone": [sys.executable, "-c", ""],
}


class Took(NamedTuple):
    """Seconds by the clock, and of the processor."""

    clock: float
    cpu: float


def seconds(command: list[str]) -> Took:
    # Bytecode is kept by the first run, as the installer of a package keeps it.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=kept)
    clock = perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measured(name: str, command: list[str], runs: int) -> Took:
    seconds(command)
    times = [seconds(command) for _ in range(runs)]
    clock, cpu = ([one[at] for one in times] for at in (0, 1))
    middle, best = statistics.median(clock), min(clock)
    used = f"CPU {statistics.median(cpu):.3f} s, best {min(cpu):.3f} s"
    print(f"{name:24} median {middle:.3f} s   best {best:.3f} s   {used}")
    return Took(best, min(cpu))


def screened(runs: int) -> None:
    bench = json.loads(read("bench_dev.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        command = [COMMAND, "screen", "Pushkov Aleksei", "--case", str(case(Path(folder), bench["entities"]))]
        took = measured("secondsource screen NAME", command, runs)
    print(f"`screen NAME` is to stay under {SCREEN_TARGET} s: ratio {SCREEN_TARGET / took.cpu:.2f} by CPU")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    for name, command in CASES.items():
        measured(name, command, runs)
    print(f"`secondsource --help` is to stay under {TARGET} s")
    screened(runs)


if __name__ == "__main__":
    main()
