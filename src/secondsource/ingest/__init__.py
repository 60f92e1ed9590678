"""Files and folders into a case: found, read and kept, each in a transaction of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from secondsource.config import Config
from secondsource.fetch import is_address
from secondsource.ingest.ahead import Ahead, Take
from secondsource.ingest.files import File, Found, find, load, shown
from secondsource.ingest.intake import INSIDE, Arrival, Intake, Outcome, completed
from secondsource.isolation import reading_process
from secondsource.model import Progress, Reading
from secondsource.readers import take as take_here
from secondsource.store import Store

__all__ = [
    "Arrival",
    "File",
    "Found",
    "IngestReport",
    "Outcome",
    "find",
    "ingest",
    "is_address",
    "load",
    "missing",
    "read_file",
    "shown",
]

Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every path, in the order they came; members follow their container.

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
    paths: Iterable[str | Path | File] = (),
    *,
    retry: bool = False,
    progress: Watch | None = None,
    config: Config | None = None,
    allow_private: bool = False,
) -> IngestReport:
    """Take every file at or under ``paths`` into the case; an address is fetched, a `File` is read.

    A file that cannot be read is kept as a document with status ``failed`` and its reason,
    an empty one as ``empty``; the others are read all the same.  ``retry`` reads again what
    failed before: the file where it now stands, or else the bytes that were kept, or those of the
    container around it.  Each
    document is one transaction, so that stopping keeps what was done, and the same call
    carries on: nothing twice, nothing lost.  ``allow_private`` lets addresses be fetched that are
    of this machine or a private network.
    """
    given = list(paths)
    work: list[Found | File | str] = [path for path in given if isinstance(path, str) and is_address(path)]
    work += [file for file in given if isinstance(file, File)]
    work += find(path for path in given if not isinstance(path, File) and not is_address(path))
    around = _around_failures(store) if retry else frozenset()
    if retry:
        work += _failed_before(store, around)
    limits = config or Config()
    isolation = reading_process() if limits.isolated else None
    # Bytes that are kept were read already; where that was cut short they are read in their turn.
    ahead = Ahead(isolation.take if isolation else take_here, store.blobs.holds, limits.file_limit)
    intake = Intake(store, ahead, limits, retry=retry, reopened=around)
    arrivals: list[Arrival] = []
    problems: Counter[str] = Counter()
    store.blobs.clean()
    for done, item in enumerate(ahead.over(work) if isolation else work):
        if progress:
            name = item if isinstance(item, str) else shown(item.path)
            progress(Progress("read", done, len(work), name, tuple(problems.items())))
        if isinstance(item, str):
            came = intake.address(item, allow_private=allow_private)
        else:
            came = intake.arrivals(item)
        problems.update(one.outcome for one in came if not one.usable)
        arrivals += came
    if progress:
        progress(Progress("read", len(work), len(work), problems=tuple(problems.items())))
    return IngestReport(tuple(arrivals))


def missing(paths: Iterable[str | Path]) -> IngestReport:
    """The report on paths of which none is there."""
    return IngestReport(tuple(Arrival(shown(item.path), "missing", note=item.reason) for item in find(paths)))


def taking(config: Config) -> Take:
    """What reads a file: another process, or this one where it cannot be or is not wanted."""
    isolation = reading_process() if config.isolated else None
    return isolation.take if isolation else take_here


def read_file(file: File, text_limit: int | None = None, config: Config | None = None) -> Reading:
    """The reading of a file, completed by its sidecar: see `intake.completed` for what is raised."""
    return completed(file, taking(config or Config())(file.data, file.path, None), text_limit)


def _failed_before(store: Store, around: Set[str]) -> Iterator[Found | File]:
    for document in store.documents("failed"):
        data = store.blobs.get(document.id)
        if Path(document.path).is_dir():
            store.remove_document(document.id)  # what is in it comes under paths of its own
        if Path(document.path).exists() or (data is None and INSIDE not in document.path):
            yield from find([document.path])
        elif data is not None:
            yield File(document.path, data)
    for id in sorted(around):
        outermost, data = store.document(id), store.blobs.get(id)
        if outermost and data is not None and INSIDE not in outermost.path:
            yield File(outermost.path, data)


def _around_failures(store: Store) -> frozenset[str]:
    """The containers, innermost to outermost, around the members of which no bytes were kept."""
    parents = {one.document: one.parent for one in store.custody.captures() if one.parent}
    around: set[str] = set()
    for document in store.documents("failed"):
        inner = parents.get(document.id) if store.blobs.get(document.id) is None else None
        while inner and inner not in around:
            around.add(inner)
            inner = parents.get(inner)
    return frozenset(around)
