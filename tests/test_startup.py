"""`secondsource --help` answers at once: what takes long to load waits until it is needed.

``bench/startup.py`` has the seconds; here stands what they come from.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from secondsource.desk import Desk

HEAVY = {
    "spacy",
    "numpy",
    "sqlalchemy",
    "alembic",
    "fastapi",
    "uvicorn",
    "trafilatura",
    "lxml",
    "pypdfium2",
    "docx",
}
ASK = """
import json, sys
{work}
print(json.dumps(sorted(name for name in sys.modules if "." not in name)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "work",
    [
        "import secondsource",
        "from secondsource import Desk; Desk('no-such-case')",
        "from secondsource.cli import run; run(['--help'])",
        "from secondsource.cli import run; run(['ingest', '--help'])",
    ],
)
def test_nothing_heavy_is_loaded(work: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(work=work)], check=True, capture_output=True, encoding="utf-8"
    )
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert "secondsource" in loaded
    assert loaded & HEAVY == set()


def test_one_name_is_screened_without_the_library_of_a_whole_store(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,name,schema\n7,Rustel Gavdoren,Person\n")
    with Desk(tmp_path / "case") as desk:
        desk.ingest([tmp_path / "mine.csv"], only="read")
        desk.add_list(tmp_path / "mine.csv")
        desk.screen("Rustel Gavdorev")  # makes the index
    asked = ["screen", "Rustel Gavdorev", "--case", str(tmp_path / "case")]
    work = f"from secondsource.cli import run; run({asked!r})"
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(work=work)], check=True, capture_output=True, encoding="utf-8"
    )
    assert "potential match" in done.stdout
    assert set(json.loads(done.stderr.splitlines()[-1])) & HEAVY == {"numpy"}
    with Desk(tmp_path / "case") as desk:
        assert len(desk.screenings()) == 2
        assert desk.verify() == []
