"""Work done in shares: by this process and by others split off from it, which hold all that it holds.

Only where a process can be split (``fork`` on Linux; macOS allows it and does not survive it) and has no
other thread of Python's, whose locks nobody would open in the other.  Elsewhere all is done here, and what
comes of it is the same.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Sequence[Item]], list[Result]]


@dataclass(frozen=True, slots=True)
class Way(Generic[Item, Result]):
    """How a result comes from another process: what is ``sent`` of it, and ``made`` of that and its item."""

    sent: Callable[[Result], Any]
    made: Callable[[Item, Any], Result]


def shared(
    work: Work[Item, Result], items: Sequence[Item], jobs: int, way: Way[Item, Result] | None = None
) -> list[Result]:
    """What ``work`` makes of the items, in their order, by as many processes as ``jobs`` says.

    It must make the same of an item whatever others it is given; what another process remembers is lost.
    Starting a process costs some hundredths of a second.  Raises whatever the work raises.
    """
    way = way or Way(lambda result: result, lambda item, sent: sent)
    jobs = min(jobs, len(items)) if _can_split() else 1
    if jobs < 2:
        return work(items)
    edges = [len(items) * at // jobs for at in range(jobs + 1)]
    own, *rest = (items[start:end] for start, end in pairwise(edges))
    others = [_Other(work, share, way) for share in rest]
    try:
        found = list(work(own))
        for other in others:
            found += other.result()
    finally:
        for other in others:
            other.end()
    return found


def _can_split() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1 and not _is_daemon()


def _is_daemon() -> bool:
    """True in a process that may have none of its own."""
    return multiprocessing.current_process().daemon


class _Other(Generic[Item, Result]):
    """A process that was split off to do a share."""

    def __init__(self, work: Work[Item, Result], share: Sequence[Item], way: Way[Item, Result]) -> None:
        self._work, self._share, self._way = work, share, way
        context = multiprocessing.get_context("fork")
        self._from, to = context.Pipe(duplex=False)
        self._process = context.Process(target=_send, args=(work, share, way, to), daemon=True)
        with warnings.catch_warnings():
            # From Python 3.12 on it counts numpy's threads too, which see to themselves.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        to.close()

    def result(self) -> list[Result]:
        """What came of the share; where the process ended without it, the share is done here."""
        try:
            sent = self._from.recv()
        except (EOFError, OSError):
            return self._work(self._share)
        return list(map(self._way.made, self._share, sent))

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._from.close()


def _send(work: Work[Item, Result], share: Sequence[Item], way: Way[Item, Result], to: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is its parent's matter, who ends it
    try:
        to.send(list(map(way.sent, work(share))))
    finally:
        os._exit(0)  # nothing that the parent opened is closed here; what was raised is raised again there
