"""Korean names in Latin letters, as lists of designations write them.

The values are those of the romanisation that Pyongyang uses for names (after McCune and
Reischauer, without marks), reduced to one letter where writers differ; the general table
gives the one of Seoul (Gim Cheolnam), under which no list has Kim Chol Nam.
"""

from __future__ import annotations

import re

from secondsource.names.segments import korean

_INITIALS = "k kk n t tt r m p pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "o",
    "e",
    "yo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "u",
    "ui",
    "i",
]
_FINALS = ". k k k n n n t l k m p l l p l m p p t t ng t t k t p t".replace(".", "").split(" ")
_FIRST, _LAST = 0xAC00, 0xD7A3
_WORD = re.compile("[가-힣]+")
_NAME = 4
"""Syllables of the longest Korean personal name; a longer word is one of a body's name."""


def romanise(text: str) -> str:
    """``text`` with its Korean words in Latin letters, the syllables of a name apart, as lists have them."""
    return _WORD.sub(_word, text)


def _word(found: re.Match[str]) -> str:
    word = found[0]
    if len(word) <= _NAME:
        return " ".join(map(_syllable, word))
    return "".join(" " if letter == " " else _syllable(letter) for letter in korean(word))


def _syllable(letter: str) -> str:
    place = ord(letter) - _FIRST
    initial, rest = divmod(place, 21 * 28)
    vowel, final = divmod(rest, 28)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
