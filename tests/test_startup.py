"""`secondsource --help` answers at once: what takes long to load waits until it is needed.

``bench/startup.py`` has the seconds; here stands what they come from.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

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
