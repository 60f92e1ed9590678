"""The desk as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from secondsource import __version__
from secondsource.desk import Desk
from secondsource.errors import SecondSourceError
from secondsource.web import adjacent, api, goods, pages, reconcile, screening, search, yente
from secondsource.web.guard import Guard

STATIC = Path(__file__).parent / "static"


def create_app(case: str | Path = "case", *, hosts: Iterable[str] = ()) -> FastAPI:
    """The desk on one case, answering under this machine's own names and under ``hosts``.

    The case is opened by the first page that is asked for, and may come to be later; what is
    wrong with it is then said there.  Raises SecondSourceError where the style sheet and
    script were not built.
    """
    if not (STATIC / "desk.css").is_file():
        raise SecondSourceError("the desk's style sheet was not built; `pip install .` builds it")
    app = FastAPI(
        title="Second Source",
        version=__version__,
        docs_url=None,  # both of FastAPI's pages for it load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan,
    )
    app.state.desk = Desk(case)
    app.add_middleware(Guard, hosts=tuple(hosts))
    for pages_of in (pages.router, goods.router, screening.router):
        app.include_router(pages_of)
    app.include_router(api.router, prefix="/api")
    for served in (yente.router, search.router, adjacent.router, reconcile.router):
        app.include_router(served, prefix="/yente")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(SecondSourceError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.desk.close()


async def _refused(request: Request, error: Exception) -> Response:
    status, reason = _answer(error)
    if request.url.path.startswith(("/api/", "/yente/")):
        return JSONResponse({"detail": reason}, status_code=status)
    return pages.problem(request, status, reason)


def _answer(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        missing = error.status_code == HTTPStatus.NOT_FOUND
        return error.status_code, "There is nothing under this address." if missing else error.detail
    return getattr(error, "status", HTTPStatus.INTERNAL_SERVER_ERROR), str(error)
