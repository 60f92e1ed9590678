"""The cue lexicon: every row has an example, and reads it as the row says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from secondsource.errors import SecondSourceError
from secondsource.extractor import Extractor
from secondsource.extractor import lexicon as rows
from secondsource.extractor.explain import rules
from secondsource.extractor.lexicon import lexicon, read, shipped
from secondsource.model import Claim

SECTIONS = ("verb", "noun", "adjective", "phrase", "preposition")
LEXICON: dict[str, Any] = tomllib.loads(shipped())
EXAMPLES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("cue_examples.toml").read_text("utf-8"))
MARKS = re.compile(r"[{}\[\]*]")


@dataclass(frozen=True)
class Example:
    """A sentence with its source, cue words and content marked."""

    section: str
    cue: str
    marked: str

    @property
    def sentence(self) -> str:
        return MARKS.sub("", self.marked)

    def part(self, opening: str, closing: str) -> str:
        found = re.search(rf"{re.escape(opening)}(.*?){re.escape(closing)}", self.marked)
        assert found, f"{self.cue}: nothing is marked {opening}{closing}"
        return MARKS.sub("", found[1])

    @property
    def words(self) -> list[str]:
        """The words of the cue, in order."""
        return MARKS.sub("", " ".join(re.findall(r"\*(.*?)\*", self.marked))).split()


def examples() -> Iterator[Any]:
    for section in SECTIONS:
        for cue, marked in EXAMPLES[section].items():
            for one in [marked] if isinstance(marked, str) else marked:
                yield pytest.param(Example(section, cue, one), id=f"{section}-{cue}")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def attributed(extractor: Extractor, text: str) -> list[Claim]:
    return [one for one in extractor.extract("0" * 64, text).claims if one.voice == "attributed"]


def stance_of(example: Example) -> str:
    row = LEXICON[example.section][example.cue]
    if example.section in {"verb", "adjective"} and set(re.findall(r"\w+", example.sentence)) & {"not", "t"}:
        return str(row["negated"])
    return str(row.get("stance", LEXICON["class"][row["class"]]["stance"]))


def test_the_lexicon_has_more_cues_than_it_promises() -> None:
    assert sum(len(LEXICON[section]) for section in SECTIONS) >= 350


@pytest.mark.parametrize("section", SECTIONS)
def test_every_cue_has_an_example_and_every_example_a_cue(section: str) -> None:
    assert set(EXAMPLES[section]) == set(LEXICON[section])


@pytest.mark.parametrize("example", list(examples()))
def test_a_cue_attributes_its_content_to_its_source(extractor: Extractor, example: Example) -> None:
    source, content = example.part("{", "}"), example.part("[", "]")
    claims = attributed(extractor, example.sentence)
    found = [one for one in claims if one.content.text == content and one.source]
    read_as = [(one.source.text if one.source else None, one.content.text) for one in claims]
    assert (source, content) in read_as, read_as
    claim = next(one for one in found if one.source and one.source.text == source)
    assert claim.rule.partition("+")[0] in rules()
    assert claim.stance == stance_of(example)
    if example.words:
        assert claim.cue
        assert claim.cue.text.split() == example.words


PLAIN = [
    "The bank called at noon and ran to the port.",
    "The mayor pointed the camera at the bridge.",
    "They pay 300 per month and two ships per day.",
    "The money lay in the bank's account in Orva.",
    "In other words, the port is closed.",
    "The company's order for 30 engines was cancelled.",
    "He had an order to leave at noon.",
    "The claim that the parts were sold was false.",
    "Monday's announcement that the road was closed surprised residents.",
    "The ministry's call for tenders closed on Monday.",
    "The bank gave no guarantee that prices would fall.",
    "The bank never made a promise that prices would fall.",
    "The minister had no intention to resign.",
    "The clerk lay in bed and smiled.",
    "The wheel was clear of the ground.",
    "The driver knew the road and saw the convoy.",
    "The crew carried crates and read maps.",
    "The trade fair held the hall until June.",
]


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_word_that_can_attribute_does_not_where_it_is_plainly_used(
    extractor: Extractor, sentence: str
) -> None:
    assert [(one.cue and one.cue.text, one.content.text) for one in attributed(extractor, sentence)] == []


TAKEN_UP = "The minister rejected Orlesk's claim that the parts were sold."


def test_who_rejects_a_claim_and_whose_it_was_are_two(extractor: Extractor) -> None:
    found = {
        (one.source.text if one.source else "", one.stance)
        for one in attributed(extractor, TAKEN_UP)
        if one.content.text == "the parts were sold"
    }
    assert found == {("The minister", "denies"), ("Orlesk", "asserts")}


def test_a_cue_is_added_by_data_alone(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "The mayor fibbed that the bridge was safe."
    assert not attributed(extractor, sentence)
    added = shipped().replace("[verb]\n", '[verb]\nfib = { class = "denial" }\n')
    monkeypatch.setattr(rows, "shipped", lambda: added)
    lexicon.cache_clear()
    try:
        (claim,) = attributed(extractor, sentence)
    finally:
        monkeypatch.undo()
        lexicon.cache_clear()
    assert claim.content.text == "the bridge was safe"
    assert claim.stance == "denies"


WRONG = [
    (
        "[verb]",
        "Fib = { class = 'speech' }",
        "[verb] 'Fib': a cue of this section is one word in lower case.",
    ),
    ("[verb]", "fib = { class = 'speach' }", "[verb] 'fib': class 'speach' is none of speech, report, "),
    ("[verb]", "fib = { stance = 'asserts' }", "[verb] 'fib': class None is none of speech"),
    ("[verb]", "fib = { class = 'speech', stanc = 'asserts' }", "'stanc' is nothing that a row can set."),
    ("[verb]", "fib = { class = 'speech', stance = 'knows' }", "stance is 'knows', not one of asks, "),
    ("[verb]", "fib = { class = 'speech', certainty = 1 }", "certainty is 1, not one of certain, "),
    ("[verb]", "fib = { class = 'speech', factive = 'yes' }", "factive is 'yes', not one of false, true."),
    ("[verb]", "fib = { class = 'speech', takes = 'clause' }", "takes 'clause', which is no construction."),
    ("[noun]", "fib = { class = 'speech', takes = ['Clause'] }", "takes 'Clause', which is no construction."),
    ("[phrase]", "fib = { class = 'speech' }", "[phrase] 'fib': a cue of this section is two words or more"),
    ("[preposition]", "'in the view' = { class = 'judgement' }", "is words in lower case around {}"),
]


@pytest.mark.parametrize(("section", "row", "told"), WRONG)
def test_a_row_that_means_nothing_is_named_with_its_fault(section: str, row: str, told: str) -> None:
    with pytest.raises(SecondSourceError) as refused:
        read(shipped().replace(f"{section}\n", f"{section}\n{row}\n", 1))
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
