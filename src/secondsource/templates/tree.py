"""From an origin's first report to its last copy, with the words that each took over.

A report hangs under the earlier report of the same origin that it names; where it names none, under
the first.  Words count as taken over where three or more stand in the same order in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from secondsource.model import Claim, Document, Origin, Position, Question
from secondsource.templates.evidence import Evidence

LEAST = 3
_WORD = re.compile(r"\w+")

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One report: its claim as (text, taken over) pieces, why it is a copy, and what hangs under it."""

    claim: Claim
    document: Document
    pieces: Pieces
    why: str
    copies: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """The reports of one origin of a position; ``more`` are not shown."""

    position: Position
    origin: Origin
    first: Node | None
    more: int


def trees(question: Question, evidence: Evidence, most: int) -> tuple[Tree, ...]:
    """A tree for each of the first ``most`` origins of each position, of at most ``most`` reports."""
    return tuple(
        _tree(position, origin, evidence, most)
        for position in question.positions
        for origin in position.origins[:most]
    )


def _tree(position: Position, origin: Origin, evidence: Evidence, most: int) -> Tree:
    claims = [evidence.claims[id] for id in origin.claims[:most] if id in evidence.claims]
    placed = [(one, evidence.documents[one.document]) for one in claims if one.document in evidence.documents]
    placed.sort(key=lambda pair: (pair[1].published or "9", pair[1].path, pair[0].content.spans))
    kept = list({document.id: (claim, document) for claim, document in reversed(placed)}.values())[::-1]
    kept.sort(key=lambda pair: (pair[1].published or "9", pair[1].path))
    if not kept:
        return Tree(position, origin, None, 0)
    under = list(_parents(kept, origin))
    return Tree(position, origin, _node(0, kept, under, origin), len(set(origin.documents)) - len(kept))


Placed = Sequence[tuple[Claim, Document]]


def _parents(kept: Placed, origin: Origin) -> Iterator[int]:
    """For each report the number of the one that it hangs under; the first hangs under none."""
    for number, (claim, document) in enumerate(kept):
        if number == 0:
            yield -1
            continue
        told = " ".join((*(one.text for one in claim.via), claim.source_name or "", _why(document, origin)))
        earlier = range(number - 1, -1, -1)
        named = (at for at in earlier if (kept[at][1].publisher or "\0").casefold() in told.casefold())
        yield next(named, 0)


def _node(at: int, kept: Placed, under: Sequence[int], origin: Origin) -> Node:
    claim, document = kept[at]
    before = kept[under[at]][0].content.text if at else ""
    copies = (_node(child, kept, under, origin) for child, parent in enumerate(under) if parent == at)
    why = _why(document, origin)
    return Node(claim, document, taken_over(before, claim.content.text), why, tuple(copies))


def _why(document: Document, origin: Origin) -> str:
    return next((one.why for one in origin.undetermined if one.document == document.id), "")


def taken_over(before: str, after: str) -> Pieces:
    """``after`` in pieces, those marked that stand word for word in ``before``; joined they are ``after``."""
    words = [list(_WORD.finditer(text)) for text in (before, after)]
    said = [[word.group().casefold() for word in each] for each in words]
    pieces: list[tuple[str, bool]] = []
    reached = 0
    for match in SequenceMatcher(None, said[0], said[1], autojunk=False).get_matching_blocks():
        if match.size >= LEAST:
            start, end = words[1][match.b].start(), words[1][match.b + match.size - 1].end()
            pieces += [(after[reached:start], False), (after[start:end], True)]
            reached = end
    pieces.append((after[reached:], False))
    return tuple(piece for piece in pieces if piece[0])
