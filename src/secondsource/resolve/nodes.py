"""What is resolved: the clusters of mentions that each document yields by itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from secondsource import names
from secondsource.model import Mention
from secondsource.names import Name

MAJORITY = 0.6
"""A name that this share of at least two documents takes for one kind is of that kind in the others
too: a small model takes “Drovia” for a country here and a person there."""

_ARTICLE = re.compile(r"^(?:the|a|an) (?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Node:
    """One cluster of one document: its best name, all its names by frequency, its mentions' number."""

    document: str
    cluster: str
    name: str
    texts: tuple[str, ...]
    schema: str
    count: int
    reason: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.cluster

    @property
    def best(self) -> Name:
        return names.parse(self.name, self.schema)


@dataclass(frozen=True)
class Seed:
    """Nodes of one kind under one best name: the same words, in whatever order and document."""

    nodes: tuple[Node, ...]

    @cached_property
    def name(self) -> Name:
        return self.nodes[0].best

    @cached_property
    def kind(self) -> str:
        return names.kind_of(self.nodes[0].schema)

    @cached_property
    def key(self) -> tuple[str, str]:
        return self.nodes[0].key

    @cached_property
    def aliases(self) -> frozenset[str]:
        """The keys of the other names that its own documents tie it to."""
        keys = (names.parse(text, node.schema).key for node in self.nodes for text in node.texts)
        return frozenset(keys) - {self.name.key}


@dataclass(frozen=True)
class Group:
    """Seeds taken for one thing, with a sentence for each time that two were joined, or left open."""

    seeds: tuple[Seed, ...]
    reasons: tuple[str, ...] = ()

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(sorted((node for seed in self.seeds for node in seed.nodes), key=lambda node: node.key))

    @cached_property
    def documents(self) -> frozenset[str]:
        return frozenset(node.document for node in self.nodes)

    def joined(self, other: Group, *reasons: str) -> Group:
        return Group((*self.seeds, *other.seeds), (*self.reasons, *other.reasons, *reasons))


def nodes(mentions: Mapping[str, Sequence[Mention]]) -> list[Node]:
    """The nodes of a case in the order of their keys, each kind as most documents have it.

    A cluster under no name (“N/A”, “the company”, a row of symbols, more characters than any
    name has) is passed over.
    """
    found = [node for document in sorted(mentions) for node in _of_document(document, mentions[document])]
    return list(_agreed(found))


def seeds(found: Iterable[Node]) -> list[Seed]:
    """The nodes by kind and best name; the order of the nodes decides the order of the seeds."""
    alike = defaultdict(list)
    for node in found:
        alike[names.kind_of(node.schema), node.best.key].append(node)
    return [Seed(tuple(group)) for group in alike.values()]


def _of_document(document: str, mentions: Sequence[Mention]) -> Iterator[Node]:
    clusters = defaultdict(list)
    for mention in mentions:
        clusters[mention.entity].append(mention)
    for cluster, held in sorted(clusters.items()):
        texts = Counter(text for mention in held if (text := _named(mention.excerpt.text)))
        best = Counter(text for mention in held if (text := _named(mention.name))) or texts
        if best:
            name, schema = _commonest(best), _commonest(Counter(mention.schema for mention in held))
            forms = sorted(texts, key=lambda text: (-texts[text], text)) or [name]
            yield Node(document, cluster, name, tuple(forms), schema, len(held))


def _named(text: str) -> str:
    """``text`` on one line and without its article where it is a name, else the empty string."""
    line = _ARTICLE.sub("", " ".join(text[: names.LONGEST + 1].split()))
    return "" if len(line) > names.LONGEST or names.is_nothing(line) or names.is_pointer(line) else line


def _commonest(counted: Counter[str]) -> str:
    return min(counted, key=lambda value: (-counted[value], -len(value), value))


def _agreed(found: Sequence[Node]) -> Iterator[Node]:
    """The nodes with their kinds voted on, name by name and one vote a document."""
    votes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for node in found:
        for text in {node.name, *node.texts}:
            votes[names.normalise(text)][node.schema].add(node.document)
    for node in found:
        ballot = votes[names.normalise(node.name)]
        schema = _elected({kind: len(documents) for kind, documents in ballot.items()})
        if schema and names.kind_of(schema) != names.kind_of(node.schema):
            told = f"{len(ballot[schema])} documents take “{node.name}” for {schema}"
            node = replace(node, schema=schema, reason=f"{told}: so here, instead of {node.schema}.")
        yield node


def _elected(votes: Mapping[str, int]) -> str | None:
    """The schema of the kind that most votes agree on, None where too few do."""
    kinds: Counter[str] = Counter()
    for schema, count in votes.items():
        kinds[names.kind_of(schema)] += count
    kind, most = min(kinds.items(), key=lambda item: (-item[1], item[0]))
    if most < 2 or most < MAJORITY * kinds.total():
        return None
    return min((schema for schema in votes if names.kind_of(schema) == kind), key=lambda s: (-votes[s], s))
