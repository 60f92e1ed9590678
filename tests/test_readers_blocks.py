from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Block
from secondsource.readers.blocks import Part, clean, compose, in_order, is_title, paragraphs

texts = st.text(alphabet=st.sampled_from("aB. \n\r\t\u2028”-"), max_size=80) | st.text(max_size=80)


def pieces(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in paragraphs(text)]


@given(texts)
def test_paragraphs_are_in_order_and_hold_every_word(text: str) -> None:
    blocks = paragraphs(text)
    assert in_order(text, blocks)
    between = "".join(
        text[end:start]
        for end, start in zip(
            [0, *(block.end for block in blocks)],
            [*(block.start for block in blocks), len(text)],
            strict=True,
        )
    )
    assert not between.strip()


@given(st.lists(st.tuples(texts, st.booleans())))
def test_composed_blocks_slice_their_own_words(rows: list[tuple[str, bool]]) -> None:
    text, blocks = compose(Part("paragraph", words, 1, continues) for words, continues in rows)
    assert in_order(text, blocks)
    kept = [clean(words).strip() for words, _ in rows]
    assert [text[block.start : block.end] for block in blocks] == [words for words in kept if words]


def test_a_first_line_that_is_no_sentence_is_the_title() -> None:
    assert pieces("Port closed\n\nThe port is closed.\n") == [
        ("title", "Port closed"),
        ("paragraph", "The port is closed."),
    ]


def test_one_paragraph_a_line_needs_no_blank_lines() -> None:
    text = "Port closed\r\nThe port is closed.\r\nIt opens on Monday, he said.\r\n"
    assert pieces(text) == [
        ("title", "Port closed"),
        ("paragraph", "The port is closed."),
        ("paragraph", "It opens on Monday, he said."),
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = "The head of the port of Kesh said on\nTuesday that seven crates had left the\ntown in January."
    assert pieces(f"{text}\n\nHe left.") == [("paragraph", text), ("paragraph", "He left.")]


def test_long_lines_are_paragraphs_whatever_they_end_with() -> None:
    line = "The minister said that the port " * 5
    assert [kind for kind, _ in pieces(f"Closed.\n\n{line}\n{line}\n")] == ["paragraph"] * 3


def test_a_lone_line_is_the_title_of_nothing() -> None:
    assert pieces("Port closed") == [("paragraph", "Port closed")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Port closed", True),
        ("Who closed the port?", True),
        ("U.S. Navy closes the port", True),
        ("The port is closed.", False),
        ("“The port is closed.”", False),
        ("The foreign minister said:", False),
        ("Asked: Is the port closed. Does it open on Monday?", False),
        ("x" * 201, False),
        ("* * *", False),
    ],
)
def test_what_a_title_looks_like(line: str, expected: bool) -> None:
    assert is_title(line) is expected


def test_blocks_out_of_order_or_outside_the_text_are_told() -> None:
    assert not in_order("abc", [Block("paragraph", 0, 2), Block("paragraph", 1, 3)])
    assert not in_order("abc", [Block("paragraph", 2, 4)])
    assert not in_order("abc", [Block("paragraph", 1, 1)])


def test_what_cannot_be_seen_or_encoded_does_not_enter_a_composed_text() -> None:
    assert clean("a\x00b\u00adc\u200bd\r\ne\rf\ud800") == "abcd\ne\nf\ufffd"
