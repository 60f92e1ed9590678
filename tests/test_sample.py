"""The sample case: what it promises to hold, and the answer that the program must give to it."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from secondsource import Desk, readers
from secondsource.model import Position, Question, Reading

EXAMPLES = Path(__file__).parent.parent / "examples"
SAMPLE = EXAMPLES / "drovia"
DOCUMENTS = SAMPLE / "documents"
TRUTH: dict[str, Any] = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
PATHS: list[str] = [document["path"] for document in TRUTH["documents"]]
QUESTIONS: dict[str, dict[str, Any]] = {question["id"]: question for question in TRUTH["questions"]}
NOTICE = "Fictional sample text for Second Source."


def cases() -> list[Any]:
    """Every question of the truth with each of its positions, as test parameters."""
    return [
        pytest.param(question, position, id=f"{question['id']}={position['value']}")
        for question in TRUTH["questions"]
        for position in question["positions"]
    ]


def document(path: str) -> dict[str, Any]:
    return next(entry for entry in TRUTH["documents"] if entry["path"] == path)


def reading(path: str) -> Reading:
    """What the file says, filled up from the sidecar that stands beside it."""
    found = readers.read((DOCUMENTS / path).read_bytes(), path)
    beside = (DOCUMENTS / path).with_suffix(".json")
    sidecar = readers.sidecar(beside.read_bytes()) if beside.exists() else None
    return sidecar.fill(found) if sidecar else found


def squeezed(text: str) -> str:
    """``text`` with every run of white space as one space: a PDF breaks lines where it likes."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path: squeezed(reading(path).text) for path in PATHS}


def test_the_truth_names_every_document_and_no_other() -> None:
    files = {path.name for path in DOCUMENTS.iterdir()}
    mute = (".txt", ".pdf", ".docx")  # formats that cannot say who published them
    sidecars = {Path(path).with_suffix(".json").name for path in PATHS if path.endswith(mute)}
    assert files == set(PATHS) | sidecars


def test_there_are_enough_documents_formats_outlets_and_no_more_than_three_weeks() -> None:
    days = [date.fromisoformat(entry["published"][:10]) for entry in TRUTH["documents"]]
    assert len(PATHS) >= 14
    assert {Path(path).suffix for path in PATHS} == {".txt", ".html", ".pdf", ".docx", ".eml"}
    assert len({entry["publisher"] for entry in TRUTH["documents"]}) >= 8
    assert (max(days) - min(days)).days <= 21


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_documents_are_what_the_script_writes() -> None:
    built: dict[str, bytes] = runpy.run_path(str(EXAMPLES / "build.py"))["build"]()
    assert set(built) == {path.name for path in DOCUMENTS.iterdir()}
    for name, data in built.items():
        committed = (DOCUMENTS / name).read_bytes()
        if name.endswith(".docx"):  # another zlib may pack the same members into other bytes
            assert _members(data) == _members(committed), name
        else:
            assert data == committed, name


@pytest.mark.parametrize("path", PATHS)
def test_every_document_says_that_it_is_fictional(path: str) -> None:
    data = (DOCUMENTS / path).read_bytes()
    if path.endswith(".docx"):
        data = _members(data)["word/document.xml"]
    assert NOTICE.encode() in data


@pytest.mark.parametrize("path", PATHS)
def test_every_document_is_read_with_its_publisher_and_date(path: str) -> None:
    expected = document(path)
    found = reading(path)
    assert (found.publisher, found.published) == (expected["publisher"], expected["published"])


@pytest.mark.parametrize("path", PATHS)
def test_every_document_is_as_long_as_a_report(path: str, texts: dict[str, str]) -> None:
    assert 120 <= len(texts[path].split()) <= 380


def test_navigation_and_other_headlines_are_not_read(texts: dict[str, str]) -> None:
    for path in PATHS:
        assert "Subscribe" not in texts[path]
        assert "Night ferry to change its timetable" not in texts[path]


def test_the_investigation_has_two_pages() -> None:
    assert {block.page for block in reading("10-waybill-watch-report.pdf").blocks} == {1, 2}


def test_the_words_of_the_truth_stand_in_the_documents(texts: dict[str, str]) -> None:
    quoted = [(claim["path"], claim[key]) for claim in TRUTH["claims"] for key in ("content", "source")]
    pairs = [pair[side] for pair in TRUTH["drift"] + TRUTH["not_drift"] for side in ("origin", "copy")]
    quoted += [(entry["path"], entry["words"]) for entry in pairs + TRUTH["corrections"]]
    assert [entry for entry in quoted if entry[1] not in texts[entry[0]]] == []


def test_two_of_the_six_reports_are_word_for_word(texts: dict[str, str]) -> None:
    six = TRUTH["six_reports"]["paths"]
    origin, *copies = (path for path in six if document(path)["role"] in {"origin", "copy"})
    body = texts[origin].split("(Meldwire) - ", 1)[1].removesuffix(NOTICE).strip()
    assert len(six) == 6
    assert len(copies) == 2
    assert all(body in texts[path] for path in copies)


def test_one_person_has_three_spellings_in_different_documents(texts: dict[str, str]) -> None:
    person = next(entry for entry in TRUTH["entities"] if entry["name"] == "Rustel Gavdoyev")
    found = {
        spelling: {path for path in PATHS if spelling in texts[path]} for spelling in person["spellings"]
    }
    assert len(found) == 3
    assert all(found.values())
    assert set().union(*found.values()) == set(person["documents"])


def test_entities_stand_in_the_documents_that_the_truth_gives(texts: dict[str, str]) -> None:
    for entity in TRUTH["entities"]:
        named = {path for path in PATHS if any(name in texts[path] for name in entity["spellings"])}
        assert named == set(entity["documents"]), entity["name"]


@pytest.mark.parametrize(("question", "position"), cases())
def test_the_truth_counts_as_the_model_counts(question: dict[str, Any], position: dict[str, Any]) -> None:
    anchored = [origin for origin in position["origins"] if origin["anchored"]]
    assert position["n_min"] == max(1, len(anchored))
    assert position["n_max"] == len(position["origins"])
    assert {path for origin in position["origins"] for path in origin["documents"]} == set(
        position["reports"]
    )
    assert set(position["reports"]) <= set(PATHS), question["id"]
    assert position["why"].endswith(".")


@pytest.mark.parametrize(("name", "columns"), [("sdn", 12), ("alt", 5), ("add", 6)])
def test_the_list_has_the_columns_of_the_public_layout(name: str, columns: int) -> None:
    data = (SAMPLE / "lists" / f"{name}.csv").read_bytes()
    assert data.endswith(b"\r\n\x1a")
    rows = list(csv.reader(io.StringIO(data[:-1].decode("ascii"), newline="")))
    key = {"sdn": "entries", "alt": "aliases", "add": "addresses"}[name]
    assert {len(row) for row in rows} == {columns}
    assert len(rows) == TRUTH["screening"]["lists"][key]
    assert all(row[0].isdigit() for row in rows)


# The answer of the program, held against the truth.


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("sample") / "case") as desk:
        desk.ingest([DOCUMENTS])
        desk.add_list(SAMPLE / "lists" / "sdn.csv")
        yield desk


def paths(desk: Desk, documents: Iterable[str]) -> set[str]:
    return {Path(desk.document(identity).path).name for identity in documents}


def numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def has_value(position: Position, value: str) -> bool:
    """True where ``position`` is the one that the truth calls ``value``: "yes" or a number."""
    if value == "yes":
        return not re.match(r"(no|not)\b", position.value)
    return numbers(position.value)[:1] == [float(value)]


def is_about(question: Question, expected: dict[str, Any]) -> bool:
    text = question.text.lower()
    return any(word in text for word in expected["keywords"]) and any(
        has_value(position, value["value"])
        for position in question.positions
        for value in expected["positions"]
    )


def answer(desk: Desk, expected: dict[str, Any]) -> Question:
    """The question of the case that is the truth's: on its matter, with most of its reports."""
    reports = {path for position in expected["positions"] for path in position["reports"]}
    found = [question for question in desk.questions() if is_about(question, expected)]
    assert found, f"no question on {expected['question']}"
    return max(found, key=lambda question: len(paths(desk, question.documents) & reports))


def position_of(desk: Desk, expected: dict[str, Any], value: str) -> Position:
    question = answer(desk, expected)
    return next(position for position in question.positions if has_value(position, value))


def side(source: str) -> str:
    """The opposing side that ``source`` speaks for, or the source itself where the truth has none."""
    plain = re.sub(r"^(the|its|a) ", "", source, flags=re.IGNORECASE).casefold()
    sides = TRUTH["sides"].items()
    return next((name for name, known in sides if plain in map(str.casefold, known)), source)


def test_every_document_is_read(desk: Desk) -> None:
    assert paths(desk, (entry.id for entry in desk.documents("read"))) == set(PATHS)


@pytest.mark.parametrize(("question", "position"), cases())
def test_a_position_stands_on_the_reports_that_carry_it(
    desk: Desk, question: dict[str, Any], position: dict[str, Any]
) -> None:
    found = position_of(desk, question, position["value"])
    assert paths(desk, found.reports) == set(position["reports"])


@pytest.mark.parametrize(("question", "position"), cases())
def test_a_position_stands_on_as_many_origins_as_the_truth_counts(
    desk: Desk, question: dict[str, Any], position: dict[str, Any]
) -> None:
    found = position_of(desk, question, position["value"])
    assert (found.n_min, found.n_max) == (position["n_min"], position["n_max"]), position["why"]
    assert sorted(origin.anchored for origin in found.origins) == sorted(
        origin["anchored"] for origin in position["origins"]
    )


@pytest.mark.parametrize(("question", "position"), cases())
def test_denials_and_not_knowing_are_kept_apart(
    desk: Desk, question: dict[str, Any], position: dict[str, Any]
) -> None:
    found = position_of(desk, question, position["value"])
    denied = {
        (side(entry.source), *paths(desk, [entry.document]), entry.self_interested)
        for entry in found.denied_by
    }
    unaware = {(side(entry.source), *paths(desk, [entry.document])) for entry in found.unaware}
    assert denied == {
        (side(entry["source"]), entry["path"], entry["self_interested"]) for entry in position["denied_by"]
    }
    assert unaware == {(side(entry["source"]), entry["path"]) for entry in position["unaware"]}


@pytest.mark.parametrize("question", TRUTH["questions"], ids=list(QUESTIONS))
def test_a_question_has_the_status_and_the_rivals_of_the_truth(desk: Desk, question: dict[str, Any]) -> None:
    found = answer(desk, question)
    assert found.status == question["status"], question["why"]
    if "unit" in question:
        values = [numbers(position.value)[0] for position in found.positions]
        assert sorted(values) == sorted(float(position["value"]) for position in question["positions"])


def test_one_person_under_three_spellings_is_one_entity(desk: Desk) -> None:
    person = next(entry for entry in TRUTH["entities"] if entry["name"] == "Rustel Gavdoyev")
    found = [entity for entity in desk.entities() if set(entity.names) & set(person["spellings"])]
    assert len(found) == 1
    assert set(found[0].names) >= set(person["spellings"])
    assert paths(desk, found[0].documents) == set(person["documents"])


@pytest.mark.parametrize("expected", TRUTH["screening"]["queries"], ids=lambda expected: expected["query"])
def test_screening_meets_the_listed_and_only_them(desk: Desk, expected: dict[str, Any]) -> None:
    rows = csv.reader(io.StringIO((SAMPLE / "lists" / "sdn.csv").read_text(encoding="ascii"), newline=""))
    listed = {row[0]: row[1] for row in rows if len(row) > 1}
    met = [result.designation.name for result in desk.screen(expected["query"]).results if result.match]
    wanted = expected["potential_match"]
    assert met == ([listed[str(wanted)]] if wanted else []), expected["why"]
