"""What a desk's pages ask of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondsource.desk.case import Case
from secondsource.errors import NotFound
from secondsource.model import Document

if TYPE_CHECKING:
    from secondsource.store.finding import Finding


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

    @property
    def finding(self) -> Finding:
        """Pages of documents, claims, entities and questions, and the search by words."""
        return self.store().finding
