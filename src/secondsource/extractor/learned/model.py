"""The weights, and what they say of a cue: how probable each stretch is as its content."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

NO_CUE = "N|"
"""Before the features of the choice that a token attributes nothing."""

NEAR = 0.8
"""The Jaccard index of words from which two stretches count as the same content."""

_WEIGHED = 25

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature; a feature that is not listed weighs nothing."""

    weights: Mapping[str, float]

    def probabilities(self, cue: Sequence[str], spans: Sequence[Sequence[str]]) -> Floats:
        """The probability of "no cue", then that of each stretch; they add up to 1."""
        weight = self.weights.get
        scores = [sum(weight(NO_CUE + name, 0.0) for name in cue)]
        scores += [sum(weight(name, 0.0) for name in names) for names in spans]
        raised: Floats = np.exp(np.array(scores) - max(scores))
        shares: Floats = raised / raised.sum()
        return shares


def best(probabilities: Floats, starts: Sequence[int], ends: Sequence[int]) -> tuple[int, float]:
    """The stretch that is most probably nearly right, and how probably.

    Minimum Bayes risk (Kumar & Byrne 2004): not the most probable stretch, but the one with
    the most probability in stretches that share four in five of its words.  ``starts`` and
    ``ends`` count words, ``probabilities`` are those of the stretches.
    """
    order = np.argsort(-probabilities, kind="stable")[:_WEIGHED]
    low, high = np.asarray(starts)[order], np.asarray(ends)[order]
    shared = np.maximum(0, np.minimum.outer(high, high) - np.maximum.outer(low, low))
    lengths = high - low
    joined = np.maximum(np.add.outer(lengths, lengths) - shared, 1)
    chances = ((shared / joined >= NEAR) * probabilities[order]).sum(axis=1)
    chosen = int(np.argmax(chances + 1e-3 * probabilities[order]))
    return int(order[chosen]), float(chances[chosen])


@cache
def shipped() -> Model:
    """The weights of this package, made by ``training/train.py`` (``weights.card.json`` says of what)."""
    packed = resources.files(__package__).joinpath("weights.json.gz").read_bytes()
    return Model(json.loads(gzip.decompress(packed)))
