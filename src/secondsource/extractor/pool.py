"""Several texts at once: extractors in processes of their own, one a core.

A process of its own costs two seconds to start, since each loads the language model, so it
is worth it only where there is much to read.  Results come in the order of the texts.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain

from secondsource.errors import SecondSourceError
from secondsource.extractor import Extractor
from secondsource.gazetteers import Known, WatchList
from secondsource.model import Extraction, Reading

WORTH = 100_000
"""Code points from which on more than one process pays: some 5 seconds of one."""

_AHEAD = 3
_MOST = 200


@dataclass(frozen=True, slots=True)
class Task:
    """A text to work through: the document's id, the name it goes by, and what its file says.

    ``listed`` are names in it that lists have.
    """

    document: str
    name: str
    reading: Reading
    listed: Mapping[str, Known] = field(default_factory=dict)


Result = Extraction | SecondSourceError
Handed = Future[Result]
Outcome = tuple[Task, Result]
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
        yield from _spread(extractor, chain(first, rest), jobs)


def read_out(extractor: Extractor, task: Task, watch: Watch | None = None) -> Result:
    """The claims and names of one task's text; a refusal is returned and not raised."""
    reading = task.reading
    progress = (lambda part, _: watch(task, part)) if watch else None
    if task.listed:
        extractor = extractor.knowing(task.listed)
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


def _spread(extractor: Extractor, tasks: Iterator[Task], jobs: int) -> Iterator[Outcome]:
    """Tasks shared between this process and ``jobs`` - 1 others, each result in its turn.

    The others take seconds to start; this one works meanwhile.  It does a task itself where they
    have enough waiting, so that no more texts are held than needed.
    """
    context, watch = multiprocessing.get_context("spawn"), extractor.watch
    pool = ProcessPoolExecutor(jobs - 1, mp_context=context, initializer=_begin, initargs=(watch,))
    turns: deque[tuple[Task, Handed | Result]] = deque()
    try:
        for task in tasks:
            handed = sum(isinstance(turn, Future) and not turn.done() for _, turn in turns)
            if handed < (jobs - 1) * _AHEAD:
                turns.append((task, pool.submit(_work, task)))
            else:
                turns.append((task, read_out(extractor, task)))
            while turns and (_is_done(turns[0][1]) or len(turns) > _MOST):
                yield _outcome(extractor, *turns.popleft())
        while turns:
            yield _outcome(extractor, *turns.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _is_done(turn: Handed | Result) -> bool:
    return not isinstance(turn, Future) or turn.done()


def _outcome(extractor: Extractor, task: Task, turn: Handed | Result) -> Outcome:
    """A task's result, done here where no other process has begun it."""
    if not isinstance(turn, Future):
        return task, turn
    return task, read_out(extractor, task) if turn.cancel() else turn.result()


_worker: Extractor | None = None


def _begin(watch: WatchList | None) -> None:
    """Set up a process: Ctrl-C is its parent's matter, and where the parent is gone, so is its work."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Extractor(watch)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(task: Task) -> Result:
    assert _worker is not None
    return read_out(_worker, task)
