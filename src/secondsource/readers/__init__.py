"""Readers: from the bytes of a file to its working text and what the file says of itself.

::

    reading = read(path.read_bytes(), path.name)
    reading.text, reading.publisher, reading.published

One file per format and one table of them.  Which reader takes a file is decided by its
content first, then by its name: a PDF called ``.txt`` is a PDF.  ``docs/readers.md`` says
what each costs and what it loses.
"""

from __future__ import annotations

from secondsource.errors import Empty, LimitError
from secondsource.model import Reading
from secondsource.readers.docx import Docx
from secondsource.readers.eml import Eml
from secondsource.readers.html import Html
from secondsource.readers.pdf import Pdf
from secondsource.readers.plain import PlainText
from secondsource.readers.reader import MIB, Reader
from secondsource.readers.sidecar import Sidecar, sidecar

__all__ = ["READERS", "Reader", "Sidecar", "media_type", "read", "sidecar"]

TEXT: Reader = PlainText()
READERS: tuple[Reader, ...] = (Pdf(), Docx(), Html(), Eml(), TEXT)


def read(data: bytes, name: str) -> Reading:
    """The working text of a file and what it says of itself.

    ``name`` helps to tell the format and stands in every message.  Offsets of the
    reading's blocks are Unicode code points into its text.  Raises ReadError where the
    bytes are not what they should be, Empty where they hold no text, and LimitError where
    they are over the limit of their format.
    """
    if not data:
        raise Empty(f"{name} is empty")
    reader = _reader(data, name)
    if len(data) > reader.limit:
        size, limit = f"{len(data) / MIB:.1f} MiB", f"{reader.limit // MIB} MiB"
        raise LimitError(f"{name} has {size}; {reader.media_type} is read up to {limit}")
    return reader.read(data, name)


def media_type(data: bytes, name: str) -> str:
    """The media type `read` takes the file to be, such as ``text/plain``."""
    return _reader(data, name).media_type


def _reader(data: bytes, name: str) -> Reader:
    for reader in READERS:
        if reader.recognises(data):
            return reader
    lowered = name.lower()
    return next((reader for reader in READERS if lowered.endswith(reader.suffixes)), TEXT)
