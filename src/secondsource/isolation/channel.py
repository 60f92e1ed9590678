"""Messages of bytes between the program and the process that parses, over a socket that is open already.

A message is its length in eight bytes and itself.  Only ``read`` and ``write`` are called: the parsing
process may not do more.
"""

from __future__ import annotations

import os
import select
import struct
from time import monotonic

LENGTH = struct.Struct("=Q")
CHUNK = 1 << 20


class TooLong(ValueError):
    """A message is longer than it may be; none of it was taken."""


class Channel:
    """One end.  With a ``deadline`` (of `time.monotonic`) whatever takes longer raises TimeoutError."""

    def __init__(self, handle: int, *, waits: bool = True) -> None:
        self._handle = handle
        self._waits = waits
        self.deadline = 0.0
        os.set_blocking(handle, waits)

    def close(self) -> None:
        os.close(self._handle)

    def send(self, message: bytes) -> None:
        """Raises OSError where the other end is gone."""
        self._write(
            LENGTH.pack(len(message)) + message if len(message) < CHUNK else LENGTH.pack(len(message))
        )
        if len(message) >= CHUNK:
            self._write(message)

    def receive(self, most: int) -> bytes:
        """The next message; raises EOFError where none comes any more, TooLong over ``most`` bytes."""
        (length,) = LENGTH.unpack(self._read(LENGTH.size))
        if length > most:
            raise TooLong(f"a message of {length:,} bytes, of which {most:,} may come")
        return self._read(length)

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            self._ready(select.POLLOUT)
            left = left[os.write(self._handle, left) :]

    def _read(self, count: int) -> bytes:
        parts: list[bytes] = []
        while count:
            self._ready(select.POLLIN)
            # Memory is taken as bytes come, not as a length that may be a lie promises them.
            part = os.read(self._handle, min(count, CHUNK))
            if not part:
                raise EOFError("the other end is closed")
            parts.append(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _ready(self, event: int) -> None:
        if self._waits:
            return
        poll = select.poll()
        poll.register(self._handle, event)
        left = self.deadline - monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise TimeoutError("the deadline has passed")
