"""Every page of the desk looked at by axe, and read without a script; what a script adds, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

import newsroom
from conftest import watched
from newsroom import Newsroom
from secondsource.model import Document
from test_browser import NARROW, WIDE

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
TURNED = "\u202e"  # RIGHT-TO-LEFT OVERRIDE, left open
# Words with an open override, after which something else stands in the same line.
LEAKS = """() => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const node = walk.currentNode; if (!node.data.includes('\\u202e')) continue;
    let held = node, after = node.data.split('\\u202e').pop().replace(/^[^“”",;.:·(]*/, '');
    for (;;) { const style = getComputedStyle(held.parentElement);
      for (let next = held.nextSibling; next; next = next.nextSibling) {
        if (next.nodeType === 1 && !getComputedStyle(next).display.startsWith('inline')) break;
        after += next.nodeType === 1 ? next.textContent : next.nodeType === 3 ? next.data : ''; }
      if (after.trim() || !style.display.startsWith('inline') || style.unicodeBidi !== 'normal') break;
      held = held.parentElement; }
    if (after.trim()) found.push(`${node.parentElement.outerHTML.slice(0, 99)} ⟶ ${after.slice(0, 40)}`); }
  return found; }"""
REPORT = (
    "The harbour office said on Monday that the port of Kesh is closed. "
    "A pilot, Ruvim Dalk, denied that the port is closed.\n"
)


def turn(document: Document) -> Document:
    reading = replace(document.reading, publisher=f"{TURNED}סלה", title=f"{TURNED}ידיעה")
    return replace(document, reading=reading)


class Turned(Newsroom):
    """The same case, its publishers, titles, sources and entity under names that turn the writing."""

    def _write_documents(self) -> None:
        super()._write_documents()
        turned = (turn(each) for each in self.documents)
        self.wire, self.copy, self.ministry, self.port, self.hostile, self.failed = turned
        self.documents = (self.wire, self.copy, self.ministry, self.port, self.hostile, self.failed)

    def _write_claims(self) -> None:
        super()._write_claims()
        turned = (replace(each, source_name=f"{TURNED}אורן לב") for each in self.claims)
        self.shipped, self.copied, self.denied, self.unaware, self.scripted = turned
        self.claims = (self.shipped, self.copied, self.denied, self.unaware, self.scripted)

    def _write_findings(self) -> None:
        super()._write_findings()
        self.works = replace(self.works, name=f"{TURNED}נרין", names=(f"{TURNED}נרין", "Nerrin Works"))

    def pages(self) -> tuple[str, ...]:
        found = (f"/questions/{self.question.id}", f"/entities/{self.works.id}", f"/documents/{self.wire.id}")
        return ("/", "/search?q=engines", "/documents", "/entities", "/timeline", "/network", *found)


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


def looked_at(page: Page, address: str) -> list[str]:
    """What axe finds at an address, with all that is folded away opened."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.add_script_tag(path=AXE)
    return grave(page)


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
        assert looked_at(opened, f"{address}{each}") == [], each
    opened.close()


def test_every_page_is_read_without_a_script(browser: Browser, address: str) -> None:
    """All that a page shows with a script stands in what the server sends, but what it fetches later.

    The buttons by which a picture is looked at closely are the script's own.
    """
    told: dict[bool, dict[str, str]] = {}
    for script in (True, False):
        opened = browser.new_page(java_script_enabled=script)
        faults = watched(opened)
        told[script] = {}
        for each in PAGES:
            opened.goto(f"{address}{each}")
            opened.evaluate("() => document.querySelectorAll('.nearer').forEach(one => one.remove())")
            told[script][each] = re.sub(r"\s+", " ", opened.locator("main").inner_text())
        opened.close()
        assert faults == []
    # Parts that a script fetches are pages of their own, to which a link leads without it.
    later = {f"/questions/{ROOM.question.id}": "What changed in the retelling"}
    later[f"/entities/{ROOM.works.id}"] = "Its links, as a table"
    assert {each for each in PAGES if told[True][each] != told[False][each]} <= later.keys()
    for each, link in later.items():
        assert link in told[False][each]


def test_a_name_that_turns_the_writing_turns_only_itself(browser: Browser, tmp_path: Path) -> None:
    """What stands after a right-to-left name in a line would else be read from the other side."""
    turned = Turned()
    turned.store(tmp_path / "case")
    opened = browser.new_page()
    with newsroom.serving(tmp_path / "case") as client:
        seen = 0
        for each in turned.pages():
            opened.goto(f"{client.base_url}{each}")
            seen += opened.locator("body").inner_text().count(TURNED)
            assert opened.evaluate(LEAKS) == [], each
    opened.close()
    assert seen > 10


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_fits_its_window(page: Page, address: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for each in PAGES:
        page.goto(f"{address}{each}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], each


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
        page.close()  # before its desk ends
