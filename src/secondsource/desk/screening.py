"""What a desk does with names to screen: it screens, records, repeats, and obeys what people decided."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from secondsource.desk.lists import Lists
from secondsource.errors import NotFound, ReadError, SecondSourceError
from secondsource.model import Designation, ListEdition, Match, MatchJudgement, Screening
from secondsource.text import sha256

if TYPE_CHECKING:
    from secondsource.screen import Asked, Screener
    from secondsource.screen.alarms import Measured
    from secondsource.screen.qualifiers import Qualifiers

AT_ONCE = 200
"""Screenings that are put into the case with one transaction."""

KIND = "match-judgement"


class Replay(NamedTuple):
    """A screening of before and what it gives again.

    ``gone`` says, a sentence each, which list or which way of comparing is not there any more;
    without its lists it cannot be repeated, and ``again`` is None.
    """

    before: Screening
    again: Screening | None
    gone: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.again is not None and not self.gone and outcome(self.before) == outcome(self.again)


class Screenings(Lists):
    """Names screened against the lists of a case."""

    _ready: Screener | None = None

    def screen(
        self,
        name: str,
        *,
        schema: str | None = None,
        limit: int = 5,
        threshold: float | None = None,
        qualifiers: Qualifiers | None = None,
    ) -> Screening:
        """Whom on the lists of the case a name may mean, with reasons; the screening is kept.

        ``schema`` is the kind of thing that is named, where it is known; ``qualifiers`` what
        else is known of it.  Raises SecondSourceError where there is no list, or the name or a
        bound makes no sense.
        """
        screening = self.screener().screen(
            name, schema=schema, limit=limit, threshold=threshold, qualifiers=qualifiers
        )
        self.log().add_screenings([screening])
        return screening

    def screen_many(
        self, asked: Iterable[Asked], *, refused: Callable[[str], None] | None = None, **bounds: Any
    ) -> Iterator[Screening]:
        """Each of many names, screened as `screen` does and kept some hundreds at a time.

        ``refused`` is told of each that cannot be screened; without it the first one is raised.
        """
        screener, waiting = self.screener().keep(), iter(asked)
        while batch := list(islice(waiting, AT_ONCE)):
            found = screener.screen_all(list(_screenable(batch, screener, refused)), **bounds)
            self.log().add_screenings(found)
            yield from found

    def screen_file(
        self,
        path: str | Path,
        *,
        column: str | None = None,
        schema_column: str | None = None,
        refused: Callable[[str], None] | None = None,
        **bounds: Any,
    ) -> Iterator[Screening]:
        """Each name in a column of a CSV, XLSX or JSON lines file, screened with the same ``bounds``.

        ``column`` is "query" or "name" where none is given; empty cells are left out.
        ``refused`` is told of each row that cannot be screened; without it the first one is
        raised.  Raises ReadError where the file cannot be opened, ListError where it is no
        table or has no such column.
        """
        from secondsource.lists.asked import names_in
        from secondsource.screen import Asked
        from secondsource.screen.qualifiers import Qualifiers

        rows = names_in(_bytes(path), str(path), column, schema_column)
        known, schema = bounds.pop("qualifiers", None) or Qualifiers(), bounds.pop("schema", None)
        asked = (Asked(row.name, row.schema or schema, known, f"{path}, line {row.line}") for row in rows)
        yield from self.screen_many(asked, refused=refused, **bounds)

    def screen_entities(self, **bounds: Any) -> Iterator[Screening]:
        """Every name of every entity of the case that is somebody or some body."""
        from secondsource.screen import KINDS, Asked

        named = ((name, entity.schema) for entity in self.store().entities() for name in entity.names)
        asked = [Asked(name, schema) for name, schema in dict.fromkeys(named) if schema in KINDS]
        yield from self.screen_many(asked, refused=lambda reason: None, **bounds)

    def screenings(self) -> list[Screening]:
        """What was screened, in the order of time."""
        return self.store().screenings()

    def screening(self, id: str) -> Screening:
        """Raises NotFound."""
        found = self.store().screening(id)
        if found is None:
            raise NotFound(f"{id}: no screening of this case has that id")
        return found

    def replay(self, id: str) -> Replay:
        """Screen again as it was done then: the same name, bounds and list editions.

        Lists that have been replaced are read again from the bytes that the case keeps.  Where the way of
        comparing is another by now, what it gives is told apart from a repetition.
        Judgements made since are left aside, as are those of before.
        """
        from secondsource.index import ALGORITHM

        before = self.screening(id)
        gone = tuple(
            f"The list {edition.name} of {edition.imported_at[:10]} (sha256 {edition.sha256[:12]}…) is gone: "
            "the screening cannot be repeated."
            for edition in before.lists
            if not self.store().blobs.path(edition.sha256).is_file()
        )
        if gone:
            return Replay(before, None, gone)
        if before.algorithm not in ("", ALGORITHM):
            gone = (
                f"It was screened by {before.algorithm}, which this version does not have; what {ALGORITHM} "
                "gives with the same lists is not a repetition.",
            )
        return Replay(before, again(self._screener_of(before.lists), before), gone)

    def rescreen(self) -> Iterator[tuple[Screening, Screening]]:
        """Every name that was screened before, against the lists as they are now: those whose
        potential matches changed, each with the screening of before.  What did not change is not kept.

        One name with another birth date, country or identifier was another question, and is asked again."""
        last = {_asked(one): one for one in self.screenings()}
        screener = self.screener().keep()
        for before in last.values():
            now = again(screener, before)
            if _matched(now) != _matched(before):
                self.store().add_screenings([now])
                yield before, now

    def judge_match(
        self,
        query: str,
        list: str,
        designation: str,
        decision: str,
        *,
        reason: str = "",
        by: str | None = None,
    ) -> MatchJudgement:
        """Keep what a person decided: ``positive`` (the same), ``negative`` or ``unsure``.

        It is obeyed by every later screening of the name.  Raises NotFound for an entry that
        no list in force has, SecondSourceError for another decision.
        """
        from secondsource.store import now

        if decision not in ("positive", "negative", "unsure"):
            raise SecondSourceError(f"{decision!r} is no decision: positive, negative or unsure")
        if self.store().designation(list, designation) is None:
            raise NotFound(f"{list} {designation}: no list in force has that entry")
        who = by or os.environ.get("USER") or "somebody"
        judgement = MatchJudgement(query, list, designation, decision, reason, who, now())  # type: ignore[arg-type]
        self.store().ledger.append(KIND, asdict(judgement))
        if self._ready:
            self._ready.obey([judgement])
        return judgement

    def match_judgements(self) -> list[MatchJudgement]:
        """What people decided of matches, in the order of time."""
        return [MatchJudgement(**told) for told in self.log().payloads(KIND)]

    def export_screenings(self, path: str | Path) -> None:
        """Every screening and judgement as JSON lines or CSV, by the file's name.

        Raises SecondSourceError for another name, and where the file cannot be written.
        """
        from secondsource.desk.exported import write

        write(Path(path), self.screenings(), self.match_judgements())

    def false_alarms(self, threshold: float) -> float:
        """Of 10,000 invented people, how many raise a potential match on the lists in force."""
        from secondsource.index.tables import seal_file
        from secondsource.screen import expected

        screener = self.screener()
        kept = self._index_folder(screener.editions) / "alarms.json"
        if not kept.is_file():
            kept.write_text(json.dumps(screener.keep().false_alarms()))
            seal_file(kept)
        screener.alarms = _alarms(kept)
        return expected(json.loads(kept.read_text()), threshold)

    def screener(self) -> Screener:
        """The lists in force made ready: from the index files of the case, which are made where they
        are missing or of other editions."""
        # A screening names its editions, and need not repeat all programmes of each.
        editions = tuple(replace(edition, programmes=()) for edition in self.lists())
        if self._ready is None or self._ready.editions != editions:
            self._ready = self._indexed(editions)
            self._ready.obey(self.match_judgements())
        return self._ready

    def _indexed(self, editions: tuple[ListEdition, ...]) -> Screener:
        from secondsource.index import ALGORITHM, NameIndex
        from secondsource.index.entries import Entries, keep_entries
        from secondsource.index.tables import seal_file
        from secondsource.screen import Screener, forms

        folder = self._index_folder(editions)
        if not folder.is_dir():
            building = folder.with_suffix(f".{os.getpid()}")
            shutil.rmtree(building, ignore_errors=True)
            building.mkdir(parents=True)
            before = next((NameIndex.open(old) for old in folder.parent.iterdir() if _complete(old)), None)
            with keep_entries(building) as kept:
                NameIndex.write(forms(kept(self.store().designations())), building, before)
            (building / "algorithm").write_text(ALGORITHM)
            seal_file(building / "algorithm")
            for old in set(folder.parent.iterdir()) - {building}:
                shutil.rmtree(old, ignore_errors=True)
            building.replace(folder)
        screener = Screener.of(NameIndex.open(folder), Entries(folder), editions)
        screener.alarms = _alarms(folder / "alarms.json")
        return screener

    def _index_folder(self, editions: Iterable[ListEdition]) -> Path:
        from secondsource.index import ALGORITHM

        told = [ALGORITHM, *(f"{one.name} {one.sha256} {one.imported_at}" for one in editions)]
        return self.path / "index" / sha256("\n".join(told).encode())[:16]

    def _screener_of(self, editions: tuple[ListEdition, ...]) -> Screener:
        from secondsource.screen import Screener

        if [one.sha256 for one in editions] == [one.sha256 for one in self.lists()]:
            fresh = self._indexed(tuple(self.lists()))
            fresh.editions = editions
            return fresh
        return Screener((entry for edition in editions for entry in self._entries_of(edition)), editions)

    def _entries_of(self, edition: ListEdition) -> Iterator[Designation]:
        """The entries of an edition, read again from its bytes."""
        from secondsource.lists import open_list

        _, entries = open_list(
            self._kept(edition), dict(option.split("=", 1) for option in edition.options) or None
        )
        return (replace(entry, list=edition.name) for entry in entries)


def _screenable(
    batch: Iterable[Asked], screener: Screener, refused: Callable[[str], None] | None
) -> Iterator[Asked]:
    for one in batch:
        try:
            screener.check(one)
            yield one
        except SecondSourceError as error:
            if refused is None:
                raise
            refused(f"{one.place or repr(one.name[:60])}: {error}")


def _complete(folder: Path) -> bool:
    """True for the folder of an index of this way of comparing that was written whole."""
    from secondsource.index import ALGORITHM, READINGS

    told = folder / "algorithm"
    whole = "." not in folder.name and told.is_file() and told.read_text() == ALGORITHM
    return whole and any((folder / reading).is_dir() for reading in READINGS)


def _alarms(kept: Path) -> Measured | None:
    """How often the lists in force raise an alarm for nothing, where that was measured."""
    from secondsource.screen.alarms import measured

    if not kept.is_file():
        return None
    scores = json.loads(kept.read_text())
    return measured(scores, len(scores))


def again(screener: Screener, before: Screening) -> Screening:
    """A screening done anew, with the same name, bounds and qualifiers."""
    from secondsource.screen.qualifiers import Qualifiers

    known = Qualifiers(before.birth_dates, before.countries, before.identifiers)
    return screener.screen(
        before.query, schema=before.schema, limit=before.limit, threshold=before.threshold, qualifiers=known
    )


def _asked(screening: Screening) -> tuple[object, ...]:
    known = screening.birth_dates, screening.countries, screening.identifiers
    return screening.query, screening.schema, *known


def outcome(screening: Screening) -> list[tuple[str, str, str, float]]:
    """What a screening found: entries, the names that were met, and scores."""
    return [(one.designation.list, one.designation.id, one.name, one.score) for one in screening.results]


def _matched(screening: Screening) -> set[tuple[str, str, str]]:
    return {_entry(match) for match in screening.results if match.match}


def _entry(match: Match) -> tuple[str, str, str]:
    return match.designation.list, match.designation.id, match.name


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}") from error
