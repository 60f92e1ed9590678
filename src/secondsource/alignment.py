"""Which words of one name are which words of another, and what that is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.names import Name

Rarity = Callable[[str], float]
"""How much of a name a word carries, more than 0; `names.weight` where no list tells."""

# Tuned on every second query of 7,000 over the OFAC, EU and UN lists (``bench/screening.py``);
# docs/decisions/0009 has the figures.
UNLIKE = 0.5
SHORT, SHORT_UNLIKE = 6, 0.7
FOLDED = 0.98
CONSONANTS = 0.88
SOUND = 0.55
VARIANT = 0.95
INITIAL = 0.75
SPLIT = 0.85
CONFLICT = 1.8
SURPLUS = 0.35
POWER = 2.0


class Met(NamedTuple):
    """Words of two names that were taken for each other, and how alike they are."""

    left: str
    right: str
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which words of two names met, which met nothing, and what that is worth (0–1)."""

    met: tuple[Met, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    score: float

    def flipped(self) -> Alignment:
        met = tuple(Met(right, left, score) for left, right, score in self.met)
        return Alignment(met, self.right, self.left, self.score)


@lru_cache(maxsize=262_144)
def likeness(one: str, other: str) -> float:
    """How alike two words are, 0–1: the same, an initial, a known variant, alike in spelling or sound.

    Words of fewer than `SHORT` letters must be more alike than long ones to be alike at all:
    between the syllables of a Chinese or Korean name one letter in two says nothing.
    """
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return INITIAL if one[0] == other[0] else 0.0
    variant = VARIANT if names.given_name(one) == names.given_name(other) else 0.0
    folded = OSA.normalized_similarity(names.fold(one), names.fold(other), score_cutoff=0.5)
    if not folded or one.isdigit() or other.isdigit():
        return variant
    best = max(OSA.normalized_similarity(one, other), FOLDED * folded, variant)
    if SOUND <= best < CONSONANTS and _same_consonants(one, other):
        return CONSONANTS
    least = SHORT_UNLIKE if min(len(one), len(other)) < SHORT else UNLIKE
    return best if best >= least else 0.0


def _same_consonants(one: str, other: str) -> bool:
    bones = names.skeleton(one)
    return len(bones) >= 3 and bones == names.skeleton(other)


def manner(one: str, other: str) -> str:
    """In what way two words that met are alike, for a sentence."""
    if one == other:
        return "the same"
    if len(one) == 1 or len(other) == 1:
        return "an initial"
    if " " in one or " " in other:
        return "written together"
    if names.given_name(one) == names.given_name(other):
        return "the same given name in another spelling"
    if names.fold(one) == names.fold(other):
        return "another transliteration"
    if names.skeleton(one) == names.skeleton(other):
        return "the same consonants"
    return "spelled alike"


class _Side:
    """One name's words and what each carries; a word that has met carries nothing any more."""

    __slots__ = ("tokens", "weights")

    def __init__(self, name: Name, rarity: Rarity) -> None:
        self.tokens = name.tokens
        self.weights = [rarity(token) for token in name.tokens]

    def take(self, at: int, size: int = 1) -> float:
        worth = sum(self.weights[at : at + size])
        self.weights[at : at + size] = [0.0] * size
        return worth

    def rest(self) -> tuple[str, ...]:
        return tuple(token for token, weight in zip(self.tokens, self.weights, strict=True) if weight)


def _pairs(left: _Side, right: _Side) -> list[tuple[float, int, int, float]]:
    """Every pair of words that are alike, by place, the most telling first."""
    pairs = [
        (-score * (left.weights[i] + right.weights[j]), i, j, score)
        for i, word in enumerate(left.tokens)
        for j, against in enumerate(right.tokens)
        if (score := likeness(word, against))
    ]
    pairs.sort()
    return pairs


def _meet_words(
    pairs: list[tuple[float, int, int, float]], left: _Side, right: _Side, least: float
) -> list[tuple[Met, float]]:
    """The words that meet and are at least so alike, each pair with what it is worth; none meets twice."""
    met = []
    for _, i, j, score in pairs:
        if score >= least and left.weights[i] and right.weights[j]:
            worth = (left.weights[i] + right.weights[j]) / 2
            left.weights[i] = right.weights[j] = 0.0
            met.append((Met(left.tokens[i], right.tokens[j], score), worth))
    return met


def _runs(side: _Side) -> list[tuple[str, int, int]]:
    """Two or three words in a row that have met nothing, written together, with place and length."""
    return [
        ("".join(side.tokens[at : at + size]), at, size)
        for size in (2, 3)
        for at in range(len(side.tokens) - size + 1)
        if all(side.weights[at : at + size])
    ]


def _meet_split(left: _Side, right: _Side) -> list[tuple[Met, float]]:
    """Words in a row on the left that are one word on the right: “van der bilt”, “vanderbilt”."""
    met = []
    wanted = [(j, word) for j, word in enumerate(right.tokens) if right.weights[j] and len(word) > 3]
    for together, at, size in _runs(left) if wanted else ():
        for j, word in wanted:
            free = right.weights[j] and all(left.weights[at : at + size])
            near = abs(len(together) - len(word)) < 3 and together[0] == word[0]
            if free and near and likeness(together, word) >= SPLIT:
                words = " ".join(left.tokens[at : at + size])
                worth = (left.take(at, size) + right.take(j)) / 2
                met.append((Met(words, word, likeness(together, word)), worth))
    return met


def _meet_split_either(left: _Side, right: _Side) -> list[tuple[Met, float]]:
    if len(left.tokens) > len(right.tokens):
        return _meet_split(left, right)
    return [(Met(m.right, m.left, m.score), worth) for m, worth in _meet_split(right, left)]


def _meet(left: _Side, right: _Side) -> tuple[list[Met], float]:
    """Who met whom, and the score; the weights left over are those of the words that met nothing."""
    pairs = _pairs(left, right)
    met = _meet_words(pairs, left, right, SPLIT)
    if len(left.tokens) != len(right.tokens) and any(left.weights) and any(right.weights):
        met += _meet_split_either(left, right)
    met += _meet_words(pairs, left, right, 0.0)
    gained = worth_met = 0.0
    for meeting, worth in met:
        gained += meeting.score**POWER * worth
        worth_met += worth
    less, more = sorted((sum(left.weights), sum(right.weights)))
    whole = worth_met + CONFLICT * less + SURPLUS * (more - less)
    return [meeting for meeting, _ in met], gained / whole if whole else 0.0


def agreement(one: Name, other: Name, rarity: Rarity = names.weight) -> float:
    """The score of `align` alone, for looking through many names."""
    if other.tokens < one.tokens:
        one, other = other, one
    return _meet(_Side(one, rarity), _Side(other, rarity))[1]


def align(one: Name, other: Name, rarity: Rarity = names.weight) -> Alignment:
    """Pair the words of two names, the most telling first, and weigh what met against what did not.

    A word that met nothing costs little where the other name merely says less, and much
    where the other name says something else in its place (after Tversky, 1977).  Aligning
    B with A gives the mirror image of A with B, to the last digit.
    """
    if other.tokens < one.tokens:
        return align(other, one, rarity).flipped()
    left, right = _Side(one, rarity), _Side(other, rarity)
    met, score = _meet(left, right)
    return Alignment(tuple(met), left.rest(), right.rest(), score)
