"""What is changed through the browser: corrections, files taken in, and who may not ask for either."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html  # type: ignore[import-untyped]

import newsroom
from newsroom import SHIPPED, Newsroom
from secondsource import Desk
from secondsource.config import Config
from secondsource.desk.working import safe_name

ROOM = Newsroom()
REPORT = b"The harbour office said on Monday that the port of Kesh is closed. A pilot denied it.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[httpx.Client]:
    ROOM.store(tmp_path / "harbour")
    with newsroom.serving(tmp_path / "harbour") as client:
        yield client


def words(answer: httpx.Response) -> str:
    return " ".join(html.document_fromstring(answer.text).text_content().split())


def form(desk: httpx.Client) -> dict[str, str]:
    """What the page sends where nothing is changed in the form of the first claim."""
    tree = html.document_fromstring(desk.get(f"/documents/{ROOM.wire.id}").text)
    (found,) = tree.xpath(f'//form[@action="/claims/{ROOM.shipped.id}"]')
    return dict(found.fields)


def test_a_correction_is_kept_shown_and_taken_back(desk: httpx.Client) -> None:
    sent = form(desk) | {"stance": "denies", "reason": "a slip"}
    answer = desk.post(f"/claims/{ROOM.shipped.id}", data=sent, follow_redirects=True)
    assert answer.status_code == 200
    shown = words(answer)
    assert "papers denies" in shown
    assert "1 correction is not in the questions yet" in shown
    assert "a slip" in shown
    tree = html.document_fromstring(answer.text)
    (undo,) = tree.xpath('//ul[@class="judgements"]//form/@action')
    assert "papers asserts" in words(desk.post(undo, follow_redirects=True))


def test_the_second_of_two_tabs_is_told(desk: httpx.Client) -> None:
    first, second = form(desk), form(desk)
    assert desk.post(f"/claims/{ROOM.shipped.id}", data=first | {"name": "a clerk"}).status_code == 303
    answer = desk.post(f"/claims/{ROOM.shipped.id}", data=second | {"name": "a pilot"})
    assert answer.status_code == 409
    assert "This claim was changed meanwhile by" in words(answer)
    assert SHIPPED in words(answer)  # what was written is not lost
    page = words(desk.get(f"/documents/{ROOM.wire.id}"))
    assert "a clerk asserts" in page
    assert "a pilot" not in page


def test_a_claim_is_added_and_deleted(desk: httpx.Client) -> None:
    sent = {"words": "They left in May", "near": "100", "name": "the writer"}
    answer = desk.post(f"/documents/{ROOM.wire.id}/claims", data=sent, follow_redirects=True)
    assert "the writer asserts “They left in May”" in words(answer)
    sent = form(desk)
    answer = desk.post(f"/claims/{ROOM.shipped.id}/delete", data=sent, follow_redirects=True)
    assert "1 claim" in words(answer)
    assert "2 corrections" in words(answer)


def test_words_that_are_not_in_the_document_are_refused(desk: httpx.Client) -> None:
    answer = desk.post(f"/claims/{ROOM.shipped.id}", data=form(desk) | {"words": "<b>nowhere</b>"})
    assert answer.status_code == 400
    assert "do not stand in this document" in words(answer)
    assert "<b>" not in answer.text.replace("<b>harbour</b>", "")


def test_a_stance_that_is_none_is_said_in_a_page(desk: httpx.Client) -> None:
    answer = desk.post(f"/claims/{ROOM.shipped.id}", data=form(desk) | {"stance": "<guilty>"})
    assert answer.status_code == 422
    assert "This cannot be asked so: stance" in words(answer)


FORGED = (
    {"Origin": "http://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.mark.parametrize("headers", FORGED, ids=str)
@pytest.mark.parametrize("address", ["/derive", "/documents", f"/claims/{ROOM.shipped.id}/delete"])
def test_a_form_of_another_page_is_refused(desk: httpx.Client, headers: dict[str, str], address: str) -> None:
    answer = desk.post(address, data={"seen": ""}, headers=headers)
    assert answer.status_code == 403
    assert len(desk.get(f"/api/documents/{ROOM.wire.id}/claims").json()) == 1


def test_a_form_of_its_own_page_is_taken_and_no_cookie_is_asked_for(desk: httpx.Client) -> None:
    own = {"Origin": str(desk.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    answer = desk.post(f"/claims/{ROOM.shipped.id}/delete", data=form(desk), headers=own)
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    assert not desk.cookies


# Files


MANY = 150
"""Files whose reading takes long enough to be met at it."""


def until(true: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.01)


def test_files_come_in_through_the_browser_and_their_progress_is_told(tmp_path: Path) -> None:
    with newsroom.serving(tmp_path / "new") as desk:
        assert desk.get("/documents").status_code == 200
        files = [("files", ("kesh.txt", REPORT)), ("files", ("broken.pdf", b"%PDF-1.4 nothing"))]
        assert desk.post("/documents", files=files).status_code == 303
        with desk.stream("GET", "/work/events") as told:
            assert told.headers["content-type"].startswith("text/event-stream")
            said = "".join(told.iter_text())
        assert "event: done" in said
        listed = words(desk.get("/documents"))
        assert "kesh.txt" in listed
        assert "broken.pdf failed" in listed
        assert len(desk.get("/api/questions").json()) > 0
        assert not list((tmp_path / "new" / "incoming").glob("*"))


def test_a_server_started_again_carries_on(tmp_path: Path) -> None:
    case = tmp_path / "case"
    with newsroom.serving(case) as desk:
        files = [("files", (f"{n}.txt", REPORT + str(n).encode())) for n in range(MANY)]
        desk.post("/documents", files=files)
        with Desk(case) as seen:
            until(lambda: (work := seen.work()) is not None and work.stage == "read" and work.done > 1)
            os.kill(seen.work().pid, signal.SIGKILL)  # type: ignore[union-attr]
            until(lambda: "was cut off" in desk.get("/documents").text)
            assert 0 < len(seen.uploads()) < MANY
    with newsroom.serving(case), Desk(case) as seen:
        until(lambda: not seen.pending)
        assert seen.counts()["documents"] == MANY
        assert seen.counts()["questions"] > 0


def test_a_file_over_the_limit_is_refused_in_one_clear_page(tmp_path: Path) -> None:
    small = Config(file_limit=1000)
    with newsroom.serving(tmp_path / "case", config=small) as desk:
        one = desk.post("/documents", files=[("files", ("a.txt", b"x" * 1500))])
        assert one.status_code == 413
        assert "a.txt is larger than 0 MiB, the most that a file may have here" in words(one)
        whole = desk.post("/documents", files=[("files", ("a.txt", b"x" * 900_000))])
        assert whole.status_code == 413
        assert "These files have 1 MiB together" in words(whole)
        assert desk.post("/documents", data={"files": ""}).status_code == 400
        assert not list((tmp_path / "case" / "incoming").glob("*"))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\a.txt", "a.txt"),
        (".hidden", "hidden"),
        ("a\x00b\n.txt", "txt"),
        ("", "file-3"),
        ("/", "file-3"),
        ("x" * 400 + ".txt", "x" * 146 + ".txt"),
    ],
)
def test_a_name_from_a_browser_stays_in_its_folder(name: str, kept: str, tmp_path: Path) -> None:
    made = safe_name(name, 3, tmp_path)
    assert made == kept
    assert "/" not in made
    (tmp_path / made).touch()
    assert safe_name(name, 4, tmp_path) != made


def test_a_failed_file_is_tried_again(desk: httpx.Client, tmp_path: Path) -> None:
    assert desk.post("/documents/retry").status_code == 303
    with Desk(tmp_path / "harbour") as seen:
        until(lambda: not seen.pending)


# Bytes and pages


def test_original_bytes_are_saved_and_never_run(tmp_path: Path, root: Path) -> None:
    pdf = root / "examples" / "drovia" / "documents" / "10-waybill-watch-report.pdf"
    with Desk(tmp_path / "case") as desk:
        desk.ingest([pdf], only="read")
        id = desk.documents()[0].id
    with newsroom.serving(tmp_path / "case") as client:
        answer = client.get(f"/documents/{id}/bytes")
        assert answer.content == pdf.read_bytes()
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-type"] == "application/octet-stream"
        picture = client.get(f"/documents/{id}/pages/1.png")
        assert picture.content.startswith(b"\x89PNG\r\n")
        page = html.document_fromstring(client.get(f"/documents/{id}/pages/1").text)
        assert page.xpath('//*[local-name()="rect"]')
        assert client.get(f"/documents/{id}/pages/99").status_code == 404
        assert client.get(f"/documents/{id}/pages/99.png").status_code == 422
