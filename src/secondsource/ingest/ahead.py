"""The next file read while the one before it is put into the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from queue import SimpleQueue
from threading import Thread

from secondsource.errors import LimitError, ReadError
from secondsource.ingest.files import File, Found, load
from secondsource.model import Taken
from secondsource.text import sha256

Take = Callable[[bytes, str, str | None], Taken]
Answer = SimpleQueue[Taken | BaseException]
Item = Found | File | str


class Ahead:
    """Reads one file ahead of the caller, in a thread of its own, with a ``take`` that is safe there.

    The thread is a daemon: whoever is stopped does not wait for what a hostile file is doing.
    ``known`` tells by its hash whether a file need not be read.
    """

    def __init__(self, take: Take, known: Callable[[str], bool], file_limit: int) -> None:
        self._take, self._known, self._file_limit = take, known, file_limit
        self._asked: SimpleQueue[tuple[File, Answer] | None] = SimpleQueue()
        self._begun: dict[str, tuple[File, Answer | None]] = {}
        self._thread: Thread | None = None

    def over(self, work: Iterable[Item]) -> Iterator[Item]:
        """Each item in its order; while the caller has it, the one after it is being read."""
        try:
            for item, following in pairwise(chain([None], work, [None])):
                if isinstance(following, Found):
                    self._begin(following)
                if item is not None:
                    yield item
        finally:
            self._asked.put(None)

    def load(self, found: Found) -> File:
        """As `files.load`."""
        begun = self._begun.get(str(found.path))
        return begun[0] if begun else load(found, self._file_limit)

    def take(self, data: bytes, path: str, declared: str | None = None) -> Taken:
        """As the ``take`` that was given, which may have been called already."""
        for key, (file, answer) in self._begun.items():
            if file.data is data and answer:
                del self._begun[key]
                taken = answer.get()
                if isinstance(taken, BaseException):
                    raise taken
                return taken
        return self._take(data, path, declared)

    def _begin(self, found: Found) -> None:
        while len(self._begun) > 1:  # the one that the caller is done with
            del self._begun[next(iter(self._begun))]
        try:
            file = load(found, self._file_limit)
        except (ReadError, LimitError):
            return  # the caller meets it in its turn
        if self._known(sha256(file.data)):
            self._begun[str(found.path)] = file, None
            return
        if self._thread is None:
            self._thread = Thread(target=self._work, daemon=True, name="read ahead")
            self._thread.start()
        answer: Answer = SimpleQueue()
        self._begun[str(found.path)] = file, answer
        self._asked.put((file, answer))

    def _work(self) -> None:
        while asked := self._asked.get():
            file, answer = asked
            try:
                answer.put(self._take(file.data, file.path, None))
            except BaseException as error:  # to be raised where it is waited for
                answer.put(error)
