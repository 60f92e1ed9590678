"""The seeds under the same words: one, unless they name several things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from secondsource.resolve.common_names import many_bear
from secondsource.resolve.company import Company
from secondsource.resolve.judged import Obeyed
from secondsource.resolve.nodes import Node, NodeKey, Seed, SeedId, Words

_LOOSE = "in "


def parts(words: Words, nodes: Mapping[NodeKey, Node], obeyed: Obeyed, company: Company) -> list[Seed]:
    """The seeds that ``nodes`` of the same words make.

    Where a person told things of that name apart, what was judged goes by its judgements, and
    what was not is left open document by document.  A person's single name is judged where it
    stands: that one “Petrov” is he says nothing of the others.  A name that very many bear is one
    person as far as documents keep the same company.
    """
    torn, alone = words in obeyed.torn, words[0] == "Person" and " " not in words[1]
    common = many_bear(next(iter(nodes.values())).best)
    if not (torn or alone or common):
        return [_seed(SeedId(*words), nodes.values())]
    found: dict[str, list[Node]] = defaultdict(list)
    for key, node in nodes.items():
        found[_part(key, obeyed, torn=torn, alone=alone)].append(node)
    if common and "" in found:
        found |= _in_company(words, found.pop(""), company)
    return [
        _seed(SeedId(*words, part), held, loose=torn and part.startswith(_LOOSE))
        for part, held in sorted(found.items())
    ]


def _part(node: NodeKey, obeyed: Obeyed, *, torn: bool, alone: bool) -> str:
    marks, home = obeyed.marks.get(node), obeyed.together.get(node)
    if marks or home:
        return "judged " + " ".join((*(home or ()), *sorted(marks or ())))
    return f"{_LOOSE}{node[0]}" if torn and not alone else ""


def _in_company(words: Words, nodes: Iterable[Node], company: Company) -> dict[str, list[Node]]:
    """Nodes by what holds their documents together, each under the first of them."""
    groups: list[list[Node]] = []
    for node in sorted(nodes, key=lambda node: node.key):
        near = [group for group in groups if any(company.meet(words, node, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(each for group in near for each in group), node])
    return {f"{_LOOSE}{min(node.key for node in group)[0]}": group for group in groups}


def _seed(id: SeedId, nodes: Iterable[Node], *, loose: bool = False) -> Seed:
    return Seed(id, tuple(sorted(nodes, key=lambda node: node.key)), loose)
