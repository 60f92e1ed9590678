"""The keys under which claims are looked for: each a number, made of the numbers of words and names.

A key is of a name and what is done, of a name and a word, of two names, of a figure and what is done, or of a
story and what is done or named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from secondsource.corroborate.nodes import Node
from secondsource.corroborate.rows import NONE, Flags, Numbers, Rows, thing_codes
from secondsource.corroborate.tables import Keyed, together

Names = Mapping[str, tuple[str, ...]]
Parents = Mapping[str, Collection[str]]

NAME, _WORD, _NAMES, _COUNT, STORY, TIE = range(6)
_AT_ONCE = 1024
_KIND, _FIRST = 56, 28  # so many bits stand behind what the key is of, and behind its first number


def key(kind: int, one: Numbers, other: Numbers) -> Numbers:
    """The key of two words or names, by their numbers."""
    return np.asarray(kind << _KIND | one.astype(np.int64) << _FIRST | other.astype(np.int64))


def is_own(keys: Numbers) -> Flags:
    """Which keys are made of what the claim itself names."""
    return np.asarray(keys >> _KIND <= _NAMES)


def is_tie(keys: Numbers) -> Flags:
    """Which keys are made of the documents that a claim is told in or derives from."""
    return np.asarray(keys >> _KIND == TIE)


def keyed(nodes: Sequence[Node], rows: Rows, names: Names, parents: Parents) -> tuple[Keyed, Keyed]:
    """The keys of nodes, and under the number of each what else it names; some may come twice.

    Nodes are numbered in their order.  ``names`` are what documents name most, ``parents`` the documents
    that they derive from.
    """
    keys, items = list[Keyed](), list[Keyed]()
    for start in range(0, max(1, len(nodes)), _AT_ONCE):
        part = nodes[start : start + _AT_ONCE]
        told = ties(part, rows, parents), _stories(part, rows, names)
        for made in (*_named(part, rows), *_counted(part, rows), *told):
            keys.append(Keyed(made.key, made.value + start))
        for made in _items(part, rows):
            items.append(Keyed(made.key + start, made.value))
    return together(keys), together(items)


def _items(nodes: Sequence[Node], rows: Rows) -> Iterator[Keyed]:
    """What else nodes name, by which long blocks are split."""
    places, code = _places(nodes, rows), rows.codes
    named = np.concatenate((rows.names.at(places), _things(rows, places)), axis=1)
    at, item = np.nonzero(named != NONE)
    yield Keyed(at, named[at, item])
    yield _keyed(
        [(at, code[f"{one.unit} {one.low:g}"]) for at, node in enumerate(nodes) for one in node.face.amounts]
    )


def _places(nodes: Sequence[Node], rows: Rows) -> Numbers:
    return rows.places([node.face for node in nodes])


def _things(rows: Rows, places: Numbers) -> Numbers:
    """Things by the numbers that words have."""
    codes = np.array([*(rows.codes[thing] for thing in thing_codes()), NONE])
    return np.asarray(codes[rows.things.at(places)])


def _keyed(pairs: Sequence[tuple[int, int]]) -> Keyed:
    return Keyed(*np.array(pairs, dtype=np.int64).reshape(-1, 2).T)


def _crossed(kind: int, one: Numbers, other: Numbers) -> Keyed:
    """The keys of each number in a row of ``one`` and each in the row of ``other`` beside it."""
    row, left, right = np.nonzero((one != NONE)[:, :, None] & (other != NONE)[:, None, :])
    return Keyed(key(kind, one[row, left], other[row, right]), row)


def _named(nodes: Sequence[Node], rows: Rows) -> Iterator[Keyed]:
    places = _places(nodes, rows)
    names = rows.names.at(places)
    yield _crossed(NAME, names, np.concatenate((rows.heads.at(places), rows.nearby.at(places)), axis=1))
    yield _crossed(_WORD, names, rows.terms.at(places))
    ordered = np.sort(names, axis=1)
    for at in range(1, ordered.shape[1]):
        yield _crossed(_NAMES, ordered[:, at - 1 : at], ordered[:, at:])


def _counted(nodes: Sequence[Node], rows: Rows) -> Iterator[Keyed]:
    code = rows.codes
    counted = [
        (at, code[f"{one.unit} {one.low:g}"], code[head])
        for at, node in enumerate(nodes)
        for one in node.face.amounts
        for head in node.face.heads
    ]
    node, figure, head = np.array(counted, dtype=np.int64).reshape(-1, 3).T
    yield Keyed(key(_COUNT, figure, head), node)


def ties(nodes: Sequence[Node], rows: Rows, parents: Parents) -> Keyed:
    """The keys that nodes have by the documents they are told in, and by those that these derive from."""
    code, heads = rows.codes, rows.heads.at(_places(nodes, rows))
    documents = [_documents(node) for node in nodes]
    told = {
        document: [code[document], *(code[one] for one in parents.get(document, ()))]
        for document in set(chain.from_iterable(documents))
    }
    return _of_documents(TIE, [[source for one in here for source in told[one]] for here in documents], heads)


def _stories(nodes: Sequence[Node], rows: Rows, names: Names) -> Keyed:
    code, places = rows.codes, _places(nodes, rows)
    done = np.concatenate((rows.heads.at(places), _things(rows, places)), axis=1)
    named = [[code[name] for one in _documents(node) for name in names[one]] for node in nodes]
    return _of_documents(STORY, named, done)


def _documents(node: Node) -> set[str]:
    return {slots.claim.document for slots in node.members}


def _of_documents(kind: int, first: Sequence[Sequence[int]], words: Numbers) -> Keyed:
    """The keys of what the documents of each node have and of each number in its row of ``words``."""
    at, number = _keyed([(at, one) for at, here in enumerate(first) for one in here])
    made, row = _crossed(kind, number[:, None], words[at])
    return Keyed(made, at[row])
