"""The invented annotated reports: what they quote stands in their texts, in the words of the scheme."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from secondsource import model

FOLDER = Path(__file__).parent.parent / "evals" / "gold" / "reports"
NAMES = sorted(path.stem for path in (FOLDER / "docs").glob("*.txt"))
QUOTED = ("content", "source", "source_mention", "cue", "nested_via", "refers_to", "basis")


def _gold(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "gold" / f"{name}.json").read_text("utf-8"))
    return loaded


def _strings(gold: dict[str, Any]) -> Iterator[str]:
    for claim in gold["claims"]:
        yield from (claim[key] for key in QUOTED if claim.get(key))
        yield from claim.get("via_chain", ())
    yield from gold["own_voice"]
    for silent in gold["no_comment"]:
        yield from silent.values()
    for entity in gold["entities"]:
        yield from (entity["name"], *entity["same_as"])


@pytest.mark.parametrize("name", NAMES)
def test_every_annotated_string_stands_in_its_text(name: str) -> None:
    text = (FOLDER / "docs" / f"{name}.txt").read_text("utf-8")
    assert [one for one in _strings(_gold(name)) if one not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_claims_keep_to_the_words_of_the_scheme(name: str) -> None:
    for claim in _gold(name)["claims"]:
        assert claim["source_kind"] in get_args(model.SourceKind), claim
        assert claim["stance"] in get_args(model.Stance), claim
        assert claim["certainty"] in (None, *get_args(model.Certainty)), claim


def test_every_document_says_that_it_is_fictional() -> None:
    about = [json.loads((FOLDER / "docs" / f"{name}.json").read_text("utf-8")) for name in NAMES]
    assert about
    assert all(one["fictional"] is True for one in about)


def test_every_document_is_in_one_part() -> None:
    parts = json.loads((FOLDER / "parts.json").read_text("utf-8"))
    assert list(parts) == ["dev", "test"]
    assert sorted(parts["dev"] + parts["test"]) == NAMES


@pytest.mark.parametrize("part", ["dev", "test"])
def test_the_readme_lists_the_parts_as_the_index_does(part: str) -> None:
    listed = json.loads((FOLDER / "parts.json").read_text("utf-8"))[part]
    readme = (FOLDER / "README.md").read_text("utf-8")
    claims = sum(len(_gold(name)["claims"]) for name in listed)
    row = re.search(rf"^- \*\*{part}\*\*, (\d+) documents, (\d+) claims: (.+)$", readme, re.MULTILINE)
    assert row is not None
    assert (row[1], row[2], row[3].split(", ")) == (str(len(listed)), str(claims), listed)
