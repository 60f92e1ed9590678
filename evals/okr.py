"""Propositions of one event grouped across texts, on OKR (tweets on news events) in the folder ``shared``.

    python evals/okr.py

Two figures, each the CoNLL F1 (mean of MUC, B³ and CEAF-e) over the events of a part:

``gold``  the annotated propositions, grouped by what is done and by their arguments;
``own``   what is found in each text from the program's parser, its tables of deeds and things and its
          gazetteers (`okr_found`).  Which candidates OKR would call propositions (`okr_learned`), and which
          two of them one cluster (`okr_alike`), is learned from the annotations of ``dev`` when this runs.
          So the figure tells how far the program's reading of a text carries OKR's propositions to events
          that nothing was learned from, not what the program makes of a text by itself.  A candidate that
          stands where an annotated one stands is that mention; all others, found or annotated, are found or
          missed in vain.
``own, met``  the same, where of what is found only that is scored which stands where an annotated one
          stands; what is annotated and not found still counts as missed.

``dev`` is cross-validated: each event is read and grouped by what the other events of ``dev`` taught, and the
thresholds are those that are best for it so; ``test`` is measured by what all of them taught.  An event with
fewer than two annotated propositions a text is not annotated throughout and teaches nothing, but is measured.

Annotated propositions are as alike as four fifths the share of words that their predicates have in common, by
stem or by lemma, and one fifth that of their arguments, or where neither predicate has a word of three
letters ("in", "of", a colon) as their arguments are.  Groups are joined by average linkage.  ``found`` and
``precision`` say how many of the annotated mentions of ``test`` are found, and how many of those found are
annotated; ``bound`` is what perfect grouping of them would reach.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from okr_alike import Compared, Said, compared, learned
from okr_found import Casing, candidates, meet, read, stem
from okr_learned import Choice
from okr_setting import Setting, Text
from spacy.tokens import Doc
from spacy.vocab import Vocab

from secondsource.extractor.pipeline import load
from secondsource.text import words

SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", Path(__file__).parent.parent.parent / "shared"))
ARGUMENTS = 0.2
THRESHOLDS = tuple(round(0.2 + 0.05 * step, 2) for step in range(10))
LEAST = 0.4
"""The least chance of being a proposition, chosen on ``dev``."""
_SHORT = 3
_THROUGHOUT = 2

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
    """The texts of one event: gold clusters, gold propositions, and what may be propositions in its texts."""

    gold: dict[Hashable, str] = field(default_factory=dict)
    given: list[Proposition] = field(default_factory=list)
    rows: defaultdict[tuple[str, str], list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def setting(self, parse: Callable[[Doc], Doc], vocab: Vocab) -> Setting:
        casing = Casing(text for _, text in self.rows)
        texts = []
        for (place, text), annotated in self.rows.items():
            said, kept = read(text, casing)
            found = candidates(doc := parse(Doc(vocab, words=said)))
            meet(found, annotated, kept)
            texts.append(Text(place, doc, found))
        return Setting(texts, casing)

    @property
    def teaches(self) -> bool:
        """True where all of the texts are annotated."""
        return len(self.gold) >= _THROUGHOUT * len(self.rows)


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
    for row in rows(part):
        event = found[row["event"]]
        event.gold[row["id"]] = row["cluster"]
        event.rows[row["sent_id"], row["sentence"]].append(row)
        arguments = tuple(lemmas(one["text"] or "") for one in row["args"])
        event.given.append(
            Proposition(row["id"], stems(row["predicate"]), lemmas(row["predicate"]), arguments)
        )
    return dict(found)


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


Named = Mapping[str, tuple[Sequence[Hashable], np.ndarray[Any, Any]]]
"""By event, the ids of its propositions and how alike each two are."""


def score(every: Mapping[str, Event], named: Named, at: float, met: bool = False) -> float:
    known = {id: cluster for told in every.values() for id, cluster in told.gold.items()}
    groups = (
        (ids[index], (name, number))
        for name, (ids, matrix) in named.items()
        for number, group in enumerate(grouped(matrix, at))
        for index in group
    )
    return conll(clusters(known.items()), clusters(one for one in groups if one[0] in known or not met))


def given(every: Mapping[str, Event]) -> Named:
    return {name: ([one.id for one in told.given], likeness(told.given)) for name, told in every.items()}


def found(choice: Choice, setting: Setting) -> Compared:
    """The propositions that are found in an event, each with the id of the annotated one that it is."""
    said = []
    for text in setting.texts:
        for number, one in enumerate(choice.taken(text, setting, LEAST)):
            id = (text.place, number) if one.id is None else one.id
            said.append(Said(one, text.place, setting, id))
    return compared(said)


def own(parts: Mapping[str, Mapping[str, Event]], lemmas: Lemmas) -> dict[str, Named]:
    """What is found: in ``dev`` by what its other events teach, in ``test`` by what all of them do."""
    dev, test = parts["dev"], parts["test"]
    settings = {
        name: told.setting(lemmas.parse, lemmas.parse.vocab) for name, told in {**dev, **test}.items()
    }
    teachers = [name for name, told in dev.items() if told.teaches]
    choices = {name: Choice(settings[one] for one in teachers if one != name) for name in (*dev, None)}
    listed = {name: found(choices[name if name in dev else None], settings[name]) for name in settings}
    models = {
        name: learned((listed[one], dev[one].gold) for one in dev if one != name) for name in (*dev, None)
    }
    return {
        part: {
            name: (
                [one.id for one in listed[name].said],
                listed[name].matrix(models[name if name in dev else None]),
            )
            for name in every
        }
        for part, every in parts.items()
    }


def figures() -> dict[str, dict[str, float]]:
    lemmas = Lemmas()
    parts = {part: events(part, lemmas) for part in ("dev", "test")}
    mine = own(parts, lemmas)
    ways = {"gold": {part: given(every) for part, every in parts.items()}, "own": mine, "own, met": mine}
    measured: dict[str, dict[str, float]] = {}
    for way, named in ways.items():
        met = way == "own, met"
        best, at = max((score(parts["dev"], named["dev"], at, met), at) for at in THRESHOLDS)
        measured[way] = {"threshold": at, "dev": best, "test": score(parts["test"], named["test"], at, met)}
    measured["own"] |= mentions(parts["test"], mine["test"])
    return measured


def mentions(every: Mapping[str, Event], named: Named) -> dict[str, float]:
    """How many annotated mentions are found, how many found are annotated, and the bound on the F1."""
    known = {id: cluster for told in every.values() for id, cluster in told.gold.items()}
    mine = [id for ids, _ in named.values() for id in ids]
    met = len(known.keys() & set(mine))
    bound = conll(clusters(known.items()), clusters((id, known.get(id, ("alone", id))) for id in mine))
    return {"found": met / len(known), "precision": met / len(mine), "bound": bound}


def main() -> int:
    if not (SHARED / "corroboration").is_dir():
        print("no folder 'shared' beside the checkout: nothing is measured here")
        return 0
    for name, values in figures().items():
        print(f"{name:9}", "  ".join(f"{key} {value:.3f}" for key, value in values.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
