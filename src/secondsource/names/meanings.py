"""What the words of a body's name mean in the languages of the lists: *zavod*, *fabrika*, 厂 are a plant."""

from __future__ import annotations

from functools import cache, lru_cache

from secondsource.names.folding import fold, normalise
from secondsource.names.segments import table

_ENDING = 6
"""Letters of the longest ending that is taken off a word to find its stem."""

_STEM = 5
"""Letters from which a stem stands for words with any ending; a shorter one for those with these."""
_ENDINGS = frozenset(
    [
        "",
        "a",
        "e",
        "i",
        "o",
        "u",
        "ii",
        "oi",
        "ei",
        "aia",
        "oie",
        "iie",
        "oe",
        "om",
        "oh",
        "ov",
        "ogo",
        "omu",
        "na",
        "ni",
        "ne",
        "noi",
        "nii",
        "naia",
        "noe",
        "nie",
        "nih",
        "noie",
    ]
)

_NONE: frozenset[str] = frozenset()


FOLDED = "meanings_folded"
"""What `folded_rows` makes of ``meanings.txt``, kept beside it (making it takes a tenth of a second), by
``python -c "from secondsource.names.meanings import *; print(*folded_rows(), sep=chr(10))"``."""


def folded_rows() -> list[str]:
    """The rows of ``meanings.txt`` by word: each word or stem as it is looked up, and what it may mean."""
    known: dict[str, set[str]] = {}
    for row in table():
        english, _, others = row.partition(" =")
        meaning = english.split()[0]
        for word in (*english.split(), *others.split()):
            spelled = fold(normalise(word).replace(" ", "").removeprefix("al"))
            known.setdefault(spelled + "-" * word.endswith("-"), set()).add(meaning)
    return [" ".join((word, *sorted(means))) for word, means in sorted(known.items())]


@cache
def _words() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Words, and stems of words, folded, with the English words that stand for their meanings."""
    whole: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    for row in table(FOLDED):
        word, *means = row.split()
        known = stems if word.endswith("-") else whole
        known[word.removesuffix("-")] = frozenset(means)
    return whole, stems


@lru_cache(maxsize=65_536)
def meanings(word: str) -> frozenset[str]:
    """The English words that a normalised ``word`` of a body's name may mean; none for most words.

    Endings are overlooked: *sudostroitelnyy* and *sudostroitelnogo* both
    mean shipyard.
    """
    whole, stems = _words()
    folded = fold(word)
    if folded in whole:
        return whole[folded]
    for size in range(len(folded), max(2, len(folded) - _ENDING - 1), -1):
        found = stems.get(folded[:size])
        if found and (size >= _STEM or folded[size:] in _ENDINGS):
            return found
    return _NONE
