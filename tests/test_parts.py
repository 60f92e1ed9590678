"""Parts: what a proposition says beside its main point, and what it does not say."""

from __future__ import annotations

import pytest

from secondsource.contract import claim_from_json, claim_to_json
from secondsource.extractor import Extractor
from secondsource.model import Claim, Part

TANKER = "The tanker, which was registered in Palau and had belonged to Velmond, was taking oil to Egypt."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def read(extractor: Extractor, text: str) -> Claim:
    claims = extractor.extract("d", text).claims
    assert len(claims) == 1
    return claims[0]


def parts(extractor: Extractor, text: str) -> list[tuple[str, Part]]:
    return [(text[slice(*part.span)], part) for part in read(extractor, text).frame.parts]


def test_a_relative_clause_is_a_part_that_tells_of_its_noun(extractor: Extractor) -> None:
    found = parts(extractor, TANKER)
    words, part = found[0]
    assert words.startswith("The tanker, which was registered in Palau")
    assert (part.frame.predicate, part.frame.object) == ("register", "tanker")


def test_a_joined_clause_is_a_part_of_the_same_actor(extractor: Extractor) -> None:
    (words, part), *_ = parts(extractor, "Velmond developed a drone and sold nine engines to Egypt.")
    assert words == "sold nine engines to Egypt"
    assert (part.frame.predicate, part.frame.agent) == ("sell", "Velmond")


@pytest.mark.parametrize(
    "text",
    [
        "The factory sold nine engines.",
        "The minister was asked about claims that Velmond had sold nine engines to Egypt.",
        "Velmond will pay a fine if the broker sold nine engines to Egypt.",
    ],
)
def test_what_is_not_said_to_be_so_is_no_part(extractor: Extractor, text: str) -> None:
    claims = extractor.extract("d", text).claims
    assert all(part.frame.predicate != "sell" for claim in claims for part in claim.frame.parts)


def test_a_purpose_is_planned(extractor: Extractor) -> None:
    found = parts(extractor, "Velmond set up a secret project in Egypt to produce military drones.")
    assert [part.frame.modal for _, part in found if part.frame.predicate == "produce"] == ["planned"]


def test_a_claim_with_parts_survives_the_contract(extractor: Extractor) -> None:
    claim = read(extractor, TANKER)
    assert claim.frame.parts
    assert claim_from_json(claim_to_json(claim, "x.txt")) == claim


def test_the_cue_of_the_source_takes_nothing_back(extractor: Extractor) -> None:
    text = "“The army used gas after it had trapped more than 400 soldiers,” said the lawmaker Ilke Marun."
    assert [part.frame.predicate for _, part in parts(extractor, text)] == ["trap"]


@pytest.mark.parametrize(
    ("text", "words", "frame"),
    [
        (
            "Lena Brask said there was no proof that the crew had cut the cable.",
            "the crew had cut the cable",
            ("cut", "crew", "cable"),
        ),
        (
            "The firm said it had never heard of drones being sent to Quelland.",
            "drones being sent to Quelland",
            ("send", None, "drone"),
        ),
        (
            "She was not in a position to confirm who carried out the strike, Lena Brask said.",
            "who carried out the strike",
            ("carry out", None, "strike"),
        ),
    ],
)
def test_the_part_of_what_is_not_known_is_the_clause_that_says_it(
    extractor: Extractor, text: str, words: str, frame: tuple[str | None, ...]
) -> None:
    [(found, part)] = parts(extractor, text)
    assert found == words
    assert (part.frame.predicate, part.frame.agent, part.frame.object) == frame


def test_a_joined_clause_with_a_no_of_its_own_is_a_part_of_what_is_denied(extractor: Extractor) -> None:
    text = "The ministry said it had not approved any exports and was not aware that the shells had left."
    assert [words for words, _ in parts(extractor, text)] == ["was not aware that the shells had left"]
