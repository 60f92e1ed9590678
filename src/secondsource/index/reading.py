"""The names of a list, read in one way, made ready to be looked through."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.alignment import BONES
from secondsource.index.alike import Alike, Vocabulary, at_least
from secondsource.index.lexicon import lexicon
from secondsource.index.nearest import Nearest, Words
from secondsource.index.seams import Seams
from secondsource.index.short_forms import ShortForms
from secondsource.index.tables import Array, Arrays, Postings, code, lines
from secondsource.names import Name
from secondsource.names.vocabulary import GENERIC

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
        self._near = Nearest(arrays)
        self._rarity = arrays["word_rarity"]
        self._starts, self._words = arrays["name_starts"], arrays["name_words"]
        self._families, self._form_of = arrays["families"], arrays["form_of"]
        self._forms = [tuple(line.split()) for line in lines(arrays["forms"]) or [""]]
        self._holder_starts, self._holders = arrays["holder_starts"], arrays["holders"]
        self._keys = Postings(arrays["key_keys"], arrays["key_starts"], arrays["key_items"])
        self._acronyms = Postings(arrays["acronym_keys"], arrays["acronym_starts"], arrays["acronym_items"])
        self._bones = Postings(arrays["bones_keys"], arrays["bones_starts"], arrays["bones_items"])
        self._seams = Seams(self.vocabulary, self._holder_starts, self._holders)
        self._short = ShortForms(arrays, self.spelled) if "run_keys" in arrays else None
        self._pairs = Postings(arrays["pair_keys"], arrays["pair_starts"], arrays["pair_items"])
        self.lexicon = lexicon(arrays["lexicon"])
        self.rarity = lru_cache(maxsize=_REMEMBERED)(self._weigh)

    def keep(self) -> None:
        """Take words and spellings into memory: for asking many times."""
        self.vocabulary.keep()
        self._near.keep()

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
        return self._near.spelling(at)[0]

    def _weigh(self, word: str) -> float:
        """How much a word carries: 1 for one that no name holds, near 0 for one in most."""
        at = self.vocabulary.place(word)
        if at >= 0:
            return float(self._rarity[at])
        return math.sqrt(min(names.weight(word), names.weight(_meant(word))))

    def sure_all(self, asked: Sequence[Name], allowed: Array | None = None) -> list[list[int]]:
        """For each name the places of names of the same words, of those in which two words are written as
        one, and of those that one is the first letters of."""
        same = self._keys.find_each([[code(name.key)] for name in asked])
        short = self._short.find_all(asked) if self._short else ([] for _ in asked)
        found = zip(
            same, self._together(asked), self._by_letters(asked), short, self._by_bones(asked), strict=True
        )
        return [
            _allowed([*(items[:_SAME] for items in exact), *chain.from_iterable(others)], allowed)
            for exact, *others in found
        ]

    def nearest_all(
        self, asked: Sequence[Name], allowed: Array | None = None
    ) -> list[list[tuple[int, float]]]:
        """For each name the places of those most like it, the likeliest first, each with about the
        score that `scoring.listed` will give it."""
        held = [list(dict.fromkeys(name.tokens)) for name in asked]
        texts = list(chain.from_iterable(held))
        owner = np.repeat(np.arange(len(held)), [len(words) for words in held])
        weight = np.fromiter(map(self.rarity, texts), np.float64, len(texts))
        return self._near.find(asked, Words(texts, owner, weight, self._alike_all(texts)), allowed)

    def parted_all(self, asked: Sequence[Name], allowed: Array | None = None) -> list[dict[int, Name]]:
        """For each name the places of names that hold words which it has without the space between, or with
        it in another place; and how it reads with the space where they have it."""
        return [
            {
                at: replace(name, tokens=tokens, listed="")
                for places, tokens in found
                for at in (places if allowed is None else places[allowed[places]]).tolist()
            }
            for name, found in zip(asked, self._seams.find_all([name.tokens for name in asked]), strict=True)
        ]

    def _alike_all(self, words: Sequence[str]) -> list[Alike]:
        """The listed words that each word may be or stand for, and how alike each is."""
        found = self.vocabulary.alike_all(words)
        return (
            [self._with_learned(*item) for item in zip(words, found, strict=True)] if self.lexicon else found
        )

    def _with_learned(self, word: str, alike: Alike) -> Alike:
        others = self.lexicon.get(names.fold(word))
        if not others:
            return alike
        stands = [at for other in others if (at := self.vocabulary.place(other)) >= 0]
        return at_least(*alike, np.array(stands, np.int32), LEARNED)

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

    def _by_bones(self, asked: Sequence[Name]) -> Iterator[list[Array]]:
        """For each name those of the same consonants, written together, whichever name stands first."""
        bones = [{names.skeleton(each) for each in (name.joined, name.listed)} for name in asked]
        found = self._bones.find_each([list(map(code, each)) for each in bones])
        return ([items[:_TOGETHER] for items in each] for each in found)

    def _by_letters(self, asked: Sequence[Name]) -> Iterator[list[Array]]:
        """For each name those whose first letters it is, or that are its first letters."""
        one = [[] if name.person or len(name.tokens) > 1 else [code(name.joined)] for name in asked]
        many = [
            [] if name.person or len(name.tokens) == 1 else list(map(code, names.acronyms(name)))
            for name in asked
        ]
        found = zip(self._acronyms.find_each(one), self._keys.find_each(many), strict=True)
        return ([items[:_TOGETHER] for items in chain(*each)] for each in found)

    def _together(self, asked: Sequence[Name]) -> Iterator[list[Array]]:
        """For each name those in which two words are one word of it, or one word two of it."""
        runs = [[one + other for one, other in pairwise(name.tokens)] for name in asked]
        names.remember([name.joined for name in asked] + [run for each in runs for run in each])
        pairs = self._pairs.find_each(list(map(_run_codes, asked)))
        folded = self.vocabulary.folded.find_each([[code(names.fold(run)) for run in each] for each in runs])
        for found, words in zip(pairs, folded, strict=True):
            places = [at for each in words for at in each.tolist()]
            yield [items[:_TOGETHER] for items in (*found, *map(self._held_by, places))]

    def holding(self, words: Sequence[str]) -> Array:
        """The places of names that hold the rarest of ``words`` that names hold, in rising order."""
        held = [self._held_by(at) for at in map(self.vocabulary.place, words) if at >= 0]
        return min(held, key=len) if held else np.zeros(0, np.int32)

    def beginning(self, start: str) -> Array:
        """The places of names that hold a word which begins so, in rising order."""
        words = self.vocabulary.words
        first, last = bisect_left(words, start), bisect_left(words, start + "{")  # which comes after z
        begin, end = self._holder_starts[[first, last]].tolist()
        return np.unique(self._holders[begin:end])

    def _held_by(self, word: int) -> Array:
        return self._holders[self._holder_starts[word] : self._holder_starts[word + 1]]


def _run_codes(name: Name) -> list[int]:
    """What two words of another name are found by that are one word of ``name``, or all of it."""
    whole = dict.fromkeys((*name.tokens, name.joined))
    keys = [code(names.fold(word)) for word in whole]
    if not name.text.isascii():
        keys += [code("/" + bones) for word in whole if len(bones := names.skeleton(word)) >= BONES]
    return keys


def _meant(word: str) -> str:
    """The word for a kind of body that ``word`` is a slip of; itself where it is none."""
    if len(word) < 5:
        return word
    found = process.extractOne(word, GENERIC, scorer=OSA.normalized_similarity, score_cutoff=_SLIP)
    return found[0] if found else word


def _allowed(found: list[Array], allowed: Array | None) -> list[int]:
    places = dict.fromkeys(at for items in found for at in items.tolist())
    return [at for at in places if allowed is None or allowed[at]]
