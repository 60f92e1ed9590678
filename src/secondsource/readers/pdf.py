"""PDF: the text layer of each page by PDFium, lines joined to paragraphs, pages kept.

Costs: some 10 to 30 ms a page, one to five seconds for a scanned one.  A page without text is
recognised by tesseract where that is installed; its blocks are marked, with the recogniser's
own confidence.  Where it is not, a note says which pages have no text, and a scan without any is
refused.  Loses: pictures, running heads and feet after their first or
before their last appearance, page numbers, tables as tables, and a hyphen at a line end
that nothing shows to be part of the word.  Columns come in the order the file draws them; two
that it draws across, line by line, one after the other.  The date of making the file is not a
date of publication: it is among ``dates`` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from threading import Lock
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from secondsource.errors import Empty, LimitError, ReadError
from secondsource.model import Dated, Reading
from secondsource.readers.blocks import compose, one_line
from secondsource.readers.columns import GAP, ordered
from secondsource.readers.dates import iso
from secondsource.readers.lines import HYPHEN, Line, parts
from secondsource.readers.ocr import TESSERACT, recognise
from secondsource.readers.reader import MIB

MAX_PAGES = 5000
# What programs write where nobody gave a title or an author.
_PLACEHOLDERS = {
    "untitled",
    "anonymous",
    "unspecified",
    "unknown",
    "title",
    "author",
    "none",
    "user",
    "admin",
}
_FILE_NAME = re.compile(
    r"^Microsoft Word - |\.(?:docx?|html?|indd|odt|pdf|pptx?|qxd|rtf|tex|xlsx?)$", re.IGNORECASE
)
_WORD = re.compile(r"\S+")
_MADE = ("CreationDate", "ModDate")
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
# PDFium holds state for the whole process and must not be entered twice.
_LOCK = Lock()


class Pdf:
    media_type = "application/pdf"
    suffixes: tuple[str, ...] = (".pdf",)
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        return b"%PDF-" in data[:1024]

    def read(self, data: bytes, name: str) -> Reading:
        with _LOCK, closing(_open(data, name)) as document:
            try:
                pages = [_lines(page) for page in _pages(document)]
                bare = [number for number, page in enumerate(pages) if not page]
                notes = recognise(document, pages, bare) if bare else ()
                info = _Info(document)
            except pypdfium2.PdfiumError as error:
                raise ReadError(f"{name} is not a readable PDF: {error}") from None
        text, blocks = compose(parts(pages))
        if not text:
            why = (
                f"{name} holds no text on its {len(pages)} page(s): {'; '.join(notes) or 'it may be scanned'}"
            )
            raise ReadError(why) if TESSERACT is None and notes else Empty(why)
        title = next((text[block.start : block.end] for block in blocks if block.kind == "title"), None)
        published, how = info.published()
        return Reading(
            text,
            blocks,
            title=info.value("Title") or (one_line(title) or None),
            publisher=info.value("Publisher"),
            authors=tuple(filter(None, [info.value("Author")])),
            published=published,
            published_how=how,
            language=info.value("Lang"),
            dates=info.dates(),
            notes=notes,
        )


class _Info:
    """The document information dictionary, without what a program filled in by itself."""

    def __init__(self, document: Any) -> None:
        keys = ("Title", "Author", "Publisher", "PublicationDate", "Published", "Lang", *_MADE)
        self._values = {key: one_line(document.get_metadata_value(key)) for key in keys}

    def value(self, key: str) -> str | None:
        value = self._values[key]
        made_up = value.strip("()").lower() in _PLACEHOLDERS or _FILE_NAME.search(value)
        return None if made_up else value or None

    def published(self) -> tuple[str | None, str | None]:
        for key in ("PublicationDate", "Published"):
            if date := iso(self._values[key]):
                return date, f"PDF {key}"
        return None, None

    def dates(self) -> tuple[Dated, ...]:
        """When the file was made and changed, by the clock of whoever did."""
        stated = ((key, _PDF_DATE.match(self._values[key])) for key in _MADE)
        found = ((key, iso("-".join(date.groups()))) for key, date in stated if date)
        return tuple(Dated(day, f"PDF {key}") for key, day in found if day)


def _open(data: bytes, name: str) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise ReadError(f"{name} is password-protected") from None
        raise ReadError(f"{name} is not a readable PDF: {error}") from None
    if len(document) > MAX_PAGES:
        pages = len(document)
        document.close()
        raise LimitError(f"{name} has {pages} pages; a PDF is read up to {MAX_PAGES}")
    return document


def _pages(document: Any) -> Iterator[Any]:
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            yield text


def _lines(page: Any) -> list[Line]:
    """The lines of a page in the order they are read, each with where it stands."""
    start = 0
    rows: list[list[Line]] = []
    for line in _characters(page).splitlines(keepends=True):
        words = [(start + found.start(), start + found.end()) for found in _WORD.finditer(line)]
        if words:
            rows.append(list(_pieces(page, words, line, start)))
        start += len(line)
    return ordered(rows)


def _pieces(page: Any, words: list[tuple[int, int]], line: str, start: int) -> Iterator[Line]:
    """A drawn line, cut where a gap is wider than those between words."""
    boxes = [
        (page.get_charbox(first, loose=True), page.get_charbox(last - 1, loose=True)) for first, last in words
    ]
    begin = 0
    for index in range(1, len(words) + 1):
        whole = index == len(words)
        if whole or boxes[index][0][0] - boxes[index - 1][1][2] > GAP * _height(boxes[index]):
            (left, _, _, top), (_, bottom, right, head) = boxes[begin][0], boxes[index - 1][1]
            text = line[words[begin][0] - start : words[index - 1][1] - start]
            yield Line(" ".join(text.split()), left, right, top, bottom, head - bottom)
            begin = index


def _height(boxes: tuple[tuple[float, ...], tuple[float, ...]]) -> float:
    return max(1.0, boxes[1][3] - boxes[1][1])


def _characters(page: Any) -> str:
    """The text of a page, where an index is an index into its boxes; `HYPHEN` for a broken word's."""
    text: str = page.get_text_range()
    count = page.count_chars()
    if len(text) == count:
        return text.replace("\ufffe", HYPHEN)
    # PDFium leaves out of its text what it cannot write, and then the two no longer run together.
    return "".join(_character(page, index) for index in range(count))


def _character(page: Any, index: int) -> str:
    return HYPHEN if raw.FPDFText_IsHyphen(page, index) == 1 else chr(raw.FPDFText_GetUnicode(page, index))
