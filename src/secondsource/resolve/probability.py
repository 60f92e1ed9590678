"""How often pairs with some evidence were one thing, where that was measured."""

from __future__ import annotations

from typing import NamedTuple

BANDS = (0.6, 0.7, 0.8, 0.9)
"""Names that are merely near are told apart by how far they agree."""

RIVALS = (1, 2, 3, 6)
"""A short form by how many fuller names it fits: one, two, up to five, more."""


class Evidence(NamedTuple):
    """What is known of a pair: how the names agree, and the company that both keep.

    ``company`` is how many telling names the documents of both have (2 stands for more as well),
    −1 where one document names both.
    """

    names: str
    company: int


def evidence(verdict: str, score: float, rivals: int, company: int | None) -> Evidence:
    """The evidence of a pair; ``company`` None where one document names both."""
    kept = -1 if company is None else min(company, 2)
    if verdict == "near":
        return Evidence(f"near {max(band for band in BANDS if score >= band)}", kept)
    if rivals:
        return Evidence(f"{verdict}, of {max(at for at in RIVALS if rivals >= at)}", kept)
    return Evidence(verdict, kept)


def probability(found: Evidence) -> float | None:
    """The share of pairs with this evidence that were one thing; None where too few were seen.

    Counted on the invented names of ``bench/resolution.py`` (``--calibrate``, seed 2), and checked on others
    (seed 3); docs/decisions/0028 has how far that carries.
    """
    return SHARES.get(found.names, {}).get(found.company)


SHARES: dict[str, dict[int, float]] = {
    "initials and family name, of 2": {0: 0.512, 1: 0.833},
    "initials and family name, of 3": {0: 0.63, 1: 0.806, 2: 0.714},
    "initials and family name, of 6": {0: 0.407},
    "near 0.6": {0: 0.003, 1: 0.026},
    "near 0.7": {0: 0.031, 1: 0.213},
    "near 0.8": {0: 0.416, 1: 0.848, 2: 0.933},
    "near 0.9": {0: 0.923},
    "same": {0: 0.915, 1: 0.97},
    "slip": {0: 0.81, 1: 0.977, 2: 0.991},
    "some of the names, of 1": {0: 0.714},
    "some of the names, of 2": {0: 0.846},
}
