"""Codes of the Harmonized System as tables give them, and whether they stand on a list.

A spreadsheet that took 8542.30 for a number wrote 8542.3, and 0101.21 became 10121; a code may
be a heading of four digits or a national line of ten, and of an older edition.  What a
code leaves open stays open: it is set against a list with three answers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from secondsource.errors import SecondSourceError
from secondsource.goods.conditions import Facts, Parsed, Verdict
from secondsource.goods.figures import Figures

_SEPARATORS = re.compile(r"[\s.\-–/\u00a0]+")
_FLOAT = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
LATEST = 2022


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it was written and as it is read: digits, edition, and what was done to read it.

    ``digits`` may be fewer than six, where the code says no more; ``edition`` is None where
    nobody states it.  ``notes`` are for the reader of a result.
    """

    written: str
    digits: str
    edition: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def six(self) -> str | None:
        return self.digits[:6] if len(self.digits) >= 6 else None

    @property
    def said(self) -> str:
        return f"{self.digits[:4]}.{self.digits[4:6]}".rstrip(".")


def read(written: str, edition: int | str | None = None) -> Code:
    """The code in a cell.  Raises SecondSourceError, in one line, where it is none."""
    text = written.strip().strip("'\"")
    if _SCIENTIFIC.fullmatch(text):
        raise SecondSourceError(f"HS code “{written}” was made a rounded number by a spreadsheet")
    whole = _FLOAT.fullmatch(text)
    if whole and len(whole[1]) > 4:
        text = whole[1]  # 854231.0
    digits = _SEPARATORS.sub("", text)
    if not digits.isascii() or not digits.isdigit() or not 4 <= len(digits) <= 10:
        raise SecondSourceError(f"HS code “{written}” does not have 4 to 10 digits")
    digits, notes = _mended(text, digits)
    if not 1 <= int(digits[:2]) <= 99 or digits[:2] == "77":
        raise SecondSourceError(f"HS code “{written}”: there is no chapter {digits[:2]}")
    return Code(written, digits, _edition(edition), notes)


def _mended(text: str, digits: str) -> tuple[str, tuple[str, ...]]:
    """An odd number of digits is a code that lost or gained one: which, its form may tell."""
    if len(digits) % 2 == 0:
        return digits, ()
    has = f"“{text}” has {len(digits)} digits"
    if re.fullmatch(r"\d{4}\.0", text):
        return digits[:4], (
            f"{has}: the heading as a number, or {text}0 whose last zero a spreadsheet dropped",
        )
    if re.fullmatch(r"\d{4}\.\d", text):
        return digits, (f"{has}: {text}0 whose last zero a spreadsheet dropped, or {text} and more",)
    return digits, (f"{has}: one is missing at the end, or a zero at the start that a spreadsheet dropped",)


def _edition(edition: int | str | None) -> int | None:
    if edition is None or not str(edition).strip():
        return None
    found = re.search(r"(?:19|20)\d\d", str(edition))
    year = int(found[0]) if found else 0
    if year not in _data()["editions"]:
        known = ", ".join(map(str, _data()["editions"]))
        raise SecondSourceError(f"“{edition}” is no edition of the Harmonized System: known are {known}")
    return year


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("hs.toml").read_text("utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a code stands on a list: True, False or None, which ``codes`` of it, and why in a sentence."""

    holds: bool | None
    codes: tuple[str, ...]
    why: str
    needs: tuple[str, ...] = ()


def stands(code: Code, listed: frozenset[str]) -> Standing:
    """How a code stands to a list of six-digit codes of the edition of 2022."""
    if code.six is None:
        return _by_heading(code, listed)
    if code.edition is not None and code.edition < _data()["unknown"]["before"]:
        why = f"{code.said} is of the edition of {code.edition}, whose codes are not carried over here"
        return Standing(None, (), why, ("hs_2022",))
    found = _by_six(code, code.six, listed)
    if found.holds and len(code.digits) % 2:
        return Standing(None, found.codes, f"{found.why}, if no zero is missing at its start", ("hs6",))
    return found


def _by_heading(code: Code, listed: frozenset[str]) -> Standing:
    possible = tuple(sorted(six for six in listed if six.startswith(code.digits)))
    if not possible:
        return Standing(False, (), f"no listed code begins with {code.said}")
    shown = ", ".join(map(dotted, possible))
    why = f"{code.said} is no six-digit code; listed under it: {shown}"
    return Standing(None, possible, why, ("hs6",))


def _by_six(code: Code, six: str, listed: frozenset[str]) -> Standing:
    became = tuple(_data()["to_2022"].get(six, ()))
    if code.edition == LATEST or not became:
        return _plain(code, six, listed)
    hits = tuple(new for new in became if new in listed)
    if code.edition is None and six in became:
        return _plain(code, six, listed)  # the code lives on: read as the newest edition, which is said
    return _carried(code, became, hits)


def _plain(code: Code, six: str, listed: frozenset[str]) -> Standing:
    on = six in listed
    edition = f"edition of {code.edition}" if code.edition else "edition not stated, read as that of 2022"
    return Standing(on, (six,) if on else (), f"{code.said} ({edition}) is {'' if on else 'not '}listed")


def _carried(code: Code, became: tuple[str, ...], hits: tuple[str, ...]) -> Standing:
    stated = f"{code.edition}" if code.edition else "an edition before 2022"
    now = f"{code.said} of {stated} became {', '.join(map(dotted, became))} in 2022"
    if not hits:
        return Standing(False, (), f"{now}, none of which is listed")
    if len(hits) == len(became):
        return Standing(True, hits, f"{now}, listed")
    return Standing(
        None, hits, f"{now}, of which only {', '.join(map(dotted, hits))} is listed", ("hs_2022",)
    )


def dotted(six: str) -> str:
    return f"{six[:4]}.{six[4:]}"


def on_list(codes: Iterable[str]) -> Parsed:
    """The condition that the code of an item is one of ``codes``.  Raises SecondSourceError for no code."""
    read_codes = [read(str(code), LATEST) for code in codes]
    if not read_codes or any(code.six is None or len(code.digits) != 6 for code in read_codes):
        raise SecondSourceError("codes are of six digits (8542.31), at least one")
    listed = frozenset(code.digits for code in read_codes)

    def ask(figures: Figures, facts: Facts) -> Verdict:
        written = figures.codes.get("hs")
        if written is None:
            return Verdict(None, ("hs",), ("no HS code is stated",))
        code = read(written, figures.codes.get("hs_version"))
        found = stands(code, listed)
        return Verdict(found.holds, found.needs, (*code.notes, found.why))

    return Parsed(ask, frozenset(("hs",)), frozenset())
