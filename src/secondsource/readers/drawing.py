"""A page of a PDF as a picture, for whoever wants to see what was read.

Costs: some 50 to 200 ms a page.  The picture is written as PNG (ISO/IEC 15948), without filters.
"""

from __future__ import annotations

import struct
import zlib
from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]

from secondsource.errors import LimitError, ReadError
from secondsource.readers.pdf import _LOCK, _open

SCALE = 1.5
"""Pixels a point."""
MAX_POINTS = 5_000  # of a side: an A0 sheet has 3,370
_COLOURS = {1: 0, 3: 2, 4: 6}  # the colour type of PNG by the number of channels


def drawn(data: bytes, name: str, number: int) -> bytes:
    """The page ``number`` (from 1) of a PDF as PNG, `SCALE` pixels a point.

    Raises ReadError where there is no such page or it cannot be drawn, LimitError where it is too large.
    """
    with _LOCK, closing(_open(data, name)) as document:
        if not 1 <= number <= len(document):
            raise ReadError(f"{name} has {len(document)} pages, and no page {number}")
        try:
            page = document[number - 1]
            if max(page.get_size()) > MAX_POINTS:
                raise LimitError(f"{name}: page {number} is larger than {MAX_POINTS} points and is not drawn")
            bitmap = page.render(scale=SCALE, rev_byteorder=True)
        except pypdfium2.PdfiumError as error:
            raise ReadError(f"{name}: page {number} cannot be drawn: {error}") from None
        rows = memoryview(bitmap.buffer)
        width = bitmap.width * bitmap.n_channels
        lines = b"".join(b"\0" + bytes(rows[bitmap.stride * row :][:width]) for row in range(bitmap.height))
        return _png(lines, bitmap.width, bitmap.height, _COLOURS[bitmap.n_channels])


def _png(lines: bytes, width: int, height: int, colour: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def size(picture: bytes) -> tuple[float, float]:
    """Width and height of a page that `drawn` drew, in points."""
    width, height = struct.unpack(">II", picture[16:24])
    return width / SCALE, height / SCALE
