"""An ingest killed at any moment loses nothing and does nothing twice; in full by ``make soak``."""

from __future__ import annotations

from pathlib import Path

import faults


def test_killed_cases_are_as_if_nobody_had_killed_them(tmp_path: Path) -> None:
    assert faults.run(kills=3, files=60, seed=4, place=tmp_path) >= 3
