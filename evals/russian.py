"""Claims of Russian reports: contents, sources and stances against ten invented reports.

    python evals/russian.py [--misses]

A claim is found where its content covers the same words but for a fifth of them (Jaccard of code points
≥ 0.8); its source is right where one of the two holds the other.  The first half of the reports
was looked at while the rules were written; the other half was not, and is what is pinned.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from secondsource import language
from secondsource.extractor import Extractor
from secondsource.model import Claim

REPORTS = Path(__file__).parent / "russian_reports.toml"
SAME = 0.8
Gold = tuple[str, str, str]


def digest() -> str:
    return hashlib.sha256(REPORTS.read_bytes()).hexdigest()


def alike(text: str, claim: Claim, content: str) -> bool:
    start = text.index(content)
    wanted = set(range(start, start + len(content)))
    given = {place for span in claim.content.spans for place in range(*span)}
    return len(wanted & given) / len(wanted | given) >= SAME


def compared(report: Mapping[str, Any]) -> tuple[list[tuple[Gold, Claim | None]], list[Claim]]:
    """Each gold claim with the one found for it, and what was found beside them."""
    claims = [
        one for one in Extractor().extract("0" * 64, report["text"]).claims if one.voice == "attributed"
    ]
    pairs: list[tuple[Gold, Claim | None]] = []
    for source, content, stance in report["claims"]:
        found = next((one for one in claims if alike(report["text"], one, content)), None)
        if found is not None:
            claims.remove(found)
        pairs.append(((source, content, stance), found))
    return pairs, claims


def is_source(claim: Claim, source: str) -> bool:
    said = claim.source.text if claim.source else ""
    return bool(said) and (said in source or source in said)


def figures(half: str, misses: bool = False) -> dict[str, float]:
    """Precision, recall and F1 of contents, F1 of contents with sources, and the share of stances right."""
    reports = [one for one in tomllib.loads(REPORTS.read_text())["report"] if one["half"] == half]
    gold = right = sourced = stances = given = 0
    for report in reports:
        pairs, beside = compared(report)
        found = [(wanted, claim) for wanted, claim in pairs if claim is not None]
        gold, given = gold + len(pairs), given + len(found) + len(beside)
        right += len(found)
        sourced += sum(is_source(claim, wanted[0]) for wanted, claim in found)
        stances += sum(claim.stance == wanted[2] for wanted, claim in found)
        if misses:
            show(pairs, beside)
    precision, recall = right / max(given, 1), right / max(gold, 1)
    return {
        "content_precision": precision,
        "content_recall": recall,
        "content_f1": 2 * right / max(gold + given, 1),
        "content_source_f1": 2 * sourced / max(gold + given, 1),
        "stance": stances / max(right, 1),
    }


def show(pairs: Sequence[tuple[Gold, Claim | None]], beside: Sequence[Claim]) -> None:
    for wanted, claim in pairs:
        if claim is None:
            print("  missed ", wanted)
        elif not is_source(claim, wanted[0]) or claim.stance != wanted[2]:
            print("  differs", wanted, "|", claim.source and claim.source.text, "|", claim.stance)
    for claim in beside:
        print("  beside ", claim.rule, "|", claim.source and claim.source.text, "|", claim.content.text)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--misses", action="store_true", help="name those of the half for tuning")
    options = parser.parse_args()
    if not language.installed("ru"):
        sys.exit("secondsource[ru] is not installed: nothing was measured")
    for half in ("tune", "report"):
        found = figures(half, options.misses and half == "tune")
        print(half, "  ".join(f"{name} {value:.3f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
