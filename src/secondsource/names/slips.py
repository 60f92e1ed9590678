"""How few slips of the hand make one name of another, where words of it may be left out.

The channel of Kernighan, Church and Gale (1990, “A Spelling Correction Program Based on a Noisy Channel
Model”): of names that a written one may stand for, that is likeliest of which the fewest slips make it.  A
slip is what it is there, a letter left out, put in, put for another, or in the place of its neighbour
(Damerau, 1964); how likely each is cannot be learned without writings that somebody corrected, so each
counts one.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

MOST_SLIPS = 2
"""Slips that are looked for: more make any short name of another."""

LETTERS = 5
"""Letters of a name for each slip that it may hold."""


def slips(written: str, meant: str, left_out: Iterable[str] = ()) -> int | None:
    """How many slips make ``written`` of ``meant`` without the words ``left_out``, both as `normalise` spells
    them, the words in the order in which they stand or in any; None for more than `MOST_SLIPS` or too many
    for so few letters."""
    most = min(MOST_SLIPS, len(written) // LETTERS)
    kept = _without(meant.split(), left_out)
    text = " ".join(kept)
    if abs(len(text) - len(written)) > most:
        return None
    found = OSA.distance(written, text, score_cutoff=most)
    if found > most:
        ordered = " ".join(sorted(written.split())), " ".join(sorted(kept))
        found = OSA.distance(*ordered, score_cutoff=most)
    return found if found <= most else None


def _without(words: list[str], left_out: Iterable[str]) -> list[str]:
    for word in left_out:
        if word in words:
            words.remove(word)
    return words
