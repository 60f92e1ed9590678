"""Files and folders into a case: found, read and kept, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from secondsource.config import Config
from secondsource.errors import Empty, LimitError, ReadError
from secondsource.ingest.files import File, Found, find, load, shown
from secondsource.language import unread
from secondsource.model import Document, Progress, Reading, ReadStatus
from secondsource.readers import media_type, read
from secondsource.store import Store, now
from secondsource.text import content_id, sha256

__all__ = [
    "Arrival",
    "File",
    "Found",
    "IngestReport",
    "find",
    "ingest",
    "load",
    "missing",
    "read_file",
    "shown",
]

Outcome = Literal["read", "known", "empty", "failed", "missing"]
Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one path.

    ``known``: the same bytes are in the case already; ``missing``: there is nothing under
    that path, and nothing was kept.  ``note`` is a sentence that names the path.
    """

    path: str
    outcome: Outcome
    document: str | None = None
    note: str | None = None

    @property
    def usable(self) -> bool:
        """True where the case now holds a text for this path."""
        return self.outcome in ("read", "known")


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every path, in the order they came.

    ``refused`` has a sentence for each document that was read and gave no claims, because
    the extractor refused it.
    """

    arrivals: tuple[Arrival, ...]
    refused: tuple[str, ...] = ()

    def of(self, *outcomes: Outcome) -> tuple[Arrival, ...]:
        return tuple(arrival for arrival in self.arrivals if arrival.outcome in outcomes)

    @property
    def problems(self) -> tuple[Arrival, ...]:
        """The arrivals that gave no text, each with its reason."""
        return tuple(arrival for arrival in self.arrivals if not arrival.usable)


def ingest(
    store: Store,
    paths: Iterable[str | Path],
    *,
    retry: bool = False,
    progress: Watch | None = None,
    config: Config | None = None,
) -> IngestReport:
    """Take every file at or under ``paths`` into the case.

    A file that cannot be read is kept as a document with status ``failed`` and its reason,
    an empty one as ``empty``; the others are read all the same.  ``retry`` reads again what
    failed before: the file where it now stands, or else the bytes that were kept.  Each
    file is one transaction, so that stopping keeps what was done.
    """
    work: list[Found | File] = list(find(paths))
    if retry:
        work += _failed_before(store)
    limits = config or Config()
    arrivals: list[Arrival] = []
    for done, item in enumerate(work):
        if progress:
            progress(Progress("read", done, len(work), shown(item.path)))
        arrivals.append(_take(store, item, limits, retry))
    if progress:
        progress(Progress("read", len(work), len(work)))
    return IngestReport(tuple(arrivals))


def missing(paths: Iterable[str | Path]) -> IngestReport:
    """The report on paths of which none is there."""
    return IngestReport(tuple(Arrival(shown(item.path), "missing", note=item.reason) for item in find(paths)))


def read_file(file: File, text_limit: int | None = None) -> Reading:
    """The reading of a file, completed by its sidecar.

    Raises ReadError, Empty or LimitError, each with a sentence that names the file; the
    last also where the text has more than ``text_limit`` code points.
    """
    reading = read(file.data, file.path)
    if text_limit is not None and len(reading.text) > text_limit:
        raise LimitError(
            f"{file.path} has a text of {len(reading.text):,} characters; texts are worked through up to "
            f"{text_limit:,} (SECONDSOURCE_TEXT_LIMIT sets this)"
        )
    return file.metadata.fill(reading) if file.metadata else reading


def _failed_before(store: Store) -> Iterator[Found | File]:
    for document in store.documents("failed"):
        data = store.blobs.get(document.id)
        if Path(document.path).is_dir():
            store.remove_document(document.id)  # what is in it comes under paths of its own
        if Path(document.path).exists() or data is None:
            yield from find([document.path])
        else:
            yield File(document.path, data)


def _take(store: Store, item: Found | File, limits: Config, retry: bool) -> Arrival:
    if isinstance(item, File):
        return _keep(store, item, limits, retry)
    if item.missing:
        return Arrival(shown(item.path), "missing", note=item.reason)
    try:
        return _keep(store, load(item, limits.file_limit), limits, retry)
    except (ReadError, LimitError) as error:
        return _unread(store, shown(item.path), str(error))


def _unread(store: Store, path: str, reason: str) -> Arrival:
    """Keep the failure of a path whose bytes could not be had."""
    id = content_id("unread", path)
    nothing = File(path, b"")
    store.add_document(_document(nothing, id, "failed", reason, Reading("")))
    return Arrival(path, "failed", id, reason)


def _keep(store: Store, file: File, limits: Config, retry: bool) -> Arrival:
    id = sha256(file.data)
    known = store.document(id)
    if known and not (retry and known.status == "failed") and not _redescribed(store, known, file):
        store.add_arrival(id, file.path)
        return _known(known, file)
    store.blobs.add(file.data)
    document = _read(file, id, limits.text_limit)
    store.add_document(document, sidecar=file.sidecar)
    return Arrival(file.path, document.status, id, document.reason)


def _redescribed(store: Store, known: Document, file: File) -> bool:
    """True where the sidecar of a known file says something else than when it was read."""
    now = sha256(file.sidecar) if file.sidecar else None
    return known.path == file.path and store.sidecar_sha256(known.id) != now


def _known(known: Document, file: File) -> Arrival:
    if known.status == "read":
        note = f"{file.path} is already in the case"
        if known.path != file.path:
            note += f" as {known.path}"
        return Arrival(file.path, "known", known.id, note)
    again = "; `secondsource ingest --retry` reads it again" if known.status == "failed" else ""
    return Arrival(file.path, known.status, known.id, f"{known.reason}{again}")


def _read(file: File, id: str, text_limit: int) -> Document:
    try:
        reading = read_file(file, text_limit)
        return _document(file, id, "read", _without_claims(reading), reading)
    except Empty as error:
        return _document(file, id, "empty", str(error), Reading(""))
    except (ReadError, LimitError) as error:
        return _document(file, id, "failed", str(error), Reading(""))


def _without_claims(reading: Reading) -> str | None:
    """Why a text that was read gives no claims: none of it is in English."""
    text = reading.text
    reason = unread([text[block.start : block.end] for block in reading.blocks] or text.splitlines())
    return f"no claims are read from it: {reason}" if reason else None


def _document(file: File, id: str, status: ReadStatus, reason: str | None, reading: Reading) -> Document:
    return Document(
        id=id,
        path=file.path,
        status=status,
        reason=reason,
        media_type=media_type(file.data, file.path),
        size=len(file.data),
        reading=reading,
        text_sha256=sha256(reading.text.encode()),
        first_seen=now(),
    )
