"""Russian texts: claims and names with the extra ``secondsource[ru]``, a plain word where it is missing."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource import Desk, language
from secondsource.extractor import Extractor

TEXT = """Дровийский завод «Квельмар» наладил выпуск беспилотников в Китае, \
сообщило агентство «Меридиан» со ссылкой на два источника.

По словам представителя министерства Анны Крюковой, завод не поставлял аппараты с 2024 года.

МИД Китая заявил, что не располагает информацией о таком проекте.
"""
ENGLISH = (
    "Anna Kryukova, a spokeswoman, told reporters that the plant had not supplied any drones since 2024."
)
needs_extra = pytest.mark.skipif(
    not language.installed("ru"), reason="secondsource[ru] is not installed: Russian is not read here"
)


@needs_extra
def test_who_says_what_and_through_whom() -> None:
    made, denied, unaware = Extractor().extract("0" * 64, TEXT).claims
    assert made.source is not None
    assert made.cue is not None
    assert (made.source.text, made.cue.text) == ("два источника", "сообщило")
    assert [relay.text for relay in made.via] == ["агентство «Меридиан»"]
    assert made.content.text == "Дровийский завод «Квельмар» наладил выпуск беспилотников в Китае"
    assert (made.source_kind, made.stance, made.frame.predicate) == ("anonymous", "asserts", "наладить")
    assert (denied.source_name, denied.stance) == ("Анна Крюкова", "denies")
    assert denied.time is not None
    assert denied.time.start == "2024-01-01"
    assert (unaware.source_name, unaware.stance, unaware.content.text) == (
        "МИД Китая",
        "unaware",
        "таком проекте",
    )


@needs_extra
def test_names_are_given_in_their_dictionary_form() -> None:
    named = {one.excerpt.text: one for one in Extractor().extract("0" * 64, TEXT).mentions}
    assert named["Анны Крюковой"].name == "Анна Крюкова"
    assert (named["Китае"].name, named["Китае"].schema, named["Китае"].how) == (
        "Китай",
        "Country",
        "gazetteer",
    )
    assert named["МИД Китая"].schema == "PublicBody"


@needs_extra
def test_the_floors_hold_on_reports_that_the_rules_were_not_written_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(root / "evals"), *sys.path])
    russian = import_module("russian")
    pinned = json.loads((root / "evals" / "floors.json").read_text("utf-8"))["russian, report"]
    assert pinned.pop("reports_sha256") == russian.digest()
    found = russian.figures("report")
    assert {name: value for name, value in found.items() if value < pinned.get(name, 0)} == {}


@needs_extra
@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
@settings(max_examples=30, deadline=None)
def test_every_quoted_span_is_the_text(start: int, end: int) -> None:
    text = TEXT[start:end]
    found = Extractor().extract("0" * 64, text)
    excerpts = [excerpt for claim in found.claims for excerpt in claim.excerpts()]
    excerpts += [one.excerpt for one in found.mentions]
    for excerpt in excerpts:
        assert " … ".join(text[span.start : span.end] for span in excerpt.spans) == excerpt.text


@needs_extra
def test_one_person_is_one_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "ru.txt").write_text(TEXT)
    (tmp_path / "en.txt").write_text(ENGLISH)
    with Desk(tmp_path / "case") as desk:
        desk.ingest([tmp_path / "ru.txt", tmp_path / "en.txt"])
        (person,) = [one for one in desk.entities() if one.schema == "Person"]
        assert {"Анна Крюкова", "Anna Kryukova"} <= set(person.names)
        assert desk.verify() == []


def test_without_the_extra_a_text_is_kept_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ru.txt").write_text(TEXT)
    with Desk(tmp_path / "case") as desk:
        monkeypatch.setattr(language, "installed", lambda code: False)
        desk.ingest([tmp_path / "ru.txt"])
        (document,) = desk.documents()
        told = "it is in Russian, of which claims are read once secondsource[ru] is installed"
        assert document.status == "read"
        assert document.reason == f"no claims are read from it: {told}"
        assert desk.claims() == []
        monkeypatch.undo()
        if language.installed("ru"):
            desk.ingest([tmp_path / "ru.txt"])
            assert len(desk.claims()) == 3
            assert [one.reason for one in desk.documents()] == [None]
            assert desk.verify() == []
