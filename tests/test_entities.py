"""The figures that names inside one document are held to, pinned with the digest of the annotation."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from secondsource.model import Excerpt, Mention, Span
from secondsource.text import sha256


@pytest.fixture(scope="module")
def entities(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("entities", root / "evals" / "entities.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["entities"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def floors(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((root / "evals" / "floors.json").read_text("utf-8"))
    return loaded


def _figures(entities: ModuleType, folder: Path) -> dict[str, float]:
    measured = entities.measured(entities.score(folder))
    return {
        "mention_f1": measured["mention"][2],
        "type_accuracy": measured["type_accuracy"],
        "alias_b3_f1": measured["alias_b3"][2],
    }


def test_no_figure_on_the_corpus_falls_under_its_floor(
    entities: ModuleType, floors: dict[str, Any], shared: Path
) -> None:
    gold = b"".join(path.read_bytes() for path in sorted((shared / "corpus" / "gold").glob("*.json")))
    pinned = floors["entities, corpus"]
    if sha256(gold) != pinned["gold_sha256"]:
        pytest.skip("the annotated corpus is another edition than the floors were pinned for")
    found = _figures(entities, shared / "corpus")
    assert {name: value for name, value in found.items() if value < pinned[name]} == {}


def test_no_figure_on_the_invented_reports_falls_under_its_floor(
    entities: ModuleType, floors: dict[str, Any], root: Path
) -> None:
    reports = root / "evals" / "gold" / "reports"
    pinned = floors["entities, reports"]
    files = [path for part in ("gold", "docs") for path in sorted((reports / part).iterdir())]
    digest = sha256(b"".join(path.read_bytes() for path in files))
    assert digest == pinned["gold_sha256"], "other texts than the floors were pinned for"
    found = _figures(entities, reports)
    assert {name: value for name, value in found.items() if value < pinned[name]} == {}


TEXT = "The Straits League spoke. The League and Osk went to Osk."
LEAGUE = {"name": "Straits League", "schema": "Organization", "same_as": ["the League", "The League"]}
OSK = {"name": "Osk", "schema": "Location/Country", "same_as": []}


def _mention(start: int, text: str, schema: str, entity: str) -> Mention:
    return Mention(Excerpt((Span(start, start + len(text)),), text), schema, entity, text, "model")


def test_forms_stand_where_they_stand_and_articles_do_not_count(entities: ModuleType) -> None:
    found = entities.gold_mentions([LEAGUE, OSK], TEXT)
    assert [(one.span.start, one.text) for one in found] == [
        (4, "Straits League"),
        (30, "League"),
        (41, "Osk"),
        (53, "Osk"),
    ]


def test_counts_see_what_is_missed_mistyped_and_put_together(entities: ModuleType) -> None:
    gold = entities.gold_mentions([LEAGUE, OSK], TEXT)
    found = [
        _mention(4, "Straits League", "Organization", "m-1"),
        _mention(41, "Osk", "Person", "m-1"),
        _mention(19, "spoke", "Person", "m-2"),
    ]
    counts = entities.counted(gold, found, TEXT, "x")
    figures = entities.measured(counts)
    assert figures["mention"] == pytest.approx((2 / 3, 2 / 4, 4 / 7))
    assert figures["type_accuracy"] == 0.5
    assert figures["alias_b3"] == pytest.approx((0.5, 1.0, 2 / 3))
    assert counts.misjoined == ["x: together: Osk, Straits League"]
