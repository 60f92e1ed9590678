"""The queue of entity pairs as a person sees and uses it: with a key, with a button, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

import newsroom
from secondsource import Desk
from test_judging import fill

CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
QUEUE = "/judgements/entities"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    with Desk(tmp_path / "case") as desk:
        fill(desk)
    with newsroom.serving(tmp_path / "case") as client:
        yield client


@pytest.fixture
def address(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/")


def test_one_key_decides_and_the_next_pair_comes(page: Page, address: str) -> None:
    page.goto(f"{address}{QUEUE}")
    assert page.url.endswith(QUEUE)
    first = page.locator(".side h2").all_inner_texts()
    assert page.locator(".side mark").all_inner_texts() == first
    page.keyboard.press("d")
    expect(page.locator("#made li")).to_have_count(1)
    assert page.locator(".side h2").all_inner_texts() != first
    assert "to be two" in page.locator("#made li").inner_text()
    expect(page.locator(".stale")).to_contain_text("not in the questions yet")


def test_what_is_typed_as_a_reason_decides_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}{QUEUE}")
    page.get_by_label("Why").press_sequentially("sounds dubious")
    expect(page.locator("#made")).to_have_count(0)
    page.get_by_role("button", name="One thing").click()
    expect(page.locator("#made li")).to_contain_text("sounds dubious")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("#made li")).to_contain_text("Taken back")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_has_contrast_and_fits_a_narrow_screen(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 400, "height": 900})
    page.goto(f"{address}{QUEUE}")
    assert page.evaluate(CONTRAST) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.close()


def test_it_works_without_a_script(client: httpx.Client) -> None:
    html = client.get(QUEUE).text
    assert 'name="decision" value="positive"' in html
    action = html.split('id="verdict" method="post" action="')[1].split('"')[0]
    answer = client.post(action, data={"decision": "positive", "reason": "one desk"})
    assert answer.status_code == 303
    assert "one desk" in client.get(answer.headers["location"]).text
    assert [one["reason"] for one in client.get("/api/judgements/entities").json()] == ["one desk"]
    (pair, *_) = client.get("/api/judgements/entities/pairs").json()
    assert {"left", "right", "reasons"} <= pair.keys()
    again = client.post(action, data={"decision": "positive"})
    assert again.status_code == 404
    assert client.get(f"{QUEUE}?skip=200").status_code == 200


def test_a_page_from_elsewhere_can_judge_nothing(client: httpx.Client) -> None:
    html = client.get(QUEUE).text
    action = html.split('id="verdict" method="post" action="')[1].split('"')[0]
    headers = {"Origin": "https://elsewhere.example"}
    answer = client.post(action, data={"decision": "positive"}, headers=headers)
    assert answer.status_code == 403
    assert 'id="made"' not in client.get(QUEUE).text


@pytest.mark.parametrize(
    "given", [{"decision": "guilty"}, {}, {"decision": "positive", "reason": "x" * 3_000}]
)
def test_what_is_no_verdict_is_refused(client: httpx.Client, given: dict[str, str]) -> None:
    html = client.get(QUEUE).text
    action = html.split('id="verdict" method="post" action="')[1].split('"')[0]
    assert client.post(action, data=given).status_code == 422
    assert 'id="made"' not in client.get(QUEUE).text
