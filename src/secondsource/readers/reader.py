"""What a reader is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from secondsource.errors import Empty
from secondsource.model import Member, Reading

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


def no_text(name: str, count: int, noun: str) -> Empty:
    """That a container has no text of its own, and how many files are in it."""
    return Empty(f"{name} holds no text of its own: {count:,} {noun}{'' if count == 1 else 's'}")


@runtime_checkable
class Container(Protocol):
    """A reader of a format that holds other files: attachments, members, captured pages."""

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        """The files inside ``data``, in its order; one that cannot be had comes with its problem.

        Raises ReadError where the bytes are not what they should be.
        """
