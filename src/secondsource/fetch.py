"""A page from an address that the user gives, as a WARC record of what the server answered.

This is the one part of the program that opens a connection, and only when it is asked to.  The
address is looked up once, and the connection goes to the address that was checked: a name that
changes its answer between the two leads nowhere.  Private, loopback and link-local addresses
are refused, at each redirect too; size and time are capped.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Timer
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from secondsource.errors import LimitError, ReadError

MIB = 1024 * 1024
MOST_BYTES = 64 * MIB  # of one answer, as the largest file that a reader takes
MOST_SECONDS = 60.0  # for an address with all its redirects
MOST_REDIRECTS = 8
STEP = 64 * 1024
SCHEMES = ("http://", "https://")
REDIRECTS = (301, 302, 303, 307, 308)


def is_address(path: object) -> bool:
    """True where a path that a user names is the address of a page."""
    return isinstance(path, str) and path.lower().startswith(SCHEMES)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status line and headers as they came, and its body."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request: tuple[tuple[str, str], ...]
    address: str

    @property
    def location(self) -> str | None:
        """Where it redirects to, absolute."""
        found = next((value for name, value in self.headers if name.lower() == "location"), None)
        return urljoin(self.url, found) if found and self.status in REDIRECTS else None


def capture(url: str, *, agent: str, allow_private: bool = False) -> bytes:
    """The WARC file of a page and of the redirects that led to it, request and response each.

    Raises ReadError where there is no page, LimitError where it is too large or too slow.
    """
    answers = list(_followed(url, agent, allow_private))
    if answers[-1].status >= 400 or answers[-1].location:
        raise ReadError(f"{url}: the server answers {answers[-1].status} {answers[-1].reason}".rstrip())
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    about = writer.create_warcinfo_record("capture.warc.gz", {"software": agent})
    writer.write_record(about)
    about.raw_stream.close()
    for answer in answers:
        _write(writer, answer)
    return target.getvalue()


def _write(writer: WARCWriter, answer: Answer) -> None:
    parts = urlsplit(answer.url)
    asked = StatusAndHeaders(f"GET {_target(parts)} HTTP/1.1", list(answer.request), is_http_request=True)
    line = f"{answer.status} {answer.reason}".rstrip()
    said = StatusAndHeaders(line, list(answer.headers), protocol="HTTP/1.1")
    response = writer.create_warc_record(
        answer.url,
        "response",
        io.BytesIO(answer.body),
        http_headers=said,
        warc_headers_dict={"WARC-IP-Address": answer.address},
    )
    request = writer.create_warc_record(answer.url, "request", http_headers=asked)
    writer.write_request_response_pair(request, response)
    for record in (request, response):
        record.raw_stream.close()  # which the writer has made a temporary file of


def _followed(url: str, agent: str, allow_private: bool) -> Iterator[Answer]:
    until = monotonic() + MOST_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        answer = _asked(url, agent, allow_private, until)
        yield answer
        if not answer.location:
            return
        url = answer.location
    raise LimitError(f"{url}: more than {MOST_REDIRECTS} redirects")


def _asked(url: str, agent: str, allow_private: bool, until: float) -> Answer:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ReadError(f"{url}: only plain http and https addresses are fetched")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = _looked_up(url, parts.hostname, port, allow_private)
        return _exchanged(url, parts, address, port, agent, until)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ReadError(f"{url}: cannot be fetched: {error or type(error).__name__}") from None


def _looked_up(url: str, host: str, port: int, allow_private: bool) -> str:
    """The address that a name stands for, each that it stands for being one of the open network."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        # An IPv4 address in IPv6 clothes is what it is; is_global is False for private,
        # loopback, link-local, reserved and multicast ones.
        bare = ipaddress.ip_address(address.partition("%")[0])
        plain = getattr(bare, "ipv4_mapped", None) or bare
        if not allow_private and (not plain.is_global or plain.is_multicast):
            where = "an address of this machine or a private network"
            raise ReadError(f"{url}: {address} is {where}; --allow-private lets it be fetched")
    return found[0]


def _exchanged(url: str, parts: SplitResult, address: str, port: int, agent: str, until: float) -> Answer:
    left = until - monotonic()
    if left <= 0:
        raise LimitError(f"{url}: not fetched within {MOST_SECONDS:.0f} s")
    connection = http.client.HTTPConnection(str(parts.hostname), port, timeout=left)
    connection.sock = sock = _connected(parts, address, port, left)
    # The time-out of a socket is for each read; a server that drips would hold on for ever.
    timer = Timer(left, partial(_shut, sock))
    timer.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        asked = {"Host": parts.netloc, "User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        connection.request("GET", _target(parts), headers=asked)
        answer = connection.getresponse()
        body = b"".join(_body(url, answer, until))
        # The body is kept as it was sent, without the chunks that carried it.
        headers = (pair for pair in answer.getheaders() if pair[0].lower() != "transfer-encoding")
        return Answer(url, answer.status, answer.reason, tuple(headers), body, tuple(asked.items()), address)
    finally:
        timer.cancel()
        connection.close()


def _connected(parts: SplitResult, address: str, port: int, left: float) -> socket.socket:
    plain = socket.create_connection((address, port), timeout=left)
    if parts.scheme == "http":
        return plain
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=parts.hostname, do_handshake_on_connect=False)


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _target(parts: SplitResult) -> str:
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def _body(url: str, answer: http.client.HTTPResponse, until: float) -> Iterator[bytes]:
    total = 0
    while chunk := answer.read1(STEP):
        total += len(chunk)
        if total > MOST_BYTES:
            raise LimitError(f"{url}: has over {MOST_BYTES // MIB} MiB, the most that is fetched")
        yield chunk
    if monotonic() >= until:
        raise LimitError(f"{url}: not fetched within {MOST_SECONDS:.0f} s")
    if answer.length:
        raise ReadError(f"{url}: the answer ends {answer.length} bytes before it should")
