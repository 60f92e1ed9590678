"""What an engine for a language takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from secondsource.gazetteers import WatchList
from secondsource.model import Block, Claim, Mention


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraphs of a document that are in one language, with the text that their places are in.

    ``watch`` has names of the user's own and of lists.
    """

    document: str
    text: str
    blocks: Sequence[Block]
    publisher: str | None = None
    watch: WatchList | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The claims and names of a passage, offsets in code points of the document's text."""

    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]


class Engine(Protocol):
    """Reads passages in one language."""

    def read(self, passage: Passage, progress: Callable[[int, int], None] | None = None) -> Found:
        """What stands in a passage; ``progress`` is told how far into the text it is, and its length."""
        ...
