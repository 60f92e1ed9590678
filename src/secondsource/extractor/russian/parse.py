"""Russian sentences with their syntax: natasha's models, and pymorphy3 for the lemmas.

natasha's own lemmas need a package that does not run on current versions of Python; the rest of it
does (``docs/decisions``).  Universal Dependencies names the relations and parts of speech.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from secondsource.model import Block, Span

_POS = {
    "NOUN": {"NOUN"}, "PROPN": {"NOUN"}, "VERB": {"VERB", "INFN", "PRTF", "PRTS", "GRND"},
    "ADJ": {"ADJF", "ADJS", "COMP"}, "AUX": {"VERB", "INFN"}, "ADV": {"ADVB"}, "PRON": {"NPRO"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: ``start`` and ``end`` in the text, ``head`` an index in the sentence or -1."""

    index: int
    text: str
    start: int
    end: int
    pos: str
    feats: Mapping[str, str]
    head: int
    relation: str

    @property
    def lemma(self) -> str:
        """The dictionary form, lower case."""
        return lemma(self.text, self.pos)

    @property
    def is_verb(self) -> bool:
        return self.pos in {"VERB", "AUX"}


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence: its words in order, the names found in it, and the block it stands in."""

    words: tuple[Word, ...]
    names: tuple[tuple[Span, str], ...]
    block: Block

    @cached_property
    def _children(self) -> Mapping[int, list[Word]]:
        below: dict[int, list[Word]] = {}
        for word in self.words:
            below.setdefault(word.head, []).append(word)
        return below

    def children(self, word: Word, *relations: str) -> list[Word]:
        """What hangs on a word, in order; by one of ``relations`` where they are given."""
        found = self._children.get(word.index, [])
        return [one for one in found if not relations or one.relation.partition(":")[0] in relations]

    def below(self, word: Word, without: frozenset[str] = frozenset()) -> set[int]:
        """The indices of a word and all that hangs under it, less the branches by ``without``."""
        found, waiting = {word.index}, [word]
        while waiting:
            for child in self._children.get(waiting.pop().index, []):
                if child.index not in found and child.relation not in without:
                    found.add(child.index)
                    waiting.append(child)
        return found

    @property
    def roots(self) -> list[Word]:
        return [word for word in self.words if word.head < 0]


class Parser:
    """natasha's segmenter, tagger, parser and names, loaded when first used (a second, 290 MB)."""

    def __init__(self) -> None:
        self._models: Sequence[Any] | None = None

    def parse(self, text: str, blocks: Sequence[Block]) -> list[Sentence]:
        """The sentences of the blocks of ``text``.

        The models take as long for one as for eight together, so that they get all at once.
        """
        from natasha import Doc

        segmenter, tagger, syntax, ner = self._loaded()
        docs = [Doc(text[one.start : one.end]) for one in blocks]
        for doc in docs:
            doc.segment(segmenter)
        said = [[token.text for token in sent.tokens] for doc in docs for sent in doc.sents]
        parsed = zip(tagger.map(said), syntax.map(said), strict=True)
        found = []
        for block, doc, named in zip(blocks, docs, ner.map([doc.text for doc in docs]), strict=True):
            for sent in doc.sents:
                morph, tree = next(parsed)
                marks = zip(sent.tokens, morph.tokens, tree.tokens, strict=True)
                names = tuple(
                    (Span(one.start + block.start, one.stop + block.start), one.type)
                    for one in named.spans
                    if sent.start <= one.start < sent.stop
                )
                found.append(Sentence(tuple(_word(*mark, block.start) for mark in marks), names, block))
        return found

    def _loaded(self) -> Sequence[Any]:
        if self._models is None:
            from natasha import NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser, Segmenter

            embedding = NewsEmbedding()
            self._models = (
                Segmenter(),
                NewsMorphTagger(embedding),
                NewsSyntaxParser(embedding),
                NewsNERTagger(embedding),
            )
        return self._models


def _word(token: Any, morph: Any, tree: Any, offset: int) -> Word:
    index, head = int(tree.id) - 1, int(tree.head_id) - 1
    return Word(
        index=index,
        text=token.text,
        start=token.start + offset,
        end=token.stop + offset,
        pos=morph.pos,
        feats=morph.feats or {},
        head=head if head != index else -1,
        relation=tree.rel,
    )


@lru_cache(maxsize=50_000)
def lemma(word: str, pos: str) -> str:
    """The dictionary form of a word, that of the part of speech where it has one."""
    parses = analyser().parse(word)
    wanted = _POS.get(pos, set())
    fitting = next((one for one in parses if one.tag.POS in wanted), parses[0])
    form: str = fitting.normal_form
    return form


@lru_cache(maxsize=1)
def analyser() -> Any:
    """pymorphy3's analyser, loaded once."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()
