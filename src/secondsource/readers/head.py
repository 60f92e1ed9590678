"""What an HTML page says of itself: title, publisher, authors, date, address.

Only fields that exist to say it are asked.  A date is taken from a field that states
publication, never from the words of the page, its address, or a field that may mean
the last change.
"""

from __future__ import annotations

import re
from typing import Any

from secondsource.model import Dated, Reading
from secondsource.readers.blocks import one_line
from secondsource.readers.dates import internet, iso
from secondsource.readers.linked import Linked

# In the order of trust.  "date", "dc.date" and "last-modified" are not here: they do not
# say which date they are.
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
)
_OTHER_DATES = ("article:modified_time", "datemodified", "dcterms.modified", "last-modified")
_ORIGINALS = ("original-source", "syndication-source", "dc.source", "dcterms.source")
_PUBLISHERS = ("publisher", "dc.publisher", "dcterms.publisher", "citation_publisher")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "byl")
_BYLINES = (
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author' or @rel='author']",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' byline ')]",
)
_TIMES = "//*[(self::time and @pubdate) or @itemprop='datePublished']"
_BY = re.compile(r"^(?:(?:written|reported|reporting|story|text|words)\s+)?by\s*:?\s+", re.IGNORECASE)
_AND = re.compile(r"\s*[;,]\s*|\s+(?:and|&)\s+")
_SEPARATORS = re.compile(r"[|•·–—\n]")
BYLINE_LENGTH = 100  # characters; a longer element is not a byline


class Head:
    """The fields of a parsed page, each asked for where pages put it."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._meta = _meta(tree)
        self._linked = Linked(
            one_line(script.text) for script in tree.iterfind(".//script[@type='application/ld+json']")
        )

    def reading(self) -> Reading:
        """All fields, with no text yet."""
        published, how = self.published()
        return Reading(
            "",
            title=self.title(),
            publisher=self.publisher(),
            authors=self.authors(),
            published=published,
            published_how=how,
            url=self.url(),
            language=one_line(self._tree.get("lang")) or self._linked.text("inLanguage"),
            agency=self.agency(),
            based_on=self.based_on(),
            dates=self.dates(),
        )

    def title(self) -> str | None:
        """The one top heading that readers see, else the title the page gives to others."""
        publisher = self.publisher()
        headings = {one_line(heading.xpath("string()")) for heading in self._tree.iterfind(".//h1")}
        seen = headings - {"", publisher}
        if len(seen) == 1:
            return seen.pop()
        given = self._meta.get("og:title") or self._linked.text("headline")
        return _without(given or one_line(self._tree.findtext(".//title")), publisher) or None

    def publisher(self) -> str | None:
        linked = self._linked.names("publisher")
        return self._meta.get("og:site_name") or (linked[0] if linked else None) or self._first(_PUBLISHERS)

    def authors(self) -> tuple[str, ...]:
        named = self._first(_AUTHORS)
        if named and "://" not in named:
            return _people(named)
        return self._linked.names("author") or self._byline()

    def published(self) -> tuple[str | None, str | None]:
        """The date of publication and the field that states it, or two times None."""
        stated = [(f"meta {name}", self._meta.get(name)) for name in _DATES]
        stated.insert(1, ("JSON-LD datePublished", self._linked.text("datePublished")))
        for element in self._tree.xpath(_TIMES):
            mark = "itemprop=datePublished" if element.get("itemprop") else "pubdate"
            stated.append((f"{element.tag} {mark}", element.get("datetime") or element.get("content")))
        for how, value in stated:
            if value and (date := iso(value) or internet(value)):
                return date, how
        return None, None

    def url(self) -> str | None:
        """The address the page calls its own, where that is an absolute one."""
        links = self._tree.xpath("//link[@rel='canonical']/@href")
        for address in (*links, self._meta.get("og:url"), self._linked.text("url")):
            if address and address.strip().startswith(("https://", "http://")):
                return str(address.strip())
        return None

    def agency(self) -> str | None:
        """The organisation that the page gives as the source of its article."""
        linked = self._linked.names("sourceOrganization")
        return linked[0] if linked else None

    def based_on(self) -> tuple[str, ...]:
        """Addresses that the page itself says it is based on, cites or republishes."""
        linked = [*self._linked.addresses("isBasedOn"), *self._linked.addresses("citation")]
        given = [self._meta.get(name) for name in _ORIGINALS]
        links = self._tree.xpath("//link[@rel='original' or @rel='syndication' or @rel='via']/@href")
        return tuple(dict.fromkeys(str(one) for one in (*linked, *given, *links) if one))

    def dates(self) -> tuple[Dated, ...]:
        """All dates that fields of the page state, those of changes too."""
        stated = [(f"meta {name}", self._meta.get(name)) for name in (*_DATES, *_OTHER_DATES)]
        linked = ("datePublished", "dateModified", "dateCreated")
        stated += [(f"JSON-LD {name}", self._linked.text(name)) for name in linked]
        found = ((how, iso(value) or internet(value)) for how, value in stated if value)
        return tuple(Dated(date, how) for how, date in found if date)

    def _first(self, names: tuple[str, ...]) -> str | None:
        return next((self._meta[name] for name in names if name in self._meta), None)

    def _byline(self) -> tuple[str, ...]:
        for path in _BYLINES:
            for element in self._tree.xpath(path):
                line = one_line(_SEPARATORS.split(element.xpath("string()").strip())[0])
                if 0 < len(line) <= BYLINE_LENGTH and not any(character.isdigit() for character in line):
                    return _people(line)
        return ()


def _meta(tree: Any) -> dict[str, str]:
    """The page's ``<meta>`` fields by lower-cased name; the first that holds anything."""
    fields: dict[str, str] = {}
    for element in tree.iterfind(".//meta"):
        content = one_line(element.get("content"))
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                fields.setdefault(name, content)
    return fields


def _without(title: str, publisher: str | None) -> str:
    """``title`` without the name of its publisher behind a dash or a bar."""
    if publisher:
        title = re.sub(rf"\s*[|–—:·-]\s*{re.escape(publisher)}$", "", title, flags=re.IGNORECASE)
    return title


def _people(line: str) -> tuple[str, ...]:
    """The names of a byline; split only where each piece has the two words of a full name."""
    line = _BY.sub("", one_line(line))
    names = [_BY.sub("", name) for name in _AND.split(line) if name]
    return tuple(names) if all(" " in name for name in names) else (line,)
