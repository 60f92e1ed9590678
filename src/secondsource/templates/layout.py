"""Where the nodes of a small network stand: the forces of Fruchterman and Reingold (1991), computed here.

The same links give the same picture, so that it can be compared with yesterday's.  A page draws at most
some dozens of nodes; the table beside the picture has them all, and says as much.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

ROUNDS = 120
Spot = tuple[float, float]


def layout(
    count: int, edges: Sequence[tuple[int, int]], width: float, height: float
) -> list[tuple[float, float]]:
    """A place for each of ``count`` nodes inside ``width`` × ``height``; ``edges`` are pairs of numbers."""
    if not count:
        return []
    turn = np.arange(count) * 2.399963  # the golden angle: no two begin in one place
    spots = np.stack([np.cos(turn), np.sin(turn)], 1) * np.sqrt((np.arange(count) + 0.5) / count)[:, None]
    apart = 1.6 / np.sqrt(count)
    pairs = np.array(edges, dtype=int).reshape(-1, 2)
    for warmth in np.linspace(0.2, 0.005, ROUNDS):
        spots += _step(spots, pairs, apart, warmth)
    low, high = spots.min(0), spots.max(0)
    scaled = (spots - low) / np.maximum(high - low, 1e-9)
    return [(float(x * width), float(y * height)) for x, y in scaled]


def _step(spots: np.ndarray, pairs: np.ndarray, apart: float, warmth: float) -> np.ndarray:
    between = spots[:, None] - spots[None]
    far = np.maximum(np.linalg.norm(between, axis=2), 1e-3)
    pull = (between / far[..., None] * (apart**2 / far)[..., None]).sum(1)
    if len(pairs):
        drawn = spots[pairs[:, 0]] - spots[pairs[:, 1]]
        force = drawn * (np.linalg.norm(drawn, axis=1) / apart)[:, None]
        np.add.at(pull, pairs[:, 0], -force)
        np.add.at(pull, pairs[:, 1], force)
    pull -= spots * 1.5  # so that parts without a link between them stay in sight
    size = np.maximum(np.linalg.norm(pull, axis=1), 1e-9)
    moved: np.ndarray = pull / size[:, None] * np.minimum(size, warmth)[:, None]
    return moved
