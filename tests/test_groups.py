"""Questions, opposition and origins on the annotated groups of real reports: the figures they are held to."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from secondsource.text import sha256


@pytest.fixture(scope="module")
def evaluation(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evals_groups", root / "evals" / "groups.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measured(evaluation: ModuleType) -> list[Any]:
    return [evaluation.read(gold, paths) for gold, paths in evaluation.groups()]


def test_no_figure_on_the_groups_falls_under_its_floor(
    root: Path, shared: Path, evaluation: ModuleType, measured: list[Any]
) -> None:
    floors = json.loads((root / "evals" / "floors.json").read_text("utf-8"))["groups"]
    gold = b"".join(path.read_bytes() for path in sorted((shared / "corpus" / "groups").glob("*.json")))
    if sha256(gold) != floors["gold_sha256"]:
        pytest.skip("the annotated groups are another edition than the floors were pinned for")
    found = evaluation.figures(measured)
    fallen = {
        f"{way} {name}": value
        for way, values in found.items()
        for name, value in values.items()
        if value < floors[way].get(name, 0.0)
    }
    assert fallen == {}
    kept, true, _ = (sum(part) for part in zip(*map(evaluation.blocking, measured), strict=True))
    assert kept / true >= floors["blocking_recall"]


@pytest.mark.parametrize("part", ["tune", "held"])
def test_no_figure_on_the_invented_groups_falls_under_its_floor(
    root: Path, evaluation: ModuleType, tmp_path: Path, part: str
) -> None:
    floor = json.loads((root / "evals" / "floors.json").read_text("utf-8"))["press"][part]
    read = [evaluation.read(gold, paths) for gold, paths in evaluation.invented(part, tmp_path)]
    assert evaluation.figures(read)["words"]["per_document_f1"] >= floor


@pytest.mark.parametrize("part", ["tune2", "held2"])
def test_no_figure_on_the_longer_invented_groups_falls_under_its_floor(
    root: Path, evaluation: ModuleType, tmp_path: Path, part: str
) -> None:
    files = sorted((root / "evals" / "gold" / "press" / part).glob("*.toml"))
    floors = json.loads((root / "evals" / "floors.json").read_text("utf-8"))[f"press, {part}"]
    digest = sha256(b"".join(path.read_bytes() for path in files))
    assert floors.pop("gold_sha256") == digest, "other texts than the floors were pinned for"
    found = evaluation.figures(
        [evaluation.read(gold, paths) for gold, paths in evaluation.invented(part, tmp_path)]
    )
    for way, pinned in floors.items():
        assert {name: found[way][name] for name in pinned if found[way][name] < pinned[name]} == {}, way
