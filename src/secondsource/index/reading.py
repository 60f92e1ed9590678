"""The names of a list, read in one way, made ready to be looked through."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.alignment import BONES, FOLDED, INITIAL, POWER
from secondsource.comparisons import SPELLING, TOGETHER
from secondsource.index.alike import Vocabulary, at_least
from secondsource.index.lexicon import as_lines, learn, lexicon
from secondsource.index.meeting import agreements, contrast
from secondsource.index.tables import Array, Arrays, Postings, Strings, code, codes, lines, of_lines
from secondsource.names import Name
from secondsource.names.vocabulary import GENERIC

LOOKED_AT = 60
"""Names whose words are aligned, of those that share a word with the one asked for."""

SPELLED = 25
"""Names of which the spelling is looked at as well, of those whose words are aligned."""

_SAME = 200
_TOGETHER = 8
"""Most names that are looked at because they hold two words that the other writes as one."""

LEARNED = 0.9
"""How alike a word and its learned translation are taken to be when names are looked for."""

_SLIP = 0.8
_REMEMBERED = 131_072


class Reading:
    """Names as people's, or as others': found by the words that they share with a name."""

    def __init__(self, arrays: Arrays) -> None:
        self.vocabulary = Vocabulary(arrays)
        self.size = len(arrays["name_weights"])
        self._rarity = arrays["word_rarity"]
        self._first = arrays["word_first"]
        self._starts, self._words = arrays["name_starts"], arrays["name_words"]
        self._weights, self._initials = arrays["name_weights"], arrays["name_initials"]
        self._families, self._form_of = arrays["families"], arrays["form_of"]
        self._forms = [tuple(line.split()) for line in lines(arrays["forms"]) or [""]]
        self._holder_starts, self._holders = arrays["holder_starts"], arrays["holders"]
        self._keys = Postings(arrays["key_keys"], arrays["key_starts"], arrays["key_items"])
        self._acronyms = Postings(arrays["acronym_keys"], arrays["acronym_starts"], arrays["acronym_items"])
        self._pairs = Postings(arrays["pair_keys"], arrays["pair_starts"], arrays["pair_items"])
        self.spellings = Strings(arrays["spelling_data"], arrays["spelling_ends"])
        self.lexicon = lexicon(arrays["lexicon"])
        self._met = lru_cache(maxsize=_REMEMBERED)(self._alike)
        self.rarity = lru_cache(maxsize=_REMEMBERED)(self._weigh)

    def name(self, at: int, text: str, person: bool) -> Name:
        """The name at a place, written ``text``, as `names.parse` takes it apart (but for its titles)."""
        start, end = self._starts[at : at + 2].tolist()
        words = self.vocabulary.words
        tokens = tuple(words[each] for each in self._words[start:end].tolist())
        family = int(self._families[at])
        listed = "".join(tokens[-family:] + tokens[:-family]) if family else ""
        return Name(text, tokens, self._forms[int(self._form_of[at])], (), person, listed)

    def spelled(self, at: int) -> str:
        """The name at a place as `names.normalise` spells it."""
        return self.spellings[at].partition("\t")[0]

    def _weigh(self, word: str) -> float:
        """How much a word carries: 1 for one that no name holds, near 0 for one in most."""
        at = self.vocabulary.place(word)
        if at >= 0:
            return float(self._rarity[at])
        return math.sqrt(min(names.weight(word), names.weight(_meant(word))))

    def sure(self, name: Name, allowed: Array | None = None) -> list[int]:
        """The places of names of the same words, and of those in which two words are written as one."""
        found = [self._keys.find(code(name.key))[:_SAME], *self._together(name), *self._by_letters(name)]
        return _allowed(found, allowed)

    def nearest(self, name: Name, allowed: Array | None = None) -> list[tuple[int, float]]:
        """The places of the names most like ``name``, the likeliest first, each with about the score
        that `comparisons.listed` will give it."""
        places, scores = self._likeliest(name, allowed)
        order = np.argsort(-scores, kind="stable")
        return list(zip(places[order].tolist(), scores[order].tolist(), strict=True))

    def _alike(self, word: str) -> tuple[Array, Array]:
        """The listed words that ``word`` may be or stand for, and how alike each is."""
        places, scores = self.vocabulary.alike(word)
        stands = [self.vocabulary.place(other) for other in self.lexicon.get(names.fold(word), ())]
        if not stands:
            return places, scores
        return at_least(places, scores, np.array([at for at in stands if at >= 0], np.int32), LEARNED)

    def speaks(self, name: Name) -> bool:
        """Whether a word of ``name`` is known to stand for words of another language."""
        return any(names.fold(word) in self.lexicon for word in name.tokens)

    def read_as(self, name: Name, listed: Name) -> Name:
        """``name`` with the words that may stand for words of ``listed`` put in their place."""
        words: list[str] = []
        for word in name.tokens:
            meant = (
                []
                if word in listed.tokens
                else [
                    other
                    for other in self.lexicon.get(names.fold(word), ())
                    if other in listed.tokens and other not in name.tokens
                ]
            )
            words += meant or [word]
        return name if tuple(words) == name.tokens else replace(name, tokens=tuple(words), listed="")

    def _likeliest(self, name: Name, allowed: Array | None) -> tuple[Array, Array]:
        words = list(dict.fromkeys(name.tokens))
        alike = [self._met(word) for word in words]
        asked = np.array([self.rarity(word) for word in words])
        touched = self._touched(words, alike, asked, allowed)
        if not len(touched):
            return touched, np.zeros(0)
        listed = self._words_of(touched)
        known = np.append(self._rarity, np.float32(0))
        score = agreements(self._cells(words, alike, listed), asked, known[listed])
        if len(touched) > SPELLED:
            best = np.argpartition(-score, SPELLED)[:SPELLED]
            touched, score = touched[best], score[best]
        return touched, self._with_spelling(name, touched, score)

    def _touched(
        self, words: list[str], alike: list[tuple[Array, Array]], asked: Array, allowed: Array | None
    ) -> Array:
        """The names that share most with the one asked for, a word of which may here meet several."""
        holders, worth = [], []
        for weight, (places, scores) in zip(asked, alike, strict=True):
            starts, ends = self._holder_starts[places], self._holder_starts[places + 1]
            holders += [
                self._holders[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            ]
            each = scores**POWER * (weight + self._rarity[places]) / 2
            worth.append(np.repeat(each, ends - starts))
        if not holders:
            return np.zeros(0, np.int32)
        gained = np.bincount(np.concatenate(holders), np.concatenate(worth), minlength=self.size)
        if allowed is not None:
            gained[~allowed] = 0
        touched = (gained > 0).nonzero()[0]
        gain = gained[touched]
        right = np.maximum(self._weights[touched] - gain, 0)
        met = gain.copy()
        for word, weight in zip(words, asked, strict=True):
            if len(word) == 1:
                held = (self._initials[touched] >> (ord(word) & 31)) & 1
                stands = np.minimum(right, 1.0)
                right = right - held * stands
                met += held * (weight + stands) / 2
                gain = gain + held * (INITIAL**POWER * (weight + stands) / 2)
        left = np.maximum(asked.sum() - met, 0)
        score = contrast(gain, met, left, right)
        if len(touched) > LOOKED_AT:
            touched = touched[np.argpartition(-score, LOOKED_AT)[:LOOKED_AT]]
        return touched

    def _with_spelling(self, name: Name, places: Array, score: Array) -> Array:
        """``score`` with what `comparisons.together` and `comparisons.listed` add to it."""
        spelled, joined = zip(*(self.spellings[at].split("\t") for at in places.tolist()), strict=True)
        orders = [names.fold(order) for order in dict.fromkeys((name.joined, name.listed))]
        alike = process.cdist(orders, joined, scorer=OSA.normalized_similarity, score_cutoff=0.6)
        score = np.maximum(score, TOGETHER * FOLDED**2 * alike.max(axis=0) ** 2)
        text = [names.normalise(name.text)]
        whole = process.cdist(text, spelled, scorer=fuzz.ratio) + process.cdist(
            text, spelled, scorer=fuzz.token_sort_ratio
        )
        share = SPELLING if name.text.isascii() else SPELLING / 2
        return np.asarray((1 - share) * score + share * whole[0] / 200)

    def _words_of(self, places: Array) -> Array:
        """The words of each name by their places, filled up with one that is none."""
        starts = self._starts[places]
        counts = self._starts[places + 1] - starts
        at = np.arange(int(counts.max()))
        held = np.minimum(starts[:, None] + at, len(self._words) - 1)
        return np.where(at < counts[:, None], self._words[held], len(self._rarity))

    def _cells(self, words: list[str], alike: list[tuple[Array, Array]], listed: Array) -> Array:
        cells = np.empty((len(listed), len(words), listed.shape[1]), np.float32)
        row = np.zeros(len(self._rarity) + 1, np.float32)
        for i, (word, (places, scores)) in enumerate(zip(words, alike, strict=True)):
            row[places] = scores
            cells[:, i] = row[listed]
            row[places] = 0
            if len(word) == 1:
                first = np.append(self._first, np.uint8(0))[listed] == ord(word)
                cells[:, i][first] = np.maximum(cells[:, i][first], INITIAL)
        return cells

    def _by_letters(self, name: Name) -> list[Array]:
        """Names whose first letters ``name`` is, or that are its first letters."""
        if name.person:
            return []
        if len(name.tokens) == 1:
            return [items[:_TOGETHER] for items in self._acronyms.find_all([code(name.joined)])]
        return [items[:_TOGETHER] for items in self._keys.find_all(list(map(code, names.acronyms(name))))]

    def _together(self, name: Name) -> list[Array]:
        """Names in which two words are one word of ``name``, or one word two of it."""
        whole = dict.fromkeys((*name.tokens, name.joined))
        keys = [code(names.fold(word)) for word in whole]
        if not name.text.isascii():
            keys += [code("/" + bones) for word in whole if len(bones := names.skeleton(word)) >= BONES]
        found = [items[:_TOGETHER] for items in self._pairs.find_all(keys)]
        joined = [code(names.fold(one + other)) for one, other in pairwise(name.tokens)]
        for places in self.vocabulary.folded.find_all(joined):
            for at in places.tolist():
                found.append(self._holders[self._holder_starts[at] : self._holder_starts[at + 1]][:_TOGETHER])
        return found


def _meant(word: str) -> str:
    """The word for a kind of body that ``word`` is a slip of; itself where it is none."""
    if len(word) < 5:
        return word
    found = process.extractOne(word, GENERIC, scorer=OSA.normalized_similarity, score_cutoff=_SLIP)
    return found[0] if found else word


def _allowed(found: list[Array], allowed: Array | None) -> list[int]:
    places = np.concatenate(found)
    return list(dict.fromkeys((places if allowed is None else places[allowed[places]]).tolist()))


def arrays_of(listed: Sequence[Name], entries: Sequence[int], *, translate: bool) -> Arrays:
    """What `Reading` works on.

    ``entries`` says of each name whose it is; names of one entry stand together.  Where they
    ``translate``, its names teach which words stand for which: those of people do not (a nom
    de guerre beside a name teaches nothing about either).
    """
    words = sorted({word for name in listed for word in name.tokens})
    place = {word: at for at, word in enumerate(words)}
    counts = np.fromiter((len(name.tokens) for name in listed), np.int64, len(listed))
    flat = np.fromiter((place[word] for name in listed for word in name.tokens), np.int32, int(counts.sum()))
    owners = np.repeat(np.arange(len(listed), dtype=np.int32), counts)
    size = max(1, len(listed))
    cells = np.unique(flat.astype(np.int64) * size + owners)
    held, holders = cells // size, (cells % size).astype(np.int32)
    rarity = _rarity(words, held, holders, size)
    first = np.fromiter((ord(word[0]) for word in words), np.uint8, len(words))
    initials = np.zeros(len(listed), np.uint32)
    np.bitwise_or.at(initials, owners, np.left_shift(np.uint32(1), first[flat] & 31, dtype=np.uint32))
    places = np.arange(len(listed), dtype=np.int32)
    pairs = [(key, at) for at, name in enumerate(listed) for key in _pair_keys(name)]
    letters = [
        (code(short), at)
        for at, name in enumerate(listed)
        if not name.person and len(name.tokens) > 2
        for short in names.acronyms(name)
    ]
    spellings = Strings.of(f"{names.normalise(name.text)}\t{names.fold(name.joined)}" for name in listed)
    forms = sorted({name.forms for name in listed} | {()})
    form_at = {each: at for at, each in enumerate(forms)}
    return {
        "forms": of_lines(" ".join(each) for each in forms),
        "form_of": np.fromiter((form_at[name.forms] for name in listed), np.uint16, len(listed)),
        "families": np.fromiter(map(_family, listed), np.uint8, len(listed)),
        "lexicon": as_lines(learn(_by_entry(listed, entries)) if translate else {}),
        **Vocabulary.arrays(words, bodies=translate),
        "spelling_data": spellings.data,
        "spelling_ends": spellings.ends,
        "word_rarity": rarity,
        "word_first": first,
        "name_starts": np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        "name_words": flat,
        "name_initials": initials,
        "name_weights": np.bincount(owners, rarity[flat], minlength=len(listed)).astype(np.float32),
        "holder_starts": np.searchsorted(held, np.arange(len(words) + 1)).astype(np.int64),
        "holders": holders,
        **Postings.of(codes(name.key for name in listed), places).arrays("key"),
        **Postings.of_pairs(pairs).arrays("pair"),
        **Postings.of_pairs(letters).arrays("acronym"),
    }


def _by_entry(listed: Sequence[Name], entries: Sequence[int]) -> Iterator[list[Name]]:
    grouped = groupby(zip(entries, listed, strict=True), key=itemgetter(0))
    return ([name for _, name in group] for _, group in grouped)


def _rarity(words: Sequence[str], held: Array, holders: Array, size: int) -> Array:
    """What each word carries, by how many names hold it in one transliteration or another."""
    folds, fold_of = np.unique(codes(map(names.fold, words)), return_inverse=True)
    frequency = np.bincount(np.unique(fold_of[held] * np.int64(size) + holders) // size, minlength=len(folds))
    kinds = np.fromiter(map(names.weight, words), np.float64, len(words))
    size = max(2, size)
    rarity = np.log1p(size / np.maximum(frequency[fold_of], 1)) / math.log1p(size) * np.sqrt(kinds)
    return np.asarray(rarity, np.float32)


def _family(name: Name) -> int:
    """How many words at the end of a name stand first where it is listed."""
    if name.listed == name.joined:
        return 0
    tokens = name.tokens
    for count in range(1, min(len(tokens), 255)):
        if "".join(tokens[-count:] + tokens[:-count]) == name.listed:
            return count
    return 0


def _pair_keys(name: Name) -> Iterator[int]:
    """What two words of the name are found by where another name writes them as one."""
    for one, other in _pairs(name):
        yield code(names.fold(one + other))
        if len(bones := names.skeleton(one + other)) >= BONES:
            yield code("/" + bones)


def _pairs(name: Name) -> Iterator[tuple[str, str]]:
    """Words that stand side by side in some order of the name: “Drago Jok” may be “jokdrago”."""
    yield from pairwise(name.tokens)
    if name.person and len(name.tokens) > 1:
        yield name.tokens[-1], name.tokens[0]
