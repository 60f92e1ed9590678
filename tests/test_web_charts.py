"""Timeline, network, ledger, judgements and views: the page, its table, and the file without a cap."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from lxml import etree, html  # type: ignore[import-untyped]

import factory
import newsroom
from newsroom import Newsroom
from secondsource.model import Extraction, When
from secondsource.store import Store
from secondsource.templates.layout import layout
from secondsource.web.charts import guarded

ROOM = Newsroom()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    case = tmp_path_factory.mktemp("charts") / "harbour"
    ROOM.store(case)
    text = "Kesh Line said that Nerrin Works sold =engines in May."
    document = factory.document(text, "=Post", "2031-05-02", path="deal.txt", title="A <deal>")
    when = When(factory.excerpt(document, "in May"), "2031-05-01", "2031-05-31", "month")
    claim = factory.claim(document, "Nerrin Works sold =engines in May", "Kesh Line")
    dated = replace(claim, time=when)
    store = Store.open(case)
    store.add_document(document)
    names = (factory.mention(document, "Kesh Line"), factory.mention(document, "Nerrin Works"))
    store.add_extraction(document.id, Extraction((dated,), names))
    entities = [factory.entity(name, documents=(document,)) for name in ("Kesh Line", "Nerrin Works")]
    store.replace_findings(entities, ROOM.questions)
    store.close()
    with newsroom.serving(case) as client:
        yield client


def words(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return " ".join(html.document_fromstring(answer.text).text_content().split())


def test_the_timeline_of_events_and_of_publication(desk: httpx.Client) -> None:
    shown = words(desk.get("/timeline"))
    assert "1 May 2031 to 31 May 2031 Kesh Line asserts “Nerrin Works sold =engines in May”" in shown
    published = words(desk.get("/timeline?of=publication"))
    assert "3 dated documents" in published
    assert "A <deal>" in published
    assert "1 dated documents" in words(desk.get("/timeline?of=publication&since=2031-05-01"))
    assert "Nothing here has a date" in words(desk.get("/timeline?since=2040-01-01"))


def test_the_timeline_as_a_table_that_no_spreadsheet_runs(desk: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(desk.get("/timeline.csv?of=publication").text.lstrip("\ufeff"))))
    assert [row["path"] for row in rows] == ["deal.txt", "copy.txt", "wire.html"]
    assert rows[0]["publisher"] == "'=Post"
    for cell in ("=1", "+1", "-1", "@x", "\tx"):
        assert guarded(cell) == f"'{cell}"
    assert (guarded(None), guarded("a=1")) == ("", "a=1")


def test_the_network_is_a_table_a_picture_and_files(desk: httpx.Client) -> None:
    answer = desk.get("/network")
    assert "Kesh Line says of Nerrin Works 1" in words(answer)
    assert len(html.document_fromstring(answer.text).xpath('//*[local-name()="circle"]')) == 2
    made = desk.get("/network.json").json()
    assert [(link["kind"], link["claims"]) for link in made["links"]] == [("says of", 1)]
    graph = etree.fromstring(desk.get("/network.graphml").content)
    assert len(graph.findall(".//{*}node")) == 2
    gephi = etree.fromstring(desk.get("/network.gexf").content)
    assert sorted(node.get("label") for node in gephi.findall(".//{*}node")) == ["Kesh Line", "Nerrin Works"]
    assert [edge.get("weight") for edge in gephi.findall(".//{*}edge")] == ["1"]
    assert desk.get("/network.exe").status_code == 422
    assert "Kesh Line,says of,Nerrin Works,1" in desk.get("/network.csv").text
    entity = made["nodes"][0]["id"]
    assert "Links of" in words(desk.get(f"/network?entity={entity}"))
    assert "No links yet" in words(desk.get(f"/network?question={ROOM.question.id}"))


def test_the_same_links_give_the_same_picture_inside_its_frame() -> None:
    edges = [(0, 1), (1, 2), (3, 4)]
    spots = layout(6, edges, 900, 560)
    assert spots == layout(6, edges, 900, 560)
    assert all(0 <= x <= 900.01 and 0 <= y <= 560.01 for x, y in spots)
    assert len(set(spots)) == 6
    assert layout(0, [], 900, 560) == []
    assert layout(1, [], 900, 560) == [(0.0, 0.0)]


def test_the_ledger_is_shown_with_its_head(desk: httpx.Client) -> None:
    shown = words(desk.get("/ledger"))
    assert "Head " in shown
    assert "assessment" in shown
    ingest = words(desk.get("/ledger?kind=ingest"))
    assert "deal.txt" in ingest
    assert "No entry yet" in words(desk.get("/ledger?kind=nothing"))


def test_judgements_are_listed_with_what_waits(desk: httpx.Client) -> None:
    shown = words(desk.get("/judgements"))
    assert "Potential matches with listed names 1" in shown
    assert "None yet" in shown


def test_a_view_is_kept_under_a_name_and_forgotten(desk: httpx.Client) -> None:
    sent = {"name": "<denied>", "view": "/?status=denied"}
    assert "<denied> /?status=denied" in words(desk.post("/views", data=sent, follow_redirects=True))
    assert "None kept yet" in words(desk.post("/views", data=sent | {"view": ""}, follow_redirects=True))
    for address in ("//elsewhere.example", "https://elsewhere.example"):
        assert desk.post("/views", data={"name": "x", "view": address}).status_code == 400
    assert desk.post("/views", data={"name": " ", "view": "/"}).status_code == 400
