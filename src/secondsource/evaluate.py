"""How well claims are found: any annotated folder in the scheme of ``docs/claims.md``, scored.

A predicted claim matches an annotated one when the token F1 of their contents is at least
0.6, best pairs first, each used once.  Stance, kind, certainty and via are compared on
matched claims; of a value that most claims do not have, the F1 of having it right is given,
which guessing the default cannot raise.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secondsource.errors import ReadError
from secondsource.model import Claim
from secondsource.text import words

MATCH = 0.6
"""Token F1 of two contents from which on they are one claim."""

SAME_RELAY = 0.5
RESAMPLES = 1_000
_REQUIRED = ("content", "source", "source_kind", "stance", "certainty")
_MARKED = ("stance", "certainty", "via")
_RARE = ("denies", "unaware")


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated document: its text's path, its claims, and the other names of each entity."""

    path: Path
    claims: tuple[Mapping[str, Any], ...]
    own_voice: tuple[str, ...] = ()
    aliases: tuple[frozenset[str], ...] = ()


@dataclass(slots=True)
class Tally:
    """What was counted in one document or in many; tallies add up."""

    counts: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    spurious: list[tuple[str, str, str]] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.counts + other.counts, self.missed + other.missed, self.spurious + other.spurious)

    def rates(self, hit: str, predicted: str = "predicted", gold: str = "gold") -> tuple[float, float, float]:
        """Precision, recall and F1 of the counts by those names; 0 where nothing was counted."""
        found, wanted, right = self.counts[predicted], self.counts[gold], self.counts[hit]
        precision, recall = right / found if found else 0.0, right / wanted if wanted else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0

    def share(self, hit: str, of: str) -> float | None:
        """``hit`` as a share of ``of``; None where there was none."""
        return self.counts[hit] / self.counts[of] if self.counts[of] else None


def annotated(folder: Path) -> list[Annotated]:
    """The annotated documents of a folder, in the order of their names.

    Each text, NAME.txt in ``docs``, has its annotations, NAME.json, in ``gold``; or both stand in the folder
    itself.  Raises ReadError, which names the file and what is wrong with it.
    """
    if not folder.is_dir():
        raise ReadError(f"{folder}: no such folder")
    gold, docs = folder / "gold", folder / "docs"
    gold, docs = (gold, docs) if gold.is_dir() else (folder, folder)
    files = sorted(path for path in gold.glob("*.json") if gold is not folder or _is_gold(path))
    if not files:
        raise ReadError(f"{folder}: holds no annotations (gold/NAME.json over docs/NAME.txt)")
    return [_annotated(path, docs / f"{path.stem}.txt") for path in files]


def _is_gold(path: Path) -> bool:
    return "claims" in _json(path) and path.with_suffix(".txt").is_file()


def _json(path: Path) -> Mapping[str, Any]:
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as JSON: {error}") from None
    if not isinstance(loaded, dict):
        raise ReadError(f"{path}: is no JSON object")
    return loaded


def _annotated(path: Path, text: Path) -> Annotated:
    data = _json(path)
    if not text.is_file():
        raise ReadError(f"{path}: its document {text} is missing")
    if not isinstance(data.get("claims"), list):
        raise ReadError(f"{path}: has no list “claims”")
    held = text.read_text("utf-8")
    for number, claim in enumerate(data["claims"], 1):
        _check(claim, f"{path}, claim {number}", held)
    own = [one["content"] if isinstance(one, dict) else one for one in data.get("own_voice", ())]
    aliases = [
        frozenset(_plain(name) for name in (entity["name"], *entity.get("same_as", ())))
        for entity in data.get("entities", ())
    ]
    return Annotated(text, tuple(data["claims"]), tuple(own), tuple(aliases))


def _check(claim: object, place: str, text: str) -> None:
    if not isinstance(claim, dict):
        raise ReadError(f"{place}: is no JSON object")
    for name in _REQUIRED:
        if name not in claim:
            raise ReadError(f"{place}: has no field “{name}”")
    if not isinstance(claim["content"], str) or claim["content"] not in text:
        raise ReadError(f"{place}: its content does not stand in the document as it is quoted")


def score(gold: Annotated, claims: Iterable[Claim]) -> Tally:
    """One document's tally: its annotation against the claims found in it."""
    found = list(claims)
    predicted = [claim for claim in found if claim.voice == "attributed"]
    tally = Tally(Counter(gold=len(gold.claims), predicted=len(predicted)))
    pairs = _pairs([claim["content"] for claim in gold.claims], [one.content.text for one in predicted])
    for wanted, got in pairs:
        tally.counts.update(_matched(gold.claims[wanted], predicted[got], gold.aliases))
    taken, used = {wanted for wanted, _ in pairs}, {got for _, got in pairs}
    name = gold.path.name
    tally.missed += [
        (name, str(one["source"]), one["content"]) for i, one in enumerate(gold.claims) if i not in taken
    ]
    tally.spurious += [
        (name, one.source.text if one.source else "", one.content.text)
        for i, one in enumerate(predicted)
        if i not in used
    ]
    own = [claim.content.text for claim in found if claim.voice == "own"]
    tally.counts.update(own=len(gold.own_voice), own_hit=len(_pairs(gold.own_voice, own)))
    return tally


def _pairs(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Contents matched one to one, the most alike first."""
    likeness = sorted(
        ((_token_f1(a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(found)), reverse=True
    )
    pairs: list[tuple[int, int]] = []
    left, right = set(), set()
    for value, i, j in likeness:
        if value >= MATCH and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _matched(gold: Mapping[str, Any], claim: Claim, aliases: Sequence[frozenset[str]]) -> Iterator[str]:
    """The names of what a matched pair counts for."""
    yield "hit"
    if words(gold["content"]) == words(claim.content.text):
        yield "exact"
    if _same_source(gold, claim, aliases):
        yield "joint"
    if gold["stance"] == claim.stance:
        yield "stance_right"
    if gold["source_kind"] == claim.source_kind:
        yield "kind_right"
    for name in _RARE:
        if gold["stance"] == name:
            yield name
            if claim.stance == name:
                yield f"{name}_right"
    yield from _marked(gold, claim)


def _marked(gold: Mapping[str, Any], claim: Claim) -> Iterator[str]:
    via = gold.get("nested_via")
    relays = [relay.text for relay in claim.via]
    compared = {
        "stance": (gold["stance"] != "asserts", claim.stance != "asserts", gold["stance"] == claim.stance),
        "certainty": (bool(gold["certainty"]), bool(claim.certainty), gold["certainty"] == claim.certainty),
        "via": (bool(via), bool(relays), any(_token_f1(via or "", one) >= SAME_RELAY for one in relays)),
    }
    for name, (wanted, got, same) in compared.items():
        if wanted:
            yield f"{name}_gold"
        if got:
            yield f"{name}_predicted"
        if wanted and got and same:
            yield f"{name}_hit"


def _same_source(gold: Mapping[str, Any], claim: Claim, aliases: Sequence[frozenset[str]]) -> bool:
    """True where any form of the claim's source names what the annotation names."""
    wanted = {_plain(form) for form in (gold["source"], gold.get("source_mention")) if form}
    for group in aliases:
        if wanted & group:
            wanted |= group
    forms = [claim.source_name, claim.source.text if claim.source else None]
    return any(
        _plain(form) == one or _token_f1(form, one) >= MATCH for form in forms if form for one in wanted
    )


def _plain(text: str) -> str:
    return " ".join(words(text))


def _token_f1(one: str, other: str) -> float:
    a, b = Counter(words(one)), Counter(words(other))
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def total(tallies: Iterable[Tally]) -> Tally:
    """All documents' tallies as one."""
    return sum(tallies, Tally())


def interval(tallies: Sequence[Tally], hit: str) -> tuple[float, float]:
    """The 95 % bootstrap interval of an F1, resampled over documents (Efron 1979), seed fixed."""
    draw = random.Random(0)
    values = sorted(total(draw.choices(tallies, k=len(tallies))).rates(hit)[2] for _ in range(RESAMPLES))
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def figures(tallies: Sequence[Tally]) -> dict[str, Any]:
    """The figures of a folder as JSON has them: rates as [precision, recall, F1], shares from 0 to 1."""
    whole = total(tallies)
    rated = {"content": "hit", "content_exact": "exact", "content_and_source": "joint"}
    return {
        "documents": len(tallies),
        "gold": whole.counts["gold"],
        "predicted": whole.counts["predicted"],
        **{name: [round(value, 3) for value in whole.rates(hit)] for name, hit in rated.items()},
        "interval": {name: [round(v, 3) for v in interval(tallies, hit)] for name, hit in rated.items()},
        "accuracy": {
            "stance": _rounded(whole.share("stance_right", "hit")),
            "source_kind": _rounded(whole.share("kind_right", "hit")),
            **{name: _rounded(whole.share(f"{name}_right", name)) for name in _RARE},
        },
        "marked": {
            name: [round(v, 3) for v in whole.rates(f"{name}_hit", f"{name}_predicted", f"{name}_gold")]
            for name in _MARKED
        },
        "own_voice_recall": _rounded(whole.share("own_hit", "own")),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
