"""The clock."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment as an ISO 8601 time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def instant() -> str:
    """The present moment to the microsecond, by which two runs within one second are told apart."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
