"""Claims and names in Russian text, by the extra ``secondsource[ru]``.

The pieces are those of English: a lexicon of cues as data (``cues.toml``), patterns over a parse, and
a readout that quotes each part by its place.  Figures and times are not read from Russian.
"""

from __future__ import annotations

from collections.abc import Callable

from secondsource.languages.engine import Found, Passage
from secondsource.languages.known import with_known
from secondsource.languages.russian.model import Model
from secondsource.languages.russian.names import names
from secondsource.languages.russian.readout import Reader

__all__ = ["Russian", "load"]


_AT_ONCE = 64


class Russian:
    """Reads Russian passages with the models of the Natasha project."""

    def __init__(self) -> None:
        self._model = Model()

    def read(self, passage: Passage, progress: Callable[[int, int], None] | None = None) -> Found:
        """The claims and names of the passage's blocks."""
        paragraphs = []
        for first in range(0, len(passage.blocks), _AT_ONCE):
            blocks = passage.blocks[first : first + _AT_ONCE]
            paragraphs += self._model.parse(
                [(passage.text[b.start : b.end], b.start, b.kind) for b in blocks]
            )
            if progress:
                progress(blocks[-1].end, len(passage.text))
        named = with_known(names(paragraphs), passage)
        reader = Reader(passage.document, passage.text, named)
        claims = [claim for paragraph in paragraphs for claim in reader.claims(paragraph)]
        return Found(tuple({claim.id: claim for claim in claims}.values()), named)


def load() -> Russian:
    """The engine with its models (about a second)."""
    return Russian()
