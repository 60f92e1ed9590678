"""PDF: the text layer of each page by PDFium, lines joined to paragraphs, pages kept.

Costs: some 10 to 30 ms a page.  Loses: pictures (a scan has no text and is refused), pages
without text in a document that has some, running heads and feet after their first or
before their last appearance, page numbers, tables as tables, and a hyphen at a line end
that nothing shows to be part of the word.  Columns come in the order the file draws
them.  The date of making the file is not a date of publication and is not used.
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
from secondsource.model import Reading
from secondsource.readers.blocks import compose, one_line
from secondsource.readers.dates import iso
from secondsource.readers.lines import HYPHEN, Line, parts
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
    r"^Microsoft Word - |\.(?:docx?|indd|odt|pdf|pptx?|qxd|rtf|tex|xlsx?)$", re.IGNORECASE
)
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
                pages = [list(_lines(page)) for page in _pages(document)]
                info = _Info(document)
            except pypdfium2.PdfiumError as error:
                raise ReadError(f"{name} is not a readable PDF: {error}") from None
        text, blocks = compose(parts(pages))
        if not text:
            raise Empty(f"{name} holds no text on its {len(pages)} page(s): it may be scanned")
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
        )


class _Info:
    """The document information dictionary, without what a program filled in by itself."""

    def __init__(self, document: Any) -> None:
        keys = ("Title", "Author", "Publisher", "PublicationDate", "Published")
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


def _lines(page: Any) -> Iterator[Line]:
    """The lines of a page in the order it draws them, each with where it stands."""
    start = 0
    for line in _characters(page).splitlines(keepends=True):
        inked = [index for index, character in enumerate(line, start) if not character.isspace()]
        start += len(line)
        if inked:
            left, _, _, top = page.get_charbox(inked[0], loose=True)
            _, bottom, right, head = page.get_charbox(inked[-1], loose=True)
            yield Line(" ".join(line.split()), left, right, top, bottom, head - bottom)


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
