"""The goods pages as a person sees them: readable in both colour schemes, and on a narrow screen.

Axe looks here at pages of a case with goods, or without anything; at the others in `test_browser_pages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

import newsroom
from secondsource import Desk
from secondsource.trade import Order
from test_browser_pages import AXE, looked_at

CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")


EMPTY = ("/", "/documents", "/entities", "/goods", "/screening", "/network", "/map", "/judgements/entities")


@pytest.fixture(scope="module")
def address(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    case = tmp_path_factory.mktemp("goods") / "case"
    with Desk(case) as desk:
        desk.ingest([sample / "documents" / "05-unmanned-ledger-kezra.docx"])
        desk.ingest([sample / "documents" / "10-waybill-watch-report.pdf"], only="read")
        desk.add_list(sample / "lists" / "sdn.csv")
        desk.goods.trade(Order(sample / "trade" / "customs.csv"), flags=sample / "trade" / "routes.toml")
    with newsroom.serving(case) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="module", params=["light", "dark"])
def page(chromium: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page(color_scheme=request.param, viewport={"width": 480, "height": 900})
        browser.close()


def _pages(page: Page, address: str) -> list[str]:
    page.goto(f"{address}/goods")
    return [str(link.get_attribute("href")) for link in page.locator("main table a").all()]


def test_every_goods_page_has_contrast_and_fits_a_narrow_screen(page: Page, address: str) -> None:
    targets = ["/goods", *_pages(page, address)]
    assert len(targets) == 3
    for target in targets:
        page.goto(f"{address}{target}")
        assert page.evaluate(CONTRAST) == [], target
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, target


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there: `npm ci` in frontend/ fetches it")
def test_axe_finds_nothing_serious_on_goods_on_drawn_pages_and_where_nothing_is_yet(
    page: Page, address: str, tmp_path: Path
) -> None:
    browser = page.context.browser
    assert browser is not None
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    opened = browser.new_page(
        color_scheme="dark" if dark else "light", viewport={"width": 390, "height": 844}, bypass_csp=True
    )
    drawn = [one["id"] for one in httpx.get(f"{address}/api/documents").json() if one["path"].endswith("pdf")]
    for target in ("/goods", *_pages(page, address), *(f"/documents/{id}/pages/1" for id in drawn)):
        assert looked_at(opened, f"{address}{target}") == [], target
    assert drawn
    with newsroom.serving(tmp_path / "none") as client:
        for target in EMPTY:
            assert looked_at(opened, f"{client.base_url}{target}") == [], f"{target} without a case"
    with Desk(tmp_path / "empty") as desk:
        desk.store(create=True)
    with newsroom.serving(tmp_path / "empty") as client:
        for target in EMPTY:
            assert looked_at(opened, f"{client.base_url}{target}") == [], f"{target} of an empty case"
    opened.close()


def test_a_table_is_filtered_as_its_words_are_typed(page: Page, address: str) -> None:
    (table,) = [target for target in _pages(page, address) if "tables" in target]
    page.goto(f"{address}{table}")
    before = page.locator("tbody tr").count()
    page.get_by_label("Words").fill("bearings")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=bearings"))
    assert before > 1
