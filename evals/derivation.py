"""How well derivation is found: on graded reuse (Clough and Stevenson), and on groups of real reports.

Clough and Stevenson (2011): 95 answers to five questions, written by copying an article outright, by
light and heavy revision, or without it.  The threshold on containment of 3-grams is set on four
questions and tried on the fifth, each in turn; the program's own rule is tried on all of them.

Groups: each document of ``shared/corpus/groups`` lists what it derives from.  A source is found where a
row of `Desk.derivations` leads to that document, or names it; a document or outlet that a row
leads to and no reader lists is wrong.  Rows for statements of bodies are not counted as wrong:
a reader lists the main ones only.

    python evals/derivation.py [--rows]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from typing import Any

from cases import SHARED, groups

from secondsource.contract import derivation_to_json
from secondsource.derivation.reuse import Shingles, containment, reuses, shingles
from secondsource.model import Document, Reading
from secondsource.text import words

TARGET = 0.92
_COMMON = frozenset(words("the a of in on mp press release conference exclusive report us s"))
_SPELLED = {"AFP": "Agence France-Presse"}

Answer = tuple[str, bool, float, bool]
"""A question, whether the answer was made from the article, its containment, and what our rule says."""


def text(name: str, body: str) -> Shingles:
    return shingles(Document(name, name, "read", None, "text/plain", len(body), Reading(body), "", ""))


def answers() -> list[Answer]:
    file = SHARED / "corroboration" / "clough_stevenson.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    originals = {row["task"]: text(row["task"], row["text"]) for row in rows if row["category"] == "orig"}
    found = []
    for number, row in enumerate(row for row in rows if row["category"] != "orig"):
        copy, original = text(str(number), row["text"]), originals[row["task"]]
        made = row["category"] != "non"
        found.append((row["task"], made, containment(copy, original), reuses(copy, original)))
    return found


def f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    hits = sum(gold and said for gold, said in pairs)
    return 2 * hits / (sum(gold for gold, _ in pairs) + sum(said for _, said in pairs) or 1)


def threshold(rows: Sequence[Answer]) -> float:
    """The middle between the two values where F1 is best."""
    values = sorted({share for _, _, share, _ in rows})
    score = {at: f1([(made, share >= at) for _, made, share, _ in rows]) for at in values}
    best = max(score.values())
    first = next(index for index, at in enumerate(values) if score[at] == best)
    return (values[first] + values[max(0, first - 1)]) / 2


def left_out(rows: Sequence[Answer]) -> tuple[float, list[float]]:
    """F1 over all answers, each judged by a threshold from the other questions; and the thresholds."""
    judged, used = [], []
    for task in sorted({task for task, *_ in rows}):
        at = threshold([row for row in rows if row[0] != task])
        used.append(at)
        judged += [(made, share >= at) for other, made, share, _ in rows if other == task]
    return f1(judged), used


def reuse() -> float:
    rows = answers()
    score, used = left_out(rows)
    own = f1([(made, said) for _, made, _, said in rows])
    print(f"Clough-Stevenson, {len(rows)} answers: leave-one-question-out F1 {score:.3f} (to reach {TARGET})")
    print(f"  thresholds {min(used):.3f} to {max(used):.3f}; the program's own rule on all: F1 {own:.3f}")
    return score


def names(phrase: str) -> set[str]:
    """The words that tell a source; endings of family names heard differently are cut off."""
    plain = _SPELLED.get(phrase, phrase)
    return {word[:5] for word in set(words(re.sub(r"\d{4}-\d\d-\d\d", "", plain))) - _COMMON}


def meets(listed: str, row: dict[str, Any]) -> bool:
    said, asked = names(row["derives_from"]), names(listed)
    return bool(said & asked) and len(said & asked) >= min(2, len(said), len(asked))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", action="store_true", help="every row, with whether it was listed")
    show = parser.parse_args().rows
    if not SHARED.is_dir():
        print("no folder 'shared' beside the checkout: nothing is measured here")
        return 0
    score = reuse()
    listed = found = right = wrong = 0
    for gold, desk, paths in groups():
        rows = [derivation_to_json(one, paths) for one in desk.derivations()]
        here = {row["path"] for row in rows}
        for document in gold["docs"]:
            own = [row for row in rows if row["path"] == document["id"]]
            wanted = document["derives_from"] if document["id"] in here else []
            listed += len(wanted)
            found += sum(any(meets(one, row) for row in own) for one in wanted)
            for row in own:
                fits = any(meets(one, row) for one in document["derives_from"])
                right += fits and row["how"] != "statement"
                wrong += not fits and row["how"] != "statement"
                if show:
                    row["spans"] = len(row["spans"])
                    print("+" if fits else " ", json.dumps(row, ensure_ascii=False))
    print(f"groups: {found} of {listed} listed sources found")
    print(f"  of the rows that are no statements {wrong} of {right + wrong} lead to what is not listed")
    return int(score < TARGET)


if __name__ == "__main__":
    sys.exit(main())
