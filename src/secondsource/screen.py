"""A name against designation lists: who on them it may mean, how sure, and why.

Every result is a *potential* match: a reason to look, in words that can be quoted.  Nothing
here says that somebody is sanctioned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from secondsource import names
from secondsource.comparisons import Comparison
from secondsource.errors import LimitError, SecondSourceError
from secondsource.index import Form, NameIndex
from secondsource.model import Designation, ListEdition, Match, Screening
from secondsource.text import content_id

THRESHOLD = 0.7
"""The score from which a result is called a potential match (`false_alarms`, docs/decisions/0009)."""

CUTOFF = 0.25
"""Results below are not shown at all: most of the words would have to be overlooked."""

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

Entry = Callable[[int], Designation]
"""An entry by its number in the index."""


class Screener:
    """Designations made ready for screening: built once, asked often.

    ``editions`` are the imports that the designations come from; every `Screening` names
    them, so that it can be said later what was screened against.
    """

    def __init__(self, designations: Iterable[Designation], editions: Sequence[ListEdition] = ()) -> None:
        entries = list(designations)
        self._ready(NameIndex.build(forms(entries)).keep(), entries.__getitem__, editions)

    @classmethod
    def of(cls, index: NameIndex, entry: Entry, editions: Sequence[ListEdition]) -> Screener:
        """A screener on an index that was built before; ``entry`` looks up what it found."""
        screener = cls.__new__(cls)
        screener._ready(index, entry, editions)
        return screener

    def _ready(self, index: NameIndex, entry: Entry, editions: Sequence[ListEdition]) -> None:
        self.index, self._entry, self.editions = index, entry, tuple(editions)

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
        found = [one for one in self.index.find(name, schema, limit) if one.comparison.score >= CUTOFF]
        results = tuple(_match(name, one.comparison, self._entry(one.entry), bar) for one in found[:limit])
        asked = name, schema, limit, bar, datetime.now(UTC).isoformat(timespec="seconds")
        id = content_id("s", *asked, [edition.sha256 for edition in self.editions])
        return Screening(id, name, schema, results, self.editions, asked[-1])

    def _check(self, name: str, schema: str | None, limit: int, threshold: float) -> None:
        if not self.index.size:
            raise SecondSourceError("there is no designation to screen against: add a list first")
        if len(name) > names.LONGEST:
            raise LimitError(f"a name of {len(name):,} characters: the limit is {names.LONGEST}")
        if not names.normalise(name):
            raise SecondSourceError(f"{name!r}: no letter or digit to screen")
        if schema is not None and schema not in KINDS:
            raise SecondSourceError(f"unknown kind {schema!r}: known are {', '.join(KINDS)}")
        if limit < 1 or not 0 <= threshold <= 1:
            raise SecondSourceError("the limit must be 1 or more, the threshold between 0 and 1")


def forms(entries: Iterable[Designation]) -> Iterable[Form]:
    """Every name of every entry, the entries numbered in their order."""
    for at, entry in enumerate(entries):
        for text in dict.fromkeys((entry.name, *entry.aliases)):
            yield Form(at, text, entry.schema)


def _match(query: str, found: Comparison, entry: Designation, threshold: float) -> Match:
    over, form = found.score >= threshold, found.right
    listed = "listed as" if form == entry.name else f"listed as an alias of “{entry.name}” under"
    where = f"“{form}” is {listed} entry {entry.id} of {entry.list} ({entry.schema})."
    side = "at or over the threshold of" if over else "under the threshold of"
    verdict = "a potential match, to be checked" if over else "not counted as a potential match"
    weighed = f"Score {found.score:g}, {side} {threshold:g}: {verdict}."
    return Match(query, entry, form, found.score, over, (found.sentence, where, weighed))
