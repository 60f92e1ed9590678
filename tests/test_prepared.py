"""What a case holds ready is what it holds whatever came before."""

from __future__ import annotations

import pytest

from factory import document
from secondsource.corroborate.case import Prepared
from secondsource.corroborate.decisions import Decisions
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
