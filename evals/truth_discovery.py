"""Reliabilities and copying learned from sources that contradict each other, on two published sets.

Books: authors of 1,263 books as 877 sellers list them, 100 checked by hand (Dong et al. 2009).
Population: that of towns as editors entered it, 277 checked.  Each is compared with counting votes in
the same run.

    python evals/truth_discovery.py
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable
from typing import Any

from cases import SHARED

from secondsource.corroborate.records import Model
from secondsource.text import words

PRECISION, ERROR, NEAR = 0.80, 0.20, 0.01
_NOT_NAMES = frozenset(
    words(
        "and the editor editors ed eds jr sr ii iii phd dr edited with author authors by et al not available "
        "various staff inc press publishing company corporation illustrator introduction foreword contributor"
    )
)

Given = dict[Hashable, dict[Hashable, Hashable]]


def rows(name: str) -> list[dict[str, Any]]:
    text = (SHARED / "corroboration" / name).read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def family_names(listed: str) -> frozenset[str]:
    """The family names in a list of authors, however it is written, without accents."""
    text = unicodedata.normalize("NFKD", listed.casefold().replace("oandapos;", "o'").replace("&apos;", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"\(.*?\)|\[.*?\]|\"", " ", text)
    people: set[str] = set()
    for part in re.split(r";|/|\||&|\band\b|\bwith\b", text):
        people |= {name for name in map(family, _people(part)) if name}
    return frozenset(people)


def _people(part: str) -> list[str]:
    """The people between two semicolons: "Last, First", "First Last, First Last" or "Last, F., Last, F."."""
    pieces = [piece.strip() for piece in part.split(",") if _letters(piece)]
    if len(pieces) < 2:
        return pieces
    if all(len(piece.split()) > 1 and not _initials(piece) for piece in pieces):
        return pieces
    return pieces[::2] if len(pieces) % 2 == 0 else pieces


def _letters(piece: str) -> bool:
    return any(word not in _NOT_NAMES for word in re.findall(r"[a-z']{2,}", piece)) or _initials(piece)


def _initials(piece: str) -> bool:
    return all(len(word.strip(".")) < 2 for word in piece.split())


def family(person: str) -> str:
    """The last word of a name that is no initial."""
    parts = [part.strip(".'-") for part in re.findall(r"[a-z'.-]+", person)]
    long = [part for part in parts if len(part) > 1 and part not in _NOT_NAMES]
    return re.sub(r"[^a-z]", "", long[-1]) if long else ""


def overlap(one: Hashable, other: Hashable) -> float:
    if not isinstance(one, frozenset) or not isinstance(other, frozenset):
        return 0.0
    return len(one & other) / len(one | other)


def closeness(one: Hashable, other: Hashable) -> float:
    """1 for equal figures, 0 from one in a hundred apart."""
    if not isinstance(one, float) or not isinstance(other, float):
        return 0.0
    return max(0.0, 1 - abs(one - other) / (NEAR * max(abs(one), abs(other), 1.0)))


def votes(given: Given) -> dict[Hashable, Hashable]:
    return {thing: Counter(told.values()).most_common(1)[0][0] for thing, told in given.items()}


def books() -> tuple[float, float]:
    """Share of the checked books whose family names are right: learned, and by votes."""
    given: Given = defaultdict(dict)
    for row in rows("books_claims.jsonl"):
        names = family_names(row["value"])
        if names:
            given[row["object"]].setdefault(row["source"], names)
    gold = {row["object"]: family_names(row["value"]) for row in rows("books_golden.jsonl")}
    learned, voted = Model(alike=overlap).learn(given).likeliest(), votes(given)
    right = [sum(found.get(one) == gold[one] for one in gold) for found in (learned, voted)]
    return right[0] / len(gold), right[1] / len(gold)


def population() -> tuple[float, float]:
    """Share of the checked figures that are more than one in a hundred off: learned, and by votes."""
    given: Given = defaultdict(dict)
    for row in rows("population_claims.jsonl"):
        given[row["object"]][row["source"]] = float(row["value"])
    checked = {row["object"]: float(row["value"]) for row in rows("population_gold.jsonl")}
    gold = {town: figure for town, figure in checked.items() if town in given}
    learned, voted = Model(alike=closeness).learn(given).likeliest(), votes(given)
    off = [sum(not near(found[one], gold[one]) for one in gold) for found in (learned, voted)]
    return off[0] / len(gold), off[1] / len(gold)


def near(found: Hashable, figure: float) -> bool:
    return isinstance(found, float) and abs(found - figure) <= NEAR * max(1.0, figure)


def main() -> int:
    if not SHARED.is_dir():
        print("no folder 'shared' beside the checkout: nothing is measured here")
        return 0
    precision, by_votes = books()
    print(f"Books: precision {precision:.2f} (to reach {PRECISION}), by votes {by_votes:.2f}")
    error, by_votes = population()
    print(f"Population: error {error:.3f} (at most {ERROR}), by votes {by_votes:.3f}")
    return int(precision < PRECISION or error > ERROR)


if __name__ == "__main__":
    sys.exit(main())
