"""Parties of trade against designation lists: each name once, on as many cores as there are.

What a name is screened by is handed in; this module only sees to it that a million rows ask
no more often than they have names.  Spellings that differ in case, marks or script alone are one.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from secondsource import names


class Potential(NamedTuple):
    """A potential match of a party: the list's entry, the listed name, the score and why in a sentence."""

    list: str
    entry: str
    name: str
    score: float
    why: str


Ask = Callable[[str], Potential | None]
"""Whom on the lists a name may mean, None where nobody comes near."""
Watch = Callable[[int, int], None]

_WORTH = 200
"""Names from which on a second process pays: some second of one."""
_AT_ONCE = 32
_LONGEST = names.LONGEST


class Parties:
    """The party names of a table, by spelling and by what they come to."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._firsts: dict[str, str] = {}
        self._found: dict[str, Potential] = {}

    def __len__(self) -> int:
        """How many names there are to screen."""
        return len(self._firsts)

    def add(self, spelling: str) -> None:
        """Note a name as it is spelled in a cell; words that name nobody are left out."""
        if spelling in self._keys:
            return
        key = "" if len(spelling) > _LONGEST else names.normalise(spelling)
        if names.is_nothing(spelling) or len(key) < 3:
            key = ""
        self._keys[spelling] = key
        if key:
            self._firsts.setdefault(key, spelling)

    def screen(self, ask: Ask, jobs: int, watch: Watch) -> None:
        """Ask of every name; ``watch`` is told how many of how many are done."""
        for done, (key, found) in enumerate(_asked(list(self._firsts.items()), ask, jobs), 1):
            if found:
                self._found[key] = found
            if done % _AT_ONCE == 0 or done == len(self._firsts):
                watch(done, len(self._firsts))

    def match(self, spelling: str) -> Potential | None:
        """The potential match of a name that was added and screened."""
        return self._found.get(self._keys.get(spelling, ""))

    @property
    def matched(self) -> Mapping[str, Potential]:
        return self._found


def _asked(every: list[tuple[str, str]], ask: Ask, jobs: int) -> Iterator[tuple[str, Potential | None]]:
    # Children share the lists with their parent only where a process can be split (fork), which
    # macOS allows and does not survive.
    if jobs < 2 or len(every) < _WORTH or sys.platform != "linux":
        yield from ((key, ask(name)) for key, name in every)
        return
    _Child.ask = ask
    context = multiprocessing.get_context("fork")
    with context.Pool(min(jobs, 8), _left_alone) as pool:
        yield from pool.imap_unordered(_Child.work, every, _AT_ONCE)


class _Child:
    """What a child process works with: put here before the process is split, for it to inherit."""

    ask: Ask

    @staticmethod
    def work(pair: tuple[str, str]) -> tuple[str, Potential | None]:
        key, name = pair
        return key, _Child.ask(name)


def _left_alone() -> None:
    """Ctrl-C is the parent's to answer, which ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
