"""What a case holds ready is what it holds whatever came before."""

from __future__ import annotations

from typing import Any

import pytest

from factory import claim, document
from secondsource.corroborate.case import Prepared
from secondsource.corroborate.decisions import Decisions
from secondsource.corroborate.matters import Regrouped
from secondsource.corroborate.reattach import Loose
from secondsource.model import Document

STORY = (
    "Three barges left the harbour of Quell before dawn on Monday with their lamps put out. "
    "The pilot boat followed them as far as the outer buoy and then turned back in the swell."
)


def prepared(*steps: list[Document]) -> Prepared:
    case = Prepared()
    for documents in steps:
        case.follow(documents, [], [], Decisions())
    return case


def test_what_an_outlet_published_is_followed_where_its_words_are_copied_without_its_name() -> None:
    original = document(STORY, "Harbour Wire", "2025-06-02")
    copy = document(f"{STORY} More is not known.", "Quell Courier", "2025-06-03")
    before = document("The pilot of Quell went out at night.", "Harbour Wire", "2025-06-01")
    case = prepared([original, copy], [original, copy, before])
    assert case.parents == prepared([original, copy, before]).parents
    assert case.parents[copy.id] == {original.id, before.id}


@pytest.mark.parametrize("day", ["2025-02-28", "2025-02-29", "2025-03-30", "2025-03-31"])
def test_a_day_that_is_none_and_the_last_of_a_month_are_days_like_others(day: str) -> None:
    original = document(STORY, "Harbour Wire", "2024-11-30")
    copy = document("The barges left at night, Harbour Wire reported.", "Quell Courier", day)
    assert (copy.id in prepared([original, copy]).parents) == (day == "2025-02-29")


def test_a_denial_finds_a_matter_that_a_document_told_before_now_stands_in() -> None:
    told = document("Orlan sold drones to Varn, Ines Vard said.", "Harbour Wire", "2025-06-01")
    denied = document("Orlan sold drones to Varn. Karel Dunn denied the report.", "Hill Herald", "2025-06-02")
    sale: dict[str, Any] = {"frame": "Orlan sell drones", "names": ("Orlan", "Varn")}
    claims = [
        claim(told, "Orlan sold drones to Varn", "Ines Vard", "person", **sale),
        claim(denied, "Orlan sold drones to Varn", **sale),
        claim(denied, "the report", "Karel Dunn", "person", stance="denies", frame=". . report"),
    ]
    case = Prepared()
    moved = case.follow([told, denied], claims, [], Decisions())
    case.like.follow(case.told, moved.told, case.parents, moved.parents, moved.bodies)
    sold, no = case.told[told.id], tuple(one for one in case.told[denied.id] if one.side < 0)
    loose = Loose(case.like)
    assert loose.follow(Regrouped([], [no]), [], set()) == Regrouped([], [no])
    found = loose.follow(Regrouped([], [sold]), [], set())
    assert found.gone == [no]
    assert [len(group) for group in found.new] == [2]
    assert loose.follow(Regrouped([sold], []), [], set()) == Regrouped(found.new, [no])


def test_claims_that_are_told_no_more_are_let_go_of() -> None:
    first, second = (document(f"Orlan sold drones {way}.", "Harbour Wire") for way in ("then", "now"))
    case, held = Prepared(), set[int]()
    for turn in range(3000):
        one = (first, second)[turn % 2]
        said = [claim(one, "Orlan sold drones", frame="Orlan sell drones")]
        moved = case.follow([one], said, [], Decisions())
        case.like.follow(case.told, moved.told, case.parents, moved.parents, moved.bodies)
        held.add(int(case.like.places(case.told[one.id])[0]))
    assert max(held) < 2000


def test_documents_that_name_nobody_tell_no_story() -> None:
    told = document("Orlan sold drones.", "Harbour Wire")
    silent = [document(f"It rained on day {day}.", "Hill Herald") for day in range(40)]
    claims = [
        claim(told, "Orlan sold drones", names=("Orlan",)),
        *(claim(one, "It rained") for one in silent),
    ]
    case = Prepared()
    moved = case.follow([told, *silent], claims, [], Decisions())
    case.like.follow(case.told, moved.told, case.parents, moved.parents, moved.bodies)
    for one in silent:
        assert case.like.story(one.id, [told.id, one.id]).tolist() == [0.0, 1.0]
