"""Spelling without script: one alphabet for every name, and what is left when spelling varies.

`normalise` answers “is this written the same”, `fold` “is this spelled the same way by
another transliteration”, `skeleton` “could these consonants be the same name”.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from secondsource.names.hangul import romanise

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
_INITIALS = (
    (re.compile(r"(?<!\w)[їЇ]"), "yi"),
    (re.compile(r"(?<!\w)[يی]"), "y"),
    (re.compile(r"(?<!\w)و"), "w"),
)
_CHINESE_FORMS = (
    (re.compile("股份有限公司|有限责任公司|有限責任公司|有限公司"), " co ltd "),
    (re.compile("公司"), " company "),
    (re.compile("集团|集團"), " group "),
)
_APOSTROPHES = re.compile(r"['’‘ʼʹʺ`´ʻ‛′]")
_AND = re.compile(r"\s*[&+＆]\s*")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s(?!\w)")
_APART = re.compile(r"[^a-z0-9]+")


def _one_alphabet(text: str) -> str:
    """``text`` in Latin letters, by the tables above and then by the general one."""
    if _ONLY_UKRAINIAN.search(text):
        text = text.translate(_UKRAINIAN)
    elif _ONLY_BELARUSIAN.search(text):
        text = text.translate(_BELARUSIAN)
    for pattern, letters in (*_ARABIC_COMPOUNDS, (_ARABIC_ARTICLE, "al "), *_INITIALS, *_CHINESE_FORMS):
        text = pattern.sub(letters, text)
    text = romanise(text)
    return anyascii(text.translate(_LETTERS))


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """``text`` as lower-case words of ``a``–``z`` and ``0``–``9`` with single spaces between.

    Scripts are written in Latin letters, accents and apostrophes dropped, an English
    possessive removed.  Words keep their order.  What holds no letter or digit (an emoji,
    a row of dashes) becomes the empty string.  Normalising twice changes nothing.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_PERSIAN_YE))
        text = "".join(mark for mark in text if unicodedata.category(mark) not in ("So", "Sk", "Cf"))
    text = _AND.sub(" and ", _APOSTROPHES.sub("", _POSSESSIVE.sub("", text)))
    if not text.isascii():
        text = _APOSTROPHES.sub("", _one_alphabet(text))
    return _APART.sub(" ", text.casefold()).strip()


# Capitals stand for one sound each, so that “sh” against “s” costs one letter and not two.
_SOUNDS = (
    ("shch", "S"), ("sch", "S"), ("tch", "C"), ("dzh", "J"), ("dj", "J"), ("zh", "J"), ("sh", "S"),
    ("ckh", "C"), ("ch", "C"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"),
    ("ks", "x"), ("tz", "z"), ("ts", "z"), ("qu", "k"), ("ou", "u"), ("oo", "u"), ("w", "v"), ("q", "k"),
    ("y", "i"), ("ce", "se"), ("ci", "si"), ("c", "k"),
)  # fmt: skip
# The j of “Sergej” and “Gavrojev” is the y of other transliterations; that of “Jamal” is not.
_GLIDE = re.compile(r"(?<=[aeiouy])j(?=[eaiou])|(?<=[aeiouy])j$")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]+")
_HARD = str.maketrans("SCzJgx", "sssjkk")


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A normalised ``word`` with the choices of a transliteration taken out (kh/h, w/v, y/i, doubles)."""
    word = _GLIDE.sub("y", word)
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return _TWICE.sub(r"\1", word)


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The consonants of a normalised ``word``, alike letters made one; a leading vowel is ``a``.

    Names of quite different people share a skeleton (Hassan, Hussein): it finds
    candidates and supports a likeness, and never decides alone.
    """
    bare = fold(word).translate(_HARD)
    rest = _VOWELS.sub("", bare)
    if bare[:1] in ("a", "e", "i", "o", "u"):
        rest = "a" + rest
    if len(rest) > 2 and rest.endswith("h"):
        rest = rest[:-1]
    return _TWICE.sub(r"\1", rest)
