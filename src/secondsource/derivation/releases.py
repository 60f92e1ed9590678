"""Reports of a party's own release: the release is in the case, and a claim reports it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from secondsource.derivation.outlets import Outlets, publisher_names
from secondsource.model import Claim, Document, Entity
from secondsource.text import words

_SHARE = 0.6
_SENTENCE_ENDS = str.maketrans(dict.fromkeys(".?!;", "\n"))
_FILLER = frozenset(
    words(
        "a an the of in on at to for by with from and or but that which it its is are was were be been "
        "has have had not no any he she they we this those their his her said says as would will"
    )
)


def releases(
    documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity], outlets: Outlets
) -> Iterator[tuple[Claim, Document]]:
    """Each claim given to a party that says the same in a document it published itself.

    The first such claim of a document is enough; a party that merely speaks in both texts,
    of different things, does not make one a report of the other.
    """
    parties = [
        _Release(document, {_key(name) for name in publisher_names(document.publisher)}, _sentences(document))
        for document in documents
        if document.publisher and not outlets.is_outlet(document.publisher)
    ]
    by_word: defaultdict[str, set[int]] = defaultdict(set)
    for index, release in enumerate(parties):
        for word in set().union(*release.keys):
            by_word[word].add(index)
    aliases = _aliases(entities) if parties else {}
    done: set[tuple[str, str]] = set()
    for claim in claims if parties else ():
        named = {_key(name) for name in _speakers(claim, aliases)}
        near = set().union(*(by_word[word] for name in named for word in name if word in by_word))
        for release in (parties[index] for index in sorted(near)):
            pair = (claim.document, release.document.id)
            if (
                pair not in done
                and claim.document != release.document.id
                and release.reported_by(claim, named)
            ):
                done.add(pair)
                yield claim, release.document


@dataclass(frozen=True)
class _Release:
    """A document that a party published itself: the party's names as word sets, and what it says."""

    document: Document
    keys: set[frozenset[str]]
    sentences: list[frozenset[str]]

    def reported_by(self, claim: Claim, named: set[frozenset[str]]) -> bool:
        is_ours = any(_names(name, key) for name in named for key in self.keys)
        return is_ours and _said(claim, self.sentences)


def _aliases(entities: Sequence[Entity]) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (mention.document, name.casefold()): entity.names
        for entity in entities
        for mention in entity.mentions
        for name in mention.names
    }


def _speakers(claim: Claim, aliases: dict[tuple[str, str], tuple[str, ...]]) -> Iterator[str]:
    """The names of whoever the claim is given to: its source, or who is said to do the saying."""
    source = claim.source.text if claim.source else None
    for name in filter(None, (claim.source_name, source, claim.frame.agent if not source else None)):
        yield name
        yield from aliases.get((claim.document, name.casefold()), ())


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
