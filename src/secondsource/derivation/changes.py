"""What a case holds now, what it held before, and what that did to its derivations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from secondsource.model import Claim, Document
from secondsource.provenance import REPEATS, Derivation

Pair = tuple[str, str]
"""Ids of two documents, in order."""


def pair_of(one: str, other: str) -> Pair:
    """Two documents as a pair."""
    return (one, other) if one < other else (other, one)


Told = Mapping[str, tuple[Claim, ...]]
"""The claims of each document, in order of their ids."""


@dataclass(frozen=True, slots=True)
class Step:
    """The documents and claims of a case before and now, and which of both are otherwise than before."""

    before: Mapping[str, Document]
    documents: Mapping[str, Document]
    changed: frozenset[str]
    unsaid: Told
    claims: Told
    retold: frozenset[str]

    @classmethod
    def between(
        cls, before: Mapping[str, Document], documents: Mapping[str, Document], unsaid: Told, claims: Told
    ) -> Step:
        return cls(
            before, documents, _otherwise(before, documents), unsaid, claims, _otherwise(unsaid, claims)
        )

    def gone(self) -> Iterator[Document]:
        """Documents as they were that went or changed."""
        return (self.before[id] for id in self.changed if id in self.before)

    def came(self) -> Iterator[Document]:
        """Documents as they are that came or changed."""
        return (self.documents[id] for id in self.changed if id in self.documents)

    def taken_back(self) -> Iterator[Claim]:
        """The claims of documents that no longer say the same, as they were."""
        return (claim for id in self.retold for claim in self.unsaid.get(id, ()))

    def said(self) -> Iterator[Claim]:
        """The claims of documents that no longer say the same, as they are."""
        return (claim for id in self.retold for claim in self.claims.get(id, ()))


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise than before, so that whoever built on it need look at nothing else.

    ``documents`` are those whose edges are, ``rests`` of those of which only the documents that their edges
    lead to are others, these; ``upstream`` are those that may rest on other documents.
    ``names`` are spellings by which outlets are looked for in texts and were not, or no longer are;
    ``mentioned`` are the documents that stay whose text or head has one of them.  ``displayed`` and
    ``cited`` are keys of outlets (see `canonical`): those whose best known name, and whose being an outlet
    at all may be otherwise.
    """

    documents: frozenset[str]
    rests: Mapping[str, frozenset[str]]
    upstream: frozenset[str]
    names: frozenset[str]
    mentioned: frozenset[str]
    displayed: frozenset[str]
    cited: frozenset[str]


def other_parents(before: Collection[Derivation], now: Collection[Derivation]) -> frozenset[str] | None:
    """The documents that some edges of a document lead to and others do not, where it names the same sources
    in the same ways; None where it does not.  To repeat words names nobody."""
    named, names = (
        {(edge.source, edge.how) for edge in edges if edge.how not in REPEATS} for edges in (before, now)
    )
    if named != names:
        return None
    otherwise = [edge for edge in before if edge not in now] + [edge for edge in now if edge not in before]
    return frozenset(edge.parent for edge in otherwise if edge.parent)


def _otherwise(before: Mapping[str, object], now: Mapping[str, object]) -> frozenset[str]:
    """The keys of what came, went or changed; what is the same object is not looked into."""
    came = (id for id, one in now.items() if (old := before.get(id)) is not one and old != one)
    return frozenset((*came, *(before.keys() - now.keys())))
