"""ZIP and TAR: each member a document of its own; the archive itself has no text.

Costs: the unfolding, in memory: nothing is written to disk, so that a member's name cannot
lead anywhere.  Loses: folders, links, devices, the members' times and owners.  A member that
is over a limit, locked or damaged is named with the reason, and the others are read; in a
TAR, where what follows could be reached only through it, they are not.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from secondsource.errors import ReadError
from secondsource.model import Member, Reading
from secondsource.readers import zipped
from secondsource.readers.reader import MIB, no_text

MAX_MEMBER = 64 * MIB  # as the largest file that any reader takes
MAX_TOTAL = zipped.MAX_UNPACKED
MAX_MEMBERS = 10_000


class Budget:
    """What one archive may still unfold to."""

    def __init__(self) -> None:
        self._bytes, self._members = MAX_TOTAL, MAX_MEMBERS

    def refusal(self, size: int) -> str | None:
        """Why a member of ``size`` bytes is not unfolded; None where it is, and then it is counted."""
        if self._members <= 0:
            return f"an archive is read up to {MAX_MEMBERS:,} members"
        if size > MAX_MEMBER:
            return f"unfolds to {size / MIB:.0f} MiB; a member is read up to {MAX_MEMBER // MIB} MiB"
        if size > self._bytes:
            return f"an archive is unfolded up to {MAX_TOTAL // MIB} MiB"
        self._members -= 1
        self._bytes -= size
        return None


class Zip:
    media_type = "application/zip"
    suffixes: tuple[str, ...] = (".zip",)
    limit = 256 * MIB

    def recognises(self, data: bytes) -> bool:
        return bool(zipped.names(data))

    def read(self, data: bytes, name: str) -> Reading:
        """Raises Empty always: the text is in the members."""
        with _zip(data, name) as archive:
            count = sum(not _is_folder(entry) for entry in archive.infolist())
        raise no_text(name, count, "member")

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        budget = Budget()
        with _zip(data, name) as archive:
            for entry in archive.infolist():
                if _is_folder(entry) or entry.external_attr >> 28 == 0xA:  # a folder, or a symbolic link
                    continue
                yield _member(archive, entry, budget.refusal(entry.file_size))


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    # As zipfile says it, which raises on an entry without a name.
    return entry.filename.endswith("/")


def _zip(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (*zipped.BROKEN, OSError) as error:
        raise ReadError(f"{name} is not a readable ZIP archive: {error}") from None


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, problem: str | None) -> Member:
    if not problem:
        try:
            return Member(entry.filename, archive.read(entry))
        except (*zipped.BROKEN, OSError, zlib.error) as error:
            locked = entry.flag_bits & 1
            problem = "is password-protected" if locked else f"cannot be unpacked: {error}"
    return Member(entry.filename, b"", problem=problem)


class Tar:
    media_type = "application/x-tar"
    suffixes: tuple[str, ...] = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".txz")
    limit = 256 * MIB

    def recognises(self, data: bytes) -> bool:
        return data[257:262] == b"ustar"

    def read(self, data: bytes, name: str) -> Reading:
        """Raises Empty always: the text is in the members."""
        raise no_text(name, sum(1 for _ in self.members(data, name)), "member")

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        budget = Budget()
        try:
            with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as archive:
                for entry in archive:
                    if entry.isreg():
                        problem = budget.refusal(entry.size)
                        file = None if problem else archive.extractfile(entry)
                        yield Member(entry.name, file.read() if file else b"", problem=problem)
                        if problem:
                            return  # to pass over it would be to unfold it
        except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as error:
            raise ReadError(f"{name} is not a readable TAR archive: {error}") from None
