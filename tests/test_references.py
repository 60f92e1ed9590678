"""“The company”, “she”: taken for the one name that fits, or for none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import factory
import newsroom
from secondsource import Desk
from secondsource.cli import cli
from secondsource.contract import mention_from_json, mention_to_json
from secondsource.extractor import Extractor
from secondsource.model import Extraction, Mention


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _taken(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    found = extractor.extract("0" * 64, text).mentions
    held = [(one.excerpt.spans[0], one.excerpt.text, m.name) for m in found for one in m.references]
    return [(words, name) for _, words, name in sorted(held)]


TAKEN = [
    (
        "Nerrin Works Ltd sold the engines in 2023. The company said it had a licence.",
        [("The company", "Nerrin Works Ltd")],
    ),
    (
        "The letters are addressed to the Drovian defence ministry. Officials say the ministry replied.",
        [("the ministry", "Drovian defence ministry")],
    ),
    ("Ines Vardholm led the inquiry. She said it had taken a year.", [("She", "Ines Vardholm")]),
    (
        "The tanker Amber Reach left the port of Quelmar on Monday. The vessel was boarded at noon.",
        [("The vessel", "Amber Reach")],
    ),
    (
        "Ines Vardholm, the director of the institute, led the inquiry.\n\nIt took a year, she said.",
        [("she", "Ines Vardholm")],
    ),
]


@pytest.mark.parametrize(("text", "pairs"), TAKEN)
def test_words_are_taken_for_the_one_name_that_fits(
    extractor: Extractor, text: str, pairs: list[tuple[str, str]]
) -> None:
    assert _taken(extractor, text) == pairs


LEFT = {
    "two companies": "Nerrin Works Ltd sold them to Corlay Bulk Ltd. The company said it had a licence.",
    "two people": "Ines Vardholm met Ruben Castrolle on Monday. He said it had gone well.",
    "one without a name": "Ines Vardholm spoke to the captain on Monday. She said it had gone well.",
    "an unnamed company": "Nerrin Works Ltd sold them to a firm nearby. The firm said it had a licence.",
    "too far": "Nerrin Works Ltd sold them. It rained. It snowed. It froze. The company said nothing at all.",
    "words that narrow": "Nerrin Works Ltd sold the engines. The Tirvanese company said it had a licence.",
    "a quotation": "Nerrin Works Ltd sold the engines. “I left the company in May,” an engineer said.",
    "no ministry": "Nerrin Works Ltd sold the engines. Nobody at the ministry knew of it.",
    "beside a ministry": "Neither Nerrin Works Ltd nor the ministry answered questions on Monday.",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=list(LEFT))
def test_words_that_could_mean_another_are_left_open(extractor: Extractor, text: str) -> None:
    assert _taken(extractor, text) == []


def test_he_and_she_are_not_one_person(extractor: Extractor) -> None:
    text = "Ines Vardholm led the inquiry. She said it had taken a year, and he agreed."
    assert _taken(extractor, text) == [("She", "Ines Vardholm")]


def test_a_reference_says_its_rule_and_is_no_mention(extractor: Extractor) -> None:
    text = TAKEN[0][0]
    extraction = extractor.extract("0" * 64, text)
    (company,) = (one for one in extraction.mentions if one.references)
    (reference,) = company.references
    assert reference.excerpt.stands_in(text)
    assert reference.rule == (
        "“The company” is taken for “Nerrin Works Ltd”, "
        "the only company before it in its sentence and in the 2 sentences before that."
    )
    assert "The company" not in [one.excerpt.text for one in extraction.mentions]
    assert all(not one.references for claim in extraction.claims for one in claim.mentions)
    assert mention_from_json(mention_to_json(company)) == company


def test_the_command_prints_references_when_asked(root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TAKEN[0][0], "utf-8")
    schema = json.loads((root / "docs" / "schemas" / "mention.schema.json").read_text("utf-8"))
    lines = {}
    for option in ([], ["--references"]):
        told = CliRunner().invoke(cli, ["mentions", *option, str(tmp_path / "a.txt")], catch_exceptions=False)
        lines[len(option)] = [json.loads(line) for line in told.stdout.splitlines()]
    assert not any("references" in row for row in lines[0])
    (row,) = (row for row in lines[1] if "references" in row)
    assert [(one["text"], one["how"]) for one in row["references"]] == [("The company", "rule")]
    for row in lines[1]:
        Draft202012Validator(schema).validate(row)


def test_resolution_counts_names_alone_and_the_page_shows_the_inference(
    extractor: Extractor, tmp_path: Path
) -> None:
    document = factory.document(TAKEN[0][0])
    with Desk(tmp_path / "case") as desk:
        store = desk.store(create=True)
        store.add_document(document)
        extraction = extractor.extract(document.id, document.text)
        store.add_extraction(document.id, extraction, extractor="test")
        desk.recount()
        entity = next(one for one in desk.entities() if one.name == "Nerrin Works Ltd")
        assert [one.count for one in entity.mentions] == [1]
        assert store.mentions()[document.id] == list(extraction.mentions)
    with newsroom.serving(tmp_path / "case") as client:
        page = client.get(f"/documents/{document.id}").text
    assert "Taken for a name by a rule" in page
    assert "“The company” is taken for “Nerrin Works Ltd”" in page


def test_a_reference_that_its_document_does_not_hold_is_refused(extractor: Extractor, tmp_path: Path) -> None:
    from dataclasses import replace

    from secondsource.store.quotes import Misquotation

    document = factory.document(TAKEN[0][0])
    (company,) = (one for one in extractor.extract(document.id, document.text).mentions if one.references)
    (reference,) = company.references
    wrong: Mention = replace(
        company, references=(replace(reference, excerpt=replace(reference.excerpt, text="The firm")),)
    )
    with Desk(tmp_path / "case") as desk:
        store = desk.store(create=True)
        store.add_document(document)
        with pytest.raises(Misquotation):
            store.add_extraction(document.id, Extraction((), (wrong,)), extractor="test")
