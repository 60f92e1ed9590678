"""What is resolved: the clusters of mentions that each document yields by itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from secondsource import names
from secondsource.model import Mention
from secondsource.names import Name

MAJORITY = 0.6
"""A name that this share of at least two documents takes for one kind is of that kind in the others
too: a small model takes “Drovia” for a country here and a person there."""

NodeKey = tuple[str, str]
Words = tuple[str, str]
"""A kind and the words of a name in one order: what names of one thing have in common."""

_ARTICLE = re.compile(r"^(?:the|a|an) (?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Node:
    """One cluster of one document: its best name, all its names by frequency, its mentions' number.

    ``settled`` where a person said of what kind it is.
    """

    document: str
    cluster: str
    name: str
    texts: tuple[str, ...]
    schema: str
    count: int
    reason: str | None = None
    settled: bool = False

    @property
    def key(self) -> NodeKey:
        return self.document, self.cluster

    @property
    def best(self) -> Name:
        return names.parse(self.name, self.schema)

    def of(self, schema: str, reason: str | None) -> Node:
        """The node as of another kind, and why."""
        return replace(self, schema=schema, reason=reason)

    @property
    def words(self) -> Words:
        return names.kind_of(self.schema), self.best.key


class SeedId(NamedTuple):
    """What tells seeds apart: kind and words, and which part where a person told some of them apart."""

    kind: str
    key: str
    part: str = ""

    @property
    def words(self) -> Words:
        return self.kind, self.key


@dataclass(frozen=True)
class Seed:
    """Nodes of one kind under one best name: the same words, in whatever order and document.

    ``loose`` where a person told things of that name apart and nobody said which of them this is.
    """

    id: SeedId
    nodes: tuple[Node, ...]
    loose: bool = False

    @property
    def kind(self) -> str:
        return self.id.kind

    @property
    def named(self) -> frozenset[Words]:
        return frozenset({self.id.words})

    @cached_property
    def written(self) -> Counter[str]:
        """The names as they were written, by how many nodes have them."""
        return Counter(node.name for node in self.nodes)

    @cached_property
    def mixed(self) -> tuple[str, ...]:
        """Those of its names that have words in letters of two alphabets."""
        texts = {text for node in self.nodes for text in (node.name, *node.texts)}
        return tuple(sorted(text for text in texts if names.warnings(text)))

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each such word, with how it was read."""
        return tuple(said for text in self.mixed for said in names.warnings(text))

    @cached_property
    def name(self) -> Name:
        """The name as most documents write it; which came first decides nothing."""
        written = self.written
        text = min(written, key=lambda text: (-written[text], len(text), text))
        return names.parse(text, next(node.schema for node in self.nodes if node.name == text))

    @cached_property
    def aliases(self) -> frozenset[str]:
        """The keys of the other names that its own documents tie it to."""
        keys = (names.parse(text, node.schema).key for node in self.nodes for text in node.texts)
        return frozenset(keys) - {self.name.key}

    @cached_property
    def documents(self) -> frozenset[str]:
        return frozenset(node.document for node in self.nodes)


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

    @cached_property
    def named(self) -> frozenset[Words]:
        """The words that the seeds stand under."""
        return frozenset(seed.id.words for seed in self.seeds)

    @cached_property
    def first(self) -> SeedId:
        """The seed by which groups are put in order."""
        return min(seed.id for seed in self.seeds)

    def joined(self, other: Group, *reasons: str) -> Group:
        return Group((*self.seeds, *other.seeds), (*self.reasons, *other.reasons, *reasons))


Named = Callable[[str, str], bool]
"""Whether a text names something in a document, as far as people have said."""


def nodes_of(document: str, mentions: Sequence[Mention], named: Named) -> Iterator[Node]:
    """The nodes of one document in the order of their clusters.

    A cluster under no name (“N/A”, “the company”, a row of symbols, more characters than any
    name has) is passed over, as is what is not ``named``.
    """
    clusters = defaultdict(list)
    for mention in mentions:
        clusters[mention.entity].append(mention)
    for cluster, held in sorted(clusters.items()):
        held = [one for one in held if named(document, one.excerpt.text)]
        texts = Counter(text for mention in held if (text := bare(mention.excerpt.text)))
        best = Counter(text for mention in held if (text := bare(mention.name)))
        best = Counter({text: n for text, n in best.items() if named(document, text)}) or texts
        if best:
            name, schema = _commonest(best), _commonest(Counter(mention.schema for mention in held))
            forms = sorted(texts, key=lambda text: (-texts[text], text)) or [name]
            yield Node(document, cluster, name, tuple(forms), schema, len(held))


def bare(text: str) -> str:
    """``text`` on one line and without its article where it is a name, else the empty string."""
    line = _ARTICLE.sub("", " ".join(text[: names.LONGEST + 1].split()))
    return "" if len(line) > names.LONGEST or names.is_nothing(line) or names.is_pointer(line) else line


def _commonest(counted: Counter[str]) -> str:
    return min(counted, key=lambda value: (-counted[value], -len(value), value))


class Kinds:
    """What documents take each name for: name by name and one vote a document."""

    def __init__(self) -> None:
        self._votes: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))

    def count(self, node: Node, times: int) -> Iterator[str]:
        """Add a node's vote, or with −1 take it back; the texts that it was on."""
        for text in {names.normalise(text) for text in (node.name, *node.texts)}:
            ballot = self._votes[text][node.schema]
            ballot[node.document] += times
            if not ballot[node.document]:
                del ballot[node.document]
            yield text

    def elected(self, text: str) -> tuple[str, int] | None:
        """The schema of the kind that most documents agree on and how many do, None where too few do."""
        votes = {schema: len(held) for schema, held in self._votes.get(text, {}).items() if held}
        kinds: Counter[str] = Counter()
        for schema, count in votes.items():
            kinds[names.kind_of(schema)] += count
        if not kinds:
            return None
        kind, most = min(kinds.items(), key=lambda item: (-item[1], item[0]))
        if most < 2 or most < MAJORITY * kinds.total():
            return None
        schema = min((s for s in votes if names.kind_of(s) == kind), key=lambda s: (-votes[s], s))
        return schema, votes[schema]

    def documents(self, text: str) -> set[str]:
        """The documents that have a normalised ``text`` for a name."""
        return {document for held in self._votes.get(text, {}).values() for document in held}


def voted(node: Node, elected: tuple[str, int] | None) -> tuple[str, str | None]:
    """The schema of ``node`` and why it has it, where most documents take its name for another kind."""
    if elected is None or node.settled or names.kind_of(elected[0]) == names.kind_of(node.schema):
        return node.schema, node.reason
    schema, count = elected
    told = f"{count} documents take “{node.name}” for {schema}"
    return schema, f"{told}: so here, instead of {node.schema}."
