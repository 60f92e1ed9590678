"""Denials, not knowing and silence in the words of reports, each at the matter that it is about.

Every report is invented and read by the real extractor: one says that twelve drones were delivered
and used, another reports what somebody says to that.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import factory
from factory import ask
from secondsource.corroborate import corroborate
from secondsource.extractor import Extractor
from secondsource.model import Position, Question
from secondsource.resolve import resolve
from secondsource.text import sha256

FIRST = (
    "Papers reviewed by Meldwire show that Orlesk, a company in Drovia, delivered twelve Kezra-2 "
    "drones to the armed forces of Quelland in May.\n\nThe drones were flown from Drovia to the Quelland air "
    "base of Tamsk in two cargo aircraft, according to the papers.\n\nTwo officials in Quelland said that "
    "the drones were used in an attack on the town of Bresk in June."
)
LATER = (
    "The war in the north of Quelland has drawn in ever more foreign weapons. Orlesk, a company in Drovia, "
    "makes the Kezra-2 drone. Meldwire reported on Tuesday that twelve Kezra-2 drones had gone to "
    "Quelland.\n\n"
)
DELIVERED, USED = "delivered", "used in an attack"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def about(questions: list[Question], words: str) -> Position:
    """The first position whose question or own text has these words."""
    return next(p for q in questions for p in q.positions if words in f"{q.text} {p.text}" and p.reports)


@pytest.mark.parametrize(
    ("said", "who", "matter"),
    [
        (
            "The government of Drovia denied a report that Orlesk had delivered drones to Quelland.",
            "Drovia",
            DELIVERED,
        ),
        ("Orlesk has rejected claims that it sold Kezra-2 drones to Quelland.", "Orlesk", DELIVERED),
        (
            "Drovia's foreign ministry dismissed the allegations by Meldwire as baseless.",
            "foreign ministry",
            DELIVERED,
        ),
        (
            'A spokesman for the Drovian foreign ministry said: "This is a complete fabrication."',
            "ministry",
            DELIVERED,
        ),
        (
            'Drovia\'s envoy, Tamar Vell, refuted the report, calling it "propaganda".',
            "Tamar Vell",
            DELIVERED,
        ),
        (
            "No Kezra-2 drones were ever delivered to Quelland, according to the customs service.",
            "customs",
            DELIVERED,
        ),
        ("The defence minister, Jan Torvik, said the army had not used drones in Bresk.", "Jan Torvik", USED),
        ("The army of Quelland denied having attacked Bresk with drones.", "army of Quelland", USED),
    ],
)
def test_a_denial_stands_at_what_it_denies(extractor: Extractor, said: str, who: str, matter: str) -> None:
    questions = ask(extractor, FIRST, LATER + said)
    assert [one.source for one in about(questions, matter).denied_by if who in one.source]
    other = USED if matter == DELIVERED else DELIVERED
    assert about(questions, other).denied_by == ()


@pytest.mark.parametrize(
    ("said", "who", "matter"),
    [
        ("The port authority said it knew nothing of such a delivery.", "port authority", DELIVERED),
        (
            "Officials said they could neither confirm nor deny that Orlesk had delivered drones.",
            "Officials",
            DELIVERED,
        ),
        ("Quell Courier could not verify that the drones had reached Quelland.", "Courier", DELIVERED),
        ("The claim could not be independently confirmed.", "Quell Courier", DELIVERED),
        ("An official said there was no evidence that drones had been used in Bresk.", "official", USED),
        (
            "Ida Marn said she was not in a position to confirm that drones had reached Quelland.",
            "Ida Marn",
            DELIVERED,
        ),
        ("The customs office said it saw no sign that the embargo had been breached.", "customs", DELIVERED),
    ],
)
def test_who_does_not_know_stands_at_what_it_is(
    extractor: Extractor, said: str, who: str, matter: str
) -> None:
    position = about(ask(extractor, FIRST, LATER + said), matter)
    assert [one.source for one in position.unaware if who in one.source]
    assert position.denied_by == ()


def test_what_is_not_known_is_compared_by_the_clause_that_says_it(extractor: Extractor) -> None:
    first = (
        "The Ostrel cut the cable with its anchor, the coast guard of Torvia said.\n\nNine sailors are there."
    )
    told = "The Ostrel is held in Torvia over a cable. "
    said = "Lena Brask, a prosecutor, said there was no proof that the crew had cut the cable on purpose."
    questions = ask(extractor, first, told + said)
    assert [one.source for one in about(questions, "with its anchor").unaware] == ["Lena Brask"]
    assert about(questions, "Nine sailors").unaware == ()


def test_what_is_not_known_beside_what_is_not_so_is_shown_too(extractor: Extractor) -> None:
    said = "The trade ministry said it had not approved exports and was not aware that drones were delivered."
    questions = ask(extractor, FIRST, LATER + said)
    assert [one.source for one in about(questions, DELIVERED).unaware] == ["The trade ministry"]


def test_what_nobody_can_say_when_is_not_in_doubt_itself(extractor: Extractor) -> None:
    questions = ask(extractor, FIRST, f"{LATER}It is unclear when the deliveries took place.")
    assert about(questions, DELIVERED).unaware == ()


def test_silence_is_one_matter_however_it_is_put(extractor: Extractor) -> None:
    context = "Orlesk sold twelve Kezra-2 drones to Egypt, papers show. "
    questions = ask(
        extractor,
        f"{context}The papers went to Egypt's defence ministry. "
        "Neither Orlesk nor Drovna nor the ministry answered questions from Meldwire.",
        f"{context}Egypt's defence ministry has not commented on the allegations.",
        f"{context}The Egyptian defence ministry did not respond to a request for comment.",
        f"{context}The foreign ministry of Jordan did not respond to a request for comment.",
    )
    silent = [one.positions[0].reports for one in questions if one.positions[0].value == "no"]
    assert sorted(map(len, silent)) == [1, 3]


def test_who_is_held_responsible_is_the_matter_and_not_who_accuses(extractor: Extractor) -> None:
    questions = ask(
        extractor,
        "Jan Torvik, a lawmaker in Quelland, said that his party held General Ilke Marun and the commander "
        "of the Tamsk base responsible for the lost garrison.",
        "The lawmaker Pavel Ostren in Quelland accused General Ilke Marun and the Tamsk base of failing the "
        "lost garrison.",
    )
    assert [len(one.documents) for one in questions if "Marun" in one.text] == [2]


def test_an_answer_is_put_in_other_words_than_its_question(extractor: Extractor) -> None:
    texts = (
        "Officials said that Orlesk delivered Kezra-2 drones to Quelland.",
        "Two port workers said that Orlesk had supplied Quelland with Kezra-2 aircraft.",
    )
    question = next(one for one in ask(extractor, *texts) if len(one.documents) == 2)
    told = {question.text, question.positions[0].text}
    assert [sum(words in text for text in texts) for words in sorted(told)] == [1, 1]


def test_denials_in_many_forms_stand_at_what_they_are_about(
    root: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The forms of ``evals/gold/denials.toml``, tuned on and kept apart."""
    monkeypatch.syspath_prepend(root / "evals")
    import denials

    floors = json.loads((root / "evals" / "floors.json").read_text("utf-8"))["denials"]
    assert sha256((root / "evals" / "gold" / "denials.toml").read_bytes()) == floors.pop("gold_sha256")
    found = denials.figures(extractor)
    assert {part: found[part] for part, floor in floors.items() if found[part] < floor} == {}


def values(questions: list[Question]) -> list[list[str]]:
    """The figures that contested questions show as rivals."""
    contested = [q for q in questions if q.status == "contested" and q.open_slot.startswith("quantity")]
    return [sorted(p.value for p in question.positions if p.reports) for question in contested]


@pytest.mark.parametrize(
    ("one", "other", "rivals"),
    [
        (
            "The blast killed 22 in Torvik, police said.",
            "The blast in Torvik killed 14, he said.",
            ["14", "22"],
        ),
        ("The blast in Torvik killed 14, police said.", "The blast killed 22 in Torvik, he said.", []),
        ("The blast killed at least 14 in Torvik, he said.", "The blast killed 22 in Torvik, he said.", []),
        ("The blast in Torvik killed 14, police said.", "The blast in Torvik wounded nine, he said.", []),
        ("The storm was 40 miles south of Torvik.", "The storm was 265 miles east of Torvik.", []),
    ],
)
def test_tolls_without_a_noun_are_rivals_of_their_like(
    extractor: Extractor, one: str, other: str, rivals: list[str]
) -> None:
    assert values(ask(extractor, one, other)) == ([rivals] if rivals else [])


ALLEGED = (
    "The freighter Ostrel carried forty crates of rifles to Salla in May, investigators at the Lorn "
    "Institute said.\n\nThe institute said the ship had left Torvik at night."
)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Drovia's ambassador said that his country had nothing to do with the freighter.", "Drovia"),
        ('"These are lies," said Karel Dunn, the owner of the freighter.', "Karel Dunn"),
        ("Karel Dunn, the owner, said that the claim did not correspond to reality.", "Karel Dunn"),
        ("Lena Brask, the harbour master, said no freighter was registered in Salla.", "Lena Brask"),
    ],
)
def test_a_rejection_without_words_of_denial_is_one(extractor: Extractor, said: str, who: str) -> None:
    told = "The freighter Ostrel carried rifles to Salla, the Lorn Institute says. "
    position = about(ask(extractor, ALLEGED, told + said), "rifles to Salla")
    assert [who in one.source for one in position.denied_by] == [True]


@pytest.mark.parametrize(
    "said",
    [
        "A signature costs nothing, he said.",
        "The budget did not provide for it, the mayor said.",
        "The mayor said that no more rifles would be landed in Salla.",
    ],
)
def test_that_something_is_not_so_denies_no_other_matter(extractor: Extractor, said: str) -> None:
    told = "The freighter Ostrel carried rifles to Salla, the Lorn Institute says. "
    questions = ask(extractor, ALLEGED, told + said)
    assert not any(p.denied_by for q in questions for p in q.positions)


def test_whoever_denies_what_he_said_before_is_shown_with_both(extractor: Extractor) -> None:
    [question] = ask(
        extractor,
        "Lena Brask, the harbour master, said that two trawlers had taken on rifles in Torvik.\n\n"
        "No trawler took on rifles in Torvik, Brask said.",
    )
    [position] = question.positions
    assert (question.status, position.n_min, position.n_max) == ("denied", 1, 1)
    assert [one.source for one in position.denied_by] == ["Lena Brask"]


def test_reports_without_dates_are_one_origin_where_they_repeat_one_speaker(extractor: Extractor) -> None:
    text = "Lena Brask, the harbour master, said that two trawlers had taken on rifles in Torvik."
    one, other = (
        factory.document(words, outlet, None, path=f"{outlet}.txt")
        for words, outlet in ((text, "Meldwire"), (f"Fog lay on the port. {text}", "Quell Courier"))
    )
    found = [extractor.extract(each.id, each.text, publisher=each.publisher) for each in (one, other)]
    claims = [claim for each in found for claim in each.claims]
    mentions = {each.id: list(read.mentions) for each, read in zip((one, other), found, strict=True)}
    for order in ((one, other), (other, one)):
        question = corroborate(order, claims, resolve(mentions))[0]
        assert (question.positions[0].n_min, question.positions[0].n_max) == (1, 1)
        assert len(question.positions[0].reports) == 2


def test_a_ship_that_is_called_one_before_its_name_is_the_ship(extractor: Extractor) -> None:
    [question, *_] = ask(
        extractor,
        "The tanker Ostrel S belongs to the shadow fleet of Drovia, the coast guard of Torvia said.",
        "Police in Torvia boarded the tanker Ostrel S on Monday.\n\nThe ship belongs to the shadow fleet of "
        "Drovia, the police of Torvia said.",
    )
    assert len(question.positions[0].reports) == 2


def test_what_a_body_rejects_in_its_own_release_stands_against_it(extractor: Extractor) -> None:
    [one, other] = (
        factory.document(text, publisher, f"2031-05-0{day}", path=f"{day}.txt")
        for text, publisher, day in (
            (ALLEGED, "Meldwire", 1),
            (
                "The Ostrel sailed from Torvik to Salla. Assertions that it had rifles on board are devoid "
                "of any basis.",
                "Ministry of Ports of Drovia",
                2,
            ),
        )
    )
    found = [extractor.extract(each.id, each.text, publisher=each.publisher) for each in (one, other)]
    claims = [claim for each in found for claim in each.claims]
    mentions = {each.id: list(read.mentions) for each, read in zip((one, other), found, strict=True)}
    position = about(corroborate([one, other], claims, resolve(mentions)), "rifles to Salla")
    assert [entry.source for entry in position.denied_by] == ["Ministry of Ports of Drovia"]


@pytest.mark.parametrize(
    ("report", "texts", "who"),
    [
        (
            "The ministry of Quelland is not aware of any shells sold to Salla.",
            ["Not known: Any shells sold to Salla", "Any shells sold to Salla: no claim in the case says so"],
            "ministry of Quelland",
        ),
        (
            "It is unclear when the shells reached Salla.",
            ["It is unclear when the shells reached Salla", "No claim in the case takes this position"],
            "Meldwire",
        ),
        (
            "The target was unclear, but the road to Salla is open.",
            ["The target was unclear", "No claim in the case takes this position"],
            "Meldwire",
        ),
    ],
)
def test_what_is_only_not_known_says_so_and_of_whom(
    extractor: Extractor, report: str, texts: list[str], who: str
) -> None:
    question = next(q for q in factory.ask(extractor, report) if any(p.unaware for p in q.positions))
    assert [position.text for position in question.positions] == texts
    assert [one.source for position in question.positions for one in position.unaware] == [who]
