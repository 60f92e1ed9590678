"""Where a position starts: each claim followed to its innermost source, sources tied together.

Every claim of a position gets an `Access`: who knows it, and whether the text shows how.  A
claim that only relays (its outlet cites another, its text repeats another's) has none of its
own and is tied to what it relays.  What the texts tie together is one origin; a copy is never
one; what shows no access of its own is floating and never raises the lower bound.

Anonymous sources float: unnamed people whose access the text does not show cannot be told
apart from each other or from the papers that the same outlet saw, so all that one outlet has
from unnamed people is one floating origin.  They are anchored only where the text says that
they were there (a witness).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from secondsource.corroborate.bodies import nouns
from secondsource.corroborate.identity import Identity, is_pronoun, name_key
from secondsource.corroborate.sourcing import (
    JOINED,
    OWN_HAND,
    PRESS,
    PUBLIC,
    TAKEN_UP,
    TELLS,
    is_document,
    is_papers,
    is_proper,
    lower_first,
    papers_named,
    told_at,
)
from secondsource.corroborate.speakers import Speakers
from secondsource.derivation import Derivation, Outlets
from secondsource.derivation.outlets import canonical, house, is_publisher
from secondsource.model import Claim, Document
from secondsource.text import plain, words

_SHOWN = frozenset({"documents", "imagery", "data", "witness"})


@dataclass(frozen=True, slots=True)
class Access:
    """Who a claim leads back to, by a ``key`` that is the same for the same source.

    ``shown`` is True where the text shows how the source knows.  A ``relay`` has no access of
    its own: ``parents`` are the documents and ``outlets`` the outlets that it has it from.  One that has no
    claim in a position is nothing to that position.
    ``through`` names the outlet in whose hands the source is; ``named`` is True where the claim
    itself names the outlet that it relays.
    """

    claim: Claim
    key: str
    name: str
    shown: bool
    why: str
    relay: bool = False
    parents: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    named: bool = False
    settled: bool = False
    owners: frozenset[str] = frozenset()


Edges = Mapping[str, Sequence[Derivation]]
Decide = Callable[[Access, Document], Access]


class Tracer:
    """Finds the `Access` of claims, over the documents of one case, which come and go."""

    def __init__(self, identity: Identity, speakers: Speakers, outlets: Outlets, edges: Edges) -> None:
        self._identity = identity
        self._speakers = speakers
        self._outlets = outlets
        self._edges = edges
        self._decide: Decide = lambda access, document: access
        self._known: dict[str, Access] = {}
        self._citing: dict[str, set[str]] = {}

    def follow(self, claims: Iterable[Claim], decide: Decide) -> list[tuple[Access, Access]]:
        """Trace claims anew, with what people decided; the ways that lead elsewhere now, before and now."""
        self._decide = decide
        asked = {claim.id: claim for claim in claims}
        for claim in asked.values():
            self._citing.pop(claim.document, None)
        before = {id: self._known.pop(id) for id in asked if id in self._known}
        ways = ((access, self.access(asked[id])) for id, access in before.items())
        return [(access, now) for access, now in ways if access != now]

    def forget(self, claims: Iterable[Claim]) -> None:
        """Claims that are no longer in the case."""
        for claim in claims:
            self._known.pop(claim.id, None)
            self._citing.pop(claim.document, None)

    def access(self, claim: Claim) -> Access:
        """Whence the whole claim comes, as its own text gives it or as a person decided it."""
        if claim.id not in self._known:
            document = self._identity.documents[claim.document]
            self._known[claim.id] = self._decide(self._access(self._speakers.whole(claim)), document)
        return self._known[claim.id]

    def _access(self, claim: Claim) -> Access:
        document = self._identity.documents[claim.document]
        if claim.voice == "own" or claim.source is None:
            return self._own(claim, document)
        outlet = self._cited_outlet(claim, document)
        if outlet:
            return self._from_outlet(claim, document, outlet)
        if self._from_papers(claim):
            return self._papers(claim, document)
        if claim.source_kind == "anonymous":
            return self._anonymous(claim, document)
        if claim.source_kind == "outlet":
            return self._own(claim, document)
        if self._overheard(claim, document):
            return self._second_hand(claim, document)
        return self._named(claim, document)

    def speaker(self, claim: Claim) -> tuple[str, str]:
        """Key and name of whoever says it: the body behind a spokesperson, the issuing body itself."""
        document = self._identity.documents[claim.document]
        if claim.source is None or claim.source_kind == "self":
            agent = claim.frame.agent
            acts = agent if agent and self._identity.of_name(document.id, agent) else None
            name = document.publisher or acts or document.path
            key = self._identity.key(document.id, name)
            return key, self._identity.display(key, name)
        body = self._speakers.body(claim)
        if body:
            return body
        name = claim.source_name or claim.source.text
        key = self._identity.key(claim.document, name)
        return key, self._identity.display(key, name)

    def posts(self, key: str) -> frozenset[str]:
        """The bodies in which a person holds a post."""
        return self._speakers.posts(key)

    def members_of(self, access: Access) -> frozenset[str]:
        """The bodies of which unnamed people are said to be: "investigators at the Lorn Centre"."""
        claim = access.claim
        if access.shown or claim.source is None or claim.source_kind != "anonymous":
            return frozenset()
        named = self._identity.within(claim.document, claim.source.text)
        return frozenset(body for body in named if self._identity.is_body(body))

    def told_as(self, access: Access) -> frozenset[str]:
        """The nouns by which a text tells of a body without its name, "the coast guard"; none for a name."""
        source = access.claim.source
        return frozenset(words(nouns(source.text) or "")) if source else frozenset()

    def described(self, access: Access) -> frozenset[str]:
        """The words that say who a source is, in its name and wherever the case tells of it."""
        return frozenset(words(access.name)) | self._speakers.described(access.key)

    def cited_in(self, document: str) -> set[str]:
        """Whom a document has said something from, with the bodies that they speak for."""
        keys = self._citing.get(document)
        if keys is None:
            said = self._speakers.speaking(document)
            keys = self._citing[document] = {self.access(claim).key for claim in said}
        return keys.union(*map(self.posts, keys))

    def sides(self, access: Access) -> frozenset[str]:
        """Whose side a source is on: the bodies it holds posts in, the owner of an outlet, its state."""
        return self.posts(access.key) | access.owners

    def _owned(self, holder: str, document: str) -> frozenset[str]:
        owner = house(holder)
        state = self._identity.of_name(document, owner.removeprefix("state:")) if owner else None
        return frozenset(filter(None, (owner and f"house:{owner}", state)))

    def is_party(self, document: Document) -> bool:
        """True where a document is a party's own release, not an outlet's report."""
        return bool(document.publisher) and not self._outlets.is_outlet(document.publisher or "")

    def _own(self, claim: Claim, document: Document) -> Access:
        if self._edges.get(document.id):
            return self._relay(claim, document)
        if self.is_party(document):
            return self._party(claim, document)
        if claim.basis and claim.basis.kind in _SHOWN:
            return self._held(claim, document.publisher or document.path, claim.basis.excerpt.text)
        return self._unsourced(claim, document)

    def _unsourced(self, claim: Claim, document: Document) -> Access:
        name = document.publisher or document.title or document.path
        return Access(
            claim,
            f"own:{canonical(name)}",
            name,
            False,
            f"{name} says so in its own words and names no source",
        )

    def _party(self, claim: Claim, document: Document) -> Access:
        key, name = self.speaker(claim) if claim.source is None else (None, document.publisher or "")
        key = key or self._identity.key(document.id, name)
        return Access(claim, key, name, True, f"{name} speaks for itself in a document of its own")

    def _named(self, claim: Claim, document: Document) -> Access:
        if claim.source_kind == "self":
            return self._party(claim, document)
        key, name = self.speaker(claim)
        if claim.basis and claim.basis.kind == "hearsay":
            return Access(claim, key, name, False, f"{name} passes on what others say")
        if key.startswith("name:") and not is_proper(name, self._identity, claim.document):
            return self._undescribed(claim, document, name)
        return Access(claim, key, name, True, f"{name} is named and speaks")

    def _undescribed(self, claim: Claim, document: Document, name: str) -> Access:
        """A role or kind of body without a name: whoever that is, the text does not say."""
        if self._edges.get(document.id):
            return self._relay(claim, document)
        key = f"role:{canonical(document.publisher or document.path)}:{name_key(name)}"
        return Access(claim, key, name, False, f"{name} is not named")

    def _cited_outlet(self, claim: Claim, document: Document) -> str | None:
        """The outlet whose report the source is: "Reuters", "a recent Reuters report"."""
        for phrase in (claim.source_name, claim.source.text if claim.source else None):
            named = self._outlets.named_in(phrase or "")
            if not named or is_publisher(named, document.publisher):
                continue
            whole = {canonical(phrase or ""), *map(canonical, JOINED.split(phrase or ""))}
            if claim.source_kind == "outlet" or canonical(named) in whole:
                return named
        return None

    def _from_outlet(self, claim: Claim, document: Document, outlet: str) -> Access:
        """What another outlet reports; what that outlet rests on, where the text says so."""
        basis = claim.basis
        if basis and basis.kind in _SHOWN:
            return self._held(claim, outlet, basis.excerpt.text)
        beyond = self._outlets.named_in(basis.excerpt.text) if basis else None
        if beyond and canonical(beyond) != canonical(outlet) and not is_publisher(beyond, document.publisher):
            return self._relay(claim, document, (outlet, beyond))
        if basis and basis.kind == "hearsay" and not beyond:
            return self._unnamed(claim, outlet, basis.excerpt.text)
        return self._relay(claim, document, (outlet,))

    def _from_papers(self, claim: Claim) -> bool:
        """True where the source is a document, or somebody quoted out of one that others hold."""
        if claim.source_kind == "document" or is_document(claim.source.text if claim.source else ""):
            return True
        shown = claim.basis is not None and claim.basis.kind in {"documents", "imagery", "data"}
        return (
            shown
            and claim.source_kind in {"anonymous", "organisation", "government"}
            and bool(self._edges.get(claim.document))
        )

    def _overheard(self, claim: Claim, document: Document) -> bool:
        """True where somebody told somebody else, not the press: the text has it at second hand.

        "Kupol informed the ministry that …" is known from papers or people that somebody saw.
        """
        if not claim.cue or claim.source_kind == "person" or not TELLS.search(claim.cue.text):
            return False
        end = claim.cue.spans[-1].end
        told = plain(document.text[end : end + 90]).split("that ")[0].split('"')[0]
        return not PUBLIC.search(told) and not self._outlets.named_in(told) and bool(re.search(r"\w", told))

    def _second_hand(self, claim: Claim, document: Document) -> Access:
        """What somebody told a third, known from whoever disclosed that."""
        if self._edges.get(document.id):
            return self._relay(claim, document)
        if self.is_party(document):
            return self._party(claim, document)
        told = f"what {claim.source_name or 'somebody'} told others"
        return self._held(claim, document.publisher or document.path, told)

    def _papers(self, claim: Claim, document: Document) -> Access:
        words = claim.source.text if claim.source else ""
        if claim.basis and not is_document(words) and claim.source_kind != "document":
            words = claim.basis.excerpt.text
        elif TAKEN_UP.match(words) and len(claim.source_name or "") > len(words):
            words = claim.source_name or words  # "the study", which is "a study by the Lorn Centre"
        holder = self._holder(claim, document, words)
        if holder:
            return self._held(claim, holder, words)
        if self._edges.get(document.id):
            return self._relay(claim, document)
        if self.is_party(document):
            return self._party(claim, document)
        bodies = sorted(self._identity.within(document.id, words))
        named = [body for body in bodies if self._identity.is_body(body)]
        named = named or self._speakers.authors(claim.document, words)
        if named:
            return Access(claim, f"papers:{named[0]}", words, True, f"a document is named: {words}")
        return self._held(claim, document.publisher or document.path, words)

    def _holder(self, claim: Claim, document: Document, words: str) -> str | None:
        """The outlet that has the papers: "documents reviewed by Reuters", or who relays them."""
        if OWN_HAND.search(words):
            return document.publisher
        for phrase in (words, *self._relays(claim)):
            named = self._outlets.named_in(phrase) or self._taken_up(phrase, claim)
            if named:
                return named
        for phrase in self._relays(claim):
            if whole := self._speakers.in_full(claim, phrase):
                return whole
        for body in self._identity.within(document.id, words):
            published = self._outlets.published_by(self._identity.display(body, ""))
            if published and re.search(r"\b(?:by|of)\b", words):
                return published[0].publisher
        return None

    def _relays(self, claim: Claim) -> Iterator[str]:
        """Who relays a claim; for "the documents", taken up again, whoever relays what they showed before."""
        yield from (relay.text for relay in claim.via)
        if claim.source and (TAKEN_UP.match(claim.source.text) or is_pronoun(claim.source.text)):
            others = [
                one for one in self._speakers.speaking(claim.document) if one.id != claim.id and one.via
            ]
            same = [one for one in others if papers_named(one) == papers_named(claim)]
            told = [one for one in others if one.content.spans < claim.content.spans and is_papers(one)]
            for other in same or (() if claim.via else told):
                yield from (relay.text for relay in other.via)

    def _taken_up(self, phrase: str, claim: Claim) -> str | None:
        """The outlet that "the newspaper" is: the only one that the text has its words from."""
        if not PRESS.fullmatch(phrase.strip()):
            return None
        every = self._speakers.speaking(claim.document)
        said = [one for one in every if one.content.spans < claim.content.spans]
        names = [one.source_name or "" for one in said if one.source_kind == "outlet"]
        named = {outlet for name in names if (outlet := self._outlets.named_in(name))}
        return next(iter(named)) if len(named) == 1 else None

    def _held(self, claim: Claim, holder: str, words: str) -> Access:
        key, name = self._identity.key(claim.document, holder), self._outlets.display(holder)
        named = words if canonical(name) in words.casefold() else f"{words} seen by {name}"
        return Access(
            claim=claim,
            key=f"held:{key}",
            name=named,
            shown=True,
            why=f"{name} shows its own access: {words}",
            through=(name,),
            owners=self._owned(holder, claim.document),
        )

    def _anonymous(self, claim: Claim, document: Document) -> Access:
        words = claim.source.text if claim.source else ""
        via = next(filter(None, (self._outlets.named_in(relay.text) for relay in claim.via)), None)
        if via:
            return self._unnamed(claim, via, words)
        if self._edges.get(document.id):
            return self._relay(claim, document)
        return self._unnamed(claim, document.publisher or document.path, words)

    def _unnamed(self, claim: Claim, outlet: str, words: str) -> Access:
        key = f"unnamed:{self._identity.key(claim.document, outlet)}"
        there = bool(claim.basis) and claim.basis is not None and claim.basis.kind == "witness"
        name = f"{lower_first(words)} ({self._outlets.display(outlet)})"
        why = (
            "unnamed, but the text says that they were there"
            if there
            else "unnamed, and the text does not show how they know"
        )
        return Access(claim, key, name, there, f"{name}: {why}", through=(outlet,))

    def _relay(self, claim: Claim, document: Document, outlets: Sequence[str] = ()) -> Access:
        wanted = {canonical(outlet) for outlet in outlets}
        told = self._edges.get(document.id, ())
        edges = sorted((e for e in told if not wanted or canonical(e.source) in wanted), key=told_at)
        named = tuple(dict.fromkeys([*outlets, *(edge.source for edge in edges)]))
        parents = tuple(sorted({edge.parent for edge in edges if edge.parent}))
        if not outlets and all(edge.parent for edge in edges):
            # What it derives from is in the case: where that does not say it, the text does.
            own = self._unsourced(claim, document)
            return replace(own, relay=True, parents=parents, outlets=named)
        first = named[0] if named else document.publisher or document.path
        name = self._outlets.display(first)
        key = f"outlet:{canonical(first)}"
        return Access(
            claim=claim,
            key=key,
            name=name,
            shown=False,
            why=f"it rests on {name}, whose own access it does not show",
            relay=True,
            parents=parents,
            outlets=named,
            named=bool(outlets),
        )
