"""Several texts at once: extractors in processes of their own, one a core.

A process of its own costs a second to start, since each loads the language model, so it
is worth it only where there is much to read.  Results come in the order of the texts.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain

from secondsource.errors import SecondSourceError
from secondsource.extractor import Extractor
from secondsource.model import Extraction, Reading

WORTH = 100_000
"""Code points from which on more than one process pays: some 5 seconds of one."""

_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Task:
    """A text to work through: the document's id, the name it goes by, and what its file says."""

    document: str
    name: str
    reading: Reading


Outcome = tuple[Task, Extraction | SecondSourceError]
Watch = Callable[[Task, int], None]


def extractions(
    extractor: Extractor, tasks: Iterable[Task], jobs: int = 1, watch: Watch | None = None
) -> Iterator[Outcome]:
    """The extraction of each task, or the error that says why there is none, in their order.

    ``jobs`` is how many processes may work; one does where there is too little for more, and
    tells ``watch`` how many code points of a task it has parsed.
    """
    rest = iter(tasks)
    first = _up_to_worth(rest) if jobs > 1 else []
    if sum(len(task.reading.text) for task in first) < WORTH:
        for task in chain(first, rest):
            yield task, read_out(extractor, task, watch)
    else:
        yield from _spread(chain(first, rest), jobs)


def read_out(extractor: Extractor, task: Task, watch: Watch | None = None) -> Extraction | SecondSourceError:
    """The claims and names of one task's text; a refusal is returned and not raised."""
    reading = task.reading
    progress = (lambda part, _: watch(task, part)) if watch else None
    try:
        return extractor.extract(
            task.document,
            reading.text,
            blocks=reading.blocks,
            publisher=reading.publisher,
            published=reading.published,
            progress=progress,
        )
    except SecondSourceError as error:
        return error


def _up_to_worth(tasks: Iterator[Task]) -> list[Task]:
    """As many tasks as make a second process worth it, or all there are."""
    taken: list[Task] = []
    length = 0
    for task in tasks:
        taken.append(task)
        length += len(task.reading.text)
        if length >= WORTH:
            break
    return taken


def _spread(tasks: Iterator[Task], jobs: int) -> Iterator[Outcome]:
    """Tasks handed out a few ahead of what is taken, so that no more texts are held than needed."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    waiting: deque[tuple[Task, Future[Extraction | SecondSourceError]]] = deque()
    try:
        for task in tasks:
            waiting.append((task, pool.submit(_work, task)))
            if len(waiting) >= jobs * _AHEAD:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_worker: Extractor | None = None


def _begin() -> None:
    """Set up a process: Ctrl-C is its parent's matter, and where the parent is gone, so is its work."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Extractor()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(task: Task) -> Extraction | SecondSourceError:
    assert _worker is not None
    return read_out(_worker, task)
