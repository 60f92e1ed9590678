"""Several cases behind one server: a page that lists them, and each under a path of its own.

A case is reached under ``/cases/NAME``; the application on it knows nothing of that but `ROOT`,
which its links begin with.  `Guard` stands before all of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, Form, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from secondsource.config import Config
from secondsource.desk import Desk
from secondsource.desk.folder import Shelf
from secondsource.errors import SecondSourceError
from secondsource.templates import ROOT, render
from secondsource.web.app import STATIC, create_app
from secondsource.web.guard import Guard

PREFIX = "/cases/"
SEE_OTHER = 303


class Cases:
    """ASGI: the application of each case in a folder, made when it is first asked for."""

    def __init__(self, shelf: Shelf, hosts: Iterable[str], config: Config | None) -> None:
        self.shelf, self.hosts, self.config = shelf, tuple(hosts), config
        self.open = AsyncExitStack()
        self._apps: dict[str, FastAPI] = {}
        self._opening = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name, _, rest = scope["path"].removeprefix(scope.get("root_path", "") + "/").partition("/")
        app = await self._app(name)
        if app is None:
            await _problem(404, f"There is no case “{name}”.")(scope, receive, send)
            return
        root = PREFIX + quote(name)
        token = ROOT.set(root)
        try:
            within = {**scope, "path": f"/{rest}", "raw_path": f"/{rest}".encode(), "root_path": ""}
            await app(within, receive, _led(send, root))
        finally:
            ROOT.reset(token)

    async def _app(self, name: str) -> ASGIApp | None:
        async with self._opening:
            if name not in self._apps and (path := self.shelf.cases().get(name)):
                made = create_app(path, hosts=self.hosts, config=self.config)
                await self.open.enter_async_context(made.router.lifespan_context(made))
                self._apps[name] = made
            return self._apps.get(name)


def create_shelf(folder: str | Path, *, hosts: Iterable[str] = (), config: Config | None = None) -> FastAPI:
    """A desk on every case in ``folder``, and a page that lists them and begins another.

    Raises SecondSourceError where there is no such folder.
    """
    shelf = Shelf(folder)
    cases = Cases(shelf, hosts, config)
    app = FastAPI(title="Second Source", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.state.cases = cases
    app.add_middleware(Guard, hosts=tuple(hosts))
    app.add_exception_handler(SecondSourceError, _refused)

    @app.get("/")
    def listed() -> HTMLResponse:
        return HTMLResponse(render("desk/cases.html", cases=shelf.held(config), folder=shelf.path.name))

    @app.post("/cases")
    def begin(name: Annotated[str, Form(max_length=100)]) -> Response:
        with Desk(shelf.begin(name), config=config) as desk:
            desk.store(create=True)
        return RedirectResponse(f"{PREFIX}{quote(name.strip())}/", SEE_OTHER)

    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/cases", cases)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with app.state.cases.open:
        yield


def _led(send: Send, root: str) -> Send:
    """Answers that lead on, lead on within the case."""

    async def led(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            to = headers.get("location", "")
            if to.startswith("/") and not to.startswith(f"{root}/"):
                headers["location"] = root + to
        await send(message)

    return led


async def _refused(request: Request, error: Exception) -> Response:
    return _problem(getattr(error, "status", 400), str(error))


def _problem(status: int, reason: str) -> HTMLResponse:
    return HTMLResponse(render("desk/cases.html", cases=None, reason=reason, folder=""), status)
