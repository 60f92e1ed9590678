"""Short forms: a family name, an acronym or the end of a name joins the one fuller name it fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from secondsource import names
from secondsource.comparisons import TELLING
from secondsource.resolve.links import OTHER_NAME, short_for
from secondsource.resolve.nodes import Group, Seed

_PREFIX = 4
Fits = Mapping[int, str]
"""The fuller groups that a short form fits, by place, and in what way."""


class _Piece(NamedTuple):
    """A group, or what one document adds to it, and the fuller group it joins, if one."""

    group: Group
    joins: int | None


def completed(groups: Sequence[Group]) -> list[Group]:
    """Groups with every short form joined to the one fuller group it fits, or left open with a reason.

    All fits are judged on the groups as they came, so that no join depends on another.
    """
    fuller = _Fuller(groups)
    pieces = [list(_pieces(group, fuller.fits(at), groups)) for at, group in enumerate(groups)]
    flat = [piece for held in pieces for piece in held]
    first = list(accumulate(map(len, pieces), initial=0))
    home = _united([None if piece.joins is None else first[piece.joins] for piece in flat])
    out: dict[int, Group] = {}
    for at, piece in enumerate(flat):
        out[home[at]] = out[home[at]].joined(piece.group) if home[at] in out else piece.group
    return list(out.values())


def _pieces(group: Group, fits: Fits, groups: Sequence[Group]) -> Iterator[_Piece]:
    """``group`` with where it belongs; a single name that fits several people is taken document by
    document, and joins where one of them is named in the same document."""
    if len(fits) < 2:
        joins = next(iter(fits), None)
        yield _Piece(group if joins is None else _told(group, groups[joins], fits[joins], "the case"), joins)
        return
    single = len(group.seeds) == 1 and group.seeds[0].kind == "Person"
    for part in _by_document(group) if single else [group]:
        here = [at for at in fits if part.documents <= groups[at].documents]
        if single and len(here) == 1:
            yield _Piece(_told(part, groups[here[0]], fits[here[0]], "its document"), here[0])
        else:
            told = _open(part, [groups[at] for at in fits])
            yield _Piece(Group(part.seeds, (*part.reasons, told)), None)


def _by_document(group: Group) -> list[Group]:
    held = defaultdict(list)
    for node in group.nodes:
        held[node.document].append(node)
    return [Group((Seed(tuple(nodes)),)) for _, nodes in sorted(held.items())]


def _told(short: Group, long: Group, how: str, where: str) -> Group:
    said = f"“{_name(short)}” is taken for “{_name(long)}”: {how}, and nothing else in {where} fits."
    return Group(short.seeds, (*short.reasons, said))


def _open(short: Group, fitting: Sequence[Group]) -> str:
    others = ", ".join(sorted(f"“{_name(group)}”" for group in fitting))
    return f"“{_name(short)}” is left open: it may be short for {others}."


def _name(group: Group) -> str:
    return max((seed.name.text for seed in group.seeds), key=lambda text: (len(text), text))


def _united(joins: Sequence[int | None]) -> list[int]:
    """For each piece the place of the first piece that it comes together with."""
    home = list(range(len(joins)))

    def top(at: int) -> int:
        while home[at] != at:
            at = home[at]
        return at

    for at, target in enumerate(joins):
        if target is not None:
            one, other = sorted((top(at), top(target)))
            home[other] = one
    return [top(at) for at in range(len(joins))]


class _Fuller:
    """Finds the groups that a group may be short for."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._holding: dict[tuple[str, str], set[int]] = defaultdict(set)
        for at, group in enumerate(groups):
            for seed in group.seeds:
                for key in _clues(seed):
                    self._holding[seed.kind, key].add(at)

    def fits(self, at: int) -> Fits:
        """The fullest groups that the one at ``at`` fits; those it is called by, where there are such."""
        found = self._fitting(at)
        called = {long: how for long, how in found.items() if how == OTHER_NAME}
        found = called or found
        fuller = {long: self._fitting(long).keys() for long in found} if len(found) > 1 else {}
        return {long: how for long, how in found.items() if not fuller.get(long, set()) & found.keys()}

    def _fitting(self, at: int) -> dict[int, str]:
        """Groups that a name of the one at ``at`` can stand for; of a person, every one of the names."""
        found: dict[int, list[str]] = defaultdict(list)
        seeds = self._groups[at].seeds
        for short in seeds:
            for long in sorted(self._candidates(short) - {at}):
                how = next(filter(None, (short_for(short, seed) for seed in self._groups[long].seeds)), None)
                found[long] += [how] if how else []
        needed = len(seeds) if seeds[0].kind == "Person" else 1
        return {long: ways[0] for long, ways in found.items() if len(ways) >= needed}

    def _candidates(self, short: Seed) -> set[int]:
        """Groups that hold the rarest telling word of ``short``, or may be called by it as a whole."""
        name = short.name
        clues = (name.key, name.joined, name.joined[:_PREFIX])
        telling = [word for word in name.tokens if names.weight(word) > TELLING]
        words = sorted((self._holding.get((short.kind, word), set()) for word in telling), key=len)
        return set().union(*words[:1], *(self._holding.get((short.kind, clue), set()) for clue in clues))


def _clues(seed: Seed) -> set[str]:
    """What a short form of the seed may be found by."""
    clues = {*seed.name.tokens, *seed.aliases}
    if seed.kind == "Location":
        clues.add(seed.name.joined[:_PREFIX])
    return clues | names.acronyms(seed.name) if seed.kind != "Person" else clues
