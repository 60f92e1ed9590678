from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import ReadError
from secondsource.readers.encoding import decode, decode_declared

REPORT = "“We closed the port,” Zoë Müller said – at a cost of £5 m."
readable = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), min_size=1
)
MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
]


@given(readable)
def test_utf_8_needs_no_mark(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize(("mark", "encoding"), MARKS)
@given(text=readable)
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(mark: bytes, encoding: str, text: str) -> None:
    assert decode(mark + text.encode(encoding), "a.txt") == text


def test_plausible_windows_1252_is_read() -> None:
    assert decode(REPORT.encode("cp1252"), "a.txt") == REPORT


@pytest.mark.parametrize(
    "data",
    [
        "Порт закрыт, сообщило министерство.".encode("cp1251"),
        "Порт закрыт".encode("koi8-r"),
        "港口已关闭，该部表示。".encode("gb18030"),
        "港は閉鎖された".encode("shift-jis"),
        "Port closed".encode("utf-16-le"),
        REPORT.encode() + b"\xff rest",
        codecs.BOM_UTF16_LE + b"\x00\xd8a",
    ],
    ids=["cp1251", "koi8-r", "gb18030", "shift-jis", "utf-16 without mark", "broken utf-8", "broken utf-16"],
)
def test_another_encoding_is_refused_as_the_wrong_one(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.txt has the wrong encoding: "):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x01\x02\x03\x04\x05", b"\x1f\x8b\x08\x08\xe4\x12\x11"],
    ids=["nul", "control characters", "high bytes and control characters"],
)
def test_binary_is_not_text(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.txt is not text"):
        decode(data, "a.txt")


def test_a_declared_encoding_is_used_as_the_web_means_it() -> None:
    assert decode_declared("Порт".encode("cp1251"), "a.html", "windows-1251") == "Порт"
    assert decode_declared("“Port”".encode("cp1252"), "a.html", "iso-8859-1") == "“Port”"


def test_a_false_declaration_yields_to_what_the_bytes_are() -> None:
    assert decode_declared(REPORT.encode(), "a.html", "ascii") == REPORT
    assert decode_declared(REPORT.encode("cp1252"), "a.html", "utf-8") == REPORT


@pytest.mark.parametrize("label", [None, "", "no-such-encoding", "hex", "zip", "utf-7", "unicode_escape"])
def test_a_label_that_is_no_text_encoding_declares_nothing(label: str | None) -> None:
    assert decode_declared(b"caf\xc3\xa9 \\x41 +AEE-", "a.html", label) == "café \\x41 +AEE-"


def test_one_bad_byte_in_a_long_page_is_shown_and_many_are_refused() -> None:
    text = "Le préfet a fermé le port. " * 100
    assert decode_declared(text.encode() + b"\xff", "a.html", "utf-8") == text + "\ufffd"
    with pytest.raises(ReadError, match="wrong encoding"):
        decode_declared(text.encode() + b"\xff" * 100, "a.html", "utf-8")
