"""The hash of the database file while nobody writes to it, so that a flipped byte is seen.

SQLite does not check its pages, and a byte in an unused part of one changes nothing that is read.
The seal is taken away by the first write of a transaction and put down again when a process
that wrote closes the case; a process that is killed leaves none, and the next one puts it down.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

SUFFIX = ".sha256"


class FileSeal:
    """The seal of one SQLite file: ``case.sqlite.sha256``, in the form of ``sha256sum``."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.path = file.with_name(file.name + SUFFIX)

    def break_(self) -> None:
        """Take the seal away; called with the lock of a writer held."""
        self.path.unlink(missing_ok=True)

    def put(self) -> None:
        """Seal the file, unless another process is at it; what it writes then seals it later."""
        with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(self._file, timeout=0)) as connection:
            connection.isolation_level = None
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            connection.execute("BEGIN IMMEDIATE")
            if not busy and not self._behind():
                temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}")
                temporary.write_text(f"{self.digest()}  {self._file.name}\n")
                os.replace(temporary, self.path)
            connection.execute("ROLLBACK")

    def _behind(self) -> bool:
        """True where the log beside the file holds what the file does not yet."""
        log = self._file.with_name(self._file.name + "-wal")
        return log.exists() and log.stat().st_size > 0

    def digest(self) -> str:
        with self._file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def difference(self) -> str | None:
        """How the file differs from its seal; None where it does not, or has none."""
        try:
            stated = self.path.read_text("utf-8", "replace")
        except OSError:
            return None
        found = f"{self.digest()}  {self._file.name}\n"
        if stated == found:
            return None
        return f"the file was sealed as “{stated.strip()}” and is “{found.strip()}”"
