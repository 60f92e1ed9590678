"""The desk in a real Chromium: nothing loaded from elsewhere, no errors, readable without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

import newsroom
from conftest import watched
from newsroom import Newsroom
from secondsource.dossier import Contents, render

WIDE = (1360, 900)
NARROW = (390, 844)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return Newsroom()


@pytest.fixture(scope="module")
def desk(room: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    case = tmp_path_factory.mktemp("browser") / "harbour"
    room.store(case)
    with newsroom.serving(case) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="module")
def look(desk: str, browser: Browser) -> Open:
    """Opens an address; fails at the end on an error, or a request to any other host."""

    @contextmanager
    def opened(address: str, size: tuple[int, int] = WIDE, *, script: bool = True) -> Iterator[Page]:
        page = browser.new_page(
            base_url=desk,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
        )
        faults = watched(page)
        page.goto(address)
        yield page
        page.close()
        assert faults == []

    return opened


def addresses(room: Newsroom) -> list[str]:
    documents = [f"/documents/{document.id}" for document in (room.wire, room.hostile, room.failed)]
    fixed = ["/", "/?q=nothing", "/documents", "/entities", "/goods", "/screening?name=Nerrin+Works"]
    return [*fixed, f"/questions/{room.question.id}", f"/entities/{room.works.id}", *documents]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_fits_the_window_without_errors(
    look: Open, room: Newsroom, size: tuple[int, int], script: bool
) -> None:
    with look("/", size, script=script) as page:
        for address in addresses(room):
            page.goto(address)
            assert page.locator("h1").count() == 1
            assert page.locator("main").inner_text().strip()
            width = page.evaluate("document.documentElement.scrollWidth") if script else 0
            assert width <= size[0], address


def test_all_text_has_the_contrast_of_wcag_aa(look: Open, room: Newsroom) -> None:
    with look("/") as page:
        for address in addresses(room):
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert page.evaluate(CONTRAST) == [], f"{address}, {scheme}"


def test_a_match_is_decided_on_without_script(look: Open) -> None:
    with look("/screening?name=Nerrin+Works", script=False) as page:
        page.get_by_label("Reason").first.fill("another works of that name")
        page.get_by_role("button", name="a false positive").first.click()
        expect(page.get_by_text("another works of that name").first).to_be_visible()
        expect(page.get_by_text("Decided to be another").first).to_be_visible()


def test_without_script_the_filter_and_the_highlights_work(look: Open, room: Newsroom) -> None:
    with look("/", script=False) as page:
        page.get_by_label("Words").fill("lighthouse")
        page.get_by_role("button", name="Filter").click()
        expect(page).to_have_url(re.compile(r"\?q=lighthouse&"))
        expect(page.locator("article")).to_have_count(1)
    with look(f"/documents/{room.wire.id}", script=False) as page:
        page.locator("article .mark").click()
        expect(page).to_have_url(re.compile(f"#{room.shipped.id}$"))
        expect(page.locator(f"#{room.shipped.id}")).to_be_in_viewport()


def test_with_script_the_list_is_filtered_in_place(look: Open, room: Newsroom) -> None:
    with look("/") as page:
        page.evaluate("window.stayed = true")
        page.get_by_label("Words").press_sequentially("lighthouse")
        expect(page.locator("article")).to_have_count(1)
        expect(page.get_by_role("status")).to_contain_text("1 of 2 questions")
        expect(page).to_have_url(re.compile(r"q=lighthouse"))
        assert page.evaluate("window.stayed")
        page.get_by_label("Words").fill("engines")
        expect(page.get_by_role("heading", level=2)).to_have_text("Did engines reach Port Salla?")


def test_a_filtered_list_is_shown_again_from_its_address(look: Open) -> None:
    with look("/?q=lighthouse") as page:
        expect(page.get_by_label("Words")).to_have_value("lighthouse")
        page.get_by_role("link", name="Start again").click()
        expect(page.get_by_role("status")).to_contain_text("1 more stands in one report each, unopposed")
        page.get_by_role("link", name="show them too").click()
        expect(page.locator("article")).to_have_count(2)


def test_nothing_that_was_looked_at_is_kept_in_the_browser(look: Open) -> None:
    with look("/") as page:
        page.get_by_label("Words").press_sequentially("engines")
        expect(page).to_have_url(re.compile("q=engines"))  # else the list is replaced under the click
        expect(page.locator("article")).to_have_count(1)
        page.get_by_role("link", name="Did engines").click()
        page.wait_for_url("**/questions/*")
        assert page.evaluate("sessionStorage.getItem('htmx-history-cache')") in (None, "[]")
        assert page.evaluate("localStorage.length") == 0


def test_a_document_made_of_script_is_only_shown(look: Open, room: Newsroom) -> None:
    with look(f"/documents/{room.hostile.id}") as page:
        expect(page).to_have_title("<script>alert(1)</script> · Second Source")
        assert page.evaluate("document.getElementById('text').textContent") == room.hostile.text


def test_the_text_copied_from_the_page_has_no_numbers_in_it(look: Open, room: Newsroom) -> None:
    with look(f"/documents/{room.wire.id}") as page:
        assert page.evaluate("document.getElementById('text').textContent") == room.wire.text


def test_a_claim_lights_its_words(look: Open, room: Newsroom) -> None:
    with look(f"/documents/{room.wire.id}") as page:
        page.locator(f"#{room.shipped.id} blockquote").hover()
        expect(page.locator("article .mark.lit")).to_have_text(room.shipped.content.text)


def test_the_keyboard_reaches_the_content_and_shows_where_it_is(look: Open) -> None:
    with look("/") as page:
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Words")).to_be_focused()
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_numbers_in_the_text_are_reached_by_keyboard(look: Open, room: Newsroom) -> None:
    with look(f"/documents/{room.wire.id}") as page:
        number = page.get_by_role("article").get_by_role("link", name="Claim 1", exact=True)
        number.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"#{room.shipped.id}$"))


def test_print_leaves_out_what_only_a_screen_uses(look: Open) -> None:
    with look("/") as page:
        page.emulate_media(media="print")
        expect(page.locator(".filter")).to_be_hidden()
        expect(page.locator("article").first).to_be_visible()


def test_a_dossier_stands_alone(browser: Browser, room: Newsroom, tmp_path: Path) -> None:
    contents = Contents("harbour", "2031-06-01", room.questions, room.claims, room.documents, (room.works,))
    file = tmp_path / "dossier.html"
    file.write_text(render(contents), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("request", lambda asked: None if asked.url == file.as_uri() else faults.append(asked.url))
    page.goto(file.as_uri())
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("h3 .number").first.click()
    expect(page.locator(f"#{room.shipped.id}")).to_be_in_viewport()
    page.close()
    assert faults == []
