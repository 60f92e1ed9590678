"""The lists of the US Treasury's Office of Foreign Assets Control in their old CSV layout.

Files without headers share an entity number: ``sdn.csv`` (12 columns: number, name,
type, programme, title, call sign, vessel type, tonnage, gross registered tonnage, flag,
owner, remarks), ``alt.csv`` (5: number, alias number, kind, name, remarks) and ``add.csv``
(6: number, address number, address, city, country, remarks).  ``sdn_comments.csv`` (2: number,
words) carries on remarks that are too long for their cell.  ``-0-`` is an empty cell.
Copies with a line of column names on top are read as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from secondsource.days import day
from secondsource.errors import ListError
from secondsource.lists.table import END_MARK, decode, rows
from secondsource.model import Designation

MAIN, ALIASES, ADDRESSES, COMMENTS = 12, 5, 6, 2
_TOLD = {ALIASES: 3, ADDRESSES: 4, COMMENTS: 1}
"""The column of a companion that is used, by its width: the alias, the country, more of the remarks."""

_SCHEMAS = {
    "individual": "Person",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    "entity": "Organization",
    "": "Organization",
}
_NAMED_IN_REMARKS = re.compile(r"\b[afn]\.k\.a\. ['\"“]([^'\"”]+)['\"”]")
_NATIONALITY = re.compile(r"\b(?:nationality|citizen) ([A-Z][^;.]*)")
_BORN = re.compile(r"\bDOB ([^;]+?)(?=;|\.?$)")
_NUMBERS = re.compile(
    r"\b(?:Passport|Tax ID No\.|Registration (?:Number|ID)|National ID No\.|Identification Number|"
    r"Vessel Registration Identification IMO|SWIFT/BIC|MMSI|C\.U\.R\.P\.|R\.F\.C\.|D-U-N-S Number)\s+"
    r"(?:IMO )?([A-Z0-9][A-Z0-9/-]{3,})"
)
_PROGRAMMES = re.compile(r"[\]\[;]+")


def is_main(first: list[str]) -> bool:
    """True where a file's first row is that of the main file, with or without column names."""
    cells = [cell.casefold() for cell in first]
    named = cells[:3] in (["id", "name", "type"], ["ent_num", "sdn_name", "sdn_type"])
    return len(cells) == MAIN and (named or (cells[0].isdigit() and _blank(cells[2]) in _SCHEMAS))


def read(
    text: str, name: str, companions: Mapping[str, bytes]
) -> tuple[tuple[Designation, ...], tuple[str, ...]]:
    """The entries of a main file with what its companions add, and remarks on the files.

    Raises ListError for a row that is not in the layout and for a file without entries.
    """
    entries = {row[0]: _entry(row, f"{name}, line {line}") for line, row in _numbered(text, name, MAIN)}
    if not entries:
        raise ListError(f"{name}: a list in the OFAC layout without a single entry")
    notes = [] if text.rstrip("\r\n,").endswith(END_MARK) else [f"{name}: no end mark; is it complete?"]
    added: dict[int, dict[str, list[str]]] = {width: defaultdict(list) for width in (*_TOLD, MAIN)}
    for file, data in sorted(companions.items()):
        told = [row for _, row in _numbered(decode(data, file), file, *_TOLD)]
        for row in told:
            added[len(row)][row[0]].append(_blank(row[_TOLD[len(row)]]))
            if len(row) == ADDRESSES:
                added[MAIN][row[0]].append(", ".join(filter(None, map(_blank, row[2:5]))))
        if missing := {row[0] for row in told} - entries.keys():
            notes.append(f"{file}: entries left out because {name} does not hold them: {len(missing)}")
    return tuple(_with(entry, added) for entry in entries.values()), tuple(notes)


def _with(entry: Designation, added: Mapping[int, Mapping[str, list[str]]]) -> Designation:
    aliases = (*added[ALIASES].get(entry.id, ()), *entry.aliases)
    countries = (*entry.countries, *added[ADDRESSES].get(entry.id, ()))
    remarks = " ".join([entry.remarks or "", *added[COMMENTS].get(entry.id, ())]).strip()
    return replace(
        entry,
        aliases=_distinct(aliases, entry.name),
        countries=_distinct(countries),
        addresses=_distinct(added[MAIN].get(entry.id, ())),
        remarks=remarks or None,
        birth_dates=_distinct(filter(None, map(day, _BORN.findall(remarks)))),
        identifiers=_distinct(_NUMBERS.findall(remarks)),
    )


def _numbered(text: str, name: str, *widths: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that begin with an entity number, with their lines, all of one of ``widths``.

    A first row of column names is passed over.
    """
    width = 0
    for at, (line, row) in enumerate(rows(text, name)):
        width = width or (len(row) if len(row) in widths else widths[0])
        if len(row) != width:
            raise ListError(
                f"{name}, line {line}: {len(row)} columns instead of {width}: changed, or cut short"
            )
        if row[0].isdigit():
            yield line, row
        elif at:
            raise ListError(f"{name}, line {line}: {row[0][:30]!r} is not an entity number")


def _entry(row: list[str], place: str) -> Designation:
    number, name, kind, programme, title, *_, remarks = map(_blank, row)
    if kind not in _SCHEMAS:
        raise ListError(
            f"{place}: unknown type {kind[:30]!r}; known are individual, entity, vessel, aircraft"
        )
    if not name:
        raise ListError(f"{place}: an entry without a name")
    return Designation(
        id=number,
        list="",
        name=name,
        schema=_SCHEMAS[kind],
        aliases=tuple(_NAMED_IN_REMARKS.findall(remarks)),
        programmes=_distinct(part.strip() for part in _PROGRAMMES.split(programme)),
        countries=_distinct(part.strip() for part in _NATIONALITY.findall(remarks)),
        remarks="; ".join(filter(None, (title, remarks))) or None,
    )


def _blank(cell: str) -> str:
    return "" if cell == "-0-" else cell


def _distinct(values: Iterable[str], known: str = "") -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value and value != known))
