"""What claims tell beside their main point, as a matter of its own; every report is invented."""

from __future__ import annotations

from itertools import permutations

import pytest

from factory import ask
from secondsource.extractor import Extractor
from secondsource.model import Question

REPORTS = (
    "The ministry of Drovia said that after the rebels had besieged the garrison of Salla, they used "
    "chlorine gas against its soldiers in Salla.",
    "After the rebels besieged the garrison of Salla, they used chlorine gas against its soldiers in Salla, "
    "the deputy Anna Merrow said.",
    "Rebels used chlorine gas against soldiers in Salla, Jon Quell, a witness, said.",
)


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    return ask(Extractor(), *REPORTS)


def test_a_deed_that_two_reports_tell_beside_another_is_asked_for(asked: list[Question]) -> None:
    assert [(one.text, len(one.documents)) for one in asked] == [
        ("Rebels used chlorine gas against soldiers in Salla", 3),
        ("The rebels had besieged the garrison of Salla", 2),
    ]


def test_a_part_comes_from_where_its_whole_claim_comes(asked: list[Question]) -> None:
    """Two reports in nearly the same words are one origin, of all that they tell."""
    counts = [(position.n_min, position.n_max) for one in asked for position in one.positions]
    assert counts == [(2, 2), (1, 1)]


def test_the_order_of_reports_does_not_matter() -> None:
    extractor = Extractor()
    told = [sorted(len(one.documents) for one in ask(extractor, *order)) for order in permutations(REPORTS)]
    assert told == [[2, 3]] * 6
