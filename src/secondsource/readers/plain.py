"""Plain text: the decoded file, unchanged.

Costs: nothing to speak of.  Loses: a byte order mark, and nothing else; line ends stay as
they are.  The title is a first short line that is not a sentence.  A text file states
no publisher, author or date, so it has none: a dateline is a claim of the text.
"""

from __future__ import annotations

from secondsource.errors import Empty
from secondsource.model import Reading
from secondsource.readers.blocks import paragraphs
from secondsource.readers.encoding import decode
from secondsource.readers.reader import MIB

BLANK = "\ufeff\u200b" + "".join(mark for mark in map(chr, range(0x3001)) if mark.isspace())


class PlainText:
    media_type = "text/plain"
    suffixes: tuple[str, ...] = (".txt", ".text", ".md")
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        """Never: text has no signature; it is what nothing else claims."""
        return False

    def read(self, data: bytes, name: str) -> Reading:
        text = decode(data, name)
        if not text.strip(BLANK):
            raise Empty(f"{name} holds only white space")
        blocks = paragraphs(text)
        if not blocks:
            raise Empty(f"{name} holds only white space")
        first = blocks[0]
        title = text[first.start : first.end].lstrip("# ") if first.kind == "title" else None
        return Reading(text, blocks, title=title)
