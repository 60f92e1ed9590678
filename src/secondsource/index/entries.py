"""The entries of an index, whole, in a file beside it: what a name was found under is read from there.

They follow from the lists of the case as the index does; looking some up in the database for each
screened name took longer than finding the name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import numpy as np

from secondsource.index.tables import Strings, open_saved, save
from secondsource.model import Designation
from secondsource.records import from_json, to_json

_RAW = "entries.raw"
_REMEMBERED = 50_000

Kept = Callable[[Iterable[Designation]], Iterator[Designation]]


@contextmanager
def keep_entries(folder: Path) -> Iterator[Kept]:
    """Gives a function that passes entries on and writes each into ``folder`` as it goes by."""
    ends: list[int] = []
    with (folder / _RAW).open("wb") as raw:

        def kept(entries: Iterable[Designation]) -> Iterator[Designation]:
            for entry in entries:
                raw.write(json.dumps(to_json(entry), ensure_ascii=False, separators=(",", ":")).encode())
                ends.append(raw.tell())
                yield entry

        yield kept
    data = np.memmap(folder / _RAW, np.uint8, "r") if ends else np.zeros(0, np.uint8)
    save(folder, {"entry_data": data, "entry_ends": np.array(ends, np.int64)})
    (folder / _RAW).unlink()


class Entries:
    """The entries that `keep_entries` wrote, by their numbers in the index."""

    def __init__(self, folder: Path) -> None:
        arrays = open_saved(folder)
        self._written = Strings(arrays["entry_data"], arrays["entry_ends"])
        self._get = lru_cache(maxsize=_REMEMBERED)(self._read)

    def __call__(self, at: int) -> Designation:
        return self._get(at)

    def _read(self, at: int) -> Designation:
        return from_json(Designation, json.loads(self._written[at]))
