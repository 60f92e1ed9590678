"""Claims as rows of numbers, so that many pairs of them are compared at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.slots import Slots

Numbers = npt.NDArray[np.signedinteger[Any]]
Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NONE = -1
_SHORT = 3
_IT = frozenset({"it", "that", "this", "these", "those", "them", "so"})


class Codes(dict[str, int]):
    """A number for each word and name, in the order in which they are met."""

    def __missing__(self, word: str) -> int:
        code = self[word] = len(self)
        return code


class Padded:
    """Rows of numbers of any length; each is filled up with `NONE`."""

    def __init__(self) -> None:
        self._rows = np.full((0, 1), NONE, dtype=np.int32)
        self._lengths = np.zeros(0, dtype=np.int64)
        self.count = 0

    def add(self, rows: Sequence[Sequence[int]]) -> None:
        """Put rows after those that are there."""
        width = max(self._rows.shape[1], max(map(len, rows), default=0))
        end = self.count + len(rows)
        if width > self._rows.shape[1] or end > len(self._rows):
            grown = np.full((max(end, len(self._rows) * 3 // 2), width), NONE, dtype=np.int32)
            grown[: self.count, : self._rows.shape[1]] = self._rows[: self.count]
            self._rows = grown
            self._lengths = np.resize(self._lengths, len(grown))
        for place, row in enumerate(rows, self.count):
            self._rows[place, : len(row)] = row
            self._lengths[place] = len(row)
        self.count = end

    @property
    def rows(self) -> Numbers:
        return self._rows[: self.count]

    def at(self, places: Numbers) -> Numbers:
        """The rows at these places, no wider than the longest of them."""
        width = int(self._lengths[places].max(initial=0))
        return self._rows[places, :width]


def distinct(numbers: Numbers) -> Numbers:
    """Each number once, in their order: sorting is many times as fast as the hashing of `numpy.unique`."""
    ordered = np.sort(numbers)
    return np.asarray(ordered[differs(ordered)])


def differs(numbers: Numbers) -> Flags:
    """Where a number is not the one before."""
    found = np.ones(len(numbers), dtype=np.bool_)
    found[1:] = numbers[1:] != numbers[:-1]
    return found


def shared(one: Numbers, other: Numbers) -> Flags:
    """Which numbers of each row the row beside it has too."""
    found = (one[:, :, None] == other[:, None, :]).any(axis=2)
    return np.asarray(found & (one != NONE))


def meet(one: Numbers, other: Numbers) -> Flags:
    """Which rows share a number with the row beside them."""
    return np.asarray(shared(one, other).any(axis=1))


class _Row(NamedTuple):
    terms: list[int]
    names: list[int]
    things: list[int]
    heads: list[int]
    nearby: list[int]
    kin: list[int]
    bare: list[int]
    endings: list[int]
    plain: tuple[int, ...]


class Rows:
    """The rows of claims; words, names and classes have one table of numbers.

    ``kin`` are the classes that are near of kind to what is done, ``bare`` those of a claim's words that
    are what is done and have no class, ``endings`` what the word for the target ends in ("chip" of
    "microchip").  ``agent``, ``target`` and ``kind``, which is the target's where it is a thing, are `NONE`
    where there is none.
    """

    def __init__(self, acts: Callable[[str], bool]) -> None:
        self.codes = Codes()
        self._acts = acts
        self._actors: dict[str, bool] = {}
        self._acting = np.zeros(1, dtype=np.bool_)
        self.times_cleared = -1
        self.clear()

    def clear(self) -> None:
        """Forget all claims; words keep their numbers, claims get others, as ``times_cleared`` tells."""
        self.times_cleared += 1
        self.slots: list[Slots] = []
        self._places: dict[int, int] = {}
        self._columns = tuple(Padded() for _ in _Row._fields)
        self.terms, self.names, self.things, self.heads, *rest = self._columns
        self.nearby, self.kin, self.bare, self.endings, self._plain = rest

    def places(self, claims: Iterable[Slots]) -> Numbers:
        """Where the rows of claims are; they are made where there are none yet."""
        claims = list(claims)
        new = {id(slots): slots for slots in claims if id(slots) not in self._places}
        if not new:
            return self._known(claims)
        for slots in new.values():
            self._places[id(slots)] = len(self.slots)
            self.slots.append(slots)  # held here, so that no other gets its id
        made = [self._row(slots) for slots in new.values()]
        self._act({slots.agent for slots in new.values() if slots.agent})
        for column, rows in zip(self._columns, zip(*made, strict=True), strict=True):
            column.add(rows)
        return self._known(claims)

    def _known(self, claims: Sequence[Slots]) -> Numbers:
        return np.fromiter((self._places[id(slots)] for slots in claims), np.int64, len(claims))

    def _row(self, slots: Slots) -> _Row:
        code, known, kinds = self.codes, lexicon().predicates, thing_codes()
        bare = [head[1:] for head in slots.heads if head.startswith("=")]
        kin = {name for head in slots.heads if head in known for name in known[head].near}
        return _Row(
            terms=[code[term] for term in slots.terms],
            names=[code[name] for name in slots.entities],
            things=[kinds[thing] for thing in slots.things],
            heads=[code[head] for head in slots.heads],
            nearby=[code[head] for head in slots.nearby],
            kin=[code[head] for head in kin],
            bare=[code[verb] for verb in bare if verb in slots.terms],
            endings=[code[ending] for ending in _endings(slots.target or "")],
            plain=(
                code[slots.claim.document],
                NONE if slots.agent is None else code[slots.agent],
                NONE if slots.target is None else code[slots.target],
                kinds.get(slots.target or "", NONE),
                NONE if slots.modal is None else code[slots.modal],
                bool(bare),
                any(known[head].able for head in slots.heads if head in known),
                bool(slots.amounts),
                _does_it(slots),
            ),
        )

    def _act(self, agents: Iterable[str]) -> set[str]:
        """Note who can act; those of whom it is otherwise than was known."""
        found = {agent: self._acts(agent) for agent in agents}
        otherwise = {agent for agent, acts in found.items() if self._actors.get(agent, acts) != acts}
        self._actors |= found
        if len(self._acting) <= len(self.codes):  # the last stays False, for whoever is `NONE`
            new = len(self.codes) * 3 // 2 + 1 - len(self._acting)
            self._acting = np.append(self._acting, np.zeros(new, dtype=np.bool_))
        self._acting[[self.codes[agent] for agent in found]] = [*found.values()]
        return otherwise

    def acts(self, agents: Numbers) -> Flags:
        """Which agents are somebody who can act."""
        return self._acting[agents]

    def follow(self, asked: Collection[str]) -> set[str]:
        """Ask again which of these can act; those of whom it is otherwise than before."""
        return self._act(self._actors.keys() & asked)

    def touched(
        self,
        terms: Collection[str],
        names: Collection[str],
        documents: Collection[str],
        agents: Collection[str],
    ) -> list[Slots]:
        """The claims with one of these words, names or agents, or in one of these documents."""
        plain, found = self._plain.rows, np.zeros(len(self.slots), dtype=np.bool_)
        columns = self.terms.rows, self.names.rows, plain[:, :1], plain[:, 1:2]
        for column, words in zip(columns, (terms, names, documents, agents), strict=True):
            if words:
                found |= self._among(column, words).any(axis=1)
        return [self.slots[place] for place in np.flatnonzero(found).tolist()]

    def _among(self, codes: Numbers, words: Iterable[str]) -> Flags:
        asked = [self.codes[word] for word in words]
        flags = np.zeros(len(self.codes) + 1, dtype=np.bool_)
        flags[asked] = True
        found: Flags = flags[codes]
        return found

    def documents(self, places: Numbers) -> Numbers:
        """The documents of claims."""
        return np.asarray(self._plain.rows[places, Plain._fields.index("document")])

    def of(self, places: Numbers) -> Plain:
        """What is one number for each claim."""
        return Plain(*self._plain.at(places).reshape(-1, len(Plain._fields)).T)


class Plain(NamedTuple):
    """Columns of what each claim has one of, or has or has not."""

    document: Numbers
    agent: Numbers
    target: Numbers
    kind: Numbers
    modal: Numbers
    is_bare: Numbers
    is_able: Numbers
    counts: Numbers
    does_it: Numbers


def _endings(word: str) -> list[str]:
    """What a word ends in, where that may be a word; nothing of names."""
    is_name = ":" in word or word.startswith("e-")
    return [] if is_name else [word[at:] for at in range(1, len(word) - _SHORT)]


def _does_it(slots: Slots) -> bool:
    """True where a text only says that "it" was done: to what, that text alone can tell."""
    return slots.target is None and not slots.things and (slots.claim.frame.object or "") in _IT


@cache
def thing_codes() -> dict[str, int]:
    """A number for each kind of thing."""
    return {thing: number for number, thing in enumerate(sorted(set(lexicon().things.values())))}


@cache
def alike_things() -> Flags:
    """Which kinds of things are one, or one a kind of the other; the last row and column are no thing."""
    kinds = list(thing_codes())
    found = np.zeros((len(kinds) + 1, len(kinds) + 1), dtype=np.bool_)
    for one, this in enumerate(kinds):
        found[one, :-1] = [lexicon().alike(this, that) for that in kinds]
    return found
