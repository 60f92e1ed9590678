"""Propositions of one event across texts: the scorer, and the figures that grouping is held to."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from secondsource.text import sha256


@pytest.fixture(scope="module")
def evaluation(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evals_okr", root / "evals" / "okr.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_score_is_one_for_the_gold_and_less_for_what_is_merged_split_or_invented(
    evaluation: ModuleType,
) -> None:
    gold = [{"a", "b"}, {"c", "d"}, {"e"}]
    assert evaluation.conll(gold, gold) == pytest.approx(1.0)
    for wrong in ([{"a", "b", "c", "d"}, {"e"}], [{"a"}, {"b"}, {"c", "d"}, {"e"}], [*gold, {"f"}]):
        assert 0.3 < evaluation.conll(gold, wrong) < 1.0


def test_no_figure_falls_under_its_floor(root: Path, shared: Path, evaluation: ModuleType) -> None:
    floors = json.loads((root / "evals" / "floors.json").read_text("utf-8"))["okr"]
    texts = (shared / "corroboration" / "okr_propositions.jsonl").read_bytes()
    if sha256(texts) != floors.pop("propositions_sha256"):
        pytest.skip("the propositions are another edition than the floors were pinned for")
    found = evaluation.figures()
    assert {way: found[way]["test"] for way, floor in floors.items() if found[way]["test"] < floor} == {}
