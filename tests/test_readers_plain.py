from __future__ import annotations

import pytest

from secondsource.errors import Empty, ReadError
from secondsource.readers import read

STORY = (
    "Port closed\r\n\r\nVELMOND, 3 March 2026 – The port is closed, the ministry said.\r\n"
    "\tIt gave no reason. \r\n"
)


def test_the_text_is_the_decoded_file_unchanged() -> None:
    assert read(STORY.encode(), "a.txt").text == STORY
    assert read(STORY.encode("utf-8-sig"), "a.txt").text == STORY
    assert read(STORY.encode("utf-16"), "a.txt").text == STORY
    assert read(STORY.encode("cp1252"), "a.txt").text == STORY


def test_a_text_states_a_title_and_nothing_else() -> None:
    reading = read(STORY.encode(), "a.txt")
    assert reading.title == "Port closed"
    assert (reading.publisher, reading.authors, reading.url) == (None, (), None)
    assert (reading.published, reading.published_how) == (None, None)


def test_a_markdown_heading_is_a_title_without_its_mark() -> None:
    assert read(b"# Port closed\n\nThe port is closed.\n", "a.md").title == "Port closed"


@pytest.mark.parametrize("data", [b" \r\n\t", b"\xef\xbb\xbf", "\xa0\n".encode()])
def test_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(Empty, match=r"^a\.txt holds only white space$"):
        read(data, "a.txt")


@pytest.mark.parametrize("head", [b"\x7fELF\x02\x01\x01\x00", b"GIF89a\x01\x00\x01\x00", bytes(range(256))])
def test_a_binary_called_txt_is_not_text(head: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.txt is not text"):
        read(head, "a.txt")
