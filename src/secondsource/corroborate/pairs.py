"""A statement of an original beside the copy's, and what a test for drift says of the two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from secondsource.corroborate.comparison import Comparison
from secondsource.corroborate.statements import Statement, nation
from secondsource.model import Document, Span
from secondsource.provenance import DriftKind
from secondsource.text import words

STRONG = 0.5
"""How alike two statements must be before a word in one that the other lacks tells anything."""

AS_MUCH = 0.8
"""What share of a pair's likeness makes another statement of the same report as good a match."""

SAYS = frozenset({"asserts", "assesses", "confirms", "warns"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement of the original, the copy's that says the same, and what is known of the two reports.

    ``directed`` is True where the copy is known to be made from the original; ``credited`` are the
    outlets, as keys, that the copy credits anywhere.
    """

    comparison: Comparison
    origin: Statement
    copy: Statement
    score: float
    documents: tuple[Document, Document]
    directed: bool
    credited: frozenset[str] = frozenset()

    @property
    def outlets(self) -> tuple[str, str]:
        """What the two reports go by in a sentence."""
        one, other = (d.publisher or d.path.rsplit("/", 1)[-1] for d in self.documents)
        return one, other


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: its kind, a sentence, and the words that show it in each report."""

    kind: DriftKind
    sentence: str
    before: tuple[Span, ...] = ()
    after: tuple[Span, ...] = ()


Test = Callable[[Pair], Change | None]


def spans(one: Statement, found: Sequence[re.Match[str]]) -> tuple[Span, ...]:
    """Where matches in a statement of one span stand in its document; nothing for a broken one."""
    if len(one.excerpt.spans) != 1:
        return ()
    start = one.excerpt.spans[0].start
    return tuple(Span(start + match.start(), start + match.end()) for match in found)


def who(one: Statement) -> str:
    """Who a statement is given to, as a word inside a sentence."""
    name = one.source or "nobody"
    common = one.claim is not None and one.claim.source_kind in {"document", "anonymous"}
    article = name.startswith(("The ", "A ", "An "))
    return (
        name[:1].lower() + name[1:]
        if article or (common and name[1:2].islower() and not nation(words(name)[0]))
        else name
    )


def is_said(one: Statement) -> bool:
    """True where a source says that it is so."""
    return one.claim is not None and one.claim.stance in SAYS and not one.claim.frame.negated


def source_spans(one: Statement) -> tuple[Span, ...]:
    """Where the words for a statement's source stand."""
    return one.claim.source.spans if one.claim and one.claim.source else ()
