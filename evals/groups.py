"""Questions, opposition and origins on the annotated groups of real reports in the folder ``shared``.

Takes the documents of each group through the whole program (`Desk.ingest`) into a case of its own and scores
the questions that come out against the facts that the group lists.

    python evals/groups.py [--errors] [--json]
    python evals/groups.py --invented tune|held|tune2|held2 [--errors]

The second form takes groups of invented reporting (``evals/gold/press``), of which ``tune`` and ``tune2`` may
be looked at and ``held`` and ``held2`` are only measured; the first two have no marked places, so that
``spans`` says nothing of them.

A listed fact has to be aligned with a question before anything can be compared.  That is done in three
ways, and every figure is given for each, since another scorer may choose either:

``words``   the position whose own words are the likest to the sentence of the fact;
``claims``  the same, over the words of each claim that stands in the question;
``spans``   the position that holds the most claims at the places that a reader marked for the fact
            (``evals/gold/group_labels.json``: offsets, no text).

Likeness is the cosine of word stems, weighted by rarity in the group; under 0.3 a fact counts as not found.

A document supports a fact where it is among the reports of the aligned position (a document that the
gold calls ``partial`` may or may not be); it denies where it is in ``denied_by``, or reports "no" or
another value; it is unaware where ``unaware`` has it.  Origins: B³ over (fact, supporting document), the gold
clusters being the origins of each fact: its one listed origin, or its ``origins`` with their documents,
of which a document may rest on several (two are together where they share one).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import log, sqrt
from pathlib import Path
from typing import Any

from secondsource import Desk
from secondsource.model import Claim, Document, Entity, Position, Question
from secondsource.text import words

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", HERE.parent.parent / "shared"))
LABELS = HERE / "gold" / "group_labels.json"
FOUND = 0.3
WAYS = ("words", "claims", "spans")
MARKED = ("places", "denies", "unaware", "contradicts")
PARTS = ("tune", "held", "tune2", "held2")
_STOP = frozenset(
    words(
        "a an the of in on at to for by with from and or but as that which who was were is are be been "
        "being it its they their he his she her this these those has have had not no also"
    )
)

Gold = dict[str, Any]
Aligned = tuple[Question, Position] | None


@dataclass(frozen=True)
class Group:
    """A group's gold with what the program made of its documents; documents go by their three digits."""

    gold: Gold
    documents: Sequence[Document]
    claims: Sequence[Claim]
    questions: Sequence[Question]
    entities: Sequence[Entity] = ()
    labels: Mapping[str, Mapping[str, Sequence[tuple[int, int]]]] = field(default_factory=dict)

    @cached_property
    def name(self) -> dict[str, str]:
        return {document.id: Path(document.path).stem for document in self.documents}

    @cached_property
    def said(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def rarity(self) -> dict[str, float]:
        texts = [stems(claim.content.text) for claim in self.claims]
        texts += [stems(fact["fact"]) for fact in self.gold["facts"]]
        count = Counter(stem for text in texts for stem in set(text))
        return {stem: log(1 + len(texts) / number) for stem, number in count.items()}

    def like(self, one: str, other: str) -> float:
        left, right = Counter(stems(one)), Counter(stems(other))
        dot = sum(left[stem] * right[stem] * self.rarity.get(stem, 5.0) ** 2 for stem in left)
        return dot / (self._length(left) * self._length(right) or 1.0)

    def _length(self, text: Mapping[str, int]) -> float:
        return sqrt(sum((count * self.rarity.get(stem, 5.0)) ** 2 for stem, count in text.items()))

    def marked(self, fact: str) -> set[str]:
        """The claims that stand at the places marked for a fact."""
        spans = self.labels.get(fact, {})
        return {
            claim.id
            for claim in self.claims
            for start, end in spans.get(self.name[claim.document], ())
            if _overlap(claim, start, end) >= 0.5
        }


def _overlap(claim: Claim, start: int, end: int) -> float:
    first, last = claim.content.spans[0].start, claim.content.spans[-1].end
    return max(0, min(last, end) - max(first, start)) / max(1, min(last - first, end - start))


def stems(text: str) -> list[str]:
    return [word[:5] for word in words(text) if word not in _STOP]


def groups() -> list[tuple[Gold, list[Path]]]:
    """Each group with those of its documents that are there."""
    corpus, found = SHARED / "corpus", []
    for path in sorted((corpus / "groups").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        paths = [corpus / "docs" / f"{document['id']}.txt" for document in gold["docs"]]
        found.append((gold, [path for path in paths if path.exists()]))
    return found


def invented(part: str, folder: Path) -> list[tuple[Gold, list[Path]]]:
    """The invented groups of a part, their documents written to a folder.

    What is known of a document beside its text stands in a file beside it, as it does for the real ones.
    """
    found = []
    for path in sorted((HERE / "gold" / "press" / part).glob("*.toml")):
        gold = tomllib.loads(path.read_text("utf-8"))
        paths = [folder / f"{document['id']}.txt" for document in gold["docs"]]
        for place, document in zip(paths, gold["docs"], strict=True):
            place.write_text(document["text"].lstrip("\n"), "utf-8")
            beside = {key: document[key] for key in ("publisher", "date") if key in document}
            if beside:
                place.with_suffix(".json").write_text(json.dumps(beside), "utf-8")
        for fact in gold["facts"]:
            for kind in ("partial", "denies", "unaware", "contradicts"):
                fact.setdefault(kind, [])
        found.append((gold, paths))
    return found


def labels() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(LABELS.read_text("utf-8"))
    return loaded


def read(gold: Gold, paths: Sequence[Path]) -> Group:
    """The group's documents through the whole program."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "case")
        desk.ingest(paths)
        return Group(
            gold,
            desk.documents("read"),
            desk.claims(),
            desk.questions(),
            desk.entities(),
            labels().get(gold["group"]) or places(gold),
        )


def places(gold: Gold) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """The places that invented groups mark by their words, as offsets: by fact and document.

    Raises ValueError where the words of a place are not in their document.
    """
    texts = {document["id"]: document.get("text", "").lstrip("\n") for document in gold["docs"]}
    found: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for fact in gold["facts"]:
        spans = found.setdefault(fact["id"], {})
        for entry in (entry for kind in MARKED for entry in fact.get(kind, ()) if "at" in entry):
            start = texts[entry["doc"]].index(entry["at"])
            spans.setdefault(entry["doc"], []).append((start, start + len(entry["at"])))
    return found


# Which question a fact is


def aligned(group: Group, fact: Gold, way: str) -> Aligned:
    """The question and position that a fact is found in; None where it is found in none."""
    scored = [
        (score, -index, -place)
        for index, question in enumerate(group.questions)
        for place, position in enumerate(question.positions)
        if (score := _FITS[way](group, fact, question, position)) >= FOUND
    ]
    if not scored:
        return None
    _, index, place = max(scored)
    question = group.questions[-index]
    return question, question.positions[-place]


def _by_words(group: Group, fact: Gold, question: Question, position: Position) -> float:
    return max(group.like(fact["fact"], text) for text in (question.text, position.text))


def _by_claims(group: Group, fact: Gold, question: Question, position: Position) -> float:
    texts = [group.said[claim].content.text for claim in position.claims]
    own = _by_words(group, fact, question, position)
    return max([own, *(group.like(fact["fact"], text) for text in texts)])


def _by_spans(group: Group, fact: Gold, question: Question, position: Position) -> float:
    wanted = group.marked(fact["id"])
    against = {one.claim for one in (*position.denied_by, *position.unaware)}
    held = len(wanted & set(position.claims)) + 0.5 * len(wanted & against)
    return held + 0.01 * len(position.reports) / 100 if held else 0.0


_FITS: dict[str, Callable[[Group, Gold, Question, Position], float]] = {
    "words": _by_words,
    "claims": _by_claims,
    "spans": _by_spans,
}

# What is compared


def wanted(group: Group, fact: Gold) -> dict[str, set[str]]:
    """The documents of a fact by what they do, those that are there; ``free`` may be either."""
    here = set(group.name.values())
    against = [entry["doc"] for entry in (*fact["denies"], *fact["contradicts"])]
    return {
        "support": set(fact["supports"]) & here,
        "deny": set(against) & here,
        "unaware": {entry["doc"] for entry in fact["unaware"]} & here,
        "free": (set(fact["partial"]) - set(fact["supports"])) & here,
    }


def given(group: Group, found: Aligned) -> dict[str, set[str]]:
    """What the aligned position says of each document."""
    if found is None:
        return {"support": set(), "deny": set(), "unaware": set()}
    question, position = found
    rivals = {id for other in question.positions if other is not position for id in other.reports}
    denied = {one.document for one in position.denied_by} | (rivals - set(position.reports))
    return {
        "support": {group.name[id] for id in position.reports},
        "deny": {group.name[id] for id in denied},
        "unaware": {group.name[one.document] for one in position.unaware},
    }


def compared(group: Group, way: str) -> Counter[str]:
    """Counts of hits, gold and given, by kind, over the facts of a group."""
    count: Counter[str] = Counter()
    for fact in group.gold["facts"]:
        gold = wanted(group, fact)
        if not any(gold.values()):
            continue
        found = aligned(group, fact, way)
        made = given(group, found)
        count["facts"] += 1
        count["found"] += found is not None
        for kind in ("support", "deny", "unaware"):
            counted = made[kind] - (gold["free"] if kind == "support" else set())
            count[f"{kind} hit"] += len(gold[kind] & counted)
            count[f"{kind} gold"] += len(gold[kind])
            count[f"{kind} given"] += len(counted)
    return count


def clusters(group: Group, way: str) -> list[tuple[set[str], set[str]]]:
    """For each supporting (fact, document) the documents of the same origin: by gold, and by the program.

    A document that is not found is alone.
    """
    found = []
    for fact in group.gold["facts"]:
        hit = aligned(group, fact, way)
        support = wanted(group, fact)["support"]
        listed = [set(origin["docs"]) for origin in fact.get("origins", ())] or [support]
        made = [{group.name[id] for id in origin.documents} for origin in (hit[1].origins if hit else ())]
        found += [(_same(one, listed) & support, _same(one, made) & support) for one in support]
    return found


def _same(document: str, origins: Iterable[set[str]]) -> set[str]:
    return {document}.union(*(origin for origin in origins if document in origin))


def b_cubed(groups: Iterable[Group], way: str) -> tuple[float, float, float]:
    """Precision, recall and F1; where gold has one origin a fact, precision is 1."""
    pairs = [pair for group in groups for pair in clusters(group, way)]
    number = max(1, len(pairs))
    precision = sum(len(gold & made) / len(made) for gold, made in pairs) / number
    recall = sum(len(gold & made) / len(gold) for gold, made in pairs) / number
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1.0)


def blocking(group: Group) -> tuple[int, int, int]:
    """How many pairs of marked claims in two documents are compared at all, of how many; and all compared."""
    from secondsource.corroborate import candidate_pairs

    proposed = candidate_pairs(group.documents, group.claims, group.entities)
    true = {pair for fact in group.gold["facts"] for pair in _pairs(group, fact["id"])}
    return len(true & proposed), len(true), len(proposed)


def _pairs(group: Group, fact: str) -> Iterator[frozenset[str]]:
    for one, other in combinations(sorted(group.marked(fact)), 2):
        if group.said[one].document != group.said[other].document:
            yield frozenset((one, other))


def f1(count: Mapping[str, int], *kinds: str) -> float:
    hit, gold, made = (sum(count[f"{kind} {part}"] for kind in kinds) for part in ("hit", "gold", "given"))
    return 2 * hit / (gold + made) if gold + made else 1.0


def figures(every: Sequence[Group]) -> dict[str, dict[str, float]]:
    """Every figure, by way of alignment."""
    made = {}
    for way in WAYS:
        count = sum((compared(group, way) for group in every), Counter[str]())
        made[way] = {
            "question_found": count["found"] / max(1, count["facts"]),
            "per_document_f1": f1(count, "support", "deny", "unaware"),
            **{f"{kind}_f1": f1(count, kind) for kind in ("support", "deny", "unaware")},
            "origins_b3_f1": b_cubed(every, way)[2],
        }
    return made


def explain(group: Group, way: str) -> Iterator[str]:
    for fact in group.gold["facts"]:
        gold, found = wanted(group, fact), aligned(group, fact, way)
        made = given(group, found)
        wrong = [
            f"{kind}: {sorted(gold[kind])} given {sorted(made[kind])}"
            for kind in ("support", "deny", "unaware")
            if (made[kind] - (gold["free"] if kind == "support" else set())) != gold[kind]
        ]
        many = len(found[1].origins) if found else 0
        if wrong or many > 1:
            text = f"{found[0].text[:90]} [{many} origins]" if found else "NOT FOUND"
            yield f"{way:6} {fact['id']}: {fact['fact'][:90]}\n          {text}\n          {'; '.join(wrong)}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true", help="every fact on which the two differ")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--invented", choices=PARTS, help="the invented groups of a part instead")
    args = parser.parse_args()
    if args.invented:
        with tempfile.TemporaryDirectory() as folder:
            known = invented(args.invented, Path(folder))
            ways = WAYS if args.invented.endswith("2") else WAYS[:2]
            report([read(gold, paths) for gold, paths in known], args.errors, args.json, ways)
        return 0
    known = groups()
    if not known:
        print("no folder 'shared' beside the checkout: nothing is measured here")
        return 0
    report([read(gold, paths) for gold, paths in known], args.errors, args.json)
    return 0


def report(
    every: Sequence[Group], errors: bool = False, as_json: bool = False, ways: Sequence[str] = WAYS
) -> None:
    found = {way: values for way, values in figures(every).items() if way in ways}
    hit, true, proposed = (sum(part) for part in zip(*map(blocking, every), strict=True))
    if as_json:
        print(json.dumps({**found, "blocking_recall": hit / max(1, true)}))
        return
    for way, values in found.items():
        print(f"{way:8}", "  ".join(f"{name} {value:.3f}" for name, value in values.items()))
    if true:
        print(f"blocking {hit} of {true} pairs kept ({hit / true:.3f}), {proposed} compared")
    if errors:
        for group in every:
            for way in ways:
                print(*explain(group, way), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
