"""Arrays that can be put in a file and used from there without being read whole."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_LONG = 65_536

Array = NDArray[Any]
Arrays = dict[str, Array]


class Strings(Sequence[str]):
    """Many strings as one run of UTF-8 with the place where each ends; item by item decoded on use."""

    def __init__(self, data: Array, ends: Array) -> None:
        self.data, self.ends = data, ends
        self._kept: list[str] | None = None

    def keep(self) -> None:
        """Decode all of them now, for looking at many again and again."""
        if self._kept is None:
            data, ends = self.data.tobytes(), self.ends.tolist()
            self._kept = [data[start:end].decode() for start, end in zip([0, *ends], ends, strict=False)]

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        encoded = [string.encode() for string in strings]
        ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if self._kept is not None:
            return self._kept[at]
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not 0 <= at < len(self.ends):
            raise IndexError(at)
        start = int(self.ends[at - 1]) if at else 0
        return self.data[start : int(self.ends[at])].tobytes().decode()

    def find(self, string: str) -> int:
        """The place of ``string`` in a sorted table; -1 where it is not in it."""
        at = bisect_left(self, string)
        return at if at < len(self) and self[at] == string else -1


def of_lines(strings: Iterable[str]) -> Array:
    """Strings without line breaks as bytes; quicker to read whole than `Strings`."""
    return np.frombuffer("\n".join(strings).encode(), np.uint8)


def lines(data: Array) -> list[str]:
    return data.tobytes().decode().split("\n") if len(data) else []


class Postings:
    """Which items hold a key: the items of each key stand together, keys in ascending order."""

    def __init__(self, keys: Array, starts: Array, items: Array) -> None:
        self.keys, self.starts, self.items = keys, starts, items

    @classmethod
    def of(cls, keys: Array, items: Array) -> Postings:
        """From pairs of a key of 32 bits and an item that holds it, of equal length and in any order."""
        # Sorted as numbers, keys with their places behind them: a stable sort takes four times as long.
        packed = (keys.astype(np.uint64) << np.uint64(32)) | np.arange(len(keys), dtype=np.uint64)
        packed.sort()
        order = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
        sorted_ = (packed >> np.uint64(32)).astype(np.uint32)
        first = np.flatnonzero(np.append(True, sorted_[1:] != sorted_[:-1])[: len(sorted_)])
        return cls(sorted_[first], np.append(first, len(keys)).astype(np.int64), items[order])

    @classmethod
    def of_pairs(cls, pairs: Iterable[tuple[int, int]]) -> Postings:
        """From (key, item) rows."""
        rows = np.array(list(pairs), np.int64).reshape(-1, 2)
        return cls.of(rows[:, 0].astype(np.uint32), rows[:, 1].astype(np.int32))

    def arrays(self, name: str) -> Arrays:
        return {f"{name}_keys": self.keys, f"{name}_starts": self.starts, f"{name}_items": self.items}

    def find_all(self, keys: Sequence[int]) -> list[Array]:
        """The items of each of ``keys`` that any item holds."""
        return self.find_each([keys])[0]

    def find_each(self, groups: Sequence[Sequence[int]]) -> list[list[Array]]:
        """`find_all` for each of many groups of keys, looked for together."""
        found: list[list[Array]] = [[] for _ in groups]
        asked = np.fromiter(chain.from_iterable(groups), np.uint32)
        if not len(self.keys) or not len(asked):
            return found
        at = np.minimum(self.keys.searchsorted(asked), len(self.keys) - 1)
        held = self.keys[at] == asked
        owner = np.repeat(np.arange(len(groups)), [len(keys) for keys in groups])[held].tolist()
        starts, ends = self.starts[at[held]].tolist(), self.starts[at[held] + 1].tolist()
        for group, start, end in zip(owner, starts, ends, strict=True):
            found[group].append(self.items[start:end])
        return found


def code(text: str) -> int:
    """A number of 32 bits for a string.  Two strings may share one, so that what is found by it
    is a proposal that somebody has to check."""
    return crc32(text.encode())


def codes(texts: Iterable[str]) -> Array:
    """The `code` of each of ``texts``, none of which has a line break."""
    lines = list(texts)
    encoded = "\n".join(lines).encode().split(b"\n") if lines else []
    return np.fromiter(map(crc32, encoded), np.uint32, len(lines))


class Sums:
    """What is gathered for places of a table, of which each call names few."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._last = np.empty(size if size > _LONG else 0, np.int32)
        """For each place where it stood last in the last call; what stands at others is never read."""

    def of(self, places: Array, worth: Array) -> tuple[Array, Array]:
        """The places whose sum of ``worth`` is above 0, in ascending order, and the sums."""
        if self._size <= _LONG:
            sums = np.bincount(places, worth, minlength=self._size)
            found = (sums > 0).nonzero()[0]
            return found, sums[found]
        # A table of hundreds of thousands takes longer to clear and to look through than to sort these.
        self._last[places] = np.arange(len(places), dtype=np.int32)
        at = self._last[places]
        sums = np.bincount(at, worth, minlength=len(places))
        found = (sums > 0).nonzero()[0]
        found = found[places[found].argsort()]
        return places[found], sums[found]


def ranges(starts: Array, sizes: Array) -> Array:
    """The numbers from each start on, as many as its size says, one range after the other."""
    before = np.cumsum(sizes) - sizes
    return np.asarray(np.repeat(starts - before, sizes) + np.arange(int(sizes.sum())))


_FILE, _CONTENTS = "arrays.bin", "arrays.json"
_ALIGNED = 64


def save(folder: Path, arrays: Arrays) -> None:
    """Put flat arrays in one file and where each stands in another, each with its SHA-256 beside it, by
    which `verify` sees a byte that changed."""
    told = {}
    with (folder / _FILE).open("wb") as file:
        for name, array in arrays.items():
            told[name] = (array.dtype.str, len(array), file.tell())
            file.write(np.ascontiguousarray(array).data)
            file.write(bytes(-file.tell() % _ALIGNED or _ALIGNED))
    (folder / _CONTENTS).write_text(json.dumps(told), "utf-8")
    for name in (_FILE, _CONTENTS):
        seal_file(folder / name)


def seal_file(path: Path) -> None:
    """Put the SHA-256 of a file beside it."""
    seal = path.with_name(f"{path.name}.sha256")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    seal.write_text(f"{digest}  {path.name}\n", "utf-8")


def open_saved(folder: Path) -> Arrays:
    """The arrays of a folder, mapped into memory and read where they are used."""
    whole = np.memmap(folder / _FILE, np.uint8, "r")
    told = json.loads((folder / _CONTENTS).read_text("utf-8"))
    return {
        name: np.ndarray((size,), kind, buffer=whole, offset=start)
        for name, (kind, size, start) in told.items()
    }
