"""The company that names keep: which others the same documents name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from secondsource.resolve.nodes import Group, Node, Seed, Words

COMMON = 25
"""What more documents than this name (states, ministries, agencies) is company for anybody."""

ENOUGH = 2
"""So many names in common with a thing's documents tell that another document is about it."""


class Company:
    """Which documents name what, by the words of the names."""

    def __init__(self) -> None:
        self._named: dict[str, set[Words]] = {}
        self._by: dict[Words, set[str]] = defaultdict(set)

    def put(self, document: str, words: Iterable[Words]) -> Iterator[str]:
        """Note what a document names; those documents in which a name became common by it, or stopped."""
        before, after = self._named.pop(document, set()), set(words)
        if after:
            self._named[document] = after
        for gone in before - after:
            self._by[gone].discard(document)
            if len(self._by[gone]) == COMMON:
                yield from self._by[gone]
        for new in after - before:
            self._by[new].add(document)
            if len(self._by[new]) == COMMON + 1:
                yield from self._by[new]

    def shared(self, one: Seed | Group, other: Seed | Group) -> list[Words]:
        """What documents of both name, beside the two: the telling names only, in order.

        Nothing where they are named in one document: there they are not each other.
        """
        few, many = sorted((one, other), key=lambda held: len(held.documents))
        if few.documents & many.documents:
            return []
        beside = one.named | other.named
        near = {words for document in few.documents for words in self._named.get(document, ())} - beside
        return sorted(words for words in near if self._tells(words, many.documents))

    def meet(self, words: Words, one: Node, other: Node) -> bool:
        """True where documents of two nodes under the same words are one, or both name something telling."""
        near = self._named.get(one.document, set()) - {words}
        same = one.document == other.document
        return same or any(self._tells(name, (other.document,)) for name in near)

    def _tells(self, words: Words, among: Collection[str]) -> bool:
        by = self._by[words]
        return words[0] != "Location" and len(by) <= COMMON and not by.isdisjoint(among)
