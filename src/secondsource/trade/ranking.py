"""Rows in the order of their scores without holding them: a bucket a score, on disk."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_IN_MEMORY = 20_000


class Spool:
    """Records by score, in a folder of this process alone; rows of one score keep their order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[int, list[Any]] = defaultdict(list)
        self._held = 0
        self.size = 0

    def add(self, score: int, record: Any) -> None:
        self._waiting[score].append(record)
        self._held += 1
        self.size += 1
        if self._held >= _IN_MEMORY:
            self._put_away()

    def _put_away(self) -> None:
        for score, records in self._waiting.items():
            with (self._folder / str(score)).open("ab") as file:
                pickle.dump(records, file, pickle.HIGHEST_PROTOCOL)
        self._waiting.clear()
        self._held = 0

    def ranked(self) -> Iterator[Any]:
        """Every record, the highest score first."""
        self._put_away()
        for path in sorted(self._folder.iterdir(), key=lambda path: -int(path.name)):
            with path.open("rb") as file:
                while True:
                    try:
                        records = pickle.load(file)
                    except EOFError:
                        break
                    yield from records
