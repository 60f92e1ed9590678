"""How long a user waits for `secondsource --help`, and for `import secondsource`.

Wall-clock seconds of a new process each, the first (cold) one aside.

    python bench/startup.py [--runs 9]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

TARGET = 0.4
COMMAND = str(Path(sys.executable).with_name("secondsource"))
CASES = {
    "secondsource --help": [COMMAND, "--help"],
    "import secondsource": [sys.executable, "-c", "import secondsource"],
    "python alone": [sys.executable, "-c", ""],
}


def seconds(command: list[str]) -> float:
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    for name, command in CASES.items():
        seconds(command)
        times = [seconds(command) for _ in range(runs)]
        print(f"{name:22} median {statistics.median(times):.3f} s   best {min(times):.3f} s")
    print(f"`secondsource --help` is to stay under {TARGET} s")


if __name__ == "__main__":
    main()
