"""Takes mixed files into a case and is killed at it, many times; the case must be as if it never was.

    python tests/faults.py [--kills 200] [--files 300] [--seed 4]

A running ``secondsource ingest`` is killed with SIGKILL after a random time and begun again, until
one runs to its end; then the next case, until as many kills have met one at work.  Compared with an
uninterrupted case are the documents, the claims, the findings and the entries of the ledger, without
what carries a time; and `verify` finds nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from secondsource import Desk
from secondsource.records import to_json

FILES = Path(__file__).parent / "files"
NAMES = ("Ansel Dorrit", "Mira Solveig", "Oren Halm", "Tove Lind")
TIMED = {"at", "first_seen"}
_PATIENCE = 1.15
"""By how much longer the next one may run, so that one comes to its end at last."""


def mixed(folder: Path, count: int) -> None:
    """``count`` files of many formats: small texts, pages, broken ones, and the files of the tests."""
    folder.mkdir(parents=True)
    real = sorted(path for path in FILES.iterdir() if path.stem != "scan" and "reading" not in path.name)
    for number in range(count):
        name = NAMES[number % len(NAMES)]
        said = f"The port of Kesh {number} is closed, {name} told reporters.\n\nThe ministry denied it."
        if number < len(real):
            shutil.copy(real[number], folder / f"{number:04}-{real[number].name}")
        elif number % 7 == 0:
            (folder / f"{number:04}.pdf").write_bytes(b"%PDF-1.4 cut off " + str(number).encode())
        elif number % 3 == 0:
            (folder / f"{number:04}.html").write_text(
                f"<html><body><h1>Kesh {number}</h1><p>{said}</p></body></html>"
            )
        else:
            (folder / f"{number:04}.txt").write_text(said)


def contents(case: Path) -> dict[str, list[str]]:
    """What a case holds, without what carries a time, as JSON lines in their order."""

    def shown(rows: list[object]) -> list[str]:
        return [json.dumps(_timeless(row), sort_keys=True, ensure_ascii=False) for row in rows]

    with Desk(case) as desk:
        store = desk.store()
        problems = desk.verify()
        assert problems == [], problems
        return {
            "documents": shown([to_json(one) for one in desk.documents()]),
            "captures": shown([to_json(one) for one in store.custody.captures()]),
            "claims": shown([to_json(one) for one in desk.claims()]),
            "entities": shown([to_json(one) for one in desk.entities()]),
            "questions": shown([to_json(one) for one in desk.questions()]),
            "ledger": shown([entry.fields for entry in store.ledger.entries()]),
            "bytes": list(store.blobs.digests()),
        }


def _timeless(row: object) -> object:
    if isinstance(row, dict):
        return {name: _timeless(value) for name, value in row.items() if name not in TIMED}
    return [_timeless(each) for each in row] if isinstance(row, list | tuple) else row


def ingest(case: Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "secondsource", "ingest", str(folder), "--case", str(case)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def whole(case: Path, folder: Path) -> float:
    """An ingest that nobody interrupts; the seconds it took."""
    started = time.monotonic()
    assert ingest(case, folder).wait() == 0
    return time.monotonic() - started


def killed(case: Path, folder: Path, longest: float, chance: random.Random) -> int:
    """Kill an ingest and begin it again until one has run to its end; how many were killed at work."""
    met = 0
    while True:
        process = ingest(case, folder)
        try:
            assert process.wait(timeout=chance.uniform(0.3, longest)) == 0
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            met, longest = met + 1, longest * _PATIENCE
        else:
            return met


def difference(one: dict[str, list[str]], other: dict[str, list[str]]) -> str | None:
    for name in one:
        for number, (left, right) in enumerate(zip(one[name], other[name], strict=False)):
            if left != right:
                return f"{name} {number}: {left[:300]} is not {right[:300]}"
        if len(one[name]) != len(other[name]):
            return f"{len(one[name])} {name}, not {len(other[name])}"
    return None


def run(kills: int, files: int, seed: int, place: Path) -> int:
    """Cases killed in turn until ``kills`` have met a process at work; the number of them.

    A process is killed within half the time that the whole takes, and a little more each time, so that
    several kills fall on each case.  Raises AssertionError where one is not like the uninterrupted case.
    """
    chance, met, cases = random.Random(seed), 0, 0
    mixed(place / "files", files)
    longest = whole(place / "whole", place / "files")
    expected = contents(place / "whole")
    while met < kills:
        case = place / f"killed-{cases}"
        met += killed(case, place / "files", longest / 2, chance)
        cases += 1
        problem = difference(expected, contents(case))
        assert problem is None, f"case {cases}: {problem}"
        shutil.rmtree(case)
        print(f"case {cases}: {met} of {kills} kills so far, it is as if there were none", flush=True)
    return met


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=4)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = run(asked.kills, asked.files, asked.seed, Path(folder))
    print(f"{done} kills met an ingest of {asked.files} files at work; no case differs")
