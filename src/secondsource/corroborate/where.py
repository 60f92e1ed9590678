"""Which documents hold every word of a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from secondsource.model import Claim, Document
from secondsource.text import plain

_PIECE = re.compile(r"\w+")


class Where:
    """Documents by the stems of their words, those of their claims and head among them."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._numbers: dict[str, int] = {}
        self._documents: dict[int, str] = {}
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        self._next = 0

    def put(self, document: Document, claims: Sequence[Claim]) -> None:
        """Put a document in, in the place of what it was before."""
        self.drop(document.id)
        number = self._numbers[document.id] = self._next
        self._documents[number] = document.id
        self._next += 1
        for stem in {stem for text in _texts(document, claims) for stem in self._stems(text)}:
            self._holding[stem].append(number)

    def drop(self, document: str) -> None:
        """Take a document out; nothing where it is not in."""
        self._documents.pop(self._numbers.pop(document, -1), None)

    def holding(self, names: Iterable[str]) -> set[str]:
        """The documents that hold every word of one of ``names``."""
        found = set[int]()
        for name in names:
            held = sorted((self._holding.get(stem, []) for stem in set(self._stems(name))), key=len)
            found |= set(held[0]).intersection(*held[1:]) if held else set()
        return {self._documents[number] for number in found & self._documents.keys()}

    def _stems(self, text: str) -> Iterator[str]:
        return map(self._stem, _PIECE.findall(plain(text).casefold()))


def _texts(document: Document, claims: Sequence[Claim]) -> Iterator[str]:
    yield document.text
    yield document.publisher or ""
    for claim in claims:
        yield from filter(None, (claim.source_name, claim.frame.agent, claim.frame.object))
        yield from (mention.name for mention in claim.mentions)
