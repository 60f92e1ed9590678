"""The desk as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from secondsource import __version__
from secondsource.config import Config
from secondsource.desk import Desk
from secondsource.errors import SecondSourceError
from secondsource.web import (
    adjacent,
    api,
    charts,
    corrections,
    documents,
    dossier,
    entities,
    goods,
    judging,
    ledger,
    map,
    pages,
    questions,
    reconcile,
    screening,
    search,
    words,
    work,
    yente,
)
from secondsource.web.guard import Guard

PAGES = (
    dossier,
    questions,
    documents,
    entities,
    words,
    charts,
    map,
    goods,
    screening,
    ledger,
    judging,
    corrections,
    work,
)
STATIC = Path(__file__).parent / "static"


def create_app(
    case: str | Path = "case", *, hosts: Iterable[str] = (), config: Config | None = None
) -> FastAPI:
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
    app.state.desk = Desk(case, config=config)
    app.add_middleware(Guard, hosts=tuple(hosts))
    for pages_of in PAGES:
        app.include_router(pages_of.router)
    app.include_router(api.router, prefix="/api")
    for served in (yente.router, search.router, adjacent.router, reconcile.router):
        app.include_router(served, prefix="/yente")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(SecondSourceError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unfit)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    if desk.exists:
        work.carry_on(desk)
    yield
    work.end(desk)
    desk.close()


async def _refused(request: Request, error: Exception) -> Response:
    status, reason = _answer(error)
    if request.url.path.startswith(("/api/", "/yente/")):
        return JSONResponse({"detail": reason}, status_code=status)
    return pages.problem(request, status, reason)


async def _unfit(request: Request, error: Exception) -> Response:
    if request.url.path.startswith(("/api/", "/yente/")) or not isinstance(error, RequestValidationError):
        return await request_validation_exception_handler(request, error)  # type: ignore[arg-type]
    said = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors())
    return pages.problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, f"This cannot be asked so: {said}.")


def _answer(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        missing = error.status_code == HTTPStatus.NOT_FOUND
        return error.status_code, "There is nothing under this address." if missing else error.detail
    return getattr(error, "status", HTTPStatus.INTERNAL_SERVER_ERROR), str(error)
