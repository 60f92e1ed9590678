"""Two accounts of one matter, cut where they differ, for a page or a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from secondsource.provenance import Account
from secondsource.text import merge


def marked(text: str, account: Account) -> Iterator[tuple[str, bool]]:
    """The words of an account in order, each piece with whether it is marked.

    ``text`` is the document's.  Marks outside the excerpt are left out; where a mark covers all of
    it, nothing is marked, since all of it is what changed.
    """
    for start, end in account.excerpt.spans:
        inside = [(max(a, start), min(b, end)) for a, b in account.marks if a < end and b > start]
        at = start
        for a, b in merge(inside) if inside != [(start, end)] else ():
            if a > at:
                yield text[at:a], False
            yield text[a:b], True
            at = b
        if at < end:
            yield text[at:end], False
