"""The sample case: what it promises to hold, and the answer that the program must give to it."""

from __future__ import annotations

import csv
import io
import json
import runpy
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from secondsource import readers
from secondsource.model import Reading

EXAMPLES = Path(__file__).parent.parent / "examples"
SAMPLE = EXAMPLES / "drovia"
DOCUMENTS = SAMPLE / "documents"
TRUTH: dict[str, Any] = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
PATHS: list[str] = [document["path"] for document in TRUTH["documents"]]
QUESTIONS: dict[str, dict[str, Any]] = {question["id"]: question for question in TRUTH["questions"]}
NOTICE = "Fictional sample text for Second Source."


def positions() -> list[Any]:
    """Every position of every question of the truth, as a test parameter with a readable id."""
    return [
        pytest.param(position, id=f"{question['id']}={position['value']}")
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


@pytest.mark.parametrize("position", positions())
def test_the_truth_counts_as_the_model_counts(position: dict[str, Any]) -> None:
    anchored = [origin for origin in position["origins"] if origin["anchored"]]
    assert position["n_min"] == max(1, len(anchored))
    assert position["n_max"] == len(position["origins"])
    assert {path for origin in position["origins"] for path in origin["documents"]} == set(
        position["reports"]
    )
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
