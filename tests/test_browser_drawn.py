"""Pictures looked at closely: what their script adds, and that it is loaded only where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import newsroom
from secondsource import Desk

SHOWN = "() => document.querySelector('.chart svg').viewBox.baseVal.width"


@pytest.fixture(scope="module")
def address(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    case = tmp_path_factory.mktemp("drawn") / "drovia"
    with Desk(case) as desk:
        desk.ingest([sample / "documents"])
    with newsroom.serving(case) as client:
        yield str(client.base_url).rstrip("/")


def button(page: Page, name: str) -> None:
    """Press a button of the picture by keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_a_picture_is_looked_at_closely_and_seen_whole_again(page: Page, address: str) -> None:
    page.goto(f"{address}/network")
    whole, size = (
        page.evaluate(SHOWN),
        page.evaluate("() => document.querySelector('.chart text').style.fontSize"),
    )
    button(page, "Nearer")
    assert page.evaluate(SHOWN) == pytest.approx(whole / 1.5)
    assert page.evaluate("() => document.querySelector('.chart text').style.fontSize") != size
    for _ in range(20):
        button(page, "Nearer")
    assert page.evaluate(SHOWN) == pytest.approx(whole / 12)
    button(page, "Farther")
    assert page.evaluate(SHOWN) == pytest.approx(whole / 8)
    button(page, "Whole")
    assert page.evaluate(SHOWN) == pytest.approx(whole)
    button(page, "Farther")
    assert page.evaluate(SHOWN) == pytest.approx(whole)


def test_the_wheel_is_the_pages_without_control(page: Page, address: str) -> None:
    page.goto(f"{address}/network")
    whole = page.evaluate(SHOWN)
    page.locator(".chart svg").hover()
    page.mouse.wheel(0, -100)
    assert page.evaluate(SHOWN) == whole
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function(f"whole => ({SHOWN})() < whole", arg=whole)


def test_a_row_that_has_the_focus_shows_its_links_in_the_picture(page: Page, address: str) -> None:
    page.goto(f"{address}/network")
    expect(page.locator(".chart .aside")).to_have_count(0)
    row = page.locator("table a[data-entity]").first
    about = row.get_attribute("data-entity")
    row.focus()
    near = page.locator(f".chart a[data-entity='{about}']")
    expect(near).to_have_count(1)
    expect(near).not_to_have_class("aside")
    touching = f"line[data-one='{about}'], line[data-other='{about}']"
    expect(page.locator(f".chart :is({touching}).aside")).to_have_count(0)
    lines = page.locator(".chart line[data-one]").count()
    expect(page.locator(".chart line.aside")).to_have_count(
        lines - page.locator(f".chart :is({touching})").count()
    )


@pytest.mark.parametrize(
    ("path", "drawn"), [("/network", True), ("/map", True), ("/timeline", True), ("/", False)]
)
def test_the_script_is_loaded_only_where_a_picture_is(
    page: Page, address: str, path: str, drawn: bool
) -> None:
    page.goto(f"{address}{path}")
    assert page.locator("script[src$='/drawn.js']").count() == drawn
