"""What the texts of one event tell of its words: what is short for what, beside what each stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
from okr_found import Candidate, Casing, stem
from spacy.tokens import Doc, Token

from secondsource.corroborate.lexicon import lexicon
from secondsource.extractor.paragraphs import lemma
from secondsource.gazetteers import Known, known
from secondsource.gazetteers.deeds import deeds

_BESIDE = frozenset({"compound", "amod", "nmod"})
_FEW = 4
_ONE_THING = 0.8
_SAID_TOGETHER = 0.3
"""What is left of the likeness of two names that one text has both of: they are rarely one thing."""


@dataclass
class Text:
    """A text of an event as it was read: its place, its parse, and what may be a proposition in it."""

    place: str
    doc: Doc
    found: list[Candidate]


@dataclass
class Setting:
    """What the texts of one event tell of its words: how they are written, how often and beside what."""

    texts: Sequence[Text]
    casing: Casing
    _likeness: dict[tuple[str, str], float] = field(default_factory=dict)

    @cached_property
    def short(self) -> dict[str, str]:
        """What initials and beginnings of names stand for in the event: "NJ", "Calif"."""
        words = Counter(token.text for text in self.texts for token in text.doc if token.text.istitle())
        found: dict[str, str] = {}
        for name in _names(self.texts):
            initials = "".join(word[0] for word in name)
            value = known(" ".join(name))
            found.setdefault(initials, value.name.casefold() if value else stem(name[-1].casefold()))
        for word in words:
            begun = word.rstrip(".")
            whole = (
                known(other) for other in words if other.startswith(begun) and len(other) > len(begun) + 2
            )
            if len(begun) >= _FEW and not known(begun) and (one := next(filter(None, whole), None)):
                found[begun] = one.name.casefold()
        return found

    def name(self, token: Token) -> str:
        """What a word is called in all texts: a known name under its own, others by their stem."""
        value = known_name(token)
        if value is not None:
            return value.name.casefold()
        return self.short.get(token.text.rstrip("."), stem(lemma(token)))

    def key(self, one: Candidate) -> Hashable:
        if one.kind in {"pair", "link"}:
            said = one.head.lower_ if one.core else ""
            return (said, *sorted(map(self.name, one.arguments)))
        said = lemma(one.core[-1])
        return one.head.text if one.kind == "sign" else matters().get(said, stem(said))

    @cached_property
    def _standing(self) -> Mapping[Hashable, set[str]]:
        where: defaultdict[Hashable, set[str]] = defaultdict(set)
        for text in self.texts:
            for one in text.found:
                where["candidate", self.key(one)].add(text.place)
            for token in text.doc:
                where["word", stem(lemma(token))].add(text.place)
        return where

    def texts_with(self, name: str) -> int:
        return len(self._where[name])

    def texts_of(self, one: Candidate) -> int:
        return len(self._standing["candidate", self.key(one)])

    def texts_of_word(self, token: Token) -> int:
        return len(self._standing["word", stem(lemma(token))])

    @cached_property
    def _beside(self) -> Mapping[str, Counter[Hashable]]:
        """What stands beside each name: the deeds that it is an argument of, and what it is paired with."""
        beside: defaultdict[str, Counter[Hashable]] = defaultdict(Counter)
        for one in (one for text in self.texts for one in text.found):
            for word in one.arguments:
                if one.kind in {"pair", "link"}:
                    others = (self.name(other) for other in one.arguments if other is not word)
                    beside[self.name(word)].update(("word", other) for other in others)
                else:
                    beside[self.name(word)]["deed", self.key(one)] += 1
        spread = Counter(what for counts in beside.values() for what in counts)
        return {
            name: Counter({what: np.log1p(n) / spread[what] ** 0.5 for what, n in counts.items()})
            for name, counts in beside.items()
        }

    @cached_property
    def _where(self) -> Mapping[str, set[str]]:
        where: defaultdict[str, set[str]] = defaultdict(set)
        for text in self.texts:
            for one in text.found:
                for word in one.arguments:
                    where[self.name(word)].add(text.place)
        return where

    def alike(self, one: str, other: str) -> float:
        """How alike two names are: by what stands beside them (cosine), or as two nouns for one thing."""
        if one == other:
            return 1.0
        key = (one, other) if one < other else (other, one)
        if key not in self._likeness:
            self._likeness[key] = self._compared(*key)
        return self._likeness[key]

    def _compared(self, one: str, other: str) -> float:
        thing = _things().get(one)
        beside = self._by_company(one, other)
        return max(beside, _ONE_THING) if thing and thing == _things().get(other) else beside

    def _by_company(self, one: str, other: str) -> float:
        left, right = self._beside.get(one, Counter()), self._beside.get(other, Counter())
        size = (sum(n * n for n in left.values()) * sum(n * n for n in right.values())) ** 0.5
        shared = sum(n * right[what] for what, n in left.items() if what in right)
        return (
            shared / size * (_SAID_TOGETHER if self._where[one] & self._where[other] else 1.0)
            if size
            else 0.0
        )


def _names(texts: Iterable[Text]) -> list[tuple[str, ...]]:
    """Two to five capital words side by side whose initials stand in the texts, the most frequent first."""
    counts: Counter[tuple[str, ...]] = Counter()
    capitals: set[str] = set()
    for text in texts:
        words = [token.text for token in text.doc]
        capitals |= {word.rstrip(".") for word in words if word.isupper() and 2 <= len(word) <= 6}
        runs = (
            (at, at + size) for at in range(len(words)) for size in range(2, 6) if at + size <= len(words)
        )
        named = (tuple(words[start:end]) for start, end in runs)
        counts.update(name for name in named if all(word[0].isupper() and word.isalpha() for word in name))
    known_short = ((name, "".join(word[0] for word in name)) for name, _ in counts.most_common())
    return [name for name, short in known_short if short in capitals and not name[-1].isupper()]


def known_name(token: Token) -> Known | None:
    """What a noun is known to be, with the words of its name before it where those make one."""
    before = [one for one in token.children if one.dep_ in _BESIDE and token.i - _FEW < one.i < token.i]
    forms = (" ".join(word.text for word in (*before[at:], token)) for at in range(len(before) + 1))
    return next(filter(None, map(known, forms)), None)


@cache
def _things() -> Mapping[str, str]:
    return {stem(noun): thing for noun, thing in reversed(lexicon().things.items())}


@cache
def matters() -> Mapping[str, str]:
    """The matter of each verb and noun of the table of deeds."""
    return {word: row.matter for row in reversed(deeds().rows) if row.matter for word in row.told + row.nouns}
