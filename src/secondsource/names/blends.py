"""Short forms made of the beginnings of a name's words: “Meldov Oil Refining Company”, MELOREFCO.

Lists give such blends as aliases of companies in every language, and no letter of them stands where it
stands in the name.  What a blend shows is which words it was made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from secondsource.names.folding import normalise
from secondsource.names.parsing import FILLERS, Name, weight
from secondsource.names.vocabulary import PARTICLES, SMALL_WORDS

SHORT_BLEND = 4
"""Letters of the shortest word that is looked at as a blend: fewer are the beginnings of anything."""

LONGEST = 16
WORDS = 16
"""Words of a name of which the first so many are looked at."""

SHARE = 0.6
"""The share of what the words of a name carry that a blend of it must show."""

_PIECE = 0.001
"""What a piece costs: less than any word carries."""

_ASIDE = 0.01
"""What a word carries that names nothing: “Co.” may be in a blend or not."""
_SAY_NOTHING = PARTICLES | SMALL_WORDS | FILLERS


def shown(short: Name, long: Name) -> tuple[float, tuple[str, ...]]:
    """The share of ``long`` that the one word of ``short`` shows as a `blend`, and its pieces; 0 where it is
    none or shows too little (`SHARE`; all of it for the shortest)."""
    words = normalise(long.text).split()
    if not _may_be_made(short.joined, words):
        return 0.0, ()
    weights = [_carried(word, long) for word in words]
    found = blend(short.joined, words, weights)
    share = sum(weights[at] for at in found.places) / sum(weights) if found else 0.0
    least = SHARE if len(short.joined) > SHORT_BLEND else 1 - _ASIDE * len(words)
    return (round(share, 2), found.pieces) if found and share >= least else (0.0, ())


def _may_be_made(short: str, words: Sequence[str]) -> bool:
    """False for most words: a blend begins as a word does, and goes on so or begins the next."""
    if not SHORT_BLEND <= len(short) <= LONGEST or short[0] not in {word[0] for word in words}:
        return False
    return any(short[1] in (word[0], word[1:2]) for word in words)


def _carried(word: str, name: Name) -> float:
    told = word in name.tokens and word not in _SAY_NOTHING
    return weight(word) if told else _ASIDE


class Blend(NamedTuple):
    """How a word is made of the beginnings of others: the pieces in order, and the places of their words."""

    pieces: tuple[str, ...]
    places: tuple[int, ...]


def blend(short: str, words: Sequence[str], weights: Sequence[float]) -> Blend | None:
    """``short``, a normalised word, as beginnings of ``words`` in their order, with words left out where
    need be; None where it is not made of two or more of them.

    Of several ways that one is given whose words carry most (``weights``), and of these the one with
    fewest pieces.
    """
    if not SHORT_BLEND <= len(short) <= LONGEST or len(words) < 2:
        return None
    held = [
        tuple([_shared(short[at:], word) if letter == word[0] else 0 for at, letter in enumerate(short)])
        for word in words[:WORDS]
    ]
    best: list[tuple[float, Blend] | None] = [None] * len(short) + [(0.0, Blend((), ()))]
    for place in reversed(range(len(held))):
        _put_before(best, short, place, held[place], weights[place])
    found = best[0]
    return found[1] if found and len(found[1].pieces) > 1 else None


def _put_before(
    best: list[tuple[float, Blend] | None], short: str, place: int, held: tuple[int, ...], weight: float
) -> None:
    """Take the word at ``place`` into the ways to make what is left of ``short`` from each letter on."""
    for at, most in enumerate(held):
        for size in range(1, most + 1):
            rest = best[at + size]
            if rest is None:
                continue
            known, worth = best[at], rest[0] + weight - _PIECE
            if known is None or worth > known[0]:
                told = Blend((short[at : at + size], *rest[1].pieces), (place, *rest[1].places))
                best[at] = (worth, told)


def _shared(one: str, other: str) -> int:
    """With how many letters two words both begin."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
