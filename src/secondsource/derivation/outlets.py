"""Which names are outlets: the publishers of a case, and the outlets that texts commonly cite."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from secondsource.gazetteers.outlets import houses, outlet, outlet_key, outlet_words, outlets
from secondsource.model import Claim, Document

_PARENTHESIS = re.compile(r"\(([^)]*)\)")
_WORD = re.compile(r"\w+")
_GENERIC = frozenset({"agency", "newspaper", "news", "media", "press", "report", "journal", "website", "tv"})


@cache
def _spellings() -> dict[str, str]:
    return {name: one.name for one in outlets() for name in one.names}


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


def publisher_names(publisher: str) -> Iterator[str]:
    """The names in a publisher field: "Fars News Agency (FNA)" holds two of one outlet."""
    yield publisher
    head = _PARENTHESIS.sub(" ", publisher).split(",")[0].strip()
    yield head
    yield from (inside for inside in _PARENTHESIS.findall(publisher) if inside.isupper() and len(inside) < 6)


def is_publisher(name: str, publisher: str | None) -> bool:
    """True where ``name`` names the outlet that published the text itself."""
    if not publisher:
        return False
    own = {canonical(one) for one in publisher_names(publisher)}
    return canonical(name) in own or name in set(publisher_names(publisher))


def looks_like_outlet(name: str) -> bool:
    """True for a name that is shipped as an outlet's or is built as outlets' names are."""
    words = outlet_words()
    own = [word.casefold() for word in _WORD.findall(name)]
    return outlet(name) is not None or any(
        word in words or word.endswith(("wire", "zeitung", "news", "press")) for word in own
    )


@lru_cache(maxsize=1024)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


class Outlets:
    """The outlets that texts of one case can cite, found by name in a text.

    A publisher of the case is an outlet where its name is built like one, or where some
    claim treats it as one (a source of kind "outlet", or a relay); otherwise it is a party
    that issues its own releases.
    """

    def __init__(self, documents: Iterable[Document], claims: Iterable[Claim] = ()) -> None:
        self.publishers: dict[str, list[Document]] = {}
        for document in documents:
            for key in {canonical(name) for name in publisher_names(document.publisher or "") if name}:
                self.publishers.setdefault(key, []).append(document)
        self._cited = {canonical(name): name for name in self._names_cited(claims)}
        known = [*_spellings(), *self._cited.values(), *self._outlet_publishers()]
        # By their first word, the longest first: a pattern of thousands of names is slow to search with.
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        bare = {name.removeprefix("The ") for name in known if name}
        for name in sorted(bare, key=lambda name: (-len(name), name)):
            first = _WORD.search(name)
            if first and first.start() == 0:
                self._names[first[0]].append(name)

    def is_outlet(self, name: str) -> bool:
        """True where ``name`` is an outlet's, by its form or by how the case's claims use it."""
        return bool(name) and (canonical(name) in self._cited or looks_like_outlet(name))

    def named_in(self, phrase: str) -> str | None:
        """The outlet that a phrase names ("a recent Reuters report"), as it is best known."""
        found = next(self.places(phrase), None)
        return self.display(found[0]) if found else None

    def places(self, text: str) -> Iterator[tuple[str, int]]:
        """Every outlet's name in a text and where it begins, the longest at each place."""
        firsts = tuple(sorted(self._names.keys() & set(_WORD.findall(text))))
        for word in _any_of(firsts).finditer(text) if firsts else ():
            for name in self._names[word[0]]:
                end = word.start() + len(name)
                if text.startswith(name, word.start()) and not text[end : end + 1].isalnum():
                    yield name, word.start()
                    break

    def display(self, name: str) -> str:
        """The outlet's name as it is best known: the publisher field's, else as shipped."""
        for document in self.published_by(name):
            return _PARENTHESIS.sub("", document.publisher or name).split(",")[0].strip()
        return _spellings().get(name, name)

    def published_by(self, name: str) -> list[Document]:
        """The documents of the case that the outlet ``name`` published."""
        return self.publishers.get(canonical(name), [])

    def _outlet_publishers(self) -> Iterator[str]:
        for documents in self.publishers.values():
            yield from (n for n in publisher_names(documents[0].publisher or "") if self.is_outlet(n))

    def _names_cited(self, claims: Iterable[Claim]) -> Iterator[str]:
        for claim in claims:
            if claim.source_kind == "outlet" and _is_name(claim.source_name):
                yield claim.source_name or ""
            yield from (relay.text for relay in claim.via if self.published_by(relay.text))


def _is_name(phrase: str | None) -> bool:
    words = (phrase or "").removeprefix("The ").split()
    return (
        0 < len(words) < 5 and all(w[0].isupper() for w in words) and outlet_key(phrase or "") not in _GENERIC
    )
