"""What changes between a report and its copies; every report is invented.

Each story of ``drift_stories.toml`` is an original and a copy that cites it, read by the real
extractor, with the kinds of drift that a careful reader finds; a faithful copy has none.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import factory
from secondsource.corroborate import corroborate
from secondsource.corroborate.drift import drift
from secondsource.corroborate.statements import statements
from secondsource.derivation import derive
from secondsource.extractor import Extractor
from secondsource.model import Claim, Document, Mention
from secondsource.provenance import Drift
from secondsource.resolve import resolve
from secondsource.text import sha256

STORIES = tomllib.loads(Path(__file__).with_name("drift_stories.toml").read_text("utf-8"))["story"]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def found(extractor: Extractor, *documents: Document) -> list[Drift]:
    claims: list[Claim] = []
    mentions: dict[str, list[Mention]] = {}
    for one in documents:
        extraction = extractor.extract(one.id, one.text, publisher=one.publisher, published=one.published)
        claims += extraction.claims
        mentions[one.id] = list(extraction.mentions)
    entities = resolve(mentions)
    questions = corroborate(documents, claims, entities)
    return drift(documents, claims, derive(documents, claims, entities), questions)


def reports(story: dict[str, Any]) -> tuple[Document, Document]:
    one = factory.document(story["original"], "Meldwire", "2031-05-01", path="original.txt")
    return one, factory.document(story["copy"], "Quell Courier", "2031-05-02", path="copy.txt")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_what_changed_from_an_original_to_its_copy(extractor: Extractor, story: dict[str, Any]) -> None:
    one, other = reports(story)
    changes = found(extractor, one, other)
    assert sorted({change.kind for change in changes}) == story["kinds"], [c.change for c in changes]
    assert {(change.origin.document, change.copy.document) for change in changes} <= {(one.id, other.id)}
    for account, text in ((a, d.text) for c in changes for a, d in ((c.origin, one), (c.copy, other))):
        assert account.excerpt.stands_in(text)
        assert all(0 <= start < end <= len(text) for start, end in account.marks)


def test_reports_of_one_outlet_outside_the_case_are_compared_both_ways(extractor: Extractor) -> None:
    head = "The agency Reuters reported on drones for the port of Salla.\n\n"
    soft = factory.document(
        head + "Orlesk told the ministry that it was able to produce the Kezra-2 at a plant in Quelland.",
        "Quell Courier",
        "2031-05-02",
        path="soft.txt",
    )
    hard = factory.document(
        "Ports make news, Reuters reported.\n\nA plant in Quelland was producing the Kezra-2, "
        "Orlesk told the ministry.",
        "Salla Post",
        "2031-05-01",
        path="hard.txt",
    )
    for order in ((soft, hard), (hard, soft)):
        assert [(one.kind, one.copy.document) for one in found(extractor, *order)] == [
            ("able to does", hard.id)
        ]


def test_copies_word_for_word_have_no_drift_and_cost_little(extractor: Extractor) -> None:
    one = reports(STORIES[0])[0]
    copies = [
        factory.document(one.text, f"Paper {n}", f"2031-05-{n + 2:02}", path=f"{n}.txt") for n in range(6)
    ]
    assert found(extractor, one, *copies) == []


@pytest.mark.parametrize(
    "text", ["", "\n\n", "No names here", "“", "1,000 2,000. 3.", "A, which, who: ; — “x”"]
)
def test_odd_texts_are_cut_without_fault(text: str) -> None:
    cut = statements(factory.document(text, "Meldwire"), ())
    assert all(one.excerpt.stands_in(text) for one in cut)


def test_drift_on_invented_reports_is_found_no_worse_than_it_was(
    root: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(root / "evals")
    import drift_invented

    pinned = json.loads((root / "evals" / "floors.json").read_text("utf-8"))["drift, invented"]
    gold = b"".join((drift_invented.GOLD / f"{part}.toml").read_bytes() for part in drift_invented.PARTS)
    assert sha256(gold) == pinned["gold_sha256"]
    counts = [drift_invented.figures(extractor, part) for part in drift_invented.PARTS]
    every = sum((kind for count in counts for kind in count.values()), Counter[str]())
    assert every["found"] >= pinned["found"] * every["marked"]
    assert every["wrong"] <= pinned["wrong"] * every["flagged"]
