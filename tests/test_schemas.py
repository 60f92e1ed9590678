"""What other programs get is what the published schemas say, and the schemas say it strictly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from secondsource import Desk, model, provenance
from secondsource.contract import (
    claim_to_json,
    derivation_to_json,
    drift_to_json,
    question_to_json,
    screening_to_json,
)

JSON = dict[str, Any]

WHERE_THERE_IS_ONE = {"flags", "language", "references"}
"""Fields that an object has only where there is something to say."""


@pytest.fixture(scope="module")
def schemas(root: Path) -> dict[str, JSON]:
    return {
        path.name.partition(".")[0]: json.loads(path.read_text("utf-8"))
        for path in (root / "docs" / "schemas").glob("*.json")
    }


@pytest.fixture(scope="module")
def claims(answered: Desk) -> list[JSON]:
    paths = answered.paths()
    return [json.loads(json.dumps(claim_to_json(one, paths[one.document]))) for one in answered.claims()]


@pytest.fixture(scope="module")
def questions(answered: Desk) -> list[JSON]:
    paths = answered.paths()
    return [json.loads(json.dumps(question_to_json(one, paths))) for one in answered.questions()]


def _objects(schema: Any) -> Iterator[JSON]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        schema = schema.values()
    if not isinstance(schema, str | int | bool | None):
        for part in schema:
            yield from _objects(part)


@pytest.mark.parametrize(
    "name",
    [
        "claim",
        "mention",
        "question",
        "screening",
        "assessment",
        "goods-answer",
        "goods-item",
        "derivation",
        "drift",
    ],
)
def test_the_schemas_are_valid_and_closed(schemas: dict[str, JSON], name: str) -> None:
    Draft202012Validator.check_schema(schemas[name])
    for one in _objects(schemas[name]):
        assert one["additionalProperties"] is False
        assert one["required"] == [name for name in one["properties"] if name not in WHERE_THERE_IS_ONE]


def test_every_claim_of_the_sample_case_follows_its_schema(
    schemas: dict[str, JSON], claims: list[JSON]
) -> None:
    validator = Draft202012Validator(schemas["claim"])
    assert {claim["voice"] for claim in claims} == {"attributed", "own"}
    assert [error.message for claim in claims for error in validator.iter_errors(claim)] == []


def test_every_question_of_the_sample_case_follows_its_schema(
    schemas: dict[str, JSON], questions: list[JSON]
) -> None:
    validator = Draft202012Validator(schemas["question"])
    assert questions
    assert [error.message for one in questions for error in validator.iter_errors(one)] == []


def test_every_assessment_of_the_sample_case_follows_its_schema(
    schemas: dict[str, JSON], answered: Desk
) -> None:
    validator = Draft202012Validator(schemas["assessment"])
    rows = [json.loads(json.dumps(asdict(one))) for one in answered.assessments()]
    assert {row["question"] for row in rows} == {question.id for question in answered.questions()}
    assert [error.message for row in rows for error in validator.iter_errors(row)] == []


def test_chains_of_the_sample_case_follow_their_schemas(schemas: dict[str, JSON], answered: Desk) -> None:
    paths = answered.paths()
    rows = [derivation_to_json(one, paths) for one in answered.derivations()]
    assert {row["how"] for row in rows} >= {"citation", "republication", "statement"}
    assert [
        e.message for row in rows for e in Draft202012Validator(schemas["derivation"]).iter_errors(row)
    ] == []
    assert schemas["derivation"]["properties"]["how"]["enum"] == list(get_args(provenance.How))
    assert schemas["drift"]["properties"]["kind"]["enum"] == list(get_args(provenance.DriftKind))


def test_drift_follows_its_schema(schemas: dict[str, JSON], tmp_path: Path) -> None:
    papers = (
        "Papers reviewed by Meldwire show that Orlesk delivered twelve drones to the port of Salla in May."
    )
    copied = (
        "Meldwire reports.\n\nThe fair opens.\n\nOrlesk delivered twelve drones to the port of Salla in May."
    )
    for name, publisher, text in (("a", "Meldwire", papers), ("b", "Quell Courier", copied)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps({"publisher": publisher, "date": "2031-05-01"}))
    with Desk(tmp_path / "case") as desk:
        desk.ingest([tmp_path / "a.txt", tmp_path / "b.txt"])
        rows = [json.loads(json.dumps(drift_to_json(one, desk.paths()))) for one in desk.drift()]
    assert [row["kind"] for row in rows] == ["dropped attribution"]
    assert rows[0]["copy"]["source_text"] is None
    assert [e.message for row in rows for e in Draft202012Validator(schemas["drift"]).iter_errors(row)] == []


def test_screenings_of_the_sample_case_follow_their_schema(
    schemas: dict[str, JSON], sample: Path, tmp_path: Path
) -> None:
    validator = Draft202012Validator(schemas["screening"])
    with Desk(tmp_path / "case") as desk:
        desk.add_list(sample / "lists" / "sdn.csv")
        found = [screening_to_json(desk.screen(name)) for name in ("Rustel Gavdoyev", "Nobody Known")]
    assert [one["caption"] for one in found[0]["results"] if one["match"]] == ["GAWDOJEW, Rustel"]
    assert [error.message for one in found for error in validator.iter_errors(one)] == []


def test_claims_of_real_reporting_follow_the_schema(
    schemas: dict[str, JSON], answered: Desk, shared: Path
) -> None:
    validator = Draft202012Validator(schemas["claim"])
    paths = sorted((shared / "corpus" / "docs").glob("*.txt"))[:8]
    rows = [claim_to_json(claim, path) for path, claim in answered.extract(paths)]
    assert rows
    assert [error.message for row in rows for error in validator.iter_errors(row)] == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("voice", model.Voice),
        ("source_kind", model.SourceKind),
        ("stance", model.Stance),
        ("certainty", model.Certainty),
    ],
)
def test_the_schema_lists_the_values_of_the_model(schemas: dict[str, JSON], field: str, values: Any) -> None:
    listed = schemas["claim"]["properties"][field]["enum"]
    assert [value for value in listed if value is not None] == list(get_args(values))


def test_the_question_schema_lists_the_statuses_of_the_model(schemas: dict[str, JSON]) -> None:
    assert schemas["question"]["properties"]["status"]["enum"] == list(get_args(model.QuestionStatus))


@pytest.mark.parametrize(
    "spoilt",
    [
        {"stance": "rejects"},
        {"content": []},
        {"content": [[3]]},
        {"source_text": "someone"},
        {"voice": "own"},
        {"document": "000.txt"},
        {"surplus": 1},
    ],
)
def test_the_claim_schema_refuses(schemas: dict[str, JSON], claims: list[JSON], spoilt: JSON) -> None:
    validator = Draft202012Validator(schemas["claim"])
    sound = next(claim for claim in claims if claim["voice"] == "attributed" and claim["source"])
    sound = {**sound, "source": []} if "source_text" in spoilt else sound
    assert not validator.is_valid({**sound, **spoilt})


def test_the_claim_schema_refuses_a_claim_with_a_field_missing(
    schemas: dict[str, JSON], claims: list[JSON]
) -> None:
    validator = Draft202012Validator(schemas["claim"])
    for field in claims[0]:
        cut = deepcopy(claims[0])
        del cut[field]
        assert not validator.is_valid(cut)


@pytest.mark.parametrize("figures", [["range=2000 km", "payload=50 kg"], ["hs=8542.3"], ["thrust=1 kN"]])
def test_answers_about_goods_follow_their_schema(schemas: dict[str, JSON], figures: list[str]) -> None:
    validator = Draft202012Validator(schemas["goods-answer"])
    found = [answer.to_json() for answer in Desk().goods.check(figures)]
    assert found
    assert [
        error.message for one in found for error in validator.iter_errors(json.loads(json.dumps(one)))
    ] == []
