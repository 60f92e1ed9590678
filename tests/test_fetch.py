"""Pages from an address: captured with what the server said, from the open network alone, within limits."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from secondsource import Desk, fetch
from secondsource.cli import run
from secondsource.errors import LimitError, ReadError

PAGE = (
    "<html><head><title>Kesh</title></head><body><article><h1>Kesh closed</h1><p>The port of Kesh is closed, "
)
PAGE += "the harbour office said on Monday.</p></article></body></html>"


class Server(BaseHTTPRequestHandler):
    """Answers by path; each answer is one a hostile or a plain server gives."""

    def do_GET(self) -> None:
        there = {"/page": self.page, "/moved": self.moved, "/round": self.round, "/away": self.away}
        there |= {"/vast": self.vast, "/slow": self.slow}
        there.get(self.path.partition("?")[0], self.nothing)()

    def page(self) -> None:
        self.answer(200, PAGE.encode(), ("Content-Type", "text/html; charset=utf-8"), ("ETag", '"kesh-1"'))

    def moved(self) -> None:
        self.answer(302, b"", ("Location", "/page?from=moved"))

    def round(self) -> None:
        self.answer(302, b"", ("Location", "/round"))

    def away(self) -> None:
        self.answer(302, b"", ("Location", "file:///etc/passwd"))

    def vast(self) -> None:
        self.answer(200, b"word " * 1_000_000, ("Content-Type", "text/plain"))

    def slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def nothing(self) -> None:
        self.answer(404, b"nothing here")

    def answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def captured(url: str) -> bytes:
    return fetch.capture(url, agent="test", allow_private=True)


def test_a_page_becomes_a_document_with_its_address_headers_and_time(site: str, tmp_path: Path) -> None:
    with Desk(tmp_path / "case") as desk:
        report = desk.ingest([f"{site}/moved"], allow_private=True)
        assert [one.outcome for one in report.arrivals] == ["container", "read"]
        (page,) = desk.documents("read")
        assert (page.title, page.reading.url) == ("Kesh closed", f"{site}/page?from=moved")
        assert desk.claims(page.id)
        (capture,) = desk.captures(page.id)
        (outer,) = desk.captures(str(capture.parent))
        assert (capture.kind, capture.origin) == ("response", f"{site}/page?from=moved")
        assert str(capture.captured).endswith("Z")
        assert (outer.kind, outer.origin) == ("url", f"{site}/moved")
        data = desk.store().blobs.get(outer.document)
        assert data
        assert desk.verify() == []
    records = [
        (record.rec_type, record.http_headers and record.http_headers.get_header("ETag"))
        for record in ArchiveIterator(io.BytesIO(data))
    ]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "request", "response", "request"]
    assert ("response", '"kesh-1"') in records


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "127.1.2.3:81"])
def test_an_address_of_this_machine_is_refused(host: str) -> None:
    with pytest.raises(ReadError, match=r"is an address of this machine or a private network|cannot be"):
        fetch.capture(f"http://{host}/x", agent="test")


PRIVATE = [
    *("192.168.1.1", "172.16.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
    *("fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1"),
]


@pytest.mark.parametrize("found", PRIVATE)
def test_a_name_that_stands_for_a_private_address_too_is_refused(
    found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = [(socket.AF_INET, 1, 6, "", (address, 80)) for address in ("93.184.216.34", found)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    with pytest.raises(ReadError, match="is an address of this machine or a private network"):
        fetch.capture("http://rebinding.example/", agent="test")


def test_a_redirect_is_checked_again(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def looked_up(url: str, host: str, port: int, allow_private: bool) -> str:
        asked.append(url)
        if len(asked) > 1:
            raise ReadError(f"{url}: refused")
        return "127.0.0.1"

    monkeypatch.setattr(fetch, "_looked_up", looked_up)
    with pytest.raises(ReadError, match="refused"):
        captured(f"{site}/moved")
    assert asked == [f"{site}/moved", f"{site}/page?from=moved"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nowhere", "the server answers 404 Not Found"),
        ("/round", "more than 8 redirects"),
        ("/away", "only plain http and https addresses are fetched"),
    ],
)
def test_what_is_no_page_is_refused(site: str, path: str, reason: str) -> None:
    with pytest.raises((ReadError, LimitError), match=reason):
        captured(f"{site}{path}")


def test_size_and_time_are_capped(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 1 << 20)
    with pytest.raises(LimitError, match="has over 1 MiB, the most that is fetched"):
        captured(f"{site}/vast")
    monkeypatch.setattr(fetch, "MOST_SECONDS", 1.0)
    started = time.monotonic()
    with pytest.raises((ReadError, LimitError)):
        captured(f"{site}/slow")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("url", ["http://user:word@example.org/", "http:///x", "https://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ReadError, match="only plain http and https"):
        fetch.capture(url, agent="test")


def test_the_command_says_why_and_keeps_nothing(
    site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["ingest", f"{site}/page", "--only", "read", "--case", str(tmp_path / "case")]
    assert run(command) == 1
    assert "--allow-private lets it be fetched" in capsys.readouterr().err
    assert run([*command, "--allow-private"]) == 0
    assert "1 read, 1 opened." in capsys.readouterr().out
