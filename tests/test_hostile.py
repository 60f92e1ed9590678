"""Bad input for extraction is read, and what follows a claim never changes it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.extractor import Extractor
from secondsource.extractor.paragraphs import LONGEST, LONGEST_SENTENCE, stretches
from secondsource.model import Block, Claim

PROSE = "The ministry said that the ship was sold to a broker in the town."
SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


HOSTILE = {
    "no sentence end": "the ministry said that the yard sold parts to the depot and the company denied it "
    * 1200,
    "one word": "a" * 100_000,
    "every other character a mark": 'a"' * 20_000,
    "marks and words": '"we said it was sold ' * 1000,
    "nested": "“a " * 10_000 + "we said that it was sold " + "”" * 10_000,
    "nested in one": "“" * 10_000 + "we said that it was sold" + "”" * 10_000,
    "commas": "the, " * 5000,
    "cues": "he said and " * 2000,
    "colons": "he said: " * 2000,
    "right to left": "\u202eThe ministry said that the ship was sold.\u202c قالت الوزارة إن السفينة بيعت. "
    * 20,
    "zero width": "The min\u200bistry sa\u200did th\ufeffat the ship was so\u00adld. " * 20,
    "combining": "The mi\u0301ni\u0308stry said that the shi\u0330p was so\u0301ld. " * 20,
    "surrogates and controls": "The ministry said\u0000 that the ship\u0007 was sold \U0001f6a2. " * 20,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_read_and_quoted_exactly(extractor: Extractor, text: str) -> None:
    found = extractor.extract("0" * 64, f"{PROSE}\n{text}")
    assert found.unread is None
    assert "the ship was sold to a broker in the town" in [one.content.text for one in found.claims]
    for claim in found.claims:
        assert all(excerpt.stands_in(f"{PROSE}\n{text}") for excerpt in claim.excerpts())


@given(st.text(alphabet="ab .?“\n", max_size=4000).map(lambda text: text * 5))
def test_long_paragraphs_are_read_in_parts_that_lose_nothing(text: str) -> None:
    block = Block("paragraph", 0, len(text))
    parts = list(stretches(text, [block]))
    assert "".join(text[one.start : one.end] for one in parts) == text
    assert all(one.end - one.start <= LONGEST for one in parts)


def test_what_never_ends_is_cut_between_words() -> None:
    text = "word " * 1000
    parts = list(stretches(text, [Block("paragraph", 0, len(text))]))
    assert all(one.end - one.start <= LONGEST_SENTENCE for one in parts)
    assert all(text[one.start : one.end].startswith("word") for one in parts)


@SLOW
@given(st.text(max_size=300))
def test_any_text_beside_prose_is_read_without_error(extractor: Extractor, text: str) -> None:
    whole = f"{PROSE} {text}\n{text}\n{PROSE}"
    found = extractor.extract("0" * 64, whole)
    assert found.unread is None
    excerpts = [excerpt for claim in found.claims for excerpt in claim.excerpts()]
    assert all(excerpt.stands_in(whole) for excerpt in [*excerpts, *(one.excerpt for one in found.mentions)])


SENTENCES = [
    PROSE,
    "Ann Lee, the director of Orlesk Aviation, said that the ship had left.",
    "The company denied it.",
    "“We left at noon,” she said. “The port is closed.”",
    "“We will return.",
    "He told Meldwire that Orlesk had sold the parts.",
    "According to the agency, the director knew of the sale.",
    "The mayor issued a statement that read:",
    "The port is closed. The bridge will open on Monday.",
    "The spokesperson for the ministry said that it was not aware of the ship.",
    "It is in the eyes of the Drovian army, said Lee, a danger.",
    "Documents reviewed by the Tarvesk Gazette show that Kupol sold the parts.",
    "Das Schiff wurde an einen Händler verkauft, und das ist nicht gut.",
    "Sea Cables Severed, Sabotage Suspected",
]


def said(claim: Claim) -> Claim:
    """A claim but for what all the document settles: its names, their kinds and whom a pronoun means."""
    frame = claim.frame and replace(claim.frame, agent=None, object=None, words=())
    return replace(claim, mentions=(), frame=frame, source_kind="person", source_name=None, rule="")


@SLOW
@given(
    st.lists(st.sampled_from(SENTENCES), max_size=5),
    st.one_of(st.sampled_from(SENTENCES), st.text(max_size=80)),
)
def test_a_paragraph_that_follows_changes_no_claim_before_it(
    extractor: Extractor, before: list[str], after: str
) -> None:
    text = "\n".join([PROSE, *before]) + "\n"
    alone = [said(one) for one in extractor.extract("0" * 64, text).claims]
    followed = extractor.extract("0" * 64, text + after).claims
    assert [said(one) for one in followed if one.content.spans[-1].end <= len(text)] == alone
