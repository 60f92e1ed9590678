"""Propositions of one event across texts: the scorer, and the figures that grouping is held to."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from spacy.tokens import Doc

from secondsource.extractor.pipeline import load
from secondsource.text import sha256


@pytest.fixture(scope="module")
def evaluation(root: Path) -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("evals_okr", root / "evals" / "okr.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(root / "evals")  # its modules import one another by their bare names
        spec.loader.exec_module(module)
        yield module


def test_the_score_is_one_for_the_gold_and_less_for_what_is_merged_split_or_invented(
    evaluation: ModuleType,
) -> None:
    gold = [{"a", "b"}, {"c", "d"}, {"e"}]
    assert evaluation.conll(gold, gold) == pytest.approx(1.0)
    for wrong in ([{"a", "b", "c", "d"}, {"e"}], [{"a"}, {"b"}, {"c", "d"}, {"e"}], [*gold, {"f"}]):
        assert 0.3 < evaluation.conll(gold, wrong) < 1.0


def test_headlines_lose_capitals_that_other_texts_do_not_write_and_links_are_left_out(
    evaluation: ModuleType,
) -> None:
    casing = evaluation.Casing(["The minister met Ivanova in the port today", "a ship left Vostrava"])
    words, kept = evaluation.read("Minister Meets Ivanova in Vostrava - http : //t.co/abc", casing)
    assert words == ["minister", "meets", "Ivanova", "in", "Vostrava"]
    assert kept == [0, 1, 2, 3, 4]


def test_a_text_is_taken_apart_into_deeds_links_signs_and_pairs(evaluation: ModuleType) -> None:
    parse = load()
    text = "Fuel tanker explosion kills 22 in the Saudi capital : police"
    doc = parse(Doc(parse.vocab, words=text.split()))
    found = evaluation.candidates(doc)
    said = {(one.kind, " ".join(word.text for word in one.core or one.arguments)) for one in found}
    assert {("deed", "kills"), ("noun", "explosion"), ("pair", "Fuel tanker"), ("sign", ":")} <= said
    words = [word for one in found if one.core for word in (*one.core, *one.rest)]
    assert len(words) == len({word.i for word in words})

    annotated = [
        {"id": "kill", "explicit": True, "tok": [3, 5], "args": []},
        {"id": "fuel", "explicit": False, "tok": [-1], "args": [{"text": "tanker"}, {"text": "Fuel"}]},
        {"id": "none", "explicit": False, "tok": [-1], "args": [{"text": "tanker"}, {"text": "police"}]},
    ]
    evaluation.meet(found, annotated, range(len(doc)))
    assert {one.id: one.head.text for one in found if one.id} == {"kill": "kills", "fuel": "Fuel"}


def test_no_figure_falls_under_its_floor(root: Path, shared: Path, evaluation: ModuleType) -> None:
    floors = json.loads((root / "evals" / "floors.json").read_text("utf-8"))["okr"]
    texts = (shared / "corroboration" / "okr_propositions.jsonl").read_bytes()
    if sha256(texts) != floors.pop("propositions_sha256"):
        pytest.skip("the propositions are another edition than the floors were pinned for")
    found = evaluation.figures()
    assert {way: found[way]["test"] for way, floor in floors.items() if found[way]["test"] < floor} == {}
