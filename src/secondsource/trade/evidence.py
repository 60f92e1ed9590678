"""The first rows of a screened table as evidence of a case: a document, a claim a row, its parties as names.

The document is the table's file, under the SHA-256 of its bytes, which the case keeps.  Its
text gives the kept rows, each under its number with its cells as they are in the file; what
the screening made of a row is no part of the evidence and stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from secondsource.goods.amounts import read_number
from secondsource.model import (
    Block,
    Claim,
    Document,
    Excerpt,
    Extraction,
    Frame,
    Mention,
    Quantity,
    Reading,
    Span,
    When,
)
from secondsource.store import Store
from secondsource.text import content_id, sha256
from secondsource.trade.screening import Screened, ScreenedRow

RULE = "trade row"
"""What found the claim of a row; such claims are counted under no question."""
EXTRACTOR = "trade 1"

_PARTIES = ("consignor", "consignee")
_UNITS = {"weight": "kg", "value": "{value}", "quantity": "{item}"}
_MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")


def keep(store: Store, screened: Screened, seen_at: str) -> str | None:
    """Put the kept rows of a table into a case, in the place of those of an earlier screening.

    Returns the id of the document, None where there is no row to keep.
    """
    if not screened.rows:
        return None
    store.blobs.add_file(Path(screened.path), screened.sha256)
    document, lines = _document(screened, seen_at)
    store.add_document(document)
    claims = tuple(line.claim(document.id) for line in lines)
    mentions = tuple(mention for line in lines for mention in line.mentions())
    store.add_extraction(document.id, Extraction(claims, mentions), extractor=EXTRACTOR)
    return document.id


def _document(screened: Screened, seen_at: str) -> tuple[Document, list[_Line]]:
    path = Path(screened.path)
    head = (
        f"{path.name}\n{screened.total:,} rows; those with a reason to look, in the order of the table.\n\n"
    )
    text, lines = head, list[_Line]()
    for row in sorted(screened.rows, key=lambda row: row.row):
        line = _Line(screened, row, len(text))
        lines.append(line)
        text += line.text + "\n"
    title = Block("title", 0, len(path.name))
    blocks = title, *(Block("table", line.start, line.start + len(line.text)) for line in lines)
    reading = Reading(text, blocks, title=path.name)
    kind = _MEDIA.get(path.suffix.lower(), "text/csv")
    digest, size = sha256(text.encode()), path.stat().st_size
    return Document(screened.sha256, str(path), "read", None, kind, size, reading, digest, seen_at), lines


class _Line:
    """A row as a line of the document's text, with the places of its cells."""

    def __init__(self, screened: Screened, row: ScreenedRow, start: int) -> None:
        self.start = start
        self._roles = {at: role for role, at in screened.places.items()}
        self._spans: dict[str, tuple[int, int]] = {}
        self.text = f"Row {row.row}"
        for at, cell in enumerate(row.cells):
            if plain := " ".join(cell.split()):
                self.text += f" | {screened.header[at]}: "
                self._spans[self._roles.get(at, f"column {at}")] = len(self.text), len(self.text) + len(plain)
                self.text += plain

    def claim(self, document: str) -> Claim:
        spans = [(self.start, self.start + len(self.text))]
        content = Excerpt(tuple(Span(*span) for span in spans), self.text)
        consignor, goods = self._cell("consignor"), self._cell("description")
        return Claim(
            id=content_id("c", document, RULE, content.spans),
            document=document,
            voice="own",
            content=content,
            source=None,
            source_name=None,
            source_kind="outlet",
            cue=None,
            via=(),
            stance="asserts",
            certainty=None,
            basis=None,
            mentions=tuple(self.mentions()),
            quantities=tuple(self._quantities()),
            time=self._time(),
            rule=RULE,
            frame=Frame("ship", consignor, goods),
        )

    def mentions(self) -> Iterator[Mention]:
        """The parties, as names of companies; one that is spelled alike in two rows is one."""
        for role in _PARTIES:
            if name := self._cell(role):
                how = f"the {role} of a row of trade"
                yield Mention(self._excerpt(role), "LegalEntity", content_id("m", name.casefold()), name, how)

    def _quantities(self) -> Iterator[Quantity]:
        for role, unit in _UNITS.items():
            if cell := self._cell(role):
                try:
                    number = float(read_number(cell))
                except ValueError:
                    continue
                if number >= 0:
                    yield Quantity(self._excerpt(role), number, number, number, unit, False)

    def _time(self) -> When | None:
        cell = self._cell("date")
        day = _DAY.fullmatch(cell or "")
        return When(self._excerpt("date"), day[1], day[1], "day") if day else None

    def _cell(self, role: str) -> str | None:
        span = self._spans.get(role)
        return self.text[slice(*span)] if span else None

    def _excerpt(self, role: str) -> Excerpt:
        first, last = self._spans[role]
        return Excerpt((Span(self.start + first, self.start + last),), self.text[first:last])
