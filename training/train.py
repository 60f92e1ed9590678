"""Makes the weights of ``secondsource.extractor.learned``, the same from the same texts.

    python training/train.py [--check]

Learns from ``../shared/attribution/gum_train.jsonl`` (GUM: Wikinews texts CC BY 2.5, court and academic
texts CC BY 4.0, annotations CC BY 4.0; docs/attribution.md has the notice) and writes ``weights.json.gz``
with ``weights.card.json``, which says of what.  ``--check`` writes nothing and compares.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from learning import Settings, documents, explained, fit, material

from secondsource.extractor import VERSION, Extractor
from secondsource.text import sha256

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", ROOT.parent / "shared"))
FOLDER = ROOT / "src" / "secondsource" / "extractor" / "learned"
SMALLEST = 1e-3
"""Weights nearer to nothing are left out."""


def packed(weights: Mapping[str, float]) -> bytes:
    """Weights as they are kept: names in order, four decimals, no time of day in the archive."""
    kept = {name: round(weight, 4) for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST}
    return gzip.compress(json.dumps(kept, separators=(",", ":")).encode(), mtime=0)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the weights that are there")
    options = parser.parse_args()
    path = SHARED / "attribution" / "gum_train.jsonl"
    if not path.is_file():
        print(f"{path} is not there: nothing to learn from", file=sys.stderr)
        return 1
    print(f"data sha256 {sha256(path.read_bytes())}")
    texts, settings = documents(path), Settings()
    made = material(texts, explained(Extractor(), texts))
    fitted = fit(made, settings, {text["doc_id"] for text in texts})
    weights = packed(fitted.model(made.features, "news").weights)
    card = {
        "what": "a conditional logit over stretches of text, for attributions as GUM annotates them",
        "data": {"gum_train.jsonl": sha256(path.read_bytes())},
        "documents": len(texts),
        "attributions": sum(one.right is not None for one in made.choices),
        "choices": len(made.choices),
        "features": len(json.loads(gzip.decompress(weights))),
        "settings": asdict(settings),
        "extractor": VERSION,
        "weights_sha256": sha256(weights),
        "bytes": len(weights),
        "licence": "Texts by Wikinews and its authors (CC BY 2.5), court and academic texts (CC BY 4.0); "
        "GUM's annotations are CC BY 4.0. Credit: Zeldes (2017) and the GUM team, see docs/attribution.md.",
    }
    print(json.dumps(card, indent=2))
    if options.check:
        return int(weights != (FOLDER / "weights.json.gz").read_bytes())
    (FOLDER / "weights.json.gz").write_bytes(weights)
    (FOLDER / "weights.card.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
