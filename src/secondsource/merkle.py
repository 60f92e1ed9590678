"""Hashes of hashes: the Merkle tree of RFC 6962 (section 2.1), and the two proofs it gives.

A leaf is SHA-256 of a zero byte and the entry, a node SHA-256 of a one byte and its two
children; the left part of *n* leaves is the largest power of two below *n*.  Whoever keeps the
root of a tree can be shown later that an entry was in it (inclusion), or that a longer tree
begins with the same entries (consistency), without being shown the other entries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf(entry: bytes) -> bytes:
    """The hash of an entry as a leaf."""
    return hashlib.sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _split(count: int) -> int:
    """The largest power of two below ``count``, which is two or more."""
    return 1 << (count - 1).bit_length() - 1


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over ``leaves``; that of none is the SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        # An odd one out goes up as it is, which gives the tree of the RFC.
        odd = level[-1:] if len(level) % 2 else []
        level = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)] + odd
    return level[0]


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from leaf ``index`` to the root: PATH of the RFC, lowest first."""
    if not 0 <= index < len(leaves):
        raise ValueError(f"there is no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    at = _split(len(leaves))
    if index < at:
        return [*inclusion(index, leaves[:at]), root(leaves[at:])]
    return [*inclusion(index - at, leaves[at:]), root(leaves[:at])]


def root_from_inclusion(index: int, size: int, hash: bytes, path: Sequence[bytes]) -> bytes:
    """The root that ``path`` leads to from leaf ``index`` of ``size`` (RFC 9162, 2.1.3.2).

    Raises ValueError where the path has not the length that it must have.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    at, last, found = index, size - 1, hash
    for step in path:
        if last == 0:
            raise ValueError("the path is too long")
        if at % 2 or at == last:
            found = node(step, found)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, step)
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return found
