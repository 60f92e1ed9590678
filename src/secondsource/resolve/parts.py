"""The seeds under the same words: one, unless a person told things of that name apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from secondsource.resolve.judged import Obeyed
from secondsource.resolve.nodes import Node, NodeKey, Seed, SeedId, Words


def parts(words: Words, nodes: Mapping[NodeKey, Node], obeyed: Obeyed) -> list[Seed]:
    """The seeds that ``nodes`` of the same words make.

    Where a person told things of that name apart, what was judged goes by its judgements, and
    what was not is left open document by document.  A person's single name is judged where it
    stands: that one “Petrov” is he says nothing of the others.
    """
    torn, alone = words in obeyed.torn, words[0] == "Person" and " " not in words[1]
    if not (torn or alone):
        return [_seed(SeedId(*words), nodes.values())]
    found: dict[str, list[Node]] = defaultdict(list)
    for key, node in nodes.items():
        found[_part(key, obeyed, torn=torn, alone=alone)].append(node)
    return [
        _seed(SeedId(*words, part), held, loose=part.startswith(_LOOSE))
        for part, held in sorted(found.items())
    ]


_LOOSE = "in "


def _part(node: NodeKey, obeyed: Obeyed, *, torn: bool, alone: bool) -> str:
    marks, home = obeyed.marks.get(node), obeyed.together.get(node)
    if marks or home:
        return "judged " + " ".join((*(home or ()), *sorted(marks or ())))
    return f"{_LOOSE}{node[0]}" if torn and not alone else ""


def _seed(id: SeedId, nodes: Iterable[Node], *, loose: bool = False) -> Seed:
    held = sorted(nodes, key=lambda node: node.key)
    return Seed(id, tuple(held), loose)
