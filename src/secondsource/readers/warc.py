"""WARC and WACZ: each response a document, with its record's id, address and time, by warcio.

Costs: 2 ms a record.  Loses: requests, revisits, metadata and redirects, HTTP headers (they
stay in the archive, which is kept), and responses that are no text: pictures, styles, scripts.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from secondsource.errors import Empty, ReadError
from secondsource.model import JSON, Member, Reading
from secondsource.readers import zipped
from secondsource.readers.archive import Budget
from secondsource.readers.reader import MIB, no_text

# Pages are full of these, and none of them is read.
_PASSED = ("image/svg", "text/css", "javascript", "font", "video/", "audio/", "application/wasm")


class Warc:
    media_type = "application/warc"
    suffixes: tuple[str, ...] = (".warc", ".warc.gz")
    limit = 256 * MIB

    def recognises(self, data: bytes) -> bool:
        return data.startswith(b"WARC/")

    def read(self, data: bytes, name: str) -> Reading:
        """Raises Empty always: the text is in the responses."""
        raise no_text(name, sum(1 for _ in self.members(data, name)), "response")

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        budget = Budget()
        try:
            for record in ArchiveIterator(io.BytesIO(data)):
                if record.rec_type in ("response", "resource") and _is_kept(record):
                    yield _response(record, budget)
        except ReadError:
            raise
        except Exception as error:  # warcio states several, and the gzip layer below it its own
            raise ReadError(f"{name} is not a readable WARC file: {error or type(error).__name__}") from None


def _is_kept(record: Any) -> bool:
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    return str(status).startswith("2") and not any(kind in _media(record) for kind in _PASSED)


def _media(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _response(record: Any, budget: Budget) -> Member:
    head = record.rec_headers
    url = head.get_header("WARC-Target-URI") or ""
    # One byte over the largest member, so that a longer one is seen to be longer.
    data = record.content_stream().read(64 * MIB + 1)
    problem = budget.refusal(len(data))
    return Member(
        url or str(head.get_header("WARC-Record-ID")),
        b"" if problem else data,
        "response",
        _media(record) or None,
        url or None,
        head.get_header("WARC-Date"),
        head.get_header("WARC-Record-ID"),
        problem,
    )


class Wacz:
    media_type = "application/wacz"
    suffixes: tuple[str, ...] = (".wacz",)
    limit = 256 * MIB

    def recognises(self, data: bytes) -> bool:
        names = zipped.names(data)
        return "datapackage.json" in names and any(name.startswith("archive/") for name in names)

    def read(self, data: bytes, name: str) -> Reading:
        """Raises Empty always: the text is in the responses."""
        raise Empty(f"{name} holds no text of its own: it is an archive of web pages")

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        """The WARC files of the package; one whose hash is not the stated one has that as its problem."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                stated, budget = _stated(archive), Budget()
                for entry in archive.infolist():
                    if entry.filename.startswith("archive/") and not entry.filename.endswith("/"):
                        problem = budget.refusal(entry.file_size)
                        content = b"" if problem else archive.read(entry)
                        problem = problem or _altered(content, stated.get(entry.filename))
                        yield Member(entry.filename, b"" if problem else content, problem=problem)
        except (*zipped.BROKEN, OSError, KeyError, TypeError, zlib.error) as error:
            raise ReadError(f"{name} is not a readable WACZ file: {error}") from None


def _stated(archive: zipfile.ZipFile) -> dict[str, str]:
    """The hash that the package states for each of its files."""
    package: JSON = json.loads(archive.read("datapackage.json")[: 16 * MIB])
    resources = package.get("resources") if isinstance(package, dict) else None
    rows = [row for row in resources if isinstance(row, dict)] if isinstance(resources, list) else []
    return {str(row.get("path")): str(row.get("hash")) for row in rows if row.get("hash")}


def _altered(content: bytes, stated: str | None) -> str | None:
    kind, _, digest = (stated or "").partition(":")
    if kind != "sha256" or hashlib.sha256(content).hexdigest() == digest:
        return None
    return f"is not what datapackage.json states: its SHA-256 is not {digest}"
