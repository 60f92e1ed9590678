"""Words in letters of two alphabets that look alike: “Кupol” with a Cyrillic К.

They are flagged.  Whether it is a slip, a trick or another name is for a person to say.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from secondsource import names

# The letters of Unicode's confusables (UTS 39) that pass for a Latin one in the usual typefaces.
_LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеосрухіјѕԁһӏԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανι",
    "ABESIJKMHOPCTYXaeocpyxijsdhlqw" + "ABEZHIKMNOPTYXoavi",
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@lru_cache(maxsize=65_536)
def foreign(text: str) -> tuple[str, ...]:
    """The letters of another alphabet in words of ``text`` that are otherwise Latin, or the reverse;
    none for ASCII, and none where each word keeps to one alphabet."""
    if text.isascii():
        return ()
    return tuple(letter for word in _WORD.findall(text) for letter in _strangers(word))


def _strangers(word: str) -> list[str]:
    latin = [letter for letter in word if _alphabet(letter) == "LATIN"]
    others = [letter for letter in word if _alphabet(letter) in ("CYRILLIC", "GREEK")]
    return min(latin, others, key=len) if latin and others else []


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def lookalike(text: str) -> str | None:
    """The normalised name that ``text`` looks like, where it mixes alphabets; None where it does not."""
    return names.normalise(text.translate(_LOOKS)) if foreign(text) else None


def told(text: str) -> str:
    """The sentence that flags a name in mixed alphabets."""
    letters = ", ".join(
        dict.fromkeys(
            f"{letter} ({unicodedata.name(letter, '?').partition(' ')[0].title()})"
            for letter in foreign(text)
        )
    )
    return f"“{text}” mixes alphabets: {letters} in it looks like a letter of the others."
