"""PPTX: the text of each slide, its title first, then its notes, by lxml.

Costs: 5 ms a slide.  Loses: pictures, charts, diagrams, comments, masters and layouts.
A slide is a page; hidden slides are read too.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from secondsource.errors import Empty
from secondsource.model import BlockKind, Dated, Reading
from secondsource.readers import zipped
from secondsource.readers.blocks import Part, compose, one_line
from secondsource.readers.dates import iso
from secondsource.readers.reader import MIB

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DC, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
_MADE_UP = {"powerpoint presentation", "pptx", "python-pptx"}
_TITLES = {"title", "ctrTitle"}


class Slides:
    media_type = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    suffixes: tuple[str, ...] = (".pptx", ".ppsx")
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        return "ppt/presentation.xml" in zipped.names(data)

    def read(self, data: bytes, name: str) -> Reading:
        with zipped.Package(data, name, "a presentation") as package:
            slides = list(_slides(package))
            core = package.xml("docProps/core.xml") if "docProps/core.xml" in package.names else None
        text, blocks = compose(slides)
        if not text:
            raise Empty(f"{name} holds no text on its slides")
        first = next((text[one.start : one.end] for one in blocks if one.kind == "title"), None)
        author = _stated(core, f"{_DC}creator")
        return Reading(
            text,
            blocks,
            title=_stated(core, f"{_DC}title") or (one_line(first) or None),
            authors=(author,) if author else (),
            language=_stated(core, f"{_DC}language"),
            dates=_dates(core),
        )


def _stated(core: Any, field: str) -> str | None:
    value = one_line(core.findtext(field)) if core is not None else ""
    return None if value.lower() in _MADE_UP else value or None


def _dates(core: Any) -> tuple[Dated, ...]:
    fields = ("created", "modified") if core is not None else ()
    found = ((iso(core.findtext(f"{_TERMS}{field}") or ""), field) for field in fields)
    return tuple(Dated(day, f"PPTX {field}") for day, field in found if day)


def _slides(package: zipped.Package) -> Iterator[Part]:
    targets = _related(package, "ppt/presentation.xml")
    listed = package.xml("ppt/presentation.xml").iter(f"{_P}sldId")
    for number, entry in enumerate(listed, 1):
        path = targets.get(entry.get(f"{_R}id") or "", "")
        if path in package.names:
            yield from _shapes(package.xml(path), number, titled=number == 1)
            for other in _related(package, path).values():
                if "notesSlide" in other and other in package.names:
                    yield from _shapes(package.xml(other), number, notes=True)


def _related(package: zipped.Package, part: str) -> dict[str, str]:
    """The parts that ``part`` points to, by their relationship's id."""
    folder, file = posixpath.split(part)
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in package.names:
        return {}
    return {
        str(entry.get("Id")): _joined(folder, entry.get("Target") or "")
        for entry in package.xml(rels)
        if entry.get("TargetMode") != "External"
    }


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(folder, target)).removeprefix("/")


def _shapes(root: Any, number: int, *, titled: bool = False, notes: bool = False) -> Iterator[Part]:
    """The paragraphs of a slide's shapes, and the rows of its tables."""
    tree = root.getroottree()
    for element in root.iter(f"{_A}p", f"{_A}tr"):
        if element.tag == f"{_A}tr":
            cells = (" ".join("".join(cell.itertext(f"{_A}t")).split()) for cell in element.iter(f"{_A}tc"))
            yield Part("table", "\t".join(cells), number, place=tree.getpath(element))
        elif next(element.iterancestors(f"{_A}tr"), None) is None:
            holder = _placeholder(element)
            if notes and holder != "body":
                continue  # the slide's number and picture, repeated on its page of notes
            yield Part(_kind(holder, titled), _words(element), number, place=tree.getpath(element))


def _kind(holder: str, titled: bool) -> BlockKind:
    if holder not in _TITLES:
        return "paragraph"
    return "title" if titled else "heading"


def _words(paragraph: Any) -> str:
    runs = paragraph.iter(f"{_A}t", f"{_A}br")
    return "".join("\n" if run.tag == f"{_A}br" else run.text or "" for run in runs)


def _placeholder(element: Any) -> str:
    """What the shape around ``element`` is for: its title, its body, or nothing stated."""
    shape = next(element.iterancestors(f"{_P}sp"), None)
    holder = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph") if shape is not None else None
    return "" if holder is None else holder.get("type") or "body"
