"""ZIP archives as several formats use them: known by their names, and unfolded within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, Self

from lxml import etree  # type: ignore[import-untyped]

from secondsource.errors import LimitError, ReadError
from secondsource.readers.reader import MIB

SIGNATURE = b"PK\x03\x04"
MAX_UNPACKED = 256 * MIB  # a good report unpacks to some ten times its size, a bomb to a thousand
MAX_ENTRIES = 50_000
# What zipfile raises for archives that are damaged, locked or of a kind it does not know.
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError, EOFError)


@lru_cache(maxsize=1)
def names(data: bytes) -> frozenset[str]:
    """The names in a ZIP archive; none where it is no readable one."""
    if not data.startswith((SIGNATURE, b"PK\x05\x06")):
        return frozenset()
    with suppress(*BROKEN, OSError), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return frozenset(archive.namelist()) | {""}
    return frozenset()


class Package:
    """A document that is a ZIP archive of XML parts, such as an office file.

    ``what`` names the format in messages.  Raises ReadError where it is no archive and
    LimitError where its parts would unfold to more than `MAX_UNPACKED`.
    """

    def __init__(self, data: bytes, name: str, what: str) -> None:
        self._name, self._what = name, what
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (*BROKEN, OSError) as error:
            raise ReadError(f"{name} is not {what}: {error}") from None
        # zipfile reads no further than an entry's declared size, so a declaration too small is a bad file.
        unpacked = sum(entry.file_size for entry in self._archive.infolist())
        if unpacked > MAX_UNPACKED:
            size, limit = f"{unpacked / MIB:.0f} MiB", f"{MAX_UNPACKED // MIB} MiB"
            raise LimitError(f"{name} unpacks to {size}; {what} is read up to {limit}")
        self.names: Sequence[str] = self._archive.namelist()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def xml(self, part: str) -> Any:
        """The tree of a part, without what it asks to be loaded; raises ReadError."""
        # Entities are not unfolded and nothing is fetched: an office file needs neither.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            return etree.fromstring(self._archive.read(part), parser)
        except (*BROKEN, KeyError, OSError, etree.LxmlError) as error:
            raise ReadError(f"{self._name} is not readable as {self._what}: {part}: {error}") from None
        except Exception as error:  # zlib states errors of its own
            raise ReadError(f"{self._name} is damaged: {part}: {error}") from None
