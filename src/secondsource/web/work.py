"""Files taken in through the browser, and the work on a case as it goes on.

The work is done by another process, so that pages stay quick and a server that ends does not end
it; what was cut off is carried on with as soon as the case is looked at again.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from threading import Lock

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from secondsource.desk import Desk
from secondsource.errors import LimitError, SecondSourceError
from secondsource.templates import render
from secondsource.web.api import Here

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

SEE_OTHER = 303
MIB = 1 << 20
MOST_FILES = 5_000  # in one upload
ALL = 4  # so many times the largest file may one upload have in all
EVERY = 0.5  # seconds between two looks at the progress
_STARTING = Lock()
_STARTED: dict[str, subprocess.Popen[bytes]] = {}


def begin(desk: Desk, *, retry: bool = False) -> None:
    """Have another process take in what waits and derive the questions, unless one is at it.

    With ``retry`` it first reads again what failed before.
    """
    with _STARTING:
        desk.ask_for_work()
        work, known = desk.work(), _STARTED.get(str(desk.path))
        if (work and work.running) or (known and known.poll() is None):
            return
        program = [sys.executable, "-m", "secondsource.web.worker", str(desk.path.absolute())]
        program += ["retry"] if retry else []
        _STARTED[str(desk.path)] = subprocess.Popen(
            program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def carry_on(desk: Desk) -> None:
    """Begin again where work through the browser was cut off; not where it failed under this server."""
    known = _STARTED.get(str(desk.path))
    if desk.pending and not (known and known.poll()):
        begin(desk)


def end(desk: Desk) -> None:
    """Stop the process that this server started for a case; what it has not done is done later."""
    process = _STARTED.pop(str(desk.path), None)
    if process and process.poll() is None:
        process.terminate()
    if process:
        process.wait()


@router.post("/documents")
async def upload(request: Request, desk: Here) -> Response:
    """Keep the files of a form, and have them taken in."""
    most = desk.config.file_limit * ALL
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise SecondSourceError("An upload has to say how long it is (Content-Length).")
    if int(length) > most:
        raise LimitError(
            f"These files have {int(length) / MIB:,.0f} MiB together. At once, {most / MIB:,.0f} MiB are "
            f"taken, and {desk.config.file_limit / MIB:,.0f} MiB of one file (SECONDSOURCE_FILE_LIMIT_MB "
            "sets this); for more, `secondsource ingest` reads a folder of any size."
        )
    async with request.form(max_files=MOST_FILES, max_fields=10) as form:
        files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
        if not files:
            raise SecondSourceError("No file came with the form. Choose one, or drop it on the page.")
        batch = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        named = ((file.filename or "", file.file) for file in files)
        await asyncio.to_thread(desk.put_aside, named, batch)
    await asyncio.to_thread(begin, desk)
    return RedirectResponse("/documents#work", SEE_OTHER)


@router.post("/documents/retry")
def retry(desk: Here) -> Response:
    """Read again what failed before."""
    begin(desk, retry=True)
    return RedirectResponse("/documents#work", SEE_OTHER)


@router.get("/work/events")
async def events(request: Request, desk: Here) -> StreamingResponse:
    """The work on the case as server-sent events: each a piece of a page, when it changed."""
    return StreamingResponse(_told(request, desk), media_type="text/event-stream")


async def _told(request: Request, desk: Desk) -> AsyncIterator[str]:
    last = ""
    while not await request.is_disconnected():
        shown = await asyncio.to_thread(fragment, desk)
        if shown != last:
            last = shown
            yield "".join(f"data: {line}\n" for line in shown.splitlines()) + "\n"
        work = desk.work()
        if (work is None or work.finished) and not desk.pending:
            yield "event: done\ndata: done\n\n"
            return
        await asyncio.sleep(EVERY)


def fragment(desk: Desk) -> str:
    """How far the work is, as the page shows it."""
    carry_on(desk)
    return render("parts/work-now.html", work=desk.work(), waiting=desk.uploads(), pending=desk.pending)
