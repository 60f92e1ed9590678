"""Which candidates are propositions: a logistic regression for each kind, fitted on other events.

What OKR annotates is custom as much as language ("Syrian plane" is a proposition, "11 teammates" is none), so
which candidates count is learned, from the events that the evaluation tunes on and from nothing else.
Features are parts of speech, dependencies, classes of the table of deeds, kinds of names, closed-class words,
how words are written, and in how many texts of the event a candidate stands; no other word is a feature.  The
models have a ridge penalty and are fitted by L-BFGS when the evaluation runs.  Alike examples of one event
(the same words, the same answer) count by the square root of their number together: "Syrian plane" stands
there nineteen times.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from okr_found import (
    BEING,
    Candidate,
    ends_in_ing,
    is_deed,
    is_name,
    is_nominal,
)
from okr_setting import Setting, Text, known_name
from scipy.optimize import minimize  # type: ignore[import-untyped]
from spacy.tokens import Token

from secondsource.corroborate.lexicon import lexicon
from secondsource.extractor.paragraphs import lemma
from secondsource.extractor.predicates import predicates
from secondsource.gazetteers import known, town

_KINDS = ("deed", "noun", "state", "link", "sign", "pair")
_ALWAYS = "always"
_RAREST = 3
_FEW = 4
_PREFIX = 5
_CLOSED = frozenset(
    {"in", "of", "at", "on", "from", "to", "for", "with", "against", "by", "after", "near", "as", "over"}
    | {"under", "about", "into", "via", "than", "since", "during", "while", "before", "between", "through"}
    | {"without", "up", "'s", "'"}
)
_CHILDREN = frozenset(
    {"nsubj", "nsubjpass", "dobj", "prep", "poss", "compound", "det", "aux", "neg", "advmod", "nummod"}
    | {"amod", "mark", "ccomp", "xcomp", "punct"}
)
_NAMES = frozenset({"GPE", "LOC", "PERSON", "ORG", "NORP", "CARDINAL", "DATE", "TIME", "FAC", "ORDINAL"})
_BESIDE = frozenset({"compound", "amod", "nmod"})

Features = Mapping[str, float]
Floats = np.ndarray[Any, Any]


class Logistic:
    """A logistic regression with the penalty ``ridge`` on each weight; rarer features are left out."""

    def __init__(self, ridge: float, rarest: int = 1) -> None:
        self.ridge, self.rarest = ridge, rarest

    def fit(self, rows: Sequence[Features], answers: Sequence[bool], weights: Sequence[float]) -> Logistic:
        counts = Counter(name for row in rows for name in row)
        names = sorted(name for name, count in counts.items() if count >= self.rarest)
        self.places = {name: at for at, name in enumerate(names)}
        table, right, weight = self._table(rows), np.array(answers, float), np.array(weights, float)
        penalty = np.array([0.01 if name == _ALWAYS else self.ridge for name in names])

        def loss(values: Floats) -> tuple[float, Floats]:
            scores = table @ values
            slope = table.T @ (weight * (_squashed(scores) - right)) + penalty * values
            total = weight @ (np.logaddexp(0, scores) - right * scores) + (penalty * values) @ values / 2
            return float(total), slope

        self.values = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
        return self

    def chances(self, rows: Sequence[Features]) -> Floats:
        return _squashed(self._table(rows) @ self.values)

    def _table(self, rows: Sequence[Features]) -> Floats:
        table = np.zeros((len(rows), len(self.places)))
        for number, row in enumerate(rows):
            for name, value in row.items():
                if name in self.places:
                    table[number, self.places[name]] = value
        return table


def _squashed(scores: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-scores))
    return found


# Which candidates are propositions


def _kind_of_name(token: Token) -> str:
    return token.ent_type_ if token.ent_type_ in _NAMES else "name" if token.pos_ == "PROPN" else "-"


def _classes(token: Token) -> Iterator[str]:
    table, words, said = predicates(), lexicon(), lemma(token)
    told: dict[str, Container[str]] = {"noun": table.nouns, "verb": table.verbs, "thing": words.things}
    told |= {"homograph": words.homographs, "saying": words.saying}
    yield from (name for name, members in told.items() if said in members)
    tests: dict[str, Callable[[Token], bool]] = {"ing": ends_in_ing, "nominal": is_nominal, "doer": _is_doer}
    yield from (name for name, test in tests.items() if test(token))
    thing = words.thing(said)
    if thing and "person" in {thing, words.broader.get(thing)}:
        yield "person"
    if known(token.text) is not None:
        yield "known"


def _is_doer(token: Token) -> bool:
    return token.lower_.rstrip("s").endswith(("er", "or", "ist", "man", "men", "ant", "ian", "ee"))


def _described(token: Token, name: str) -> Iterator[str]:
    yield from (f"{name}pos {token.pos_}", f"{name}dep {token.dep_}", f"{name}name {_kind_of_name(token)}")
    yield from (f"{name}class {one}" for one in _classes(token))


def _often(count: int) -> int:
    return next(limit for limit in (1, 2, 4, 9, 10**6) if count <= limit)


def of_candidate(one: Candidate, setting: Setting, chosen: set[int]) -> Features:
    """Features of a candidate; ``chosen`` has the places of the deeds and states that were taken."""
    found = _of_pair(one, setting, chosen) if one.kind == "pair" else _of_words(one, setting, chosen)
    return dict.fromkeys([_ALWAYS, *found], 1.0)


def _of_words(one: Candidate, setting: Setting, chosen: set[int]) -> Iterator[str]:
    times = setting.texts_of(one)
    yield f"again {times > 1}"
    if one.kind in {"link", "sign"}:
        yield from _of_small(one)
        return
    head, table = one.head, predicates()
    yield from _described(head, "")
    yield "root" if head.head == head else f"under {head.head.pos_}"
    yield from (f"has {child}" for child in {child.dep_ for child in head.children} & _CHILDREN)
    yield f"arguments {min(3, len(one.arguments))}"
    yield f"more words {min(2, len(one.rest))}"
    if any(map(is_name, one.arguments)):
        yield "names an argument"
    if one.kind == "noun":
        yield from (f"sure {is_deed(head)}", f"sure {is_deed(head)} {head.dep_}")
    yield from (name for name, words in (("be", BEING), ("light", table.light)) if lemma(head) in words)
    kind = table.verbs.get(lemma(head)) or table.nouns.get(lemma(head))
    yield f"statement {kind and kind == 'statement'}"
    yield from (name for name, at in (("first", 0), ("last", len(head.doc) - 1)) if head.i == at)
    if head.head != head and one.kind != "deed" and head.head.i in chosen:
        yield "under a deed"
    yield f"texts {_often(times)}"


def _of_small(one: Candidate) -> Iterator[str]:
    yield f"word {one.head.lower_ if one.head.lower_ in _CLOSED or not one.head.is_alpha else '?'}"
    if one.kind == "sign":
        yield from (f"credit {one.head.i > 0 and _is_credit(one.head)}", f"is {one.head.dep_}")
    else:
        yield f"under {one.head.head.dep_}"
        yield from (f"argument {at} {_of(token)}" for at, token in enumerate(one.arguments[:2]))


def _of(token: Token) -> str:
    return "deed" if is_deed(token) or token.pos_ in {"VERB", "AUX"} else _sort(token)


def _is_credit(token: Token) -> bool:
    """True for the sign between a headline and whoever reports it: "… : police", "… - The Hindu"."""
    naming = {"PROPN", "NOUN", "DET", "PUNCT", "SYM", "X"}
    sides = (token.doc[token.i + 1 :], token.doc[: token.i])
    return any(len(side) <= _FEW and all(one.pos_ in naming for one in side) for side in sides)


def _sort(token: Token) -> str:
    """What a word of a pair is: people, place, person, name, number, time, noun, adjective …"""
    if token.pos_ in {"PRON", "NUM"} or token.ent_type_ == "CARDINAL":
        return "PRON" if token.pos_ == "PRON" else "NUM"
    if token.ent_type_ in {"DATE", "TIME", "ORDINAL"}:
        return "time"
    value = known_name(token)
    if token.ent_type_ == "NORP" or (value and value.role == "people"):
        return "people"
    if token.ent_type_ in {"GPE", "LOC"} or (value and value.schema in {"Country", "Location"}):
        return "place"
    if token.ent_type_ == "PERSON":
        return "person"
    return "name" if is_name(token) else token.pos_


def _of_pair(pair: Candidate, setting: Setting, chosen: set[int]) -> Iterator[str]:
    one, other = pair.arguments
    relation = one.dep_ if one.head == other else "side"
    sort, of = _sort(one), _of(other)
    things = [lemma(token) in lexicon().things for token in pair.arguments]
    cases = [setting.casing.kind(token.lower_) for token in pair.arguments]
    apart, times = abs(one.i - other.i), setting.texts_of(pair)
    yield from (f"relation {relation}", f"one {sort}", f"other {of}", f"both {sort} {of}")
    yield from (f"all {relation} {sort} {of}", f"apart {min(3, apart)}", f"cases {''.join(cases)}")
    if apart == 1 and cases == ["U", "U"]:
        yield f"one name {sort}"
    yield f"sign {pair.sign is not None} {sort}"
    yield from (f"one thing {things[0]}", f"other thing {things[1]}", f"thing of {sort} {things[1]}")
    inside = other.dep_ in _BESIDE
    yield f"inside {inside and is_deed(other.head) if inside else None}"
    yield f"of a deed {one.i in chosen}"
    yield from (f"texts {_often(times)}", f"again {times > 1} {sort}")
    yield f"texts of other {_often(setting.texts_of_word(other))}"
    yield from (f"doer {at}" for at, token in enumerate(pair.arguments) if _is_doer(token))
    tests = {"after": one.i > other.i, "hyphen": "-" in one.text[1:], "town": town(one.text) is not None}
    tests["owner"] = any(child.dep_ == "case" for child in one.children)
    yield from (name for name, holds in tests.items() if holds)


class Choice:
    """Which candidates are propositions: a model for each kind."""

    def __init__(self, settings: Iterable[Setting], ridge: float = 5.0) -> None:
        rows: defaultdict[str, list[tuple[Features, bool, Hashable]]] = defaultdict(list)
        for number, setting in enumerate(settings):
            for text in setting.texts:
                chosen = {one.head.i for one in text.found if one.id is not None and one.kind in _KINDS[:3]}
                for one in text.found:
                    words = tuple(token.lower_ for token in (one.head, *(() if one.core else one.arguments)))
                    right = one.id is not None
                    features = of_candidate(one, setting, chosen)
                    rows[one.kind].append((features, right, (number, right, words)))
        self.models = {kind: _fitted(listed, ridge) for kind, listed in rows.items()}

    def taken(self, text: Text, setting: Setting, least: float) -> list[Candidate]:
        """The candidates of a text whose chance of being a proposition is over ``least``."""
        chosen: set[int] = set()
        taken: list[Candidate] = []
        for kind in _KINDS:
            listed = [one for one in text.found if one.kind == kind]
            features = [of_candidate(one, setting, chosen) for one in listed]
            if listed and kind in self.models:
                chances = self.models[kind].chances(features)
                taken += [one for one, chance in zip(listed, chances, strict=True) if chance > least]
            if kind in _KINDS[:3]:
                chosen = {one.head.i for one in taken}
        return taken


def _fitted(listed: Sequence[tuple[Features, bool, Hashable]], ridge: float) -> Logistic:
    same = Counter(key for _, _, key in listed)
    weights = [same[key] ** -0.5 for _, _, key in listed]
    return Logistic(ridge, _RAREST).fit([row[0] for row in listed], [row[1] for row in listed], weights)
