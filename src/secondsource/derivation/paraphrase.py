"""Retelling in other words: the same names and figures in the same order, a translation among them.

Words do not survive a retelling or a translation, names and figures do, and so does their
order.  Reports that merely draw on one source name much the same, each in an order of its own.
On the annotated groups, reports of one source share up to 0.7 of their names and figures in one
order, the one retelling among them 0.8.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from secondsource.model import Document, Span
from secondsource.text import plain

PARAPHRASE = 0.75
"""Share of the shorter text's names and figures, by first place, that the other has in the same order."""

_FEWEST = 12
_SHARED_STEPS = 4
_MOST = 50
_ANCHOR = re.compile(r"(?<=[\w,)] )(?:[A-Z][\w-]+|\d[\d,.]*\d|\d)\b")
_KEPT = 7


@dataclass(frozen=True, slots=True)
class Anchors:
    """The names and figures of a text in the order in which each comes first, with their places."""

    document: str
    keys: tuple[str, ...]
    places: tuple[Span, ...]


@lru_cache(maxsize=1024)
def _anchors(text: str) -> tuple[tuple[str, Span], ...]:
    text = plain(text)
    found: dict[str, Span] = {}
    for match in _ANCHOR.finditer(text):
        found.setdefault(_key(match[0]), Span(*match.span()))
    return tuple(found.items())


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """A name's first letters without accents, so that its adjective and its plural are one with it."""
    bare = unicodedata.normalize("NFKD", word.casefold().removesuffix("'s"))
    return "".join(c for c in bare if not unicodedata.combining(c)).replace(",", "")[:_KEPT]


def anchors(document: Document) -> Anchors:
    """The names and figures of a document; a capital at the head of a sentence makes no name."""
    found = _anchors(document.text)
    return Anchors(document.id, tuple(key for key, _ in found), tuple(place for _, place in found))


def retold(copy: Anchors, original: Anchors) -> tuple[float, tuple[Span, ...]]:
    """The share of the shorter text's anchors that follow each other in both; where they are in ``copy``."""
    shorter = min(len(copy.keys), len(original.keys))
    if shorter < _FEWEST:
        return 0.0, ()
    chain = _chain(copy.keys, original.keys)
    places = tuple(copy.places[index] for index in chain)
    return (len(chain) / shorter, places) if len(chain) >= _FEWEST else (0.0, ())


def _chain(one: Sequence[str], other: Sequence[str]) -> list[int]:
    """Indices into ``one`` of the longest run of keys, gaps allowed, that ``other`` has in that order.

    Every key stands once on either side, so that this is a longest increasing subsequence.
    """
    place = {key: index for index, key in enumerate(other)}
    best: list[tuple[int, int]] = []  # the length of the best chain that ends here, and its last step
    shared = [(index, place[key]) for index, key in enumerate(one) if key in place]
    for at, (_, where) in enumerate(shared):
        before = [(best[i][0], i) for i in range(at) if shared[i][1] < where]
        length, step = max(before, default=(0, -1))
        best.append((length + 1, step))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    chain: list[int] = []
    while at >= 0:
        chain.append(shared[at][0])
        at = best[at][1]
    return chain[::-1]


def near(texts: Sequence[Anchors]) -> Iterator[tuple[str, str]]:
    """Pairs of documents that share several steps from one anchor to the next; ids in order."""
    where: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for text in sorted(texts, key=lambda text: text.document):
        for step in set(pairwise(text.keys)):
            where[step].append(text.document)
    several = (documents for documents in where.values() if 1 < len(documents) <= _MOST)
    shared = Counter(pair for documents in several for pair in combinations(documents, 2))
    return (pair for pair, count in sorted(shared.items()) if count >= _SHARED_STEPS)
