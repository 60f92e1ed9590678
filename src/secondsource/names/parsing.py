"""A name taken apart: what names the thing, and what is title, legal form, particle, suffix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from secondsource.names.folding import normalise
from secondsource.names.legal_forms import without_forms
from secondsource.names.vocabulary import (
    GENERIC,
    GIVEN_NAMES,
    HOLLOW,
    LEGAL_FORMS,
    NOTHING,
    PARTICLES,
    POINTERS,
    SMALL_WORDS,
    SPELLINGS,
    STATES,
    SUFFIXES,
    TITLE_MODIFIERS,
    TITLES,
    TITLES_OR_NAMES,
)

LONGEST = 500
"""Characters of a name that are looked at: the longest on the OFAC, EU and UN lists has 330."""

PERSON = frozenset({"Person"})
ORGANISATION = frozenset({"Company", "Organization", "PublicBody", "LegalEntity", "Organisation"})
PLACE = frozenset({"Country", "Location", "Address", "Jurisdiction"})
_SHORT_FORMS = frozenset(
    phrase
    for phrase, form in LEGAL_FORMS.items()
    if form != "company" and " " not in phrase and len(phrase) < 5
)
FILLERS = frozenset({"the", "of", "and", "for", "in"})
_BRACKETS = re.compile(r"\([^()]*\)")
_ELIDED = re.compile(r"(?<!\w)[dlDL]['’](?=\w)")
_MARKED = re.compile(r"[-(]|(?<!\w)[dlDL]['’]\w")
# Abbreviations of legal forms that stand inside a name, where they are words like others.
_INNER = {"co": "company", "corp": "corporation", "ltd": "limited", "intl": "international"}
_STATE_WORDS = frozenset(word for state in STATES.values() for word in state.split())
_NATIONS = "un"
"""The United Nations at the head of a name; within it more often a syllable: “Kum Un San”."""

_LONGEST_STATE = max(phrase.count(" ") for phrase in STATES) + 1
_PATRONYMIC = re.compile(r".{3,}(?:[oe]vi?t?ch|[oe]vn[ay]|ichna|yivna|ivna|auna|ouna|eu?na)$")
_DIGITS = re.compile(r"\d+")
_STATES_BEGIN = frozenset(phrase.split()[0] for phrase in STATES)

TELLING = 0.5
"""A word that weighs more (`weight`) can tell one bearer of a name from another."""

_ASIDE = frozenset(
    {*TITLES, *TITLE_MODIFIERS, *SUFFIXES, *SPELLINGS, *LEGAL_FORMS, *_INNER}
    | {word for phrase in STATES for word in phrase.split()}
)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ROMAN_WORDS = frozenset(_ROMAN)


@dataclass(frozen=True, slots=True)
class Name:
    """One written name, taken apart.

    ``tokens`` are the words that name the thing, in the order in which it is said
    (“IVANOV, Ivan” of a person gives ``ivan ivanov``); ``forms`` the classes of its legal
    forms (`limited`, `joint-stock` …); ``titles`` what was set aside before and behind.
    The rest follows from these: ``key`` is equal for names of the same words in any order,
    ``joined`` is the words without spaces and ``listed`` the same with the family name
    first, where it stood so, ``numbers`` its numerals (2 and II are one, 136 and 131 not).
    """

    text: str
    tokens: tuple[str, ...]
    forms: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    person: bool = False
    listed: str = ""
    key: str = field(init=False, compare=False)
    joined: str = field(init=False, compare=False)
    numbers: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        joined = "".join(self.tokens)
        put = object.__setattr__
        put(self, "key", " ".join(sorted(self.tokens)))
        put(self, "joined", joined)
        put(self, "numbers", _numbers(self.tokens) if _may_number(joined, self.tokens) else _NO_NUMBERS)
        if not self.listed:
            put(self, "listed", joined)


_NO_NUMBERS: frozenset[str] = frozenset()


def _may_number(joined: str, tokens: tuple[str, ...]) -> bool:
    return not joined.isalpha() or not _ROMAN_WORDS.isdisjoint(tokens)


def _numbers(tokens: Iterable[str]) -> frozenset[str]:
    numerals = (_ROMAN.get(token) or _DIGITS.findall(token) for token in tokens)
    return frozenset(number.lstrip("0") for found in numerals for number in found)


def kind_of(schema: str) -> str:
    """The kinds that are never confused: what is called a company here may be an organisation there."""
    if schema in ORGANISATION:
        return "LegalEntity"
    return "Location" if schema in PLACE else schema


def same_kind(one: str, other: str) -> bool:
    """True where things of two schemas can be one: a LegalEntity may prove to be a person, and a
    Thing anything."""
    schemas = {one, other}
    return kind_of(one) == kind_of(other) or "Thing" in schemas or schemas == {"LegalEntity", "Person"}


def is_nothing(text: str) -> bool:
    """True for “N/A”, “None”, “unknown”, an emoji: a cell that names nobody."""
    return (bare := normalise(text[:LONGEST])) in NOTHING or not bare


def is_pointer(text: str) -> bool:
    """True where a mention is made of pointing words only: “the company”, “its”, “he”."""
    return all(word in POINTERS for word in normalise(text[:LONGEST]).split())


@lru_cache(maxsize=65_536)
def weight(token: str) -> float:
    """How much of a name a normalised ``token`` carries where no list says how rare it is, 0–1."""
    if token in PARTICLES:
        return 0.15
    if token in GENERIC:
        return 0.4
    if token in _SHORT_FORMS:
        return 0.2
    if len(token) == 1:
        return 0.5
    if _PATRONYMIC.match(token):
        return 0.7
    return 1.0


def tells(token: str) -> bool:
    """True for a normalised word that is never set aside from a name: no title, suffix or legal form, no
    small or common word."""
    return weight(token) > TELLING and token not in _ASIDE


def is_hollow(token: str) -> bool:
    """True for a word that a body's name may have or lack with no other body being meant: “plant”."""
    return token in HOLLOW or token in PARTICLES


def is_state(token: str) -> bool:
    """True for a word of a state's name: the offices of two states share the rest of theirs."""
    return token in _STATE_WORDS


def given_name(token: str) -> str:
    """The spelling under which variants of one given name meet: Oleksandr and Alexander."""
    return GIVEN_NAMES.get(token, token)


def _with_states(words: Sequence[str]) -> list[str]:
    """``words`` with every phrase of `STATES` replaced, the longest first."""
    if _STATES_BEGIN.isdisjoint(words):
        return list(words)
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_STATE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            if phrase in STATES and (at == 0 or phrase != _NATIONS):
                out += STATES[phrase].split()
                at += size
                break
        else:
            out.append(words[at])
            at += 1
    return out


def _join_letters(words: Iterable[str]) -> list[str]:
    """``s a de c v`` as ``sa de cv``: the letters of an abbreviation written apart."""
    out: list[str] = []
    run = False
    for word in words:
        letter = len(word) == 1 and word.isalpha()
        if letter and run:
            out[-1] += word
        else:
            out.append(word)
        run = letter
    return out


def _title_length(words: Sequence[str]) -> int:
    """How many leading ``words`` are a title, its modifiers included; at least one word is left."""
    length = 0
    for at, word in enumerate(words[:-1]):
        if word in TITLES:
            length = at + 1
        elif word not in TITLE_MODIFIERS:
            break
    names_too = [at for at in range(length) if words[at] in TITLES_OR_NAMES]
    return names_too[-1] if names_too and length + 1 == len(words) else length


def _person(text: str) -> Name:
    family, given = _family_first(text)
    ahead_of, after = _told(given), _told(family)
    while len(after) > 1 and after[-1] in SUFFIXES and not ahead_of:
        after.pop()
    words = ahead_of + after
    ahead = _title_length(ahead_of or after)
    titles = tuple(word for word in normalise(text).split() if word not in words[ahead:])
    listed = "".join(after + ahead_of[ahead:]) if ahead_of else ""
    return Name(text, tuple(words[ahead:]), (), titles, True, listed)


def _told(text: str) -> list[str]:
    """The words of a person's name, “a.k.a.” between them left out."""
    words = normalise(text)
    return (words.replace(" a k a ", " ") if " a k a " in words else words).split()


def _family_first(text: str) -> tuple[str, str]:
    """Family and given name of “SURNAME, Given”; the whole as family name where no comma parts them."""
    family, _, given = text.partition(",")
    return (family, given) if normalise(family) and normalise(given) else (text, "")


def _organisation(text: str) -> Name:
    words = _join_letters(normalise(text).split())
    words = words[1:] if words[0:1] == ["aka"] and len(words) > 1 else words
    words = [SPELLINGS.get(word, word) for word in words]
    named, forms = without_forms(words)
    named = _with_states([_INNER.get(word, word) for word in named])
    named = [word for word in named if word not in FILLERS]
    return Name(text, tuple(named or words), forms)


@lru_cache(maxsize=131_072)
def parse(text: str, schema: str | None = None) -> Name:
    """The name ``text``, read as a thing of kind ``schema``: a title is looked for in a person's
    name, a legal form in every other.  Characters beyond `LONGEST` are not looked at.
    """
    text = text[:LONGEST].strip()
    return _person(text) if schema in PERSON else _organisation(text)


def acronyms(name: Name) -> frozenset[str]:
    """The short forms a name of three words or more may go by: with its small words and without, words with a
    hyphen counted once or twice, what stands in brackets left out.

    “International Institute for Strategic Studies” gives ``iiss`` and ``iifss``.
    """
    rows = [name.tokens, [word for word in name.tokens if word not in PARTICLES]]
    for text in _spelt(name.text):
        said = normalise(text).split()
        named = [word for word in said if word not in FILLERS]
        formed = [word for word in named if word not in PARTICLES]
        rows += [said, named, formed, _unformed(formed), [word for word in formed if word not in SMALL_WORDS]]
    return frozenset("".join(word[0] for word in words) for words in rows if len(words) > 2)


def _spelt(text: str) -> tuple[str, ...]:
    """``text`` as it is, and where it differs without what stands in brackets, hyphens and elisions."""
    bare = _ELIDED.sub("", _BRACKETS.sub(" ", text).replace("-", "")) if _MARKED.search(text) else text
    return (text,) if bare == text else (text, bare)


def _unformed(words: list[str]) -> list[str]:
    """``words`` without the abbreviation of a legal form before or behind them: a “corporation” stays."""
    while len(words) > 1 and words[0] in _SHORT_FORMS:
        words = words[1:]
    while len(words) > 1 and words[-1] in _SHORT_FORMS:
        words = words[:-1]
    return words
