"""Reading one file ahead, and the messages between the two processes."""

from __future__ import annotations

import os
import socket
from collections import deque
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import ReadError
from secondsource.ingest.ahead import Ahead
from secondsource.ingest.files import Found
from secondsource.isolation.channel import Channel, TooLong
from secondsource.model import Reading, Taken

LIMIT = 1 << 20


def files(folder: Path, count: int) -> list[Found]:
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"Kesh {number}")
    return [Found(folder / f"{number}.txt") for number in range(count)]


def taken(data: bytes, path: str, declared: str | None = None) -> Taken:
    if data == b"Kesh 2":
        raise OSError("the process that loads the readers has ended")
    return Taken("text/plain", Reading(data.decode()), None, ())


def test_each_file_is_read_once_and_a_failure_is_raised_where_it_is_waited_for(tmp_path: Path) -> None:
    read: list[str] = []

    def take(data: bytes, path: str, declared: str | None) -> Taken:
        read.append(data.decode())
        return taken(data, path, declared)

    ahead = Ahead(take, lambda digest: False, LIMIT)
    said: list[str] = []
    for found in ahead.over(files(tmp_path, 4)):
        assert isinstance(found, Found)
        file = ahead.load(found)
        try:
            reading = ahead.take(file.data, file.path).reading
            said.append(reading.text if reading else "")
        except OSError as error:
            said.append(str(error))
    assert said == ["Kesh 0", "Kesh 1", "the process that loads the readers has ended", "Kesh 3"]
    assert read == ["Kesh 0", "Kesh 1", "Kesh 2", "Kesh 3"]


def test_the_next_file_is_being_read_while_the_caller_has_this_one(tmp_path: Path) -> None:
    begun = Event()

    def take(data: bytes, path: str, declared: str | None) -> Taken:
        if data == b"Kesh 1":
            begun.set()
        return taken(data, path, declared)

    work = Ahead(take, lambda digest: False, LIMIT).over(files(tmp_path, 2))
    next(work)
    assert begun.wait(10)
    assert list(work) == files(tmp_path, 2)[1:]


def test_what_is_known_is_not_read_ahead_and_what_is_gone_is_met_in_its_turn(tmp_path: Path) -> None:
    read: list[bytes] = []

    def take(data: bytes, path: str, declared: str | None) -> Taken:
        read.append(data)
        return taken(data, path)

    ahead = Ahead(take, lambda digest: True, LIMIT)
    found = files(tmp_path, 2)
    (tmp_path / "1.txt").unlink()
    for item in ahead.over(found):
        assert isinstance(item, Found)
        if item.path.name == "1.txt":
            with pytest.raises(ReadError, match=r"1\.txt cannot be opened"):
                ahead.load(item)
        else:
            assert ahead.load(item).data == b"Kesh 0"
    assert read == []


def pair() -> tuple[Channel, Channel]:
    ours, theirs = socket.socketpair()
    one, other = Channel(ours.detach(), waits=False), Channel(theirs.detach())
    one.deadline = monotonic() + 20
    return one, other


@given(st.lists(st.binary(max_size=5000), max_size=5), st.integers(0, 3))
def test_messages_come_as_they_went(messages: list[bytes], more: int) -> None:
    one, other = pair()
    messages = [*messages, b"\x00" * (more << 19)]  # more than a socket holds at once
    sender = Thread(target=lambda: deque(map(other.send, messages), maxlen=0))
    sender.start()
    assert [one.receive(1 << 30) for _ in messages] == messages
    sender.join()
    one.close()
    other.close()


def test_a_message_that_is_too_long_or_is_cut_off_is_told_from_silence() -> None:
    one, other = pair()
    other.send(b"twelve bytes")
    with pytest.raises(TooLong, match="a message of 12 bytes, of which 11 may come"):
        one.receive(11)
    one.close()
    other.close()
    one, other = pair()
    other.close()
    with pytest.raises(EOFError):
        one.receive(11)
    one.close()


def test_an_end_that_dribbles_is_cut_off_at_the_deadline() -> None:
    ours, theirs = socket.socketpair()
    one = Channel(ours.detach(), waits=False)
    one.deadline = monotonic() + 0.2
    os.write(theirs.fileno(), (1 << 20).to_bytes(8, "little"))
    stop = Event()

    def dribble() -> None:
        while not stop.wait(0.01):
            theirs.send(b".")

    thread = Thread(target=dribble)
    thread.start()
    with pytest.raises(TimeoutError):
        one.receive(1 << 30)
    stop.set()
    thread.join()
    one.close()
    theirs.close()
