"""The nouns of evidence: what a file was, what was read from it, and how it came here.

They are part of `secondsource.model`, which hands them on; they stand apart since they
know nothing of claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from secondsource.errors import SecondSourceError

ReadStatus = Literal["read", "empty", "failed", "container"]
BlockKind = Literal["title", "heading", "paragraph", "quote", "table", "caption", "header"]
CaptureKind = Literal["file", "member", "attachment", "response", "url"]


class Box(NamedTuple):
    """A rectangle on a page, in points (1/72 inch) from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text with the kind and the place in its file that it came from.

    ``page`` counts from 1; ``box`` is where on it the block stands.  ``place`` names a cell range
    (``Sheet1!B2:D2``), an element (``/html/body/p[3]``) or a part, as the format has it.
    ``ocr`` is set where the words were recognised in a picture: the mean confidence, 0–1,
    that the recogniser itself gives them.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    place: str | None = None
    box: Box | None = None
    ocr: float | None = None


class Dated(NamedTuple):
    """A date that a file states (ISO 8601), and the field that states it."""

    value: str
    how: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of bytes: the working text, and what the file says of itself.

    ``published`` is an ISO 8601 date or time, and ``published_how`` names the
    field it was taken from; it is never guessed from the words of the text.  ``dates`` are
    all dates the file states, of other things too.  ``language`` is the tag it declares.
    ``agency`` is the agency that a text credits, ``dateline`` its place line, ``based_on`` the
    addresses the page says it is based on.  ``notes`` say what of the file is not in the text.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_how: str | None = None
    url: str | None = None
    language: str | None = None
    agency: str | None = None
    dateline: str | None = None
    based_on: tuple[str, ...] = ()
    dates: tuple[Dated, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file: its bytes, its name there, and what the outer file says of it.

    ``record`` is the id of its WARC record, ``captured`` when it was captured, ``url`` from where;
    ``problem`` is the reason why its bytes could not be had, and then there are none.
    """

    name: str
    data: bytes
    kind: CaptureKind = "member"
    media_type: str | None = None
    url: str | None = None
    captured: str | None = None
    record: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """All that a file gives: its reading or the refusal, and the files inside it."""

    media_type: str
    reading: Reading | None
    refusal: SecondSourceError | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """How a document's bytes came into the case, once for each path they came under.

    ``origin`` is the absolute path or the address they came from, ``parent`` the document
    they were a part of.  ``by`` is who took them in, ``version`` with which version of
    Second Source, ``at`` when; ``captured`` and ``record`` are as in `Member`.
    """

    document: str
    path: str
    kind: CaptureKind
    origin: str
    parent: str | None
    by: str
    version: str
    at: str
    captured: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Document:
    """A file as it was taken in: its bytes by hash, its text, or the reason there is none.

    ``container``: it holds other documents and no text of its own.
    """

    id: str
    path: str
    status: ReadStatus
    reason: str | None
    media_type: str
    size: int
    reading: Reading
    text_sha256: str
    first_seen: str

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def title(self) -> str | None:
        return self.reading.title

    @property
    def publisher(self) -> str | None:
        return self.reading.publisher

    @property
    def published(self) -> str | None:
        return self.reading.published
