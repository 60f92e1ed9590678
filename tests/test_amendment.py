"""Corrections of claims: kept, applied again, taken back, and never over somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom import SHIPPED, Newsroom
from secondsource import Desk
from secondsource.amendment import Change, located
from secondsource.errors import NotFound, Outdated, SecondSourceError
from secondsource.model import Claim, Document, Extraction

ROOM = Newsroom()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    ROOM.store(tmp_path / "case")
    with Desk(tmp_path / "case") as desk:
        yield desk


def claim(desk: Desk) -> Claim:
    return desk.claim(ROOM.shipped.id)


def said(desk: Desk, document: str = ROOM.wire.id) -> list[tuple[str, str | None, str]]:
    return [(one.content.text, one.source_name, one.stance) for one in desk.claims(document)]


CHANGE = Change("12 engines to Port Salla", 30, "Nerrin Works", "Nerrin Works", "organisation", "plans")


def test_a_claim_can_read_otherwise(desk: Desk) -> None:
    made = desk.edit_claim(claim(desk).id, CHANGE, "the plan is theirs")
    assert said(desk) == [("12 engines to Port Salla", "Nerrin Works", "plans")]
    assert (made.action, made.reason, made.undone) == ("edit", "the plan is theirs", None)
    assert desk.claims(ROOM.wire.id)[0].rule == "by hand"
    assert desk.unassessed() == 1
    # The newsroom keeps no bytes and a list of none; nothing else may differ.
    assert {one.kind for one in desk.verify()} == {"bytes", "list"}


def test_it_can_be_deleted_and_taken_back(desk: Desk) -> None:
    before = claim(desk)
    made = desk.delete_claim(before.id, "no claim")
    assert said(desk) == []
    desk.undo(made.number)
    assert desk.claims(ROOM.wire.id) == [before]
    assert desk.claim_judgements(ROOM.wire.id)[0].undone
    with pytest.raises(SecondSourceError, match="taken back already"):
        desk.undo(made.number)
    with pytest.raises(NotFound):
        desk.undo(10_000)


def test_one_that_was_overlooked_can_be_added(desk: Desk) -> None:
    desk.add_claim(ROOM.wire.id, Change("They left in May", 100), "")
    assert said(desk)[-1] == ("They left in May", None, "asserts")
    with pytest.raises(SecondSourceError, match="already"):
        desk.add_claim(ROOM.wire.id, Change("They left in May", 100), "")


def test_a_claim_quotes_its_document_exactly(desk: Desk) -> None:
    with pytest.raises(SecondSourceError, match="do not stand in this document"):
        desk.edit_claim(claim(desk).id, Change("13 engines"), "")
    with pytest.raises(SecondSourceError, match="Nothing was changed"):
        desk.edit_claim(
            claim(desk).id, Change(SHIPPED, source="papers", name="papers", kind="document"), "no reason"
        )
    assert desk.claim_judgements() == []


def test_the_nearest_of_equal_words_is_meant_and_white_space_is_white_space() -> None:
    text = "A ship left. Then a\n ship left."
    assert located(text, "ship left", 20).spans[0].start == 21
    assert located(text, "ship left", 0).spans[0].start == 2
    assert located(text, "then A ship".replace("t", "T", 1).replace("A", "a"), 0).text == "Then a\n ship"


def test_the_second_of_two_is_told(desk: Desk) -> None:
    seen = desk.seen(claim(desk))
    desk.edit_claim(ROOM.shipped.id, CHANGE, "first", seen)
    with pytest.raises(Outdated, match="changed meanwhile by"):
        desk.edit_claim(ROOM.shipped.id, Change(SHIPPED, name="somebody else"), "second", seen)
    assert said(desk) == [("12 engines to Port Salla", "Nerrin Works", "plans")]
    with pytest.raises(NotFound):
        desk.delete_claim("c-0", "", None)


def test_corrections_hold_when_claims_are_found_anew(desk: Desk) -> None:
    desk.edit_claim(ROOM.shipped.id, CHANGE, "")
    desk.delete_claim(ROOM.copied.id, "")
    desk.add_claim(ROOM.wire.id, Change("They left in May", 100), "")
    after = said(desk)
    desk.store().add_extraction(ROOM.wire.id, Extraction((ROOM.shipped,), ()))
    desk.store().add_extraction(ROOM.copy.id, Extraction((ROOM.copied,), ()))
    assert desk.obey() == 2
    assert said(desk) == after
    assert said(desk, ROOM.copy.id) == []
    assert desk.obey() == 0


def test_one_that_another_builds_on_is_not_taken_back_first(desk: Desk) -> None:
    first = desk.edit_claim(ROOM.shipped.id, CHANGE, "")
    assert first.after
    second = desk.edit_claim(first.after.id, Change(SHIPPED, name="a clerk"), "")
    with pytest.raises(SecondSourceError, match="later correction builds on"):
        desk.undo(first.number)
    desk.undo(second.number)
    desk.undo(first.number)
    assert desk.claims(ROOM.wire.id) == [ROOM.shipped]


def test_one_whose_words_have_left_the_text_is_kept_and_not_applied(desk: Desk) -> None:
    desk.edit_claim(ROOM.shipped.id, CHANGE, "")
    desk.correct(ROOM.wire.id, "Another text altogether.", "a test")
    assert desk.obey() == 0
    assert len(desk.claim_judgements(ROOM.wire.id)) == 1


def test_questions_weigh_them_when_they_are_derived(desk: Desk) -> None:
    desk.add_claim(ROOM.port.id, Change("aware of any shipment", 0, "The port authority", "clerk"), "")
    desk.derive()
    assert desk.unassessed() == 0
    assert any("clerk" in (one.source_name or "") for one in desk.claims(ROOM.port.id))
    # The newsroom keeps no bytes and a list of none; nothing else may differ.
    assert {one.kind for one in desk.verify()} == {"bytes", "list"}


def test_a_claim_by_hand_bears_on_questions_as_one_that_was_found(tmp_path: Path) -> None:
    words = "the port of Kesh is closed"
    for name, text in (
        ("a.txt", f"Ana Bron said {words}."),
        ("b.txt", f"Cem Dahl said on Monday that {words}."),
    ):
        (tmp_path / name).write_text(text + "\n", "utf-8")
    with Desk(tmp_path / "case") as desk:
        desk.ingest([tmp_path / "a.txt", tmp_path / "b.txt"])
        (question,) = [one for one in desk.questions() if len(one.documents) == 2]
        (found,) = [one for one in desk.claims(_document(desk, "b.txt").id) if one.voice == "attributed"]
        desk.delete_claim(found.id, "to be added by hand")
        desk.recount()
        assert all(len(one.documents) == 1 for one in desk.questions())
        made = desk.add_claim(found.document, Change(words, 0, "Cem Dahl", "Cem Dahl"), "overlooked")
        assert made.claim.frame == found.frame
        desk.recount()
        (again,) = [one for one in desk.questions() if len(one.documents) == 2]
        assert again.text == question.text
        assert made.claim.id in {id for one in again.positions for id in one.claims}
        assert desk.verify() == []


def _document(desk: Desk, name: str) -> Document:
    return next(one for one in desk.documents() if one.path.endswith(name))
