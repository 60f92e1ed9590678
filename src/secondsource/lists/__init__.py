"""Designation lists: files of sanctions and watch lists, recognised by what is in them.

A loader is a module with ``read``; which one is asked is told by the file's first row.  A
list is taken whole or not at all: a changed layout, a file cut short and a list without
entries are a `ListError`, so that the last good version stays in force.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from secondsource.errors import ListError
from secondsource.lists import ofac, simple
from secondsource.lists.table import decode, rows
from secondsource.model import Designation

__all__ = ["ListHeader", "beside", "load"]

_COMPANION = re.compile(r"(?:alt|add)(?![a-z]).*\.csv", re.IGNORECASE)
"""How the files are named that belong to a main file in the OFAC layout."""


@dataclass(frozen=True, slots=True)
class ListHeader:
    """What a list file says of itself: its name, whose list it is, its layout, and remarks on the file.

    ``name`` is the file's name without suffix.  Neither layout names its authority, and it is
    not guessed from the layout: anyone may keep a list in it.
    """

    name: str
    authority: str
    layout: str
    notes: tuple[str, ...] = ()


def load(
    data: bytes, name: str, companions: Mapping[str, bytes] | None = None
) -> tuple[ListHeader, tuple[Designation, ...]]:
    """The header and the entries of the list file ``name``.

    ``companions`` are alias and address files of an OFAC main file, by file name (see
    `beside`).  Raises ListError, naming the file, the line and what is wrong with it.
    """
    text = decode(data, name)
    first = next(rows(text, name), None)
    if first is None:
        raise ListError(f"{name}: an empty file, not a list")
    if ofac.is_main(first[1]):
        layout, (entries, notes) = "OFAC SDN (CSV)", ofac.read(text, name, companions or {})
    elif simple.is_simple(first[1]):
        layout, (entries, notes) = "targets.simple.csv", simple.read(text, name)
    else:
        raise ListError(_unknown(name, first[1]))
    header = ListHeader(Path(name).stem, "not stated in the file", layout, notes)
    return header, tuple(replace(entry, list=header.name) for entry in entries)


def beside(path: Path) -> dict[str, bytes]:
    """The alias and address files that stand beside the main file ``path``, by file name.

    Raises ListError where one of them cannot be read.
    """
    try:
        found = [file for file in path.parent.iterdir() if _COMPANION.fullmatch(file.name) and file != path]
        return {file.name: file.read_bytes() for file in sorted(found)}
    except OSError as error:
        raise ListError(f"{error.filename}: {error.strerror}") from error


def _unknown(name: str, first: list[str]) -> str:
    if len(first) in (ofac.ALIASES, ofac.ADDRESSES) and first[0].isdigit():
        return f"{name}: an alias or address file of OFAC; add the main file (sdn.csv) beside it instead"
    shown = ", ".join(cell[:30] for cell in first[:6])
    return f"{name}: no known list layout; its first row has {len(first)} columns: {shown}"
