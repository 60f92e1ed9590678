"""Words of letters from two alphabets: “Кupol” with a Cyrillic К is read as it looks, and said to be odd."""

from __future__ import annotations

import re

_LATIN, _CYRILLIC, _GREEK = "A-Za-zÀ-ɏ", "Ѐ-ӿ", "Ͱ-Ͽ"
_PAIRS = "|".join(
    f"[{one}][{other}]"
    for one, other in (
        (_LATIN, _CYRILLIC), (_CYRILLIC, _LATIN), (_LATIN, _GREEK), (_GREEK, _LATIN), (_CYRILLIC, _GREEK)
    )
)  # fmt: skip
_PAIR = re.compile(_PAIRS)
"""Looked for first: most texts have none, and the words around one are found in no straight line."""

_MIXED = re.compile(rf"\w*(?:{_PAIRS})\w*")
_ENGLISH = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧορν",
    "ABESIJKMHOPCTYXaeijopcyxshdqw" + "ABEZHIKMNOPTYXopv",
)
_RUSSIAN = str.maketrans("ABECHIJKMOPTXYaceijopxy", "АВЕСНІЈКМОРТХУасеіјорху")
_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u2c00-\ufaff]")
_NOT_LATIN = re.compile(f"[{_CYRILLIC}{_GREEK}]")
_NAMES = (
    ("Latin", re.compile(f"[{_LATIN}]")),
    ("Cyrillic", re.compile(f"[{_CYRILLIC}]")),
    ("Greek", re.compile(f"[{_GREEK}]")),
)


def in_latin(text: str) -> bool:
    """Whether ``text`` is written in Latin letters, with accents or without, and in no others."""
    return text.isascii() or not _BEYOND_LATIN.search(text)


def mixed(text: str) -> list[str]:
    """The words of ``text`` that hold letters of two of the Latin, Cyrillic and Greek alphabets."""
    return [] if text.isascii() or not _PAIR.search(text) else _MIXED.findall(text)


def unmixed(text: str) -> str:
    """``text`` with its mixed words in one alphabet, each letter as it looks, where that can be done.

    Of the same length.
    """
    if text.isascii() or not _PAIR.search(text):
        return text
    return _MIXED.sub(lambda found: _one(found[0]), text)


def _one(word: str) -> str:
    latin = word.translate(_ENGLISH)
    if not _NOT_LATIN.search(latin):
        return latin
    russian = word.translate(_RUSSIAN)
    return russian if not _NAMES[0][1].search(russian) else word


def warnings(text: str) -> list[str]:
    """A sentence for each mixed word: what it mixes, and how it was read."""
    return [_warning(word) for word in mixed(text)]


def _warning(word: str) -> str:
    alphabets = " and ".join(name for name, letters in _NAMES if letters.search(word))
    read = _one(word)
    how = f"it was read as “{read}”" if read != word else "it was read letter by letter"
    return f"“{word}” mixes {alphabets} letters that look alike or were confused; {how}."
