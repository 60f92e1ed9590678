"""Reports of a party's own release: the release is in the case, and a claim reports it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from secondsource.derivation.changes import Step
from secondsource.derivation.dates import earlier
from secondsource.derivation.outlets import Outlets, publisher_names
from secondsource.model import Claim, Document, Entity, EntityMention
from secondsource.provenance import Derivation
from secondsource.text import words

_SHARE = 0.6
_SENTENCE_ENDS = str.maketrans(dict.fromkeys(".?!;", "\n"))
_FILLER = frozenset(
    words(
        "a an the of in on at to for by with from and or but that which it its is are was were be been "
        "has have had not no any he she they we this those their his her said says as would will"
    )
)

Names = frozenset[frozenset[str]]
"""Names as sets of their words' stems."""

Aliases = Mapping[str, tuple[str, ...]]


class Releases:
    """Claims given to a party that says the same in a document of the case that it published itself.

    The first such claim of a document is enough; a party that merely speaks in both texts,
    of different things, does not make one a report of the other.  Nothing is read before the case
    has a release.
    """

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets
        self._aliases = _Aliases()
        self._parties: dict[str, _Release] = {}
        self._by_word: defaultdict[str, set[str]] = defaultdict(set)
        self._speakers: dict[str, frozenset[str]] = {}
        self._found: dict[str, dict[str, Claim]] = {}

    def follow(self, step: Step, entities: Iterable[Entity], *, cited: bool) -> set[str]:
        """Bring the reports up to date; the documents whose reports may be otherwise than before.

        ``cited`` tells that a publisher may be an outlet now, or no longer.
        """
        asked = step.documents.values() if cited else step.came()
        is_party = {one.id: self._is_party(one) for one in asked}
        gone = {id for id in self._parties if id in step.changed or not is_party.get(id, True)}
        came = {id for id, party in is_party.items() if party and (id in gone or id not in self._parties)}
        touched = {id for id, found in self._found.items() if not gone.isdisjoint(found)}
        for id in gone:
            self._drop(id)
        for id in came:
            self._put(step.documents[id])
        others = self._aliases.follow(entities) if self._parties else set[str]()
        again = step.changed | step.retold | others
        return touched | self._search(step, came, again) | step.changed

    def edges(self, id: str, documents: Mapping[str, Document]) -> Iterator[Derivation]:
        """The releases that a document reports."""
        for release, claim in self._found.get(id, {}).items():
            party = documents[release]
            if not earlier(documents[id].published, party.published):
                shown = tuple(part for part in (claim.source, claim.cue, claim.content) if part)
                yield Derivation(id, party.publisher or "", release, "release", 0.95, True, shown)

    def _is_party(self, document: Document) -> bool:
        return bool(document.publisher) and not self._outlets.is_outlet(document.publisher or "")

    def _put(self, document: Document) -> None:
        keys = frozenset(map(_key, publisher_names(document.publisher or "")))
        self._parties[document.id] = release = _Release(keys, _sentences(document))
        for word in release.words():
            self._by_word[word].add(document.id)

    def _drop(self, id: str) -> None:
        for word in self._parties.pop(id).words():
            self._by_word[word].discard(id)
        for found in self._found.values():
            found.pop(id, None)

    def _search(self, step: Step, came: Collection[str], again: Collection[str]) -> set[str]:
        """Look for reports of releases that came, and for all that documents report which are read again."""
        if not self._parties:
            self._speakers.clear()
            return set()
        touched = set(again)
        for id in again:
            self._speakers.pop(id, None)
            self._found.pop(id, None)
        for id in step.documents:
            near = self._near(id, step, came)
            if near:
                touched.add(id)
                self._found.setdefault(id, {}).update(self._reports(id, step, near))
        return touched

    def _near(self, id: str, step: Step, came: Collection[str]) -> set[str]:
        """The releases not looked for yet whose party has a word in common with those who speak."""
        spoken = self._speakers.get(id)
        if spoken is not None:
            return {one for one in came if not spoken.isdisjoint(self._parties[one].words())}
        aliases = self._aliases.of(id)
        names = (_named(claim, aliases) for claim in step.claims.get(id, ()))
        self._speakers[id] = spoken = frozenset[str]().union(*chain.from_iterable(names))
        return set[str]().union(*(self._by_word[word] for word in spoken & self._by_word.keys()))

    def _reports(self, id: str, step: Step, near: Collection[str]) -> Iterator[tuple[str, Claim]]:
        aliases = self._aliases.of(id)
        missing = {one: self._parties[one] for one in near if one != id}
        for claim in step.claims.get(id, ()) if missing else ():
            named = _named(claim, aliases)
            for one in [one for one, release in missing.items() if release.reported_by(claim, named)]:
                del missing[one]
                yield one, claim


@dataclass(frozen=True)
class _Release:
    """A document that a party published itself: the party's names as word sets, and what it says."""

    keys: Names
    sentences: list[frozenset[str]]

    def words(self) -> frozenset[str]:
        return frozenset[str]().union(*self.keys)

    def reported_by(self, claim: Claim, named: Names) -> bool:
        is_ours = any(_names(name, key) for name in named for key in self.keys)
        return is_ours and _said(claim, self.sentences)


class _Aliases:
    """The other names that the case has for the names in a document."""

    def __init__(self) -> None:
        self._entities: dict[str, Entity] = {}
        self._in: defaultdict[str, dict[str, tuple[EntityMention, ...]]] = defaultdict(dict)

    def of(self, document: str) -> Aliases:
        """Names, case folded, with all names of the entity; of several entities the last by id."""
        here = self._in.get(document, {})
        return {
            name.casefold(): self._entities[id].names
            for id in sorted(here)
            for mention in here[id]
            for name in mention.names
        }

    def follow(self, entities: Iterable[Entity]) -> set[str]:
        """Take the entities as they are now; the documents whose names have other aliases."""
        before, self._entities = self._entities, {entity.id: entity for entity in entities}
        touched = set[str]()
        for id in before.keys() | self._entities.keys():
            old, new = before.get(id), self._entities.get(id)
            if old is not new and old != new:
                touched |= self._replace(id, old, new)
        return touched

    def _replace(self, id: str, old: Entity | None, new: Entity | None) -> set[str]:
        was, now = _by_document(old), _by_document(new)
        if old and new and old.names == new.names:
            touched = {one for one in was.keys() | now.keys() if was.get(one) != now.get(one)}
        else:
            touched = {*was, *now}
        for document in touched:
            self._in[document].pop(id, None)
            if document in now:
                self._in[document][id] = now[document]
        return touched


def _by_document(entity: Entity | None) -> dict[str, tuple[EntityMention, ...]]:
    found: defaultdict[str, tuple[EntityMention, ...]] = defaultdict(tuple)
    for mention in entity.mentions if entity else ():
        found[mention.document] += (mention,)
    return found


def _named(claim: Claim, aliases: Aliases) -> Names:
    """The names of whoever the claim is given to: its source, or who is said to do the saying."""
    source = claim.source.text if claim.source else None
    given = filter(None, (claim.source_name, source, claim.frame.agent if not source else None))
    return frozenset(_key(each) for name in given for each in (name, *aliases.get(name.casefold(), ())))


@lru_cache(maxsize=1 << 14)
def _key(name: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in words(name.replace("'s", "").replace("’s", ""))) - _FILLER


def _names(name: frozenset[str], publisher: frozenset[str]) -> bool:
    """True where a source's words are those of the publisher, in any order, or most of them."""
    shared = len(name & publisher)
    return shared >= 2 and shared >= 0.75 * min(len(name), len(publisher))


def _sentences(document: Document) -> list[frozenset[str]]:
    return _word_sets(document.text)


@lru_cache(maxsize=256)
def _word_sets(text: str) -> list[frozenset[str]]:
    lines = text.translate(_SENTENCE_ENDS).splitlines()
    return [frozenset(map(_stem, words(line))) - _FILLER for line in lines if line.strip()]


def _said(claim: Claim, sentences: Sequence[frozenset[str]]) -> bool:
    """True where one sentence of the release holds most of the claim's words, or its every figure."""
    content = frozenset(map(_stem, words(claim.content.text))) - _FILLER
    figures = {word for word in content if word.isdigit()}
    return len(content) > 1 and any(
        len(content & one) >= _SHARE * len(content)
        or (figures and figures <= one and len(content & one) >= len(figures) + 2)
        for one in sentences
    )


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    for ending in ("ies", "es", "s", "ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word
