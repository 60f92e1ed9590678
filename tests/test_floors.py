"""The figures that extraction is held to on the project's own invented reports, pinned with their digest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secondsource import Desk
from secondsource.evaluate import annotated, figures, score
from secondsource.text import sha256


@pytest.fixture(scope="module")
def reports(root: Path) -> Path:
    return root / "evals" / "gold" / "reports"


@pytest.fixture(scope="module")
def parts(reports: Path) -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = json.loads((reports / "parts.json").read_text("utf-8"))
    return loaded


def _digest(reports: Path, names: list[str]) -> str:
    files = [reports / "gold" / f"{name}.json" for name in names]
    files += [reports / "docs" / f"{name}.txt" for name in names]
    return sha256(b"".join(path.read_bytes() for path in files))


def _measured(reports: Path, names: list[str]) -> dict[str, Any]:
    desk = Desk()
    gold = [one for one in annotated(reports) if one.path.stem in names]
    return figures([score(one, (claim for _, claim in desk.extract([one.path]))) for one in gold])


@pytest.mark.parametrize("part", ["dev", "test"])
def test_no_figure_on_the_reports_falls_under_its_floor(
    root: Path, reports: Path, parts: dict[str, list[str]], part: str
) -> None:
    floors = json.loads((root / "evals" / "floors.json").read_text("utf-8"))[f"reports, {part}"]
    assert floors["gold_sha256"] == _digest(reports, parts[part]), (
        "other texts than the floors were pinned for"
    )
    measured = _measured(reports, parts[part])
    found = {
        "content_f1": measured["content"][2],
        "content_exact_f1": measured["content_exact"][2],
        "content_and_source_f1": measured["content_and_source"][2],
        "stance_accuracy": measured["accuracy"]["stance"],
        "source_kind_accuracy": measured["accuracy"]["source_kind"],
        "denies_recall": measured["accuracy"]["denies"],
        "unaware_recall": measured["accuracy"]["unaware"],
        "marked_stance_f1": measured["marked"]["stance"][2],
        "marked_certainty_f1": measured["marked"]["certainty"][2],
        "marked_via_f1": measured["marked"]["via"][2],
    }
    assert {name: value for name, value in found.items() if value < floors[name]} == {}
