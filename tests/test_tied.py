"""Reports that lead back to one source though each calls it otherwise: its nouns, its people, its papers."""

from __future__ import annotations

import pytest

import factory
from factory import ask
from secondsource.corroborate.bodies import nouns
from secondsource.corroborate.casualties import counted
from secondsource.corroborate.identity import Identity
from secondsource.extractor import Extractor
from secondsource.model import Position, Question


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def told_twice(questions: list[Question]) -> Position:
    """The first position that two documents take."""
    return next(p for q in questions for p in q.positions if len(p.reports) > 1)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("The coast guard", "coast guard"),
        ("Police", "police"),
        ("its economy ministry", "economy ministry"),
        ("Oshmara's police", None),
        ("the officials", None),
        ("Lena Brask", None),
    ],
)
def test_the_nouns_of_a_body_are_told_from_names_and_people(phrase: str, said: str | None) -> None:
    assert nouns(phrase) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "The harbour police of Torvik seized the freighter Ostrel in May.\n\nThe harbour police said "
            "that the freighter Ostrel had carried forty crates of rifles to Salla.",
            "The freighter Ostrel carried forty crates of rifles to Salla, Lena Brask, a captain of the "
            "harbour police, said.",
            id="its nouns, and a captain of it",
        ),
        pytest.param(
            "Investigators at the Lorn Institute said the freighter Ostrel carried forty crates of rifles to "
            "Salla.",
            "The Lorn Institute said that the freighter Ostrel had carried forty crates of rifles to Salla.",
            id="unnamed people of it, and its own word",
        ),
        pytest.param(
            "A study by the Lorn Institute looks at the port of Salla. The study says that the freighter "
            "Ostrel carried forty crates of rifles to Salla.",
            "The Lorn Institute said that the freighter Ostrel had carried forty crates of rifles to Salla.",
            id="its study, and its own word",
        ),
        pytest.param(
            "The Lorn Institute looks at the port of Salla.\n\nThe freighter Ostrel carried forty crates of "
            "rifles to Salla, according to customs records obtained by the institute.",
            "The Lorn Institute said that the freighter Ostrel had carried forty crates of rifles to Salla.",
            id="papers in its hands, called by its noun, and its own word",
        ),
        pytest.param(
            "The freighter Ostrel has carried forty crates of rifles to Salla.\n\nThe ship was fast, the "
            "Lorn Institute said.",
            "The Lorn Institute said that the freighter Ostrel had carried forty crates of rifles to Salla.",
            id="a text's own words, which cites it beside, and its word",
        ),
        pytest.param(
            "Torvik's transport agency said that the freighter Ostrel had carried forty crates of rifles to "
            "Salla. Trafo, the transport and harbour agency, has 40 inspectors.",
            "The freighter Ostrel carried forty crates of rifles to Salla, Trafo said.",
            id="its nouns with whose it is, explained later, and its name",
        ),
    ],
)
def test_one_source_called_otherwise_is_one_origin(extractor: Extractor, one: str, other: str) -> None:
    position = told_twice(ask(extractor, one, other))
    assert (position.n_min, position.n_max) == (1, 1)


def test_papers_taken_up_again_are_in_the_hands_of_whoever_showed_them(extractor: Extractor) -> None:
    questions = ask(
        extractor,
        "Orlesk sold sixty engines to the Drovian firm Varn, according to invoices obtained by the Borough "
        "Ledger.\n\n"
        "The invoices show that Varn moved the sixty engines to Salla in June.",
        "Varn moved sixty engines to Salla in June, the Borough Ledger reported.",
    )
    [origin] = told_twice(questions).origins
    assert origin.anchored
    assert "Borough Ledger" in origin.name


def test_two_bodies_of_the_same_nouns_stay_two(extractor: Extractor) -> None:
    questions = ask(
        extractor,
        "Drovia's police said that the freighter Ostrel had carried forty crates of rifles to Salla.",
        "Forty crates of rifles were carried to Salla by the Ostrel in May, Quelland's police said.",
    )
    assert told_twice(questions).n_max == 2


def test_a_text_that_names_two_bodies_of_the_nouns_means_neither() -> None:
    from secondsource.corroborate.bodies import InFull

    one = factory.document("Drovia's police and Quelland's police met. The police said so.", "Meldwire")
    other = factory.document("Drovia's police met. The police said so.", "Meldwire")
    states = [
        factory.entity(name, schema="Country", documents=(one, other)) for name in ("Drovia", "Quelland")
    ]
    identity = Identity()
    documents = {one.id: one, other.id: other}
    identity.follow(documents, {}, {state.id: state for state in states}, set(documents))
    full = InFull(identity)
    assert full.name(one.id, "The police", 50) is None
    assert full.name(other.id, "The police", 30) == "Drovia's police"


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("the death toll at 31", "kill"),
        ("The number of people killed in the blast has risen to 34", "kill"),
        ("the number of wounded at 40", "injure"),
        ("a toll road to 12 towns", None),
        ("the number of ships at 12", None),
    ],
)
def test_a_count_is_of_what_its_name_says(text: str, of: str | None) -> None:
    assert counted(text) == of


def test_tolls_by_name_and_by_deed_answer_one_question(extractor: Extractor) -> None:
    questions = ask(
        extractor,
        "The mayor, Lena Brask, said that the number of people killed in Monday's blast at the Torvik mill "
        "had risen to 34.",
        "Just 20 people were killed in Monday's blast at the Torvik mill, doctors said.",
    )
    assert any(
        {p.value for p in q.positions} >= {"34", "20"}
        for q in questions
        if q.open_slot.startswith("quantity")
    )
