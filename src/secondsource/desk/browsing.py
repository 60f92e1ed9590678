"""What a desk's pages ask of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondsource.desk.case import Case
from secondsource.errors import NotFound, SecondSourceError
from secondsource.model import Document

if TYPE_CHECKING:
    from secondsource.store.finding import Finding


VIEW = "view"


class Browsing(Case):
    """A case a page at a time."""

    def original(self, document: Document) -> bytes:
        """The original bytes of a document; raises NotFound where the case does not have them."""
        data = self.store().blobs.get(document.id)
        if data is None:
            raise NotFound(f"{document.path}: its bytes are not in the case")
        return data

    def page_picture(self, document: Document, number: int) -> bytes:
        """A page of a PDF as PNG, drawn in the process that reads files.

        Raises NotFound without the bytes, ReadError or LimitError where it cannot be drawn.
        """
        from secondsource.isolation import reading_process
        from secondsource.readers import drawn

        data, isolation = self.original(document), reading_process() if self.config.isolated else None
        draw = isolation.page if isolation else drawn
        return draw(data, document.path, number)

    def views(self) -> dict[str, str]:
        """The addresses that were kept, by the name they were kept under."""
        found: dict[str, str] = {}
        for entry in self.store().ledger.entries(VIEW):
            payload = entry.fields["payload"]
            found.pop(payload["name"], None)
            if payload["address"]:
                found[payload["name"]] = payload["address"]
        return found

    def keep_view(self, name: str, address: str) -> None:
        """Keep an address of the desk under a name; an empty one is forgotten.

        Raises SecondSourceError for a name without words.
        """
        if not name.strip():
            raise SecondSourceError("A view needs a name.")
        self.store().ledger.append(VIEW, {"name": name.strip(), "address": address})

    @property
    def finding(self) -> Finding:
        """Pages of documents, claims, entities and questions, and the search by words."""
        return self.store().finding
