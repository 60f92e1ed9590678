"""The legal form in the name of a body, told from the rest: with a slip in it, or written without a space."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from secondsource.names.vocabulary import LEGAL_FORMS, TRAILING_FORMS

# One word in several transliterations, so that a form need not be listed in all of them.
_ONE = {
    "obschestvo": "obshchestvo", "ogranichennoy": "ogranichennoi", "ogranichennoj": "ogranichennoi",
    "organichennoi": "ogranichennoi", "aktsionernoye": "aktsionernoe", "publichnoye": "publichnoe",
    "otkrytoye": "otkrytoe", "zakrytoye": "zakrytoe", "obschestva": "obshchestva",
}  # fmt: skip
_WITH = frozenset("sc")
"""“With” in a form, in a Cyrillic letter and in the Latin one that looks like it: it may be lost."""

_LONGEST = max(phrase.count(" ") for phrase in LEGAL_FORMS) + 1
_BEGIN = frozenset(_ONE.get(word, word) for word in (phrase.split()[0] for phrase in LEGAL_FORMS))
_END = frozenset(phrase.split()[-1] for phrase in LEGAL_FORMS)

LONG = 7
"""Letters from which a word of a form is known with a slip in it: “limietd”."""

SLIP = 0.85
_LONG_WORDS = sorted({word for phrase in LEGAL_FORMS for word in phrase.split() if len(word) >= LONG})

# No other word ends or begins with these; “corp” ends “newscorp”, “inc” zinc.
_GLUED = (
    "limited", "company", "corporation", "incorporated", "gmbh", "ltd", "llc", "plc", "ojsc", "pjsc",
    "cjsc", "jsc",
)  # fmt: skip
_LEFT = 3
"""Letters that are left of a word from which a form is taken off: “gtctltd”, and not “unlimited”."""


def without_forms(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The normalised words of a name without the legal forms at its ends, and the classes of these."""
    words = _unglued(words)
    forms = []
    for end in (True, False):
        while found := _form_at(words, end=end):
            size, form = found
            words = words[:-size] if end else words[size:]
            forms.append(form)
    return words, tuple(dict.fromkeys(forms))


def _form_at(words: Sequence[str], *, end: bool) -> tuple[int, str] | None:
    """How many words at one end of ``words`` are a legal form, and its class."""
    if len(words) < 2 or mended(words[-1 if end else 0]) not in (_END if end else _BEGIN):
        return None
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        phrase = _phrase(words[-size:] if end else words[:size])
        if phrase in _FORMS and (end or phrase not in TRAILING_FORMS):
            return size, _FORMS[phrase]
    return None


def _phrase(words: Sequence[str]) -> str:
    """The words of what may be a legal form, mended, in one transliteration and without “with”."""
    told = list(map(mended, words))
    if len(told) > 2 and told[1] in _WITH:
        del told[1]
    return " ".join(told)


@lru_cache(maxsize=65_536)
def mended(word: str) -> str:
    """The long word of a legal form that ``word`` is or is a slip of, in one transliteration; else itself."""
    if len(word) < LONG - 1:
        return word
    found = process.extractOne(word, _LONG_WORDS, scorer=OSA.normalized_similarity, score_cutoff=SLIP)
    meant = found[0] if found else word
    return _ONE.get(meant, meant)


_FORMS = {_phrase(phrase.split()): form for phrase, form in LEGAL_FORMS.items()}
_PHRASES = {phrase for phrase in _FORMS if " " in phrase and len(phrase.split()[-1]) >= LONG}
_LAST = tuple({phrase.split()[-1] for phrase in _PHRASES})


def _unglued(words: list[str]) -> list[str]:
    """``words`` with a space between a form and the word that it is written together with."""
    if not words:
        return words
    if any(word.startswith(_LAST) for word in words[1:_LONGEST]):
        words = _unglued_phrase(words)
    first, last = words[0], words[-1]
    if not last.endswith(_GLUED) and not first.startswith(_GLUED):
        return words
    for form in _GLUED:
        if last.endswith(form) and len(last) >= len(form) + _LEFT:
            return [*words[:-1], last.removesuffix(form), form]
        if first.startswith(form) and len(first) >= len(form) + _LEFT:
            return [form, first.removeprefix(form), *words[1:]]
    return words


def _unglued_phrase(words: list[str]) -> list[str]:
    """``words`` with a space behind a form of several words that the next is written together with."""
    for at, word in enumerate(words[:_LONGEST]):
        for last in _LAST if at else ():
            glued = word.startswith(last) and len(word) >= len(last) + _LEFT
            if glued and _phrase([*words[:at], last]) in _PHRASES:
                return [*words[:at], last, word.removeprefix(last), *words[at + 1 :]]
    return words
