"""The text is shown exactly, and every claim's words are marked as that claim's."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

import factory
from secondsource.model import Block, BlockKind, Claim, Excerpt, Span
from secondsource.text import content_id
from secondsource.web.highlight import passages, segments

TEXTS = st.text(alphabet="ab é\U0001f6e9ק\n", min_size=1, max_size=60)
KINDS: tuple[BlockKind, ...] = ("title", "paragraph", "quote", "table")


def claim_at(text: str, *spans: tuple[int, int]) -> Claim:
    made = factory.claim(factory.document(text), text[0])
    return replace(made, id=content_id("c", spans), content=Excerpt.of(text, spans))


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[int, int]:
    start = draw(st.integers(0, length - 1))
    return start, draw(st.integers(start + 1, length))


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Claim]]:
    text = draw(TEXTS)
    content = st.lists(spans(len(text)), min_size=1, max_size=3)
    return text, [claim_at(text, *each) for each in draw(st.lists(content, max_size=8, unique_by=tuple))]


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[str, list[Block], list[Claim]]:
    text, claims = draw(marked())
    places = draw(st.lists(spans(len(text)), max_size=5))
    pages = st.one_of(st.none(), st.integers(1, 3))
    return text, [Block(draw(st.sampled_from(KINDS)), *place, draw(pages)) for place in places], claims


@given(marked())
def test_the_segments_joined_are_the_text(case: tuple[str, list[Claim]]) -> None:
    text, claims = case
    assert "".join(segment.text for segment in segments(text, claims)) == text


@given(marked())
def test_a_character_is_marked_for_exactly_the_claims_that_hold_it(case: tuple[str, list[Claim]]) -> None:
    text, claims = case
    cut = segments(text, claims)
    marks = [{claim.id for claim in segment.claims} for segment in cut for _ in segment.text]
    for place in range(len(text)):
        holding = {
            claim.id for claim in claims if any(start <= place < end for start, end in claim.content.spans)
        }
        assert marks[place] == holding


@given(marked())
def test_every_claim_opens_once_and_closes_once(case: tuple[str, list[Claim]]) -> None:
    text, claims = case
    cut = segments(text, claims)
    for claim in claims:
        opened = [segment.start for segment in cut if claim in segment.opens]
        closed = [segment.end for segment in cut if claim in segment.closes]
        assert opened == [claim.content.spans[0].start]
        assert closed == [max(end for _, end in claim.content.spans)]


@given(laid_out())
def test_blocks_in_any_order_and_overlapping_still_give_the_text(
    case: tuple[str, list[Block], list[Claim]],
) -> None:
    text, blocks, claims = case
    shown = passages(text, blocks, claims)
    whole = [segment for passage in shown for segment in passage.segments]
    assert "".join(segment.text for segment in whole) == text
    for claim in claims:
        held = "".join(segment.text for segment in whole if claim in segment.claims)
        assert len(held) == len({place for span in claim.content.spans for place in range(*span)})


def test_a_longer_claim_stands_outside_a_shorter_one() -> None:
    text = "The ministry said the plant is shut."
    outer, inner = claim_at(text, (0, 35)), claim_at(text, (18, 35))
    assert segments(text, [inner, outer])[1].claims == (outer, inner)


def test_a_claim_over_two_blocks_opens_in_the_first_and_closes_in_the_second() -> None:
    text = "One part.\nOther part."
    across = claim_at(text, (0, 20))
    first, gap, second = passages(text, [Block("paragraph", 0, 9), Block("quote", 10, 21)], [across])
    assert (first.kind, gap.kind, second.kind) == ("paragraph", "gap", "quote")
    assert first.segments[0].opens == (across,)
    assert not first.segments[0].closes
    assert second.segments[0].closes == (across,)


def test_the_first_block_of_each_page_turns_it() -> None:
    text = "aaabbbccc"
    blocks = [Block("paragraph", 0, 3, 1), Block("paragraph", 3, 6, 1), Block("paragraph", 6, 9, 2)]
    assert [passage.turns for passage in passages(text, blocks, [])] == [True, False, True]


def test_words_between_blocks_are_shown_as_a_paragraph() -> None:
    assert [passage.kind for passage in passages("left over", [Block("title", 0, 4)], [])] == [
        "title",
        "paragraph",
    ]


def test_no_text_gives_nothing() -> None:
    assert segments("", []) == ()
    assert passages("", [], []) == ()


def test_four_hundred_overlapping_claims_keep_the_text() -> None:
    text = "word " * 200
    claims = [claim_at(text, (place, 1000 - place)) for place in range(400)]
    shown = passages(text, [], claims)
    assert "".join(segment.text for segment in shown[0].segments) == text
    assert len(shown[0].segments[399].claims) == 400


def test_a_window_shows_only_its_part() -> None:
    text = "One. Two. Three."
    cut = segments(text, [claim_at(text, (0, 16))], Span(5, 9))
    assert [segment.text for segment in cut] == ["Two."]
    assert not cut[0].opens
