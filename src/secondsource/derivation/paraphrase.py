"""Retelling in other words: the same names and figures in the same order, a translation among them.

Words do not survive a retelling or a translation, names and figures do, and so does their
order.  Reports that merely draw on one source name much the same, each in an order of its own.
On the annotated groups, reports of one source share up to 0.7 of their names and figures in one
order, the one retelling among them 0.8.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from secondsource.derivation.reuse import Grams, distinct, runs
from secondsource.model import Span
from secondsource.text import plain

PARAPHRASE = 0.75
"""Share of the shorter text's names and figures, by first place, that the other has in the same order."""

_FEWEST = 12
_ANCHOR = re.compile(r"(?<=[\w,)] )(?:[A-Z][\w-]+|\d[\d,.]*\d|\d)\b")
_KEPT = 7


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """A name's first letters without accents, so that its adjective and its plural are one with it."""
    bare = unicodedata.normalize("NFKD", word.casefold().removesuffix("'s"))
    return "".join(c for c in bare if not unicodedata.combining(c)).replace(",", "")[:_KEPT]


def anchors(text: str) -> tuple[str, ...]:
    """The names and figures of a text in the order in which each comes first.

    A capital at the head of a sentence makes no name.
    """
    return tuple(dict.fromkeys(map(_key, _ANCHOR.findall(plain(text)))))


def places(text: str) -> tuple[Span, ...]:
    """Where each of a text's anchors comes first."""
    found: dict[str, Span] = {}
    for match in _ANCHOR.finditer(plain(text)):
        found.setdefault(_key(match[0]), Span(*match.span()))
    return tuple(found.values())


def steps(keys: Sequence[str]) -> Grams:
    """The numbers of the steps from one anchor to the next."""
    return distinct(runs(keys, 2)[0])


def retold(copy: Sequence[str], original: Sequence[str]) -> tuple[float, list[int]]:
    """The share of the shorter text's anchors that follow each other in both; which they are in ``copy``."""
    shorter = min(len(copy), len(original))
    if shorter < _FEWEST:
        return 0.0, []
    chain = _chain(copy, original)
    return (len(chain) / shorter, chain) if len(chain) >= _FEWEST else (0.0, [])


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
