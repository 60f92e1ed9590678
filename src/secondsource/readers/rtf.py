"""RTF: the paragraphs of the text, by striprtf.

Costs: 0.5 s a MiB.  Loses: styles, so that headings are told by their shape alone; pictures,
embedded objects, notes, page numbers; the layout of tables but for a tab between cells.
"""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from secondsource.errors import Empty, ReadError
from secondsource.model import Dated, Reading
from secondsource.readers.blocks import Part, compose, one_line, paragraphs
from secondsource.readers.reader import MIB

_INFO = re.compile(r"\{\\(title|author)\s+([^{}\\]{1,500})\}")
_MADE = re.compile(r"\{\\(creatim|revtim)\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


class Rtf:
    media_type = "application/rtf"
    suffixes: tuple[str, ...] = (".rtf",)
    limit = 16 * MIB

    def recognises(self, data: bytes) -> bool:
        return data.lstrip()[:5] == b"{\\rtf"

    def read(self, data: bytes, name: str) -> Reading:
        if not self.recognises(data):
            raise ReadError(f"{name} is not an RTF document: it does not begin with {{\\rtf")
        source = data.decode("latin-1")
        try:
            words = rtf_to_text(source, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
        except Exception as error:  # it states no errors of its own for a damaged file
            why = error or type(error).__name__
            raise ReadError(f"{name} is not a readable RTF document: {why}") from None
        words = words.replace("|", "\t") if "\\cell" in source else words
        blocks = paragraphs(words)
        text, placed = compose(
            Part(one.kind, words[one.start : one.end], place=f"paragraph {number}")
            for number, one in enumerate(blocks, 1)
        )
        if not text:
            raise Empty(f"{name} holds no text")
        info = dict(_INFO.findall(source[:20_000]))
        first = text[placed[0].start : placed[0].end] if placed[0].kind == "title" else None
        author = one_line(info.get("author"))
        return Reading(
            text,
            placed,
            title=one_line(info.get("title")) or first,
            authors=(author,) if author else (),
            dates=tuple(
                Dated(f"{year}-{int(month):02}-{int(day):02}", f"RTF {field}")
                for field, year, month, day in _MADE.findall(source[:20_000])
            ),
        )
