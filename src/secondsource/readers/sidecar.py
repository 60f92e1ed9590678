"""Metadata from a JSON file beside a document that cannot carry its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from secondsource.model import Reading
from secondsource.readers.blocks import one_line
from secondsource.readers.dates import iso

HOW = "sidecar file"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What somebody wrote down about a document; each field as in `Reading`."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None

    def fill(self, reading: Reading) -> Reading:
        """``reading`` with these values where the file itself says nothing."""
        dated = reading.published is not None or self.published is None
        return replace(
            reading,
            title=reading.title or self.title,
            publisher=reading.publisher or self.publisher,
            authors=reading.authors or self.authors,
            published=reading.published if dated else self.published,
            published_how=reading.published_how if dated else HOW,
            url=reading.url or self.url,
        )


def sidecar(data: bytes) -> Sidecar | None:
    """The sidecar that ``data`` is, or None where it is none.

    A sidecar is a JSON object (UTF-8) with at least one of ``title``, ``publisher`` or
    ``outlet``, ``authors`` or ``author``, ``published`` or ``date``, ``url``.  Values that
    are not words are left out, and so is a date that is not ISO 8601: it is not guessed.
    """
    try:
        fields = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    authors = fields.get("authors") or fields.get("author")
    found = Sidecar(
        title=_words(fields.get("title")),
        publisher=_words(fields.get("publisher")) or _words(fields.get("outlet")),
        authors=tuple(filter(None, map(_words, authors if isinstance(authors, list) else [authors]))),
        published=_date(fields.get("published")) or _date(fields.get("date")),
        url=_words(fields.get("url")),
    )
    return None if found == Sidecar() else found


def _words(value: object) -> str | None:
    return one_line(value) or None if isinstance(value, str) else None


def _date(value: object) -> str | None:
    return iso(value) if isinstance(value, str) else None
