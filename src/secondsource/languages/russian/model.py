"""Russian text parsed: sentences of words with their morphology, heads and relations, and names by kind.

The models are those of the Natasha project, small networks over compressed vectors in numpy, whose
weights ship in its wheel.  They are loaded from there by `slovnet` itself: natasha's own module pulls
in a morphology that newer Pythons cannot run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from secondsource.languages.russian.forms import lemma
from secondsource.text import plain

KINDS = {"PER": "Person", "ORG": "Organization", "LOC": "Address"}


@dataclass(frozen=True, slots=True)
class Word:
    """A token: ``start``–``end`` in its paragraph, ``head`` the index of its head, None for the root."""

    i: int
    start: int
    end: int
    text: str
    pos: str
    feats: Mapping[str, str]
    head: int | None
    rel: str

    @property
    def lemma(self) -> str:
        """The dictionary form, lower case, ё as е."""
        return lemma(self.text, self.pos, self.feats.get("Case"))


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence; relations are those of Universal Dependencies."""

    words: Sequence[Word]

    @cached_property
    def _below(self) -> Mapping[int, Sequence[Word]]:
        below: dict[int, list[Word]] = {}
        for word in self.words:
            if word.head is not None:
                below.setdefault(word.head, []).append(word)
        return below

    def children(self, word: Word, *rels: str) -> list[Word]:
        """The words that hang on ``word``; those of the relations ``rels`` where any are given."""
        below = self._below.get(word.i, [])
        return [one for one in below if not rels or one.rel.split(":")[0] in rels]

    def subtree(self, word: Word, *, without: Iterable[str] = ()) -> set[int]:
        """The indices of ``word`` and what hangs on it, without branches of the relations ``without``."""
        held, waiting, left = {word.i}, [word], set(without)
        while waiting:
            for one in self._below.get(waiting.pop().i, []):
                if one.i not in held and one.rel not in left:
                    held.add(one.i)
                    waiting.append(one)
        return held

    def stretch(self, word: Word, held: set[int]) -> tuple[int, int]:
        """The first and the last index of the unbroken run of ``held`` that ``word`` stands in."""
        first = last = word.i
        while first - 1 in held:
            first -= 1
        while last + 1 in held:
            last += 1
        return first, last

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a paragraph: its place there and its kind."""

    start: int
    end: int
    schema: str


@dataclass(frozen=True)
class Parsed:
    """A paragraph with its sentences and the names in it; ``offset`` is its place in the document."""

    offset: int
    kind: str
    text: str
    sentences: Sequence[Sentence]
    named: Sequence[Named] = field(default=())


class Model:
    """The tagger of names, the tagger of forms and the parser, loaded once (about a second, 250 MB)."""

    def __init__(self) -> None:
        from navec import Navec
        from razdel import sentenize, tokenize
        from slovnet import NER, Morph, Syntax
        from threadpoolctl import threadpool_limits

        data = _data()
        vectors = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
        loaded: dict[str, Any] = {}
        for name, kind in (("ner", NER), ("morph", Morph), ("syntax", Syntax)):
            loaded[name] = kind.load(data / "model" / f"slovnet_{name}_news_v1.tar")
            loaded[name].navec(vectors)
        self._loaded, self._one_thread = loaded, threadpool_limits
        self._sentenize, self._tokenize = sentenize, tokenize

    def parse(self, paragraphs: Sequence[tuple[str, int, str]]) -> list[Parsed]:
        """Paragraphs, each a text, its offset and its kind, parsed together; words keep their places.

        Linear algebra is kept to one thread: the matrices are so small that several threads take
        ten times as long, waiting for each other.
        """
        with self._one_thread(1, user_api="blas"):
            readable = [plain(text) for text, _, _ in paragraphs]
            sentences = list(self._sentences(readable))
            held = [text for text, found in zip(readable, sentences, strict=True) if found]
            names = iter(list(self._loaded["ner"].map(held)))
        return [
            Parsed(offset, kind, text, found, _named(next(names)) if found else ())
            for (text, offset, kind), found in zip(paragraphs, sentences, strict=True)
        ]

    def _sentences(self, texts: Sequence[str]) -> Iterator[list[Sentence]]:
        """The sentences of each text, all tagged and parsed in one run."""
        split = [[self._tokens(one) for one in self._sentenize(text)] for text in texts]
        split = [[tokens for tokens in sentences if tokens] for sentences in split]
        chunks = [[word for word, _, _ in tokens] for sentences in split for tokens in sentences]
        forms = iter(list(self._loaded["morph"].map(chunks)))
        trees = iter(list(self._loaded["syntax"].map(chunks)))
        for sentences in split:
            yield [_sentence(tokens, next(forms).tokens, next(trees).tokens) for tokens in sentences]

    def _tokens(self, sentence: Any) -> list[tuple[str, int, int]]:
        found = self._tokenize(sentence.text)
        return [(one.text, sentence.start + one.start, sentence.start + one.stop) for one in found]


def _sentence(tokens: Sequence[tuple[str, int, int]], forms: Sequence[Any], tree: Sequence[Any]) -> Sentence:
    heads = _hung(tree)
    return Sentence(
        [
            Word(i, start, end, text, form.pos, form.feats, *hung)
            for i, ((text, start, end), form, hung) in enumerate(zip(tokens, forms, heads, strict=True))
        ]
    )


def _named(markup: Any) -> tuple[Named, ...]:
    return tuple(Named(one.start, one.stop, KINDS[one.type]) for one in markup.spans)


def _hung(tokens: Sequence[Any]) -> Iterator[tuple[int | None, str]]:
    """Each word's head and relation.  Heads count from 1, and 0 is the root's.

    The parser now and then hangs a word on itself: it is hung on the root, as a thing about it.
    """
    root = next((i for i, one in enumerate(tokens) if one.head_id == "0"), None)
    for i, one in enumerate(tokens):
        head = int(one.head_id) - 1
        if head == i:
            yield root, "obl"
        else:
            yield (head if head >= 0 else None), one.rel


def _data() -> Path:
    """Where natasha's wheel keeps the weights; the package itself is not imported."""
    spec = find_spec("natasha")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "data"
