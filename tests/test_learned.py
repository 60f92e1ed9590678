"""The learned model beside the rules: what it may choose from, how it chooses, what its weights find."""

from __future__ import annotations

import gzip
import importlib.util
import json
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.extractor import Extractor
from secondsource.extractor.learned import Model, Stretch, read, shipped
from secondsource.extractor.learned.candidates import cues, spans
from secondsource.extractor.learned.flow import Flow, flow
from secondsource.extractor.learned.model import best
from secondsource.extractor.learned.scheme import counted
from secondsource.text import sha256

LARGEST = 8 * 2**20

REPORT = """Harbour office denies losing the ferry's papers

The ferry left Skerrin without its log, the harbour office said on Monday.

"I think the log was taken ashore before we sailed," mate Ines Carrow told the Skerrin Post. "Nobody looked."

Carrow said:

"We asked for the log twice.

"No answer came before the evening."

The ferry at the northern quay. Image: Oda Venn.
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def run(extractor: Extractor) -> Flow:
    explained = extractor.explain("0" * 64, REPORT)
    return flow(REPORT, explained.paragraphs, explained.found)


@pytest.fixture(scope="module")
def found(extractor: Extractor) -> list[Stretch]:
    return read(REPORT, extractor.explain("0" * 64, REPORT), shipped())


def _candidates(run: Flow, word: str) -> set[str]:
    places = [i for i in cues(run) if run.tokens[i].text == word]
    return {REPORT[run.start[span.first] : run.end[span.last]] for i in places for span in spans(run, i)}


def test_every_token_of_the_run_slices_to_its_words(run: Flow) -> None:
    assert len(run) > 80
    for i, token in enumerate(run.tokens):
        assert REPORT[run.start[i] : run.end[i]] == token.text.replace("`", '"')


def test_the_clause_before_its_cue_is_a_candidate(run: Flow) -> None:
    assert "The ferry left Skerrin without its log" in _candidates(run, "said")


def test_what_is_thought_inside_a_quotation_is_a_candidate(run: Flow) -> None:
    assert "the log was taken ashore before we sailed" in _candidates(run, "think")


def test_a_quotation_over_two_paragraphs_is_a_candidate(run: Flow) -> None:
    whole = 'We asked for the log twice.\n\n"No answer came before the evening.'
    assert whole in {one.strip('"') for one in _candidates(run, "said")}


def test_no_candidate_holds_its_cue(run: Flow) -> None:
    for cue in cues(run):
        assert all(span.last < cue or span.first > cue for span in spans(run, cue))


def test_what_the_weights_find_is_verbatim_and_nested(found: list[Stretch]) -> None:
    contents = {REPORT[one.content.start : one.content.end].strip(' ",.') for one in found}
    assert "I think the log was taken ashore before we sailed" in contents
    assert "the log was taken ashore before we sailed" in contents


def test_a_source_comes_with_what_hangs_on_it(found: list[Stretch]) -> None:
    sources = {REPORT[one.source.start : one.source.end] for one in found if one.source}
    assert {"mate Ines Carrow", "Carrow", "I"} <= sources


def test_an_image_credit_gives_the_caption(found: list[Stretch]) -> None:
    [credit] = [one for one in found if REPORT[one.cue.start : one.cue.end] == "Image: Oda Venn"]
    assert REPORT[credit.content.start : credit.content.end] == "The ferry at the northern quay."


def test_contents_are_distinct_and_sure_enough(found: list[Stretch]) -> None:
    assert len({one.content for one in found}) == len(found)
    assert all(0.3 < one.chance <= 1 for one in found)


def test_nothing_is_found_in_nothing(extractor: Extractor) -> None:
    assert read("", extractor.explain("0" * 64, ""), shipped()) == []


def test_probabilities_add_up_and_follow_the_weights() -> None:
    probable = Model({"good": 2.0, "N|plain": 1.0}).probabilities(["plain"], [["good"], ["bad"]])
    assert probable.sum() == pytest.approx(1)
    assert probable[1] > probable[0] > probable[2]


def test_the_choice_is_what_is_nearly_right_most_often() -> None:
    """Two stretches that are almost the same outweigh one that alone is more probable."""
    chosen, chance = best(np.array([0.4, 0.3, 0.25]), [0, 10, 10], [5, 20, 21])
    assert chosen == 1
    assert chance == pytest.approx(0.55)


@given(st.text(alphabet="ab \n.,é”“’", max_size=60))
def test_words_are_counted_as_the_scorer_counts_them(text: str) -> None:
    words = counted(text)
    assert len(words) == len(text) + 1
    assert words[-1] == len("".join(c if c.isalnum() else " " for c in text).split())


def test_the_card_tells_of_these_weights() -> None:
    folder = resources.files("secondsource.extractor.learned")
    packed = folder.joinpath("weights.json.gz").read_bytes()
    card = json.loads(folder.joinpath("weights.card.json").read_text("utf-8"))
    assert card["weights_sha256"] == sha256(packed)
    assert card["features"] == len(json.loads(gzip.decompress(packed)))
    assert len(packed) == card["bytes"] <= LARGEST
    assert "CC BY" in card["licence"]


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("attribution_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scored(extractor: Extractor, text: str) -> list[dict[str, Any]]:
    stretches = read(text, extractor.explain("0" * 64, text), shipped())
    return [
        {
            "content": [[one.content.start, one.content.end]],
            "source": [[one.source.start, one.source.end]] if one.source else None,
            "cue": [[one.cue.start, one.cue.end]],
        }
        for one in stretches
    ]


def test_no_figure_falls_under_its_floor(root: Path, shared: Path, extractor: Extractor) -> None:
    """On texts the weights were not made from; `evals/attributions.py` holds the other floors."""
    floors = json.loads((root / "evals" / "floors.json").read_text("utf-8"))["attribution"]
    path = shared / "attribution" / "gum_dev.jsonl"
    if sha256(path.read_bytes()) != floors["dev_sha256"]:
        pytest.skip("gum_dev.jsonl is another edition than the floors were pinned for")
    texts = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = {text["doc_id"]: _scored(extractor, text["text"]) for text in texts}
    scores = _scorer(shared / "attribution" / "score.py").score(texts, found)
    assert scores["content>=0.8"][2] / 100 >= floors["dev_content_f1"]
    assert scores["content+source>=0.8"][2] / 100 >= floors["dev_content_and_source_f1"]
