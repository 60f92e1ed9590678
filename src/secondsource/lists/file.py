"""A list file that is read from its start as often as needed, and never has to be in memory whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import BinaryIO, cast

from secondsource.errors import ListError
from secondsource.lists.table import cleaned, decode, encoding_of, raw, rows

HEAD = 65_536
PIECE = 1024 * 1024


@dataclass(frozen=True)
class ListFile:
    """``open`` gives the bytes anew; ``companions`` are files that belong to it, by name."""

    name: str
    open: Callable[[], io.BufferedIOBase]
    companions: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, name: str, companions: Mapping[str, bytes] | None = None) -> ListFile:
        return cls(name, lambda: io.BytesIO(data), companions or {})

    @classmethod
    def at(cls, path: Path, companions: Mapping[str, bytes] | None = None) -> ListFile:
        return cls(path.name, lambda: path.open("rb"), companions or {})

    @cached_property
    def head(self) -> bytes:
        with self.open() as file:
            return file.read(HEAD)

    @cached_property
    def text(self) -> str:
        """The whole text; for layouts whose files are a few megabytes."""
        with self.open() as file:
            return decode(file.read(), self.name)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Number and bytes of every line that is not blank, one at a time."""
        with self.open() as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line

    def stream(self) -> io.TextIOWrapper:
        """The text as a stream of UTF-8; the caller closes it."""
        return io.TextIOWrapper(cast(BinaryIO, self.open()), encoding="utf-8-sig", newline="")

    @cached_property
    def encoding(self) -> str:
        """The encoding of the text: UTF-8, or Windows-1252.  Raises ListError for bytes that are no text."""
        with self.open() as file:
            return encoding_of(iter(partial(file.read, PIECE), b""), self.name)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line number and cells of every row of a CSV, as `table.rows` has them, a few at a time."""
        with io.TextIOWrapper(cast(BinaryIO, self.open()), encoding=self.encoding, newline="") as stream:
            yield from rows(stream, self.name)

    def column(self, at: int) -> Iterator[str]:
        """The cells of one column of a CSV, as `rows` has them; rows that are too short are left out."""
        with io.TextIOWrapper(cast(BinaryIO, self.open()), encoding=self.encoding, newline="") as stream:
            yield from (cleaned(row[at]) for _, row in raw(stream, self.name) if len(row) > at)

    def refused(self, why: str, line: int | None = None) -> ListError:
        return ListError(f"{self.name}{f', line {line}' if line else ''}: {why}")
