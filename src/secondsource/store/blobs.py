"""Original bytes on disk, named by their SHA-256."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from secondsource.errors import CaseError
from secondsource.text import sha256


class Blobs:
    """A folder of bytes: ``ab/cdef…`` holds the bytes whose SHA-256 is ``abcdef…``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]

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

    def get(self, digest: str) -> bytes | None:
        """The bytes as they are on disk now, unchecked, or None where they are gone."""
        try:
            return self.path(digest).read_bytes()
        except OSError:
            return None


def _write(target: Path, data: bytes) -> None:
    # A rename is atomic: a name in this folder never holds half of its bytes,
    # whenever the process ends.
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".incoming-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
