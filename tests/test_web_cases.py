"""Several cases behind one server: listed, kept apart, each under an address of its own."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from click.testing import CliRunner
from lxml import html  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from newsroom import Newsroom
from secondsource import Desk
from secondsource.cli import cli
from secondsource.errors import SecondSourceError
from secondsource.web import create_shelf
from test_browser import SCHEMES
from test_browser_pages import AXE, looked_at

ROOM = Newsroom()
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ROOM.store(tmp_path / "cases" / "harbour")
    with Desk(tmp_path / "cases" / "north sea" / "case") as desk:
        desk.store(create=True)
    broken = tmp_path / "cases" / "broken"
    broken.mkdir()
    (broken / "case.sqlite").write_text("no case")
    (tmp_path / "cases" / "notes").mkdir()
    return tmp_path / "cases"


@pytest.fixture
def desk(folder: Path) -> Iterator[httpx.Client]:
    server = uvicorn.Server(
        uvicorn.Config(create_shelf(folder, hosts=["desk.office"]), port=0, log_level="warning")
    )
    opened = server.config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with httpx.Client(base_url=f"http://127.0.0.1:{opened.getsockname()[1]}", timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join()


def addresses(page: str) -> set[str]:
    """Every address that a page leads to or loads."""
    tree = html.document_fromstring(page)
    return {str(found) for found in tree.xpath("//@href | //@src | //@action | //@hx-get | //@data-events")}


def test_cases_are_listed_and_one_that_cannot_be_opened_says_why(desk: httpx.Client) -> None:
    page = desk.get("/")
    assert {"/cases/harbour/", "/cases/north%20sea/", "/cases/broken/"} <= addresses(page.text)
    rows = [
        " ".join(row.text_content().split())
        for row in html.document_fromstring(page.text).xpath("//tbody/tr")
    ]
    assert rows[1] == "harbour 6 5 2"
    assert rows[0].startswith("broken ")
    assert "unknown" in rows[0]
    assert not any("notes" in row for row in rows)


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there: `npm ci` in frontend/ fetches it")
def test_axe_finds_nothing_serious_on_the_list_of_cases(browser: Browser, desk: httpx.Client) -> None:
    for scheme in SCHEMES:
        opened = browser.new_page(color_scheme=scheme, bypass_csp=True)
        for each in ("/", "/cases/nobody/", "/cases/broken/", "/cases/harbour/"):
            assert looked_at(opened, f"{desk.base_url}{each}") == [], each
        opened.close()


def test_every_link_of_a_case_stays_in_it(desk: httpx.Client) -> None:
    """Walk the whole case by its links: all of them answer, and none leads to another case."""
    waiting, seen = ["/cases/harbour/"], set()
    while waiting:
        address = waiting.pop()
        answer = desk.get(address, follow_redirects=True)
        assert answer.status_code in (200, 404, 405), address  # bytes that this case lacks; forms
        if "text/html" not in answer.headers["content-type"] or "dossier" in address:
            continue
        for found in addresses(answer.text) - {"/"}:
            assert found.startswith(("/cases/harbour/", "#", "?")), f"{address} leads to {found}"
            plain = found.partition("#")[0]
            bare = plain.partition("?")[0]
            if plain and bare not in seen:
                seen.add(bare)
                waiting.append(plain)
    assert f"/cases/harbour/questions/{ROOM.question.id}" in seen
    assert "/cases/harbour/static/desk.css" in seen


def test_what_is_decided_in_one_case_stays_in_it(desk: httpx.Client, folder: Path) -> None:
    answer = desk.post("/cases/harbour/views", data={"name": "mine", "view": "/?status=denied"})
    assert answer.headers["location"] == "/cases/harbour/views"
    assert "/cases/harbour/?status=denied" in addresses(desk.get("/cases/harbour/views").text)
    assert "mine" not in desk.get("/cases/north%20sea/views").text


def test_a_case_is_begun_in_the_browser(desk: httpx.Client, folder: Path) -> None:
    answer = desk.post("/cases", data={"name": " Залив 2 "}, follow_redirects=True)
    assert "This case is empty" in answer.text
    assert "Залив 2" in desk.get("/").text
    for name, said in (("harbour", "there already"), ("../up", "cannot be"), (".x", "cannot be"), ("", "")):
        refused = desk.post("/cases", data={"name": name})
        assert refused.status_code in (400, 422)
        assert said in refused.text
    assert not (folder.parent / "up").exists()


def test_who_may_ask_is_as_for_one_case(desk: httpx.Client) -> None:
    for path in ("/", "/cases/harbour/"):
        assert desk.get(path, headers={"Host": "elsewhere.example"}).status_code == 400
        assert desk.get(path, headers={"Host": "desk.office"}).status_code == 200
        assert "default-src 'self'" in desk.get(path).headers["content-security-policy"]
    forged = {"Origin": "https://elsewhere.example"}
    for path in ("/cases", "/cases/harbour/views"):
        assert desk.post(path, data={"name": "x", "view": "/"}, headers=forged).status_code == 403


@pytest.mark.parametrize("path", ["/cases/nobody/", "/cases/notes/", "/cases/../secret/", "/cases/%2e%2e/"])
def test_a_case_that_is_not_there_is_said(desk: httpx.Client, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["serve", "--cases", str(tmp_path / "none")])
    assert isinstance(result.exception, SecondSourceError)
    assert "is no folder" in str(result.exception)


def test_a_person_goes_from_case_to_case(desk: httpx.Client, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(str(desk.base_url))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(CONTRAST) == []
    page.get_by_role("link", name="harbour").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Did engines").click()
    expect(page.get_by_role("heading", name="From first report to last copy")).to_be_visible()
    page.get_by_role("link", name="Cases").click()
    page.get_by_label("Begin a case").fill("second")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This case is empty")).to_be_visible()
    expect(page).to_have_url(re.compile("/cases/second/$"))
