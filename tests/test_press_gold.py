"""The invented groups of reports: what their annotation says is in their texts."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

PRESS = Path(__file__).parent.parent / "evals" / "gold" / "press"
FILES = sorted(chain(PRESS.glob("tune2/*.toml"), PRESS.glob("held2/*.toml")))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    return tomllib.loads(request.param.read_text("utf-8"))


def entries(fact: dict[str, Any], *kinds: str) -> list[dict[str, str]]:
    return [entry for kind in kinds for entry in fact.get(kind, ())]


def test_every_place_is_in_its_document_once(gold: dict[str, Any]) -> None:
    texts = {document["id"]: document["text"] for document in gold["docs"]}
    marked = [
        entry
        for fact in gold["facts"]
        for entry in entries(fact, "places", "denies", "unaware", "contradicts")
    ]
    assert [entry for entry in marked if texts[entry["doc"]].count(entry["at"]) != 1] == []


def test_places_are_those_of_the_documents_that_report_the_fact(gold: dict[str, Any]) -> None:
    for fact in gold["facts"]:
        placed = {entry["doc"] for entry in entries(fact, "places")}
        reporting = {*fact["supports"], *fact.get("partial", ())}
        assert set(fact["supports"]) <= placed <= reporting, fact["id"]
        assert not set(fact["supports"]) & set(fact.get("partial", ())), fact["id"]
        assert set(fact.get("hardened", ())) <= reporting, fact["id"]


def test_origins_hold_the_supporting_documents(gold: dict[str, Any]) -> None:
    for fact in gold["facts"]:
        if "origins" in fact:
            held = {document for origin in fact["origins"] for document in origin["docs"]}
            assert held == set(fact["supports"]), fact["id"]
            assert fact["origin"] in {origin["name"] for origin in fact["origins"]}, fact["id"]


def test_documents_and_facts_have_names_of_their_own(gold: dict[str, Any]) -> None:
    documents = [document["id"] for document in gold["docs"]]
    facts = [fact["id"] for fact in gold["facts"]]
    assert len(set(documents)) == len(documents) >= 6
    assert len(set(facts)) == len(facts)
    assert all(fact.startswith(f"{gold['group']}-F") for fact in facts)


def test_the_files_say_that_they_are_fictional() -> None:
    assert FILES
    assert [path.name for path in FILES if not path.read_text("utf-8").startswith("# Fictional")] == []
