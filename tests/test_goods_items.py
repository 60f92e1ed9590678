"""Figures of items as claims report them, and the answers beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from secondsource import Desk
from secondsource.appraise import Item, item_to_json
from secondsource.cli import cli
from secondsource.extractor import Extractor
from secondsource.goods.reported import are_joint, figures_of

DAY = date(2026, 9, 1)

ARTICLE = """Drovian arms maker presents the Tesk-4 drone

The Tesk-4 drone can fly about 900 kilometres with a 60 kg payload, according to a brochure of Tarn Works.
The Tesk-4 has a combat radius of 120 km, the Oshmaran defence ministry said.
The control link of the Tesk-4 has a range of 40 km, the ministry said.
The drone can stay airborne for up to 9 hours, engineer Olena Marr told the Harnsea Chronicle.
The Tesk-4 possibly flies at a top speed of 180 km/h, Marr said.
Deputy minister Aren Kolt denied that the Tesk-4 can fly 900 kilometres.
Officials in Quelmar, about 70 km away from the works, said that the Tesk-4 carries no weapons.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("goods")
    (folder / "tesk.txt").write_text(ARTICLE, "utf-8")
    with Desk(folder / "case") as desk:
        desk.ingest([folder / "tesk.txt"])
        yield desk


@pytest.fixture(scope="module")
def item(desk: Desk) -> Item:
    items = desk.goods.items(as_of=DAY)
    assert [item.name for item in items] == ["Tesk-4"]
    return items[0]


def _answers(item: Item, clause: str) -> list[tuple[str, str]]:
    """What each source's figures give against a clause, in the order of the article."""
    return [
        (statement.claims[0].source_name or "", answer.answer)
        for statement in item.statements
        for answer in statement.answers
        if answer.rule.clause == clause
    ]


def test_each_figure_stands_with_its_source_stance_and_certainty(item: Item) -> None:
    found = {
        (one.reported.name, one.reported.figure.kind, one.reported.figure.words, one.claim.stance)
        for one in item.reports
    }
    assert ("range", "one-way", "about 900 kilometres", "asserts") in found
    assert ("payload", None, "60 kg", "asserts") in found
    assert ("range", "radius", "120 km", "asserts") in found
    assert ("range", "datalink", "40 km", "asserts") in found
    assert ("endurance", None, "up to 9 hours", "asserts") in found
    assert ("speed", None, "180 km/h", "assesses") in found
    assert ("range", "one-way", "900 kilometres", "denies") in found
    assert not any("70" in words for _, _, words, _ in found)
    assert {one.claim.certainty for one in item.reports if one.reported.name == "speed"} == {"possible"}


def test_rival_figures_give_rival_answers_side_by_side(item: Item) -> None:
    answers = [answer for _, answer in _answers(item, "19.A.2")]
    assert answers[0] == "meets"
    assert set(answers[1:]) == {"cannot tell"}
    assert len(item.statements) > 3


def test_the_sentence_names_the_source_quotes_the_words_and_gives_the_day(item: Item) -> None:
    first = next(a for a in item.statements[0].answers if a.rule.clause == "19.A.2")
    assert first.reason.startswith("Figures reported by a brochure of Tarn Works in “")
    assert "(“The Tesk-4 drone can fly about 900 kilometres with a 60 kg payload”)" in first.reason
    assert "would meet the parameter of clause 19.A.2 (MTCR) as of 2026-09-01" in first.reason
    denied = [a.reason for s in item.statements for a in s.answers if s.claims[0].stance == "denies"]
    assert denied
    assert all(reason.startswith("Figures denied by ") for reason in denied)


def test_a_pronoun_is_tied_to_the_item_before_and_says_so(item: Item) -> None:
    hows = {one.reported.name: one.how for one in item.reports}
    assert hows["endurance"] == "the last item named before the claim"
    assert hows["payload"] == "named in the claim"


def test_items_are_the_same_in_json_and_follow_their_schema(desk: Desk, root: Path, item: Item) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((root / "docs" / "schemas" / "goods-item.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    documents = {document.id: document for document in desk.documents()}
    ours = json.loads(json.dumps(item_to_json(item, documents)))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(ours)] == []
    command = ["goods", "items", "--json", "--as-of", DAY.isoformat(), "--case", str(desk.path)]
    printed = CliRunner().invoke(cli, command)
    assert printed.exit_code == 0, printed.output
    assert json.loads(printed.stdout) == ours
    text = documents[ours["figures"][0]["document"]].text
    assert all(figure["quote"] in text for figure in ours["figures"])


def test_the_items_for_people_name_clause_answer_and_claim(desk: Desk) -> None:
    printed = CliRunner().invoke(
        cli, ["goods", "items", "tesk", "--regime", "MTCR", "--case", str(desk.path)]
    )
    assert "19.A.2 as of " in printed.stdout
    assert "meets" in printed.stdout
    none = CliRunner().invoke(cli, ["goods", "items", "nothing", "--case", str(desk.path)])
    assert none.stdout == "No claim of the case reports a figure of an item.\n"


SENTENCES = [
    ("The Tesk-4 has a range of 1,200 km, officials said.", "range", "unknown", 1200, 1200),
    ("The Tesk-4 has a one-way range of 1,200 km, officials said.", "range", "one-way", 1200, 1200),
    ("The Tesk-4 has a ferry range of 1,200 km, officials said.", "range", "ferry", None, 1200),
    ("The Tesk-4 can cover up to 1,200 km, officials said.", "range", "one-way", 1200, 1200),
    ("The Tesk-4 can fly at least 1,200 km, officials said.", "range", "one-way", 1200, None),
    ("The Tesk-4 can fly nearly 1,000 km, officials said.", "range", "one-way", 900, 1000),
    ("The Tesk-4 can fly between 800 and 1,200 km, officials said.", "range", "one-way", 800, 1200),
    ("The Tesk-4 can fly 500 miles, officials said.", "range", "one-way", 804.672, 804.672),
    ("The Tesk-4 can carry 80 pounds, officials said.", "payload", None, 36.2873896, 36.2873896),
    ("The Tesk-4 can fly at an altitude of 4,000 meters, officials said.", "ceiling", None, 4, 4),
    ("The Tesk-4 can strike targets up to 1,500 km away, officials said.", "range", "one-way", 1500, 1500),
    ("The Tesk-4 flew 310 km on Tuesday, officials said.", "range", "flown", 310, None),
    ("The Tesk-4 can be controlled from 150 km, officials said.", "range", "datalink", None, None),
    ("The Tesk-4 is accurate to 10 metres, officials said.", "accuracy", None, 0.01, 0.01),
    ("The Tesk-4 has an endurance of 90 minutes, officials said.", "endurance", None, 1.5, 1.5),
]


@pytest.mark.parametrize(
    ("sentence", "name", "kind", "low", "high"), SENTENCES, ids=[s[0] for s in SENTENCES]
)
def test_the_words_around_a_quantity_say_what_it_is(
    sentence: str, name: str, kind: str | None, low: float | None, high: float | None
) -> None:
    claims = Extractor().extract("d", sentence).claims
    (found,) = [one for claim in claims for one in figures_of(claim)]
    assert (found.name, found.figure.kind) == (name, kind)
    interval = found.figure.stated if kind == "unknown" else found.figure.interval
    assert interval is not None
    bounds: tuple[Any, Any] = interval.low, interval.high
    assert bounds == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "sentence",
    [
        "The Tesk-4 hit a depot 40 km from the border, officials said.",
        "The Tesk-4 has a wingspan of 3.5 meters, officials said.",
        "The Tesk-4 weighs 200 kg at take-off, officials said.",
        "The Tesk-4 was found 70 km away, officials said.",
    ],
)
def test_quantities_of_other_things_are_no_figures_of_an_item(sentence: str) -> None:
    claims = Extractor().extract("d", sentence).claims
    assert any(claim.quantities for claim in claims)
    assert [one for claim in claims for one in figures_of(claim)] == []


@pytest.mark.parametrize(
    ("sentence", "joint"),
    [
        ("The Tesk-4 can carry a payload of up to 50 kg over a distance of 1,000 km, officials said.", True),
        ("The Tesk-4 can fly 900 km with a payload of 60 kg, officials said.", True),
        ("The greatest payload of the Tesk-4 is 60 kg; its greatest range is 900 km, officials said.", False),
    ],
)
def test_range_and_payload_are_joint_where_they_are_said_together(sentence: str, joint: bool) -> None:
    (claim,) = Extractor().extract("d", sentence).claims
    assert are_joint(claim, figures_of(claim)) is joint


def test_the_seed_article_gives_the_answers_that_were_asked_for(shared: Path, tmp_path: Path) -> None:
    with Desk(tmp_path / "case") as desk:
        desk.ingest([shared / "corpus" / "docs" / "000.txt"])
        (item,) = [one for one in desk.goods.items(as_of=DAY) if one.name.startswith("Garpiya")]
    (statement,) = item.statements
    answers = {(a.rule.regime, a.rule.clause): a for a in statement.answers}
    assert answers["MTCR", "19.A.2"].answer == "meets"
    assert answers["MTCR", "1.A.2"].answer == "does not meet"
    assert "for the payload and range reported together" in answers["MTCR", "1.A.2"].reason
    for clause in ("9A112.a", "9A012.a.2"):
        assert answers["EU", clause].answer == "cannot tell"
        assert "endurance" in answers["EU", clause].needs
    assert {claim.source_name for claim in statement.claims} == {"Kupol’s reports"}
