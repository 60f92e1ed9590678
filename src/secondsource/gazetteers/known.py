"""A known name and where it stands in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from secondsource.text import put_plain

_WORD = re.compile(r"\w+")
Role = Literal["name", "seat", "people", "outlet", "listed"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a form is known to stand for.

    ``name`` is the thing's own name, ``schema`` its kind, ``country`` an ISO 3166-1 code in lower case,
    ``at`` its latitude and longitude in degrees.  ``role`` is *name*; *seat* for a capital that may stand for
    its government ("Moscow"), whose ``name`` is the town's and ``state`` the state's; *people* for an
    adjective of nationality ("Russian"), whose ``name`` is the state's; *outlet* for a medium; *listed* for
    an entry of a list of the case, which tells less than a user's own name: its kind may be a wide one.
    """

    name: str
    schema: str
    role: Role = "name"
    country: str | None = None
    at: tuple[float, float] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A known form that stands in a text, as whole words: half-open, in code points."""

    start: int
    end: int
    known: Known


class Phrases:
    """Forms found in a text as whole words, by the word that each begins with."""

    def __init__(self, forms: Iterable[str]) -> None:
        by_word: defaultdict[str, list[str]] = defaultdict(list)
        for form in forms:
            if first := _WORD.match(form):
                by_word[first[0]].append(form)
        self._by_word = dict(by_word)

    def places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Every place of every form: start, end, form."""
        for word in _WORD.finditer(text):
            for form in self._by_word.get(word[0], ()):
                end = word.start() + len(form)
                if text.startswith(form, word.start()) and not text[end : end + 1].isalnum():
                    yield word.start(), end, form


def longest(hits: Iterable[tuple[int, int, str]], forms: Mapping[str, Known]) -> list[Found]:
    """The longest hit at each place, none overlapping, in reading order."""
    found: list[Found] = []
    for start, end, form in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if not found or start >= found[-1].end:
            found.append(Found(start, end, forms[form]))
    return found


_SAME_LENGTH = {"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " "}


def plain(text: str) -> str:
    """``text`` with plain apostrophes and hyphens; same length."""
    return put_plain(text, _SAME_LENGTH)
