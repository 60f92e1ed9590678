"""How well drift is found, on the groups of real reports in the folder ``shared`` beside the checkout.

Found: a document that a group lists as hardened for a fact counts where some drift of `Desk.drift` has it as
the copy and one of its two quotations is about that fact (a third of the fact's word stems, weighted by
rarity in the group); in brackets, where any drift has it as the copy.

Wrong: every pair that is flagged was read by hand beside its two texts; the judgements are in
``evals/gold/drift_checked.json``, by kind, documents and places, without their text.  A pair that
nobody has judged yet is listed and counts as wrong.

    python evals/drift.py [--pairs]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from math import log
from pathlib import Path
from typing import Any

from cases import SHARED, groups

from secondsource.contract import drift_to_json
from secondsource.corroborate.statements import topics

HERE = Path(__file__).parent
CHECKED = HERE / "gold" / "drift_checked.json"
ABOUT = 1 / 3
FOUND, WRONG = 0.7, 0.1

JSON = dict[str, Any]


def about(fact: str, pair: JSON, texts: dict[str, str]) -> bool:
    """True where a quotation of the pair holds a third of what the fact is about."""
    count = Counter(topic for text in texts.values() for topic in topics(text))
    rare = {topic: log(1 + len(texts) / max(1, count[topic])) for topic in topics(fact)}
    said = topics(
        " ".join(f"{pair[one]['source_text'] or ''} {pair[one]['text']}" for one in ("origin", "copy"))
    )
    return sum(weight for topic, weight in rare.items() if topic in said) >= ABOUT * sum(rare.values())


def key(group: str, pair: JSON) -> str:
    """A flagged pair by what it is and where it stands."""
    places = (f"{one['path']}:{one['spans'][0][0]}" for one in (pair["origin"], pair["copy"]))
    return " ".join([group, pair["kind"].replace(" ", "-"), *places])


def measured(show: bool = False) -> dict[str, int]:
    """How many hardened documents are listed and found, and of the pairs flagged how many are wrong."""
    checked = json.loads(CHECKED.read_text("utf-8"))
    listed = found = loosely = 0
    judged: Counter[str] = Counter()
    for gold, desk, paths in groups():
        texts = {paths[document.id]: document.text for document in desk.documents("read")}
        pairs = [drift_to_json(one, paths) for one in desk.drift()]
        for fact in gold["facts"]:
            for document in fact["hardened"]:
                own = [pair for pair in pairs if pair["copy"]["path"] == document]
                hit = any(about(fact["fact"], pair, texts) for pair in own)
                listed, found, loosely = listed + 1, found + hit, loosely + bool(own)
                if not hit:
                    print(f"missed: {fact['id']} in {document}")
        for pair in pairs:
            verdict = checked.get(key(gold["group"], pair), "unchecked")
            judged[verdict.split(":")[0]] += 1
            if show or verdict == "unchecked":
                print(f"{verdict}\n  {key(gold['group'], pair)}\n  {pair['change']}")
    flagged = judged.total()
    wrong = flagged - judged["right"]
    return {"listed": listed, "found": found, "loosely": loosely, "flagged": flagged, "wrong": wrong}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", action="store_true", help="every flagged pair with its judgement")
    show = parser.parse_args().pairs
    if not SHARED.is_dir():
        print("no folder 'shared' beside the checkout: nothing is measured here")
        return 0
    figures = measured(show)
    found, listed, flagged, wrong = (figures[name] for name in ("found", "listed", "flagged", "wrong"))
    print(f"hardened documents found: {found} of {listed} (by document alone {figures['loosely']});", end=" ")
    print(f"to reach {FOUND:.0%}")
    print(f"pairs flagged: {flagged}, wrong or unchecked {wrong}; at most {WRONG:.0%}")
    return int(found < FOUND * listed or wrong > WRONG * flagged)


if __name__ == "__main__":
    sys.exit(main())
