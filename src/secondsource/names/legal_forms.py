"""The legal form in the name of a body, told from the rest: with a slip in it, or written without a space."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from secondsource.names.vocabulary import LEGAL_FORMS, TRAILING_FORMS

_LONGEST = max(phrase.count(" ") for phrase in LEGAL_FORMS) + 1
_BEGIN = frozenset(phrase.split()[0] for phrase in LEGAL_FORMS)
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
        phrase = " ".join(map(mended, words[-size:] if end else words[:size]))
        if phrase in LEGAL_FORMS and (end or phrase not in TRAILING_FORMS):
            return size, LEGAL_FORMS[phrase]
    return None


@lru_cache(maxsize=65_536)
def mended(word: str) -> str:
    """The long word of a legal form that ``word`` is a slip of; itself where it is none."""
    if len(word) < LONG - 1:
        return word
    found = process.extractOne(word, _LONG_WORDS, scorer=OSA.normalized_similarity, score_cutoff=SLIP)
    return found[0] if found else word


def _unglued(words: list[str]) -> list[str]:
    """``words`` with a space between a form and the word that it is written together with."""
    if not words:
        return words
    first, last = words[0], words[-1]
    if not last.endswith(_GLUED) and not first.startswith(_GLUED):
        return words
    for form in _GLUED:
        if last.endswith(form) and len(last) >= len(form) + _LEFT:
            return [*words[:-1], last.removesuffix(form), form]
        if first.startswith(form) and len(first) >= len(form) + _LEFT:
            return [form, first.removeprefix(form), *words[1:]]
    return words
