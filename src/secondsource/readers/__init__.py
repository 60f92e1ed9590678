"""Readers: from the bytes of a file to its working text and what the file says of itself.

::

    reading = read(path.read_bytes(), path.name)
    reading.text, reading.publisher, reading.published
    take(path.read_bytes(), path.name).members      # the files inside it

One file per format and one table of them.  Which reader takes a file is decided by its
content first, then by its name: a PDF called ``.txt`` is a PDF.  ``docs/readers.md`` says
what each costs and what it loses.  What comes from elsewhere is read by
`secondsource.isolation`, in a process of its own.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import replace

from secondsource.errors import Empty, LimitError, ReadError, SecondSourceError
from secondsource.model import Member, Reading, Taken
from secondsource.readers.archive import MAX_TOTAL, Tar, Zip
from secondsource.readers.credit import credited
from secondsource.readers.docx import Docx
from secondsource.readers.drawing import drawn
from secondsource.readers.eml import Eml
from secondsource.readers.feed import Feed
from secondsource.readers.html import Html
from secondsource.readers.mbox import Mbox
from secondsource.readers.mhtml import Mhtml
from secondsource.readers.msg import Msg
from secondsource.readers.opendocument import OpenDocument
from secondsource.readers.pdf import Pdf
from secondsource.readers.picture import Picture
from secondsource.readers.plain import PlainText
from secondsource.readers.reader import MIB, Container, Reader
from secondsource.readers.rtf import Rtf
from secondsource.readers.sheets import Csv, Sheets
from secondsource.readers.sidecar import Sidecar, sidecar
from secondsource.readers.slides import Slides
from secondsource.readers.warc import Wacz, Warc

__all__ = [
    "READERS",
    "Container",
    "Reader",
    "Sidecar",
    "drawn",
    "media_type",
    "read",
    "sidecar",
    "take",
    "unfold",
]

TEXT: Reader = PlainText()
READERS: tuple[Reader, ...] = (
    Pdf(),
    Picture(),
    Msg(),
    Sheets(),
    Slides(),
    OpenDocument(),
    Docx(),
    Wacz(),
    Zip(),
    Tar(),
    Warc(),
    Rtf(),
    Html(),
    Feed(),
    Mbox(),
    Mhtml(),
    Eml(),
    Csv(),
    TEXT,
)
_GZIP = b"\x1f\x8b"


def read(data: bytes, name: str) -> Reading:
    """The working text of a file and what it says of itself.

    ``name`` helps to tell the format and stands in every message.  Offsets of the
    reading's blocks are Unicode code points into its text.  Raises ReadError where the
    bytes are not what they should be, Empty where they hold no text, and LimitError where
    they are over the limit of their format.
    """
    if not data:
        raise Empty(f"{name} is empty")
    data = unzipped(data, name)
    return _read(_reader(data, name), data, name)


def unfold(data: bytes, name: str, keep: Callable[[Member], object], declared: str | None = None) -> Taken:
    """What `read` gives or refuses; ``keep`` is given each file inside it, as it is unfolded.

    ``declared`` is the media type that its carrier gives it.  A file whose members cannot be
    listed to the end keeps those that were had, and is refused.  The members are not among
    what is returned; `take` gives both at once.
    """
    if not data:
        return Taken(TEXT.media_type, None, Empty(f"{name} is empty"))
    try:
        data = unzipped(data, name)
    except (ReadError, LimitError) as error:
        return Taken("application/gzip", None, error)
    reader, reading, refusal = _reader(data, name, declared), None, None
    try:
        reading = _read(reader, data, name)
    except (ReadError, LimitError) as error:
        refusal = error
    broken = _members(reader, data, name, keep)
    if broken and (refusal is None or isinstance(refusal, Empty)):
        reading, refusal = None, broken
    return Taken(reader.media_type, reading, refusal)


def take(data: bytes, name: str, declared: str | None = None) -> Taken:
    """What `read` gives or refuses, with the files inside it."""
    members: list[Member] = []
    return replace(unfold(data, name, members.append, declared), members=tuple(members))


def _read(reader: Reader, data: bytes, name: str) -> Reading:
    if len(data) > reader.limit:
        size, limit = f"{len(data) / MIB:.1f} MiB", f"{reader.limit // MIB} MiB"
        raise LimitError(f"{name} has {size}; {reader.media_type} is read up to {limit}")
    return credited(reader.read(data, name))


def _members(
    reader: Reader, data: bytes, name: str, keep: Callable[[Member], object]
) -> ReadError | LimitError | None:
    try:
        if isinstance(reader, Container) and len(data) <= reader.limit:
            for member in reader.members(data, name):
                keep(member)
    except (ReadError, LimitError) as error:
        return error
    return None


def media_type(data: bytes, name: str) -> str:
    """The media type `read` takes the file to be, such as ``text/plain``."""
    try:
        return _reader(unzipped(data, name), name).media_type
    except SecondSourceError:
        return "application/gzip"


def unzipped(data: bytes, name: str) -> bytes:
    """``data`` as gzip packed it, where it did; itself otherwise.

    Raises LimitError where it unfolds to more than an archive may, ReadError where it is damaged.
    """
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unfolded = file.read(MAX_TOTAL + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{name} is not readable gzip: {error}") from None
    if len(unfolded) > MAX_TOTAL:
        raise LimitError(f"{name} unfolds to more than {MAX_TOTAL // MIB} MiB, the most that is read")
    return unfolded


def _reader(data: bytes, name: str, declared: str | None = None) -> Reader:
    """The reader that knows the bytes; else that of the declared media type; else that of the name."""
    for reader in READERS:
        if reader.recognises(data):
            return reader
    named = next((reader for reader in READERS if reader.media_type == declared and reader is not TEXT), None)
    lowered = name.lower().removesuffix(".gz")
    return named or next((reader for reader in READERS if lowered.endswith(reader.suffixes)), TEXT)
