"""A case as FollowTheMoney: what it says, what its own library makes of it, and read again as a list."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

import factory
from list_samples import sample
from secondsource import Desk
from secondsource.cli import cli
from secondsource.errors import SecondSourceError
from secondsource.ftm import COLUMNS, KINDS, designation, flaws
from secondsource.lists import load
from secondsource.model import JSON, Excerpt, Extraction, Mention, Reading

TEXTS = {
    "a.txt": "Corlay Bulk Ltd owns the Amber Reach. Boris Gesralov runs it from Reykjavik.",
    "b.txt": "Gesralov left Corlay Bulk. Iceland was told.",
}
NAMED = {
    "Company": ["Corlay Bulk Ltd", "Corlay Bulk"],
    "Vessel": ["Amber Reach"],
    "Person": ["Boris Gesralov", "Gesralov"],
    "Location": ["Reykjavik"],
    "Country": ["Iceland"],
}


def _mentions(text: str) -> tuple[Mention, ...]:
    found = []
    for schema, forms in NAMED.items():
        for form in (form for form in forms if form in text):
            start = text.index(form)
            if not any(form in other and other in text for other in forms if other != form):
                excerpt = Excerpt.of(text, [(start, start + len(form))])
                found.append(Mention(excerpt, schema, f"m-{form.casefold()}", form, "test"))
    return tuple(found)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "case") as desk:
        store = desk.store(create=True)
        for path, text in TEXTS.items():
            document = factory.document(text, "The Skerrin Times", "2025-06-03T05:40:00Z", path=path)
            reading = replace(document.reading, url=f"https://skerrin.example/{path}", authors=("Ana  Bron",))
            store.add_document(document := replace(document, reading=reading))
            store.add_extraction(document.id, Extraction((), _mentions(text)), extractor="test")
        failed = factory.document("", path="c.pdf")
        store.add_document(
            replace(failed, id="f" * 64, status="failed", reason="cut short", reading=Reading(""))
        )
        desk.recount()
        yield desk


def _of(rows: list[JSON], schema: str) -> list[JSON]:
    return [row for row in rows if row["schema"] == schema]


def test_an_entity_has_its_names_and_the_documents_that_name_it(desk: Desk) -> None:
    rows = list(desk.entities_ftm())
    (person,) = _of(rows, "Person")
    assert person["caption"] == "Boris Gesralov"
    assert person["properties"]["name"] == ["Boris Gesralov"]
    assert person["properties"]["weakAlias"] == ["Gesralov"]
    documents = {row["id"]: row["properties"]["fileName"] for row in _of(rows, "Document")}
    assert sorted(documents[id] for id in person["properties"]["proof"]) == [["a.txt"], ["b.txt"]]
    mentions = [row["properties"] for row in _of(rows, "Mention")]
    told = [row["name"] for row in mentions if row["resolved"] == [person["id"]]]
    assert sorted(told) == [["Boris Gesralov"], ["Gesralov"]]


def test_a_vessel_and_a_place_are_tied_to_their_documents_where_no_mention_can(desk: Desk) -> None:
    rows = list(desk.entities_ftm())
    (vessel,) = _of(rows, "Vessel")
    (place,) = _of(rows, "Address")
    tied = [row["properties"]["entity"] for row in _of(rows, "Documentation")]
    assert sorted(tied) == sorted([[vessel["id"]], [place["id"]]])
    assert place["properties"]["country"] == ["is"]
    assert float(place["properties"]["latitude"][0]) == pytest.approx(64, abs=1)
    (state,) = _of(rows, "PublicBody")
    assert (state["caption"], state["properties"]["country"]) == ("Iceland", ["is"])


def test_a_failed_document_is_a_failure_there_too(desk: Desk) -> None:
    failed = next(row for row in _of(list(desk.entities_ftm()), "Document") if row["id"] == "f" * 64)
    assert failed["properties"]["processingStatus"] == ["failure"]
    assert failed["properties"]["processingError"] == ["cut short"]


def test_every_statement_says_where_it_is_from(desk: Desk) -> None:
    judgement = desk.alias("Corlay Bulk Ltd", "CBL", reason="its letterhead", by="ana")
    told = {(one.prop, one.value): one.origin for one in desk.statements_ftm() if one.schema == "Company"}
    assert told["name", "Corlay Bulk Ltd"] == "a.txt"
    assert told["alias", "Corlay Bulk"] == "b.txt"
    assert told["weakAlias", "CBL"] == judgement.id
    parts = {one.entity for one in desk.statements_ftm() if one.schema == "Company"}
    assert len(parts) == 3, "one for each document, and the thing itself"


def test_names_longer_than_a_name_can_be_are_left_out(desk: Desk) -> None:
    desk.alias("Corlay Bulk Ltd", "x " * 220, by="ana")
    (company,) = _of(list(desk.entities_ftm()), "Company")
    assert company["properties"]["alias"] == ["Corlay Bulk"]


def test_the_command_line_prints_entities_and_statements(desk: Desk) -> None:
    told = CliRunner().invoke(cli, ["entities", "--ftm", "--case", str(desk.path)], catch_exceptions=False)
    assert [json.loads(line) for line in told.stdout.splitlines()] == list(desk.entities_ftm())
    told = CliRunner().invoke(cli, ["entities", "--statements", "--case", str(desk.path)])
    head, *rows = csv.reader(io.StringIO(told.stdout))
    assert tuple(head) == COLUMNS
    assert [tuple(row) for row in rows] == [one.row() for one in desk.statements_ftm()]


def test_an_export_is_read_again_as_a_list(desk: Desk, tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["entities", "--ftm", "--case", str(desk.path)])
    (tmp_path / "other.ftm.json").write_text(told.stdout, "utf-8")
    other = Desk(tmp_path / "other")
    edition = other.add_list(tmp_path / "other.ftm.json")
    assert edition.designations == 4, "the person, the company, the ship and the state"
    assert other.screen("Corlay Bulk").results[0].designation.name == "Corlay Bulk Ltd"
    other.close()


def test_checking_without_the_library_says_what_is_missing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from secondsource.ftm import validation

    def absent(name: str) -> ModuleType:
        raise ImportError(name)

    validation._library.cache_clear()
    monkeypatch.setattr(validation, "import_module", absent)
    told = CliRunner().invoke(cli, ["entities", "--ftm", "--check", "--case", str(desk.path)])
    assert (told.stdout, type(told.exception)) == ("", SecondSourceError)
    with pytest.raises(SecondSourceError, match=r"secondsource\[ftm\]"):
        list(flaws({"id": "x", "schema": "Person", "properties": {}}))


# Held against the library itself


@pytest.fixture(scope="module")
def library() -> Any:
    return pytest.importorskip(
        "followthemoney",
        reason="the extra 'ftm' is not installed: exports are not held against FollowTheMoney",
    )


def test_the_library_finds_nothing_wrong_with_what_is_exported(
    library: Any, desk: Desk, answered: Desk
) -> None:
    desk.rename("Corlay Bulk Ltd", "Corlay  Bulk Limited", by="ana")
    rows = [*desk.entities_ftm(), *answered.entities_ftm()]
    assert [flaw for row in rows for flaw in flaws(row)] == []
    assert {row["schema"] for row in rows} >= {
        "Person",
        "Company",
        "Vessel",
        "PublicBody",
        "Document",
        "Mention",
    }
    for row in rows:
        proxy = library.model.get_proxy(row, cleaned=False)
        proxy.schema.validate(proxy.to_dict())


def test_the_library_finds_what_is_wrong(library: Any) -> None:
    row = {"id": "x", "schema": "Person", "properties": {"country": ["Nowhere at all"], "imoNumber": ["1"]}}
    assert sorted(flaws(row)) == [
        "x: a Person has no imoNumber",
        "x: country: 'Nowhere at all' is no country",
        "x: name is missing",
    ]
    assert list(flaws({**row, "schema": "Ghost"})) == ["x: Ghost is no kind of thing"]


def test_every_kind_of_ours_is_one_that_the_library_has(library: Any) -> None:
    assert [kind for kind in KINDS.values() if library.model.get(kind) is None] == []


def test_the_library_reads_our_statements_and_puts_the_same_entities_together(
    library: Any, answered: Desk, tmp_path: Path
) -> None:
    read_csv_statements = import_module("followthemoney.statement.serialize").read_csv_statements
    told = CliRunner().invoke(cli, ["entities", "--statements", "--case", str(answered.path)])
    read = list(read_csv_statements(io.BytesIO(told.stdout.encode())))
    assert [one.id for one in read] == [one.generate_key() for one in read]
    held: dict[str, list[object]] = {}
    for one in read:
        held.setdefault(one.canonical_id, []).append(one)
    dataset = library.Dataset({"name": "secondsource", "title": "a case"})
    for row in answered.entities_ftm():
        entity = library.StatementEntity.from_statements(dataset, held[row["id"]])
        assert entity.schema.name == row["schema"]
        assert {name: sorted(values) for name, values in entity.to_dict()["properties"].items()} == {
            name: sorted(values) for name, values in row["properties"].items()
        }


@pytest.mark.parametrize("name", ["sdn.xml", "eu.xml", "un.xml", "conlist.csv", "drv.ftm.json"])
def test_the_library_finds_nothing_wrong_with_listed_entries(library: Any, name: str) -> None:
    _, entries = load(sample(name).encode(), name)
    known = (row for entry in entries for row in flaws(designation(entry, {})))
    # A country that no table knows stays as the list has it, and FollowTheMoney knows only codes.
    assert [flaw for flaw in known if ": country:" not in flaw] == []
