"""A name against designation lists: who on them it may mean, how sure, and why.

Every result is a *potential* match: a reason to look, in words that can be quoted.  Nothing
here says that somebody is sanctioned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from secondsource import names
from secondsource.comparisons import Comparison, compare_names
from secondsource.errors import LimitError, SecondSourceError
from secondsource.model import Designation, ListEdition, Match, Screening
from secondsource.names.retrieval import LetterIndex, WordRarity
from secondsource.text import content_id

THRESHOLD = 0.7
"""The score from which a result is called a potential match: 5 of 1,000 invented persons raise one,
and 35 of 5,000 others (``bench/screening.py``, untuned half of the queries; docs/decisions/0009)."""

CUTOFF = 0.25
"""Results below are not shown at all: most of the words would have to be overlooked."""

CANDIDATES = 40
KINDS = (
    "Person",
    "LegalEntity",
    "Company",
    "Organization",
    "PublicBody",
    "Vessel",
    "Airplane",
    "Vehicle",
    "Thing",
)


class Screener:
    """Designations made ready for screening: built once, asked often.

    ``editions`` are the imports that the designations come from; every `Screening` names
    them, so that it can be said later what was screened against.
    """

    def __init__(self, designations: Iterable[Designation], editions: Sequence[ListEdition] = ()) -> None:
        self.editions = tuple(editions)
        self._forms = [_Form(entry, text) for entry in designations for text in _texts(entry)]
        self._names = [names.parse(form.text, form.entry.schema) for form in self._forms]
        self._rarity = WordRarity(self._names)
        self._index = LetterIndex(self._names)
        self._schemas = np.array([form.entry.schema for form in self._forms], dtype=np.str_)
        self._kinds = [str(kind) for kind in np.unique(self._schemas)]
        self._masks: dict[tuple[str, str | None], NDArray[np.bool_]] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(self._names):
            self._exact[name.key].append(at)

    def screen(
        self, name: str, *, schema: str | None = None, limit: int = 5, threshold: float | None = None
    ) -> Screening:
        """Whom on the lists ``name`` may mean, the likeliest first, at most ``limit`` entries.

        ``schema`` is the kind of thing that is named (one of `KINDS`), where it is known; a
        result whose score is ``threshold`` or more (`THRESHOLD` where none is given) is a
        potential match.  Raises SecondSourceError for a name without letters or digits, an
        unknown kind or senseless bounds, LimitError for a name longer than `names.LONGEST`.
        """
        bar = THRESHOLD if threshold is None else threshold
        self._check(name, schema, limit, bar)
        best: dict[tuple[str, str], tuple[Comparison, _Form]] = {}
        for found, form in self._compared(name, schema):
            key = form.entry.list, form.entry.id
            if found.score >= CUTOFF and (key not in best or found.score > best[key][0].score):
                best[key] = found, form
        ranked = sorted(best.items(), key=lambda item: (-item[1][0].score, item[0]))[:limit]
        results = tuple(_match(name, found, form, bar) for _, (found, form) in ranked)
        asked = name, schema, limit, bar, datetime.now(UTC).isoformat(timespec="seconds")
        id = content_id("s", *asked, [edition.sha256 for edition in self.editions])
        return Screening(id, name, schema, results, self.editions, asked[-1])

    def _check(self, name: str, schema: str | None, limit: int, threshold: float) -> None:
        if not self._forms:
            raise SecondSourceError("there is no designation to screen against: add a list first")
        if len(name) > names.LONGEST:
            raise LimitError(f"a name of {len(name):,} characters: the limit is {names.LONGEST}")
        if not names.normalise(name):
            raise SecondSourceError(f"{name!r}: no letter or digit to screen")
        if schema is not None and schema not in KINDS:
            raise SecondSourceError(f"unknown kind {schema!r}: known are {', '.join(KINDS)}")
        if limit < 1 or not 0 <= threshold <= 1:
            raise SecondSourceError("the limit must be 1 or more, the threshold between 0 and 1")

    def _compared(self, name: str, schema: str | None) -> Iterator[tuple[Comparison, _Form]]:
        """The listed names worth comparing, compared: a person's name is read in another way."""
        for reading in ("Person", "LegalEntity"):
            allowed = self._allowed(reading, schema)
            if not allowed.any():
                continue
            asked = names.parse(name, reading)
            same = [at for at in self._exact.get(asked.key, ()) if allowed[at]]
            for at in dict.fromkeys([*same, *self._index.nearest(asked, CANDIDATES, allowed)]):
                yield compare_names(asked, self._names[at], self._rarity), self._forms[at]

    def _allowed(self, reading: str, schema: str | None) -> NDArray[np.bool_]:
        """Which names are read so, and are of a kind that the asked one can be."""
        if (reading, schema) not in self._masks:
            wanted = [kind for kind in self._kinds if _asked_of(kind, reading, schema)]
            self._masks[reading, schema] = np.isin(self._schemas, wanted)
        return self._masks[reading, schema]


def _asked_of(kind: str, reading: str, schema: str | None) -> bool:
    return (kind == "Person") == (reading == "Person") and names.same_kind(schema or "Thing", kind)


class _Form(NamedTuple):
    """One name under which an entry is listed."""

    entry: Designation
    text: str


def _texts(entry: Designation) -> Iterable[str]:
    return dict.fromkeys((entry.name, *entry.aliases))


def _match(query: str, found: Comparison, form: _Form, threshold: float) -> Match:
    entry, over = form.entry, found.score >= threshold
    listed = "listed as" if form.text == entry.name else f"listed as an alias of “{entry.name}” under"
    where = f"“{form.text}” is {listed} entry {entry.id} of {entry.list} ({entry.schema})."
    side = "at or over the threshold of" if over else "under the threshold of"
    verdict = "a potential match, to be checked" if over else "not counted as a potential match"
    weighed = f"Score {found.score:g}, {side} {threshold:g}: {verdict}."
    return Match(query, entry, form.text, found.score, over, (found.sentence, where, weighed))
