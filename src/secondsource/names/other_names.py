"""Other names that a list writes into a name: “Munir (a.k.a. Mounir, Monir) ADANOV”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from secondsource.names.folding import fold, normalise

_MARKS = r"(?:[af](?:ka|\.k\.a)\b\.?|alias\b|(?:also|formerly) known as\b)[:,]?"
_INSIDE = re.compile(rf"\s*\(\s*{_MARKS}\s*([^()]*)\)", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?:^|[\s,;]+){_MARKS}\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_APART = re.compile(r"\s*[,;]\s*|\s+or\s+")
_PAIR = 6
"""Letters of the shortest of two spellings: “Ahmad, Ahmed” may be a family name and a given one."""

_ONE_SPELLING = 0.6
_LETTER = re.compile(r"[^\W\d_]")


def spellings(text: str) -> tuple[str, ...]:
    """The spellings in a row of spellings of one name; none where ``text`` is none.

    >>> spellings("Talvour, Talvur, Talvoor")
    ('Talvour', 'Talvur', 'Talvoor')
    """
    first, *others = text.split(",")
    if not others or any(part.lstrip()[:1].lower() != first[:1].lower() for part in others):
        return ()  # as for most names, told without a look at their letters
    told = [fold(normalise(part).removeprefix("al ").replace(" ", "")) for part in (first, *others)]
    alike = (OSA.normalized_similarity(told[0], each) >= _ONE_SPELLING for each in told)
    enough = min(map(len, told)) >= (_PAIR if len(others) == 1 else 1)
    return tuple(part.strip() for part in (first, *others)) if enough and all(alike) else ()


def _without_others(text: str) -> str:
    """``text`` without the other names that stand in it in brackets."""
    return _INSIDE.sub("", text) if "(" in text else text


def names_in(text: str) -> tuple[str, ...]:
    """The names that a name on a list holds: the one as it stands, and each other one in its place.

    >>> names_in("Munir (a.k.a. Mounir, Monir) ADANOV")
    ('Munir (a.k.a. Mounir, Monir) ADANOV', 'Munir ADANOV', 'Mounir ADANOV', 'Monir ADANOV')
    >>> names_in("DOBROLET a.k.a. DOBROLYOT")
    ('DOBROLET a.k.a. DOBROLYOT', 'DOBROLET', 'DOBROLYOT')
    """
    if " / " in text:
        return (text, *(part.strip() for part in text.split(" / ") if _LETTER.search(part)))
    lower = text.lower()
    hinted = "aka" in lower or "k.a" in lower or "fka" in lower or "alias" in lower or "known" in lower
    if not hinted or not _BETWEEN.search(text.replace("(", " ")):
        return (text, *spellings(text), *_unbracketed(text))
    bare = _without_others(text)
    found = [text, bare.strip(), *_replaced(text)]
    parts = [part.strip(" ,;:()") for part in _BETWEEN.split(bare)]
    if len(parts) > 1:
        found += [part for part in parts if _LETTER.search(part)]
    return tuple(dict.fromkeys(found))


def _unbracketed(text: str) -> Iterator[str]:
    """A name without what stands in brackets in it: another word for one of its words, a place, letters."""
    bare = " ".join(_BRACKETS.sub(" ", text).split()) if "(" in text else text
    if bare != text and len(normalise(bare).split()) > 1:
        yield bare


def _replaced(text: str) -> Iterator[str]:
    for others in _INSIDE.finditer(text):
        ahead = _without_others(text[: others.start()])
        behind = _without_others(text[others.end() :])
        for other in _APART.split(others[1]):
            other = other.strip(" '‘’\"“”")
            if not _LETTER.search(other):
                continue
            if len(other.split()) > 1:
                yield other
            else:
                yield " ".join((*ahead.split()[:-1], other, *behind.split()))
