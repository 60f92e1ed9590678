"""Short forms: a family name, an acronym or the end of a name joins the one fuller name it fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from secondsource.resolve.company import ENOUGH
from secondsource.resolve.links import OTHER_NAME
from secondsource.resolve.nodes import Group, Seed, SeedId, Words

MOST_TOLD = 5
"""A sentence names so many of the things that a name may be short for, and counts the others."""

Fits = Mapping[int, str]
"""The fuller groups that a short form fits, by place, and in what way."""

Near = Callable[[Group, Group], Sequence[Words]]
"""The telling names that the documents of both groups have."""


class _Piece(NamedTuple):
    """A group, or what one document adds to it, and the fuller group it joins, if one."""

    group: Group
    joins: int | None


class Fitting:
    """The fuller groups that each group may be short for.

    ``fits`` says it of seeds; ``forbidden`` of two groups that a person called different.
    """

    def __init__(
        self,
        groups: Sequence[Group],
        fits: Mapping[SeedId, Mapping[SeedId, str]],
        forbidden: Callable[[Group, Group], bool],
    ) -> None:
        self.groups = groups
        self.forbidden = forbidden
        self._fits = fits
        self._home = {seed.id: at for at, group in enumerate(groups) for seed in group.seeds}
        self._found: dict[int, dict[int, str]] = {}

    def __call__(self, at: int) -> Fits:
        """The fullest groups that the one at ``at`` fits; those it is called by, where there are such."""
        found = self._fitting(at)
        called = {long: how for long, how in found.items() if how == OTHER_NAME}
        found = called or found
        fuller = {long: self._fitting(long).keys() for long in found} if len(found) > 1 else {}
        return {long: how for long, how in found.items() if not fuller.get(long, set()) & found.keys()}

    def _fitting(self, at: int) -> dict[int, str]:
        if at not in self._found:
            self._found[at] = self._look(at)
        return self._found[at]

    def _look(self, at: int) -> dict[int, str]:
        """Groups that a name of the one at ``at`` can stand for; of a person, more than half of the
        times it is named."""
        group = self.groups[at]
        found: dict[int, str] = {}
        times: Counter[int] = Counter()
        for short in group.seeds:
            ways: dict[int, str] = {}
            for long, how in sorted(self._fits.get(short.id, {}).items()):
                ways.setdefault(self._home[long], how)
            for home, how in ways.items():
                found.setdefault(home, how)
                times[home] += len(short.nodes)
        most = len(group.nodes) if group.seeds[0].kind == "Person" else 0
        fitting = {home: how for home, how in found.items() if home != at and 2 * times[home] > most}
        return {home: how for home, how in fitting.items() if not self.forbidden(group, self.groups[home])}


def completed(fits: Fitting, near: Near) -> list[Group]:
    """Groups with every short form joined to the one fuller group it fits, or left open with a reason.

    All fits are judged on the groups as they came, so that no join depends on another; what a
    person called different is not joined by way of a third either.
    """
    groups = fits.groups
    pieces = [list(_pieces(group, fits(at), groups, near)) for at, group in enumerate(groups)]
    flat = [piece for held in pieces for piece in held]
    first = list(accumulate(map(len, pieces), initial=0))
    out: dict[int, Group] = {at: piece.group for at, piece in enumerate(flat)}
    home = list(range(len(flat)))
    for at, piece in enumerate(flat):
        if piece.joins is None:
            continue
        kept, gone = sorted((_top(home, at), _top(home, first[piece.joins])))
        if kept != gone and not fits.forbidden(out[kept], out[gone]):
            out[kept] = out[kept].joined(out.pop(gone))
            home[gone] = kept
    return list(out.values())


def _top(home: Sequence[int], at: int) -> int:
    while home[at] != at:
        at = home[at]
    return at


def _pieces(group: Group, fits: Fits, groups: Sequence[Group], near: Near) -> Iterator[_Piece]:
    """``group`` with where it belongs; a single name that fits several people is taken document by
    document, and joins the one who is named there, or in documents of the same company."""
    if len(fits) < 2:
        joins = next(iter(fits), None)
        yield _Piece(group if joins is None else _told(group, groups[joins], fits[joins], "the case"), joins)
        return
    single = len(group.seeds) == 1 and group.seeds[0].kind == "Person"
    for part in _by_document(group) if single else [group]:
        here = [at for at in fits if part.documents <= groups[at].documents]
        if single and len(here) == 1:
            yield _Piece(_told(part, groups[here[0]], fits[here[0]], "its document"), here[0])
        elif not here and (found := _in_company(part, fits, groups, near)):
            yield found
        else:
            told = _open(part, [groups[at] for at in fits])
            yield _Piece(Group(part.seeds, (*part.reasons, told)), None)


def _in_company(part: Group, fits: Fits, groups: Sequence[Group], near: Near) -> _Piece | None:
    """``part`` with the only one of those it fits whose documents name the same others, if one."""
    if len(fits) > MOST_TOLD * ENOUGH:
        return None
    shared = {at: found for at in fits if (found := near(part, groups[at]))}
    if len(shared) != 1 or len(next(iter(shared.values()))) < ENOUGH:
        return None
    at, words = next(iter(shared.items()))
    others = " and ".join(key for _, key in words[:ENOUGH])
    told = f"“{_name(part)}” is taken for “{_name(groups[at])}”: {fits[at]}, and of those it fits only this"
    return _Piece(Group(part.seeds, (*part.reasons, f"{told} one is named with {others} too.")), at)


def _by_document(group: Group) -> list[Group]:
    held = defaultdict(list)
    for node in group.nodes:
        held[node.document].append(node)
    return [Group((Seed(group.seeds[0].id, tuple(nodes)),)) for _, nodes in sorted(held.items())]


def _told(short: Group, long: Group, how: str, where: str) -> Group:
    said = f"“{_name(short)}” is taken for “{_name(long)}”: {how}, and nothing else in {where} fits."
    return Group(short.seeds, (*short.reasons, said))


def _open(short: Group, fitting: Sequence[Group]) -> str:
    named = sorted(f"“{_name(group)}”" for group in fitting)
    more = f" and {len(named) - MOST_TOLD} others" if len(named) > MOST_TOLD else ""
    return f"“{_name(short)}” is left open: it may be short for {', '.join(named[:MOST_TOLD])}{more}."


def _name(group: Group) -> str:
    return max((seed.name.text for seed in group.seeds), key=lambda text: (len(text), text))
