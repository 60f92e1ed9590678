"""How likely each rival answer is, from its origins: a probability, and only where it is calibrated.

An origin that is right with probability q speaks for its answer with ln((K-1)q/(1-q)), where K rival
values are possible and a wrong source is as likely to give any of the others (the vote of ACCU;
Dong, Berti-Equille and Srivastava, "Integrating conflicting data", VLDB 2009).  What may be a copy
speaks less: with the chance c that it only repeats, its evidence is the mixture of both.  One in
twenty anchored origins beyond the first is taken for pretended, and all that shows no access of its
own is together one origin that is as likely a copy as not.  So the figure does not grow with how often
a thing was printed.

It is calibrated on the copying press of ``bench/simulation.py``, where answers are rival figures
(an error of calibration under 0.05), and nowhere else: a question of another kind has no probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TypeVar

RIGHT = 0.7
"""How often an origin without a record is taken to be right: reliability C, "fairly reliable"."""
VALUES = 6
"""How many rival values are thought possible."""
SUREST = 0.95
"""No origin is taken to be right more often than that, whatever its record."""

ESTIMATIVE = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
"""Words of estimative probability with the upper end of each band: US directive ICD 203, 2015."""

_PRETENDED = 0.05
_COPIED = 0.5
_PRIOR = 30.0
_ROUNDS = 30


Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Support:
    """What an answer stands on: how often each anchored origin is right, and whether any floats."""

    anchored: Sequence[float] = ()
    floating: bool = False


def estimative(probability: float) -> str:
    """The words of ICD 203 for a probability; only for one that is calibrated on cases of its own kind."""
    return next(words for end, words in ESTIMATIVE if probability <= end)


def vote(right: float, values: int = VALUES, copied: float = 0.0) -> float:
    """The weight of one origin in nats, never below 0.

    ``right`` is how often it is right; ``copied`` the chance that it only repeats what is counted
    already.
    """
    bounded = min(SUREST, max(1.0 / values, right))
    wrong = (1 - bounded) / (values - 1)
    return log(((1 - copied) * bounded + copied) / ((1 - copied) * wrong + copied))


def weight(support: Support, values: int = VALUES, right: float = RIGHT) -> float:
    """The weight of an answer in nats; a further origin never lowers it.

    ``right`` is taken for what floats.
    """
    pool = vote(right, values) if support.floating else 0.0
    if not support.anchored:
        return pool
    first, *others = sorted(support.anchored, reverse=True)
    further = sum(vote(one, values, _PRETENDED) for one in others)
    floats = vote(right, values, _COPIED) if support.floating else 0.0
    return max(pool, vote(first, values) + further + floats)


def shares(weights: Mapping[Answer, float], values: int = VALUES) -> dict[Answer, float]:
    """The probability of each answer; what is left is that of the values that nobody gives.

    The weights are in nats; answers and those that nobody gives are ``values`` in all, or as
    many as there are answers.
    """
    most = max([0.0, *weights.values()])
    unseen = max(0, values - len(weights)) * exp(-most)
    total = unseen + sum(exp(one - most) for one in weights.values())
    return {answer: exp(one - most) / total for answer, one in weights.items()}


def likelihoods(
    supports: Mapping[Answer, Support], values: int = VALUES, right: float = RIGHT
) -> dict[Answer, float]:
    """The probability of each rival answer from what it stands on, 0–1."""
    return shares({answer: weight(one, values, right) for answer, one in supports.items()}, values)


def fitted(questions: Iterable[Mapping[Answer, int]], values: int = VALUES) -> float:
    """How often an anchored origin is right, from how far they agree where several speak.

    Each question gives its anchored origins by answer.  Expectation and maximisation from
    `RIGHT`, which counts as thirty origins: a small case stays near it.
    """
    counted = [dict(question) for question in questions]
    right, every = RIGHT, sum(sum(question.values()) for question in counted)
    for _ in range(_ROUNDS):
        known = 0.0
        for question in counted:
            sure = likelihoods({answer: Support([right] * n) for answer, n in question.items()}, values)
            known += sum(n * sure[answer] for answer, n in question.items())
        right = (known + RIGHT * _PRIOR) / (every + _PRIOR)
    return right
