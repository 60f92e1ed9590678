"""A ZIP archive whose one member is the archive itself.

After R. Cox, "Zip Files All The Way Down" (2010): DEFLATE as a program of two instructions, each five
bytes long, "take the next n bytes as they are" and "repeat the last n bytes", that writes itself down.
The checksum stands in what it sums up: its bits are the solution of linear equations over GF(2).
"""

from __future__ import annotations

import struct
import zlib

NAME = b"r.zip"
PADDING = b"\x7f\x53\x18\0" + bytes(24)  # an extra field that says nothing, for a head of 63 bytes


def quine() -> bytes:
    """The archive; `zipfile` reads the very same bytes out of it."""
    for stamp in range(1 << 16):
        if (checksum := _solved(stamp)) is not None:
            made = _archive(checksum, stamp)
            assert zlib.crc32(made) == checksum
            return made
    raise AssertionError("about one in three time stamps gives a checksum")


def _archive(checksum: int, stamp: int) -> bytes:
    size, packed = 0, 0
    while True:  # the lengths of the parts do not depend on what is said of them
        said = struct.pack("<HHHHIIIHH", 20, 0, 8, stamp, checksum, packed, size, len(NAME), len(PADDING))
        head = b"PK\3\4" + said[:6] + said[6:8] + b"\0\0" + said[8:] + NAME + PADDING
        entry = b"PK\1\2\x14\0" + said[:6] + said[6:8] + b"\0\0" + said[8:22] + b"\0\0" + bytes(14) + NAME
        end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(head) + packed, 1) + b"\xff"
        program = _program(head, entry + end)
        if len(program) == packed:
            return head + program + entry + end
        packed = len(program)
        size = len(head) + packed + len(entry) + len(end)


def _program(head: bytes, tail: bytes) -> bytes:
    """What unpacks to ``head``, itself and ``tail``."""
    as_is, again = _as_is, _repeat_twenty()
    one, four, none = as_is(5), as_is(20), as_is(0)
    first = as_is(len(head) + 5)
    last = as_is(len(tail) + 5)
    repeat_head = _repeat(len(head) + 5, first[-1], final=False)
    repeat_tail = _repeat(len(tail) + 5, tail[-1], final=True)
    return b"".join(
        [
            first + head + first,
            repeat_head,
            one + repeat_head,
            one + one,
            four + repeat_head + one + one + four,
            again,
            four + again + four + again + four,
            again,
            four + again + none + none + last,
            again,
            none + none,
            last + repeat_tail + tail,
            repeat_tail,
        ]
    )


def _as_is(count: int) -> bytes:
    """The head of a stored block of ``count`` bytes (RFC 1951, 3.2.4)."""
    return struct.pack("<BHH", 0, count, count ^ 0xFFFF)


def _repeat_twenty() -> bytes:
    """A block of fixed codes (3.2.6) that repeats the last twenty bytes: ten, and ten."""
    ten = [*_code(264 - 256, 7), *_code(8, 5), *_number(20 - 17, 3)]
    return _packed([0, 1, 0, *ten, *ten, *_code(0, 7)])


def _repeat(count: int, last: int, *, final: bool) -> bytes:
    """The same for ``count`` from 68 to 96 bytes: all but the last one, and that by itself."""
    length = count - 1
    symbol, base = (277, 67) if length < 83 else (278, 83)
    distance = (
        [*_code(12, 5), *_number(count - 65, 5)] if count < 97 else [*_code(13, 5), *_number(count - 97, 5)]
    )
    match = [*_code(symbol - 256, 7), *_number(length - base, 4), *distance]
    return _packed([int(final), 1, 0, *match, *_code(last - 144 + 0b110010000, 9), *_code(0, 7)])


def _code(value: int, bits: int) -> list[int]:
    """Codes stand highest bit first, numbers lowest first."""
    return _number(value, bits)[::-1]


def _number(value: int, bits: int) -> list[int]:
    return [value >> place & 1 for place in range(bits)]


def _packed(bits: list[int]) -> bytes:
    assert len(bits) == 40, len(bits)
    return sum(bit << place for place, bit in enumerate(bits)).to_bytes(5, "little")


def _solved(stamp: int) -> int | None:
    """The checksum x with crc(archive(x)) = x; None where there is none.

    A checksum is linear in each bit of what it sums up, but for a constant.
    """
    constant = zlib.crc32(_archive(0, stamp))
    rows = [zlib.crc32(_archive(1 << bit, stamp)) ^ constant ^ (1 << bit) for bit in range(32)]
    basis: dict[int, tuple[int, int]] = {}  # leading bit: a sum of rows, and which
    for bit, row in enumerate(rows):
        row, which = _reduced(row, 1 << bit, basis)
        if row:
            basis[row.bit_length()] = row, which
    rest, checksum = _reduced(constant, 0, basis)
    return None if rest else checksum


def _reduced(row: int, which: int, basis: dict[int, tuple[int, int]]) -> tuple[int, int]:
    while row and (found := basis.get(row.bit_length())):
        row, which = row ^ found[0], which ^ found[1]
    return row, which
