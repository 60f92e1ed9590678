"""PNG, JPEG and TIFF: the words in a picture, by tesseract where it is installed.

Costs: one to five seconds a picture.  Loses: everything but words, and of a TIFF all pages
but the first.  Every block is marked as recognised, with the recogniser's own confidence.
"""

from __future__ import annotations

from secondsource.errors import Empty, LimitError, ReadError
from secondsource.model import Reading
from secondsource.readers import ocr
from secondsource.readers.blocks import compose
from secondsource.readers.lines import parts
from secondsource.readers.reader import MIB

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")


class Picture:
    media_type = "image/*"
    suffixes: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
    limit = 32 * MIB

    def recognises(self, data: bytes) -> bool:
        return data.startswith(_SIGNATURES)

    def read(self, data: bytes, name: str) -> Reading:
        width, height = _size(data)
        if width * height > ocr.MAX_PIXELS:
            limit = f"{ocr.MAX_PIXELS // 1_000_000} million"
            raise LimitError(f"{name} states {width} × {height} pixels; a picture is read up to {limit}")
        try:
            found = ocr.lines(data, height * 72 / ocr.DPI, ocr.DPI / 72)
        except ReadError as error:
            raise ReadError(f"{name} is a picture: {error}") from None
        text, blocks = compose(parts([found]))
        if not text:
            raise Empty(f"{name} is a picture in which no words were recognised")
        return Reading(text, blocks, notes=("the text was recognised in a picture (OCR)",))


def _size(data: bytes) -> tuple[int, int]:
    """The pixels that a picture states, across and down; zeros where it is not a PNG or JPEG that does."""
    if data.startswith(_SIGNATURES[0]):
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    place = 2
    while data.startswith(_SIGNATURES[1]) and place + 9 < len(data) and data[place] == 0xFF:
        if 0xC0 <= data[place + 1] <= 0xCF and data[place + 1] not in (0xC4, 0xC8, 0xCC):
            height, width = data[place + 5 : place + 7], data[place + 7 : place + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return 0, 0
