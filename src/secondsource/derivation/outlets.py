"""Which names are outlets: the publishers of a case, and the outlets that texts commonly cite."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from secondsource.gazetteers.outlets import houses, outlet, outlet_key, outlet_words, outlets
from secondsource.model import Claim, Document

_PARENTHESIS = re.compile(r"\(([^)]*)\)")
_WORD = re.compile(r"\w+")
_GENERIC = frozenset({"agency", "newspaper", "news", "media", "press", "report", "journal", "website", "tv"})


@cache
def _spellings() -> dict[str, str]:
    return {name: one.name for one in outlets() for name in one.names}


@cache
def _looked_for() -> frozenset[str]:
    return frozenset(name.removeprefix("The ") for name in _spellings())


@lru_cache(maxsize=1 << 16)
def canonical(name: str) -> str:
    """The key of the outlet that ``name`` names: one for "AFP" and "Agence France-Presse"."""
    shipped = outlet(name)
    return outlet_key(shipped.name if shipped else name)


@cache
def _houses() -> dict[str, str]:
    return {canonical(name): owner for owner, owned in houses().items() for name in owned}


def house(name: str | None) -> str | None:
    """The owner of an outlet, "state:Iran" where a state owns or directs it; None where none is known.

    >>> house("Sky News") == house("MSNBC"), house("The Skerrin Times")
    (True, None)
    """
    keys = (canonical(one) for one in publisher_names(name or "") if one)
    return next((_houses()[key] for key in keys if key in _houses()), None)


@lru_cache(maxsize=1 << 14)
def publisher_names(publisher: str) -> tuple[str, ...]:
    """The names in a publisher field: "Fars News Agency (FNA)" holds two of one outlet."""
    head = _PARENTHESIS.sub(" ", publisher).split(",")[0].strip()
    inside = (name for name in _PARENTHESIS.findall(publisher) if name.isupper() and len(name) < 6)
    return tuple(dict.fromkeys((publisher, head, *inside)))


def is_publisher(name: str, publisher: str | None) -> bool:
    """True where ``name`` names the outlet that published the text itself."""
    if not publisher:
        return False
    own = publisher_names(publisher)
    return name in own or canonical(name) in map(canonical, own)


@lru_cache(maxsize=1 << 14)
def looks_like_outlet(name: str) -> bool:
    """True for a name that is shipped as an outlet's or is built as outlets' names are."""
    words = outlet_words()
    own = [word.casefold() for word in _WORD.findall(name)]
    return outlet(name) is not None or any(
        word in words or word.endswith(("wire", "zeitung", "news", "press")) for word in own
    )


Published = Mapping[str, tuple[set[str], list[Document]]]
"""By key of an outlet the ids of documents that went or changed, and the documents that came or changed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became otherwise about the outlets of a case.

    ``names`` are spellings looked for in texts that came or went; ``displayed`` and ``cited`` are keys of
    outlets whose best known name, and whose spelling by claims that cite them, changed.
    """

    names: frozenset[str]
    displayed: frozenset[str]
    cited: frozenset[str]
    published: Published


class Outlets:
    """The outlets that texts of one case can cite, found by name in a text.

    A publisher of the case is an outlet where its name is built like one, or where some
    claim treats it as one (a source of kind "outlet", or a relay); otherwise it is a party
    that issues its own releases.  Of several spellings that claims use, the first in order of
    characters is looked for.
    """

    def __init__(self, documents: Iterable[Document] = (), claims: Iterable[Claim] = ()) -> None:
        self.publishers: dict[str, list[Document]] = {}
        self._sources: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._relays: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._cited: dict[str, str] = {}
        self._own: set[str] = set()
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        self._find(_looked_for(), ())
        self.follow((), documents, (), claims)

    def follow(
        self,
        gone: Iterable[Document],
        came: Iterable[Document],
        unsaid: Iterable[Claim],
        said: Iterable[Claim],
    ) -> Moved:
        """Take documents and claims out and others in; one that changed is both."""
        lost, won = list(gone), list(came)
        touched = {key for document in (*lost, *won) for key in _keys(document.publisher)}
        firsts = {key: self._first(key) for key in touched}
        published = self._publish(lost, won)
        cited = self._cite(self._count(unsaid, -1) | self._count(said, 1) | touched)
        displayed = frozenset(key for key, first in firsts.items() if first != self._first(key))
        names = self._rename() if cited or displayed else frozenset()
        return Moved(names, displayed, cited, published)

    def is_outlet(self, name: str) -> bool:
        """True where ``name`` is an outlet's, by its form or by how the case's claims use it."""
        return bool(name) and (canonical(name) in self._cited or looks_like_outlet(name))

    def named_in(self, phrase: str) -> str | None:
        """The outlet that a phrase names ("a recent Reuters report"), as it is best known."""
        found = next(self.places(phrase), None)
        return self.display(found[0]) if found else None

    def places(self, text: str) -> Iterator[tuple[str, int]]:
        """Every outlet's name in a text and where it begins, the longest at each place."""
        for word in _WORD.finditer(text):
            for name in self._names.get(word[0], ()):
                end = word.start() + len(name)
                if text.startswith(name, word.start()) and not text[end : end + 1].isalnum():
                    yield name, word.start()
                    break

    def display(self, name: str) -> str:
        """The outlet's name as it is best known: the publisher field's, else as shipped."""
        first = self._first(canonical(name))
        head = _PARENTHESIS.sub("", first).split(",")[0].strip() if first else None
        return head or _spellings().get(name, name)

    def published_by(self, name: str) -> list[Document]:
        """The documents of the case that the outlet ``name`` published, in order of their ids."""
        return self.publishers.get(canonical(name), [])

    def _first(self, key: str) -> str | None:
        """The publisher field of an outlet's first document."""
        published = self.publishers.get(key)
        return published[0].publisher if published else None

    def _publish(
        self, lost: Sequence[Document], won: Sequence[Document]
    ) -> dict[str, tuple[set[str], list[Document]]]:
        """Note which outlets published documents that went and came."""
        moved: defaultdict[str, tuple[set[str], list[Document]]] = defaultdict(lambda: (set(), []))
        for documents, won_now in ((lost, False), (won, True)):
            for document in documents:
                for key in _keys(document.publisher):
                    held = self.publishers.setdefault(key, [])
                    at = bisect_left(held, document.id, key=_id)
                    if won_now:
                        held.insert(at, document)
                        moved[key][1].append(document)
                    else:
                        del held[at]
                        moved[key][0].add(document.id)
        for key in moved:
            if not self.publishers[key]:
                del self.publishers[key]
        return moved

    def _count(self, claims: Iterable[Claim], step: int) -> set[str]:
        """Count the names that claims give as outlets, and as relays; the keys of these names."""
        sources: Counter[str] = Counter()
        relays: Counter[str] = Counter()
        for claim in claims:
            if claim.source_kind == "outlet" and claim.source_name:
                sources[claim.source_name] += step
            for relay in claim.via:
                relays[relay.text] += step
        named = {name: count for name, count in sources.items() if _is_name(name)}
        touched = set[str]()
        for counted, found in ((self._sources, named), (self._relays, relays)):
            for name, count in found.items():
                key = canonical(name)
                touched.add(key)
                counted[key][name] += count
                if not counted[key][name]:
                    del counted[key][name]
        return touched

    def _cite(self, keys: Iterable[str]) -> frozenset[str]:
        """Choose anew how outlets that claims cite are spelt; the keys of those spelt otherwise."""
        found = set[str]()
        for key in keys:
            relays = self._relays.get(key, ()) if key in self.publishers else ()
            names = [*self._sources.get(key, ()), *relays]
            old = self._cited.pop(key, None)
            if names:
                self._cited[key] = min(names)
            if old != self._cited.get(key):
                found.add(key)
        return frozenset(found)

    def _rename(self) -> frozenset[str]:
        """Bring the names to look for up to date; those that came or went."""
        firsts = {documents[0].publisher or "" for documents in self.publishers.values()}
        known = [name for first in firsts for name in publisher_names(first) if self.is_outlet(name)]
        own = {name.removeprefix("The ") for name in (*known, *self._cited.values())} - _looked_for()
        came, gone, self._own = own - self._own, self._own - own, own
        self._find(came, gone)
        return frozenset(came | gone)

    def _find(self, came: Iterable[str], gone: Iterable[str]) -> None:
        """Look for other names, by their first word, the longest first."""
        for name in gone:
            self._names[first_word(name)].remove(name)
        for name in came:
            insort(self._names[first_word(name)], name, key=lambda one: (-len(one), one))


def first_word(name: str) -> str:
    """The word that a name begins with; none where it begins with another character, and is not found."""
    found = _WORD.match(name)
    return found[0] if found else ""


def _id(document: Document) -> str:
    return document.id


def _keys(publisher: str | None) -> set[str]:
    return {canonical(name) for name in publisher_names(publisher or "") if name}


@lru_cache(maxsize=1 << 14)
def _is_name(phrase: str | None) -> bool:
    words = (phrase or "").removeprefix("The ").split()
    return (
        0 < len(words) < 5 and all(w[0].isupper() for w in words) and outlet_key(phrase or "") not in _GENERIC
    )
