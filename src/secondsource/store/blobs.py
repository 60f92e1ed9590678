"""Original bytes on disk, named by their SHA-256."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedIOBase
from pathlib import Path
from time import time

from secondsource.errors import CaseError
from secondsource.text import sha256

UNFINISHED = ".incoming-"


class Blobs:
    """A folder of bytes: ``ab/cdef…`` holds the bytes whose SHA-256 is ``abcdef…``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]

    def holds(self, digest: str) -> bool:
        """True where these bytes are kept."""
        return self.path(digest).exists()

    def add(self, data: bytes) -> str:
        """Keep ``data`` and return its SHA-256; the same bytes are kept once.

        Raises CaseError where the disk refuses.
        """
        digest = sha256(data)
        target = self.path(digest)
        if not target.exists():
            try:
                _write(target, data)
            except OSError as error:
                raise CaseError(f"{target}: cannot be written: {error.strerror}") from error
        return digest

    def digests(self) -> Iterator[str]:
        """The names of all that is kept here, in order, whether or not they are right."""
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                if not path.name.startswith(UNFINISHED):
                    yield folder.name + path.name

    def clean(self) -> None:
        """Take away what a process that was killed left unfinished over an hour ago."""
        for path in self._folder.glob(f"*/{UNFINISHED}*"):
            with suppress(OSError):
                if time() - path.stat().st_mtime > 3600:  # a younger one may be in another's hands
                    path.unlink()

    def add_stream(self, stream: BufferedIOBase) -> str:
        """Keep what a stream gives, a megabyte at a time; as `add` otherwise."""
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if not self.path(digest).exists():
            stream.seek(0)
            try:
                _write(self.path(digest), stream)
            except OSError as error:
                raise CaseError(f"{self.path(digest)}: cannot be written: {error.strerror}") from error
        return digest

    def add_file(self, path: Path, digest: str) -> None:
        """Keep the bytes of a file whose SHA-256 is ``digest``, a piece at a time.

        Raises CaseError where the disk refuses, or the file is not what it was.
        """
        target = self.path(digest)
        if target.exists():
            return
        try:
            _copy(path, target, digest)
        except OSError as error:
            raise CaseError(f"{target}: cannot be written: {error.strerror}") from error

    def get(self, digest: str) -> bytes | None:
        """The bytes as they are on disk now, unchecked, or None where they are gone."""
        try:
            return self.path(digest).read_bytes()
        except OSError:
            return None


def _copy(source: Path, target: Path, digest: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    try:
        with source.open("rb") as from_, os.fdopen(handle, "wb+") as to:
            shutil.copyfileobj(from_, to, 1 << 20)
            to.flush()
            os.fsync(to.fileno())
            to.seek(0)
            if hashlib.file_digest(to, "sha256").hexdigest() != digest:
                raise CaseError(f"{source} was changed while it was read")
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _write(target: Path, data: bytes | BufferedIOBase) -> None:
    # A rename is atomic: a name in this folder never holds half of its bytes,
    # whenever the process ends.
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(io.BytesIO(data) if isinstance(data, bytes) else data, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
