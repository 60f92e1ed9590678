"""The other side: a process that has loaded the readers and forks one that parses, on demand.

Run as ``python -I -m secondsource.isolation.server FD``.  Over the socket it is asked, by one
byte and a file descriptor, for a child that answers on that descriptor; it tells the child's
process id, waits for its end and tells that.  The child confines itself and parses file after file.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
from contextlib import suppress

from secondsource.errors import LimitError, SecondSourceError
from secondsource.isolation.channel import Channel
from secondsource.isolation.limits import MIB, Limits, confine, restart_clock
from secondsource.isolation.wire import (
    ENDED,
    FILES,
    LAST,
    MEMBER,
    PAGE,
    READY,
    RESULT,
    member_to_wire,
    taken_to_wire,
)
from secondsource.model import Member, Reading, Taken
from secondsource.readers import drawn, media_type, unfold
from secondsource.readers.ocr import TESSERACT

_WARM = b"<html><body><article><h1>Title</h1><p>" + b"Some words, to load what loads late. " * 20


ANY = 1 << 62  # the program is believed
MAXRSS = 1 if sys.platform == "darwin" else 1024  # bytes in what the system counts it in


def main() -> None:
    """Serve until the program closes its end."""
    control = socket.socket(fileno=int(sys.argv[1]))
    limits = Limits(*json.loads(sys.argv[2]))
    unfold(_WARM, "warm.html", lambda _: None)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message or not descriptors:
            return
        child = os.fork()
        if child == 0:
            control.close()
            serve(Channel(descriptors[0]), limits)
            os._exit(0)
        os.close(descriptors[0])
        with suppress(BrokenPipeError):  # the program is gone, and the next `recv_fds` says so
            control.sendall(struct.pack("=q", child))
            _, status, usage = os.wait4(child, 0)
            control.sendall(ENDED.pack(status, usage.ru_maxrss * MAXRSS))


def serve(program: Channel, limits: Limits) -> None:
    """Confine this process, say how, and parse what comes until nothing does."""
    measures = confine(limits, execution=TESSERACT is not None)
    program.send(READY + json.dumps(measures).encode())
    for _ in range(FILES):
        try:
            (name, declared), data = json.loads(program.receive(ANY)), program.receive(ANY)
        except EOFError:
            return
        restart_clock(limits)
        if not _answer(program, limits, data, name, declared):
            return


def _answer(program: Channel, limits: Limits, data: bytes, name: str, declared: str | None) -> bool:
    """Answer for one file; False where this process is not to be used again."""
    try:
        if declared and declared.startswith(PAGE):
            _send(program, Member(name, drawn(data, name, int(declared.removeprefix(PAGE)))))
            taken = Taken("image/png", Reading(""))
        else:
            taken = unfold(data, name, lambda member: _send(program, member), declared)
        program.send(RESULT + taken_to_wire(taken))
        return True
    except SecondSourceError as refusal:
        program.send(RESULT + taken_to_wire(Taken("image/png", None, refusal)))
        return True
    except MemoryError:
        del data
    limit = LimitError(f"limit memory: {name} cannot be read within {limits.memory // MIB} MiB")
    program.send(LAST + taken_to_wire(Taken(media_type(b"", name), None, limit)))
    return False


def _send(program: Channel, member: Member) -> None:
    said, data = member_to_wire(member)
    program.send(MEMBER + said)
    program.send(data)


if __name__ == "__main__":
    main()
