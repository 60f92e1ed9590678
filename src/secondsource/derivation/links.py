"""Documents that say by an address which page they are based on, where that page is in the case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from secondsource.derivation.changes import Step
from secondsource.model import Document, Excerpt
from secondsource.provenance import Derivation

_OUTSIDE = re.compile(r"^https?://(?:www\.)?|[#?].*$")
_HEAD = re.compile(r"\S[^\n]{0,80}")


class Links:
    """The links between pages of one case, kept up to date."""

    def __init__(self) -> None:
        self._pages: defaultdict[str, set[str]] = defaultdict(set)
        self._based: dict[str, tuple[str, ...]] = {}

    def follow(self, step: Step) -> set[str]:
        """Bring the links up to date; the documents whose links may be otherwise than before."""
        touched = set[str]()
        for document in step.gone():
            self._based.pop(document.id, None)
            if document.reading.url:
                touched.add(address := _address(document.reading.url))
                self._pages[address].discard(document.id)
        for document in step.came():
            if document.reading.based_on:
                self._based[document.id] = tuple(map(_address, document.reading.based_on))
            if document.reading.url:
                touched.add(address := _address(document.reading.url))
                self._pages[address].add(document.id)
        return {id for id, based in self._based.items() if not touched.isdisjoint(based)} | step.changed

    def edges(self, id: str, documents: Mapping[str, Document]) -> Iterator[Derivation]:
        """The pages of the case that a document is based on; of several with one address the last by id."""
        first = _HEAD.search(documents[id].text)
        for address in self._based.get(id, ()) if first else ():
            page = documents[max(pages)] if (pages := self._pages.get(address)) else None
            if page and page.id != id and first:
                name = page.publisher or page.title or page.path
                shown = (Excerpt.of(documents[id].text, [first.span()]),)
                yield Derivation(id, name, page.id, "link", 0.98, True, shown)


def _address(url: str) -> str:
    return _OUTSIDE.sub("", url.casefold()).rstrip("/")
