"""Judging at a desk and on the command line: kept as rows and in the ledger, obeyed, undone, handed on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

import factory
from secondsource import Desk
from secondsource.cli import cli
from secondsource.errors import NotFound, SecondSourceError
from secondsource.model import Entity, Excerpt, Extraction, Mention

TEXTS = {
    "a.txt": "IEMZ Kupol built them, said Boris Gesralov. Ana Bron and Cem Dahl were there.",
    "b.txt": "The Izhevsk plant did not. Ana Bron asked Cem Dahl and Dario Venn.",
    "c.txt": "Dario Venn and Boris Gesalov met on Monday.",
    "d.txt": "Fabian Hinz wrote of Fabian Нinz.",
}
NAMES = {
    "Company": ["IEMZ Kupol", "Izhevsk plant"],
    "Person": [
        "Boris Gesralov",
        "Boris Gesalov",
        "Ana Bron",
        "Cem Dahl",
        "Dario Venn",
        "Fabian Hinz",
        "Fabian Нinz",
        "Monday",
    ],
}


def extraction(text: str) -> Extraction:
    found = []
    for schema, names in NAMES.items():
        for name in (name for name in names if name in text):
            start = text.index(name)
            excerpt = Excerpt.of(text, [(start, start + len(name))])
            found.append(Mention(excerpt, schema, f"m-{name.casefold()}", name, "test"))
    return Extraction((), tuple(found))


def fill(desk: Desk) -> None:
    store = desk.store(create=True)
    for path, text in TEXTS.items():
        document = factory.document(text, path=path)
        store.add_document(document)
        store.add_extraction(document.id, extraction(text), extractor="test")
    desk.recount()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "case") as made:
        fill(made)
        yield made


def named(desk: Desk, name: str) -> Entity:
    (found,) = [entity for entity in desk.entities() if name in entity.names]
    return found


def amiss(desk: Desk) -> list[str]:
    """What `verify` finds, but for the bytes, which these documents never had."""
    return [one.what for one in desk.verify() if one.kind != "bytes"]


def command(desk: Desk, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--case", str(desk.path)])


def test_a_judgement_is_a_row_and_an_entry_and_undoing_it_restores_exactly(desk: Desk) -> None:
    before = desk.entities()
    made = desk.judge("IEMZ Kupol", "Izhevsk plant", "positive", reason="its address", by="AB")
    assert named(desk, "IEMZ Kupol").id == named(desk, "Izhevsk plant").id
    assert (made.by, made.reason) == ("AB", "its address")
    (entry,) = desk.store().ledger.entries("entity-judgement")
    assert entry.fields["payload"]["id"] == made.id
    assert amiss(desk) == []
    desk.undo_judgement(made.id)
    assert desk.entities() == before
    assert [one.fields["payload"] for one in desk.store().ledger.entries("entity-judgement-undone")] == [
        {"judgement": made.id}
    ]
    assert desk.judgements()[0].undone
    assert amiss(desk) == []
    with pytest.raises(NotFound):
        desk.undo_judgement(made.id)


def test_a_judgement_changed_behind_the_ledgers_back_is_named(desk: Desk) -> None:
    import sqlalchemy as sa

    made = desk.judge("IEMZ Kupol", "Izhevsk plant", "positive")
    with desk.store().judgements._database.writing() as connection:
        connection.execute(sa.text("UPDATE judgements SET undone = 'now'"))
    assert [one.id for one in desk.verify() if one.kind == "judgement"] == [made.id]


def test_a_judgement_outlives_the_desk_and_the_extraction(desk: Desk) -> None:
    desk.judge("IEMZ Kupol", "Izhevsk plant", "positive")
    for document in desk.documents():
        desk.store().add_extraction(document.id, extraction(document.text), extractor="another")
    desk.recount()
    assert len(named(desk, "IEMZ Kupol").documents) == 2
    desk.close()
    with Desk(desk.path) as again:
        again.recount()
        assert len(named(again, "IEMZ Kupol").documents) == 2


def test_documents_to_come_are_resolved_by_what_they_touch(desk: Desk) -> None:
    desk.judge("IEMZ Kupol", "Izhevsk plant", "positive")
    document = factory.document("The Izhevsk plant again, and Ana Bron.", path="e.txt")
    desk.store().add_document(document)
    desk.store().add_extraction(document.id, extraction(document.text), extractor="test")
    desk.recount()
    assert len(named(desk, "IEMZ Kupol").documents) == 3
    kept = desk.entities()
    with Desk(desk.path) as again:
        again.recount()
        assert again.entities() == kept


def test_the_id_of_a_part_leads_to_the_whole(desk: Desk) -> None:
    parts = {named(desk, name).id for name in ("IEMZ Kupol", "Izhevsk plant")}
    desk.judge("IEMZ Kupol", "Izhevsk plant", "positive")
    assert len({desk.entity(id).id for id in parts}) == 1
    with pytest.raises(NotFound):
        desk.entity("e-none")


def test_questions_wait_to_be_counted_again(desk: Desk) -> None:
    assert desk.uncounted() == 0
    desk.judge("IEMZ Kupol", "Izhevsk plant", "positive")
    assert desk.uncounted() == 1
    desk.recount()
    assert desk.uncounted() == 0
    assert amiss(desk) == []


def test_a_document_is_split_off(desk: Desk) -> None:
    whole = named(desk, "Dario Venn")
    desk.split("Dario Venn", ["c.txt"], reason="another man")
    parts = [entity for entity in desk.entities() if entity.name == "Dario Venn"]
    assert [len(entity.documents) for entity in parts] == [1, 1]
    assert any("another man" in reason for reason in parts[0].reasons)
    with pytest.raises(SecondSourceError, match="name some"):
        desk.split(named(desk, "IEMZ Kupol").id, ["a.txt"])
    assert len(whole.documents) == 2


def test_corrections_change_what_is_shown(desk: Desk) -> None:
    desk.rename("IEMZ Kupol", "Kupol")
    assert named(desk, "IEMZ Kupol").name == "Kupol"
    desk.retype("Kupol", "PublicBody")
    assert named(desk, "Kupol").schema == "PublicBody"
    desk.alias("Ana Bron", "Cem Dahl")
    assert named(desk, "Ana Bron").id == named(desk, "Cem Dahl").id
    desk.delete("Monday", reason="a day")
    assert not [entity for entity in desk.entities() if "Monday" in entity.names]
    with pytest.raises(SecondSourceError, match="no schema"):
        desk.retype("Kupol", "Villain")
    with pytest.raises(SecondSourceError, match="no words"):
        desk.rename("Kupol", "  ")


def test_the_pairs_worth_deciding_come_with_evidence_and_not_again(desk: Desk) -> None:
    pairs = desk.candidates()
    names = [{pair.left.name, pair.right.name} for pair in pairs]
    assert {"Fabian Hinz", "Fabian Нinz"} in names
    pair = pairs[names.index({"Fabian Hinz", "Fabian Нinz"})]
    assert any("mixes Latin and Cyrillic" in reason for reason in pair.reasons)
    (shown,) = desk.evidence(pair.left)
    assert shown.text[slice(*shown.name)] == pair.left.name
    desk.judge_pair(pair, "unsure")
    assert {"Fabian Hinz", "Fabian Нinz"} not in [
        {one.left.name, one.right.name} for one in desk.candidates()
    ]
    with pytest.raises(NotFound):
        desk.candidate(pair.id)


def test_judgements_are_handed_to_another_case(desk: Desk, tmp_path: Path) -> None:
    desk.judge("IEMZ Kupol", "Izhevsk plant", "positive", reason="its address", by="AB")
    desk.delete("Monday")
    undone = desk.judge("Ana Bron", "Cem Dahl", "negative")
    desk.undo_judgement(undone.id)
    with Desk(tmp_path / "other") as other:
        fill(other)
        kept, refused = other.import_judgements(desk.export_judgements())
        assert (len(kept), refused) == (3, [])
        assert other.judgements() == desk.judgements()
        assert other.entities() == desk.entities()
        assert amiss(other) == []
        assert other.import_judgements(desk.export_judgements()) == ([], [])


def test_judgements_go_to_nomenklatura_and_come_from_it(desk: Desk, tmp_path: Path) -> None:
    desk.judge("IEMZ Kupol", "Izhevsk plant", "positive", by="AB")
    (line,) = desk.export_judgements("nomenklatura")
    target, source, decision, score, user, at = json.loads(line)
    assert (decision, score, user) == ("positive", None, "AB")
    with Desk(tmp_path / "other") as other:
        fill(other)
        waiting = json.dumps([target, source, "no_judgement", 0.7, None, None])
        strange = json.dumps(["NK-1", "Q42", "positive", None, "x", at])
        kept, refused = other.import_judgements([line, waiting, strange, "nonsense"])
        assert len(kept) == 1
        assert [reason.partition(":")[0] for reason in refused] == ["line 3", "line 4"]
        assert other.entities()[0].names == desk.entities()[0].names


def test_the_commands_judge_and_list(desk: Desk, root: Path, tmp_path: Path) -> None:
    told = command(
        desk, "judge", "IEMZ Kupol", "Izhevsk plant", "--same", "--why", "its address", "--by", "AB"
    )
    assert told.exit_code == 0, told.output
    assert "“IEMZ Kupol” and “Izhevsk plant” to be one: its address." in told.output
    schema = json.loads((root / "docs" / "schemas" / "entity.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    listed = command(desk, "entities", "--json")
    found = [json.loads(line) for line in listed.output.splitlines()]
    for one in found:
        assert [error.message for error in Draft202012Validator(schema).iter_errors(one)] == []
    (kupol,) = [one for one in found if "IEMZ Kupol" in one["names"]]
    assert {mention["text"] for mention in kupol["mentions"]} == {"IEMZ Kupol", "Izhevsk plant"}
    assert [one["by"] for one in kupol["judgements"]] == ["AB"]
    assert command(desk, "judge", "Ana Bron", "Cem Dahl", "--different").exit_code == 0
    out = tmp_path / "out.jsonl"
    assert command(desk, "judge", "--export", str(out)).exit_code == 0
    assert len(out.read_text("utf-8").splitlines()) == 2
    id = kupol["judgements"][0]["id"]
    assert "undone" in command(desk, "judge", "--undo", id).output
    assert "undone" in command(desk, "judge", "--log").output
    assert command(desk, "judge", "--import", str(out)).exit_code == 0


def test_the_commands_correct(desk: Desk) -> None:
    assert command(desk, "entities", "rename", "IEMZ Kupol", "Kupol").exit_code == 0
    assert command(desk, "entities", "split", "Dario Venn", "c.txt", "--why", "another").exit_code == 0
    assert command(desk, "entities", "delete", "Monday").exit_code == 0
    shown = command(desk, "entities").output
    assert "Kupol · Company" in shown
    assert "Monday" not in shown
    within = CliRunner().invoke(cli, ["entities", "--case", str(desk.path), "alias", "Kupol", "Dome"])
    assert within.exit_code == 0, within.output
    assert "Dome" in command(desk, "entities").output


def test_the_queue_is_printed_where_nobody_can_press_a_key(desk: Desk) -> None:
    told = command(desk, "judge")
    assert "Fabian Hinz  |  Fabian Нinz" in told.output
    assert "d.txt: Fabian Hinz wrote of" in told.output
    row = json.loads(command(desk, "judge", "--json", "--most", "1").output.splitlines()[0])
    assert {"left", "right", "score", "probability", "reasons", "value", "joined", "id"} == set(row)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["judge", "Ana Bron"], "two entities are needed"),
        (["judge", "Ana Bron", "Cem Dahl"], "two entities are needed"),
        (["judge", "Nobody", "Cem Dahl", "--same"], "no one entity"),
        (["judge", "Ana Bron", "Ana Bron", "--same"], "one entity"),
        (["judge", "--undo", "j-1"], "no judgement that stands"),
        (["judge", "--import", "missing.jsonl"], "cannot be read"),
        (["entities", "retype", "Ana Bron", "Villain"], "no schema"),
        (["entities", "split", "Ana Bron", "none.txt"], "name some"),
        (["entities", "alias", "Ana Bron", "x" * 10_000], "a name of 10,000 characters is none"),
        (["entities", "rename", "Ana Bron", "  "], "a name of no words is none"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    desk: Desk, arguments: list[str], says: str
) -> None:
    before = desk.entities()
    told = command(desk, *arguments)
    assert told.exit_code != 0
    assert says in told.output or says in str(told.exception)
    assert desk.entities() == before
    assert desk.judgements() == []


def test_a_conflict_is_told(desk: Desk) -> None:
    command(desk, "judge", "Ana Bron", "Cem Dahl", "--different")
    told = command(desk, "judge", "Ana Bron", "Cem Dahl", "--same")
    assert "is set aside: a newer one on the same two things stands" in told.output
    assert "set aside" in command(desk, "judge", "--log").output
    (found,) = [
        json.loads(line)
        for line in command(desk, "entities", "--json").output.splitlines()
        if "Ana Bron" in line
    ]
    assert [bool(one["set_aside"]) for one in found["judgements"]] == [True, False]
