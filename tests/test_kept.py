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
from secondsource.corroborate import Corroborator, Decisions, case, corroborate, kept
from secondsource.model import Claim, Document, Entity

COMPANIES = ("Orlan", "Nerrin", "Kestrel")
STATES = ("Varn", "Oshmara")
DEEDS = (("delivered", "deliver"), ("sold", "sell"), ("tested", "test"))
WARES = ("drones", "missiles", "engines")
OUTLETS = ("Harbour Wire", "Quell Courier", "Varn Tribune", "Lake Gazette", "Hill Herald", "Pass Examiner")
PEOPLE = ("Ines Vard", "Karel Dunn", "Olga Tarn")
SPEAKERS = (*((person, "person") for person in PEOPLE), *((outlet, "outlet") for outlet in OUTLETS))
NAMES = (
    *((name, "Company") for name in COMPANIES),
    *((name, "Country") for name in STATES),
    *((name, "Person") for name in PEOPLE),
    ("Harrow-3", "Product"),
)
AT = "2026-01-01T00:00:00+00:00"

Report = tuple[Document, tuple[Claim, ...]]
Part = tuple[str, str | None, str, dict[str, Any]]


def _report(chance: random.Random, number: int) -> Report:
    """A report of some sentences, which deny, cite, correct, point back, name posts or say how many."""
    outlet, said, parts = chance.choice([*OUTLETS, *OUTLETS, "Orlan"]), list[str](), list[Part]()
    for _ in range(4):
        sentence, found = chance.choice(SENTENCES)(chance)
        if sentence not in said:
            said.append(sentence)
            parts += found
    published = None if number % 9 == 0 else f"2025-06-{1 + number % 28:02}"
    told = document(" ".join(said), outlet, published, path=f"{number}.txt")
    made = {}
    for content, source, kind, rest in parts:
        one = claim(told, content, source, kind, **rest)
        made[one.id] = one
    return told, tuple(made.values())


def _deed(chance: random.Random) -> tuple[str, list[Part]]:
    company, state, ware = chance.choice(COMPANIES), chance.choice(STATES), chance.choice(WARES)
    verb, lemma = chance.choice(DEEDS)
    figure = chance.choice([None, 12, 12, 40])
    content = f"{company} {verb} {f'{figure} ' if figure else ''}{ware} to {state}"
    stance = chance.choice(["asserts", "asserts", "asserts", "denies"])
    source, kind = chance.choice(SPEAKERS)
    counted = ((figure, figure, f"{{{ware[:-1]}}}"),) if figure else ()
    said = "denied" if stance == "denies" else "reported"
    rest = {"frame": f"{company} {lemma} {ware}", "names": (company, state), "quantities": counted}
    return f"{content}, {source} {said}.", [(content, source, kind, {**rest, "stance": stance})]


def _no(chance: random.Random) -> tuple[str, list[Part]]:
    """A "no" that names little or nothing."""
    source, kind = chance.choice(SPEAKERS)
    ware = chance.choice(WARES)
    content, stance, rest = chance.choice(
        [
            ("the report", "denies", {"frame": ". . report"}),
            (f"such {ware}", "unaware", {"frame": f". . {ware}"}),
            (f"selling {ware}", "denies", {"frame": f". sell {ware}"}),
        ]
    )
    return f"{source} spoke of {content}.", [(content, source, kind, {**rest, "stance": stance})]


def _post(chance: random.Random) -> tuple[str, list[Part]]:
    """Who holds a post where, or speaks for whom; and a product whose kind its next word tells."""
    person, company, state = chance.choice(PEOPLE), chance.choice(COMPANIES), chance.choice(STATES)
    if chance.random() < 0.5:
        ware = chance.choice(["drone", "missile"])
        content = f"a Harrow-3 {ware} was tested in {state}"
        rest = {"frame": ". test Harrow-3", "names": ("Harrow-3", state)}
        return f"{content}, {person}, director of {company}, said.", [(content, person, "person", rest)]
    source = f"a spokesman for {company}"
    content = f"{company} sold engines to {state}"
    rest = {"frame": f"{company} sell engines", "names": (company, state)}
    return f"{content}, {source} said.", [(content, source, "organisation", rest)]


def _own(chance: random.Random) -> tuple[str, list[Part]]:
    """What a text says itself: a deed under another name, a correction, or what papers show."""
    company, state = chance.choice(COMPANIES), chance.choice(STATES)
    way = chance.randrange(3)
    if way == 0:
        content = f"{company} Works delivered drones to {state}"
        rest = {"frame": f"{company}_Works deliver drones", "names": (f"{company} Works", state)}
        return f"{content}.", [(content, None, "outlet", rest)]
    if way == 1:
        return "Correction: an earlier version of this article wrongly said 12 drones were delivered.", []
    content = f"{company} tested missiles in {state}"
    rest = {"frame": f"{company} test missiles", "names": (company, state)}
    papers = "papers seen by Harbour Wire"
    rest |= {"basis": ("documents", papers)}
    return f"{content}, according to {papers}.", [(content, papers, "document", rest)]


SENTENCES = (_deed, _deed, _deed, _no, _post, _own)


def _entities(chance: random.Random, reports: Sequence[Report]) -> list[Entity]:
    """What names stand for; whether a longer one is another thing is by chance."""

    def naming(name: str) -> tuple[Document, ...]:
        return tuple(told for told, _ in reports if name in told.text)

    found = []
    for name, schema in NAMES:
        long = f"{name} Works"
        one = chance.random() < 0.5 or not naming(long)
        documents = {told.id: told for told in (*naming(name), *(naming(long) if one else ()))}
        aliases = (long,) if one and naming(long) else ()
        if documents:
            found.append(entity(name, *aliases, schema=schema, documents=tuple(documents.values())))
        if not one:
            found.append(entity(long, schema=schema, documents=naming(long)))
    return found


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
            known, decided = _entities(chance, reports), _decisions(chance, reports)
            followed = corroborator.questions(documents, claims, known, decided)
            assert _json(followed) == _json(corroborate(documents, claims, known, decided))


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**9))
def test_questions_are_the_same_by_however_many_processes(seed: int) -> None:
    chance = random.Random(seed)
    reports = [_report(chance, number) for number in range(30)]
    documents, claims = [told for told, _ in reports], [one for _, said in reports for one in said]
    known, decided = _entities(chance, reports), _decisions(chance, reports)
    alone = _json(corroborate(documents, claims, known, decided))
    with (
        patch.object(kept, "WORTH", 0),
        patch.object(case, "WORTH", 0),
        patch("threading.active_count", lambda: 1),
    ):
        several = Corroborator(jobs=3)
        assert _json(several.questions(documents, claims, known, decided)) == alone
        several.questions(documents[1:], [one for _, said in reports[1:] for one in said], known, decided)
        assert _json(several.questions(documents, claims, known, decided)) == alone
