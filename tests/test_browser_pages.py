"""Every page of the desk looked at by axe, and the first hour walked through, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import newsroom
from newsroom import Newsroom
from test_browser import NARROW, QUIET, WIDE

AXE = Path(__file__).parent.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
ROOM = Newsroom()
FIXED = (
    "/",
    "/?q=nothing",
    "/search",
    "/search?q=engines",
    "/documents",
    "/documents?status=failed",
    "/entities",
    "/timeline",
    "/timeline?of=publication",
    "/network",
    "/map",
    "/goods",
    "/screening",
    "/judgements",
    "/judgements/entities",
    "/ledger",
    "/views",
    "/nowhere",
)
PAGES = (
    *FIXED,
    f"/questions/{ROOM.question.id}",
    f"/questions/{ROOM.question.id}/changes",
    f"/entities/{ROOM.works.id}",
    *(f"/documents/{document.id}" for document in (ROOM.wire, ROOM.hostile, ROOM.failed)),
)
REPORT = (
    "The harbour office said on Monday that the port of Kesh is closed. "
    "A pilot, Ruvim Dalk, denied that the port is closed.\n"
)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails at the end on an error, or a request to any other host."""
    opened = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    faults: list[str] = []
    expected = re.compile(r"http://127\.0\.0\.1:\d+/|data:")
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda asked: None if expected.match(asked.url) else faults.append(asked.url))
    yield opened
    opened.close()
    assert [fault for fault in faults if "status of 404" not in fault and "status of 409" not in fault] == []


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    case = tmp_path_factory.mktemp("pages") / "harbour"
    ROOM.store(case)
    with newsroom.serving(case) as client:
        yield str(client.base_url).rstrip("/")


def grave(page: Page) -> list[str]:
    """What axe finds that is serious or critical, with the element."""
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{each['id']}: {node['target']}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_axe_finds_nothing_serious_on_any_page(
    browser: Browser, address: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there: `npm ci` in frontend/ fetches it, as building the desk does")
    # The desk's own policy lets no foreign script in, and axe is one.
    opened = browser.new_page(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    opened.emulate_media(color_scheme=scheme)
    for each in PAGES:
        opened.goto(f"{address}{each}")
        opened.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        opened.add_script_tag(path=AXE)
        assert grave(opened) == [], each
    opened.close()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_fits_its_window(page: Page, address: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for each in PAGES:
        page.goto(f"{address}{each}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], each


def test_the_first_hour(page: Page, tmp_path: Path) -> None:
    """Take a report in, read it, correct a claim, follow an origin, search, and keep the view."""
    report = tmp_path / "kesh.txt"
    report.write_text(REPORT, "utf-8")
    with newsroom.serving(tmp_path / "first") as client:
        page.goto(f"{client.base_url}/documents")
        expect(page.get_by_role("heading", name="This case is empty")).to_be_visible()
        page.get_by_label("Put files in").set_input_files(report)
        page.get_by_role("button", name="Take them in").click()
        expect(page.get_by_role("link", name="kesh.txt")).to_be_visible(timeout=90_000)
        expect(page.locator("#work progress")).to_have_count(0, timeout=90_000)
        page.get_by_role("link", name="kesh.txt").click()
        page.locator(".claim").first.get_by_text("Correct", exact=True).click()
        form = page.locator(".claim").first.locator("form.correct")
        form.get_by_label("Source", exact=True).fill("the office of the harbour")
        form.get_by_label("Why").fill("its own name")
        form.get_by_role("button", name="Keep the correction").click()
        expect(page.locator(".says", has_text="the office of the harbour")).to_be_visible()
        expect(page.get_by_text("1 correction is not in the questions yet")).to_be_visible()
        page.get_by_role("button", name=re.compile("Take back")).click()
        expect(page.locator(".says", has_text="the office of the harbour")).to_have_count(0)
        page.goto(f"{client.base_url}/?every=1")
        page.locator("article h2 a").first.click()
        expect(page.get_by_role("heading", name="From first report to last copy")).to_be_visible()
        expect(page.locator("#what-changed, #changes h2").first).to_be_attached()
        page.goto(f"{client.base_url}/search?q=pilot")
        expect(page.locator(".hits mark").first).to_have_text("pilot")
        page.get_by_role("link", name="Views").click()
        expect(page.get_by_label("Address")).to_have_value("/search?q=pilot")
        page.get_by_label("Name").fill("the pilot")
        page.get_by_role("button", name="Keep").click()
        page.get_by_role("link", name="the pilot").click()
        expect(page).to_have_url(re.compile(r"/search\?q=pilot$"))


def test_marked_words_become_a_claim_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/documents/{ROOM.wire.id}")
    page.evaluate(
        """() => { const text = document.getElementById('text');
        const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT); let node;
        while ((node = walk.nextNode())) { const at = node.data.indexOf('They left in May');
          if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + 16); return; } } }"""
    )
    page.get_by_role("button", name="Add a claim with these words").focus()
    page.keyboard.press("Enter")
    add = page.locator("#add form")
    expect(add.get_by_label("Words of the claim")).to_have_value("They left in May")
    expect(add.get_by_label("Words of the claim")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Harbour Wire")
    page.keyboard.press("Enter")
    expect(page.locator(".claim", has_text="They left in May")).to_contain_text("Harbour Wire asserts")
    page.get_by_role("button", name=re.compile("Take back")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".claim", has_text="They left in May")).to_have_count(0)


def test_a_cell_of_the_matrix_shows_its_words_on_hover_and_on_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/questions/{ROOM.question.id}")
    cell = page.locator(".sources .cell").first
    said = page.locator(".sources .said").first
    assert said.bounding_box()["width"] <= 1  # type: ignore[index]
    cell.focus()
    assert said.bounding_box()["width"] > 100  # type: ignore[index]
    expect(said).to_contain_text(ROOM.shipped.content.text)


def test_files_can_be_dropped_on_the_page(page: Page, tmp_path: Path) -> None:
    with newsroom.serving(tmp_path / "drop") as client:
        page.goto(f"{client.base_url}/documents")
        page.evaluate(
            """words => { const data = new DataTransfer();
            data.items.add(new File([words], 'dropped.txt', {type: 'text/plain'}));
            document.querySelector('main').dispatchEvent(
              new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: data})); }""",
            REPORT,
        )
        expect(page.get_by_role("link", name="dropped.txt")).to_be_visible(timeout=90_000)
