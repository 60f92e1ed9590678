"""One file into the case, with the files inside it: each a document, the inner ones first.

A container is put in after its members, so that one that is in the case is complete: whoever
is stopped between the two begins it again, and what is there already is not put in twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from secondsource.config import Config
from secondsource.errors import Empty, LimitError, ReadError
from secondsource.fetch import capture
from secondsource.ingest.ahead import Ahead
from secondsource.ingest.files import File, Found, shown
from secondsource.languages import unread
from secondsource.model import WITHOUT_CLAIMS, Document, Member, Reading, ReadStatus, Taken
from secondsource.store import Store, now, program
from secondsource.text import content_id, sha256

Outcome = Literal["read", "known", "empty", "failed", "missing", "container"]

MAX_DEPTH = 6  # of containers in containers; a mail in a mailbox in an archive is three
MAX_INSIDE = 20_000  # documents out of one file
MAX_BYTES = 2 << 30  # unfolded out of one file, at all depths
INSIDE = "!/"  # between the path of a container and the name of a member


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
        """True where the case now holds a text for this path, or the documents inside it."""
        return self.outcome in ("read", "known", "container")


@dataclass(slots=True)
class _Outer:
    """The containers around a file, and how much more may come out of the outermost one."""

    ancestors: tuple[str, ...] = ()
    left: int = MAX_INSIDE
    room: int = MAX_BYTES
    how: dict[str, Any] = field(default_factory=dict)

    def refusal(self, member: Member) -> str | None:
        """Why a member is not taken; None where it is, and then it is counted."""
        if member.problem:
            return member.problem
        if len(self.ancestors) > MAX_DEPTH:
            return f"containers are opened to a depth of {MAX_DEPTH}"
        if sha256(member.data) in self.ancestors:
            return "is the very file that it is in"
        if self.left <= 0 or self.room < len(member.data):
            most = f"{MAX_INSIDE:,} documents or {MAX_BYTES >> 30} GiB"
            return f"limit output: out of one file come {most} at most"
        self.left -= 1
        self.room -= len(member.data)
        return None


class Intake:
    """Takes files into one case; ``ahead`` loads and reads them.

    With ``retry`` what failed is read anew, and so are the containers ``reopened``.
    """

    def __init__(
        self, store: Store, ahead: Ahead, limits: Config, *, retry: bool, reopened: Set[str] = frozenset()
    ) -> None:
        self._store, self._ahead, self._limits = store, ahead, limits
        self._retry, self._reopened = retry, reopened

    def arrivals(self, item: Found | File) -> list[Arrival]:
        """Take in one path; what became of it, and of everything in it."""
        if isinstance(item, File):
            return list(self._keep(item, None, _Outer()))
        if item.missing:
            return [Arrival(shown(item.path), "missing", note=item.reason)]
        try:
            file = self._ahead.load(item)
        except (ReadError, LimitError) as error:
            return [self._unread(shown(item.path), str(error))]
        origin = shown(Path(item.path).absolute())
        return list(self._keep(file, None, _Outer(how={"kind": "file", "origin": origin})))

    def address(self, url: str, *, allow_private: bool) -> list[Arrival]:
        """Fetch a page and take in what the server answered, as a capture with its response inside."""
        try:
            data = capture(url, agent=f"SecondSource/{program()}", allow_private=allow_private)
        except (ReadError, LimitError) as error:
            return [Arrival(url, "missing", note=str(error))]
        return list(self._keep(File(url, data), None, _Outer(how={"kind": "url", "origin": url})))

    def _unread(self, path: str, reason: str, **how: Any) -> Arrival:
        """Keep the failure of a path whose bytes could not be had."""
        id = content_id("unread", path)
        known = self._store.document(id)
        if known is None or known.reason != reason:
            nothing = _document(File(path, b""), id, "application/octet-stream")
            capture = self._store.capture(id, path, **how)
            failed = replace(nothing, status="failed", reason=reason)
            self._store.add_document(failed, capture=capture)
        return Arrival(path, "failed", id, reason)

    def _keep(self, file: File, declared: str | None, outer: _Outer) -> Iterator[Arrival]:
        id = sha256(file.data)
        how = outer.how or {"kind": "file", "origin": file.path}
        known = self._store.document(id)
        if known and not self._again(known, file):
            self._store.add_arrival(id, file.path, self._store.capture(id, file.path, **how))
            yield _known(known, file)
            return
        self._store.blobs.add(file.data)
        taken = self._ahead.take(file.data, file.path, declared)
        inner = [one for member in taken.members for one in self._member(file, id, member, outer)]
        document = _taken(file, id, taken, self._limits.text_limit)
        capture = self._store.capture(id, file.path, **how)
        self._store.add_document(document, sidecar=file.sidecar, capture=capture)
        yield Arrival(file.path, document.status, id, document.reason)
        yield from inner

    def _again(self, known: Document, file: File) -> bool:
        """True where a known file is read anew: it failed, is reopened, or its sidecar says else."""
        said = sha256(file.sidecar) if file.sidecar else None
        redescribed = known.path == file.path and self._store.sidecar_sha256(known.id) != said
        return redescribed or known.id in self._reopened or (self._retry and known.status == "failed")

    def _member(self, file: File, parent: str, member: Member, outer: _Outer) -> list[Arrival]:
        path = f"{file.path}{INSIDE}{shown(' '.join(member.name.split()))}"
        within = replace(outer, ancestors=(*outer.ancestors, parent))
        how = {
            "kind": member.kind,
            "origin": member.url or path,
            "parent": parent,
            "captured": member.captured,
            "record": member.record,
        }
        problem = within.refusal(member)
        if problem:
            return [self._unread(path, f"{path}: {problem}", **how)]
        within.how = how
        found = list(self._keep(File(path, member.data, url=member.url), member.media_type, within))
        outer.left, outer.room = within.left, within.room
        return found


def _known(known: Document, file: File) -> Arrival:
    if known.status in ("read", "container"):
        note = f"{file.path} is already in the case"
        if known.path != file.path:
            note += f" as {known.path}"
        return Arrival(file.path, "known", known.id, note)
    again = "; `secondsource ingest --retry` reads it again" if known.status == "failed" else ""
    return Arrival(file.path, known.status, known.id, f"{known.reason}{again}")


def _taken(file: File, id: str, taken: Taken, text_limit: int) -> Document:
    """The document that a file is, by what its reader gave."""
    document = _document(file, id, taken.media_type)
    try:
        reading = completed(file, taken, text_limit)
    except Empty as error:
        status: ReadStatus = "container" if taken.members else "empty"
        return replace(document, status=status, reason=str(error))
    except (ReadError, LimitError) as error:
        return replace(document, status="failed", reason=str(error))
    digest = sha256(reading.text.encode())
    return replace(document, reading=reading, text_sha256=digest, reason=_without_claims(reading))


def _without_claims(reading: Reading) -> str | None:
    """Why a text that was read gives no claims: none of it is in a language they are read from."""
    text = reading.text
    reason = unread([text[block.start : block.end] for block in reading.blocks] or text.splitlines())
    return f"{WITHOUT_CLAIMS}{reason}" if reason else None


def completed(file: File, taken: Taken, text_limit: int | None = None) -> Reading:
    """The reading of a file, completed by its sidecar.

    Raises ReadError, Empty or LimitError, each with a sentence that names the file; the
    last also where the text has more than ``text_limit`` code points.
    """
    if taken.refusal or taken.reading is None:
        raise taken.refusal or ReadError(f"{file.path} was not read")
    reading = taken.reading
    if text_limit is not None and len(reading.text) > text_limit:
        raise LimitError(
            f"{file.path} has a text of {len(reading.text):,} characters; texts are worked through up to "
            f"{text_limit:,} (SECONDSOURCE_TEXT_LIMIT sets this)"
        )
    reading = replace(reading, url=reading.url or file.url)
    return file.metadata.fill(reading) if file.metadata else reading


def _document(file: File, id: str, media_type: str) -> Document:
    nothing = Reading("")
    return Document(id, file.path, "read", None, media_type, len(file.data), nothing, sha256(b""), now())
