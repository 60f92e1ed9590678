"""The grade of a position: a number from the counts, a letter from the sources' record.

The number is the information half of the Admiralty scale (STANAG 2511), the letter its source
half, kept apart as the scale means them to be.  The number comes from how many origins show
their own access and from what stands against them, never from how often a thing was printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.model import QuestionStatus


@dataclass(frozen=True, slots=True)
class Counts:
    """What the number is read from.

    ``anchored`` origins show their own access, ``first_hand`` of them by documents, imagery
    or as a party; ``sides`` are those not tied by a post; ``floating`` show none.  ``against``
    counts anchored opposition that is not self-interested: denials and rival answers.
    """

    anchored: int
    floating: int
    first_hand: int
    sides: int
    against: int
    withdrawn: bool = False
    hedged: bool = False


def credibility(counts: Counts) -> int:
    """1 (confirmed by independent origins) to 5 (improbable); 6 where it cannot be judged."""
    if counts.withdrawn or (
        counts.against >= 2 and counts.anchored <= 1 and counts.against > counts.anchored
    ):
        return 5
    if counts.against:
        return 3 if counts.anchored > counts.against else 4
    if not counts.anchored:
        return 6
    best = 1 if counts.sides >= 2 else 2 if counts.anchored >= 2 or counts.first_hand else 3
    return max(best, 3) if counts.hedged else best


def status(counts: Counts, denied: bool, rivals: bool) -> QuestionStatus:
    """The status of a question from the counts of its strongest position."""
    if counts.withdrawn:
        return "superseded"
    if not counts.anchored and not counts.floating:
        return "denied" if denied else "unassessed"
    if rivals:
        return "contested"
    if denied:
        return (
            "denied"
            if counts.against and counts.anchored <= 1 and counts.against >= counts.anchored
            else "contested"
        )
    return "corroborated" if counts.anchored >= 2 else "single-origin"


def strongest(every: Sequence[Counts]) -> Counts:
    """The counts of the position that the question's status is read from."""
    return max(every, key=lambda counts: (not counts.withdrawn, counts.anchored, counts.floating))
