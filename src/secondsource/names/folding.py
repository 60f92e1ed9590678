"""Spelling without script: one alphabet for every name, and what is left when spelling varies.

`normalise` answers “is this written the same”, `fold` “is this spelled the same way by
another transliteration”, `skeleton` “could these consonants be the same name”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from anyascii import anyascii

from secondsource.names.hangul import romanise
from secondsource.names.scripts import unmixed
from secondsource.names.segments import apart

# Where the general table is poor: it has no vowels for Arabic letters that carry them, drops
# the soft Ukrainian i, and knows no legal form in Chinese.
_LETTERS = str.maketrans(
    {
        "ї": "i", "Ї": "i", "є": "ye", "Є": "ye", "ĸ": "k", "ә": "a", "ө": "o", "ү": "u", "ұ": "u", "һ": "h",
        "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a", "ع": "a", "ء": "", "ئ": "",
        "ؤ": "u", "و": "u", "ی": "i", "ي": "i", "ە": "a", "ک": "k", "ه": "h", "ھ": "h", "ö": "o", "ü": "u",
        "ä": "a", "Ö": "o", "Ü": "u", "Ä": "a", "ø": "o", "Ø": "o",
    }
)  # fmt: skip
_UKRAINIAN = str.maketrans({"г": "h", "Г": "h", "и": "y", "И": "y"})
_BELARUSIAN = str.maketrans({"г": "h", "Г": "h"})
_ONLY_UKRAINIAN, _ONLY_BELARUSIAN = re.compile("[їєґЇЄҐ]"), re.compile("[ўЎ]")
# The presentation form is what Persian texts have for a final ye; Arabic ones end “Mustafa” in its base form.
_PERSIAN_YE = str.maketrans({"ﻯ": "ی", "ﻰ": "ی"})
_ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{2})")
_ARABIC_COMPOUNDS = (
    (re.compile(r"(?<=\w)\s?الل[هّ]ه?(?!\w)"), "ullah"),
    (re.compile(r"(?<=\w)\s?الد[یي]ن(?!\w)"), "uddin"),
    (re.compile(r"(?<!\w)عبد\s?ال(?=\w)"), "abdul "),
)
# A waw is a consonant where a word begins with it, before an alif, and in the ending of “Mousavi”.
_ARABIC_LETTERS = (
    (re.compile(r"(?<!\w)[يی]"), "y"),
    (re.compile(r"(?<=\w)و(?=[یي](?!\w))"), "aw"),
    (re.compile(r"(?<!\w)و|و(?=ا)"), "w"),
)
_ARABIC_FORMS = (
    (re.compile(r"ش\.?\s?ذ\.?\s?م\.?\s?م\b\.?"), " llc "),
    (re.compile(r"ش\.?\s?م\.?\s?ل\b\.?"), " sal "),
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_EASTERN = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")
_INITIAL_YI = re.compile(r"(?<!\w)[їЇ]")
_APOSTROPHES = re.compile(r"['’‘ʼʹʺ`´ʻ‛′]")
_AND = re.compile(r"\s*[&+＆]\s*")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s(?!\w)")
_APART = {place: " " for place in range(128) if not chr(place).isalnum()}
_ASCII = bytes(ord(chr(at).lower()) if chr(at).isalnum() else 32 for at in range(128)) + bytes(128)
_DROPPED = frozenset(("So", "Sk", "Cf"))


def _one_alphabet(text: str) -> str:
    """``text`` in Latin letters, by the tables above and then by the general one."""
    if _ARABIC.search(text):
        for pattern, letters in (
            *_ARABIC_FORMS, *_ARABIC_COMPOUNDS, (_ARABIC_ARTICLE, "al "), *_ARABIC_LETTERS
        ):  # fmt: skip
            text = pattern.sub(letters, text)
    elif _ONLY_UKRAINIAN.search(text):
        text = _INITIAL_YI.sub("yi", text.translate(_UKRAINIAN))
    elif _ONLY_BELARUSIAN.search(text):
        text = text.translate(_BELARUSIAN)
    elif _EASTERN.search(text):
        text = romanise(apart(text))
    return anyascii(text.translate(_LETTERS))


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """``text`` as lower-case words of ``a``–``z`` and ``0``–``9`` with single spaces between.

    Scripts are written in Latin letters, accents and apostrophes dropped, an English
    possessive removed.  Words keep their order.  What holds no letter or digit (an emoji,
    a row of dashes) becomes the empty string.  Normalising twice changes nothing.
    """
    ascii_ = text.isascii()
    if not ascii_:
        text = unmixed(text)
        text = unicodedata.normalize("NFKC", text.translate(_PERSIAN_YE))
        text = "".join(mark for mark in text if mark < "\x80" or unicodedata.category(mark) not in _DROPPED)
    if not ascii_ or "'" in text or "`" in text:
        text = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    if not ascii_ or "&" in text or "+" in text:
        text = _AND.sub(" and ", text)
    if not text.isascii():
        text = _APOSTROPHES.sub("", _one_alphabet(text))
    if text.isascii():  # bytes are changed by one table, in a third of the time
        return " ".join(text.encode().translate(_ASCII).decode().split())
    return " ".join(text.casefold().translate(_APART).split())


# Capitals stand for one sound each, so that “sh” against “s” costs one letter and not two.
_SOUNDS = {
    "shch": "S", "tsch": "tS", "sch": "S", "tsh": "tS", "ksh": "kS", "dkh": "dh", "tch": "C", "dzh": "J",
    "dj": "J", "zh": "J", "sh": "S", "ckh": "C", "ch": "C", "kh": "h", "gh": "g", "ph": "f", "th": "t",
    "dh": "d", "ck": "k", "ks": "x", "tz": "z", "ts": "z", "qu": "k", "ou": "u", "oo": "u",
    "ce": "se", "ci": "si", "cy": "si",
}  # fmt: skip
_LETTER_SOUNDS = str.maketrans("wqyc", "vkik")
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
# The j of “Sergej” and “Gavrojev” is the y of other transliterations; that of “Jamal” is not.
_GLIDE = re.compile(r"(?<=[aeiouy])j(?=[eaiou])|(?<=[aeiouy])j$", re.MULTILINE)
_AGAIN = re.compile(r"(?<=(.))\1+")
_VOWELS = str.maketrans("", "", "aeiou")
_HARD = str.maketrans("SCzJgx", "sssjkk")
_VOWEL_FIRST = re.compile("^[aeiou]", re.MULTILINE)
_LAST_H = re.compile("(?<=..)h$", re.MULTILINE)


_REMEMBERED = 200_000


class _Known(dict[str, str]):
    """What was made of words; of very many it begins anew."""

    def __init__(self, make: Callable[[str], str]) -> None:
        self._make = make

    def __missing__(self, word: str) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        found = self[word] = self._make(word)
        return found


def _sound(letters: re.Match[str]) -> str:
    return _SOUNDS[letters[0]]


def fold(word: str) -> str:
    """A normalised ``word`` with the choices of a transliteration taken out (kh/h, w/v, y/i, doubles)."""
    return _folds[word]


def skeleton(word: str) -> str:
    """The consonants of a normalised ``word``, alike letters made one; a leading vowel is ``a``.

    Names of quite different people share a skeleton (Hassan, Hussein): it finds
    candidates and supports a likeness, and never decides alone.
    """
    return _skeletons[word]


def remember(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The folds and the skeletons of normalised ``words``, which `fold` and `skeleton` know from now on.

    Of many words together each takes less time: one pass over lines instead of calls for each.
    """
    if not words:
        return [], []
    lines = _all_folded("\n".join(words))
    folds, bones = lines.split("\n"), _all_bones(lines).split("\n")
    if len(words) < _REMEMBERED / 2:
        for known, found in ((_folds, folds), (_skeletons, bones)):
            if len(known) > _REMEMBERED:
                known.clear()
            known.update(zip(words, found, strict=True))
    return folds, bones


def _all_folded(lines: str) -> str:
    if "j" in lines:
        lines = _GLIDE.sub("y", lines)
    return _AGAIN.sub("", _SOUND.sub(_sound, lines).translate(_LETTER_SOUNDS))


def _all_bones(lines: str) -> str:
    bare = _VOWEL_FIRST.sub("A", lines.translate(_HARD)).translate(_VOWELS)
    return _AGAIN.sub("", _LAST_H.sub("", bare)).lower()


_folds = _Known(_all_folded)
_skeletons = _Known(lambda word: _all_bones(fold(word)))
