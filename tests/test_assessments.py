"""Assessments: decisions that are obeyed, a root over the inputs, and what was found when."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path

import pytest

from secondsource import Desk
from secondsource.cli import run
from secondsource.contract import question_to_json
from secondsource.errors import NotFound, ReadError, SecondSourceError
from secondsource.model import Position, Question

TEXTS = {
    "wire": (
        "Harbour Wire",
        "2025-06-01",
        "Orlan Works delivered twelve drones to the navy of Varn in March, according to documents reviewed "
        "by Harbour Wire.\n\nCrews at the northern quay went home early because of fog over the river.",
    ),
    "courier": (
        "Quell Courier",
        "2025-06-04",
        "In March the navy of Varn received twelve drones from Orlan Works.\n\nThe town council argued until "
        "midnight about a new ferry landing.",
    ),
    "tribune": (
        "Varn Tribune",
        "2025-06-09",
        "Ines Vard, a harbour master, said Orlan Works had delivered twelve drones to the navy of Varn.\n\n"
        "A market in wool drew farmers out of nine valleys.",
    ),
}


def write(folder: Path, name: str) -> Path:
    publisher, published, text = TEXTS[name]
    path = folder / f"{name}.txt"
    path.write_text(f"{text}\n", "utf-8")
    path.with_suffix(".json").write_text(
        json.dumps({"publisher": publisher, "published": published}), "utf-8"
    )
    return path


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two reports: one by papers of its own, one that names no source."""
    folder = tmp_path_factory.mktemp("begun")
    with Desk(folder / "case") as desk:
        desk.ingest([write(folder, "wire"), write(folder, "courier")])
    return folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> Desk:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path / "case")


def main(desk: Desk) -> tuple[Question, Position]:
    question = desk.questions("Orlan delivered")[0]
    return question, question.positions[0]


def document(desk: Desk, name: str) -> str:
    return next(id for id, path in desk.paths().items() if Path(path).stem == name)


def printed(desk: Desk) -> list[str]:
    return sorted(json.dumps(question_to_json(question, desk.paths())) for question in desk.questions())


# What people decide


def test_a_record_gives_the_letter_and_leaves_the_number(desk: Desk) -> None:
    before = main(desk)[1]
    desk.rate_source("Harbour Wire", "B", reason="right in nine of ten cases", by="Anna")
    desk.derive()
    after = main(desk)[1]
    assert (before.reliability, after.reliability) == ("F", "B")
    assert before.credibility == after.credibility
    assert "Harbour Wire is rated B, usually reliable, by Anna: right in nine of ten cases." in after.reasons
    desk.rate_source("Harbour Wire", "F")
    desk.derive()
    assert main(desk)[1].reliability == "F"


def test_a_record_of_another_source_changes_nothing(desk: Desk) -> None:
    desk.rate_source("Harbour", "A")  # whole words of the name, but no other name
    desk.rate_source("Wire Harbour", "A")
    desk.rate_source("Quell Courier", "A")  # shows no access of its own
    desk.derive()
    assert main(desk)[1].reliability == "A"
    desk.rate_source("Harbour", "F")
    desk.derive()
    assert main(desk)[1].reliability == "F"


@pytest.mark.parametrize(
    ("decision", "bounds"), [("positive", (2, 2)), ("negative", (1, 1)), ("unsure", (1, 2))]
)
def test_a_settled_report_is_counted_as_a_person_decided(
    desk: Desk, decision: str, bounds: tuple[int, int]
) -> None:
    question, position = main(desk)
    assert (position.n_min, position.n_max) == (1, 2)
    desk.settle(question.id, document(desk, "courier"), decision, reason="the editor told us", by="Anna")
    desk.derive()
    after = main(desk)[1]
    assert (after.n_min, after.n_max) == bounds
    said = " ".join(after.reasons) + " ".join(origin.why for origin in after.origins)
    assert ("the editor told us" in said) is (decision == "positive")


def test_what_a_text_shows_is_not_overruled(desk: Desk) -> None:
    question, position = main(desk)
    desk.settle(question.id, document(desk, "wire"), "negative")
    desk.derive()
    assert main(desk)[1].n_min == position.n_min


def test_decisions_that_make_no_sense_are_refused(desk: Desk) -> None:
    question, _ = main(desk)
    with pytest.raises(SecondSourceError, match="A to F"):
        desk.rate_source("Harbour Wire", "G")
    with pytest.raises(SecondSourceError, match="positive, negative or unsure"):
        desk.settle(question.id, document(desk, "courier"), "yes")
    with pytest.raises(NotFound):
        desk.settle("q-none", document(desk, "courier"), "positive")
    with pytest.raises(NotFound, match="no report of that question"):
        desk.settle(question.id, "no such document", "positive")


def test_decisions_stand_in_the_ledger_with_who_and_why(desk: Desk) -> None:
    question, _ = main(desk)
    desk.rate_source("Harbour Wire", "C", reason="new", by="Anna")
    desk.settle(question.id, document(desk, "courier"), "negative", reason="its own words", by="Bo")
    kinds = [entry.fields["kind"] for entry in desk.store().ledger.entries()]
    assert kinds[-2:] == ["source-rating", "origin-judgement"]
    assert [(one.name, one.letter, one.by) for one in desk.source_ratings()] == [
        ("Harbour Wire", "C", "Anna")
    ]
    assert [(one.decision, one.reason) for one in desk.origin_judgements()] == [("negative", "its own words")]


# What was found when


def test_history_says_what_changed_and_removal_leads_back_to_the_same_root(
    desk: Desk, tmp_path: Path
) -> None:
    before, question = printed(desk), main(desk)[0]
    desk.ingest([write(tmp_path, "tribune")])
    assert main(desk)[1].n_min == 2
    desk.remove(document(desk, "tribune"), reason="withdrawn")
    assert printed(desk) == before
    first, second, third = desk.history(question.id)
    assert first.changed == ("First assessed.",)
    assert "1 more report: Varn Tribune." in second.changed
    assert "Origins: 1–2 became 2–3." in second.changed
    assert "1 report no longer counted: a document." in third.changed
    assert first.root == third.root != second.root
    assert second.previous == first.root


def test_nothing_is_written_where_nothing_changed(desk: Desk) -> None:
    size = len(desk.assessments())
    desk.derive()
    assert len(desk.assessments()) == size


def test_a_question_that_nobody_speaks_to_any_more_ends(desk: Desk) -> None:
    question, _ = main(desk)
    for name in ("wire", "courier"):
        desk.remove(document(desk, name))
    last = desk.history(question.id)[-1]
    assert (last.status, last.positions) == ("unassessed", ())


def test_as_of_a_time_in_the_case_is_what_the_case_held(desk: Desk, tmp_path: Path) -> None:
    before, then = printed(desk), max(one.first_seen for one in desk.documents())
    time.sleep(1.1)  # the case's clock counts seconds
    desk.ingest([write(tmp_path, "tribune")])
    desk.rate_source("Harbour Wire", "B")
    desk.derive()
    old = desk.questions(as_of=then)
    assert sorted(json.dumps(question_to_json(one, desk.paths())) for one in old) == before
    assert desk.questions(as_of="2999-01-01") == desk.questions()


def test_as_of_a_day_before_the_case_is_what_was_published(desk: Desk) -> None:
    reports = {
        day: sorted(
            {Path(desk.paths()[id]).stem for one in desk.questions(as_of=day) for id in one.documents}
        )
        for day in ("2025-05-31", "2025-06-01", "2025-06-04")
    }
    assert reports == {"2025-05-31": [], "2025-06-01": ["wire"], "2025-06-04": ["courier", "wire"]}


def test_as_of_no_date_is_refused_in_one_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ReadError, match="is no date"):
        desk.questions(as_of="last week")
    assert run(["questions", "--as-of", "soon", "--case", str(desk.path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_commands_say_what_they_did(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    question, _ = main(desk)
    case, report = ["--case", str(desk.path)], desk.paths()[document(desk, "courier")]
    assert run(["sources", "rate", "Harbour Wire", "B", "--by", "Anna", *case]) == 0
    assert run(["settle", question.id, report, "negative", "--by", "Anna", *case]) == 0
    assert run(["sources", "show", *case]) == 0
    assert run(["history", question.id[:8], *case]) == 0
    assert run(["history", question.id, "--json", *case]) == 0
    assert run(["remove", report, *case]) == 0
    out = capsys.readouterr().out
    assert "Anna: Harbour Wire is rated B, usually reliable." in out
    assert re.search(r"^B  documents .*Harbour Wire: 1 position\.$", out, re.MULTILINE)
    assert "Reliability: F became B." in out
    assert f"{report} is out of the case." in out
    assert run(["history", "q-none", *case]) == 1
