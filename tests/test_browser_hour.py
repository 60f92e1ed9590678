"""The first hour at the desk: with a mouse, and with a keyboard alone.

Files of the sample case are taken in, one is read, a claim corrected, a pair judged, an origin
followed to its copy, a name screened, a view kept, a dossier written.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import newsroom
from secondsource import Desk

SAMPLES = ("01-meldwire-quelmar.html", "02-velmond-post-quelmar.html", "08-quelmar-telegraph-denial.html")
NOTES = {
    "port-note.txt": "The harbour master, Boris Gesralov, said on Monday that the port of Kesh is closed. "
    "Ana Bronwell and Cem Dahlgren stood beside him.\n",
    "port-notice.txt": "The port of Kesh is closed, said Boris Gesalov, the harbour master. "
    "Ana Bronwell and Cem Dahlgren confirmed the date.\n",
}
"""Two invented notes in which one name may be a slip for the other: a pair to judge."""

SOON = 90_000  # milliseconds: other work may have the machine


class Hand(ABC):
    """How a person acts on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def press(self, what: Locator) -> None: ...

    @abstractmethod
    def write(self, field: Locator, words: str) -> None: ...

    @abstractmethod
    def verdict(self, button: str, key: str) -> None: ...


class Mouse(Hand):
    def press(self, what: Locator) -> None:
        what.click()

    def write(self, field: Locator, words: str) -> None:
        field.fill(words)

    def verdict(self, button: str, key: str) -> None:
        self.page.get_by_role("button", name=button).click()


class Keyboard(Hand):
    """Goes everywhere by the Tab key, as a person without a pointer does."""

    def press(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, words: str) -> None:
        self._reach(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def verdict(self, button: str, key: str) -> None:
        self.page.keyboard.press(key)

    def _reach(self, what: Locator, most: int = 600) -> None:
        expect(what).to_be_visible()
        wanted = what.element_handle()
        for _ in range(most):
            if self.page.evaluate("wanted => document.activeElement === wanted", wanted):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} is not reached by the Tab key")


HANDS = (Mouse, Keyboard)


def at(hand: Hand, section: str) -> Page:
    """Go to a section of the desk by its link in the masthead."""
    hand.press(hand.page.get_by_role("navigation", name="Desk").get_by_role("link", name=section, exact=True))
    hand.page.wait_for_load_state()
    return hand.page


def worked(page: Page) -> None:
    """Wait until the page says no more of work that goes on."""
    page.wait_for_url("**/documents#work")
    expect(page.locator("[data-events]")).to_have_count(0, timeout=SOON)


def take_in(hand: Hand, files: Sequence[Path]) -> None:
    page = at(hand, "Documents")
    expect(page.get_by_role("heading", name="This case is empty")).to_be_visible()
    with page.expect_file_chooser() as chosen:
        hand.press(page.get_by_label("Put files in"))
    chosen.value.set_files(files)
    hand.press(page.get_by_role("button", name="Take them in"))
    expect(page.get_by_role("link", name=re.compile("port-note.txt"))).to_be_visible(timeout=SOON)
    worked(page)
    expect(page.locator("tbody tr")).to_have_count(len(files), timeout=SOON)


def correct(hand: Hand) -> None:
    page = hand.page
    hand.press(page.get_by_role("link", name="port-note.txt"))
    expect(page.locator("#text")).to_contain_text("the port of Kesh is closed")
    claim = page.locator(".claim", has_text="the port of Kesh is closed").first
    hand.press(claim.locator("summary", has_text="Correct"))
    form = claim.locator("form.correct")
    hand.write(form.get_by_label("Source", exact=True), "the office of the harbour")
    hand.write(form.get_by_label("Why"), "its own name")
    hand.press(form.get_by_role("button", name="Keep the correction"))
    expect(page.locator(".says", has_text="the office of the harbour")).to_be_visible()
    expect(page.get_by_text("1 correction is not in the questions yet")).to_be_visible()
    hand.press(page.get_by_role("button", name="Count origins again"))
    worked(page)


def judge(hand: Hand) -> None:
    page = at(hand, "Judgements")
    hand.press(page.get_by_role("link", name="Pairs of entities that may be one"))
    expect(page.locator(".side h2")).to_have_count(2)
    assert sorted(page.locator(".side h2").all_inner_texts()) == ["Boris Gesalov", "Boris Gesralov"]
    hand.verdict("One thing", "s")
    expect(page.locator("#made li")).to_contain_text("Boris Gesralov")


def follow(hand: Hand) -> None:
    page = at(hand, "Questions")
    hand.press(page.get_by_role("link", name=re.compile("assembled at a plant")).first)
    expect(page.get_by_role("heading", name="From first report to last copy")).to_be_visible()
    copy = page.locator(".tree ol ol a").first
    expect(page.locator(".tree mark").first).to_be_visible()
    hand.press(copy)
    page.wait_for_url("**/documents/*")
    expect(page.locator("#text")).to_be_visible()


def screen(hand: Hand) -> None:
    page = at(hand, "Screening")
    hand.write(page.get_by_label("Name", exact=True), "Rustel Gavdoyev")
    hand.press(page.get_by_role("button", name="Screen", exact=True))
    expect(page.get_by_text("Potential match of").first).to_be_visible()
    hand.write(page.get_by_label("Reason").first, "no date of birth in the reports")
    hand.press(page.get_by_role("button", name="unsure").first)
    expect(page.get_by_role("button", name="unsure").first).to_have_attribute("aria-pressed", "true")


def keep_view(hand: Hand) -> None:
    page = at(hand, "Search")
    hand.write(page.get_by_role("searchbox"), "harbour")
    hand.press(page.get_by_role("button", name="Search"))
    expect(page.locator(".hits mark").first).to_have_text(re.compile("harbour", re.IGNORECASE))
    hand.press(page.get_by_role("link", name="Views"))
    expect(page.get_by_label("Address")).to_have_value(re.compile(r"^/search\?q=harbour"))
    hand.write(page.get_by_label("Name"), "the harbour")
    hand.press(page.get_by_role("button", name="Keep"))
    hand.press(page.get_by_role("link", name="the harbour"))
    expect(page).to_have_url(re.compile(r"/search\?q=harbour"))


def write_dossier(hand: Hand) -> dict[str, object]:
    page = at(hand, "Questions")
    expect(page.locator("article")).not_to_have_count(0)
    with page.expect_download() as kept:
        hand.press(page.locator("#list").get_by_role("link", name="JSON"))
    dossier: dict[str, object] = json.loads(kept.value.path().read_text("utf-8"))
    return dossier


@pytest.mark.parametrize("kind", HANDS, ids=["mouse", "keyboard"])
def test_the_first_hour(page: Page, tmp_path: Path, sample: Path, kind: type[Hand]) -> None:
    for name, text in NOTES.items():
        (tmp_path / name).write_text(text, "utf-8")
    files = [*(sample / "documents" / name for name in SAMPLES), *(tmp_path / name for name in NOTES)]
    with Desk(tmp_path / "first") as desk:
        desk.add_list(sample / "lists" / "sdn.csv")
    hand = kind(page)
    with newsroom.serving(tmp_path / "first") as client:
        page.goto(f"{client.base_url}/")
        take_in(hand, files)
        correct(hand)
        judge(hand)
        follow(hand)
        screen(hand)
        keep_view(hand)
        dossier = write_dossier(hand)
        page.close()  # before its desk ends
    said = json.dumps(dossier)
    assert "assembled at a plant" in said
    assert "the office of the harbour" in said
