"""What every answer of the desk carries, and which requests get none.

The desk holds what somebody is looking into.  A page from elsewhere must not read it by
giving its own name the address of this machine (DNS rebinding), so that only the names
this desk is reached under are answered; and no page of ours loads, or tells, anything elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def hostname(host: str) -> str:
    """The name in a Host header, without its port and in lower case; IPv6 keeps its brackets."""
    name, bracket, _ = host.partition("]")
    return (name + bracket if bracket else host.partition(":")[0]).lower()


class Guard:
    """ASGI middleware: refuses unknown hosts with 400 and adds `HEADERS` to every answer."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = frozenset((*LOCAL, *map(_named, hosts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("host", "")
        answer = self.app if hostname(asked) in self.hosts else _stranger
        await answer(scope, receive, _dressed(scope, send))


def _named(host: str) -> str:
    return f"[{host}]".lower() if ":" in host and not host.startswith("[") else host.lower()


def _dressed(scope: Scope, send: Send) -> Send:
    caching = "no-cache" if scope["path"].startswith("/static/") else "no-store"

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update({**HEADERS, "Cache-Control": caching})
        await send(message)

    return dressed


_stranger = PlainTextResponse(
    "This desk does not answer under that name. Name it when the desk is started if it should.\n",
    status_code=400,
)
