"""What corrections teach: what names nothing, and what is of another kind than it was taken for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from secondsource import names
from secondsource.model import Judgement, Mention
from secondsource.resolve.nodes import Node

Nothing = tuple[str, str]
"""A document, or the empty string for all of them, and a normalised text that names nothing there."""


class Taught:
    """Deletions and retypings among judgements, as they bear on texts.

    A text that was deleted is not proposed again, as whatever kind; where a name was given another
    kind, the same name under the same wrong kind is given it too, in documents to come as well.
    """

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        standing = [one for one in judgements if one.undone is None]
        self._nothing = {one for judgement in standing for one in _nothing(judgement)}
        self._types: dict[tuple[str, str], str] = {}
        for one in (one for one in standing if one.kind == "retype"):
            for text in _texts(one):
                self._types[text, one.left.schema] = one.value

    def names(self, document: str, text: str) -> bool:
        """False where a person said that ``text`` names nothing in ``document``, or anywhere."""
        if not self._nothing:
            return True
        bare = names.normalise(text)
        return ("", bare) not in self._nothing and (document, bare) not in self._nothing

    def typed(self, node: Node) -> Node:
        """``node`` with the kind that a person gave its name."""
        given = self._types.get((names.normalise(node.name), node.schema)) if self._types else None
        return replace(node, schema=given, settled=True) if given else node

    def differing(self, other: Taught) -> set[str]:
        """The texts that the two say other things of."""
        typed = self._types.items() ^ other._types.items()
        return {text for _, text in self._nothing ^ other._nothing} | {text for (text, _), _ in typed}

    def among(self, mentions: Mapping[str, Iterable[Mention]], text: str) -> set[str]:
        """The documents with a mention under a normalised ``text``, which may have been deleted."""
        return {
            document
            for document, held in mentions.items()
            if any(text in (names.normalise(one.excerpt.text), names.normalise(one.name)) for one in held)
        }


def _nothing(judgement: Judgement) -> Iterable[Nothing]:
    if judgement.kind != "delete":
        return ()
    documents = {place.document for place in judgement.left.places} or {""}
    return {(document, names.normalise(judgement.value)) for document in documents}


def _texts(judgement: Judgement) -> set[str]:
    side = judgement.left
    return {names.normalise(side.name), *(names.normalise(place.name) for place in side.places)}
