"""Who speaks for whom: spokespeople and the bodies behind them, people and their posts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from secondsource.corroborate.bodies import InFull, beside
from secondsource.corroborate.identity import Identity, Named
from secondsource.model import Claim
from secondsource.text import plain, words

_SPEAKS = re.compile(
    r"spokes(?:man|woman|person|people)|press (?:secretary|office|service|officer)|media officer",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:director|chief|head|chair\w*|president|minister|secretary|boss|owner|founder|commander|governor|"
    r"ambassador|leader|manager|officer|spokes\w+|representative|official|ceo|executive|adviser|advisor|envoy|"
    r"employee|general|led|leads|heads|runs)\b",
    re.IGNORECASE,
)
_EDGE = re.compile(r"[\n.\"“”]")
_BREAK_BEFORE = re.compile(r"[\"“”]|, (?:and|but) ")
_BREAK_AFTER = re.compile(r"[\"“”]|(?:said|says|told|denied|joined|spent) ")
_OF_BODIES = frozenset({"government", "organisation", "self"})
_BODIES = frozenset({"Company", "Organization", "PublicBody", "LegalEntity", "Country"})
_SENTENCE = re.compile(r"(?<=[.?!”\"])\s+(?=[A-Z“\"])|\n+")
_BODY = (
    r"(?:ministry|commission|company|group|agency|government|police|army|authority|bank|council|embassy|"
    r"manufacturer|firm|maker|union|party|department|treasury|institute|organisation|organization|court|office)"
)
_NOUN_OF_BODY = re.compile(rf"\b({_BODY})\b", re.IGNORECASE)
_BARE = re.compile(rf"(?:(?:the|its|a|an)\s+)?{_BODY}", re.IGNORECASE)


class Speakers:
    """Resolves the source of a claim to whom it stands for, over the documents of one case."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._claims: Mapping[str, tuple[Claim, ...]] = {}
        self._posts: dict[str, frozenset[str]] = {}
        self._held: dict[str, tuple[tuple[str, ...], dict[str, frozenset[str]]]] = {}
        self._split: dict[str, tuple[str, ...]] = {}
        self._sources: dict[str, list[Claim]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._full = InFull(identity)

    def follow(self, claims: Mapping[str, tuple[Claim, ...]], named: Named, gone: Iterable[str]) -> set[str]:
        """Take in claims, and what changed of whom names mean; those whose posts are others now."""
        self._claims = claims
        touched = {*named.documents, *gone}
        for document in touched:
            self._split.pop(document, None)
            self._full.forget(document)
            self._sources.pop(document, None)
            for _, held in self._held.values():
                held.pop(document, None)
        touching = named.entities | self._identity.named_in(touched)
        before = {key: self._posts.pop(key) for key in touching & self._posts.keys()}
        told = {key: self._words.pop(key) for key in touching & self._words.keys()}
        otherwise = {key for key, posts in before.items() if self.posts(key) != posts}
        return otherwise | {key for key, said in told.items() if self.described(key) != said}

    def body(self, claim: Claim) -> tuple[str, str] | None:
        """Key and name of the body that a spokesperson, or "the ministry", speaks for; else None."""
        if not claim.source:
            return None
        if _BARE.fullmatch(plain(claim.source_name or claim.source.text).strip()):
            said = claim.source.text
            return self._issuer(claim, said) or self._in_full(claim) or self._earlier_body(claim, said)
        around = self._around(claim)
        if not _SPEAKS.search(around):
            return self._in_full(claim)
        return (
            self._issuer(claim, around)
            or self._named_body(claim, around)
            or self._earlier_body(claim, around)
        )

    def _in_full(self, claim: Claim) -> tuple[str, str] | None:
        """The body that is said in common nouns, "the coast guard", where the text names it once."""
        assert claim.source
        said, start = claim.source_name or claim.source.text, claim.source.spans[0].start
        full = self._full.name(claim.document, said, start)
        if full is None:
            return None
        key = self._identity.key(claim.document, full)
        return key, self._identity.display(key, full)

    def authors(self, document: str, papers: str) -> list[str]:
        """Whose papers "the study" is, where the text says it once; none where it does not."""
        author = self._full.author(document, papers)
        return [self._identity.key(document, author)] if author else []

    def in_full(self, claim: Claim, phrase: str) -> str | None:
        """The name of a body that a claim's words call by its nouns, "reviewed by the centre"."""
        return self._full.name(claim.document, phrase, claim.content.spans[0].start)

    def whole(self, claim: Claim) -> Claim:
        """A claim in all its words, where it was cut down to one of its parts."""
        return next((one for one in self._claims.get(claim.document, ()) if one.id == claim.id), claim)

    def _issuer(self, claim: Claim, around: str) -> tuple[str, str] | None:
        """The body whose own release it is, where the spokesperson's words name its kind."""
        kind = _NOUN_OF_BODY.search(around)
        publisher = self._identity.documents[claim.document].publisher or ""
        if kind is None or kind[1].casefold() not in publisher.casefold():
            return None
        key = self._identity.key(claim.document, publisher)
        return key, self._identity.display(key, publisher)

    def posts(self, key: str) -> frozenset[str]:
        """The bodies that a person is said to hold a post in, anywhere in the case."""
        if key not in self._posts:
            self._posts[key] = self._found_posts(key) | self._state(key)
        return self._posts[key]

    def _found_posts(self, key: str) -> frozenset[str]:
        entity = self._identity.entities.get(key)
        names = tuple(name for name in self._identity.names(key) if len(name.split()) > 1)
        if entity is None or not names:
            return frozenset()
        if key not in self._held or self._held[key][0] != names:
            self._held[key] = names, {}
        held = self._held[key][1]
        for document in entity.documents:
            if document not in held:
                held[document] = self._posts_in(document, names)
        return frozenset[str]().union(*(held[document] for document in entity.documents)) - {key}

    def _posts_in(self, document: str, names: Sequence[str]) -> frozenset[str]:
        told = (around for around in _appositions(self._sentences(document), names) if _POST.search(around))
        return frozenset(
            body for around in told for body in self._identity.within(document, around) if self._holds(body)
        )

    def _sentences(self, document: str) -> Sequence[str]:
        if document not in self._split:
            known = self._identity.documents.get(document)
            self._split[document] = tuple(_SENTENCE.split(plain(known.text))) if known else ()
        return self._split[document]

    def described(self, key: str) -> frozenset[str]:
        """The words beside the name that say what a person is, anywhere in the case: "chief of police".

        A minister's are those of the ministry too.
        """
        if key not in self._words:
            entity = self._identity.entities.get(key)
            names = tuple(name for name in self._identity.names(key) if len(name.split()) > 1)
            texts = [self._sentences(document) for document in entity.documents] if entity and names else []
            told = {word for text in texts for said in beside(text, names) for word in words(said)}
            self._words[key] = frozenset(told | {"ministry"} if "minister" in told else told)
        return self._words[key]

    def _state(self, key: str) -> frozenset[str]:
        """The state that a body's name names: a ministry speaks for its state."""
        if key.startswith("name:") and " e-" in key:
            return frozenset({key.rsplit(" ", 1)[1]})
        entity = self._identity.entities.get(key)
        if entity is None or entity.schema != "PublicBody" or not entity.documents:
            return frozenset()
        first = next((part.document for part in entity.mentions if entity.name in part.names), None)
        return self._identity.states(first or entity.documents[0], entity.name) - {key}

    def _holds(self, body: str) -> bool:
        entity = self._identity.entities.get(body)
        return entity is not None and entity.schema in _BODIES

    def _around(self, claim: Claim) -> str:
        """The source's words with those beside them that tell who he is."""
        if not claim.source:
            return ""
        text = self._identity.documents[claim.document].text
        start, end = claim.source.spans[0].start, claim.source.spans[-1].end
        before = _EDGE.split(plain(text[max(0, start - 80) : start]))[-1]
        after = _EDGE.split(plain(text[end : end + 80]))[0]
        said = plain(text[start:end])
        told = f"{before}{said}" if _SPEAKS.search(before[-45:]) else said
        return f"{told}{after}" if re.match(r",? (?:an? |the )?(?:\w+ )?spokes|, ", after) else told

    def _named_body(self, claim: Claim, around: str) -> tuple[str, str] | None:
        rest = _SPEAKS.split(around)
        for phrase in (*rest[1:], *rest[:1]):
            run = re.search(r"(?:for |of |at )?((?:the )?[\w' -]*)", phrase)
            for body in sorted(self._identity.within(claim.document, run[1] if run else phrase)):
                if self._holds(body):
                    return body, self._identity.display(body, phrase.strip())
        return None

    def _earlier_body(self, claim: Claim, around: str) -> tuple[str, str] | None:
        """The one body of that kind that speaks in the document: "a spokesman for the ministry"."""
        kind = _NOUN_OF_BODY.search(around)
        names = [other.source_name or "" for other in self._speaking(claim.document)]
        found = {
            self._identity.key(claim.document, name): name
            for name in names
            if kind and kind[1].casefold() in name.casefold()
            if not _SPEAKS.search(name) and not _BARE.fullmatch(name.strip())
        }
        key = next(iter(found), None) if len(found) == 1 else None
        return (key, self._identity.display(key, found[key])) if key else None

    def _speaking(self, document: str) -> list[Claim]:
        """The claims of a document, in reading order, that bodies are the sources of."""
        return [one for one in self.speaking(document) if one.source_kind in _OF_BODIES]

    def speaking(self, document: str) -> list[Claim]:
        """The claims of a document, in reading order, that it gives to sources."""
        if document not in self._sources:
            told = sorted(self._claims.get(document, ()), key=lambda claim: claim.content.spans)
            self._sources[document] = [one for one in told if one.source]
        return self._sources[document]


def _appositions(sentences: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """The stretch of each sentence beside a name, where posts stand."""
    pattern = re.compile("|".join(re.escape(name) for name in names))
    for sentence in sentences:
        for match in pattern.finditer(sentence):
            before = _BREAK_BEFORE.split(sentence[max(0, match.start() - 90) : match.start()])[-1]
            yield before
            yield _BREAK_AFTER.split(sentence[match.end() : match.end() + 90])[0]
