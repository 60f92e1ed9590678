"""The pipeline gives what the published model gives."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler

from secondsource.extractor.pipeline import OPENING_PAIRS, load, published

TEXTS = (
    "There is a man, she said, who can't go; there were others.",
    "They're gonna say he's got to. Let's see what y'all know, it ain't much.",
    "The ministry  denied\tit had sold them. It did not; nothing, she'd say, was sold.",
    "The ministry denied it had sold them. It did not; nothing, she'd say, was sold.",
    "",
)


@pytest.fixture(scope="module")
def ours() -> Language:
    return load()


@pytest.fixture(scope="module")
def model() -> Language:
    return published()


def _annotations(nlp: Language, text: str) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.ent_type_) for t in nlp(text)]


@pytest.mark.parametrize("text", TEXTS)
def test_annotations_are_the_published_models(ours: Language, model: Language, text: str) -> None:
    expected = _annotations(model, text)
    assert [_annotations(ours, text) for _ in range(3)] == [expected] * 3


WORDS = st.sampled_from(
    [
        "There",
        "is",
        "was",
        "it",
        "ain't",
        "gonna",
        "let's",
        "a",
        "minister",
        "said",
        "not",
        "'ve",
        "",
        "y'all",
    ]
)


@settings(deadline=None)  # a machine that does much else is slow
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_annotations_are_the_same_in_any_order_of_texts(ours: Language, model: Language, text: str) -> None:
    assert _annotations(ours, text) == _annotations(model, text)


def test_every_pattern_of_two_tokens_is_known_by_its_first(model: Language) -> None:
    rules: Any = cast(AttributeRuler, model.get_pipe("attribute_ruler")).patterns
    firsts = [pattern[0] for rule in rules for pattern in rule["patterns"] if len(pattern) > 1]
    words = {
        first["LOWER"] if isinstance(first["LOWER"], str) else "y'" for first in firsts if "LOWER" in first
    }
    assert firsts
    assert words <= set(OPENING_PAIRS)
    assert all(first.get("DEP") == "expl" for first in firsts if "LOWER" not in first)
