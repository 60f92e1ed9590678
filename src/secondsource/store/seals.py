"""The seal of a row: the hash by which a change made to it later is seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from secondsource.text import sha256

# Which edition is in force changes when the next one comes, and a judgement may be undone; everything
# else stays as it was put in.
_CHANGES = {"seal", "in_force", "undone"}


def seal(row: Mapping[str, Any]) -> str:
    """The SHA-256 of a row as JSON, its columns in the order of their names."""
    kept = {name: value for name, value in row.items() if name not in _CHANGES}
    return sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


written = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
"""A value as JSON, its names in order: as it stands in what is hashed for a seal."""


def seal_written(**columns: str) -> str:
    """`seal` of a row whose columns are `written` already; they are given in the order of their names.

    A body is put into JSON once then, for its column and for the seal.
    """
    told = ",".join([f'"{name}":{value}' for name, value in columns.items()])
    return sha256(f"{{{told}}}".encode())


def digest(seals: Iterable[str]) -> str:
    """One hash for rows in their order, from their seals."""
    return sha256("\n".join(seals).encode())
