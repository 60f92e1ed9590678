"""Roots and last assessments that are kept are those that are made from nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from secondsource import Desk
from secondsource.assessments import Assessment
from secondsource.corroborate import Decisions, Roots, history
from secondsource.corroborate.history import inputs_root
from secondsource.model import Question
from test_assessments import write


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "case")
    made.ingest([write(tmp_path, "wire"), write(tmp_path, "courier")])
    return made


def _fresh(desk: Desk, questions: list[Question]) -> dict[str, str]:
    documents = {one.id: one for one in desk.documents()}
    return {one.id: inputs_root(one, documents, desk.decisions()) for one in questions}


def test_only_roots_of_what_is_otherwise_are_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(question: Question, *rest: object) -> str:
        made.append(question.id)
        return inputs_root(question, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(history, "inputs_root", counted)
    questions, roots = desk.questions(), Roots()
    documents, decisions = {one.id: one for one in desk.documents()}, desk.decisions()
    first = roots.of(questions, documents, decisions)
    assert made == [one.id for one in questions]
    made.clear()
    assert roots.of(questions, documents, Decisions()) == first == _fresh(desk, questions)
    assert made == []
    again = [replace(questions[0]), *questions[1:]]
    assert roots.of(again, documents, decisions) == first
    assert made == [questions[0].id]


def test_a_document_with_another_publisher_and_a_decision_lead_to_other_roots(desk: Desk) -> None:
    questions, roots = desk.questions(), Roots()
    documents = {one.id: one for one in desk.documents()}
    first = roots.of(questions, documents, desk.decisions())
    touched = questions[0].documents[0]
    reading = replace(documents[touched].reading, publisher="Another Wire")
    changed = documents | {touched: replace(documents[touched], reading=reading)}
    other = roots.of(questions, changed, desk.decisions())
    assert {one.id for one in questions if touched in one.documents} == {
        id for id, root in other.items() if root != first[id]
    }
    roots.of(questions, documents, desk.decisions())
    undetermined = next(
        (question.id, one.document)
        for question in questions
        for position in question.positions
        for origin in position.origins
        for one in origin.undetermined
    )
    desk.settle(*undetermined, "negative", reason="it repeats")
    assert roots.of(questions, documents, desk.decisions()) == _fresh(desk, questions) != first


def test_a_desk_that_stays_open_assesses_as_one_that_is_opened_anew(desk: Desk, tmp_path: Path) -> None:
    courier = next(one.id for one in desk.documents() if one.publisher == "Quell Courier")
    steps: tuple[Callable[[Desk], object], ...] = (
        lambda one: one.ingest([write(tmp_path, "tribune")]),
        lambda one: one.remove(courier),
        lambda one: one.rate_source("Harbour Wire", "B"),
        lambda one: one.ingest([tmp_path / "courier.txt"]),
    )
    other = tmp_path / "other"
    with Desk(other) as anew:
        anew.ingest([tmp_path / "wire.txt", tmp_path / "courier.txt"])
    for step in steps:
        step(desk)
        desk.recount()
        with Desk(other) as anew:
            step(anew)
            anew.recount()
    with Desk(other) as anew:
        assert _undated(anew.assessments()) == _undated(desk.assessments())
        assert anew.questions() == desk.questions()
    assert len(desk.assessments()) > len(desk.questions())
    desk.close()


def _undated(assessments: list[Assessment]) -> list[Assessment]:
    return [replace(one, at="") for one in assessments]


def test_what_another_desk_assessed_is_gone_on_from(desk: Desk, tmp_path: Path) -> None:
    with Desk(desk.path) as other:
        other.ingest([write(tmp_path, "tribune")])
    size = len(desk.assessments())
    desk.recount()
    assert len(desk.assessments()) == size
    desk.close()
