"""The clock."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment as an ISO 8601 time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
