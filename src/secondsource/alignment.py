"""Which words of one name are which words of another, and what that is worth."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.names import Name, Word, one_root, word

Rarity = Callable[[str], float]
"""How much of a name a word carries, more than 0; `names.weight` where no list tells."""

# Tuned on every second query of 7,000 over the OFAC, EU and UN lists (``bench/screening.py``);
# docs/decisions/0009 has the figures.
UNLIKE = 0.5
SHORT, SHORT_UNLIKE = 6, 0.53
LONG_SYLLABLE, SYLLABLE = 5, 0.8
TELLING_BONES = 3
FOLDED = 0.98
CONSONANTS = 0.88
SOUND = 0.55
VARIANT = 0.95
MEANING = 0.92
ACRONYM = 0.85
LETTERS = 3
"""Letters of the shortest acronym that stands for words in a row."""
INITIAL = 0.8
SPLIT = 0.85
CONFLICT = 1.8
SURPLUS = 0.42
POWER = 2.0
LONG_RUN = 7
"""Letters from which words written together may differ from one word: “mi yong” is not “myong”."""
_REMEMBERED = 65_536
BONES = 5
"""Consonants that words written together must share where their letters differ more."""


class Met(NamedTuple):
    """Words of two names that were taken for each other, and how alike they are."""

    left: str
    right: str
    score: float


class Alignment(NamedTuple):
    """Which words of two names met, which met nothing, and what that is worth (0–1)."""

    met: tuple[Met, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    score: float

    def flipped(self) -> Alignment:
        met = tuple(Met(right, left, score) for left, right, score in self.met)
        return Alignment(met, self.right, self.left, self.score)


@lru_cache(maxsize=_REMEMBERED)
def likeness(one: str, other: str, bodies: bool = False) -> float:
    """How alike two words are, 0–1: the same, an initial, a known variant, alike in spelling or
    sound, and, of words in the names of ``bodies``, with one meaning in two languages.

    Words of fewer than `SHORT` letters must be more alike than long ones to be alike at all:
    between the syllables of a Chinese or Korean name one letter in two says nothing.
    """
    a, b = word(one), word(other)
    found = alike(a, b)
    return MEANING if bodies and found < MEANING and _one_meaning(a, b) else found


def one_meaning(one: str, other: str) -> bool:
    """Whether two normalised words of bodies' names mean one thing in two languages."""
    return _one_meaning(word(one), word(other))


def _one_meaning(one: Word, other: Word) -> bool:
    if (one.root or other.root) and one_root(one, other):
        return True
    means = names.meanings(one.text)
    return bool(means) and not means.isdisjoint(names.meanings(other.text))


def alike(one: Word, other: Word) -> float:
    """`likeness` by letters alone."""
    a, b = one.text, other.text
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] else 0.0
    variant = VARIANT if one.given == other.given else 0.0
    fold, against = one.fold, other.fold
    if not UNLIKE * len(fold) <= len(against) <= len(fold) / UNLIKE or one.digits or other.digits:
        return variant  # what one has more letters would be so many slips
    folded = OSA.normalized_similarity(fold, against, score_cutoff=UNLIKE)
    if not folded:
        return variant
    as_folded = fold == a and against == b
    best = max(folded if as_folded else OSA.normalized_similarity(a, b), FOLDED * folded, variant)
    size = min(len(a), len(b))
    syllable = size < LONG_SYLLABLE and best < VARIANT
    if syllable or SOUND <= best < CONSONANTS:
        bones = one.bones
        if bones != other.bones:
            best = best * SYLLABLE if syllable else best
        elif SOUND <= best < CONSONANTS and len(bones) >= TELLING_BONES:
            return CONSONANTS
    return best if best >= (SHORT_UNLIKE if size < SHORT else UNLIKE) else 0.0


def manner(one: str, other: str) -> str:
    """In what way two words that met are alike, for a sentence."""
    if one == other:
        return "the same"
    if len(one) == 1 or len(other) == 1:
        return "an initial"
    if " " in one or " " in other:
        if "".join(word[0] for word in (one if " " in one else other).split()) in (one, other):
            return "its first letters"
        together = likeness(one.replace(" ", ""), other.replace(" ", "")) >= SPLIT
        return "written together" if together else "one meaning in two languages"
    if names.given_name(one) == names.given_name(other):
        return "the same given name in another spelling"
    if names.fold(one) == names.fold(other):
        return "another transliteration"
    if names.skeleton(one) == names.skeleton(other):
        return "the same consonants"
    if one_meaning(one, other):
        return "one meaning in two languages"
    return "spelled alike"


class _Side:
    """One name's words and what each carries; a word that has met carries nothing any more."""

    __slots__ = ("free", "tokens", "weights")

    def __init__(self, name: Name, rarity: Rarity) -> None:
        self.tokens = tokens = name.tokens
        self.weights = [*map(rarity, tokens)]
        self.free = [*range(len(tokens))]
        """Where the words stand that have met nothing."""

    def take(self, at: int, size: int = 1) -> float:
        worth = sum(self.weights[at : at + size])
        self.weights[at : at + size] = [0.0] * size
        self.recount()
        return worth

    def are_free(self, at: int, size: int) -> bool:
        """True where none of the words there has met."""
        return all(self.weights[at : at + size])

    def recount(self) -> None:
        weights = self.weights
        self.free = [at for at in self.free if weights[at]]

    def in_a_row(self) -> list[int]:
        """Where the words stand that have met nothing, as the next one has not."""
        free = self.free
        return [at for at, behind in pairwise(free) if behind == at + 1] if len(free) > 1 else []

    def rest(self) -> tuple[str, ...]:
        tokens, free = self.tokens, self.free
        return tuple([tokens[at] for at in free]) if free else ()


_Pairs = list[tuple[float, int, int, float]]
_Meetings = list[tuple[Met, float]]
"""Words that met, and what that is worth."""


def _meet_same(left: _Side, right: _Side) -> _Meetings:
    """The words that both names have, those that carry most first."""
    ours, theirs, others = left.weights, right.weights, right.tokens
    met = []
    for i, token in enumerate(left.tokens):
        if token in others:
            for j in right.free:
                if others[j] == token and theirs[j]:
                    met.append((Met(token, token, 1.0), (ours[i] + theirs[j]) / 2))
                    ours[i] = theirs[j] = 0.0
                    break
    if met:
        left.recount()
        right.recount()
        met.sort(key=_by_worth)
    return met


def _by_worth(meeting: tuple[Met, float]) -> float:
    return -meeting[1]


def _pairs(left: _Side, right: _Side, bodies: bool) -> _Pairs:
    """Every pair of words that are alike, by place, the most telling first."""
    pairs = []
    ours, theirs, others, places = left.weights, right.weights, right.tokens, right.free
    for i in left.free:
        token, weight = left.tokens[i], ours[i]
        for j in places:
            if score := likeness(token, others[j], bodies):
                pairs.append((-score * (weight + theirs[j]), i, j, score))
    pairs.sort()
    return pairs


def _meet_words(pairs: _Pairs, left: _Side, right: _Side, least: float) -> _Meetings:
    """The words that meet and are at least so alike, each pair with what it is worth; none meets twice."""
    met: _Meetings = []
    if not pairs:
        return met
    ours, theirs = left.weights, right.weights
    for _, i, j, score in pairs:
        if score >= least and ours[i] and theirs[j]:
            worth = (ours[i] + theirs[j]) / 2
            ours[i] = theirs[j] = 0.0
            met.append((Met(left.tokens[i], right.tokens[j], score), worth))
    if met:
        left.recount()
        right.recount()
    return met


def _together(run: str, against: str) -> float:
    """How alike words written together are to one word that begins as they do, by letters or consonants."""
    bones = names.skeleton(against)
    same = len(bones) > TELLING_BONES and bones == names.skeleton(run)
    near = abs(len(run) - len(against)) < 3 and (same or run == against or len(run) >= LONG_RUN)
    if near and (found := likeness(run, against)) >= SPLIT:
        return found
    return CONSONANTS if same and len(bones) >= BONES else 0.0


def _meet_split(left: _Side, right: _Side, bodies: bool) -> _Meetings:
    """Words in a row on the left that are one word on the right: “van der bilt”, “vanderbilt”."""
    met: _Meetings = []
    tokens, starts = left.tokens, left.in_a_row()
    if not starts:
        return met
    heads, weights = [tokens[at][0] for at in starts], left.weights
    for j in right.free:
        against = right.tokens[j]
        if len(against) < 4:
            continue
        means = names.meanings(against) if bodies else None
        if not means and against[0] not in heads:
            continue
        for at, head in zip(starts, heads, strict=True):
            begins = head == against[0]
            for size in (2, 3) if begins else (2,) if means else ():
                if at + size > len(tokens) or not all(weights[at : at + size]) or not right.weights[j]:
                    continue
                run = "".join(tokens[at : at + size])
                score = _together(run, against) if begins else 0.0
                if means and not score and not means.isdisjoint(names.meanings(run)):
                    score = MEANING
                if score:
                    worth = (left.take(at, size) + right.take(j)) / 2
                    met.append((Met(" ".join(tokens[at : at + size]), against, score), worth))
    return met


def _meet_shifted(left: _Side, right: _Side) -> _Meetings:
    """Two words in a row whose letters are two of the other name's with the space elsewhere."""
    met: _Meetings = []
    for at in left.in_a_row():
        for place in right.in_a_row():
            begins = left.tokens[at][0] == right.tokens[place][0]
            if not (begins and left.are_free(at, 2) and right.are_free(place, 2)):
                continue
            one, other = left.tokens[at : at + 2], right.tokens[place : place + 2]
            score = likeness("".join(one), "".join(other)) if len("".join(one)) >= LONG_RUN else 0.0
            if score >= SPLIT:
                worth = (left.take(at, 2) + right.take(place, 2)) / 2
                met.append((Met(" ".join(one), " ".join(other), score), worth))
    return met


def _meet_letters(left: _Side, right: _Side) -> _Meetings:
    """A word on the right that is the first letters of words on the left: “Training Institute”, TI."""
    met: _Meetings = []
    for j in right.free:
        against = right.tokens[j]
        size = len(against)
        for at in range(len(left.tokens) - size + 1) if LETTERS <= size <= len(left.free) else ():
            run = left.tokens[at : at + size]
            if run[0][0] != against[0] or not left.are_free(at, size):
                continue
            if "".join(token[0] for token in run) == against:
                met.append((Met(" ".join(run), against, ACRONYM), (left.take(at, size) + right.take(j)) / 2))
                break
    return met


def _flipped(met: _Meetings) -> _Meetings:
    return [(Met(m.right, m.left, m.score), worth) for m, worth in met]


def _meet_rows(left: _Side, right: _Side, bodies: bool) -> _Meetings:
    """Words in a row that stand for one word, or for others in a row, of those that have met nothing."""
    ours, theirs = len(left.free), len(right.free)
    if not ours or not theirs or ours + theirs < 3:
        return []
    met = _meet_split(left, right, bodies) if ours > 1 else []
    met += _flipped(_meet_split(right, left, bodies)) if theirs > 1 else []
    if bodies and ours + theirs > LETTERS:
        met += _meet_letters(left, right) + _flipped(_meet_letters(right, left))
    return met + (_meet_shifted(left, right) if ours > 1 < theirs else [])


def _meet(left: _Side, right: _Side, bodies: bool) -> tuple[list[Met], float]:
    """Who met whom, and the score; the weights left over are those of the words that met nothing."""
    met = _meet_same(left, right)
    if left.free and right.free:
        pairs = _pairs(left, right, bodies)
        met += _meet_words(pairs, left, right, SPLIT)
        met += _meet_rows(left, right, bodies)
        if left.free and right.free:
            met += _meet_words(pairs, left, right, 0.0)
    gained = worth_met = 0.0
    for meeting, worth in met:
        gained += meeting.score**POWER * worth
        worth_met += worth
    less, more = sorted((sum(left.weights), sum(right.weights)))
    whole = worth_met + CONFLICT * less + SURPLUS * (more - less)
    return [meeting for meeting, _ in met], gained / whole if whole else 0.0


def align(one: Name, other: Name, rarity: Rarity = names.weight) -> Alignment:
    """Pair the words of two names, the most telling first, and weigh what met against what did not.

    A word that met nothing costs little where the other name merely says less, and much
    where the other name says something else in its place (after Tversky, 1977).  Aligning
    B with A gives the mirror image of A with B, to the last digit.
    """
    turned = other.tokens < one.tokens
    left, right = _Side(one, rarity), _Side(other, rarity)
    ordered = (right, left) if turned else (left, right)
    met, score = _meet(*ordered, not (one.person or other.person))
    if turned:
        met = [Met(theirs, ours, alike) for ours, theirs, alike in met]
    return Alignment(tuple(met), left.rest(), right.rest(), score)


class Aligner:
    """`align` by what words carry on a list.  One for each name asked for: of the names that it is compared
    with a fifth have the words of another (two lists name one person), and these are aligned once."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], Alignment] = {}

    def __call__(self, one: Name, other: Name) -> Alignment:
        words = one.tokens, other.tokens
        found = self._known.get(words)
        if found is None:
            found = self._known[words] = align(one, other, self._rarity)
        return found
