"""The guard itself: it refuses what leaves the machine and nothing else."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

import offline


@pytest.fixture
def _forgiven() -> object:
    yield
    offline.attempts.clear()


@pytest.mark.usefixtures("_forgiven")
def test_a_connection_to_another_machine_is_refused_and_remembered() -> None:
    with socket.socket() as connection, pytest.raises(offline.Outbound):
        connection.connect(("192.0.2.1", 80))
    assert offline.attempts == ["socket.connect 192.0.2.1"]


@pytest.mark.usefixtures("_forgiven")
def test_a_name_of_another_machine_is_not_even_looked_up() -> None:
    with pytest.raises(offline.Outbound):
        socket.getaddrinfo("example.invalid", 443)
    assert offline.attempts == ["socket.getaddrinfo example.invalid"]


def test_this_machine_may_be_reached(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        listener.listen()
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(tmp_path / "socket"))
