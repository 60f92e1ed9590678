"""Screening over HTTP: yente's official client, OpenRefine's requests, and a fuzzer for the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from yente_client import Client, Person  # type: ignore[import-untyped]
from yente_client.exceptions import APIError, NotFoundError  # type: ignore[import-untyped]

import newsroom
from list_samples import sample
from secondsource.desk import Desk
from secondsource.web import search as searching

MINE = "id,name,schema,birth_date,countries\n7,Rustel Gavdoren,Person,1961-03-02,dv\n8,Grey Ness,Vessel,,\n"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("yente")
    (folder / "mine.csv").write_text(MINE)
    (folder / "drv.ftm.json").write_text(sample("drv.ftm.json"))
    with Desk(folder / "case") as desk:
        for name in ("mine.csv", "drv.ftm.json"):
            desk.add_list(folder / name)
    return folder / "case"


@pytest.fixture(scope="module")
def web(case: Path) -> Iterator[httpx.Client]:
    with newsroom.serving(case) as client:
        yield client


@pytest.fixture(scope="module")
def client(web: httpx.Client) -> Iterator[Client]:
    with Client(base_url=f"{web.base_url}/yente") as client:
        yield client


def ask(web: httpx.Client, body: Any, **params: Any) -> Any:
    return web.post("/yente/match/default", json=body, params=params)


def queries(*names: str, schema: str = "Person", **properties: Any) -> dict[str, Any]:
    told = [{"schema": schema, "properties": {"name": [name], **properties}} for name in names]
    return {"queries": {f"q{at}": one for at, one in enumerate(told)}}


def test_the_official_client_matches(client: Client) -> None:
    answer = client.match(Person(name=["Rustel Gavdorev"], birthDate=["1961"]))
    assert answer.top is not None
    assert {one.id for one in answer.matches} == {"mine:7", "drv:x-1"}
    assert answer.top.properties["birthDate"] == ["1961-03-02"]
    assert "gavdorev met gavdoren" in str(answer.top.explanations["name_match"].detail)
    assert answer.query["schema"] == "Person"


def test_the_official_client_reads_everything_else(client: Client) -> None:
    assert client.healthz().status == "ok"
    assert client.algorithms().best == "words-9"
    assert {one.name for one in client.datasets().datasets} == {"mine", "drv"}
    assert client.fetch("mine:7").caption == "Rustel Gavdoren"
    assert client.adjacent("mine:7").adjacent == {}
    assert client.search("Grey Ness", fuzzy=True, sort=["caption"], simple=True).results[0].id == "mine:8"
    assert client.search("Grey Ness").results[0].id == "mine:8"
    with pytest.raises(NotFoundError):
        client.fetch("mine:999")
    with pytest.raises(APIError):
        client.match(Person(name=["Rustel Gavdoren"]), algorithm="logic-v2")


def test_the_official_client_follows_relations(client: Client) -> None:
    man = client.fetch("drv:x-1")
    (sanction,), (ownership,) = man.properties["sanctions"], man.properties["ownershipOwner"]
    assert sanction.properties["programId"] == ["DRV"]
    assert [one.id for one in ownership.properties["asset"]] == ["drv:x-2"]
    assert client.fetch("x-1", nested=False).properties["topics"] == ["sanction"]
    around = client.adjacent("drv:x-2").adjacent
    assert {name: page.total.value for name, page in around.items()} == {
        "addressEntity": 1,
        "ownershipAsset": 1,
    }
    assert around["addressEntity"].results[0].properties["full"] == ["4 Quay, Tarvesk"]
    (owner,) = around["ownershipAsset"].results[0].properties["owner"]
    assert (owner.id, owner.caption) == ("drv:x-1", "Rustel Gavdoren")
    page = client.adjacent("drv:x-2", prop="ownershipAsset", limit=0)
    assert (page.results, page.total.value, page.limit) == ([], 1, 0)
    assert client.fetch("drv:x-6").schema_ == "Address"


def found_by(web: httpx.Client, **params: Any) -> set[str]:
    answer = web.get("/yente/search/default", params=params)
    assert answer.status_code == 200, answer.text
    return {one["id"] for one in answer.json()["results"]}


def test_a_search_is_for_every_word_and_can_be_fuzzy(web: httpx.Client) -> None:
    assert found_by(web, q="Rustel Gavdoren") == {"mine:7", "drv:x-1"}
    assert found_by(web, q="gavdoren") == {"mine:7", "drv:x-1"}
    assert found_by(web, q="Gavd*") == {"mine:7", "drv:x-1"}
    assert found_by(web, q="Rustel Gavdorev") == set()
    assert found_by(web, q="Rustel Gavdorev", fuzzy=True) >= {"mine:7", "drv:x-1"}
    assert found_by(web, q="Рустел Гавдорен") >= {"drv:x-1"}


def test_a_word_that_many_names_hold_finds_all_of_them(tmp_path: Path) -> None:
    rows = [f"{at},Gavdoren{at} Orl{at},Person" for at in range(150)]
    rows += [f"{given}{at},Kang {given}{at},Person" for at in range(40) for given in ("Chol", "Nam", "Ho")]
    (tmp_path / "many.csv").write_text("\n".join(["id,name,schema", *rows]) + "\n")
    with Desk(tmp_path / "case") as desk:
        desk.add_list(tmp_path / "many.csv")
    with newsroom.serving(tmp_path / "case") as web:
        answer = web.get("/yente/search/default", params={"q": "kang", "limit": 500}).json()
        assert (answer["total"]["value"], len(answer["results"])) == (120, 120)
        nobody = web.get("/yente/search/default", params={"q": "kang nobody"}).json()
        assert nobody["total"]["value"] == 0
        assert (
            web.get("/yente/search/default", params={"q": "kang", "schema": "Vessel"}).json()["results"] == []
        )


def test_a_list_is_searched_that_stands_behind_longer_ones(
    web: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_LISTED", 2)
    every = web.get("/yente/search/default").json()
    assert every["total"] == {"value": 2, "relation": "gte"}
    last = web.get("/yente/search/mine").json()
    assert {one["id"] for one in last["results"]} == {"mine:7", "mine:8"}
    assert found_by(web, datasets="mine", schema="Vessel") == {"mine:8"}


def test_what_is_typed_so_far_is_completed(web: httpx.Client) -> None:
    for typed in ("Gavd", "Rustel Gav", "gavdoren"):
        answer = web.get("/yente/reconcile/default/suggest/entity", params={"prefix": typed})
        assert {one["id"] for one in answer.json()["result"]} == {"mine:7", "drv:x-1"}, typed
    nobody = web.get("/yente/reconcile/default/suggest/entity", params={"prefix": "xq"})
    assert nobody.json()["result"] == []


def test_countries_are_codes_however_a_list_writes_them(tmp_path: Path) -> None:
    rows = '1,Chol Orvan,Person,"Korea, North"\n2,Marel Orvan,Person,Drovia\n'
    (tmp_path / "mine.csv").write_text("id,name,schema,countries\n" + rows)
    with Desk(tmp_path / "case") as desk:
        desk.add_list(tmp_path / "mine.csv")
    with newsroom.serving(tmp_path / "case") as web:
        for meant in ("kp", "North Korea"):
            answer = web.get("/yente/search/default", params={"countries": meant}).json()
            assert [one["properties"]["country"] for one in answer["results"]] == [["kp"]]
        assert answer["facets"]["countries"]["values"] == [{"name": "kp", "label": "North Korea", "count": 1}]
        asked = queries("Chol Orvan", country=["North Korea"], birthDate=["1961", "banana"])
        answer = web.post("/yente/match/default", json=asked).json()["responses"]["q0"]
        assert answer["query"]["properties"] == {
            "name": ["Chol Orvan"], "country": ["kp"], "birthDate": ["1961"]
        }  # fmt: skip
        said = [one["detail"] for one in answer["results"][0]["explanations"].values()]
        assert "The country is the same: North Korea." in said


def test_a_search_is_filtered_sorted_and_counted(web: httpx.Client) -> None:
    assert found_by(web, topics="export.control") == {"drv:x-2"}
    assert found_by(web, filter="topics:sanction") == {"drv:x-1"}
    assert found_by(web, filter=["topics:sanction", "topics:export.control"], filter_op="AND") == set()
    assert found_by(web, filter=["schema:Vessel", "schema:Company"]) == {"mine:8", "drv:x-2"}
    assert found_by(web, q="countries:dv", schema="Company") == {"drv:x-2"}
    assert found_by(web, countries="dv", datasets="mine") == {"mine:7"}
    assert found_by(web, target="false") == set()
    answer = web.get("/yente/search/default", params={"sort": "caption:desc", "facets": ["schema", "topics"]})
    captions = [one["caption"] for one in answer.json()["results"]]
    assert captions == sorted(captions, reverse=True)
    facets = answer.json()["facets"]
    assert {one["name"]: one["count"] for one in facets["schema"]["values"]}["Person"] == 2
    assert {one["name"] for one in facets["topics"]["values"]} == {"sanction", "export.control"}


@pytest.mark.parametrize("wrong", [{"filter": "colour:red"}, {"filter": "red"}, {"schema": "Banana"}])
def test_a_senseless_search_is_refused(web: httpx.Client, wrong: dict[str, str]) -> None:
    assert web.get("/yente/search/default", params=wrong).status_code == 400
    assert web.get("/yente/search/default", params={"facets": "colours"}).status_code == 422
    assert web.get("/yente/search/default", params={"changed_since": "yesterday"}).status_code == 422


def test_matches_can_be_confined_to_a_list_and_without_some(web: httpx.Client) -> None:
    def ids(path: str, **params: Any) -> set[str]:
        answer = web.post(f"/yente/match/{path}", json=queries("Rustel Gavdoren"), params=params).json()
        return {one["id"] for one in answer["responses"]["q0"]["results"]}

    assert ids("mine") == {"mine:7"}
    assert ids("mine", include_dataset="drv") == {"mine:7", "drv:x-1"}
    assert ids("default", exclude_dataset="drv") == {"mine:7"}
    assert ids("default", exclude_entity_ids="mine:7") == {"drv:x-1"}
    assert ids("default", exclude_schema="Person") == set()
    assert ids("default", topics="sanction") == {"drv:x-1"}


def test_weaker_likenesses_are_given_where_they_are_asked_for(web: httpx.Client) -> None:
    def scores(**params: Any) -> list[float]:
        answer = ask(web, queries("Rustel Gavarin"), **params).json()["responses"]["q0"]
        assert answer["total"]["value"] == sum(one["match"] for one in answer["results"])
        return [one["score"] for one in answer["results"]]

    weak = scores(cutoff=0.1, threshold=0.95)
    assert weak
    assert all(score < 0.95 for score in weak)
    assert scores(threshold=0.99, cutoff=0.99) == []
    assert scores(threshold=min(weak) - 0.01)[-1] == min(weak)


def test_a_batch_is_answered_by_its_keys(web: httpx.Client) -> None:
    answer = ask(web, queries(*["Rustel Gavdoren"] * 100), limit=1)
    assert (answer.status_code, answer.headers["x-batch-size"]) == (200, "100")
    assert len(answer.json()["responses"]) == 100
    assert answer.json()["limit"] == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (queries(*["x y"] * 101), 400),
        ({"queries": {}}, 400),
        ({"queries": {"q": {"properties": {"name": ["x"]}}}}, 422),
        (queries("Rustel", schema="Banana"), 400),
        (queries("Rustel", schema="Address"), 400),
        ({**queries("Rustel"), "config": {"no_such_knob": 1}}, 400),
        ({}, 422),
    ],
)
def test_senseless_requests_are_refused_as_yente_refuses_them(
    web: httpx.Client, body: Any, status: int
) -> None:
    answer = ask(web, body)
    assert answer.status_code == status
    assert "detail" in answer.json()


@pytest.mark.parametrize(
    "name",
    ["", " ", "x" * 10_000, "12345", "🚢🚢", "Рustel Гavdoren", "…", "\u202e", "a" * 499, "محمد Rustel 김"],
)
def test_any_name_is_answered(web: httpx.Client, name: str) -> None:
    answer = ask(web, queries(name, birthDate=["2090-01-01"]))
    assert answer.status_code == 200
    assert all(0 <= one["score"] <= 1 for one in answer.json()["responses"]["q0"]["results"])


def test_unknown_lists_and_bounds_are_refused(web: httpx.Client) -> None:
    assert web.post("/yente/match/nope", json=queries("x y")).status_code == 404
    assert ask(web, queries("x y"), algorithm="best-of-all").status_code == 400
    assert ask(web, queries("x y"), limit=501).status_code == 422
    assert web.get("/yente/search/default", params={"schema": "Banana"}).status_code == 400
    assert web.post("/yente/updatez").status_code == 403


def test_a_search_without_words_lists_everything_page_by_page(web: httpx.Client) -> None:
    pages = [web.get("/yente/search/default", params={"limit": 3, "offset": at}).json() for at in (0, 3)]
    assert pages[0]["total"]["value"] == 4
    assert len({one["id"] for page in pages for one in page["results"]}) == 4
    assert {value["name"] for value in pages[0]["facets"]["datasets"]["values"]} == {"mine", "drv"}


def test_openrefine_finds_its_way(web: httpx.Client) -> None:
    manifest = web.get("/yente/reconcile/default").json()
    assert manifest["versions"] == ["0.2"]
    asked = {"q1": {"query": "Rustel Gavdorev", "type": "Person", "limit": 2}, "q2": {"query": ""}}
    answer = web.post("/yente/reconcile/default", data={"queries": json.dumps(asked)}).json()
    best = answer["q1"]["result"][0]
    assert (best["id"], best["match"], answer["q2"]["result"]) == ("drv:x-1", True, [])
    assert 70 <= best["score"] <= 100
    suggest = manifest["suggest"]["entity"]
    path = suggest["service_url"].removeprefix(str(web.base_url).rstrip("/")) + suggest["service_path"]
    assert web.get(path, params={"prefix": "grey n"}).json()["result"][0]["id"] == "mine:8"
    extend = {"ids": ["mine:7"], "properties": [{"id": "birthDate"}]}
    rows = web.post("/yente/reconcile/default", data={"extend": json.dumps(extend)}).json()["rows"]
    assert rows == {"mine:7": {"birthDate": [{"str": "1961-03-02"}]}}


def test_what_is_matched_over_http_is_kept(web: httpx.Client, case: Path) -> None:
    with Desk(case) as desk:
        before = len(desk.screenings())
        ask(web, queries("Somebody Else"))
        assert len(desk.screenings()) == before + 1


def test_nothing_says_that_somebody_is_sanctioned(web: httpx.Client) -> None:
    said = ask(web, queries("Rustel Gavdoren")).text + web.get("/yente/catalog").text
    assert "sanctioned" not in said.casefold()


def test_no_request_makes_the_server_fail(web: httpx.Client) -> None:
    """Every operation with values made from our own OpenAPI description."""
    described: Any = schemathesis.openapi.from_url(f"{web.base_url}/api/openapi.json")
    operations: list[Any] = [found.ok() for found in described.get_all_operations()]
    paths = {operation.path for operation in operations}
    assert {"/yente/match/{dataset}", "/yente/search/{dataset}", "/yente/reconcile/{dataset}"} <= paths
    assert {"/yente/entities/{id}/adjacent", "/api/questions", "/api/documents/{id}"} <= paths
    for operation in operations:
        _ask_with_anything(operation)


def _ask_with_anything(operation: Any) -> None:
    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask_it(case: Any) -> None:
        answer = case.call()
        assert answer.status_code < 500, f"{case.method} {answer.request.url}: {answer.text}"

    ask_it()


def test_the_desk_has_a_page_to_screen_a_name_on(web: httpx.Client) -> None:
    page = web.get("/screening", params={"name": "Rustel Gavdorev", "born": "1961"})
    assert page.status_code == 200
    for words in ("Potential match", "gavdorev met gavdoren", "birth dates agree", "Waiting for a decision"):
        assert words in page.text
    assert "no letter or digit" in web.get("/screening", params={"name": "—"}).text
    assert "sanctioned" not in page.text.casefold()
