"""What a report rests on that the case does not hold: a body's statement, a press conference, a relay."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from secondsource.derivation.outlets import Outlets, canonical, is_publisher
from secondsource.model import Claim, Document, Excerpt
from secondsource.provenance import Derivation
from secondsource.text import plain

_OCCASION = re.compile(
    r"\b(press conference|news conference|press release|press statement|statement|briefing|interview|speech|"
    r"hearing|testimony|email|e-mail|letter|broadcast|address)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[A-Z][\w'-]{2,}")
_AROUND = 160
_SHARE = 0.25
_FEWEST = 2
_SPEAKS = frozenset({"government", "organisation", "person"})


def told(documents: Sequence[Document], claims: Sequence[Claim]) -> Iterator[Derivation]:
    """For each document, the bodies and people that its claims rest on, and who relayed them.

    A speaker counts with two claims or a quarter of the document's, a state's body with one; an
    occasion that is named beside the words ("at a press conference") goes with the name.  A relay
    counts where it is named and is neither the publisher itself nor a known outlet, whose citation
    is found by itself.
    """
    outlets = Outlets(documents, claims)
    by_document: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (claim.content.spans, claim.id)):
        if claim.voice == "attributed":
            by_document[claim.document].append(claim)
    for document in sorted(documents, key=lambda document: document.id):
        given = by_document[document.id]
        yield from _speakers(document, given)
        yield from _relays(document, given, outlets)


def _speakers(document: Document, given: Sequence[Claim]) -> Iterator[Derivation]:
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in given:
        if claim.source and claim.source_kind in _SPEAKS and claim.stance != "unaware":
            groups[claim.source_name or claim.source.text].append(claim)
    for name, said in groups.items():
        share = len(said) / len(given)
        official = any(claim.source_kind == "government" for claim in said)
        if len(said) < _FEWEST and share < _SHARE and not official:
            continue
        occasion = next(filter(None, (_occasion(document, claim) for claim in said)), None)
        source = f"{occasion} of {name}" if occasion else name
        words = [claim.source for claim in said if claim.source]
        yield Derivation(document.id, source, None, "statement", round(share, 4), True, _distinct(words))


def _occasion(document: Document, claim: Claim) -> str | None:
    """The occasion named in the sentence of a claim, outside what is claimed."""
    start, end = claim.content.spans[0].start, claim.content.spans[-1].end
    before = plain(document.text[max(0, start - _AROUND) : start]).rpartition("\n")[2]
    after = plain(document.text[end : end + _AROUND]).partition("\n")[0]
    found = _OCCASION.search(re.split(r"(?<=[a-z])[.?!]\s", before)[-1]) or _OCCASION.search(
        re.split(r"[.?!]\s", after)[0]
    )
    return found[1].lower() if found else None


def _relays(document: Document, given: Sequence[Claim], outlets: Outlets) -> Iterator[Derivation]:
    found: defaultdict[str, list[Excerpt]] = defaultdict(list)
    for claim in given:
        for relay in claim.via:
            name = relay.text.removeprefix("the ").removeprefix("The ")
            known = outlets.named_in(name)
            if _NAMED.search(name) and not known and not is_publisher(name, document.publisher):
                found[name].append(relay)
    sources = {canonical(claim.source_name or "") for claim in given}
    for name, excerpts in found.items():
        if canonical(name) not in sources:
            yield Derivation(document.id, name, None, "citation", 0.95, True, _distinct(excerpts))


def _distinct(excerpts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    return tuple(sorted(set(excerpts), key=lambda excerpt: excerpt.spans))
