"""Extraction against annotated reporting: the figures it is held to, pinned with the corpus's digest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from secondsource.text import sha256


@pytest.fixture(scope="module")
def floors(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((root / "evals" / "floors.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def extracted(shared: Path) -> list[dict[str, Any]]:
    documents = [str(path) for path in sorted((shared / "corpus" / "docs").glob("*.txt"))]
    command = [sys.executable, "-m", "secondsource", "extract", *documents]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    return [json.loads(line) for line in printed.splitlines()]


@pytest.fixture(scope="module")
def seed(extracted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [claim for claim in extracted if claim["path"].endswith("000.txt")]


def test_no_figure_falls_under_its_floor(
    shared: Path, floors: dict[str, Any], extracted: list[dict[str, Any]], tmp_path: Path
) -> None:
    gold = b"".join(path.read_bytes() for path in sorted((shared / "corpus" / "gold").glob("*.json")))
    if sha256(gold) != floors["corpus"]["gold_sha256"]:
        pytest.skip("the annotated corpus is another edition than the floors were pinned for")
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("\n".join(map(json.dumps, extracted)), "utf-8")
    command = [sys.executable, str(shared / "corpus" / "score.py"), str(predicted), "--json"]
    scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    measured = {
        "content_f1": scores["content"][2],
        "content_exact_f1": scores["content_exact"][2],
        "content_and_source_f1": scores["content_and_source"][2],
        "stance_accuracy": scores["accuracy"]["stance"][0],
        "source_kind_accuracy": scores["accuracy"]["source_kind"][0],
    }
    fallen = {name: value for name, value in measured.items() if value < floors["corpus"][name]}
    assert not fallen


def test_not_aware_is_not_a_denial(seed: list[dict[str, Any]]) -> None:
    stances = {claim["stance"] for claim in seed if "not aware of such projects" in claim["content_text"]}
    assert stances == {"unaware"}


def test_the_makers_figures_come_from_a_document(seed: list[dict[str, Any]]) -> None:
    [claim] = [one for one in seed if "2,000 kilometers" in one["content_text"]]
    figures = {(figure["value"], figure["unit"]) for figure in claim["quantities"]}
    assert figures == {(2000.0, "km"), (50.0, "kg")}
    assert (claim["source_kind"], claim["basis"]["kind"]) == ("document", "documents")


def test_the_seven_drones_rest_on_documents_seen_by_an_agency(seed: list[dict[str, Any]]) -> None:
    [claim] = [one for one in seed if "received seven" in one["content_text"]]
    assert claim["basis"]["kind"] == "documents"
    assert [relay["text"] for relay in claim["via"]] == ["Reuters"]
