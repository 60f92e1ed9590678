"""Resolution that is kept up to date: documents and judgements come and go, the rest follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from secondsource import names
from secondsource.model import Conflict, Entity, Judgement, Mention, Place
from secondsource.resolve.company import Company
from secondsource.resolve.graph import Graph
from secondsource.resolve.judged import Obeyed, obey
from secondsource.resolve.nodes import Kinds, Node, NodeKey, SeedId, Words, nodes_of, voted
from secondsource.resolve.parts import parts
from secondsource.resolve.piece import mates_of, pieces, resolved
from secondsource.resolve.taught import Taught


class Resolver:
    """The entities of documents' mentions under judgements.

    What `put`, `remove` and `obey` change is settled when `entities` are asked for, and only
    the pieces of the graph that it touches.  In whatever order things came, the outcome is that of putting
    everything at once.
    """

    def __init__(self, judgements: Sequence[Judgement] = ()) -> None:
        self.graph = Graph()
        self.company = Company()
        self.obeyed = Obeyed()
        self._judgements = tuple(judgements)
        self._taught = Taught(self._judgements)
        self._mentions: dict[str, Sequence[Mention]] = {}
        self._raw: dict[str, list[Node]] = {}
        self._kinds = Kinds()
        self._nodes: dict[NodeKey, Node] = {}
        self._under: dict[Words, dict[NodeKey, Node]] = defaultdict(dict)
        self._named: dict[str, set[NodeKey]] = defaultdict(set)
        self._home: dict[NodeKey, SeedId] = {}
        self._pieces: dict[SeedId, int] = {}
        self._held: dict[int, tuple[set[SeedId], list[Entity]]] = {}
        self._texts: set[str] = set()
        self._changed: set[str] = set()
        self._words: set[Words] = set()
        self._made = 0

    # What comes and goes

    def put(self, document: str, mentions: Sequence[Mention]) -> None:
        """Add a document's mentions, or put them in the place of its earlier ones."""
        self._mentions[document] = mentions
        self._read(document)

    def remove(self, document: str) -> None:
        """Take a document out; nothing where it is not in."""
        self._mentions.pop(document, None)
        self._read(document)

    def obey(self, judgements: Sequence[Judgement]) -> None:
        """Put ``judgements``, the oldest first, in the place of those that were obeyed before."""
        if tuple(judgements) == self._judgements:
            return
        before, self._judgements = self._taught, tuple(judgements)
        self._taught = Taught(self._judgements)
        for text in self._taught.differing(before):
            for document in self._kinds.documents(text) | self._taught.among(self._mentions, text):
                self._read(document)
        self._rebind()

    def _read(self, document: str) -> None:
        """Make a document's nodes anew."""
        for node in self._raw.pop(document, ()):
            self._texts |= set(self._kinds.count(node, -1))
            self._named[names.normalise(node.name)].discard(node.key)
            self._take(node.key)
        mentions = self._mentions.get(document, ())
        raw = [self._taught.typed(node) for node in nodes_of(document, mentions, self._taught.names)]
        for node in raw:
            self._texts |= set(self._kinds.count(node, 1))
            self._named[names.normalise(node.name)].add(node.key)
            self._give(node)
        if raw:
            self._raw[document] = raw

    def _give(self, node: Node) -> None:
        self._nodes[node.key] = node
        self._under[node.words][node.key] = node
        self._words.add(node.words)
        self._changed.add(node.document)

    def _take(self, key: NodeKey) -> None:
        node = self._nodes.pop(key)
        self._under[node.words].pop(key)
        self._words.add(node.words)
        self._changed.add(node.document)

    # What follows

    @property
    def entities(self) -> list[Entity]:
        """The entities by how many documents name them, then by name."""
        self.settle()
        every = (entity for _, held in self._held.values() for entity in held)
        return sorted(every, key=lambda entity: (-len(entity.documents), entity.name, entity.id))

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The judgements that are set aside because others stand against them."""
        self.settle()
        return self.obeyed.conflicts

    def entities_in(self, document: str) -> list[Entity]:
        """The entities that a document names."""
        self.settle()
        homes = {self._home[node.key] for node in self._raw.get(document, ())}
        pieces = {self._pieces[id] for id in homes}
        named = (entity for at in pieces for entity in self._held[at][1])
        return [entity for entity in named if document in entity.documents]

    def settle(self) -> None:
        """Bring everything up to date; nothing where it is."""
        self._vote()
        self._keep_company()
        if self._words and self._judgements:
            self._rebind()
        touched = self._seed()
        if touched:
            self._resolve(touched)

    def _vote(self) -> None:
        """Give nodes the kind that most documents have for their names."""
        for text in self._texts:
            elected = self._kinds.elected(text)
            for key in self._named.get(text, ()):
                raw = next(node for node in self._raw[key[0]] if node.cluster == key[1])
                schema, reason = voted(raw, elected)
                if (schema, reason) != (self._nodes[key].schema, self._nodes[key].reason):
                    self._take(key)
                    self._give(raw.of(schema, reason))
        self._texts.clear()

    def _keep_company(self) -> None:
        """Note what changed documents name: for all names there, and for those that it makes company
        no more, or again, other documents tell something else now."""
        touched = set(self._changed)
        for document in self._changed:
            touched |= set(self.company.put(document, self._named_in(document)))
        for document in touched:
            self._words |= self._named_in(document)
        self._changed.clear()

    def _named_in(self, document: str) -> set[Words]:
        return {self._nodes[node.key].words for node in self._raw.get(document, ())}

    def _rebind(self) -> None:
        """Bind judgements to nodes anew, and note what that changes."""
        before, self.obeyed = self.obeyed, obey(self._judgements, self)
        changed = {
            node for node in before.nodes() | self.obeyed.nodes() if before.of(node) != self.obeyed.of(node)
        }
        self._words |= {self._nodes[node].words for node in changed if node in self._nodes}
        self._words |= before.torn ^ self.obeyed.torn

    def _seed(self) -> set[SeedId]:
        anew: set[SeedId] = set()
        touched: set[SeedId] = set()
        for words in sorted(self._words):
            nodes = self._under[words]
            seeds = parts(words, nodes, self.obeyed, self.company) if nodes else []
            self._home |= {node.key: seed.id for seed in seeds for node in seed.nodes}
            more, near = self.graph.replace(words, seeds)
            anew |= more
            touched |= near
        self._words.clear()
        return touched | self.graph.compare(anew & self.graph.seeds.keys())

    def _resolve(self, touched: Collection[SeedId]) -> None:
        """Resolve the pieces that ``touched`` seeds are in, or were in."""
        old = {at for id in touched if (at := self._pieces.get(id)) is not None}
        start = {id for at in old for id in self._held.pop(at)[0]} | set(touched)
        for id in start:
            self._pieces.pop(id, None)
        mates = mates_of(self.graph, self.obeyed, self._home)
        for piece in pieces(self.graph, start & self.graph.seeds.keys(), mates):
            for at in {self._pieces.pop(id) for id in piece if id in self._pieces}:
                self._held.pop(at, None)
            self._made += 1
            self._pieces |= dict.fromkeys(piece, self._made)
            entities = resolved(self.graph, piece, self.company, self.obeyed)
            self._held[self._made] = piece, entities

    # The nodes, as `judged.Held`

    def at(self, place: Place) -> Collection[NodeKey]:
        """The node of a place: the one that has its cluster and its name; else that of its name,
        else the only one that has it among others."""
        wanted = names.normalise(place.name)
        nodes = self._raw.get(place.document, ())
        best = [node for node in nodes if names.normalise(node.name) == wanted]
        forms = [node for node in nodes if wanted in {names.normalise(text) for text in node.texts}]
        same = [node.key for node in (*best, *forms) if node.cluster == place.cluster]
        found = same or [node.key for node in best] or [node.key for node in forms]
        return found[:1] if same or len(found) == 1 else found if best else ()

    def node(self, document: str, cluster: str) -> Node:
        return self._nodes[document, cluster]

    def under(self, words: Words) -> Collection[NodeKey]:
        return self._under.get(words, {}).keys()

    def words(self, node: NodeKey) -> Words:
        return self._nodes[node].words
