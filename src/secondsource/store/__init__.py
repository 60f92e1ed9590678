"""A case on disk: an SQLite file in WAL mode and the original bytes beside it.

::

    case/case.sqlite       documents, claims, mentions, entities, questions, lists, screenings
    case/bytes/ab/cdef…    original bytes, named by their SHA-256

Documents, lists and screenings are what was collected and done; claims, mentions,
entities and questions are derived from them and can be made again at any time.
"""

from secondsource.store.ledger import Entry, Head, check_proof, program
from secondsource.store.moments import now
from secondsource.store.quotes import Misquotation
from secondsource.store.store import FILE, Store
from secondsource.store.summaries import adopt
from secondsource.store.verify import verify

__all__ = [
    "FILE",
    "Entry",
    "Head",
    "Misquotation",
    "Store",
    "adopt",
    "check_proof",
    "now",
    "program",
    "verify",
]
