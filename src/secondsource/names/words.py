"""One word of a name with all that it is compared by, worked out once."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from secondsource.names.folding import fold, skeleton
from secondsource.names.vocabulary import GIVEN_NAMES

_ADJECTIVE = re.compile(r"sk(?:i|ii|aia|aya|oe|oie|ogo|oi|om|omu|ie|ih|im|uiu)?$")
_ROOT = 4


class Word(NamedTuple):
    """A normalised word, folded, and under the spelling at which variants of a given name meet."""

    text: str
    fold: str
    given: str
    digits: bool
    root: str
    """The place in a Slavic adjective, folded: *muromskiy* is of Murom; else empty."""

    @property
    def bones(self) -> str:
        """Its consonants (`skeleton`), worked out when they are asked for: most words are not alike."""
        return skeleton(self.text)


@lru_cache(maxsize=262_144)
def word(text: str) -> Word:
    """``text``, a normalised word, made ready to be compared."""
    folded = fold(text)
    given = GIVEN_NAMES.get(text) or GIVEN_NAMES.get(folded) or text
    return Word(text, folded, given, text.isdigit(), _root(folded) if "sk" in folded else "")


def _root(folded: str) -> str:
    found = _ADJECTIVE.search(folded)
    return folded[: found.start()] if found and found.start() >= _ROOT else ""


def one_root(one: Word, other: Word) -> bool:
    """Whether one of two words is the adjective of the other."""
    return one.fold == other.root or other.fold == one.root
