"""What several features ask of a word: its class in the lexicon, its source, its size bucket."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from secondsource.extractor.learned.flow import Flow
from secondsource.extractor.lexicon import lexicon

_BOUNDS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_FINITE_CUES = frozenset({"ROOT", "ccomp", "parataxis", "advcl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def size(count: int) -> str:
    """A count as the bound of its bucket."""
    return str(next((bound for bound in _BOUNDS if count <= bound), "more"))


@cache
def kind_of(word: str) -> str:
    """The lexicon's class of a lemma, "" where it lists none."""
    book = lexicon()
    listed = (held[word].kind for held in (book.verbs, book.nouns, book.adjectives) if word in held)
    return next(listed, "")


def shown(token: Token | None) -> str:
    """A word as far as it matters at an edge: itself where it is grammar, else its part of speech."""
    if token is None:
        return "none"
    if token.text == '"':
        opens = not token.whitespace_ and (token.i == 0 or bool(token.nbor(-1).whitespace_))
        return '"(' if opens else ')"'
    grammar = token.is_punct or token.dep_ in {"cc", "mark"} or token.pos_ in {"ADP", "SCONJ"}
    return token.lower_ if grammar or token.tag_[0] == "W" else token.pos_


def source(run: Flow, cue: int) -> tuple[int, int] | None:
    """First and last place of a cue's source: its own subject with all that hangs on it.

    After "according to" it is what that governs; a finite cue whose subject the parse lost
    has the source that the rules gave it.  A joined verb has none of its own.
    """
    token = run.tokens[cue]
    own = next((child for child in token.children if child.dep_ in _SUBJECTS), None)
    if token.lower_ == "according":
        to = next((child for child in token.children if child.lower_ == "to"), None)
        own = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if own is not None:
        return _trimmed(run, *run.edges(own))
    return run.sources.get(cue) if token.dep_ in _FINITE_CUES and token.tag_ in _FINITE else None


def _trimmed(run: Flow, first: int, last: int) -> tuple[int, int]:
    """A stretch without the punctuation at its edges."""
    while first < last and run.tokens[first].is_punct:
        first += 1
    while first < last and run.tokens[last].is_punct:
        last -= 1
    return first, last
