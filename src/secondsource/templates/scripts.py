"""Names by the script they are written in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

NAMES = {
    "LATIN": "Latin",
    "CYRILLIC": "Cyrillic",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "HANGUL": "Korean",
    "CJK": "Chinese characters",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "ARMENIAN": "Armenian",
    "GEORGIAN": "Georgian",
    "DEVANAGARI": "Devanagari",
    "THAI": "Thai",
}


def script(name: str) -> str:
    """The script that most letters of ``name`` are of, by their names in Unicode; "other" without letters."""
    words = (unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in name if letter.isalpha())
    most = Counter(filter(None, words)).most_common(1)
    return NAMES.get(most[0][0], most[0][0].capitalize()) if most else "other"


def by_script(names: Iterable[str]) -> dict[str, list[str]]:
    """Names under their scripts, in the order they come."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(script(name), []).append(name)
    return found
