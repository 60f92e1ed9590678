"""Entries that a file gives in several rows, made one each, without the file in memory."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from secondsource.model import Designation

_EIGHT_BYTES = (1 << 64) - 1


def once(ids: Iterable[str], entries: Callable[[], Iterable[Designation]]) -> Iterator[Designation]:
    """The entries, those that share an id put together under the name that comes first.

    ``ids`` are all ids of the file, of which eight bytes each are kept for a while; an entry in
    one row is passed on as it comes, the others after the last row.
    """
    twice = _repeated(ids)
    if not twice:
        yield from entries()
        return
    kept: dict[str, Designation] = {}
    for entry in entries():
        if _short(entry.id) not in twice:
            yield entry
        else:
            kept[entry.id] = merged(kept[entry.id], entry) if entry.id in kept else entry
    yield from kept.values()


def _short(id: str) -> int:
    return hash(id) & _EIGHT_BYTES  # Python's own, another in each process, since nothing of it is kept


def _repeated(ids: Iterable[str]) -> set[int]:
    """The hashes that come more than once; by chance two ids may share one, which does no harm."""
    every = np.sort(np.frombuffer(array("Q", map(_short, ids)), np.uint64))
    return set(every[1:][every[1:] == every[:-1]].tolist())


def merged(first: Designation, again: Designation) -> Designation:
    """One entry of two that share an id, under the name of the first, with what either tells."""
    names = (*first.aliases, again.name, *again.aliases)
    many = ("programmes", "countries", "birth_dates", "identifiers", "addresses", "topics")
    joined: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(first, name), *getattr(again, name)))) for name in many
    }
    remarks = tuple(dict.fromkeys(told for told in (first.remarks, again.remarks) if told))
    aliases = tuple(dict.fromkeys(name for name in names if name != first.name))
    return replace(first, aliases=aliases, remarks="; ".join(remarks) or None, **joined)
