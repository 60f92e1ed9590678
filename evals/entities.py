"""How well the names inside one document are found, typed and put together.

Runs over every annotated set at hand: the reporting in the folder ``shared`` beside the checkout, and
the project's own gold.  Names annotated are all places in a text where a form of an entity stands, the
longer form where two overlap.  A mention that covers one of them exactly, article and possessive apart,
is right.  On those, the kind is compared, and the clusters by B-cubed over mentions (Bagga and Baldwin,
"Algorithms for Scoring Coreference Chains", 1998).  The annotation is no list of every name ("minor places
may be missing"), so that precision is a lower bound.

    python evals/entities.py [--errors N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from secondsource import Desk
from secondsource.extractor.naming import ADJECTIVE
from secondsource.model import Mention, Span

EVALS = Path(__file__).parent
SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", EVALS.parent.parent / "shared"))
CORPUS = "corpus"
KINDS: Mapping[str, frozenset[str]] = {
    "Location/Country": frozenset({"Location", "Country", "Address"}),
    "Vehicle/Weapon/Product": frozenset({"Vehicle", "Airplane", "Product", "Asset"}),
}
"""The kinds that answer an annotated one that stands for several; any other is answered by itself."""

_EDGE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
_OWNER = re.compile(r"(?:'s|’s)$")
Rates = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a form of an annotated entity stands, and which entity it is, by number."""

    span: Span
    text: str
    schema: str
    entity: int


@dataclass(slots=True)
class Counts:
    """What was counted in one document or in many; counts add up."""

    n: Counter[str] = field(default_factory=Counter)
    cubed: list[tuple[float, float]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)
    mistyped: list[str] = field(default_factory=list)
    misjoined: list[str] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        self.n += other.n
        for name in ("cubed", "missed", "spurious", "mistyped", "misjoined"):
            getattr(self, name).extend(getattr(other, name))


def gold_mentions(entities: Sequence[Mapping[str, Any]], text: str) -> list[Gold]:
    """Every place where a form of an entity stands as whole words, longer forms first, none overlapping."""
    forms = {
        form: (at, entity["schema"])
        for at, entity in enumerate(entities)
        for form in (entity["name"], *entity["same_as"])
    }
    taken: set[int] = set()
    found = []
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        for place in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if taken.isdisjoint(range(*place.span())):
                taken.update(range(*place.span()))
                found.append(_bare(Span(*place.span()), text, forms[form]))
    return sorted(found, key=lambda one: one.span)


def _bare(span: Span, text: str, of: tuple[int, str]) -> Gold:
    inner = trimmed(span, text)
    return Gold(inner, text[slice(*inner)], of[1], of[0])


def trimmed(span: Span, text: str) -> Span:
    """``span`` without an article before the name and a possessive ending."""
    words = text[slice(*span)]
    lead, tail = _EDGE.match(words), _OWNER.search(words)
    return Span(span.start + (lead.end() if lead else 0), span.end - (len(tail.group()) if tail else 0))


def counted(gold: Sequence[Gold], found: Sequence[Mention], text: str, name: str) -> Counts:
    """What was right in one document, ``name``d in the examples of what was not."""
    found = [one for one in found if one.how != ADJECTIVE]
    spans = {trimmed(one.excerpt.spans[0], text): one for one in found}
    pairs = [(one, spans[one.span]) for one in gold if one.span in spans]
    right = {one.span for one, _ in pairs}
    out = Counts(Counter(gold=len(gold), found=len(found), hit=len(pairs)))
    out.n["typed"] = sum(said.schema in answers(one.schema) for one, said in pairs)
    out.cubed = b_cubed([(one.entity, said.entity) for one, said in pairs])
    _count_forms(out, gold, spans, text)
    out.missed = [f"{name}: {one.text} ({one.schema})" for one in gold if one.span not in right]
    out.spurious = [
        f"{name}: {m.excerpt.text} ({m.schema}, {m.how})" for s, m in spans.items() if s not in right
    ]
    out.mistyped = [
        f"{name}: {one.text} is {one.schema}, not {said.schema} ({said.how})"
        for one, said in pairs
        if said.schema not in answers(one.schema)
    ]
    out.misjoined = list(_misjoined(pairs, name))
    return out


def _count_forms(out: Counts, gold: Sequence[Gold], spans: Mapping[Span, Mention], text: str) -> None:
    """Forms, each counted once a document."""
    wanted, said = {one.text for one in gold}, {text[slice(*span)] for span in spans}
    out.n.update(forms=len(wanted), said=len(said), met=len(wanted & said))


def answers(schema: str) -> frozenset[str]:
    return KINDS.get(schema, frozenset({schema}))


def b_cubed(pairs: Sequence[tuple[int, str]]) -> list[tuple[float, float]]:
    """Precision and recall of each mention's cluster, from pairs of the annotated and the found one."""
    gold, found, both = Counter(g for g, _ in pairs), Counter(f for _, f in pairs), Counter(pairs)
    return [(both[pair] / found[pair[1]], both[pair] / gold[pair[0]]) for pair in pairs]


def _misjoined(pairs: Sequence[tuple[Gold, Mention]], name: str) -> Iterator[str]:
    of_gold, of_found = defaultdict(set), defaultdict(set)
    for one, said in pairs:
        of_gold[one.entity].add(said.entity)
        of_found[said.entity].add(one.entity)
    for entity, clusters in of_gold.items():
        if len(clusters) > 1:
            yield f"{name}: apart: " + _forms(one for one, _ in pairs if one.entity == entity)
    for cluster, entities in of_found.items():
        if len(entities) > 1:
            yield f"{name}: together: " + _forms(one for one, said in pairs if said.entity == cluster)


def _forms(mentions: Iterable[Gold]) -> str:
    return ", ".join(sorted({one.text for one in mentions}))


def measured(counts: Counts) -> dict[str, Any]:
    """The figures, and how many names they are of."""
    n, cubed = counts.n, counts.cubed
    precision, recall = (sum(one[at] for one in cubed) / len(cubed) if cubed else 0.0 for at in (0, 1))
    return {
        "gold": n["gold"],
        "mention": _rates(n["hit"], n["found"], n["gold"]),
        "forms": _rates(n["met"], n["said"], n["forms"]),
        "type_accuracy": n["typed"] / n["hit"] if n["hit"] else 0.0,
        "alias_b3": (precision, recall, _f1(precision, recall)),
    }


def _rates(hit: int, found: int, gold: int) -> Rates:
    precision, recall = hit / found if found else 0.0, hit / gold if gold else 0.0
    return precision, recall, _f1(precision, recall)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(folder: Path, desk: Desk | None = None) -> Counts:
    """Counts over a folder of ``docs`` and ``gold``."""
    desk = desk or Desk()
    total = Counts()
    files = {
        str(folder / "docs" / f"{path.stem}.txt"): path for path in sorted((folder / "gold").glob("*.json"))
    }
    for path, found in desk.extractions(list(files)):
        entities, text = json.loads(files[path].read_text("utf-8"))["entities"], desk.text(path)
        total.add(counted(gold_mentions(entities, text), found.mentions, text, Path(path).stem))
    return total


def _own_gold() -> ModuleType:
    spec = spec_from_file_location("own_gold", EVALS / "gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["own_gold"] = module
    spec.loader.exec_module(module)
    return module


def sets() -> Iterator[tuple[str, Counts]]:
    """Every annotated set at hand with what was counted on it."""
    desk, own = Desk(), _own_gold()
    if (SHARED / "corpus" / "gold").is_dir():
        yield CORPUS, score(SHARED / "corpus", desk)
    else:
        print("no folder 'shared' beside the checkout: the corpus and evals/gold/gum are not measured")
    writers = own.WRITERS if own.texts() else {"reports": own.write_reports}
    for of, write in writers.items():
        for part in own.PARTS:
            with tempfile.TemporaryDirectory() as folder:
                write(Path(folder), part)
                yield f"{of}, {part}", score(Path(folder), desk)


def _show(name: str, counts: Counts, errors: int) -> None:
    print(name)
    for key, value in measured(counts).items():
        shown = (
            value
            if isinstance(value, int)
            else ([f"{v:.3f}" for v in value] if isinstance(value, tuple) else f"{value:.3f}")
        )
        print(f"  {key:14}", *([shown] if not isinstance(shown, list) else shown))
    if "test" in name:
        return
    for kind in ("missed", "spurious", "mistyped", "misjoined"):
        for row, number in list(Counter(getattr(counts, kind)).items())[:errors]:
            print(f"  {kind:10} {row}" + (f" × {number}" if number > 1 else ""))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--errors", type=int, default=0, help="show up to N of each kind, never of a part 'test'"
    )
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")
    options = parser.parse_args()
    if options.json:
        print(json.dumps({name: measured(counts) for name, counts in sets()}))
        return 0
    for name, counts in sets():
        _show(name, counts, options.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
