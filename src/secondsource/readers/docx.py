"""DOCX: paragraphs and tables of the body in document order, by python-docx.

Costs: some 50 ms a file.  Loses: page numbers (the format has none), footnotes, comments,
text boxes, page heads and feet, pictures, and text whose deletion is tracked; a tracked
insertion stays.  The dates of making and saving the file are not dates of publication (they are
among ``dates`` only), and the company is the one the word processor is registered to: none of them is used.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph
from lxml import etree  # type: ignore[import-untyped]

from secondsource.errors import Empty, ReadError
from secondsource.model import BlockKind, Dated, Reading
from secondsource.readers import zipped
from secondsource.readers.blocks import Part, compose, is_title, one_line
from secondsource.readers.dates import iso
from secondsource.readers.reader import MIB

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old .doc, or a .docx behind a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MADE_UP = {"python-docx", "word document"}  # the libraries' own, where nobody wrote anything

_STYLES: dict[str, BlockKind] = {
    "title": "title",
    "quote": "quote",
    "intense quote": "quote",
    "caption": "caption",
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Words as they stand: what was moved away is elsewhere, and a text box has no place in the order.
_RUNS = (
    "(.//w:t|.//w:r/w:tab|.//w:br|.//w:cr|.//w:noBreakHyphen)"
    "[not(ancestor::w:moveFrom|ancestor::w:txbxContent)]"
)
_ROWS = "./w:tr|./w:sdt/w:sdtContent/w:tr"
_CELLS = "./w:tc|./w:sdt/w:sdtContent/w:tc"


class Docx:
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    suffixes: tuple[str, ...] = (".docx", ".doc")
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        return data.startswith(_OLE) or "word/document.xml" in zipped.names(data)

    def read(self, data: bytes, name: str) -> Reading:
        _check(data, name)
        try:
            document = docx.Document(io.BytesIO(data))
            parts = list(_parts(document.element.body, document))
            head = _head(document)
        except Exception as error:  # python-docx states no errors of its own for a damaged file
            raise ReadError(
                f"{name} is not a readable Word document: {error or type(error).__name__}"
            ) from error
        text, blocks = compose(_titled(parts, head.title))
        if not text:
            raise Empty(f"{name} holds no text")
        title = next((text[block.start : block.end] for block in blocks if block.kind == "title"), None)
        return replace(head, text=text, blocks=blocks, title=head.title or title)


def _check(data: bytes, name: str) -> None:
    """Raises where the file is no ZIP of a Word document, or would unfold too far."""
    if data.startswith(_OLE):
        locked = _ENCRYPTED in data
        raise ReadError(
            f"{name} is password-protected"
            if locked
            else f"{name} is an old Word file (.doc); save it as .docx"
        )
    with zipped.Package(data, name, "a Word document") as package:
        if "[Content_Types].xml" not in package.names:
            raise ReadError(f"{name} is not a Word document: it is another kind of ZIP archive")


def _head(document: Document) -> Reading:
    """What the core and custom properties say, with no text yet."""
    core = document.core_properties
    custom = _custom(document)
    published = iso(custom.get("publication date", ""))
    return Reading(
        "",
        title=_stated(core.title),
        publisher=_stated(custom.get("publisher")),
        authors=tuple(filter(None, map(_stated, (core.author or "").split(";")))),
        published=published,
        published_how="DOCX property Publication date" if published else None,
        language=_stated(core.language),
        dates=tuple(
            Dated(moment.replace(microsecond=0).isoformat(), f"DOCX {field}")
            for field, moment in (("created", core.created), ("modified", core.modified))
            if moment
        ),
    )


def _stated(value: str | None) -> str | None:
    value = one_line(value)
    return None if not value or value.lower() in _MADE_UP else value


def _custom(document: Document) -> dict[str, str]:
    """The custom properties that somebody entered by hand, by lower-cased name."""
    parser = etree.XMLParser(resolve_entities=False)
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/docProps/custom.xml":
            properties = etree.fromstring(part.blob, parser)
            return {entry.get("name", "").lower(): entry.xpath("string()") for entry in properties}
    return {}


def _parts(container: Any, document: Document) -> Iterator[Part]:
    """The pieces of the body, a cell or a content control, in order."""
    tree = container.getroottree()
    for child in container.iterchildren():
        if child.tag == f"{_W}p":
            yield Part(_kind(child, document), _text(child), place=tree.getpath(child))
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, document)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"}:
            yield from _parts(child, document)


def _rows(table: Any, document: Document) -> Iterator[Part]:
    for row in table.xpath(_ROWS):
        cells = row.xpath(_CELLS)
        if len(cells) == 1:  # a table that only lays out the page
            yield from _parts(cells[0], document)
        else:
            words = (" ".join(_text(cell).split()) for cell in cells)
            place = row.getroottree().getpath(row)
            yield Part("table", "\t".join(word for word in words if word), place=place)


def _text(element: Any) -> str:
    """The words of a paragraph, or of a cell with its paragraphs apart."""
    words: list[str] = []
    paragraph = None
    for run in element.xpath(_RUNS):
        own = next(run.iterancestors(f"{_W}p"), None)
        if paragraph is not None and own is not paragraph:
            words.append("\n")
        paragraph = own
        words.append(_BREAKS.get(run.tag) or run.text or "")
    return "".join(words)


def _kind(paragraph: Any, document: Document) -> BlockKind:
    style = Paragraph(paragraph, document._body).style
    name = (style.name or "").lower() if style is not None else ""
    return "heading" if name.startswith("heading") else _STYLES.get(name, "paragraph")


def _titled(parts: list[Part], title: str | None) -> list[Part]:
    """``parts`` with a title among them, where none has its style and the first reads like one."""
    parts = [part for part in parts if part.text.strip()]
    if len(parts) < 2 or any(part.kind == "title" for part in parts):
        return parts
    first = parts[0]
    named = first.text.strip() == title or (first.kind in ("heading", "paragraph") and is_title(first.text))
    return [first._replace(kind="title"), *parts[1:]] if named else parts
