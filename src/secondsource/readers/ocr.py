"""Words in pictures, by tesseract where it is installed: each line with its place and confidence.

Costs: one to five seconds a page.  Loses: layout beyond lines, and whatever the recogniser
misreads: a confidence is its own opinion.  Nothing is written to disk.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from time import monotonic
from typing import Any

from secondsource.errors import ReadError
from secondsource.readers.lines import Line

DPI = 200  # tesseract's manual asks for 300; 200 halves the time, and reads 10-point type
SECONDS = 90  # spent on one document; what is left then is named in a note
MAX_PIXELS = 40_000_000  # of one page: A3 at 300 dpi has 17 million
TESSERACT = shutil.which("tesseract")
ABSENT = "tesseract, which recognises words in pictures, is not installed"


def recognise(document: Any, pages: list[list[Line]], bare: list[int]) -> tuple[str, ...]:
    """Fill the ``bare`` pages (from 0) of a PDFium document with the lines of their pictures.

    Returns notes on the pages that stay bare or were recognised.
    """
    drawn = [number for number in bare if next(document[number].get_objects(), None) is not None]
    if not drawn:
        return ()
    if TESSERACT is None:
        return (f"{_listed(drawn)} no text: {ABSENT}",)
    started, done = monotonic(), []
    for number in drawn:
        if monotonic() - started > SECONDS:
            break
        pages[number] = _page(document[number])
        done.append(number)
    left = drawn[len(done) :]
    late = (f"{_listed(left)} no text: recognising them takes over {SECONDS} s",) if left else ()
    return (f"{_listed(done)} text recognised in a picture (OCR)", *late)


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(str(number + 1) for number in numbers[:20])
    more = f" and {len(numbers) - 20} more" if len(numbers) > 20 else ""
    return f"page {shown} has" if len(numbers) == 1 else f"pages {shown}{more} have"


def _page(page: Any) -> list[Line]:
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = memoryview(bitmap.buffer)
    grey = b"".join(rows[row * bitmap.stride :][: bitmap.width] for row in range(bitmap.height))
    return lines(b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + grey, height, scale)


def lines(picture: bytes, height: float, scale: float) -> list[Line]:
    """The lines of a picture; ``height`` in points and ``scale`` in pixels a point place them.

    Raises ReadError where tesseract refuses the picture.
    """
    if TESSERACT is None:
        raise ReadError(ABSENT)
    words: defaultdict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    table = _tesseract(TESSERACT, picture).splitlines()
    names = table[0].split("\t") if table else []
    for row in table[1:]:
        cells = dict(zip(names, row.split("\t"), strict=False))
        if cells.get("text", "").strip():
            words[cells["block_num"], cells["par_num"], cells["line_num"]].append(cells)
    return [_line(line, height, scale) for line in words.values()]


def _tesseract(program: str, picture: bytes) -> str:
    command = [program, "stdin", "stdout", "--dpi", str(DPI), "tsv"]
    environment = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReadError(f"tesseract could not be run: {error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise ReadError(f"tesseract refuses the picture: {said[-1][:200]}")
    return done.stdout.decode("utf-8", "replace")


def _line(words: list[dict[str, str]], height: float, scale: float) -> Line:
    left = min(int(word["left"]) for word in words) / scale
    top = min(int(word["top"]) for word in words) / scale
    right = max(int(word["left"]) + int(word["width"]) for word in words) / scale
    bottom = max(int(word["top"]) + int(word["height"]) for word in words) / scale
    sure = sum(float(word["conf"]) for word in words) / len(words) / 100
    text = " ".join(word["text"].strip() for word in words)
    return Line(text, left, right, height - top, height - bottom, bottom - top, sure)
