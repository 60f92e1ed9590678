"""Propositions of one event grouped across texts, on OKR (tweets on news events) in the folder ``shared``.

    python evals/okr.py

Two figures, each the CoNLL F1 (mean of MUC, B³ and CEAF-e) over the events of a part:

``gold``  the annotated propositions, grouped by what is done and by their arguments;
``own``   what the program's parser and its table of predicates find in each text: verbs, and nouns that name
          an event of a class, with the heads of their arguments; grouped by the same rule.  One that
          stands where an annotated one stands is that mention; all others, found or annotated
          (a quarter has no words of its own: "Fresno is in California"), are found or missed in vain.
``own, met``  the same, where of what the program finds only that is scored which stands where an annotated
          one stands; what is annotated and not found still counts as missed.

Two propositions are as alike as four fifths the share of words that their predicates have in common, by
stem or by lemma, and one fifth that of their arguments, or where neither predicate has a word of three
letters ("in", "of", a colon) as their arguments are; groups are joined by average linkage.  The threshold
is the one that is best on ``dev``; ``test`` is only measured.  ``found`` and ``precision`` say how many of
the annotated mentions the program finds, and how many of those that it finds are annotated; ``bound`` is
what perfect grouping of them would reach.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

from secondsource.extractor.paragraphs import lemma
from secondsource.extractor.pipeline import load
from secondsource.extractor.predicates import event, predicates
from secondsource.text import words

SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", Path(__file__).parent.parent.parent / "shared"))
ARGUMENTS = 0.2
THRESHOLDS = tuple(round(0.35 + 0.05 * step, 2) for step in range(7))
_ENDING = re.compile(r"(?:ing|ed|es|s|er|ers)$")
_SHORT = 3

Clusters = list[set[Hashable]]


@dataclass(frozen=True)
class Proposition:
    """A mention of what is done: the words of its predicate by stem and by lemma, and of its arguments."""

    id: Hashable
    stems: frozenset[str]
    lemmas: frozenset[str]
    arguments: tuple[frozenset[str], ...] = ()


@dataclass
class Event:
    """The texts of one event: gold clusters, gold propositions, and those that the program finds."""

    gold: dict[Hashable, str] = field(default_factory=dict)
    given: list[Proposition] = field(default_factory=list)
    own: list[Proposition] = field(default_factory=list)


def stem(word: str) -> str:
    return _ENDING.sub("", word)


def stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if len(word) >= _SHORT)


def rows(part: str) -> list[dict[str, Any]]:
    path = SHARED / "corroboration" / "okr_propositions.jsonl"
    read = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [row for row in read if row["split"] == part and row["predicate"] and row["sentence"]]


class Lemmas:
    """Lemmas of words by the parser of the program, each text read once."""

    def __init__(self) -> None:
        self.parse = load()
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, text: str) -> frozenset[str]:
        if text not in self._known:
            tokens = (token for token in self.parse(text) if not token.is_punct and not token.is_stop)
            self._known[text] = frozenset(stem(token.lemma_.casefold()) for token in tokens)
        return self._known[text]


def events(part: str, lemmas: Lemmas) -> dict[str, Event]:
    found: defaultdict[str, Event] = defaultdict(Event)
    by_text: defaultdict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows(part):
        event = found[row["event"]]
        event.gold[row["id"]] = row["cluster"]
        arguments = tuple(lemmas(one["text"] or "") for one in row["args"])
        event.given.append(
            Proposition(row["id"], stems(row["predicate"]), lemmas(row["predicate"]), arguments)
        )
        by_text[row["event"], row["sent_id"], row["sentence"]].append(row)
    for (name, place, text), annotated in by_text.items():
        found[name].own += _own(place, text, annotated, lemmas)
    return dict(found)


def _own(
    place: str, text: str, annotated: Sequence[Mapping[str, Any]], lemmas: Lemmas
) -> Iterator[Proposition]:
    """What the program finds in a text; each takes the id of the annotated predicate that it stands in.

    One without words of its own ("chicken plant") is the annotated one with the same two arguments.
    """
    doc = lemmas.parse(Doc(lemmas.parse.vocab, words=[_quiet(word, text) for word in text.split()]))
    places = {at: row["id"] for row in annotated for at in row["tok"] if at >= 0}
    silent = {row["id"]: [lemmas(one["text"] or "") for one in row["args"]] for row in annotated}
    for row in annotated:
        if row["explicit"]:
            silent.pop(row["id"], None)
    taken: set[Hashable] = set()
    for token in doc:
        here: Hashable = None
        if _says_what_is_done(token):
            here = places.get(token.i, (place, token.i))
            said = [token.text, *(child.text for child in token.children if child.dep_ == "prt")]
            arguments = tuple(frozenset({stem(lemma(one))}) for one in _arguments(token))
        elif _tells_more(token):
            pair = [stem(lemma(token)), stem(lemma(token.head))]
            met = (id for id, args in silent.items() if id not in taken and _fill(pair, args))
            here = next(met, (place, token.i))
            said, arguments = [token.text, token.head.text], tuple(frozenset({word}) for word in pair)
        if here is not None and here not in taken:
            taken.add(here)
            yield Proposition(here, stems(" ".join(said)), lemmas(" ".join(said)), arguments)


def _quiet(word: str, text: str) -> str:
    """A word of a headline without its capital: the parser takes verbs in capitals for names."""
    letters = [one for one in text.split() if one.isalpha() and len(one) > _SHORT]
    loud = sum(one[0].isupper() for one in letters) > len(letters) / 2
    return word.casefold() if loud and (lemma_of(word) in predicates().verbs or word.istitle()) else word


def lemma_of(word: str) -> str:
    return _ENDING.sub("", word.casefold())


def _fill(pair: Sequence[str], arguments: Sequence[frozenset[str]]) -> bool:
    """True where each word of a pair is in another of two arguments."""
    if len(arguments) != len(pair):
        return False
    (one, other), (left, right) = pair, arguments
    return (one in left and other in right) or (one in right and other in left)


def _tells_more(token: Token) -> bool:
    """True for a word that says something of its noun, "chicken plant"; the words of one name do not."""
    if token.dep_ == "appos":
        return token.is_alpha and token.pos_ == token.head.pos_ == "PROPN"
    return token.is_alpha and token.dep_ in {"compound", "amod"} and token.head.pos_ == "NOUN"


def _says_what_is_done(token: Token) -> bool:
    if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ in {"ROOT", "ccomp", "relcl", "conj"}):
        return True
    if token.dep_ in {"acomp", "oprd"} or (token.pos_ == "PART" and token.dep_ == "case"):
        return True
    if token.pos_ == "ADP" and token.head.pos_ in {"NOUN", "PROPN"}:
        return any(child.dep_ == "pobj" for child in token.children)
    if token.pos_ in {"ADJ", "ADV"}:
        return token.text.casefold() in _STATES
    if token.text in _SAYS_SIGN:
        return 0 < token.i < len(token.doc) - 1 and _is_credit(token)
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    if lemma(token) in predicates().nouns or token.text.casefold().endswith("ing"):
        return True
    return (
        token.dep_ in _CLAUSES and lemma(token) in predicates().verbs
    )  # "fuel truck explodes" in a headline


_STATES = frozenset({"dead", "fatal", "reportedly", "allegedly", "alleged"})
_CLAUSES = frozenset({"ROOT", "xcomp", "advcl", "ccomp", "relcl", "acl"})
_SAYS_SIGN = frozenset({":", "-", "|", "--"})
_NAMING = frozenset({"PROPN", "NOUN", "DET", "PUNCT", "SYM", "X"})
_FEW = 4


def _is_credit(token: Token) -> bool:
    """True for the sign between a headline and whoever reports it: "… : police", "… - The Hindu"."""
    after, before = token.doc[token.i + 1 :], token.doc[: token.i]
    return any(len(side) <= _FEW and all(one.pos_ in _NAMING for one in side) for side in (after, before))


def _arguments(token: Token) -> Iterator[Token]:
    if token.pos_ in {"ADP", "PART"}:
        yield token.head
    for child in (*token.children, *event(token).token.children):
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "poss", "compound", "nmod"}:
            yield child
        elif child.dep_ in {"prep", "agent"}:
            yield from (below for below in child.children if below.dep_ == "pobj")


# How alike, and grouped


def alike(one: Proposition, other: Proposition) -> float:
    if not (one.stems or one.lemmas or other.stems or other.lemmas):
        return _aligned(one.arguments, other.arguments)
    said = max(_share(one.stems, other.stems), _share(one.lemmas, other.lemmas))
    return (1 - ARGUMENTS) * said + ARGUMENTS * _aligned(one.arguments, other.arguments)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _aligned(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> float:
    """How well the arguments of two propositions pair off, best first, whatever their roles."""
    pairs = sorted(
        (
            (len(a & b) / max(1, min(len(a), len(b))), i, j)
            for (i, a), (j, b) in product(enumerate(one), enumerate(other))
        ),
        reverse=True,
    )
    left: set[int] = set()
    right: set[int] = set()
    total = 0.0
    for value, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            total += value
    return total / max(1, min(len(one), len(other)))


def likeness(every: Sequence[Proposition]) -> np.ndarray[Any, Any]:
    found = np.full((len(every), len(every)), -1.0)
    for i, one in enumerate(every):
        for j in range(i):
            found[i, j] = found[j, i] = alike(one, every[j])
    return found


def grouped(matrix: np.ndarray[Any, Any], threshold: float) -> list[list[int]]:
    """Average linkage down to ``threshold``."""
    near, size = matrix.copy(), np.ones(len(matrix))
    groups = [[index] for index in range(len(matrix))]
    while len(matrix) > 1:
        one, other = divmod(int(np.argmax(near)), len(matrix))
        if near[one, other] < threshold:
            break
        near[one] = (near[one] * size[one] + near[other] * size[other]) / (size[one] + size[other])
        near[:, one] = near[one]
        near[one, one] = -1
        near[other] = near[:, other] = -1
        size[one] += size[other]
        groups[one] += groups[other]
        groups[other] = []
    return [group for group in groups if group]


# CoNLL F1 (Pradhan et al. 2014, "Scoring coreference partitions of predicted mentions")


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _links(one: Clusters, other: Clusters) -> float:
    where = {mention: index for index, cluster in enumerate(other) for mention in cluster}
    parts = [len({where.get(mention, mention) for mention in cluster}) for cluster in one]
    possible = sum(len(cluster) - 1 for cluster in one)
    kept = sum(len(cluster) - count for cluster, count in zip(one, parts, strict=True))
    return kept / possible if possible else 0.0


def _overlaps(one: Clusters, other: Clusters) -> float:
    where = {mention: cluster for cluster in other for mention in cluster}
    shares = [len(a & where.get(mention, set())) / len(a) for a in one for mention in a]
    return sum(shares) / max(1, len(shares))


def _aligned_clusters(gold: Clusters, found: Clusters) -> float:
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    table = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in found] for a in gold])
    left, right = linear_sum_assignment(-table)
    total = float(table[left, right].sum())
    return _f(total / len(found), total / len(gold))


def conll(gold: Clusters, found: Clusters) -> float:
    """Mean of MUC, B³ and CEAF-e F1."""
    muc = _f(_links(found, gold), _links(gold, found))
    b_cubed = _f(_overlaps(found, gold), _overlaps(gold, found))
    return (muc + b_cubed + _aligned_clusters(gold, found)) / 3


def clusters(named: Iterable[tuple[Hashable, Hashable]]) -> Clusters:
    made: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, cluster in named:
        made[cluster].add(mention)
    return list(made.values())


Matrices = Mapping[str, np.ndarray[Any, Any]]


def score(every: Mapping[str, Event], matrices: Matrices, way: str, at: float) -> float:
    named: list[tuple[Hashable, Hashable]] = []
    for name, told in every.items():
        listed = told.given if way == "gold" else told.own
        for number, group in enumerate(grouped(matrices[name], at)):
            named += [(listed[index].id, (name, number)) for index in group]
    known = {id: cluster for told in every.values() for id, cluster in told.gold.items()}
    if way == "own, met":
        named = [(id, cluster) for id, cluster in named if id in known]
    return conll(clusters(known.items()), clusters(named))


def figures() -> dict[str, dict[str, float]]:
    lemmas = Lemmas()
    parts = {part: events(part, lemmas) for part in ("dev", "test")}
    found: dict[str, dict[str, float]] = {}
    for way in ("gold", "own", "own, met"):
        matrices = {
            part: {name: likeness(told.given if way == "gold" else told.own) for name, told in every.items()}
            for part, every in parts.items()
        }
        best, at = max((score(parts["dev"], matrices["dev"], way, at), at) for at in THRESHOLDS)
        test = score(parts["test"], matrices["test"], way, at)
        found[way] = {"threshold": at, "dev": best, "test": test}
    found["own"] |= mentions(parts["test"])
    return found


def mentions(every: Mapping[str, Event]) -> dict[str, float]:
    """How many annotated mentions are found, how many found are annotated, and the bound on the F1."""
    known = {id: cluster for told in every.values() for id, cluster in told.gold.items()}
    own = [one.id for told in every.values() for one in told.own]
    met = len(known.keys() & set(own))
    bound = conll(clusters(known.items()), clusters((id, known.get(id, ("alone", id))) for id in own))
    return {"found": met / len(known), "precision": met / len(own), "bound": bound}


def main() -> int:
    if not (SHARED / "corroboration").is_dir():
        print("no folder 'shared' beside the checkout: nothing is measured here")
        return 0
    for name, values in figures().items():
        print(f"{name:9}", "  ".join(f"{key} {value:.3f}" for key, value in values.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
