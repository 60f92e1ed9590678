"""Fixtures that all tests share, and two rules for the whole run.

Tests work on real files: the sample case in ``examples/``, files built on the spot, and the
annotated material beside the checkout (`shared`), without which they skip and say so.  No
test may reach another machine, and with ``CI=true`` no test may skip for want of a browser.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import offline
from secondsource import Desk

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
OURS = re.compile(r"http://127\.0\.0\.1:\d+/|data:")
MEANT = re.compile(r"status of 4\d\d")  # of a page that a test asks for because it is refused

offline.forbid()


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine() -> Iterator[None]:
    offline.attempts.clear()
    yield
    assert offline.attempts == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and "chromium" in str(report.longrepr).lower():
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{item.nodeid} needs a browser, and CI is to have one: {reason}"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    """The fictional sample case."""
    return root / "examples" / "drovia"


@pytest.fixture(scope="session")
def answered(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample case carried through to its questions, for tests that only read it."""
    with Desk(tmp_path_factory.mktemp("answered") / "case") as desk:
        desk.ingest([sample / "documents"])
        yield desk


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The annotated corpora and lists beside the checkout, never part of the project."""
    folder = Path(os.environ.get("SECONDSOURCE_SHARED", root.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("no folder 'shared' beside the checkout: its corpora are needed here")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that tests may drive."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no chromium on this machine: the pages are not looked at")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A Chromium; of a module and not of the run, since its event loop would be in the way of others."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails at the end on an error, or a request to any other host.

    The desk that a test names begins before its page and so ends after it: else the last page's
    style or script, still asked for when the test is over, is refused and counts as an error.
    """
    for name in ("desk", "address"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
    opened = browser.new_page(viewport={"width": 1360, "height": 900})
    faults = watched(opened)
    yield opened
    opened.close()
    assert faults == []


def watched(page: Page) -> list[str]:
    """What goes wrong on a page from now on: errors, and requests to any other host."""
    faults: list[str] = []
    page.on(
        "console",
        lambda said: (
            faults.append(said.text) if said.type == "error" and not MEANT.search(said.text) else None
        ),
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if OURS.match(asked.url) else faults.append(asked.url))
    return faults
