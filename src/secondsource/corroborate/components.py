"""Claims of one position tied into origins: one component of what the texts tie together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from secondsource.corroborate.origins import Access, Tracer
from secondsource.derivation.outlets import canonical
from secondsource.model import Claim, Document, Origin, Undetermined
from secondsource.text import words

_LONG_ENOUGH = 8
_SAME_WORDS = 0.8
_VOWELS = re.compile(r"[aeiouyáéíóúäëïöü']")
_ONE = re.compile(r"an? (?!few|number|group|couple|dozen)", re.IGNORECASE)


class Forest:
    """Union-find; a root is the lowest of its members, so that no order matters."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        one, other = self.find(one), self.find(other)
        self._parent[max(one, other)] = min(one, other)


def origins(claims: Sequence[Claim], tracer: Tracer, documents: Mapping[str, Document]) -> list[Origin]:
    """The origins of the claims of one position, anchored ones first.

    The claims may come in any order; a claim whose document relays another is tied to one
    claim that it relays, an anchored one where there is any, and never makes an origin of
    its own.
    """
    found = sorted((tracer.access(claim) for claim in claims), key=lambda access: access.claim.id)
    forest = Forest(len(found))
    _tie_same_source(found, forest)
    _tie_same_words(found, forest)
    _tie_posts(found, forest, tracer)
    _tie_spellings(found, forest)
    _tie_introductions(found, forest)
    _tie_members(found, forest, tracer)
    _tie_described(found, forest, tracer)
    _tie_relays(found, forest, documents)
    _tie_own_words(found, forest, tracer)
    _tie_settled(found, forest)
    groups: defaultdict[int, list[Access]] = defaultdict(list)
    for index, access in enumerate(found):
        groups[forest.find(index)].append(access)
    made = [_origin(group, documents) for group in groups.values()]
    return sorted(
        made, key=lambda origin: (not origin.anchored, -len(origin.documents), origin.name, origin.claims)
    )


def _tie_same_source(found: Sequence[Access], forest: Forest) -> None:
    first: dict[str, int] = {}
    for index, access in enumerate(found):
        forest.join(first.setdefault(_knot(access), index), index)


def _knot(access: Access) -> str:
    """The key that ties: papers of a body or in its hands, and the body's own word, are one."""
    return access.key.removeprefix("held:").removeprefix("papers:")


def _tie_same_words(found: Sequence[Access], forest: Forest) -> None:
    """The same sentence given to two speakers is one utterance, wrongly given once."""
    by_gram: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    grams: list[set[tuple[str, ...]]] = []
    for index, access in enumerate(found):
        said = words(access.claim.content.text)
        grams.append(set(zip(said, said[1:], said[2:], strict=False)) if len(said) >= _LONG_ENOUGH else set())
        for gram in grams[-1]:
            by_gram[gram].append(index)
    for first, other in {(indices[0], other) for indices in by_gram.values() for other in indices[1:]}:
        if forest.find(first) != forest.find(other) and _same(grams[first], grams[other]):
            forest.join(first, other)


def _same(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> bool:
    return len(one & other) >= _SAME_WORDS * max(len(one), len(other))


def _tie_posts(found: Sequence[Access], forest: Forest, tracer: Tracer) -> None:
    """A body and whoever speaks from a post in it are one origin where both say the same."""
    where = {_knot(access): index for index, access in reversed(list(enumerate(found)))}
    for key, index in where.items():
        for body in tracer.posts(key) & where.keys():
            forest.join(where[body], index)


def _tie_spellings(found: Sequence[Access], forest: Forest) -> None:
    """Ali al-Bredi and Ali al-Budairi who say the same thing: one speaker, as two ears heard him."""
    people = {
        access.name: index for index, access in enumerate(found) if access.claim.source_kind == "person"
    }
    for (one, first), (other, second) in combinations(sorted(people.items()), 2):
        if _sound_alike(one, other):
            forest.join(first, second)


def _sound_alike(one: str, other: str) -> bool:
    left, right = words(one), words(other)
    if len(left) < 2 or len(right) < 2 or left[0] != right[0]:
        return False
    bones = [sorted(_VOWELS.sub("", name)) for name in (left[-1], right[-1])]
    return left[-1][:1] == right[-1][:1] and bool(bones[0]) and bones[0] == bones[1]


def _tie_introductions(found: Sequence[Access], forest: Forest) -> None:
    """ "A senior lawmaker", or "a tracking group", who is then named in the same text is whom it names."""
    named: dict[tuple[str, str], int] = {}
    for index, access in sorted(enumerate(found), key=lambda item: _rank(item[1])):
        if access.claim.source_kind in {"person", "organisation"} and access.shown:
            named.setdefault((access.claim.document, access.claim.source_kind), index)
    for index, access in enumerate(found):
        source = access.claim.source
        if source and not access.shown and _ONE.match(source.text):
            kind = "organisation" if access.claim.source_kind == "organisation" else "person"
            if (access.claim.document, kind) in named:
                forest.join(named[access.claim.document, kind], index)


def _tie_members(found: Sequence[Access], forest: Forest, tracer: Tracer) -> None:
    """Unnamed people of a body, and the body's own word, are one origin where both say the same."""
    where = {_knot(access): index for index, access in reversed(list(enumerate(found)))}
    for index, access in enumerate(found):
        for body in tracer.members_of(access) & where.keys():
            forest.join(where[body], index)


def _tie_described(found: Sequence[Access], forest: Forest, tracer: Tracer) -> None:
    """ "The coast guard" of one report is who another names: its commodore, or that of a state."""
    told = {index: said for index, access in enumerate(found) if (said := tracer.told_as(access))}
    if not told:
        return
    ranked = sorted(range(len(found)), key=lambda index: _rank(found[index]))
    for index, said in told.items():
        home = found[index].claim.document
        near = [other for other in ranked if _knot(found[other]) != _knot(found[index])]
        near.sort(key=lambda other: found[other].claim.document != home)
        best = next((other for other in near if said <= tracer.described(found[other])), None)
        if best is not None:
            forest.join(best, index)


def _tie_own_words(found: Sequence[Access], forest: Forest, tracer: Tracer) -> None:
    """What a text says in its own words, and an origin says that the same text cites elsewhere, is that
    origin's: the text had it from there as far as anything shows."""
    anchored = {_knot(access): index for index, access in reversed(list(enumerate(found))) if access.shown}
    for index, access in enumerate(found):
        if access.claim.voice == "own" and not access.shown and not access.relay:
            cited = tracer.cited_in(access.claim.document) & anchored.keys()
            others = [key for key in cited if found[anchored[key]].claim.document != access.claim.document]
            if others:
                forest.join(anchored[min(others)], index)


def _tie_relays(found: Sequence[Access], forest: Forest, documents: Mapping[str, Document]) -> None:
    """What shows no access of its own is tied to one claim that it has its own from.

    An outlet that is named leads to what that outlet says.  Without one, a text's own voice
    adds nothing to what the same text attributes, and after that leads to what its document
    derives from.
    """
    places = _Places(found, documents)
    for index, access in enumerate(found):
        if access.relay or (access.claim.voice == "own" and not access.shown):
            target = places.relayed(access)
            if target is not None:
                forest.join(target, index)


def _tie_settled(found: Sequence[Access], forest: Forest) -> None:
    """What a person decided only to repeat adds no origin, whomever it repeats."""
    ranked = sorted(range(len(found)), key=lambda index: (found[index].settled, _rank(found[index])))
    for index, access in enumerate(found):
        if access.settled:
            forest.join(ranked[0], index)


class _Places:
    """Where the claims of a position stand: by document, and by the outlet they come through."""

    def __init__(self, found: Sequence[Access], documents: Mapping[str, Document]) -> None:
        self._ranked = sorted(range(len(found)), key=lambda index: _rank(found[index]))
        self._found = found
        self._by_document: defaultdict[str, list[int]] = defaultdict(list)
        self._by_outlet: defaultdict[str, list[int]] = defaultdict(list)
        self._attributed: dict[str, int] = {}
        for index in self._ranked:
            access = found[index]
            self._by_document[access.claim.document].append(index)
            if access.claim.voice == "attributed" and not access.relay:
                self._attributed.setdefault(access.claim.document, index)
            publisher = documents[access.claim.document].publisher
            for outlet in {canonical(name) for name in (publisher, *access.through) if name}:
                self._by_outlet[outlet].append(index)

    def relayed(self, access: Access) -> int | None:
        """The claim that a relay has its own from, the best anchored first; None if none is here."""
        at_home = None if access.named else self._attributed.get(access.claim.document)
        if at_home is not None:
            return at_home
        near = [index for parent in access.parents for index in self._by_document.get(parent, ())]
        near += [index for outlet in access.outlets for index in self._by_outlet.get(canonical(outlet), ())]
        others = [index for index in near if self._found[index].claim.document != access.claim.document]
        return min(others, key=lambda index: _rank(self._found[index]), default=None)


def _rank(access: Access) -> tuple[bool, bool, str, str]:
    return (not access.shown, access.relay, access.key, access.claim.id)


def _origin(group: Sequence[Access], documents: Mapping[str, Document]) -> Origin:
    best = min(group, key=_rank)
    anchored = any(access.shown for access in group)
    open_reports = {access.claim.document: access.why for access in group} if not anchored else {}
    return Origin(
        name=_name(group, best, documents),
        anchored=anchored,
        why=best.why[:1].upper() + best.why[1:] + ".",
        documents=tuple(sorted({access.claim.document for access in group})),
        claims=tuple(sorted(access.claim.id for access in group)),
        undetermined=tuple(
            Undetermined(document, f"{why[:1].upper()}{why[1:]}.")
            for document, why in sorted(open_reports.items())
        ),
    )


def _name(group: Iterable[Access], best: Access, documents: Mapping[str, Document]) -> str:
    """The name that an origin goes by: its best claim's, the earliest published of those alike."""
    alike = [access for access in group if _knot(access) == _knot(best) and access.shown == best.shown]
    first = min(
        alike, key=lambda a: (documents[a.claim.document].published or "9", a.claim.content.spans, a.claim.id)
    )
    return first.name
