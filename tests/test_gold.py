"""The project's own gold: what is stored is sound, stands where it says, and can be scored."""

from __future__ import annotations

import copy
import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from secondsource.errors import ReadError
from secondsource.evaluate import annotated


@pytest.fixture(scope="module")
def gold(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold", root / "evals" / "gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def one(gold: ModuleType) -> dict[str, Any]:
    """One stored annotation, to break."""
    copied: dict[str, Any] = copy.deepcopy(gold.stored("dev")[0])
    return copied


def test_all_that_is_stored_is_sound(gold: ModuleType) -> None:
    assert len(gold.stored()) == 20
    assert gold.check() == []


def test_every_span_stands_in_its_text(gold: ModuleType, shared: Path) -> None:
    held = gold.texts()
    assert [doc["id"] for doc in gold.stored() if doc["id"] not in held] == []
    assert [wrong for doc in gold.stored() for wrong in gold.problems(doc, held[doc["id"]])] == []


def test_parts_alternate_and_the_readme_lists_them(gold: ModuleType, root: Path) -> None:
    assert [doc["part"] for doc in gold.stored()] == ["dev", "test"] * 10
    readme = (root / "evals" / "gold" / "README.md").read_text("utf-8")
    for part in gold.PARTS:
        listed = re.search(rf"^- \*\*{part}\*\*: (.+)$", readme, re.MULTILINE)
        assert listed is not None
        assert [f"GUM_news_{name}" for name in listed[1].split(", ")] == [
            doc["id"] for doc in gold.stored(part)
        ]
    claims = sum(len(doc["claims"]) for doc in gold.stored())
    assert f"{len(gold.stored())} news texts, {claims} claims" in readme


def test_no_text_is_stored(gold: ModuleType, one: dict[str, Any]) -> None:
    one["claims"][0]["nested_via"] = "x" * (gold.LONGEST_NAME + 1)
    assert any("too long for a name" in wrong for wrong in gold.problems(one, None))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stance", "says"),
        ("source_kind", "man"),
        ("certainty", "sure"),
        ("content", None),
        ("content", {"start": 9, "end": 9}),
    ],
)
def test_a_wrong_value_is_named(gold: ModuleType, one: dict[str, Any], field: str, value: object) -> None:
    one["claims"][0][field] = value
    assert list(gold.problems(one, None)) == [f"claim 1: {field} {value}"]


def test_what_stands_elsewhere_is_named(gold: ModuleType, one: dict[str, Any], shared: Path) -> None:
    text = gold.texts()[one["id"]]
    assert list(gold.problems(one, text + "x")) == ["the text is another edition than the one annotated"]
    one["claims"][0]["source_span"]["start"] += 1
    one["claims"][1]["content"]["end"] = len(text) + 1
    one["entities"].append({"name": "Drovia", "schema": "Location/Country", "same_as": []})
    wrong = list(gold.problems(one, text))
    assert any("holds no words" in each for each in wrong)
    assert "claim 1: its source does not stand where it says" in wrong
    assert "“Drovia” does not stand in the text" in wrong


def test_a_part_is_written_as_an_annotated_folder(gold: ModuleType, shared: Path, tmp_path: Path) -> None:
    assert gold.write(tmp_path, "test") == 10
    written = annotated(tmp_path)
    assert [document.path.stem for document in written] == [doc["id"] for doc in gold.stored("test")]
    for document, doc in zip(written, gold.stored("test"), strict=True):
        text = document.path.read_text("utf-8")
        assert [text.index(own) for own in document.own_voice] == [span["start"] for span in doc["own_voice"]]
        for claim, spans in zip(document.claims, doc["claims"], strict=True):
            assert claim["content"] == text[spans["content"]["start"] : spans["content"]["end"]]
            assert claim["source"] in text


def test_without_the_texts_nothing_is_scored_or_written(
    gold: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gold, "SHARED", tmp_path / "none")
    monkeypatch.setattr(gold, "_evaluate", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["gold.py"])
    assert gold.main() == 0
    assert "is not scored" in capsys.readouterr().out
    with pytest.raises(ReadError, match="GUM_news_afghan: its text is not in"):
        gold.write(tmp_path / "folder")


@pytest.mark.parametrize("part", ["dev", "test", None])
def test_a_part_of_the_reports_is_written(gold: ModuleType, tmp_path: Path, part: str | None) -> None:
    listed = [name for each in gold.PARTS if part in (None, each) for name in gold.report_parts()[each]]
    assert gold.write_reports(tmp_path, part) == len(listed)
    assert [document.path.stem for document in annotated(tmp_path)] == sorted(listed)


def test_each_part_of_the_reports_is_scored_apart(gold: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    scored: dict[str, list[str]] = {}

    def evaluate(folder: Path, title: str) -> None:
        scored[title] = sorted(document.path.stem for document in annotated(folder))

    monkeypatch.setattr(gold, "_evaluate", evaluate)
    gold._score()
    for part, names in gold.report_parts().items():
        assert scored[f"evals/gold/reports, {part}"] == sorted(names)


def test_a_report_in_no_part_or_in_two_is_named(gold: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    for name in ("one", "two", "three"):
        (tmp_path / "gold" / f"{name}.json").touch()
    parts = {"dev": ["one", "two"], "test": ["two", "four"]}
    (tmp_path / "parts.json").write_text(json.dumps(parts), "utf-8")
    assert gold.misfiled(tmp_path) == [
        "four: parts.json lists it 1 times",
        "three: parts.json lists it 0 times",
        "two: parts.json lists it 2 times",
    ]
    assert gold.misfiled(tmp_path / "none") == []


def test_a_report_with_a_wrong_value_is_named(gold: ModuleType, tmp_path: Path) -> None:
    claim = {
        "content": "it sold drones",
        "source": "Orlesk",
        "source_kind": "state",
        "stance": "asserts",
        "certainty": None,
    }
    (tmp_path / "one.txt").write_text("Orlesk said it sold drones.", "utf-8")
    (tmp_path / "one.json").write_text(json.dumps({"claims": [claim]}), "utf-8")
    assert gold.report_problems(tmp_path) == ["one: claim 1: source_kind state"]
    assert gold.report_problems(tmp_path / "none") == []
