"""What is kept up to date is what is made anew, byte for byte, whatever came, went and was decided."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document, entity
from secondsource.assessments import OriginJudgement, SourceRating
from secondsource.corroborate import Corroborator, Decisions, corroborate, kept
from secondsource.model import Claim, Document, Entity

COMPANIES = ("Orlan", "Nerrin", "Kestrel")
STATES = ("Varn", "Oshmara")
DEEDS = (("delivered", "deliver"), ("sold", "sell"), ("tested", "test"))
WARES = ("drones", "missiles", "engines")
OUTLETS = ("Harbour Wire", "Quell Courier", "Varn Tribune", "Lake Gazette", "Hill Herald", "Pass Examiner")
PEOPLE = ("Ines Vard", "Karel Dunn", "Olga Tarn")
AT = "2026-01-01T00:00:00+00:00"

Report = tuple[Document, tuple[Claim, ...]]


def _report(chance: random.Random, number: int) -> Report:
    """A report of three sentences, some of which deny, cite, or say how many."""
    outlet, said = chance.choice(OUTLETS), list[str]()
    parts: list[tuple[Any, ...]] = []
    for _ in range(3):
        company, state, ware = chance.choice(COMPANIES), chance.choice(STATES), chance.choice(WARES)
        verb, lemma = chance.choice(DEEDS)
        figure = chance.choice([None, 12, 12, 40])
        content = f"{company} {verb} {f'{figure} ' if figure else ''}{ware} to {state}"
        stance = chance.choice(["asserts", "asserts", "asserts", "denies"])
        source, kind = chance.choice([*((p, "person") for p in PEOPLE), *((o, "outlet") for o in OUTLETS)])
        if any(content == other[0] for other in parts):
            continue
        said.append(f"{content}, {source} {'denied' if stance == 'denies' else 'reported'}.")
        counted = ((figure, figure, f"{{{ware[:-1]}}}"),) if figure else ()
        parts.append((content, source, kind, stance, f"{company} {lemma} {ware}", (company, state), counted))
    told = document(" ".join(said), outlet, f"2025-06-{1 + number % 28:02}", path=f"{number}.txt")
    return told, tuple(
        claim(told, content, source, kind, stance=stance, frame=frame, names=names, quantities=counted)
        for content, source, kind, stance, frame, names, counted in parts
    )


def _entities(reports: Sequence[Report]) -> list[Entity]:
    def naming(name: str) -> tuple[Document, ...]:
        return tuple(told for told, _ in reports if name in told.text)

    companies = [entity(name, documents=naming(name)) for name in COMPANIES if naming(name)]
    return companies + [entity(n, schema="Country", documents=naming(n)) for n in STATES if naming(n)]


def _decisions(chance: random.Random, reports: Sequence[Report]) -> Decisions:
    rated = [SourceRating(chance.choice(PEOPLE), chance.choice("ABF"), "", "me", AT)]  # type: ignore[arg-type]
    told, claims = chance.choice(reports)
    ids = tuple(one.id for one in claims)
    verdict = chance.choice(["positive", "negative", "unsure"])
    return Decisions(rated, [OriginJudgement("q", told.id, ids, verdict, "", "me", AT)])  # type: ignore[arg-type]


def _json(questions: Sequence[object]) -> str:
    return "\n".join(json.dumps(asdict(one)) for one in questions)  # type: ignore[call-overload]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.integers(6, 40), st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_questions_that_are_kept_are_those_made_anew(seed: int, size: int, steps: list[int]) -> None:
    chance = random.Random(seed)
    every = [_report(chance, number) for number in range(size + 8)]
    here = set(chance.sample(range(len(every)), size))
    corroborator = Corroborator()
    with patch.object(kept, "_MOST", 1.0):
        for step in (0, *steps):
            for number in chance.sample(range(len(every)), step):
                here ^= {number}
            if not here:
                return
            reports = [every[number] for number in chance.sample(sorted(here), len(here))]
            documents, claims = [told for told, _ in reports], [one for _, said in reports for one in said]
            known, decided = _entities(reports), _decisions(chance, reports)
            followed = corroborator.questions(documents, claims, known, decided)
            assert _json(followed) == _json(corroborate(documents, claims, known, decided))
