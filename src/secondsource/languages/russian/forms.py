"""Forms of Russian words by pymorphy3: the dictionary form, and the nominative of names."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_POS = {
    "VERB": {"VERB", "INFN", "GRND", "PRTS", "PRTF"}, "NOUN": {"NOUN"}, "PROPN": {"NOUN"},
    "ADJ": {"ADJF", "ADJS", "PRTF"}, "PRON": {"NPRO"}, "DET": {"ADJF"}, "ADV": {"ADVB", "PRED"},
}  # fmt: skip
_CASES = {
    "Nom": {"nomn"}, "Gen": {"gent", "gen2"}, "Dat": {"datv"}, "Acc": {"accs"}, "Ins": {"ablt"},
    "Loc": {"loct", "loc2"},
}  # fmt: skip
_SURNAME = re.compile("([А-ЯЁ][а-яё-]+(?:[оеё]в|[иы]н))(а|у|ым|е|ой)")
_PLACE = re.compile("([А-ЯЁ][а-яё-]+)(?:ии|ией|ию)")
_NAMES = {"Name", "Surn", "Patr"}


@cache
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def _parses(text: str, pos: str, case: str | None) -> list[Any]:
    """The readings of a word, those first whose part of speech and case are what the tagger says."""
    wanted, cases = _POS.get(pos, set()), _CASES.get(case or "", set())
    found: list[Any] = _analyzer().parse(text)
    return sorted(found, key=lambda one: (one.tag.POS not in wanted, one.tag.case not in cases))


@cache
def lemma(text: str, pos: str, case: str | None) -> str:
    """The dictionary form of a word in lower case, ё as е."""
    form: str = _parses(text, pos, case)[0].normal_form
    return form.replace("ё", "е")


def _like(form: str, text: str) -> str:
    """``form`` with the capitals that ``text`` has."""
    if text.isupper() and len(text) > 1:
        return form.upper()
    parts = zip(form.split("-"), text.split("-"), strict=False) if "-" in text else [(form, text)]
    return "-".join(one[:1].upper() + one[1:] if of[:1].isupper() else one for one, of in parts)


@cache
def nominative(text: str, pos: str, case: str | None, number: str | None = None) -> str:
    """A noun in the nominative, its number kept; a word that has no cases stays as it is."""
    if case in {None, "Nom"} or _stays(text):
        return text
    place = _PLACE.fullmatch(text) if pos == "PROPN" else None
    if place is not None:
        return place[1] + "ия"
    keep = {"Sing": "sing", "Plur": "plur"}.get(number or "")
    for one in _parses(text, pos, case):
        form = one.inflect({"nomn"} | ({keep} if keep else set()))
        if form is not None:
            return _like(form.word, text)
    return text


@cache
def agreeing(text: str, head: str) -> str:
    """An adjective before a noun that is in the nominative, in the noun's gender and number."""
    noun = next((one.tag for one in _analyzer().parse(head.lower()) if one.tag.POS == "NOUN"), None)
    for one in _analyzer().parse(text):
        if one.tag.POS == "ADJF" and noun is not None and not _stays(text):
            form = one.inflect(
                {"nomn", "plur"} if noun.number == "plur" else {"nomn", "sing", noun.gender or "masc"}
            )
            if form is not None:
                return _like(form.word, text)
    return text


def may_be_adjective(text: str) -> bool:
    """True for a word that can be an adjective: one that pymorphy3 reads so first, or guesses so."""
    found = _analyzer().parse(text)
    return found[0].tag.POS in {"ADJF", "PRTF"} or (
        not found[0].is_known and any(one.tag.POS == "ADJF" for one in found)
    )


def _stays(text: str) -> bool:
    return (text.isupper() and len(text) > 1) or not re.match("[а-яё]", text, re.I)


def stem(word: str) -> str:
    """A word without the vowels and signs at its end, which its cases change."""
    return re.sub("(?:[аеёиоуыэюяйь]|[оеыи]м|[оеы]й|ого|ому)+$", "", word.casefold())


@cache
def person(words: tuple[str, ...], cases: tuple[str | None, ...]) -> str:
    """A person's name in the nominative; given name and patronymic say which gender the surname has."""
    told = [one for one in cases if one]
    case = max(told, key=told.count) if told else None
    gender = next((one for one in map(_gender, words) if one), None)
    return " ".join(_person_word(word, case, gender) for word in words)


def _gender(word: str) -> str | None:
    for one in _analyzer().parse(word):
        if {"Name", "Patr"} & set(one.tag.grammemes):
            return one.tag.gender if one.tag.gender in {"masc", "femn"} else None
    return None


def _person_word(word: str, case: str | None, gender: str | None) -> str:
    if case in {None, "Nom"} or len(word) < 2 or _stays(word):
        return word
    surname = _SURNAME.fullmatch(word)
    if surname is not None:
        return _surname(surname[1], surname[2], case, gender)
    found = (one for one in _analyzer().parse(word) if one.tag.POS in {"NOUN", "ADJF"})
    for one in sorted(found, key=lambda one: _unlike(one, case, gender)):
        form = one.inflect({"nomn", "sing"})
        if form is not None:
            return _like(form.word, word)
    return word


def _surname(base: str, ending: str, case: str | None, gender: str | None) -> str:
    """A surname in -ов, -ев, -ин: its endings are a man's or a woman's, “-а” and “-у” by case and gender."""
    if ending == "ой" or (ending in {"а", "у"} and gender == "femn"):
        return base + "а"
    if ending == "у" and case == "Acc":
        return base + "а"
    return base


def _unlike(one: Any, case: str | None, gender: str | None) -> tuple[bool, ...]:
    """How far a reading is from the name looked for; the least is the nearest."""
    tag = one.tag
    return (
        tag.case not in _CASES.get(case or "", set()),
        bool(gender) and tag.gender not in {gender, None},
        not _NAMES & set(tag.grammemes),
        tag.number == "plur",
    )
