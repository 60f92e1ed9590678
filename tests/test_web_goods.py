"""The desk's pages about goods, on the sample case and a small table of trade."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from lxml import html  # type: ignore[import-untyped]

import newsroom
from secondsource import Desk
from secondsource.text import sha256
from secondsource.trade import Order

TABLE = """date,hs code,description,consignor,consignee,origin,destination,via,weight
2026-01-03,8526.91,radio receivers,Halvar Trading,Orlesk Machine Works,Oshmara,Drovia,Velmond,30
2026-01-04,8482.10,ball bearings <b>bold</b>,Halvar Trading,Skerrin Times,Oshmara,Skerrin,,-3
2026-01-05,0101.21,horses,Stud,Farm,Oshmara,Skerrin,,400
"""


@pytest.fixture(scope="module")
def case(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("goods")
    (folder / "customs.csv").write_text(TABLE, "utf-8")
    with Desk(folder / "case") as desk:
        names = ("05-unmanned-ledger-kezra.docx", "09-orlesk-press-release.pdf", "01-meldwire-quelmar.html")
        desk.ingest([sample / "documents" / name for name in names])
        desk.add_list(sample / "lists" / "sdn.csv")
        desk.goods.trade(Order(folder / "customs.csv"), as_of=date(2026, 9, 1))
    return folder / "case"


@pytest.fixture(scope="module")
def client(case: Path) -> Iterator[httpx.Client]:
    with newsroom.serving(case) as client:
        yield client


def page(client: httpx.Client, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def item(client: httpx.Client) -> str:
    (address,) = page(client, "/goods").xpath('//a[text()="Kezra-2"]/@href')
    return str(address)


def test_the_goods_page_lists_things_and_tables(client: httpx.Client) -> None:
    said = words(page(client, "/goods"))
    assert "MTCR 19.A.2" in said
    assert "customs.csv" in said
    assert "2" in said


def test_an_item_page_gives_each_figure_its_source_and_the_clauses_beside_it(
    client: httpx.Client, item: str
) -> None:
    found = page(client, item)
    said = words(found)
    assert "1,800 km range one way" in said
    assert "the same papers asserts" in said
    assert "MTCR 19.A.2 Complete unmanned aerial vehicle systems not in 1.A.2" in said
    assert "would meet" in said
    assert "Figures reported by" in said
    for address in found.xpath('//ul[@class="reported-list"]//a/@href'):
        target, _, anchor = address.partition("#")
        assert page(client, target).xpath(f'//*[@id="{anchor}"]')


def test_an_item_is_read_as_of_a_day_and_by_one_list(client: httpx.Client, item: str) -> None:
    before = words(page(client, f"{item}?as_of=2026-08-12&regime=US"))
    after = words(page(client, f"{item}?as_of=2026-08-13&regime=US"))
    assert "9A012.a.5" in after
    assert "9A012.a.5" not in before
    assert "MTCR 19.A.2" not in after
    page(client, f"{item}?as_of=yesterday", 400)
    page(client, f"{item}?regime=mars", 400)
    page(client, "/goods/items/e-nothing", 404)


def test_a_table_is_shown_with_its_reasons_and_filtered(client: httpx.Client, case: Path) -> None:
    address = f"/goods/tables/{sha256((case.parent / 'customs.csv').read_bytes())}"
    every = page(client, address)
    rows = every.xpath("//tbody/tr")
    assert [words(row.xpath("./th")[0]) for row in rows] == ["2", "3"]
    assert "potential match of “ORLESK MACHINE WORKS”" in words(rows[0])
    assert "tier 2" in words(rows[0])
    assert "Oshmara → Velmond → Drovia" in words(rows[0])
    assert "<b>bold</b>" in words(rows[1])
    assert "weight “-3” is negative" in words(every)
    for query, expected in (
        ("tier=3.B", ["3"]),
        ("destination=Drovia", ["2"]),
        ("party=1", ["2"]),
        ("q=ball+bearings", ["3"]),
    ):
        shown = page(client, f"{address}?{query}").xpath("//tbody/tr/th")
        assert [words(cell) for cell in shown] == expected, query
    assert "No row matches" in words(page(client, f"{address}?q=nothing"))
    page(client, "/goods/tables/0000", 404)


def test_a_row_leads_to_its_place_in_the_evidence(client: httpx.Client, case: Path) -> None:
    address = f"/goods/tables/{sha256((case.parent / 'customs.csv').read_bytes())}"
    target, _, anchor = page(client, address).xpath("//tbody/tr/th/a/@href")[0].partition("#")
    (mark,) = page(client, target).xpath(f'//*[@id="{anchor}"]')
    assert mark is not None


def test_programs_get_what_the_command_prints(client: httpx.Client, case: Path) -> None:
    with Desk(case) as desk:
        assert client.get("/api/goods/items").json() == json.loads(json.dumps(desk.goods.items_json()))


def test_no_page_about_goods_says_that_a_thing_is_controlled(client: httpx.Client, item: str) -> None:
    for address in ("/goods", item):
        said = words(page(client, address)).lower()
        for phrase in ("is controlled", "licence", "license", "prohibited", "illegal"):
            assert phrase not in said, (address, phrase)


def test_a_case_without_goods_says_how_they_come(tmp_path: Path, sample: Path) -> None:
    with Desk(tmp_path / "case") as desk:
        desk.ingest([sample / "documents" / "13-skerrin-times-tirvane.txt"], only="read")
    with newsroom.serving(tmp_path / "case") as client:
        said = words(page(client, "/goods"))
    assert "secondsource goods trade" in said
    assert "No claim of the case reports" in said


def test_a_dossier_holds_the_figures_and_their_answers(case: Path) -> None:
    with Desk(case) as desk:
        pages = {form: desk.dossier("kezra", format=form) for form in ("html", "md", "json")}
        none = json.loads(desk.dossier("nothing", format="json"))
    assert none["goods"] == []
    body = json.loads(pages["json"])
    claims = {claim["id"] for claim in body["claims"]}
    (kezra,) = [one for one in body["goods"] if one["item"] == "Kezra-2"]
    assert {figure["claim"] for figure in kezra["figures"]} <= claims
    assert {id for answer in kezra["answers"] for id in answer["claims"]} <= claims
    for form in ("html", "md"):
        assert "Reported figures and control clauses" in pages[form]
        assert "would meet the parameter of clause" in pages[form]
    document = html.document_fromstring(pages["html"])
    for address in document.xpath('//section[@aria-labelledby="goods"]//a/@href'):
        assert document.xpath(f'//*[@id="{address[1:]}"]')
