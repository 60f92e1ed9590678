"""What is taken for one thing, as the entity that is shown: its name, its kind, its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from secondsource import names
from secondsource.model import Entity, EntityMention, Judgement
from secondsource.resolve.common_names import many_bear
from secondsource.resolve.judged import Obeyed
from secondsource.resolve.nodes import Group, Node, Seed, Words
from secondsource.text import content_id

_TOGETHER = {"positive": "one", "negative": "two", "unsure": "perhaps one, perhaps two"}


def entities_of(groups: Sequence[Group], obeyed: Obeyed) -> list[Entity]:
    """The entity of each group.

    An entity's id is a hash of its kind and name; two that are left open under one name are told
    apart by their mentions.
    """
    called = [_name_node(group) for group in groups]
    shared = Counter(node.words for node in called)
    return [
        _entity(group, node, shared[node.words] == 1, obeyed)
        for group, node in zip(groups, called, strict=True)
    ]


def _entity(group: Group, called: Node, alone: bool, obeyed: Obeyed) -> Entity:
    judged = _judgements(group, obeyed)
    texts = Counter(text for node in group.nodes for text in {node.name, *node.texts})
    others = sorted(texts, key=lambda text: (-texts[text], text))
    given = [name for node in group.nodes if (name := obeyed.renamed.get(node.key))]
    added = [one.value for one in judged if one.kind == "alias"]
    id = _id(called.words, *(() if alone else group.nodes[0].key))
    reasons = (
        *map(_alike, _repeated(group.seeds)),
        *_corrected(group.nodes),
        *group.reasons,
        *_shared_names(group),
        *(said for seed in group.seeds for said in seed.warnings),
        *map(said, judged),
    )
    return Entity(
        id=id,
        name=given[-1] if given else called.name,
        schema=_schema(group.nodes),
        names=tuple(dict.fromkeys((*given[-1:], called.name, *others, *added))),
        mentions=tuple(
            EntityMention(node.document, node.cluster, node.texts, node.count) for node in group.nodes
        ),
        reasons=tuple(dict.fromkeys(reasons)),
        referents=tuple(sorted({_id(seed.id.words) for seed in group.seeds} - {id})),
        judgements=tuple(one.id for one in judged),
    )


def _id(words: Words, *apart: str) -> str:
    return content_id("e", *words, *apart)


def _judgements(group: Group, obeyed: Obeyed) -> list[Judgement]:
    """What people said of a group's nodes, each once."""
    found = (one for node in group.nodes for one in obeyed.bearing.get(node.key, ()))
    return sorted({one.id: one for one in found}.values(), key=lambda one: obeyed.order[one.id])


def said(judgement: Judgement) -> str:
    """A judgement as a sentence, with who, when and why."""
    who = f"{judgement.by} judged on {judgement.at[:10]}"
    left = f"“{judgement.left.name}”"
    what = {
        "alias": f"{left} to be called “{judgement.value}” as well",
        "rename": f"{left} to be named “{judgement.value}”",
        "retype": f"{left} to be of the kind {judgement.value}",
        "delete": f"“{judgement.value}” to name nothing",
    }.get(judgement.kind)
    if judgement.right and judgement.kind == "pair":
        what = f"{left} and “{judgement.right.name}” to be {_TOGETHER[judgement.decision]}"
    return f"{who} {what}{': ' + judgement.reason if judgement.reason else ''}."


def _shared_names(group: Group) -> Iterator[str]:
    for seed in group.seeds:
        if seed.id.part and many_bear(seed.name):
            told = f"“{seed.name.text}” is a name that many bear"
            yield f"{told}: taken for one person where documents name others in common."


def _name_node(group: Group) -> Node:
    """The name in full that most documents give, or the single word where there is no fuller one."""
    documents = Counter(node.name for node in group.nodes)
    telling = max(_fullness(node) for node in group.nodes)
    return min(
        (node for node in group.nodes if _fullness(node) == telling),
        key=lambda node: (
            _by_its_people(node.name, group),
            bool(names.warnings(node.name)),
            -documents[node.name],
            node.name.isupper(),
            -len(node.name),
            node.name,
            node.words,
        ),
    )


def _by_its_people(text: str, group: Group) -> bool:
    """True for “Chinese” where “China” is meant: a name to be shown only where there is no other."""
    seed = group.seeds[0]
    return seed.kind == "Location" and names.normalise(text) != " ".join(names.parse(text).tokens)


def _fullness(node: Node) -> int:
    """1 for a single word or initials, 2 for a name in full, however many words it has."""
    return min(2, sum(len(token) > 1 for token in node.best.tokens))


def _schema(held: Sequence[Node]) -> str:
    """What most mentions are taken for; what a person said goes before."""
    told = [node for node in held if node.settled] or held
    counted: Counter[str] = Counter()
    for node in told:
        counted[node.schema] += node.count
    return min(counted, key=lambda schema: (-counted[schema], schema))


def _repeated(joined: Iterable[Seed]) -> list[Seed]:
    return [seed for seed in joined if len(seed.nodes) > 1]


def _alike(seed: Seed) -> str:
    forms = list(dict.fromkeys(node.name for node in seed.nodes))
    written = (
        f"“{forms[0]}” stands"
        if len(forms) == 1
        else " and ".join(f"“{form}”" for form in forms[:3]) + " stand"
    )
    return f"{written} under the same words in {len(seed.documents)} documents."


def _corrected(held: Sequence[Node]) -> list[str]:
    return [node.reason for node in held if node.reason]
