"""Files made to harm (``hostile.py``): each ends within its limits, and the next one is read."""

from __future__ import annotations

import os
import re
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]

import hostile
import newsroom
from secondsource import Desk
from secondsource.config import Config
from secondsource.ingest import ingest
from secondsource.isolation import Isolation, Limits
from secondsource.store import Store, verify

MIB = 1 << 20
MEMORY = 512 * MIB  # of one file, resident
LIMITS = Limits(cpu=4, wall=15)
GOOD = b"The port is closed, the ministry said."
SMALL = 20_000  # bytes: what is taken into a case whole, to see what comes of it there

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are held on Linux alone")


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    with Isolation(LIMITS) as isolation:
        yield isolation


def _made(name: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of zipfile, on two members of one name
        return hostile.MAKERS[name]()


def _peak(isolation: Isolation, child: int) -> int:
    """The most memory that the process which read the file held."""
    assert isolation._child
    status = Path(f"/proc/{child}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1024


def test_there_are_sixty_files() -> None:
    assert len(hostile.MAKERS) >= 60


@pytest.mark.parametrize("name", hostile.MAKERS)
def test_a_hostile_file_ends_within_its_limits_and_the_next_is_read(isolation: Isolation, name: str) -> None:
    data = _made(name)
    isolation.take(GOOD, "a.txt")
    child = isolation._child
    assert child
    started = time.monotonic()
    taken = isolation.take(data, name)
    assert time.monotonic() - started < LIMITS.wall + 5
    assert taken.reading or taken.refusal
    peak = _peak(isolation, child._id) if isolation._child is child else child.memory
    assert peak < MEMORY, f"{peak / MIB:.0f} MiB"
    if isolation._child:
        isolation._child.left = 0  # a fresh process for the next one, whose memory is its own
    assert isolation.take(GOOD, "a.txt").reading


def _files(folder: Path) -> set[str]:
    return {os.path.join(where, name) for where, _, names in os.walk(folder) for name in names}


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of every small hostile file; nothing may have been written beside it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "files").mkdir()
    for name in hostile.MAKERS:
        data = _made(name)
        small = len(data) < SMALL or name == "names.zip"
        if small and not name.endswith(("bomb.tar.xz", "bomb.png", "vast.tif")):
            (folder / "files" / name).write_bytes(data)
    (folder / "files" / "zz-good.txt").write_bytes(GOOD)
    before = _files(folder), set(os.listdir("/tmp")), set(os.listdir(folder.parent))
    store = Store.open(folder / "case", Config())
    report = ingest(store, [folder / "files"])
    store.close()
    after = {path for path in _files(folder) if "/case/" not in path}
    assert (after, set(os.listdir(folder.parent))) == (before[0], before[2])
    assert "escaped.txt" not in " ".join(set(os.listdir("/tmp")) - before[1])
    assert report.arrivals[-1].outcome == "read"
    return folder


def test_every_file_is_a_document_and_the_case_is_as_it_says(taken_in: Path) -> None:
    store = Store.open(taken_in / "case")
    paths = {document.path for document in store.documents()} | {one.path for one in store.custody.captures()}
    missing = {str(path) for path in (taken_in / "files").iterdir()} - paths
    assert missing == set()
    assert list(verify(store)) == []
    store.close()


def test_no_script_of_a_document_is_markup_in_the_desk(taken_in: Path) -> None:
    with Desk(taken_in / "case") as desk:
        shown = [one for one in desk.documents() if "scripts" in one.path or "names.zip" in one.path]
    assert len(shown) > 3
    with newsroom.serving(taken_in / "case") as web:
        for document in shown:
            page = html.document_fromstring(web.get(f"/documents/{document.id}").text)
            assert all(script.get("src", "").startswith("/static/") for script in page.iter("script"))
            for element in page.iter():
                assert not [name for name in element.attrib if name.startswith("on")]
                links = [element.get(name, "") for name in ("href", "src", "action", "srcdoc", "style")]
                assert not [link for link in links if "javascript:" in link or "beacon.example" in link]
