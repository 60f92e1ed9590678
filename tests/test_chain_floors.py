"""What derivation, drift and learned reliabilities are held to on the material beside the checkout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from secondsource.text import sha256

Floors = Callable[[str, dict[str, Path]], dict[str, Any]]


@pytest.fixture(autouse=True)
def _evaluations(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(root / "evals"), *sys.path])


@pytest.fixture
def floors(root: Path, shared: Path) -> Floors:
    """The floors of a part, where the texts are those that they were pinned for."""

    def of(part: str, files: dict[str, Path]) -> dict[str, Any]:
        pinned: dict[str, Any] = json.loads((root / "evals" / "floors.json").read_text("utf-8"))[part]
        for name, path in files.items():
            found = sorted(path.glob("*.json")) if path.is_dir() else [path]
            if sha256(b"".join(one.read_bytes() for one in found)) != pinned[name]:
                pytest.skip(f"{path.name} is another edition than the floors were pinned for")
        return pinned

    return of


def test_derivation_on_graded_reuse(floors: Floors, shared: Path) -> None:
    import derivation

    pinned = floors("derivation", {"texts_sha256": shared / "corroboration" / "clough_stevenson.jsonl"})
    score, _ = derivation.left_out(derivation.answers())
    assert score >= pinned["left_out_f1"]


def test_reliabilities_on_published_sets(floors: Floors, shared: Path) -> None:
    import truth_discovery

    folder = shared / "corroboration"
    files = {"books_sha256": "books_claims.jsonl", "population_sha256": "population_claims.jsonl"}
    pinned = floors("truth discovery", {name: folder / file for name, file in files.items()})
    assert truth_discovery.books()[0] >= pinned["books_precision"]
    assert truth_discovery.population()[0] <= pinned["population_error"]


def test_drift_on_groups_of_real_reports(floors: Floors, shared: Path) -> None:
    import drift

    pinned = floors("drift", {"gold_sha256": shared / "corpus" / "groups"})
    figures = drift.measured()
    assert figures["found"] >= pinned["found"] * figures["listed"]
    assert figures["wrong"] <= pinned["wrong"] * figures["flagged"]
