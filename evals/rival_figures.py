"""How often figures that are shown as rivals are rivals: invented pairs of reports, and tweets on events.

    python evals/rival_figures.py [--pairs N] [--seed S] [--show]

Invented: two reports of one event by two outlets, written by a generator with a known answer, read by the
real extractor and put to `secondsource.corroborate.corroborate`.  The two figures are rivals (another
figure of the same thing under the same deed on the same day), or they are not: a range that allows the
figure, a rounded one, a part of the whole, the same unit under another deed, other things, the wounded
beside the dead, a toll that rose by a later day, another place.  A pair counts as flagged where one
question has both figures as positions with reports, and is contested.

Tweets: the texts of OKR in the folder ``shared``, each a report with the words "Officials said that" before
it and no date.  Every pair of rival values was read by hand beside its texts; the judgements are in
``evals/gold/number_rivals.json`` by event and values, without text.  One that nobody judged counts as wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import factory
from secondsource.corroborate import corroborate
from secondsource.extractor import Extractor
from secondsource.model import Claim, Document, Mention, Question
from secondsource.resolve import resolve

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", HERE.parent.parent / "shared"))
JUDGED = HERE / "gold" / "number_rivals.json"
PRECISION = 0.85

TOWNS = ("Torvik", "Odmar", "Derrin", "Ruun", "Sorne", "Enn", "Halla", "Mern")
BODIES = ("the governor", "the interior ministry", "the rescue service", "the police", "a hospital official")
DEEDS = {
    "kill": (
        "{n} {what} were killed in {town}",
        "the attack on {town} killed {n} {what}",
        "{n} {what} died in {town}",
    ),
    "hurt": ("{n} {what} were injured in {town}", "the attack on {town} wounded {n} {what}"),
    "send": (
        "{n} {what} were delivered to {town}",
        "the army sent {n} {what} to {town}",
        "{town} received {n} {what}",
    ),
    "seize": ("{n} {what} were seized in {town}", "officers confiscated {n} {what} in {town}"),
    "detain": ("{n} {what} were arrested in {town}", "police in {town} detained {n} {what}"),
}
PEOPLE, GOODS = ("soldiers", "civilians", "workers"), ("drones", "missiles", "shells")
WHAT = {"kill": PEOPLE, "hurt": PEOPLE, "detain": PEOPLE, "send": GOODS, "seize": GOODS}
OTHER = {"kill": "hurt", "hurt": "kill", "send": "seize", "seize": "send", "detain": "kill"}


class Told(NamedTuple):
    """Two reports with what relates their figures, and whether they are rivals."""

    relation: str
    rivals: bool
    texts: tuple[str, str]
    days: tuple[int, int]


def told(chance: random.Random) -> Told:
    """A pair of reports; half of all are rivals."""
    town, deed = chance.choice(TOWNS), chance.choice(sorted(DEEDS))
    what, n = chance.choice(WHAT[deed]), chance.randint(12, 80)
    m = chance.choice([k for k in range(8, 95) if abs(k - n) > n / 5])
    days, relations = (
        (4, 4),
        [
            "range",
            "about",
            "part",
            "deed",
            "things",
            "place",
            *(["toll"] if deed in {"kill", "hurt"} else []),
        ],
    )
    relation = chance.choice([*["rivals"] * len(relations), *relations])
    one = said(chance, deed, str(n), what, town)
    match relation:
        case "rivals":
            other = said(chance, deed, str(m), what, town)
        case "range":
            other = said(chance, deed, f"at least {chance.randint(8, n)}", what, town)
        case "about":
            other = said(chance, deed, f"about {round(n, -1) or n}", what, town)
        case "part":
            other = said(chance, deed, f"{n} {what}, {chance.randint(3, n - 5)} of them officers,", "", town)
        case "deed":
            other = said(chance, OTHER[deed], str(m), what, town)
        case "things":
            other = said(chance, deed, str(m), chance.choice([w for w in WHAT[deed] if w != what]), town)
        case "place":
            other = said(chance, deed, str(m), what, chance.choice([t for t in TOWNS if t != town]))
        case _:
            other, days = said(chance, deed, str(n + chance.randint(3, 30)), what, town), (4, 6)
    return Told(relation, relation == "rivals", (one, other), days)


def said(chance: random.Random, deed: str, n: str, what: str, town: str) -> str:
    """One report: where it is from, and what somebody says."""
    content = re.sub(r"\s+", " ", chance.choice(DEEDS[deed]).format(n=n, what=what, town=town))
    body = chance.choice(BODIES)
    lede = f"The town of {town} was quiet again on Tuesday."
    first = f"{body[0].upper()}{body[1:]} said that {content}."
    return (
        f"{lede}\n\n{first if chance.random() < 0.5 else f'{content[0].upper()}{content[1:]}, {body} said.'}"
    )


class Reader:
    """Reads reports and asks their questions."""

    def __init__(self) -> None:
        self._extract = Extractor().extract

    def questions(self, documents: list[Document]) -> list[Question]:
        claims: list[Claim] = []
        mentions: dict[str, list[Mention]] = {}
        for one in documents:
            found = self._extract(one.id, one.text, publisher=one.publisher, published=one.published)
            claims += found.claims
            mentions[one.id] = list(found.mentions)
        return corroborate(documents, claims, resolve(mentions))


def flagged(question: Question) -> list[tuple[str, str]]:
    """The pairs of values that a question shows as contradicting each other."""
    if not question.open_slot.startswith("quantity") or question.status != "contested":
        return []
    return list(combinations(sorted(p.value for p in question.positions if p.reports), 2))


def invented(reader: Reader, pairs: int, seed: int, show: bool) -> Counter[str]:
    chance, count = random.Random(seed), Counter[str]()
    for number in range(pairs):
        pair = told(chance)
        documents = [
            factory.document(text, publisher, f"2031-05-0{day}", path=f"{number}-{publisher}.txt")
            for text, publisher, day in zip(
                pair.texts, ("Aldmark Post", "Belgrove Times"), pair.days, strict=True
            )
        ]
        hit = any(flagged(question) for question in reader.questions(documents))
        count[f"{pair.relation} {'flagged' if hit else 'left'}"] += 1
        if show and hit != pair.rivals:
            print(pair.relation, "flagged" if hit else "missed", *pair.texts, sep="\n  ")
    return count


def tweets(reader: Reader) -> Iterator[tuple[str, str]]:
    """The event and values of each rival pair in the tweets of OKR."""
    rows = (SHARED / "corroboration" / "okr_propositions.jsonl").read_text("utf-8").splitlines()
    texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in map(json.loads, rows):
        if row["sentence"]:
            texts[row["event"]][row["sent_id"]] = row["sentence"]
    for event, said_of in sorted(texts.items()):
        documents = {}
        for place, text in sorted(said_of.items()):
            clean = re.sub(r"\s+([.,:;?!'])", r"\1", text).rstrip(".")
            made = factory.document(f"Officials said that {clean}.", path=f"{place}.txt")
            documents[made.id] = made
        for question in reader.questions(list(documents.values())):
            yield from ((event, f"{one} {other}") for one, other in flagged(question))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="every pair that is flagged or left wrongly")
    given = parser.parse_args()
    reader = Reader()
    count = invented(reader, given.pairs, given.seed, given.show)
    right, missed = count["rivals flagged"], count["rivals left"]
    wrong = {name.split()[0]: n for name, n in count.items() if name.endswith("flagged") and name[:2] != "ri"}
    every = right + sum(wrong.values())
    precision, recall = right / max(1, every), right / max(1, right + missed)
    print(
        f"invented: {every} of {given.pairs} pairs flagged, {precision=:.3f}, {recall=:.3f}; wrongly {wrong}"
    )
    if SHARED.is_dir():
        judged = json.loads(JUDGED.read_text("utf-8"))
        verdicts = Counter(judged.get(f"{event}: {values}", "unchecked") for event, values in tweets(reader))
        print(f"tweets of real events: {verdicts.total()} pairs of values flagged, {dict(verdicts)}")
    return int(precision < PRECISION)


if __name__ == "__main__":
    sys.exit(main())
