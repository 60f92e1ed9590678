"""The one object: the order of the work, and that nothing of it depends on anything but the case."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secondsource import Desk
from secondsource.config import Config
from secondsource.errors import (
    CaseError,
    Empty,
    LimitError,
    ListError,
    NotFound,
    ReadError,
    SecondSourceError,
)
from secondsource.model import Claim, Document, Entity, Progress, Question

WORDS = "The ministry said that 12 crates were moved to Kezra. Orlesk Machine Works denied it."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "case") as made:
        yield made


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(WORDS)
    return folder


# Into the case


def test_ingest_carries_through_to_questions(answered: Desk) -> None:
    counts = answered.counts()
    assert all(counts[noun] > 0 for noun in ("documents", "claims", "entities", "questions"))
    assert counts["documents"] == len(answered.documents())
    assert counts["claims"] == len(answered.claims())
    assert counts["questions"] == len(answered.questions())


def test_only_read_stops_after_reading_and_no_paths_carry_on(desk: Desk, articles: Path) -> None:
    desk.ingest([articles], only="read")
    assert desk.counts() == {"documents": 1, "claims": 0, "entities": 0, "questions": 0}
    desk.ingest()
    assert desk.counts()["claims"] > 0
    assert desk.counts()["questions"] > 0


def test_documents_are_extracted_once(desk: Desk, articles: Path) -> None:
    steps: list[Progress] = []
    desk.ingest([articles])
    desk.ingest([articles], progress=steps.append)
    assert [step.total for step in steps if step.stage == "extract"] == [0]
    assert [step.stage for step in steps][-1] == "corroborate"


def test_every_stored_excerpt_stands_in_its_document(answered: Desk) -> None:
    texts = {document.id: document.text for document in answered.documents()}
    for claim in answered.claims():
        assert all(excerpt.stands_in(texts[claim.document]) for excerpt in claim.excerpts())
    assert answered.verify() == []


def test_the_order_of_arrival_changes_no_answer(answered: Desk, sample: Path, tmp_path: Path) -> None:
    with Desk(tmp_path / "backwards") as other:
        for path in sorted((sample / "documents").iterdir(), reverse=True):
            other.ingest([path], only="read")
        other.ingest()
        assert {claim.id for claim in other.claims()} == {claim.id for claim in answered.claims()}
        assert _answers(other) == _answers(answered)


def _answers(desk: Desk) -> set[tuple[str, str, tuple[tuple[str, int, int], ...]]]:
    return {
        (
            question.text,
            question.status,
            tuple((position.value, position.n_min, position.n_max) for position in question.positions),
        )
        for question in desk.questions()
    }


def test_stopping_while_claims_are_found_keeps_them_and_goes_on(desk: Desk, articles: Path) -> None:
    for number in range(3):
        (articles / f"{number}.txt").write_text(f"{WORDS} Report {number} ends here.")

    def stop(step: Progress) -> None:
        if step.stage == "extract" and Path(step.name).name == "2.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.ingest([articles], progress=stop)
    kept = {claim.document for claim in desk.claims()}
    assert len(kept) == 2
    assert desk.questions() == []
    desk.ingest()
    assert kept < {claim.document for claim in desk.claims()}
    assert desk.questions() != []


def test_what_the_extractor_refuses_is_told_and_stops_nothing(
    desk: Desk, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (articles / "b.txt").write_text("Orlesk Machine Works said that it was open.")
    extract = desk._extractor.extract

    def refusing(document: str, text: str, **options: object) -> object:
        if "open" in text:
            raise LimitError("the text is too long")
        return extract(document, text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(desk._extractor, "extract", refusing)
    report = desk.ingest([articles])
    assert report.refused == (f"{articles}/b.txt: the text is too long",)
    assert {claim.document for claim in desk.claims()} == {desk.show(f"{articles}/a.txt").id}


# Without a case


def test_extract_and_text_need_no_case_and_make_none(desk: Desk, articles: Path) -> None:
    found = list(desk.extract([articles]))
    assert {path for path, _ in found} == {f"{articles}/a.txt"}
    assert desk.text(articles / "a.txt") == WORDS
    assert not desk.path.exists()
    desk.ingest([articles])
    assert [claim for _, claim in found] == desk.claims()


def test_extract_takes_the_date_of_a_sidecar(desk: Desk, articles: Path) -> None:
    (articles / "a.txt").write_text("The ministry said that 12 crates were moved on 3 June.")
    (articles / "a.json").write_text('{"date": "2025-06-05"}')
    (time,) = {claim.time for _, claim in desk.extract([articles / "a.txt"]) if claim.time}
    assert time.start == "2025-06-03"


def test_extract_raises_what_is_wrong_with_a_file(tmp_path: Path, articles: Path) -> None:
    desk = Desk(tmp_path / "case", config=Config(file_limit=1000))
    (articles / "empty.txt").touch()
    (articles / "big.txt").write_text(WORDS * 100)
    for name, error in {"empty.txt": Empty, "big.txt": LimitError, "none.txt": ReadError}.items():
        with pytest.raises(error, match=name):
            list(desk.extract([articles / name]))
        with pytest.raises(error if name != "none.txt" else ReadError, match=name):
            desk.text(articles / name)


# Answers


@pytest.mark.parametrize("query", ["Quelmar", "quelmar DRONES", "Meldwire"])
def test_a_query_chooses_the_questions_that_hold_its_words(answered: Desk, query: str) -> None:
    chosen = answered.questions(query)
    assert 0 < len(chosen) < len(answered.questions())
    assert [question for question in answered.questions() if question in chosen] == chosen


def test_a_query_that_nothing_holds_gives_nothing(answered: Desk) -> None:
    assert answered.questions("quelmar zeppelin") == []
    assert answered.questions("") == answered.questions()


def test_show_finds_each_kind_of_thing_by_id_or_its_beginning(answered: Desk) -> None:
    things: list[Document | Claim | Entity | Question] = [
        answered.documents()[0],
        answered.claims()[0],
        answered.entities()[0],
        answered.questions()[0],
    ]
    for thing in things:
        assert answered.show(thing.id) == thing
        assert answered.show(thing.id[:14]) == thing
    document = answered.documents()[0]
    assert answered.show(document.path) == document


def test_what_is_not_there_is_not_found(answered: Desk) -> None:
    for get in (answered.show, answered.document, answered.claim, answered.entity, answered.question):
        with pytest.raises(NotFound, match="c-none"):
            get("c-none")
    with pytest.raises(NotFound, match="things have an id that begins so"):
        answered.show("c-")


def test_claims_are_found_by_entity_and_role(answered: Desk) -> None:
    names = {entity.id: entity for entity in answered.entities()}
    sources = {id: answered.claims_by(id) for id in names}
    assert any(sources.values())
    for id, claims in sources.items():
        assert all(claim.source for claim in claims)
        clusters = {(mention.document, mention.entity) for mention in names[id].mentions}
        assert {claim.document for claim in claims} <= {document for document, _ in clusters}
    assert any(answered.claims_about(id) for id in names)


def test_reading_methods_refuse_where_there_is_no_case(desk: Desk) -> None:
    reading = (
        desk.questions,
        desk.documents,
        desk.claims,
        desk.entities,
        desk.lists,
        desk.verify,
        desk.counts,
    )
    for method in (*reading, desk.dossier, lambda: desk.show("x"), lambda: desk.screen("x"), desk.ingest):
        with pytest.raises(CaseError, match="there is no case here"):
            method()
    assert not desk.path.exists()


def test_the_case_is_called_by_its_folder(tmp_path: Path) -> None:
    assert Desk(tmp_path / "kezra").name == "kezra"
    assert Desk(tmp_path / "kezra" / "case").name == "kezra/case"


# Lists, dossier, verify


def test_a_list_is_kept_with_the_files_beside_it(desk: Desk, sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(sample / "lists", folder)
    edition = desk.add_list(folder / "sdn.csv")
    assert (edition.name, edition.path) == ("sdn", f"{folder}/sdn.csv")
    assert desk.lists() == [edition]
    kept = {desk.store().blobs.get(digest) for digest in desk.store().list_files()}
    assert {(folder / name).read_bytes() for name in ("sdn.csv", "alt.csv")} <= kept
    assert desk.verify() == []


def test_a_bad_list_leaves_the_last_one_in_force(desk: Desk, sample: Path, tmp_path: Path) -> None:
    with pytest.raises(ListError):
        desk.add_list(_written(tmp_path / "sdn.csv", "no list"))
    assert not desk.path.exists()
    edition = desk.add_list(sample / "lists" / "sdn.csv")
    with pytest.raises(ListError):
        desk.add_list(_written(tmp_path / "sdn.csv", "no list"))
    assert desk.lists() == [edition]


def _written(path: Path, words: str) -> Path:
    path.write_text(words)
    return path


def test_a_screening_is_kept_with_the_edition_it_was_made_against(desk: Desk, sample: Path) -> None:
    edition = desk.add_list(sample / "lists" / "sdn.csv")
    screening = desk.screen("Orlesk Machine Works")
    assert screening.lists == (replace(edition, programmes=()),)  # which programmes it names is the list's
    assert screening.results[0].match
    assert desk.screenings() == [screening]


def test_a_list_added_later_is_screened_against_as_well(desk: Desk, sample: Path, tmp_path: Path) -> None:
    desk.add_list(sample / "lists" / "sdn.csv")
    assert not any(match.match for match in desk.screen("Zefirina Ombrelli").results)
    other = tmp_path / "other.csv"
    other.write_text('99001,"OMBRELLI, Zefirina","individual","LEAGUE"' + ",-0- " * 8 + "\n")
    desk.add_list(other)
    assert any(match.match for match in desk.screen("Zefirina Ombrelli").results)


def test_without_a_list_screening_says_so(desk: Desk, articles: Path) -> None:
    desk.ingest([articles], only="read")
    with pytest.raises(SecondSourceError, match="add a list first"):
        desk.screen("Orlesk")


def test_a_dossier_holds_the_questions_of_its_query(answered: Desk) -> None:
    chosen = answered.questions("quelmar drones")
    body = json.loads(answered.dossier("quelmar drones", format="json"))
    assert body["case"] == answered.name
    assert [row["id"] for row in body["questions"]] == [question.id for question in chosen]
    for format in ("html", "md"):
        page = answered.dossier("quelmar drones", format=format)
        assert all(document in page for question in chosen for document in question.documents)


def test_a_dossier_holds_the_screenings_of_its_entities(desk: Desk, sample: Path) -> None:
    desk.ingest([sample / "documents" / "01-meldwire-quelmar.html"])
    desk.add_list(sample / "lists" / "sdn.csv")
    for name in ("Orlesk Machine Works", "Orlesk Machine Works", "Nobody Of This Case"):
        desk.screen(name)
    body = json.loads(desk.dossier(format="json"))
    assert [row["query"] for row in body["screenings"]] == ["Orlesk Machine Works"]


def test_no_dossier_is_written_over_a_changed_text(desk: Desk, articles: Path) -> None:
    desk.ingest([articles])
    with desk.store()._database.writing() as connection:
        connection.exec_driver_sql("UPDATE documents SET text = replace(text, '12', '21')")
    with pytest.raises(CaseError, match=r"a\.txt"):
        desk.dossier()
    assert {one.kind for one in desk.verify()} >= {"text", "claim"}
