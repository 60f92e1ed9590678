"""The names of all documents taken together: one thing under all its names.

Three steps, none of which depends on the order in which documents came.  Clusters under the
same words are one.  Names that agree word by word are joined by average linkage, so that a
chain of likenesses does not merge the world.  A short form (a family name, an acronym) joins
the one fuller name of the case that it fits, and is left open where it fits several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from secondsource import names
from secondsource.model import Entity, EntityMention, Mention
from secondsource.resolve.linkage import linked
from secondsource.resolve.nodes import Group, Node, Seed, nodes, seeds
from secondsource.resolve.short_forms import completed
from secondsource.text import content_id

__all__ = ["resolve"]


def resolve(mentions: Mapping[str, Sequence[Mention]]) -> list[Entity]:
    """The entities of a case from the mentions of its documents, by document id.

    Clusters inside a document are kept whole.  An entity's id is a hash of its kind and
    name, and its reasons say which names were joined and why.  Entities come by how many
    documents name them, then by name.
    """
    groups = completed(linked(seeds(nodes(mentions))))
    called = [_name(group) for group in groups]
    shared = Counter(_identity(group, name) for group, name in zip(groups, called, strict=True))
    entities = [
        _entity(group, name, alone=shared[_identity(group, name)] == 1)
        for group, name in zip(groups, called, strict=True)
    ]
    return sorted(entities, key=lambda entity: (-len(entity.documents), entity.name, entity.id))


def _identity(group: Group, name: str) -> tuple[str, str]:
    schema = _schema(group.nodes)
    return names.kind_of(schema), names.parse(name, schema).key


def _entity(group: Group, name: str, *, alone: bool) -> Entity:
    """The entity of a group; two that are left open under one name are told apart by their mentions."""
    apart = () if alone else (group.nodes[0].document, group.nodes[0].cluster)
    texts = Counter(text for node in group.nodes for text in {node.name, *node.texts})
    others = sorted(texts, key=lambda text: (-texts[text], text))
    held = tuple(EntityMention(node.document, node.cluster, node.texts, node.count) for node in group.nodes)
    reasons = (*map(_alike, _repeated(group.seeds)), *_corrected(group.nodes), *group.reasons)
    return Entity(
        id=content_id("e", *_identity(group, name), *apart),
        name=name,
        schema=_schema(group.nodes),
        names=tuple(dict.fromkeys((name, *others))),
        mentions=held,
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _name(group: Group) -> str:
    """The name in full that most documents give, or the single word where there is no fuller one."""
    documents = Counter(node.name for node in group.nodes)
    telling = max(_fullness(node) for node in group.nodes)
    return min(
        (node.name for node in group.nodes if _fullness(node) == telling),
        key=lambda text: (_by_its_people(text, group), -documents[text], text.isupper(), -len(text), text),
    )


def _by_its_people(text: str, group: Group) -> bool:
    """True for “Chinese” where “China” is meant: a name to be shown only where there is no other."""
    seed = group.seeds[0]
    return seed.kind == "Location" and names.normalise(text) != " ".join(names.parse(text).tokens)


def _fullness(node: Node) -> int:
    """1 for a single word or initials, 2 for a name in full, however many words it has."""
    return min(2, sum(len(token) > 1 for token in node.best.tokens))


def _schema(held: Sequence[Node]) -> str:
    counted: Counter[str] = Counter()
    for node in held:
        counted[node.schema] += node.count
    return min(counted, key=lambda schema: (-counted[schema], schema))


def _repeated(joined: Sequence[Seed]) -> list[Seed]:
    return [seed for seed in joined if len(seed.nodes) > 1]


def _alike(seed: Seed) -> str:
    forms = list(dict.fromkeys(node.name for node in seed.nodes))
    written = (
        f"“{forms[0]}” stands"
        if len(forms) == 1
        else " and ".join(f"“{form}”" for form in forms[:3]) + " stand"
    )
    return f"{written} under the same words in {len({node.document for node in seed.nodes})} documents."


def _corrected(held: Sequence[Node]) -> list[str]:
    return [node.reason for node in held if node.reason]
