"""Designation lists: files of sanctions and watch lists, recognised by what is in them.

A loader is a module that recognises a file and reads it; which one is asked is told by the
file's first bytes.  A list is taken whole or not at all: a changed layout, a file cut short
and a list without entries are a `ListError`, so that the last good version stays in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from secondsource.errors import ListError
from secondsource.lists import catalog, eu, ftm, mapped, ofac, ofac_advanced, ofac_xml, simple, uk, un
from secondsource.lists.file import ListFile
from secondsource.model import Designation, ListEntity

__all__ = [
    "ListFile",
    "ListHeader",
    "around",
    "beside",
    "catalog",
    "changed",
    "is_delta",
    "load",
    "open_list",
]

_COMPANION = re.compile(r"(?:(?:cons_)?(?:alt|add|comments)|sdn_comments)(?![a-z]).*\.csv", re.IGNORECASE)
"""How the files are named that belong to a main file in the OFAC layout."""

UNSTATED = "not stated in the file"


@dataclass(frozen=True, slots=True)
class ListHeader:
    """What a list file says of itself: its name, whose list it is, its layout, and remarks on the file.

    ``name`` is the file's name without suffix.  Layouts that anyone may keep a list in do not
    name its authority, and it is not guessed.  ``published`` is the file's own day, ``rhythm``
    the days after which the publisher of the layout usually has a newer file.
    """

    name: str
    authority: str
    layout: str
    notes: tuple[str, ...] = ()
    published: str | None = None
    rhythm: int | None = None
    licence: str | None = None


Read = Callable[[ListFile], Iterable[Designation]]


class Layout(NamedTuple):
    """A layout: how its files are told from others, how they are read, and what is known of it."""

    name: str
    recognises: Callable[[ListFile], bool]
    read: Read
    authority: str = UNSTATED
    published: Callable[[ListFile], str | None] = lambda file: None
    rhythm: int | None = None
    around: Callable[[ListFile], Iterator[ListEntity]] | None = None


_PUBLIC_DOMAIN = "work of the US Government, public domain (17 U.S.C. § 105)"
_LICENCES = {
    ofac_xml.AUTHORITY: _PUBLIC_DOMAIN,
    eu.AUTHORITY: "reuse with attribution (Commission Decision 2011/833/EU)",
    uk.AUTHORITY: "Open Government Licence v3.0",
    un.AUTHORITY: "United Nations, terms of use of the list's page",
}
XML = (
    Layout(un.LAYOUT, un.recognises, un.read, un.AUTHORITY, un.published, un.RHYTHM),
    Layout(
        ofac_xml.LAYOUT, ofac_xml.recognises, ofac_xml.read, ofac_xml.AUTHORITY, ofac_xml.published,
        ofac_xml.RHYTHM,
    ),
    Layout(
        ofac_advanced.LAYOUT, ofac_advanced.recognises, ofac_advanced.read, ofac_advanced.AUTHORITY,
        ofac_advanced.published, ofac_advanced.RHYTHM,
    ),
    Layout(eu.LAYOUT, eu.recognises, eu.read, eu.AUTHORITY, eu.published, eu.RHYTHM),
    Layout(uk.LAYOUT, uk.recognises, uk.read, uk.AUTHORITY, uk.published, uk.RHYTHM),
    Layout(uk.TARGETS_LAYOUT, uk.recognises_targets, uk.read_targets, uk.AUTHORITY, uk.published, uk.RHYTHM),
)  # fmt: skip
JSON_LINES = (Layout(ftm.LAYOUT, ftm.recognises, ftm.read, rhythm=ftm.RHYTHM, around=ftm.around),)
CSV = (
    Layout(eu.CSV_LAYOUT, eu.recognises_csv, eu.read_csv, eu.AUTHORITY, rhythm=eu.RHYTHM),
    Layout(uk.CSV_LAYOUT, uk.recognises_csv, uk.read_csv, uk.AUTHORITY, uk.published, uk.RHYTHM),
    Layout(
        ftm.STATEMENTS_LAYOUT,
        ftm.recognises_statements,
        ftm.read_statements,
        rhythm=ftm.RHYTHM,
        around=ftm.around_statements,
    ),
    Layout(eu.ACT_LAYOUT, eu.recognises_act, eu.read_act, eu.AUTHORITY),
)


def load(
    data: bytes, name: str, companions: Mapping[str, bytes] | None = None
) -> tuple[ListHeader, tuple[Designation, ...]]:
    """The header and the entries of the list file ``name``.

    ``companions`` are alias and address files of an OFAC main file, by file name (see
    `beside`).  Raises ListError, naming the file, the line and what is wrong with it.
    """
    header, entries = open_list(ListFile.of(data, name, companions))
    return header, tuple(entries)


def open_list(
    file: ListFile, mapping: Mapping[str, str] | None = None
) -> tuple[ListHeader, Iterator[Designation]]:
    """The header of a list file, and its entries one after another as they are read.

    With a ``mapping`` the file is a CSV with those columns (`mapped`).  Raises ListError, at
    once or while entries are taken.
    """
    if not file.head.strip():
        raise ListError(f"{file.name}: an empty file, not a list")
    name = Path(file.name).stem.removesuffix(".ftm")
    if mapping:
        return _opened(file, ListHeader(name, UNSTATED, mapped.LAYOUT), mapped.read(file, mapping))
    for layout in _possible(file):
        if layout.recognises(file):
            day, licence = layout.published(file), _LICENCES.get(layout.authority)
            header = ListHeader(name, layout.authority, layout.name, (), day, layout.rhythm, licence)
            return _opened(file, header, layout.read(file))
    return _old_csv(file, name)


def _possible(file: ListFile) -> tuple[Layout, ...]:
    first = file.head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    return XML if first == b"<" else JSON_LINES if first == b"{" else CSV


def _opened(
    file: ListFile, header: ListHeader, entries: Iterable[Designation]
) -> tuple[ListHeader, Iterator[Designation]]:
    """Refuses a list without entries before anything of it is used."""
    every = iter(entries)
    first = next(every, None)
    if first is None:
        raise file.refused(f"{header.layout}, without a single entry")
    name = header.name
    return header, (
        entry if entry.list == name else replace(entry, list=name) for entry in chain([first], every)
    )


def _old_csv(file: ListFile, name: str) -> tuple[ListHeader, Iterator[Designation]]:
    """The layouts without a mark of their own: OFAC's old CSV and the simple one."""
    first = next(file.rows(), None)
    if first is None:
        raise ListError(f"{file.name}: an empty file, not a list")
    if ofac.is_main(first[1]):
        entries, notes = ofac.read(file.text, file.name, file.companions)
        return _opened(file, ListHeader(name, UNSTATED, "OFAC SDN (CSV)", notes), entries)
    if simple.is_simple(first[1]):
        return _opened(file, ListHeader(name, UNSTATED, "targets.simple.csv"), simple.read(file, name))
    raise ListError(_unknown(file.name, first[1]))


def is_delta(file: ListFile) -> bool:
    """True for a file of changes to a list, which is no list by itself."""
    return ftm.recognises_delta(file)


def changed(before: ListFile, delta: ListFile) -> Iterator[bytes]:
    """The list ``before`` with the changes of a delta made to it, line by line.

    Raises ListError where one of them is cut short, or ``before`` is no list of entities.
    """
    if not ftm.recognises(before):
        raise delta.refused(f"changes to a list of entities, which {before.name} is not")
    return ftm.changed(before, delta)


def around(file: ListFile, layout: str) -> Iterator[ListEntity]:
    """The entities of a FollowTheMoney list in full; none where the layout has no such."""
    known = next((one for one in (*JSON_LINES, *CSV) if one.name == layout), None)
    return known.around(file) if known and known.around else iter(())


def beside(path: Path) -> dict[str, bytes]:
    """The alias, address and comment files that stand beside the main file ``path``, by file name.

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
    if first[0].lstrip().startswith("{"):
        return f"{name}: JSON, and no list: a list in JSON has an entity a line, or is an index of such files"
    shown = ", ".join(cell[:30] for cell in first[:6])
    columns = f"{name}: no known list layout; its first row has {len(first)} columns: {shown}"
    return f"{columns}; which of them has the names can be said with --map name=COLUMN"
