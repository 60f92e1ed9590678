"""Reading in another process: what a file's parser does there, it does to nobody.

::

    with Isolation() as isolation:
        taken = isolation.take(path.read_bytes(), path.name)

A process with the readers loaded is started once; from it a child is forked that confines
itself (`secondsource.isolation.limits`) and parses file after file.  A child that a file has
ended is replaced in some milliseconds, and the next file is read.  ``docs/security.md`` says
what each platform gives.  Where there is no fork, files are read in the program's own process.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from threading import Lock
from time import monotonic
from typing import Self

from secondsource.errors import LimitError, ReadError, SecondSourceError
from secondsource.isolation.channel import Channel, TooLong
from secondsource.isolation.limits import MIB, Limits
from secondsource.isolation.wire import (
    ENDED,
    FILES,
    LAST,
    MEMBER,
    PAGE,
    READY,
    RESULT,
    member_from_wire,
    taken_from_wire,
)
from secondsource.model import Member, Taken

__all__ = ["Isolation", "Limits", "reading_process"]

STARVED = (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP)
NEAR = 0.4  # of the limit: memory that is asked for at once fails long before the limit is held
STARTING = 60.0  # seconds for a process to be forked and confined, on a machine that is busy
DYING = 2.0  # seconds for a process that has closed its end to be gone


class Isolation:
    """Another process to read in; one file at a time, from any thread."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.measures: tuple[str, ...] = ()
        self._lock = Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the other processes."""
        if self._child:
            self._child.end()
        self._child = None
        self._stop()

    def take(self, data: bytes, name: str, declared: str | None = None) -> Taken:
        """What the file gives or refuses, and its members; never an error of its parser.

        Where a limit ended the parser, the refusal begins "limit memory", "limit time" or
        "limit output".
        """
        with self._lock:
            child = self._ready()
            try:
                return child.take(data, json.dumps([name, declared]), self.limits)
            except (EOFError, OSError, ValueError) as error:
                self._child = None
                refusal = _refusal(child.end(error, self.limits), name, self.limits)
                return Taken("application/octet-stream", None, refusal, tuple(child.members))

    def page(self, data: bytes, name: str, number: int) -> bytes:
        """A picture (PNG) of a page of a PDF; raises as `secondsource.readers.drawn` does."""
        taken = self.take(data, name, f"{PAGE}{number}")
        if taken.refusal:
            raise taken.refusal
        return taken.members[0].data

    def _ready(self) -> _Child:
        if self._child and (self._child.left <= 0 or (self._server and self._server.poll() is not None)):
            self._child.end()
            self._child = None
        if self._child is None:
            self._start()
            self._child = _Child(self._control)
            self.measures = self._child.measures
        return self._child

    def _stop(self) -> None:
        if self._server:
            self._control.close()
            self._server.wait()
        self._server = None

    def _start(self) -> None:
        """The process with the readers loaded, started now if it was not or has ended."""
        if self._server and self._server.poll() is None:
            return
        self._stop()
        self._control, theirs = socket.socketpair()
        with theirs:
            # -I: neither the folder it is started in nor the user's settings are asked for code.
            program = [sys.executable, "-I", "-m", "secondsource.isolation.server", str(theirs.fileno())]
            self._server = subprocess.Popen(
                [*program, json.dumps(astuple(self.limits))],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what a parser complains of is in the hands of the file
                start_new_session=True,  # Ctrl-C is for the program, which then ends this one
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            )


@cache
def reading_process() -> Isolation | None:
    """The one that this program reads in, started on first use; None where the platform has no fork."""
    if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
        return None
    isolation = Isolation()
    atexit.register(isolation.close)
    return isolation


def _refusal(reason: str, name: str, limits: Limits) -> SecondSourceError:
    limit = {
        "time": f"within {limits.cpu} s of processor time or {limits.wall} s in all",
        "memory": f"within {limits.memory // MIB} MiB",
        "output": f"since it unfolds to more than {limits.output // MIB} MiB",
    }.get(reason)
    if limit:
        return LimitError(f"limit {reason}: {name} cannot be read {limit}")
    return ReadError(f"{name} cannot be read: its parser ended: {reason}")


class _Child:
    """One parsing process, as it is seen from here."""

    def __init__(self, control: socket.socket) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(control, [b"+"], [theirs.fileno()])
        self._control = control
        self._channel = Channel(ours.detach(), waits=False)
        self.left = FILES
        self.memory = 0  # the most it held, known once it has ended
        self.members: list[Member] = []
        (self._id,) = struct.unpack("=q", _exactly(control, 8))
        self._channel.deadline = monotonic() + STARTING
        ready = self._channel.receive(4096)
        self.measures: tuple[str, ...] = tuple(json.loads(ready.removeprefix(READY)))

    def take(self, data: bytes, asked: str, limits: Limits) -> Taken:
        """Raises EOFError or OSError where the process ended before it answered, or answered too much."""
        self.left -= 1
        self.members = []
        self._channel.deadline = monotonic() + limits.wall
        self._channel.send(asked.encode())
        self._channel.send(data)
        return self._answer(limits.output)

    def _answer(self, room: int) -> Taken:
        while True:
            said = self._channel.receive(room)
            room -= len(said)
            fields = json.loads(said[1:])
            if said[:1] in (RESULT, LAST):
                self.left = self.left if said[:1] == RESULT else 0
                return taken_from_wire(fields, tuple(self.members))
            if said[:1] != MEMBER:
                raise ValueError("an answer that is none")
            data = self._channel.receive(room)
            room -= len(data)
            self.members.append(member_from_wire(fields, data))

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._id, signal.SIGKILL)

    def end(self, error: Exception | None = None, limits: Limits | None = None) -> str:
        """End the process and say what had ended it before: a limit, a signal, or ``error`` itself."""
        self._channel.close()
        if isinstance(error, EOFError | ConnectionError):
            self._control.settimeout(DYING)  # it is about to be gone; killing it would hide why
        else:
            self._kill()
        try:
            return self._why(*self._ended(), error, limits)
        except (EOFError, OSError):
            return "with the process that loads the readers"

    def _ended(self) -> tuple[int, int]:
        """How the process ended, by the one that forked it; killed where it does not end by itself."""
        try:
            ended = _exactly(self._control, ENDED.size)
        except TimeoutError:
            self._kill()
            self._control.settimeout(None)
            ended = _exactly(self._control, ENDED.size)
        self._control.settimeout(None)
        status, self.memory = ENDED.unpack(ended)
        return status, self.memory

    def _why(self, status: int, memory: int, error: Exception | None, limits: Limits | None) -> str:
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if isinstance(error, TimeoutError) or number == signal.SIGXCPU:
            return "time"
        if isinstance(error, EOFError | ConnectionError):
            # A library that gets no memory ends in its own way; killed, and not by us, is by the kernel.
            near = limits is not None and memory > limits.memory * NEAR
            starved = number == signal.SIGKILL or (number in STARVED and near)
            return "memory" if starved else _named(number) or "without a word"
        return "output" if isinstance(error, TooLong) else f"it answered {error}"


def _named(number: int) -> str:
    return signal.Signals(number).name if number else ""


def _exactly(control: socket.socket, count: int) -> bytes:
    """Raises EOFError where the other process is gone."""
    data = control.recv(count, socket.MSG_WAITALL)
    if len(data) < count:
        raise EOFError("the process that loads the readers has ended")
    return data
