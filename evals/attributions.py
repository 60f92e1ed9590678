"""How well attributions are found in GUM's scheme: the rules alone, the model alone, both.

Cross-validated over the news texts of ``../shared/attribution/gum_train.jsonl``, five folds of whole
documents (the other texts help to train each fold), and on ``gum_dev.jsonl`` with all of the
training texts; scored by the scorer that lies beside them.  Nothing here reads the shipped weights
but ``--predict``, which writes what they find in other texts of that form.

A last table asks whether the model helps in the product's own scheme: on the part of the invented
reports that may be tuned on, with the shipped weights, which have not seen them.

    python evals/attributions.py [--predict TEXTS.jsonl]

Ends with 1 where a figure is under its floor in ``floors.json``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "training"))

from learning import (  # noqa: E402
    Document,
    Material,
    Settings,
    documents,
    explained,
    fit,
    folds,
    material,
    read,
)

from secondsource.extractor import Extractor  # noqa: E402
from secondsource.extractor.explain import Explained  # noqa: E402
from secondsource.extractor.learned import Stretch, shipped  # noqa: E402
from secondsource.extractor.learned import read as read_shipped  # noqa: E402
from secondsource.extractor.learned.scheme import SURE, credits  # noqa: E402
from secondsource.text import sha256  # noqa: E402

SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", ROOT.parent / "shared")) / "attribution"
Predictions = dict[str, list[dict[str, Any]]]
DOUBTED, FILLED = 0.1, 0.6
"""Below which chance a rule's claim is dropped, above which a stretch without one is added."""
FLOORS = ("content_f1", "content_and_source_f1", "reporting_content_f1", "reporting_content_and_source_f1")
COLUMNS = ("all: content", "with source", "reporting cues: content", "with source")


def scorer() -> ModuleType:
    """The scorer beside the texts."""
    spec = importlib.util.spec_from_file_location("attribution_score", SHARED / "score.py")
    if spec is None or spec.loader is None:
        raise ImportError("no scorer beside the texts")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of_rules(explained: Explained, together: bool) -> list[dict[str, Any]]:
    """The rules' claims; with ``together`` those of one cue and source as one, as GUM has them."""
    found: dict[object, dict[str, Any]] = {}
    for number, one in enumerate(explained.found):
        cue = [[span.start, span.end] for span in one.cue]
        source = [[one.source.span.start, one.source.span.end]]
        key = (one.cue, one.source.span) if together else number
        made = found.setdefault(key, {"content": [], "source": source, "cue": cue})
        made["content"].append([one.content.start, one.content.end])
    return list(found.values())


def written(found: Iterable[Stretch], sure: float = SURE) -> list[dict[str, Any]]:
    """Attributions as the scorer reads them, those of which enough is certain."""
    return [
        {
            "content": [[one.content.start, one.content.end]],
            "source": [[one.source.start, one.source.end]] if one.source else None,
            "cue": [[one.cue.start, one.cue.end]],
        }
        for one in found
        if one.chance > sure
    ]


def ablation(
    made: Material, rules: Mapping[str, Explained], held: Sequence[set[str]]
) -> dict[str, Predictions]:
    """For each fold's documents what rules, model and both find, learned from all other documents."""
    names = {one.document for one in made.choices}
    runs: dict[str, Predictions] = {name: {} for name in ("rules, a claim each", "rules", "model", "both")}
    for fold in held:
        for label, aided in (("model", False), ("both", True)):
            fitted = fit(made, Settings(), names - fold, aided)
            runs[label] |= {name: written(read(made, fitted, name, aided)) for name in fold}
        for name in fold:
            found = written(credits(made.texts[name]))
            runs["rules, a claim each"][name] = of_rules(rules[name], together=False) + found
            runs["rules"][name] = of_rules(rules[name], together=True) + found
    return runs


def figures(
    score: ModuleType, texts: Sequence[Document], found: Predictions
) -> list[tuple[float, float, float]]:
    """Precision, recall and F1 in the order of `COLUMNS`, content from a Jaccard index of 0.8."""
    whole, part = score.score(texts, found), score.score(texts, found, score.REPSUB)
    return [one[f"content{with_source}>=0.8"] for one in (whole, part) for with_source in ("", "+source")]


def table(
    score: ModuleType,
    title: str,
    texts: Sequence[Document],
    runs: Mapping[str, Predictions],
    shown: int = len(COLUMNS),
) -> None:
    """Prints a row for each run, in the first ``shown`` columns."""
    gold = sum(len(text["attributions"]) for text in texts)
    print(f"\n{title}: {len(texts)} texts, {gold} attributions; P / R / F1 with content at Jaccard >= 0.8")
    print(f"{'':20}" + "".join(f"{name:>26}" for name in COLUMNS[:shown]))
    for label, found in runs.items():
        cells = (
            " / ".join(f"{value:.1f}" for value in cell) for cell in figures(score, texts, found)[:shown]
        )
        print(f"{label:20}" + "".join(f"{cell:>26}" for cell in cells))


def invented() -> list[dict[str, Any]]:
    """The invented reports of the dev part, their claims as attributions without source and cue."""
    folder, texts = ROOT / "evals" / "gold" / "reports", []
    parts = json.loads((folder / "parts.json").read_text("utf-8"))
    for path in (folder / "gold" / f"{name}.json" for name in sorted(parts["dev"])):
        text = (folder / "docs" / f"{path.stem}.txt").read_text("utf-8")
        contents = [claim["content"] for claim in json.loads(path.read_text("utf-8"))["claims"]]
        spans = [[[at, at + len(content)]] for content in contents if (at := text.find(content)) >= 0]
        attributions = [{"content": span, "source": None, "cue": None} for span in spans]
        texts.append({"doc_id": path.stem, "text": text, "discard": [], "attributions": attributions})
    return texts


def in_own_scheme(texts: Sequence[Document], rules: Mapping[str, Explained]) -> dict[str, Predictions]:
    """The rules' claims, those that the model does not doubt, and those with what only the model finds."""
    runs: dict[str, Predictions] = {}
    for text in texts:
        name, claims = text["doc_id"], of_rules(rules[text["doc_id"]], together=False)
        sure = read_shipped(text["text"], rules[name], shipped(), 0.0)
        chances = {one.cue.start: one.chance for one in sure}
        kept = [one for one in claims if _doubt(one, chances) >= DOUBTED]
        used = {span[0] for one in claims for span in one["cue"]}
        more = [one for one in sure if one.chance > FILLED and one.cue.start not in used]
        runs.setdefault("rules", {})[name] = claims
        runs.setdefault("model", {})[name] = written(sure)
        runs.setdefault("rules, filtered", {})[name] = kept
        runs.setdefault("rules, filled", {})[name] = claims + written(more)
    return runs


def _doubt(claim: Mapping[str, Any], chances: Mapping[int, float]) -> float:
    """The model's chance for the cue of a claim; 1 where it has not judged that cue."""
    return max(
        (chances[at] for low, high in claim["cue"] for at in range(low, high) if at in chances), default=1.0
    )


def predict(path: Path) -> None:
    """Prints what the shipped weights find in the texts of ``path``, a document a line."""
    extractor, model = Extractor(), shipped()
    for text in documents(path):
        found = read_shipped(text["text"], extractor.explain("0" * 64, text["text"]), model)
        print(json.dumps({"doc_id": text["doc_id"], "attributions": written(found)}))


def measured() -> tuple[Material, dict[str, Explained], list[Document], list[Document]]:
    """Everything read and made into choices: the material, what the rules found, training and dev texts."""
    train, dev = documents(SHARED / "gum_train.jsonl"), documents(SHARED / "gum_dev.jsonl")
    rules = explained(Extractor(), [*train, *dev])
    return material([*train, *dev], rules), rules, train, dev


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--predict", type=Path, help="texts to read with the shipped weights")
    options = parser.parse_args()
    if options.predict:
        predict(options.predict)
        return 0
    if not (SHARED / "gum_train.jsonl").is_file():
        print("no folder 'shared' beside the checkout: nothing is measured here")
        return 0
    digest = sha256((SHARED / "gum_train.jsonl").read_bytes())
    print(f"gum_train.jsonl sha256 {digest}")
    made, rules, train, dev = measured()
    score = scorer()
    news = [text for text in train if text["genre"] == "news"]
    runs = ablation(without(made, dev), rules, list(folds([text["doc_id"] for text in news])))
    table(score, "news, five folds", news, runs)
    table(score, "dev", dev, ablation(made, rules, [{text["doc_id"] for text in dev}]))
    reports = invented()
    table(score, "own scheme", reports, in_own_scheme(reports, explained(Extractor(), reports)), shown=1)
    return fallen(digest, figures(score, news, runs["model"]))


def without(made: Material, texts: Iterable[Document]) -> Material:
    """The material less the choices of some texts."""
    left_out = {text["doc_id"] for text in texts}
    kept = [one for one in made.choices if one.document not in left_out]
    return Material(made.features, kept, made.texts, made.words)


def fallen(digest: str, reached: Sequence[tuple[float, float, float]]) -> int:
    """1, and a line each, where a figure is under its floor; the floors hold for one edition of the texts."""
    floors = json.loads((ROOT / "evals" / "floors.json").read_text("utf-8"))["attribution"]
    if digest != floors["train_sha256"]:
        print("gum_train.jsonl is another edition than the floors were pinned for")
        return 0
    under = 0
    for name, (_, _, f1) in zip(FLOORS, reached, strict=True):
        if f1 / 100 < floors[name]:
            print(f"{name} {f1 / 100:.3f} is under its floor of {floors[name]}", file=sys.stderr)
            under = 1
    return under


if __name__ == "__main__":
    sys.exit(main())
