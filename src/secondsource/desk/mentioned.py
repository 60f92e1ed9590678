"""Listed names in documents: found, kept as mentions, and shown; never a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from secondsource.desk.screening import Screenings
from secondsource.model import ListMention, Progress

if TYPE_CHECKING:
    from secondsource.screen import Screener
    from secondsource.screen.in_text import TextScreener

KIND = "list-mentions"


class Mentioned(Screenings):
    """The listed names that the documents of a case hold."""

    _in_text: tuple[Screener, TextScreener] | None = None

    def names_in_text(self, text: str) -> list[ListMention]:
        """The listed names that a text holds, with their places in code points; mentions, no verdicts.

        A name of one word, or of common words, counts only where the text names the same entry
        more fully as well.
        """
        from secondsource.screen.in_text import TextScreener

        screener = self.screener()
        if self._in_text is None or self._in_text[0] is not screener:
            self._in_text = screener, TextScreener(screener.index)
        found = ((hit, screener.entry(hit.entry)) for hit in self._in_text[1].find(text))
        return [
            ListMention(hit.start, hit.end, hit.text, hit.name, entry.list, entry.id) for hit, entry in found
        ]

    def names_in_file(self, path: str | Path) -> list[ListMention]:
        """The listed names in the text of one file, as `Desk.text` gives it."""
        from secondsource.ingest import Found, load, read_file

        file = load(Found(Path(path)), self.config.file_limit)
        return self.names_in_text(read_file(file).text)

    def mention_lists(self, *, progress: Callable[[Progress], None] | None = None) -> int:
        """Look for the listed names in every document, and keep them in place of those found before.

        Returns how many there are.  Raises SecondSourceError where there is no list.
        """
        self.names_in_text("")  # made ready before anything is replaced
        store, editions = self.store(), self.lists()
        return store.replace_list_mentions(self._looked_through(progress), editions)

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
