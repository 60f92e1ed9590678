"""Files on disk: found under the paths a user names, and brought into memory with their sidecars."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from secondsource.errors import LimitError, ReadError
from secondsource.readers import Sidecar, sidecar
from secondsource.store import FILE

MEBIBYTE = 1 << 20


class Found(NamedTuple):
    """A file to read; where ``reason`` is set, a folder or path that cannot be walked into.

    ``missing`` tells a path that is not there from one that is there and closed.
    """

    path: Path
    reason: str | None = None
    missing: bool = False


class File(NamedTuple):
    """The bytes of a file, with those of the sidecar beside it, and the address it was captured at."""

    path: str
    data: bytes
    sidecar: bytes | None = None
    url: str | None = None

    @property
    def metadata(self) -> Sidecar | None:
        return sidecar(self.sidecar) if self.sidecar else None


def shown(path: str | Path) -> str:
    """A path as text: bytes of a file name that are not UTF-8 are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def find(paths: Iterable[str | Path]) -> Iterator[Found]:
    """Every file at or under ``paths``, folders by name and to any depth.

    Inside a folder, hidden files, lock files of an office program (``~$``), sidecars and
    the folders of cases are passed over; a file that is named itself is always given.
    """
    for path in map(Path, paths):
        try:
            is_folder = path.is_dir() if path.stat() else False
        except (FileNotFoundError, NotADirectoryError):
            yield Found(path, f"{shown(path)}: there is no such file or folder", missing=True)
        except (OSError, ValueError) as error:
            yield Found(path, _refusal(path, error))
        else:
            yield from _under(path) if is_folder else _alone(path)


def _under(folder: Path) -> Iterator[Found]:
    empty = True
    for found in _walk(folder, set()):
        empty = False
        yield found
    if empty:
        yield Found(folder, f"{shown(folder)}: the folder holds no file to read", missing=True)


def _alone(path: Path) -> Iterator[Found]:
    if path.suffix.lower() == ".json":
        names = os.listdir(path.parent)
        if _is_sidecar(path, _stems(names)):
            return
    yield Found(path)


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    try:
        place = folder.stat()
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield Found(folder, _refusal(folder, error))
        return
    # A link may lead back up: each folder is walked once, under whichever name came first.
    if (place.st_dev, place.st_ino) in seen or FILE in names:
        return
    seen.add((place.st_dev, place.st_ino))
    stems = _stems(names)
    for path in (folder / name for name in names if not name.startswith((".", "~$"))):
        if path.is_dir():
            yield from _walk(path, seen)
        elif not _is_sidecar(path, stems):
            yield Found(path)


def _stems(names: Iterable[str]) -> set[str]:
    return {Path(name).stem for name in names if not name.lower().endswith(".json")}


def _is_sidecar(path: Path, stems: set[str]) -> bool:
    if path.suffix.lower() != ".json" or path.stem not in stems:
        return False
    try:
        return sidecar(path.read_bytes()) is not None
    except OSError:
        return False


def load(found: Found, limit: int) -> File:
    """The bytes of a file and of the sidecar beside it.

    Raises ReadError where it cannot be opened or is not a regular file, and LimitError
    where it is larger than ``limit`` bytes.
    """
    if found.reason:
        raise ReadError(found.reason)
    path = found.path
    data = _bytes(path, limit)
    beside = path.with_suffix(".json")
    if path.suffix.lower() != ".json" and beside.is_file():
        words = _bytes(beside, limit)
        return File(shown(path), data, words if sidecar(words) else None)
    return File(shown(path), data)


def _bytes(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        # Opening a pipe would wait for a writer that may never come.
        if not path.is_file():
            raise ReadError(f"{shown(path)} is not a regular file")
        if size > limit:
            raise LimitError(
                f"{shown(path)} has {size / MEBIBYTE:.1f} MiB; files are taken in up to "
                f"{limit / MEBIBYTE:.0f} MiB (SECONDSOURCE_FILE_LIMIT_MB sets this)"
            )
        return path.read_bytes()
    except OSError as error:
        raise ReadError(_refusal(path, error)) from error


def _refusal(path: Path, error: OSError | ValueError) -> str:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return f"{shown(path)} cannot be opened: {why}"
