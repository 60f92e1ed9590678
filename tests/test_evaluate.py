"""Scoring an annotated folder: the figures, and what is wrong with a folder that cannot be scored."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from secondsource import Desk
from secondsource.cli import cli
from secondsource.errors import ReadError
from secondsource.evaluate import annotated, figures, total

TEXT = (
    "Orlesk denied that it had sold the drones. "
    "Ilka Dorn told the Meldwire agency that the parts left in March. "
    "The ministry said it was not aware of any sale.\n"
)
CLAIM = {"source_mention": None, "cue": "said", "certainty": None, "nested_via": None}
GOLD: dict[str, Any] = {
    "claims": [
        CLAIM
        | {"content": "it had sold the drones", "source": "Orlesk", "stance": "denies"}
        | {"source_kind": "government"},
        CLAIM
        | {"content": "the parts left in March", "source": "Ilka Dorn", "stance": "asserts"}
        | {"source_kind": "person", "nested_via": "the Meldwire agency"},
        CLAIM
        | {"content": "it was not aware of any sale", "source": "The ministry", "stance": "unaware"}
        | {"source_kind": "government"},
    ],
    "own_voice": [],
    "entities": [{"name": "Orlesk", "type": "Country", "same_as": []}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("docs", "gold"):
        (tmp_path / name).mkdir()
    (tmp_path / "docs" / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "gold" / "one.json").write_text(json.dumps(GOLD), "utf-8")
    return tmp_path


def test_claims_are_scored_with_their_parts(folder: Path) -> None:
    tallies = Desk().evaluate(folder)
    counts = total(tallies).counts
    assert (counts["gold"], counts["hit"], counts["joint"]) == (3, 3, 3)
    assert (counts["denies_right"], counts["unaware_right"], counts["via_hit"]) == (1, 1, 1)
    assert figures(tallies)["content"] == [1.0, 1.0, 1.0]


def test_a_missed_claim_lowers_recall_and_is_named(folder: Path) -> None:
    more = GOLD["claims"] + [GOLD["claims"][0] | {"content": "Orlesk denied that it"}]
    (folder / "gold" / "one.json").write_text(json.dumps(GOLD | {"claims": more}), "utf-8")
    whole = total(Desk().evaluate(folder))
    assert whole.rates("hit")[1] == 0.75
    assert whole.missed == [("one.txt", "Orlesk", "Orlesk denied that it")]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda claim: claim | {"content": "it had bought the drones"},
            "claim 1: its content does not stand",
        ),
        (lambda claim: {k: v for k, v in claim.items() if k != "stance"}, "claim 1: has no field “stance”"),
        (lambda _: "a claim", "claim 1: is no JSON object"),
    ],
)
def test_a_claim_that_cannot_be_scored_is_named(folder: Path, change: Any, complaint: str) -> None:
    broken = GOLD | {"claims": [change(GOLD["claims"][0])]}
    (folder / "gold" / "one.json").write_text(json.dumps(broken), "utf-8")
    with pytest.raises(ReadError, match=complaint):
        annotated(folder)


def test_what_is_missing_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "docs" / "one.txt").unlink()
    with pytest.raises(ReadError, match=r"its document .*one\.txt is missing"):
        annotated(folder)
    (folder / "gold" / "one.json").write_text("{", "utf-8")
    with pytest.raises(ReadError, match=r"one\.json: cannot be read as JSON"):
        annotated(folder)
    (folder / "gold" / "one.json").unlink()
    with pytest.raises(ReadError, match="holds no annotations"):
        annotated(folder)
    with pytest.raises(ReadError, match="no such folder"):
        annotated(folder / "elsewhere")


def test_the_command_prints_figures_and_fails_in_one_line(folder: Path) -> None:
    shown = CliRunner().invoke(cli, ["evaluate", str(folder), "--errors", "3"])
    assert shown.exit_code == 0
    assert "1 documents, 3 annotated claims, 3 found" in shown.output
    assert json.loads(CliRunner().invoke(cli, ["evaluate", str(folder), "--json"]).output)["gold"] == 3
    refused = subprocess.run(
        [sys.executable, "-m", "secondsource", "evaluate", str(folder / "elsewhere")],
        capture_output=True,
        text=True,
    )
    assert refused.returncode != 0
    assert refused.stderr.count("\n") == 1


def test_the_figures_are_those_of_the_corpus_scorer(shared: Path, tmp_path: Path) -> None:
    measured = figures(Desk().evaluate(shared / "corpus"))
    documents = [str(path) for path in sorted((shared / "corpus" / "docs").glob("*.txt"))]
    command = [sys.executable, "-m", "secondsource", "extract", *documents]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text(subprocess.run(command, check=True, capture_output=True, text=True).stdout, "utf-8")
    scorer = [sys.executable, str(shared / "corpus" / "score.py"), str(predicted), "--json"]
    theirs = json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout)
    for name in ("content", "content_exact", "content_and_source"):
        assert measured[name] == theirs[name]
    for name, (share, _) in theirs["accuracy"].items():
        assert measured["accuracy"][name] == share
    for name, values in theirs["marked"].items():
        assert measured["marked"][name] == values[:3]
