"""ODT and ODP: the text of an OpenDocument in its order, from its ``content.xml``, by lxml.

Costs: 10 ms a file.  Loses: page numbers (the format has none), footnotes, comments, pictures,
page heads and feet, tracked deletions.  A slide is a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondsource.errors import Empty
from secondsource.model import BlockKind, Dated, Reading
from secondsource.readers import zipped
from secondsource.readers.blocks import Part, compose, is_title, one_line
from secondsource.readers.dates import iso
from secondsource.readers.reader import MIB

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = f"{{{_NS}text:1.0}}", f"{{{_NS}table:1.0}}", f"{{{_NS}drawing:1.0}}"
_META = {f"{{{_NS}meta:1.0}}creation-date": "created", "{http://purl.org/dc/elements/1.1/}date": "changed"}
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = {f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{{{_NS}office:1.0}}annotation"}
_SPACES = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MIME = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.presentation")
MAX_SPACES = 1000  # that one element may stand for; a hostile file writes a billion
MAX_DEPTH = 200


class OpenDocument:
    media_type = "application/vnd.oasis.opendocument.text"
    suffixes: tuple[str, ...] = (".odt", ".odp", ".ott")
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        return data.startswith(zipped.SIGNATURE) and any(mime in data[:200] for mime in _MIME)

    def read(self, data: bytes, name: str) -> Reading:
        with zipped.Package(data, name, "an OpenDocument text") as package:
            body = package.xml("content.xml")
            meta = package.xml("meta.xml") if "meta.xml" in package.names else None
        parts = [part for part in _parts(body) if part.text.strip()]
        title = _field(meta, "title")
        text, blocks = compose(_titled(parts, title))
        if not text:
            raise Empty(f"{name} holds no text")
        first = next((text[one.start : one.end] for one in blocks if one.kind == "title"), None)
        author = _field(meta, "creator")
        return Reading(
            text,
            blocks,
            title=title or first,
            authors=(author,) if author else (),
            language=_field(meta, "language"),
            dates=_dates(meta),
        )


def _field(meta: Any, name: str) -> str | None:
    return one_line(meta.findtext(f".//{_DC}{name}")) or None if meta is not None else None


def _dates(meta: Any) -> tuple[Dated, ...]:
    found = ((meta.findtext(f".//{tag}"), how) for tag, how in _META.items()) if meta is not None else ()
    stated = ((iso(value or ""), how) for value, how in found)
    return tuple(Dated(day, f"OpenDocument {how}") for day, how in stated if day)


def _titled(parts: list[Part], title: str | None) -> list[Part]:
    if len(parts) > 1 and (parts[0].text.strip() == title or is_title(parts[0].text)):
        return [parts[0]._replace(kind="title"), *parts[1:]]
    return parts


def _parts(root: Any) -> Iterator[Part]:
    """The paragraphs, headings and table rows in order; one inside another belongs to the outer."""
    tree, page = root.getroottree(), 0
    for element in root.iter(f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table-row", f"{_DRAW}page"):
        if element.tag == f"{_DRAW}page":
            page += 1
            continue
        outer = next(element.iterancestors(*_SKIPPED, f"{_TEXT}p", f"{_TABLE}table-row"), None)
        if outer is not None:
            continue
        yield Part(_kind(element), _words(element), page or None, place=tree.getpath(element))


def _kind(element: Any) -> BlockKind:
    if element.tag == f"{_TABLE}table-row":
        return "table"
    if element.tag == f"{_TEXT}h":
        return "heading"
    style = (element.get(f"{_TEXT}style-name") or "").lower()
    return "quote" if style.startswith("quot") else "title" if style == "title" else "paragraph"


def _words(element: Any) -> str:
    """The words under ``element``; the cells of a row one tab apart."""
    if element.tag == f"{_TABLE}table-row":
        cells = element.iterchildren(f"{_TABLE}table-cell")
        return "\t".join(" ".join(_words(cell).split()) for cell in cells)
    return "".join(_runs(element, 0))


def _runs(element: Any, depth: int) -> Iterator[str]:
    yield element.text or ""
    for child in element if depth < MAX_DEPTH else ():
        if child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c") or "1"
            yield " " * min(int(count) if count.isdecimal() and len(count) < 5 else 1, MAX_SPACES)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _runs(child, depth + 1)
            if child.tag == f"{_TEXT}p":
                yield "\n"
        yield child.tail or ""
