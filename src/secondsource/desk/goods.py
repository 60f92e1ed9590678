"""What a desk does with goods: figures against control clauses, and tables of trade."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondsource.desk.lists import Lists
from secondsource.errors import SecondSourceError

# As on the desk itself, what a method needs is loaded when it is called.
if TYPE_CHECKING:
    from secondsource.appraise import Item
    from secondsource.goods import Answer, RangeKind, Regime
    from secondsource.model import JSON, Match, Progress
    from secondsource.screen import Screener
    from secondsource.trade import Order, Potential, Screened


class GoodsDesk:
    """The part of a `Desk` that deals with goods."""

    def __init__(self, desk: Lists, screener: Callable[[], Screener], derive: Callable[[], object]) -> None:
        self._desk = desk
        self._screener = screener
        self._derive = derive

    def regimes(self, files: Iterable[str | Path] = ()) -> tuple[Regime, ...]:
        """The control lists that come with the program, and those in rule ``files`` of one's own.

        Raises ListError for a file that is refused.
        """
        from secondsource.goods import load, packaged

        return (*packaged(), *map(load, files))

    def check(
        self,
        pairs: Iterable[str],
        *,
        range_kind: RangeKind = "one-way",
        joint: bool = True,
        as_of: date | None = None,
        item: str | None = None,
        regimes: Iterable[Regime] = (),
    ) -> list[Answer]:
        """Which clauses the figures in ``name=value`` words would meet; no case is needed.

        ``joint`` is False where the figures are greatest values that were reported apart.
        Raises SecondSourceError for words that are no figures.
        """
        from secondsource.goods import check, from_pairs, known_figures

        lists = tuple(regimes) or self.regimes()
        figures = from_pairs(pairs, known_figures(lists), range_kind=range_kind, joint=joint)
        return check(figures, lists, as_of=as_of, item=item)

    def items(
        self, *, as_of: date | None = None, item: str | None = None, regimes: Iterable[Regime] = ()
    ) -> list[Item]:
        """Every item of the case with the figures that claims report of it, and their answers.

        Rival figures get an answer each.  ``item`` is what kind of thing they are, where the
        figures alone should not say.
        """
        from secondsource.appraise import Case, appraise

        store = self._desk.store()
        claims = store.finding.with_figures()
        held = {id: store.document(id) for id in dict.fromkeys(claim.document for claim in claims)}
        documents = {id: one for id, one in held.items() if one and one.status == "read"}
        mentions = {id: store.finding.mentions(id) for id in documents}
        case = Case(claims, mentions, store.finding.entities_of(documents), documents)
        return appraise(case, tuple(regimes) or self.regimes(), as_of=as_of, item=item)

    def items_json(self, **options: Any) -> tuple[JSON, ...]:
        """As `items`, each as the contract's object (``docs/schemas/goods-item.schema.json``)."""
        from secondsource.appraise import item_to_json

        documents = {document.id: document for document in self._desk.store().documents("read")}
        return tuple(item_to_json(item, documents) for item in self.items(**options))

    def trade(
        self,
        order: Order,
        *,
        flags: str | Path | None = None,
        edition: int | None = None,
        decimal: str | None = None,
        as_of: date | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Screened:
        """Screen a table of trade, and keep its first rows in the case where there is one.

        ``flags`` is a file of flags of one's own, ``edition`` that of the codes where no column
        says it, ``decimal`` the decimal mark.  Parties are screened against the lists of the case.
        Raises ReadError or ListError where the table or the flags cannot be used.
        """
        from secondsource.goods import packaged
        from secondsource.store import now
        from secondsource.trade import Settings, keep, load_flags, save, screen_table

        day = as_of or date.today()
        tiers = [rule for regime in packaged() for rule in regime.rules if rule.codes and rule.in_force(day)]
        settings = Settings(tiers, day, load_flags(flags) if flags else (), edition, decimal)
        ask = self._ask()
        editions = tuple(f"{one.name}, SHA-256 {one.sha256}" for one in self._desk.lists()) if ask else ()
        found = replace(screen_table(order, settings, ask, progress), lists=editions, at=now())
        if self._desk.exists and keep(self._desk.store(), found, now()):
            save(self._desk.path, found)
            self._derive()
        return found

    def tables(self) -> list[Screened]:
        """The tables of trade that were screened for this case, each with its first rows."""
        from secondsource.trade import saved

        return saved(self._desk.path)

    def _ask(self) -> Callable[[str], Potential | None] | None:
        """Whom on the lists a name may mean; None where the case holds no list."""
        if not self._desk.exists or not self._desk.lists():
            return None
        from secondsource import names

        screener = self._screener()

        def ask(name: str) -> Potential | None:
            # What has a legal form is nobody, and is read in one way only.
            schema = "Company" if names.parse(name, "Company").forms else None
            try:
                results = screener.screen(name, schema=schema, limit=1).results
            except SecondSourceError:
                return None  # a name that cannot be screened, such as one without letters
            return _potential(results[0]) if results and results[0].match else None

        return ask


def _potential(match: Match) -> Potential:
    from secondsource.trade import Potential

    entry = match.designation
    why = f"potential match of “{match.name}” ({entry.list}, entry {entry.id}), score {match.score:.2f}"
    return Potential(entry.list, entry.id, entry.name, match.score, why)
