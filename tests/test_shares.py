"""Work in shares: the same as work done alone, whatever becomes of those that were split off."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from unittest.mock import patch

import pytest

from secondsource.shares import Way, shared

RUNNING = threading.active_count
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are split on Linux alone")


@pytest.fixture(autouse=True)
def alone() -> object:
    """As in a program without threads, whatever runs beside the tests."""
    with patch("threading.active_count", lambda: 1):
        yield


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_shares_make_what_one_makes(jobs: int, count: int) -> None:
    assert shared(lambda share: [item * item for item in share], range(count), jobs) == [
        item * item for item in range(count)
    ]
    assert not multiprocessing.active_children()


@LINUX
def test_others_do_their_share() -> None:
    assert len(set(shared(lambda share: [os.getpid() for _ in share], range(4), 2))) == 2


def test_nothing_is_split_beside_a_thread() -> None:
    with patch("threading.active_count", RUNNING):
        ended = threading.Event()
        thread = threading.Thread(target=ended.wait)
        thread.start()
        try:
            assert set(shared(lambda share: [os.getpid() for _ in share], range(4), 2)) == {os.getpid()}
        finally:
            ended.set()
            thread.join()


def test_what_is_sent_is_made_whole_here() -> None:
    way: Way[int, tuple[int, str]] = Way(lambda result: result[1], lambda item, sent: (item, sent))
    assert shared(lambda share: [(item, f"{item}!") for item in share], range(5), 2, way) == [
        (item, f"{item}!") for item in range(5)
    ]


def test_what_another_process_leaves_undone_is_done_here() -> None:
    here = os.getpid()

    def work(share: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os._exit(1)
        return [-item for item in share]

    assert shared(work, range(5), 2) == [0, -1, -2, -3, -4]


@pytest.mark.parametrize("at", [0, 3])
def test_what_is_raised_in_any_share_is_raised(at: int) -> None:
    def work(share: Sequence[int]) -> list[int]:
        return [1 // (item - at) for item in share]

    with pytest.raises(ZeroDivisionError):
        shared(work, range(4), 2)
    assert not multiprocessing.active_children()


WAITING = """
import os, signal, sys, time
from secondsource.shares import shared
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it runs behind ignore it
def work(share):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(60)
    return share
try:
    shared(work, [1, 2], 2)
except KeyboardInterrupt:
    sys.exit(7)
"""


@LINUX
def test_ctrl_c_leaves_nobody_behind() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert run.stdout
    working = {int(run.stdout.readline()) for _ in range(2)}
    os.killpg(run.pid, 2)
    assert run.wait(30) == 7
    run.stdout.close()
    assert len(working) == 2
    for one in working:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)
