"""What a reader is."""

from __future__ import annotations

from typing import Protocol

from secondsource.model import Reading

MIB = 1024 * 1024


class Reader(Protocol):
    """One file format: how to know it, how much of it is read, how to read it.

    ``suffixes`` are lower case with their dot; ``limit`` is the largest file read, in bytes.
    """

    media_type: str
    suffixes: tuple[str, ...]
    limit: int

    def recognises(self, data: bytes) -> bool:
        """True where the bytes themselves say that they are of this format."""

    def read(self, data: bytes, name: str) -> Reading:
        """The working text of ``data``, and what it says of itself; ``name`` is for messages.

        Raises ReadError where the bytes are not what they should be, Empty where they
        hold no text, LimitError where they unfold to more than a stated limit.
        """
