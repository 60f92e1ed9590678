"""Whom a pronoun stands for in words given to a source; every report is invented."""

from __future__ import annotations

import pytest

import factory
from secondsource.corroborate.case import Prepared
from secondsource.corroborate.decisions import Decisions
from secondsource.extractor import Extractor
from secondsource.resolve import resolve


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (
            "The firm Orlesk Works said on Monday that it had delivered ten engines to Drovia.",
            "[Orlesk Works] had delivered ten engines to Drovia",
        ),
        (
            "Anna Merrow, a minister in Quelland, said she had signed the licence for Orlesk.",
            "[Anna Merrow] had signed the licence for Orlesk",
        ),
        (
            "“We are inspecting every barge on the river at Salla,” said Anna Merrow.",
            "We [Anna Merrow] are inspecting every barge on the river at Salla",
        ),
        (
            "The barge slowed down. Harbour authorities suspect that it cut the cable on purpose.",
            "It cut the cable on purpose",
        ),
        (
            "Anna Merrow, a minister in Quelland, said there was no sign of sabotage at Salla.",
            "There was no sign of sabotage at Salla",
        ),
        (
            "Anna Merrow, a minister in Quelland, said it had cost the port of Salla its licence.",
            "It had cost the port of Salla its licence",
        ),
    ],
)
def test_a_pronoun_is_the_speaker_where_it_can_be(extractor: Extractor, report: str, line: str) -> None:
    (question, *_) = [one for one in factory.ask(extractor, report) if "slowed" not in one.text]
    assert question.text == line


def test_the_us_is_no_pronoun(extractor: Extractor) -> None:
    (question,) = factory.ask(extractor, "Anna Merrow, a minister, said the US prefers calm in Drovia.")
    assert "Merrow" not in question.text
    assert question.positions[0].denied_by == ()


@pytest.mark.parametrize("speaker", ["The ministry of Quelland", "Anna Merrow, a minister in Quelland,"])
def test_who_is_named_before_a_pronoun_acts(extractor: Extractor, speaker: str) -> None:
    text = f"{speaker} said that after Orlesk Works lost its licence, it sold engines to Drovia."
    document = factory.document(text, "Meldwire", "2031-05-01")
    read = extractor.extract(document.id, text)
    case = Prepared()
    case.follow([document], read.claims, resolve({document.id: list(read.mentions)}), Decisions())
    (sold,) = [slots for slots in case.every if not slots.part]
    assert sold.agent == case.identity.of_name(document.id, "Orlesk Works") is not None
