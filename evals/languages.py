"""How well claims are read from Russian and names from Chinese, on invented texts in ``evals/gold``.

``russian.toml`` has twenty reports: five used to make the patterns (`tune`), five only to measure
(`report`), and ten by another hand (`blind`).  A claim counts as found where its content shares half of the
characters that either has; its source where one of the two holds the other.  Own-voice statements are
not annotated and not counted.
``chinese.toml`` has names with their kinds: a name counts where its words are exactly those.  Ends with
1 under a floor of ``floors.json``.

    python evals/languages.py [--errors]
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secondsource import languages
from secondsource.extractor import Extractor
from secondsource.model import Claim, Span
from secondsource.text import overlap, sha256

HERE = Path(__file__).parent
GOLD = HERE / "gold"
ALIKE = 0.5


@dataclass
class Tally:
    """Counts over reports: claims annotated and found, and what was right of those that meet."""

    gold: int = 0
    found: int = 0
    content: int = 0
    exact: int = 0
    source: int = 0
    stance: int = 0
    certainty: int = 0
    basis: int = 0
    errors: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 of content, F1 with the source, and what share of the rest is right."""
        met = max(1, self.content)
        return {
            "content_precision": self.content / max(1, self.found),
            "content_recall": self.content / self.gold,
            "content_f1": 2 * self.content / (self.gold + self.found),
            "content_exact_f1": 2 * self.exact / (self.gold + self.found),
            "content_and_source_f1": 2 * self.source / (self.gold + self.found),
            "stance_accuracy": self.stance / met,
            "certainty_accuracy": self.certainty / met,
            "basis_accuracy": self.basis / met,
        }


def reports(part: str) -> Iterator[dict[str, Any]]:
    """The annotated reports of a part."""
    every = tomllib.loads((GOLD / "russian.toml").read_text("utf-8"))["report"]
    return (one for one in every if one["part"] == part)


def place(text: str, words: str, at: int = 1) -> Span:
    """Where ``words`` stand in ``text`` for the ``at``-th time; raises ValueError where they do not."""
    start = -1
    for _ in range(at):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def alike(one: Span, other: Span) -> bool:
    """True where two spans share at least half of the characters that either has."""
    shared = overlap(one, other)
    return shared >= ALIKE * (max(one.end, other.end) - min(one.start, other.start))


def tally(part: str) -> Tally:
    """What is found in the reports of a part."""
    result, extractor = Tally(), Extractor()
    for report in reports(part):
        text = report["text"].strip() + "\n"
        found = [c for c in extractor.extract("0" * 64, text).claims if c.voice == "attributed"]
        _compare(result, text, report["claims"], found)
    return result


def _compare(result: Tally, text: str, annotated: list[dict[str, Any]], found: list[Claim]) -> None:
    left = list(found)
    result.gold += len(annotated)
    result.found += len(found)
    for gold in annotated:
        span = place(text, gold["content"], gold.get("at", 1))
        near = [one for one in left if alike(one.content.spans[0], span)]
        claim = max(near, key=lambda one: overlap(one.content.spans[0], span), default=None)
        if claim is None:
            result.errors.append(f"missed: {gold['source']} | {gold['content']}")
            continue
        left.remove(claim)
        _met(result, gold, claim, span)
    result.errors += [f"wrong: {one.source and one.source.text} | {one.content.text}" for one in left]


def _met(result: Tally, gold: dict[str, Any], claim: Claim, span: Span) -> None:
    source = claim.source.text if claim.source else ""
    right = gold["source"] in source or (source in gold["source"] and 2 * len(source) >= len(gold["source"]))
    told = {"certainty": claim.certainty, "basis": claim.basis.kind if claim.basis else None}
    result.content += 1
    result.exact += claim.content.spans[0] == span
    result.source += right
    result.stance += claim.stance == gold["stance"]
    result.certainty += told["certainty"] == gold.get("certainty")
    result.basis += told["basis"] == gold.get("basis")
    said = {"source": source, "stance": claim.stance} | told
    wrong = {name: value for name, value in said.items() if name != "source" and value != gold.get(name)}
    if wrong or not right or claim.content.spans[0] != span:
        result.errors.append(f"differs: {claim.content.text} | {source} | {wrong} for {gold}")


def names() -> dict[str, float]:
    """How many of the names in the Chinese reports are found at their places, and with their kinds."""
    every, extractor = tomllib.loads((GOLD / "chinese.toml").read_text("utf-8"))["report"], Extractor()
    wanted: Counter[tuple[str, ...]] = Counter()
    found: Counter[tuple[str, ...]] = Counter()
    for report in every:
        text = report["text"].strip() + "\n"
        wanted.update((report["name"], *one) for one in report["names"])
        mentions = extractor.extract("0" * 64, text).mentions
        found.update((report["name"], one.excerpt.text, one.schema) for one in mentions)
    typed = (wanted & found).total()
    spans, spans_found = (Counter(key[:2] for key in one.elements()) for one in (wanted, found))
    met = (spans & spans_found).total()
    return {
        "mention_precision": met / max(1, found.total()),
        "mention_recall": met / wanted.total(),
        "mention_f1": 2 * met / (wanted.total() + found.total()),
        "type_accuracy": typed / max(1, met),
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true", help="show what the tuned half misses")
    show = parser.parse_args().errors
    if not all(map(languages.is_installed, languages.ENGINES)):
        print("the extras ru and zh are not installed: nothing is measured")
        return 0
    floors, under = json.loads((HERE / "floors.json").read_text("utf-8")), []
    for part in ("tune", "report", "blind"):
        result = tally(part)
        print(f"Russian, {part}: {result.gold} claims annotated, {result.found} found")
        print("  " + "  ".join(f"{name} {value:.3f}" for name, value in result.figures().items()))
        if show and part == "tune":
            print(*result.errors, sep="\n")
        floor = floors.get(f"russian, {part}", {})
        under += [
            f"{name} in {part}" for name, value in result.figures().items() if value < floor.get(name, 0)
        ]
    measured = names()
    print("Chinese names\n  " + "  ".join(f"{name} {value:.3f}" for name, value in measured.items()))
    under += [name for name, value in measured.items() if value < floors.get("chinese", {}).get(name, 0)]
    print(*(f"under its floor: {one}" for one in under), sep="\n", file=sys.stderr)
    return bool(under)


def digest(name: str) -> str:
    """The SHA-256 of an annotated file, by which floors are pinned."""
    return sha256((GOLD / f"{name}.toml").read_bytes())


if __name__ == "__main__":
    sys.exit(main())
