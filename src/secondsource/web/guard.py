"""What every answer of the desk carries, and which requests get none.

The desk holds what somebody is looking into.  A page from elsewhere must not read it by
giving its own name the address of this machine (DNS rebinding), so that only the names
this desk is reached under are answered, nor have a browser change anything; and no page of
ours loads, or tells, anything elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

READING = ("GET", "HEAD", "OPTIONS")
SHARED = "/yente/"
LOCAL = ("localhost", "127.0.0.1", "[::1]")
POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not "no-referrer": with that, a browser would not say which page a form was sent from.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def hostname(host: str) -> str:
    """The name in a Host header, without its port and in lower case; IPv6 keeps its brackets."""
    name, bracket, _ = host.partition("]")
    return (name + bracket if bracket else host.partition(":")[0]).lower()


class Guard:
    """ASGI middleware: refuses unknown hosts with 400, changes asked for by other pages with 403, and
    adds `HEADERS` to every answer."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = frozenset((*LOCAL, *map(_named, hosts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = self.app if hostname(headers.get("host", "")) in self.hosts else _stranger
        if answer is self.app and scope["method"] not in READING and self._foreign(headers, scope["path"]):
            answer = _elsewhere
        await answer(scope, receive, _dressed(scope, send, self._reader(headers, scope["path"])))

    def _foreign(self, headers: Headers, path: str) -> bool:
        """True for a request that a page from elsewhere has a browser send (cross-site request forgery).

        Programs send neither header.  Under ``/yente`` pages of this machine may ask, such as OpenRefine's.
        """
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if site in ("same-origin", "none"):
            return False
        if path.startswith(SHARED) and origin and self._own(origin):
            return False
        return bool(site) or (origin is not None and urlsplit(origin).netloc != headers.get("host"))

    def _own(self, origin: str) -> bool:
        return hostname(urlsplit(origin).netloc) in self.hosts

    def _reader(self, headers: Headers, path: str) -> dict[str, str]:
        """What lets a page of this machine, such as OpenRefine's, read what is under ``/yente``."""
        origin = headers.get("origin")
        if not (path.startswith(SHARED) and origin and self._own(origin)):
            return {}
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}


def _named(host: str) -> str:
    return f"[{host}]".lower() if ":" in host and not host.startswith("[") else host.lower()


def _dressed(scope: Scope, send: Send, more: Mapping[str, str]) -> Send:
    caching = "no-cache" if scope["path"].startswith("/static/") else "no-store"

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update({**HEADERS, **more, "Cache-Control": caching})
        await send(message)

    return dressed


_stranger = PlainTextResponse(
    "This desk does not answer under that name. Name it when the desk is started if it should.\n",
    status_code=400,
)

_elsewhere = PlainTextResponse("A page from elsewhere may not change anything here.\n", status_code=403)
