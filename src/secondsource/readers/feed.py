"""RSS and Atom files: each entry a heading and its text, with the entry's address as its place.

Costs: 1 ms an entry.  Loses: pictures, enclosures, categories, and markup in the entries'
text, of which the words stay.  The feed's own date is the one it states for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from secondsource.errors import Empty, ReadError
from secondsource.model import Dated, Reading
from secondsource.readers.blocks import Part, compose, one_line
from secondsource.readers.dates import internet, iso
from secondsource.readers.encoding import peek
from secondsource.readers.html import flow, parse
from secondsource.readers.reader import MIB

_START = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:\w+:)?(rss|feed|RDF)\b", re.DOTALL)
_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "updated", "date", "lastBuildDate")


class Feed:
    media_type = "application/rss+xml"
    suffixes: tuple[str, ...] = (".rss", ".atom")
    limit = 16 * MIB

    def recognises(self, data: bytes) -> bool:
        return bool(_START.match(peek(data)))

    def read(self, data: bytes, name: str) -> Reading:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError) as error:
            raise ReadError(f"{name} is not a readable feed: {error}") from None
        if root is None:
            raise ReadError(f"{name} is not a readable feed: it holds no element")
        channel = next(iter(_named(root, "channel")), root)
        entries = [one for one in root.iter() if _local(one) in ("item", "entry")]
        title = _field(channel, "title")
        text, blocks = compose([Part("title", title or ""), *_entries(entries, name)])
        if not any(block.kind != "title" for block in blocks):
            raise Empty(f"{name} holds no entry with text")
        date = _date(channel)
        return Reading(
            text,
            blocks,
            title=title,
            publisher=title,
            published=date[0] if date else None,
            published_how=f"feed {date[1]}" if date else None,
            url=_link(channel),
            language=_field(channel, "language"),
            dates=tuple(
                Dated(found[0], f"entry {number} {found[1]}")
                for number, entry in enumerate(entries, 1)
                if (found := _date(entry))
            ),
        )


def _local(element: Any) -> str:
    # By hand: in what was mended a name may be none, which lxml's own function raises on.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _named(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if _local(child) == name)


def _field(element: Any, name: str) -> str | None:
    found = next(_named(element, name), None)
    return one_line("".join(found.itertext())) or None if found is not None else None


def _date(element: Any) -> tuple[str, str] | None:
    for name in _DATES:
        value = _field(element, name) or ""
        if date := iso(value) or internet(value):
            return date, name
    return None


def _link(element: Any) -> str | None:
    addresses = (link.get("href") or one_line(link.text) for link in _named(element, "link"))
    return next((one for one in addresses if one.startswith(("https://", "http://"))), None)


def _entries(entries: list[Any], name: str) -> Iterator[Part]:
    for number, entry in enumerate(entries, 1):
        place = _link(entry) or f"entry {number}"
        yield Part("heading", _field(entry, "title") or "", place=place)
        body = next((one for kind in _BODIES for one in _named(entry, kind)), None)
        words = "".join(body.itertext()) if body is not None else ""
        if words.strip():
            markup = f"<div>{words}</div>".encode()
            yield from (part._replace(place=place) for part in flow(parse(markup, name, "utf-8")))
