"""The figures that Russian and Chinese are held to on the project's own invented reports."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from secondsource import languages
from secondsource.extractor import Extractor


@pytest.fixture(scope="module")
def measuring(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evals_languages", root / "evals" / "languages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["evals_languages"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def floors(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((root / "evals" / "floors.json").read_text("utf-8"))
    return loaded


def _under(found: dict[str, float], floor: dict[str, Any]) -> dict[str, float]:
    return {name: value for name, value in found.items() if value < floor.get(name, 0)}


@pytest.mark.skipif(
    not languages.is_installed("ru"), reason="the extra ru is not installed: nothing is measured"
)
@pytest.mark.parametrize("part", ["tune", "report", "blind"])
def test_no_figure_of_russian_falls_under_its_floor(
    measuring: ModuleType, floors: dict[str, Any], part: str
) -> None:
    floor = floors[f"russian, {part}"]
    assert floor["gold_sha256"] == measuring.digest("russian"), "other texts than the floors were pinned for"
    assert _under(measuring.tally(part).figures(), floor) == {}


@pytest.mark.skipif(
    not languages.is_installed("zh"), reason="the extra zh is not installed: nothing is measured"
)
def test_no_figure_of_chinese_falls_under_its_floor(measuring: ModuleType, floors: dict[str, Any]) -> None:
    floor = floors["chinese"]
    assert floor["gold_sha256"] == measuring.digest("chinese"), "other texts than the floors were pinned for"
    assert _under(measuring.names(), floor) == {}


@pytest.mark.skipif(
    not languages.is_installed("zh"), reason="the extra zh is not installed: Chinese is not read"
)
def test_chinese_gives_names_at_their_places_and_no_claims() -> None:
    text = "新桥精密机械有限公司否认此事。李建国说，新桥公司没有出口机床。\n"
    found = Extractor().extract("0" * 64, text)
    assert found.claims == ()
    assert found.unread == "it is in Chinese: names are read from it, claims are not"
    assert all(one.excerpt.stands_in(text) for one in found.mentions)
    assert [one.name for one in found.mentions] == ["新桥精密机械有限公司", "李建国", "新桥精密机械有限公司"]
