"""A claim taken apart for comparison: what is done, by whom, to what, how much, said or denied."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from operator import attrgetter
from typing import Any

from secondsource.corroborate.amounts import Amount, amounts
from secondsource.corroborate.doing import accuses, but_deed, heads, tells_of_knowing, unnamed
from secondsource.corroborate.identity import Identity, acts_himself, is_pronoun
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.sides import COMMENT, knows_not, side_of, tells_what
from secondsource.model import Claim, Excerpt, Part
from secondsource.text import overlap, plain

_WARES = frozenset({"Product", "Weapon", "Vehicle", "Airplane", "Vessel"})
_SHARES = frozenset(
    {
        "part",
        "some",
        "number",
        "thousand",
        "hundred",
        "many",
        "most",
        "lot",
        "something",
        "rest",
        "half",
        "all",
    }
)
_UNITS = frozenset(
    {"km", "kilometre", "kilometer", "mile", "kg", "kilogram", "percent", "tonne", "ton", "metre"}
)
_DOING = re.compile(r"(?:having\s|\w+ing\s)", re.IGNORECASE)
_WHOLE = frozenset({"denies", "unaware", "asks", "plans"})
_OPENING = " \"'“‘"
_NUMBER = re.compile(r"\d[\d.,]*$")


@dataclass(frozen=True, slots=True)
class Slots:
    """What a claim says, in terms that two reports of one matter share.

    ``heads`` are the classes of what is done, ``nearby`` the classes its other words name.
    ``agent`` and ``target`` are entities, things or words; ``bodies`` says whether the agent
    is an entity.  ``side`` is +1 for a claim that it is so, -1 that it is not, 0 for a source
    that does not know.  A ``part`` is what a claim says beside its main point; its ``claim`` is then
    the claim in no more words than that.
    """

    claim: Claim
    heads: frozenset[str]
    nearby: frozenset[str]
    agent: str | None
    target: str | None
    things: frozenset[str]
    entities: frozenset[str]
    terms: frozenset[str]
    amounts: tuple[Amount, ...]
    modal: str | None
    side: int
    part: bool = False

    @property
    def signature(self) -> tuple[object, ...]:
        """What two claims share that no comparison could tell apart."""
        text = " ".join(plain(self.claim.content.text).casefold().split())
        return (text, self.side, self.agent, self.target, self.entities, self.modal, self.part)


Bare = tuple[Any, ...]
bare: Callable[[Slots], Bare] = attrgetter(*(field.name for field in fields(Slots)[1:]))
"""Slots without their claim."""


class Dissector:
    """Makes the `Slots` of the claims of one case, in which documents come and go."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._things: dict[str, str] = {}
        self._votes: dict[str, list[tuple[str, str]]] = {}
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def follow(self, claims: Mapping[str, Sequence[Claim]], changed: Iterable[str]) -> set[str]:
        """Learn anew what kinds of things products are, from documents whose claims or names ``changed``.

        The products that are taken for another thing than before.
        """
        asked = set[str]()
        for document in changed:
            before = self._votes.pop(document, [])
            now = list(self._kinds_told(claims.get(document, ())))
            for entity, thing in before:
                self._counts[entity][thing] -= 1
            for entity, thing in now:
                self._counts[entity][thing] += 1
            asked |= {entity for entity, _ in (*before, *now)}
            if now:
                self._votes[document] = now
        was = {entity: self._things.pop(entity, None) for entity in asked}
        for entity in asked:
            self._counts[entity] = count = +self._counts[entity]
            if count:
                self._things[entity] = max(sorted(count), key=count.__getitem__)
        return {entity for entity, thing in was.items() if self._things.get(entity) != thing}

    def slots(self, claim: Claim) -> Slots:
        """The claim's slots; its words stay the evidence.

        Of what somebody does not know they are those of the clause that says what.
        """
        if tells_what(claim):
            text = self._identity.documents[claim.document].text
            told = replace(_part_of(claim, claim.frame.parts[0], text), stance="asserts")
            return replace(self._slots(told), claim=claim, side=0)
        return self._slots(claim)

    def _slots(self, claim: Claim) -> Slots:
        words = unnamed(claim)
        entities = frozenset(
            self._identity.of_mention(claim.document, m)
            for m in claim.mentions
            if not lexicon().thing(m.excerpt.text)
        )
        deeds = heads(claim)
        nearby = frozenset(
            [*lexicon().classes(words, claim.content.text), *lexicon().in_text(claim.content.text)]
        )
        agent, target = self._agent(claim), self._target(claim, deeds)
        if tells_of_knowing(claim, deeds):
            entities, agent = entities - {agent or ""}, None  # who cannot confirm it did not do it
        elif accuses(claim, deeds):
            entities, agent = entities - {agent or ""}, None  # who accuses is the source, whoever tells of it
        elif agent in self._identity.entities and agent:
            entities |= {agent}
        start = claim.content.spans[0].start
        entities |= self._identity.meant(claim.document, claim.content.text, start)
        if not entities and claim.source_kind != "outlet":
            entities = self._speaker(claim)
        found = Slots(
            claim=claim,
            heads=deeds,
            nearby=nearby | deeds,
            agent=agent,
            target=target,
            things=self._all_things(but_deed(words, claim), entities),
            entities=entities,
            terms=_terms(words, claim.frame.predicate.casefold()),
            amounts=amounts(claim),
            modal=claim.frame.modal,
            side=side_of(claim, deeds),
        )
        return _silence(found) if deeds == {COMMENT} and found.side < 0 else found

    def apart(self, claims: Iterable[Claim]) -> tuple[Slots, ...]:
        """The slots of claims, and of what each says beside its main point."""
        return tuple(slots for claim in claims for slots in (self.slots(claim), *self._parts(claim)))

    def _parts(self, claim: Claim) -> list[Slots]:
        return [replace(self.slots(part), part=True) for part in self._cut(claim)]

    def _cut(self, claim: Claim) -> list[Claim]:
        """What the claim says beside its main point, as claims in fewer words.

        What somebody denies, does not know, asks or plans is one thing; its parts are not his, but for what
        he does not know beside what he denies.
        """
        if claim.stance in _WHOLE - {"denies"} or not claim.frame.parts:
            return []
        text = self._identity.documents[claim.document].text
        parts = [_part_of(claim, part, text) for part in claim.frame.parts]
        told = [replace(part, stance="unaware") if knows_not(part) else part for part in parts]
        return [part for part in told if claim.stance != "denies" or part.stance == "unaware"]

    def told_by(self, claims: Iterable[Claim], bare: Iterable[Bare]) -> tuple[Slots, ...]:
        """The slots of claims, from what another process found by `apart` and made `bare`."""
        every = (one for claim in claims for one in (claim, *self._cut(claim)))
        return tuple(Slots(one, *slots) for one, slots in zip(every, bare, strict=True))

    def _agent(self, claim: Claim) -> str | None:
        """Who does it; a pronoun in words given to a source is the source itself where it can be."""
        agent = claim.frame.agent
        if named := _named_before(claim):
            return self._filler(claim, named)
        himself = acts_himself(claim) or (
            agent is None and claim.stance == "denies" and _DOING.match(claim.content.text)
        )
        if himself and claim.source_name:
            proper = re.search(r"\b[A-Z]", claim.source_name)
            return self._identity.key(claim.document, claim.source_name) if proper else None
        return self._filler(claim, agent)

    def _target(self, claim: Claim, heads: frozenset[str]) -> str | None:
        """To what it is done; what something is said to be is no target, nor is a share without its whole."""
        target = claim.frame.object
        if target is None or target.casefold() in _SHARES or target == claim.frame.predicate:
            return None
        if lexicon().nouns.get(target.casefold()) in heads:  # "bear the responsibility"
            return None
        found = self._filler(claim, target)
        given = "deliver" in heads and found in self._identity.entities
        return (
            None if given and self._identity.is_body(found or "") else found
        )  # "supplied Russia with goods"

    def _speaker(self, claim: Claim) -> frozenset[str]:
        """Whoever speaks without naming anybody speaks of himself: "we keep strict control"."""
        if not claim.source:
            return frozenset()
        whole = self._identity.of_name(claim.document, claim.source_name)
        named = self._identity.within(claim.document, f"{claim.source.text} {claim.source_name or ''}")
        return named | {whole} if whole else named

    def _filler(self, claim: Claim, name: str | None) -> str | None:
        if name is None or is_pronoun(name) or name.casefold() in _UNITS:
            return None
        return self._identity.of_name(claim.document, name) or lexicon().thing(name) or name.casefold()

    def _all_things(self, words: Sequence[str], entities: Iterable[str]) -> frozenset[str]:
        named = {lexicon().things[phrase] for phrase in _phrases(words) if phrase in lexicon().things}
        return frozenset(named | {self._things[entity] for entity in entities if entity in self._things})

    def _kinds_told(self, claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
        """What kind of thing a product is, from the noun that follows its name or stands right before it."""
        for claim in claims:
            start = claim.content.spans[0].start
            for mention in claim.mentions:
                if mention.schema in _WARES:
                    after = claim.content.text[mention.excerpt.spans[-1].end - start :]
                    before = claim.content.text[: mention.excerpt.spans[0].start - start]
                    beside = [*before.rstrip(_OPENING).split(" ")[-1:], *re.findall(r"[\w-]+", after)[:3]]
                    thing = next(filter(None, map(_thing_of_form, beside)), None)
                    if thing:
                        yield self._identity.of_mention(claim.document, mention), thing


def _named_before(claim: Claim) -> str | None:
    """Who a pronoun that acts stands for within the claim: "after the rebels ringed it, they used gas"."""
    if not is_pronoun(claim.frame.agent):
        return None
    start, text = claim.content.spans[0].start, claim.content.text.casefold()
    place = text.find(f" {claim.frame.agent} ".casefold())
    before = (part for part in claim.frame.parts if part.span.end - start <= place)
    return next((part.frame.agent for part in before if not is_pronoun(part.frame.agent)), None)


def _part_of(claim: Claim, part: Part, text: str) -> Claim:
    """The claim cut down to one of its parts."""
    return replace(
        claim,
        content=Excerpt.of(text, [part.span]),
        frame=part.frame,
        mentions=tuple(one for one in claim.mentions if overlap(one.excerpt.spans[0], part.span)),
        quantities=tuple(one for one in claim.quantities if overlap(one.excerpt.spans[0], part.span)),
    )


def _thing_of_form(word: str) -> str | None:
    lower = word.casefold()
    return lexicon().things.get(lower) or lexicon().things.get(lower.removesuffix("s"))


def _phrases(words: Sequence[str]) -> list[str]:
    low = [word.casefold() for word in words]
    return low + [f"{one} {two}" for one, two in pairwise(low)]


def _terms(words: Sequence[str], predicate: str) -> frozenset[str]:
    """The content words under their classes, without names, figures and words that say little."""
    table = lexicon()
    folded = set()
    for word in map(str.casefold, words):
        if word == predicate and word in table.verbs:
            folded.add(table.verbs[word])
        elif word not in table.light and not _NUMBER.match(word) and not is_pronoun(word):
            folded.add(table.things.get(word) or table.verbs.get(word) or table.nouns.get(word) or word)
    return frozenset(folded)


def _silence(said: Slots) -> Slots:
    """Who said nothing is the whole matter: to what question, and in which words, tells nothing."""
    heads = said.heads
    return replace(said, nearby=heads, target=None, things=frozenset(), terms=said.entities, modal=None)
