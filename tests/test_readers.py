"""All readers: which one takes a file, and what every one of them keeps to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.errors import Empty, LimitError, ReadError, SecondSourceError
from secondsource.model import Reading
from secondsource.readers import READERS, media_type, read
from secondsource.readers.blocks import in_order

DOCUMENTS = Path(__file__).parent.parent / "examples" / "drovia" / "documents"
FILES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix != ".json")
NAMES = ("a.txt", "a.html", "a.pdf", "a.docx", "a.eml", "a.mhtml", "a")
MAIL = b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\n\r\nThe port is closed.\r\n"


def holds(reading: Reading) -> bool:
    """What every reading keeps to, whatever the bytes."""
    reading.text.encode()
    return bool(reading.text.strip()) and bool(reading.blocks) and in_order(reading.text, reading.blocks)


def holds_or_says_why_not(data: bytes, name: str) -> bool:
    try:
        return holds(read(data, name))
    except SecondSourceError as refused:
        return str(refused).startswith(f"{name} ")


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_blocks_of_a_document_cover_its_words_and_begin_with_its_title(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)
    assert holds(reading)
    blocks = [reading.text[block.start : block.end] for block in reading.blocks]
    assert words(" ".join(blocks)) == words(reading.text)
    assert reading.blocks[0].kind == "title"
    assert reading.title == blocks[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_document_reads_the_same_twice(path: Path) -> None:
    data = path.read_bytes()
    assert read(data, path.name) == read(data, path.name)


def test_every_reported_fact_of_the_sample_survives_its_format(root: Path) -> None:
    """The paragraphs that a document was built from stand in what is read back, word for word."""
    for source in sorted((root / "examples" / "sources" / "drovia").glob("*.txt")):
        path = next(path for path in FILES if path.stem == source.stem)
        text = " ".join(words(read(path.read_bytes(), path.name).text))
        body = source.read_text("utf-8").split("\n\n", 1)[1].strip().split("\n\n")
        kept = [words(paragraph) for paragraph in body if not paragraph.startswith(("~ ", "---"))]
        missing = [paragraph for paragraph in kept if " ".join(paragraph).removeprefix("# ") not in text]
        assert not missing, path.name


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"words", "a.txt", "text/plain"),
        (b"words", "a", "text/plain"),
        (b"<!DOCTYPE html><p>words", "a", "text/html"),
        (b"\xef\xbb\xbf <!-- saved --> <html><p>words", "a.txt", "text/html"),
        (b"<p>words", "A.HTML", "text/html"),
        (b"%PDF-1.4 ...", "a.txt", "application/pdf"),
        (b"no pdf", "a.pdf", "application/pdf"),
        (MAIL, "a.txt", "message/rfc822"),
        (b"From: the editor\nDate: today\n\nDear reader", "a.txt", "text/plain"),
        (b"no zip", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x05\x06" + bytes(18), "a.docx", "application/zip"),
        (b"{\\rtf1 words}", "a.txt", "application/rtf"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "image/*"),
    ],
)
def test_the_content_decides_before_the_name(data: bytes, name: str, expected: str) -> None:
    assert media_type(data, name) == expected


@pytest.mark.parametrize("name", NAMES)
def test_no_bytes_are_empty_in_every_format(name: str) -> None:
    with pytest.raises(Empty, match=f"^{name} is empty$"):
        read(b"", name)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: type(reader).__name__)
def test_a_file_over_its_limit_is_refused_with_the_limit(
    reader: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "limit", 1024 * 1024)
    name = f"a{reader.suffixes[0]}"  # type: ignore[attr-defined]
    with pytest.raises(LimitError, match=r"has 2\.0 MiB; \S+ is read up to 1 MiB"):
        read(b"word " * (2 * 1024 * 1024 // 5), name)


def test_fifty_megabytes_of_text_are_read() -> None:
    paragraph = "The port is closed, the ministry said. " * 12 + "It opens on Monday.\n\n"
    reading = read(paragraph.encode() * 102_400, "long.txt")
    assert len(reading.text) == len(paragraph) * 102_400 > 50_000_000
    assert len(reading.blocks) == 102_400


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a.pdf", "not a readable PDF"), ("a.docx", "not a Word document"), ("a.eml", "not a mail message")],
)
def test_a_file_that_is_not_what_its_name_says_is_named_with_the_reason(name: str, reason: str) -> None:
    with pytest.raises(ReadError, match=f"^{name} is {reason}: ") as failed:
        read(b"just words\n", name)
    assert "\n" not in str(failed.value)


@settings(deadline=None)
@given(st.binary(max_size=600), st.sampled_from(NAMES))
def test_any_bytes_read_or_say_why_not(data: bytes, name: str) -> None:
    assert holds_or_says_why_not(data, name)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(FILES), st.data())
def test_a_damaged_document_reads_or_says_why_not(path: Path, draw: st.DataObject) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(draw.draw(st.integers(1, 8))):
        start = draw.draw(st.integers(0, len(data) - 1))
        data[start : start + draw.draw(st.integers(0, 40))] = draw.draw(st.binary(max_size=40))
    assert holds_or_says_why_not(bytes(data), path.name)


def test_real_reports_are_kept_unchanged(shared: Path) -> None:
    paths = sorted((shared / "corpus" / "docs").glob("*.txt"))
    assert paths
    for path in paths:
        data = path.read_bytes()
        reading = read(data, path.name)
        assert reading.text.encode() == data
        assert holds(reading)
        assert reading.published is None
