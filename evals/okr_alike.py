"""Which propositions say the same: a logistic regression over pairs of them, fitted on other events.

A pair of deeds is compared by its stems, by the matter that the table of deeds gives their words, and by how
its arguments, subjects and numbers pair off; a pair of links or of nouns side by side by its two words alone.
Arguments are as alike as their names, or as what else stands beside them in the texts of the event.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from okr_found import BEING, Candidate, stem
from okr_learned import Features, Logistic
from okr_setting import Setting, matters

from secondsource.extractor.paragraphs import lemma
from secondsource.extractor.predicates import predicates
from secondsource.gazetteers.deeds import deeds

_PREFIX = 5
_TWO = 2
_RARE = 2
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, eq=False)
class Said:
    """A proposition found at ``place`` in an event, with what it is compared by."""

    one: Candidate
    place: str
    setting: Setting
    id: Hashable

    @cached_property
    def kind(self) -> str:
        return {"pair": "pair", "link": "pair", "sign": "sign"}.get(self.one.kind, "deed")

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """What is done; a light verb only where nothing else says it."""
        said = [lemma(token) for token in self.one.core if not token.is_punct]
        heavy = [word for word in said if word not in BEING and word not in predicates().light]
        return frozenset(heavy or said)

    @cached_property
    def stems(self) -> frozenset[str]:
        words = (token.lower_ for token in self.one.core if lemma(token) in self.lemmas)
        return frozenset(map(stem, (*self.lemmas, *words)))

    @cached_property
    def matters(self) -> frozenset[str]:
        said = [lemma(token) for token in self.one.core if not token.is_punct]
        more = [*said, *(token.lower_ for token in self.one.rest if token.dep_ == "prt")]
        words = (*(f"{one} {other}" for one in said for other in more), *self.lemmas)
        return frozenset(matters()[word] for word in words if word in matters())

    @cached_property
    def classes(self) -> frozenset[str]:
        table = predicates()
        found = (table.verbs.get(word) or table.nouns.get(word) for word in self.lemmas)
        return frozenset(filter(None, found))

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        return tuple(map(self.setting.name, self.one.arguments))

    @cached_property
    def subjects(self) -> frozenset[str]:
        return frozenset(self.setting.name(one) for one in self.one.arguments if one.dep_ in _SUBJECTS)

    @cached_property
    def numbers(self) -> frozenset[str]:
        beside = (word for one in self.one.arguments for word in (one, *one.children))
        return frozenset(word.text for word in beside if word.pos_ == "NUM")

    @cached_property
    def prepositions(self) -> frozenset[str]:
        words = self.one.core if self.one.kind == "link" else self.one.rest
        return frozenset(word.lower_ for word in words if word.pos_ == "ADP")


def of_both(one: Said, other: Said) -> Features:
    """Features of a pair of propositions of one event."""
    kinds = " ".join(sorted((one.kind, other.kind)))
    values = _paired(one, other)
    if kinds == "deed deed":
        found = dict(_of_deeds(one, other, values))
    elif kinds == "pair pair":
        found = dict(_of_pairs(one, other, values))
    else:
        found = {f"{kinds} most": max(values, default=0.0), f"{kinds} two": float(values.count(1.0) >= _TWO)}
        found["sign says"] = float(kinds == "deed sign" and "statement" in one.classes | other.classes)
        found["one sign"] = float(kinds == "sign sign" and one.one.head.text == other.one.head.text)
    return {kinds: 1.0, **found}


def _paired(one: Said, other: Said) -> list[float]:
    """How alike the arguments are that go best together, whatever their roles."""
    ways = sorted(
        (
            (one.setting.alike(a, b), i, j)
            for (i, a), (j, b) in product(enumerate(one.arguments), enumerate(other.arguments))
        ),
        reverse=True,
    )
    left: set[int] = set()
    right: set[int] = set()
    values = []
    for value, i, j in ways:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            values.append(value)
    return values


def _of_deeds(one: Said, other: Said, values: Sequence[float]) -> Iterator[tuple[str, float]]:
    shared = one.stems & other.stems
    same = one.matters & other.matters
    begun = not shared and any(
        a[:_PREFIX] == b[:_PREFIX] and len(a) >= _PREFIX for a, b in product(one.lemmas, other.lemmas)
    )
    yield "stems", len(shared) / max(1, len(one.stems | other.stems))
    yield "a stem", float(bool(shared))
    yield "beginning", float(begun)
    yield "matter", float(bool(same))
    known = bool(one.matters and other.matters) and not same
    near = deeds().matters
    yield "near", float(known and any(b in near[a].near for a, b in _either(one.matters, other.matters)))
    yield "other matter", float(known)
    yield "class", float(bool(one.classes & other.classes) and not same)
    like = "alike" if shared or same or begun else "unlike"
    count = min(len(one.arguments), len(other.arguments))
    yield f"{like} exact", min(_TWO, values.count(1.0)) / _TWO
    yield f"{like} most", max(values, default=0.0)
    yield f"{like} mean", sum(values) / max(1, count)
    yield f"{like} none", float(count == 0)
    yield f"{like} nothing exact", float(count > 0 and 1.0 not in values)
    yield "stems and mean", len(shared) / max(1, len(one.stems | other.stems)) * sum(values) / max(1, count)
    yield from _of_roles(one, other, like)
    yield f"one text {like}", float(one.place == other.place)


def _of_roles(one: Said, other: Said, like: str) -> Iterator[tuple[str, float]]:
    says = "statement" in one.classes | other.classes
    yield f"{like} says", float(says)
    if one.subjects and other.subjects:
        yield f"{like} subject {bool(one.subjects & other.subjects)}", 1.0
        yield f"{like} says, subject {bool(one.subjects & other.subjects)}", float(says)
    if one.numbers and other.numbers:
        yield f"{like} number {bool(one.numbers & other.numbers)}", 1.0


def _either(left: Iterable[str], right: Iterable[str]) -> Iterator[tuple[str, str]]:
    for one, other in product(left, right):
        yield from ((one, other), (other, one))


def _of_pairs(one: Said, other: Said, values: Sequence[float]) -> Iterator[tuple[str, float]]:
    most, second = (*sorted(values, reverse=True), 0.0, 0.0)[:_TWO]
    both = one.prepositions & other.prepositions
    yield from (("pair two", float(second == 1)), ("pair one", float(most == 1 > second)))
    yield from (("pair most", most), ("pair second", second), ("pair product", most * second))
    rare = min(one.setting.texts_with(name) for name in (*one.arguments, *other.arguments)) <= _RARE
    yield from (("rare", float(rare)), ("rare second", second * rare))
    yield "of noun, second", second * (one.arguments[0] == other.arguments[0] and second < 1)
    yield from (("preposition", float(bool(both))), ("kinds", float(one.one.kind != other.one.kind)))
    yield "other preposition", float(bool(one.prepositions and other.prepositions) and not both)
    if one.one.kind == other.one.kind == "pair":
        yield from (("noun", float(one.arguments[1] == other.arguments[1])),)
        yield from (("of noun", float(one.arguments[0] == other.arguments[0])),)
        yield "relation", float(one.one.head.dep_ == other.one.head.dep_)
    yield "pair one text", float(one.place == other.place)


@dataclass(frozen=True)
class Compared:
    """The propositions of an event, and the features of each two of them, ``places`` saying which."""

    said: Sequence[Said]
    places: Sequence[tuple[int, int]]
    rows: Sequence[Features]

    def matrix(self, model: Logistic) -> np.ndarray[Any, Any]:
        """How likely each two say the same; -1 on the diagonal."""
        table = np.full((len(self.said), len(self.said)), -1.0)
        if self.places:
            left, right = np.array(self.places).T
            table[left, right] = table[right, left] = model.chances(self.rows)
        return table


def compared(said: Sequence[Said]) -> Compared:
    places = [(i, j) for i in range(len(said)) for j in range(i)]
    return Compared(said, places, [of_both(said[i], said[j]) for i, j in places])


def learned(events: Iterable[tuple[Compared, Mapping[Hashable, str]]], ridge: float = 1.0) -> Logistic:
    """The model that tells propositions of one annotated cluster from others; the rest teaches nothing."""
    rows: list[Features] = []
    answers: list[bool] = []
    for event, gold in events:
        of = [gold.get(one.id) for one in event.said]
        for (i, j), row in zip(event.places, event.rows, strict=True):
            if of[i] is not None and of[j] is not None:
                rows.append(row)
                answers.append(of[i] == of[j])
    return Logistic(ridge).fit(rows, answers, [1.0] * len(rows))
