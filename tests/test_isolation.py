"""Reading in another process: what limits end, what the process may not do, and what survives it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondsource.errors import LimitError, ReadError
from secondsource.isolation import Isolation, Limits
from secondsource.isolation.wire import taken_from_wire, taken_to_wire
from secondsource.model import Block, Reading, Taken
from secondsource.readers import take

FILES = sorted(path for path in (Path(__file__).parent / "files").iterdir() if path.suffix != ".txt")
MIB = 1 << 20
GOOD = b"The port is closed, the ministry said."

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="no fork on this platform: nothing is isolated"
)


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    with Isolation() as isolation:
        yield isolation


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_reads_the_same_in_another_process(isolation: Isolation, path: Path) -> None:
    there, here = isolation.take(path.read_bytes(), path.name), take(path.read_bytes(), path.name)
    assert (there.reading, there.members, there.media_type) == (here.reading, here.members, here.media_type)
    assert str(there.refusal) == str(here.refusal)
    assert type(there.refusal) is type(here.refusal)


def test_want_of_memory_ends_one_file_and_the_next_is_read() -> None:
    with Isolation(Limits(memory=160 * MIB)) as isolation:
        taken = isolation.take(b"words and more words. \n" * (2 * MIB), "vast.txt")
        assert isinstance(taken.refusal, LimitError)
        assert str(taken.refusal) == "limit memory: vast.txt cannot be read within 160 MiB"
        assert isolation.take(GOOD, "a.txt").reading


def test_want_of_time_ends_one_file_and_the_next_is_read() -> None:
    slow = b"<html><body>" + b"<div>" * 400_000
    with Isolation(Limits(cpu=1, wall=3)) as isolation:
        isolation.take(GOOD, "a.txt")
        page = b"<html><body><p>" + b"<b>word</b> <i>word</i> " * 300_000
        taken = isolation.take(page + slow, "slow.html")
        if taken.refusal and str(taken.refusal).startswith("limit"):
            assert str(taken.refusal).startswith("limit time: slow.html cannot be read within 1 s")
        else:
            pytest.skip("this machine reads the slow page within a second")
        assert isolation.take(GOOD, "a.txt").reading


def test_too_much_that_comes_back_ends_one_file_and_the_next_is_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", bytes(4 * MIB))
    with Isolation(Limits(output=10 * MIB)) as isolation:
        taken = isolation.take(target.getvalue(), "a.zip")
        assert str(taken.refusal) == "limit output: a.zip cannot be read since it unfolds to more than 10 MiB"
        assert len(taken.members) == 2
        assert isolation.take(GOOD, "a.txt").reading


def test_a_parser_that_is_killed_is_replaced(isolation: Isolation) -> None:
    isolation.take(GOOD, "a.txt")
    assert isolation._child
    os.kill(isolation._child._id, signal.SIGSEGV)
    taken = isolation.take(GOOD, "a.txt")
    assert str(taken.refusal) == "a.txt cannot be read: its parser ended: SIGSEGV"
    assert isolation.take(GOOD, "a.txt").reading


def test_a_process_that_loads_the_readers_is_replaced_too(isolation: Isolation) -> None:
    isolation.take(GOOD, "a.txt")
    assert isolation._server
    isolation._server.kill()
    isolation._server.wait()
    isolation.take(GOOD, "a.txt")
    assert isolation.take(GOOD, "a.txt").reading


FORBIDDEN = {
    "a connection": "import socket; socket.socket()",
    "a connection below Python": "import ctypes; s = ctypes.CDLL(None).socket(2, 1, 0);"
    " exit(7) if s >= 0 else None; raise PermissionError",
    "a file": "open('/tmp/secondsource-was-here', 'w')",
    "a file below Python": "import os; os.open('/tmp/secondsource-was-here', os.O_CREAT | os.O_WRONLY)",
    "the user's files": "open(__import__('sys').argv[1]).read()",
    "another program": "import ctypes; c = ctypes.CDLL(None); a = (ctypes.c_char_p * 2)(b'/bin/true', None);"
    " c.execv(b'/bin/true', a); raise PermissionError",
    "a signal": "import os; os.kill(os.getppid(), 0)",
    "taking a file away": "import os; os.unlink(__import__('sys').argv[1])",
}


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp and Landlock are Linux's")
@pytest.mark.parametrize("deed", FORBIDDEN)
def test_a_reader_is_refused(deed: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the user's own")
    code = (
        "from secondsource.isolation.limits import Limits, confine\n"
        "measures = confine(Limits(), execution=False)\n"
        f"try:\n    {FORBIDDEN[deed]}\nexcept OSError as error:\n    print(type(error).__name__, *measures)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(secret)], capture_output=True, text=True, check=False
    )
    if "files" not in done.stdout and deed == "the user's files":
        pytest.skip("this kernel has no Landlock: a reader may read the user's files")
    assert done.stdout.startswith("PermissionError"), (done.returncode, done.stderr)
    assert secret.exists()
    assert not Path("/tmp/secondsource-was-here").exists()


def test_this_platform_says_what_it_gives(isolation: Isolation) -> None:
    isolation.take(GOOD, "a.txt")
    assert "audit hook" in isolation.measures
    if sys.platform == "linux":
        assert {"network", "processes", "RLIMIT_DATA"} <= set(isolation.measures)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"media_type": "text/plain", "reading": None, "refusal": None},
        {"media_type": "text/plain", "reading": {"text": 1}, "refusal": None},
        {"media_type": "text/plain", "reading": "words", "refusal": None},
        {"media_type": "text/plain", "reading": None, "refusal": ["unheard-of", "no"]},
    ],
)
def test_an_answer_that_is_none_is_refused(answer: dict[str, object]) -> None:
    with pytest.raises(ReadError, match="its parser gave an answer that is none"):
        taken_from_wire(answer, ())


def test_blocks_outside_the_text_are_refused() -> None:
    wrong = Taken("text/plain", Reading("short", (Block("paragraph", 0, 50),)))
    with pytest.raises(ReadError, match="blocks are not in its text"):
        taken_from_wire(json.loads(taken_to_wire(wrong)), ())
