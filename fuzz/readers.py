"""Coverage-guided fuzzing of the readers that we wrote ourselves: ``make fuzz``.

    python fuzz/readers.py READER [-max_total_time=600] [CORPUS]

READER is one of `TARGETS`.  Whatever the bytes, a reader gives a reading whose blocks are in its
text, or one of its own errors; anything else is a finding.  The seeds are the files of the tests.
A finding becomes a test in ``tests/test_fuzzed.py``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["secondsource.readers"]):
    from secondsource.errors import LimitError, ReadError
    from secondsource.readers import (
        archive,
        credit,
        eml,
        feed,
        html,
        mbox,
        mhtml,
        opendocument,
        plain,
        sheets,
        slides,
        warc,
    )
    from secondsource.readers.blocks import in_order
    from secondsource.readers.reader import Container, Reader

FILES = Path(__file__).parent.parent / "tests" / "files"
TARGETS: dict[str, tuple[Reader, str]] = {
    "plain": (plain.PlainText(), "txt md"),
    "csv": (sheets.Csv(), "csv tsv"),
    "eml": (eml.Eml(), "eml"),
    "mbox": (mbox.Mbox(), "mbox"),
    "mhtml": (mhtml.Mhtml(), "mhtml mht"),
    "html": (html.Html(), "html htm"),
    "feed": (feed.Feed(), "rss atom"),
    "opendocument": (opendocument.OpenDocument(), "odt odp"),
    "slides": (slides.Slides(), "pptx"),
    "zip": (archive.Zip(), "zip"),
    "tar": (archive.Tar(), "tar"),
    "warc": (warc.Warc(), "warc"),
    "wacz": (warc.Wacz(), "wacz"),
}


def target(reader: Reader) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        reader.recognises(data)
        try:
            reading = credit.credited(reader.read(data, "fuzzed"))
            assert reading.text.strip()
            assert in_order(reading.text, reading.blocks)
        except (ReadError, LimitError) as refused:
            if not str(refused).startswith("fuzzed "):
                raise AssertionError(f"a refusal that does not name its file: {refused}") from refused
        if isinstance(reader, Container):
            try:
                for member in reader.members(data, "fuzzed"):
                    assert isinstance(member.data, bytes)
            except (ReadError, LimitError):
                pass

    return read


def main() -> None:
    name = sys.argv.pop(1)
    reader, suffixes = TARGETS[name]
    with tempfile.TemporaryDirectory() as seeds:
        for path in FILES.iterdir():
            if path.suffix[1:] in suffixes.split():
                (Path(seeds) / path.name).write_bytes(path.read_bytes())
        atheris.Setup([*sys.argv, seeds, "-rss_limit_mb=2048", "-timeout=60"], target(reader))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
