"""A case on disk: an SQLite file in WAL mode and the original bytes beside it.

::

    case/case.sqlite       documents, claims, mentions, entities, questions, lists, screenings
    case/bytes/ab/cdef…    original bytes, named by their SHA-256

Documents, lists and screenings are what was collected and done; claims, mentions,
entities and questions are derived from them and can be made again at any time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from secondsource.store.checks import verify
    from secondsource.store.ledger import Entry, Head, check_proof
    from secondsource.store.log import FILE, QuickLog, program
    from secondsource.store.moments import now
    from secondsource.store.quotes import Misquotation
    from secondsource.store.store import Store
    from secondsource.store.summaries import adopt

__all__ = [
    "FILE",
    "Entry",
    "Head",
    "Misquotation",
    "QuickLog",
    "Store",
    "adopt",
    "check_proof",
    "now",
    "program",
    "verify",
]

_HOMES = {
    **dict.fromkeys(("Entry", "Head", "check_proof"), "ledger"),
    **dict.fromkeys(("FILE", "QuickLog", "program"), "log"),
    "Misquotation": "quotes",
    "Store": "store",
    "adopt": "summaries",
    "now": "moments",
    "verify": "checks",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: one name is screened without the library that a whole store needs.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
