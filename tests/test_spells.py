"""One matter told of at times far apart, as questions; every report is invented."""

from __future__ import annotations

import pytest

from factory import claim, document, entity
from secondsource.corroborate import corroborate
from secondsource.model import Claim, Document

SCHEMAS = {"Drovia": "Country", "Varn": "Country", "Coastguard": "PublicBody", "Orlan": "Company"}
FIRST, SOON, LATER = "2031-05-01", "2031-10-01", "2032-05-20"


def told(day: str | None, who: str, publisher: str, done: str = "deliver") -> tuple[Document, Claim]:
    words = f"{who} {done} drones with Varn"
    known = document(f"{words}, said Anna {publisher}.", publisher, day)
    return known, claim(
        known, words, f"Anna {publisher}", "person", frame=f"{who} {done} drone", names=(who, "Varn")
    )


def asked(*reports: tuple[Document, Claim]) -> list[int]:
    documents = tuple(known for known, _ in reports)
    named = [
        entity(name, schema=schema, documents=tuple(one for one in documents if name in one.text))
        for name, schema in SCHEMAS.items()
    ]
    questions = corroborate(documents, [said for _, said in reports], named)
    return sorted(len(question.documents) for question in questions)


@pytest.mark.parametrize(
    ("who", "later", "expected"),
    [
        ("Drovia", SOON, [2]),
        ("Drovia", LATER, [1, 1]),
        ("Drovia", None, [2]),
        ("Coastguard", LATER, [1, 1]),
        ("Orlan", LATER, [2]),
    ],
)
def test_what_states_do_is_another_matter_after_a_long_silence(
    who: str, later: str | None, expected: list[int]
) -> None:
    assert asked(told(FIRST, who, "Meldwire"), told(later, who, "Quell")) == expected


def test_reports_in_between_break_the_silence() -> None:
    reports = [
        told(FIRST, "Drovia", "Meldwire"),
        told(SOON, "Drovia", "Hill"),
        told("2032-03-01", "Drovia", "Quell"),
    ]
    assert asked(*reports) == [3]
    assert asked(reports[0], reports[2]) == [1, 1]


def test_what_goes_on_being_so_is_one_matter_at_any_time() -> None:
    assert asked(told(FIRST, "Drovia", "Meldwire", "own"), told(LATER, "Drovia", "Quell", "own")) == [2]
