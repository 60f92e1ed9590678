"""Listed names in documents: found, kept as mentions, and shown; never a verdict."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from secondsource.desk.screening import Screenings
from secondsource.model import Designation, Extraction, ListMention, Progress

if TYPE_CHECKING:
    from secondsource.gazetteers import Known
    from secondsource.screen import Screener
    from secondsource.screen.in_text import Hit, TextScreener

KIND = "list-mentions"
KINDS = frozenset({"Person", "LegalEntity", "Company", "Organization", "PublicBody", "Vessel", "Airplane"})
"""The kinds of listed things that a mention takes from its list; of an Asset nothing is known by that."""
OUTDATED = "outdated by a list"
"""In place of the extractor's version: these claims and names are to be found anew."""


class Mentioned(Screenings, ABC):
    """The listed names that the documents of a case hold."""

    _in_text: tuple[Screener, TextScreener] | None = None

    def names_in_text(self, text: str) -> list[ListMention]:
        """The listed names that a text holds, with their places in code points; mentions, no verdicts.

        A name of one word, or of common words, counts only where the text names the same entry
        more fully as well.
        """
        return [
            ListMention(hit.start, hit.end, hit.text, hit.name, entry.list, entry.id)
            for hit, entry in self._entries_in(text)
        ]

    def _entries_in(self, text: str) -> Iterator[tuple[Hit, Designation]]:
        from secondsource.screen.in_text import TextScreener

        screener = self.screener()
        if self._in_text is None or self._in_text[0] is not screener:
            self._in_text = screener, TextScreener(screener.index)
        return ((hit, screener.entry(hit.entry)) for hit in self._in_text[1].find(text))

    def listed(self, text: str) -> dict[str, Known]:
        """The listed names in a text as it writes them, each with the kind that the list gives it."""
        from secondsource.gazetteers import Known

        found: dict[str, Known] = {}
        for hit, entry in self._entries_in(text):
            if entry.schema in KINDS and "\n" not in hit.text and not hit.text.islower():
                found.setdefault(hit.text, Known(entry.name, entry.schema, "listed"))
        return found

    def names_in_file(self, path: str | Path) -> list[ListMention]:
        """The listed names in the text of one file, as `Desk.text` gives it."""
        from secondsource.ingest import Found, load, read_file

        file = load(Found(Path(path)), self.config.file_limit)
        return self.names_in_text(read_file(file).text)

    def mention_lists(self, *, progress: Callable[[Progress], None] | None = None) -> int:
        """Look for the listed names in every document, and keep them in place of those found before.

        Where a document has others than before, its claims and names are found anew, since a list tells what
        a name is.  Returns how many there are.  Raises SecondSourceError where there is no list.
        """
        self.names_in_text("")  # made ready before anything is replaced
        store, editions, before = self.store(), self.lists(), self.list_mentions()
        count = store.replace_list_mentions(self._looked_through(progress), editions)
        now = self.list_mentions()
        changed = [id for id in before.keys() | now.keys() if before.get(id) != now.get(id)]
        for id in (id for id in changed if not store.finding.extractor(id).startswith("trade ")):
            held = Extraction(tuple(store.claims(id)), tuple(store.judgements.mentions([id])[id]))
            store.add_extraction(id, held, extractor=OUTDATED)
        if changed:
            self.derive(progress=progress)
        return count

    @abstractmethod
    def derive(self, *, progress: Callable[[Progress], None] | None = None) -> tuple[str, ...]:
        """See `Desk.derive`."""

    def _looked_through(
        self, progress: Callable[[Progress], None] | None
    ) -> Iterator[tuple[str, list[ListMention]]]:
        documents = self.store().documents("read")
        for done, document in enumerate(documents):
            if progress:
                progress(Progress("lists", done, len(documents), document.path))
            yield document.id, self.names_in_text(document.text)

    def list_mentions(self) -> dict[str, list[ListMention]]:
        """The listed names that were found in each document, by its id."""
        return self.store().list_mentions()

    def list_mentions_of(self, document: str) -> list[ListMention]:
        return self.store().list_mentions_of(document)

    def lists_looked_for(self) -> str | None:
        """When listed names were last looked for in the documents; None where they never were, or where
        other editions are in force by now."""
        last = [*self.store().ledger.entries(KIND)][-1:]
        now = [{"name": edition.name, "sha256": edition.sha256} for edition in self.lists()]
        told = [entry.fields for entry in last]
        return str(told[0]["at"]) if told and told[0]["payload"]["lists"] == now else None
