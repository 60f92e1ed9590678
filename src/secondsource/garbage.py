"""Python's search for garbage, left out where much is made that is none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """Make things without a search for garbage among them, which walks all that there is again and again.

    For work that makes much that stays and few things that refer to each other: what is let go of meanwhile
    is freed as ever, but for such rings, which wait until afterwards.  It holds for all of the process.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
