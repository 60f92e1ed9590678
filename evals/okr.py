"""Propositions of one event grouped across texts, on OKR (tweets on news events) in the folder ``shared``.

    python evals/okr.py

Two figures, each the CoNLL F1 (mean of MUC, B³ and CEAF-e) over the events of a part:

``gold``  the annotated propositions, grouped by what is done and by their arguments;
``own``   what the program's parser and its table of deeds find in each text, those of it that a regression
          fitted to ``dev`` takes for propositions of this scheme (`okr_mentions`), grouped by the same
          rule.  One that stands where an annotated one stands is that mention; all others, found or annotated
          (a fifth has no words of its own: "Fresno is in California"), are found or missed in vain.
``own, met``  the same, where of what the program finds only that is scored which stands where an annotated
          one stands; what is annotated and not found still counts as missed.

To stand where an annotated one stands is to share a word with its predicate ("was" and "carrying" of "was
carrying" are one mention, found once), or, for one without words of its own, to be its two arguments.
Several propositions annotated at the very same words ("carrying equipment and ammunition" is two) are met
by one of ours once, the others are missed.

Two propositions are as alike as four fifths the share of words that their predicates have in common, by
stem, by lemma or by first letters, and one fifth that of their arguments, or where neither predicate has a
word of three letters ("in", "of", a colon) as their arguments are; groups are joined by average linkage.
The thresholds are those that are best on ``dev``, each of its events read by a regression fitted to the
others; ``test`` is only measured.  One event of ``dev`` has little more than one proposition annotated in
each text, so that it tells nothing of what counts as one: it is left out of ``own``.  ``found`` and
``precision`` say how many of the annotated mentions the program finds, and how many of those that it finds
are annotated; ``bound`` is what perfect grouping of them would reach.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from okr_mentions import Candidate, Reading, Scheme, reading
from spacy.tokens import Token

from secondsource.extractor.paragraphs import lemma
from secondsource.extractor.pipeline import load
from secondsource.extractor.predicates import event
from secondsource.text import words

SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", Path(__file__).parent.parent.parent / "shared"))
ARGUMENTS = 0.2
THRESHOLDS = tuple(round(0.5 + 0.05 * step, 2) for step in range(6))
LIKELY = (0.3, 0.35, 0.4)
PARTLY = frozenset({"prison_officer"})
_ENDING = re.compile(r"(?:ing|ed|es|s|er|ers)$")
_SHORT, _FIRST = 3, 5

Clusters = list[set[Hashable]]


@dataclass(frozen=True)
class Proposition:
    """A mention of what is done: the words of its predicate by stem and by lemma, and of its arguments."""

    id: Hashable
    stems: frozenset[str]
    lemmas: frozenset[str]
    arguments: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class Text:
    """A text as the program reads it, with what is annotated in it."""

    place: str
    read: Reading
    candidates: Sequence[Candidate]
    annotated: Sequence[Mapping[str, Any]]
    silent: Mapping[str, Sequence[frozenset[str]]]
    """The arguments of each annotated proposition that has no words of its own."""

    def counts(self, one: Candidate) -> bool | None:
        """True for a proposition of the scheme; None for a word within one that another word leads."""
        if len(one.at) > 1:
            return any(_fill(self.pair(one), arguments) for arguments in self.silent.values())
        held = [[at for at in row["tok"] if at >= 0] for row in self.annotated if one.at[0] in row["tok"]]
        leads = any(min(places, key=self._depth) == one.at[0] for places in held)
        return leads or (None if held else False)

    def _depth(self, at: int) -> int:
        return sum(1 for _ in self.read.quiet[at].ancestors)

    def pair(self, one: Candidate) -> list[str]:
        return [stem(lemma(self.read.quiet[at])) for at in one.at]


@dataclass
class Event:
    """The texts of one event: gold clusters, gold propositions, and those that the program finds."""

    gold: dict[Hashable, str] = field(default_factory=dict)
    given: list[Proposition] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    likely: list[list[float]] = field(default_factory=list)

    def own(self, at: float) -> list[Proposition]:
        """What the program finds, from the likelihood ``at`` on."""
        return [
            one
            for text, values in zip(self.texts, self.likely, strict=True)
            for one in _own(text, values, at)
        ]


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
        told = found[row["event"]]
        told.gold[row["id"]] = row["cluster"]
        arguments = tuple(lemmas(one["text"] or "") for one in row["args"])
        told.given.append(
            Proposition(row["id"], stems(row["predicate"]), lemmas(row["predicate"]), arguments)
        )
        by_text[row["event"], row["sent_id"], row["sentence"]].append(row)
    for (name, place, text), annotated in by_text.items():
        found[name].texts.append(_read(place, text, annotated, lemmas))
    return dict(found)


def _read(place: str, text: str, annotated: Sequence[Mapping[str, Any]], lemmas: Lemmas) -> Text:
    read = reading(lemmas.parse, text)
    without = (row for row in annotated if not row["explicit"])
    silent = {row["id"]: [lemmas(one["text"] or "") for one in row["args"]] for row in without}
    return Text(place, read, list(read.candidates()), annotated, silent)


def fitted(every: Iterable[Event]) -> Scheme:
    """The scheme as the texts of some events show it."""
    known = ((one, text.counts(one)) for told in every for text in told.texts for one in text.candidates)
    return Scheme((one.features, counts, len(one.at)) for one, counts in known if counts is not None)


def _own(text: Text, likely: Sequence[float], at: float) -> Iterator[Proposition]:
    """What the program finds in a text; each takes the id of the annotated one that it stands in."""
    here: defaultdict[int, list[Hashable]] = defaultdict(list)
    for row in text.annotated:
        for place in row["tok"]:
            here[place].append(row["id"])
    taken: set[Hashable] = set()
    for one, value in zip(text.candidates, likely, strict=True):
        if value < at:
            continue
        alone = len(one.at) == 1
        met = here.get(one.at[0], []) if alone else _silent(text, one)
        id = next((id for id in met if id not in taken), None if alone and met else (text.place, one.at))
        if id is not None:
            taken.add(id)
            yield _proposition(id, text, one)


def _silent(text: Text, one: Candidate) -> list[Hashable]:
    """The annotated propositions without words of their own that a pair of words is."""
    return [id for id, arguments in text.silent.items() if _fill(text.pair(one), arguments)]


def _proposition(id: Hashable, text: Text, one: Candidate) -> Proposition:
    if len(one.at) > 1:
        pair = frozenset(text.pair(one))
        return Proposition(id, pair, pair, tuple(frozenset({word}) for word in pair))
    token = text.read.quiet[one.at[0]]
    said = [token.text, *(child.text for child in token.children if child.dep_ == "prt")]
    arguments = tuple(frozenset({stem(lemma(told))}) for told in _arguments(token))
    speaker = _speaker(token)
    lemmas = frozenset({stem(lemma(token)), *said[1:]} if token.is_alpha else ())
    if speaker:
        return Proposition(id, frozenset({_SAYS, *speaker}), frozenset(), arguments)
    return Proposition(id, stems(" ".join(said)), lemmas if len(token) >= _SHORT else frozenset(), arguments)


def _fill(pair: Sequence[str], arguments: Sequence[frozenset[str]]) -> bool:
    """True where each word of a pair is in another of two arguments."""
    if len(arguments) != len(pair):
        return False
    (one, other), (left, right) = pair, arguments
    return (one in left and other in right) or (one in right and other in left)


_SAYS = "say"
_SAYING = frozenset({"say", "tell", "claim", "state", "report"})
_SIGNS = frozenset({":", "-", "|", "--", "via", "@"})


def _speaker(token: Token) -> set[str]:
    """Whose words a verb or sign of saying gives, which tells two of them apart; none for other words."""
    if lemma(token) in _SAYING:
        return {stem(lemma(child)) for child in token.children if child.dep_ == "nsubj"}
    if token.text not in _SIGNS:
        return set()
    before, after = token.doc[: token.i], token.doc[token.i + 1 :]
    side = after if token.is_alpha or len(after) <= len(before) else before
    named = [one for one in side if one.pos_ in {"NOUN", "PROPN"}]
    return {stem(lemma(one)) for one in (named[:3] if side is after else named[-3:])}


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
    ways = (one.stems, other.stems), (one.lemmas, other.lemmas)
    said = max(_share(cut(a), cut(b)) for a, b in ways for cut in (frozenset, _first))
    return (1 - ARGUMENTS) * said + ARGUMENTS * _aligned(one.arguments, other.arguments)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


@lru_cache(maxsize=1 << 14)
def _first(said: frozenset[str]) -> frozenset[str]:
    """Words by their first letters: "explosion" and "explode"."""
    return frozenset(word[:_FIRST] for word in said)


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


Listed = Mapping[str, Sequence[Proposition]]


def score(every: Mapping[str, Event], listed: Listed, way: str, at: float) -> float:
    """The CoNLL F1 of what is ``listed`` of each event, grouped down to ``at``."""
    named: list[tuple[Hashable, Hashable]] = []
    for name, here in listed.items():
        for number, group in enumerate(grouped(likeness(here), at)):
            named += [(here[index].id, (name, number)) for index in group]
    known = {id: cluster for name in listed for id, cluster in every[name].gold.items()}
    if way == "own, met":
        named = [(id, cluster) for id, cluster in named if id in known]
    return conll(clusters(known.items()), clusters(named))


def figures() -> dict[str, dict[str, float]]:
    lemmas = Lemmas()
    dev, test = (events(part, lemmas) for part in ("dev", "test"))
    whole = {name: told for name, told in dev.items() if name not in PARTLY}
    for name, told in whole.items():
        others = fitted(other for key, other in whole.items() if key != name)
        told.likely = others.likely([text.candidates for text in told.texts])
    scheme = fitted(whole.values())
    for told in test.values():
        told.likely = scheme.likely([text.candidates for text in told.texts])
    found = {"gold": _best(dev, test, "gold", (0.0,))}
    for way in ("own", "own, met"):
        found[way] = _best(whole, test, way, LIKELY)
    known = {id: cluster for told in test.values() for id, cluster in told.gold.items()}
    own = [one for told in test.values() for one in told.own(found["own"]["likely"])]
    found["own"] |= mentions(known, [one.id for one in own])
    return found


def _best(
    dev: Mapping[str, Event], test: Mapping[str, Event], way: str, likely: Sequence[float]
) -> dict[str, float]:
    """The figures at the thresholds that are best on ``dev``."""

    def listed(every: Mapping[str, Event], value: float) -> Listed:
        return {name: told.given if way == "gold" else told.own(value) for name, told in every.items()}

    best, at, value = max(
        (score(dev, listed(dev, value), way, at), at, value) for at in THRESHOLDS for value in likely
    )
    return {
        "threshold": at,
        "likely": value,
        "dev": best,
        "test": score(test, listed(test, value), way, at),
    }


def mentions(known: Mapping[Hashable, str], own: Sequence[Hashable]) -> dict[str, float]:
    """How many annotated mentions are found, how many found are annotated, and the bound on the F1."""
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
