"""An invented world for ``bench/resolution.py``: people, companies, offices and vessels under many names.

Each mention is the name as it is, or changed in one or two of seven ways (`CHANGES`).  Relatives,
works of one name and number, and namesakes are among the bearers.  Alphabets and transliterations are
tables of this file, not those of the program; everything follows from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from secondsource.model import Excerpt, Mention, Span

Case = dict[str, list[Mention]]
Key = tuple[str, str]
"""A document and a mention in it."""


def _all(words: str) -> list[str]:
    return words.split()


def _mapped(letters: str, spelled: str) -> dict[str, str]:
    return dict(zip(letters, spelled.split(), strict=True))


BGN = _mapped(
    "абвгдежзийклмнопрстуфхцчшщыэюя", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya"
)
BGN |= {"ъ": "", "ь": ""}
SCIENTIFIC = BGN | _mapped("жйхцчшщюя", "ž j h c č š šč ju ja")
FRENCH = BGN | _mapped("жухцчшщюяй", "j ou kh ts tch ch chtch iou ia ï")
PASSPORT = BGN | _mapped("юяйц", "iu ia i tc")
SCHEMES = (SCIENTIFIC, FRENCH, PASSPORT)
GIVEN = _all(
    """Иван Пётр Сергей Андрей Юрий Михаил Николай Виктор Олег Игорь Павел Роман Денис Артём Максим Кирилл
    Антон Борис Глеб Тимур Руслан Марат Фёдор Дмитрий Алексей Владимир Константин Григорий Василий
    Леонид Вадим Станислав Анна Ольга Елена Мария Наталья Татьяна Ирина Светлана Галина Людмила Вера Нина"""
)
FATHERS = _all(
    "Ивано Андрее Николае Олего Павло Романо Денисо Максимо Антоно Борисо Глебо Тимуро Марато Фёдоро Викторо"
)
ENDS = _all("ов ев ин енко ский ук ян дзе")
SYLLABLES = [a + b + c for a in "бвгджзклмнпрстфхцш" for b in "аеиоу" for c in ("", "", *"рнлмкс")]
WESTERN = _all(
    """James Mary Robert Anna David Laura Thomas Helen Peter Sarah Daniel Emma Mark Julia Paul Alice Martin
    Clara Henry Nora Frank Edith Oscar Irene George Ruth Walter Diana Simon Grace Philip Sylvia Arthur
    Joan Edgar Marion Hugh Vera Ralph Stella"""
)
ONSETS = _all("b br c cl d dr f g gr h j k kl l m n p pr r s st t tr v w")
STEMS = [a + b + c for a in ONSETS for b in "aeiou" for c in _all("ck l m n nd r rk s sk t x")]
TAILS = _all("by den ford gate ham land ley man mere more ner ridge sen son stead ton vale well wick wood")
FIRST = _all(
    """Mohammed/Muhammad/Mohamed Ahmed/Ahmad Hussein/Husayn/Hussain Ali Hassan/Hasan Omar/Umar Yusuf/Youssef
    Ibrahim/Ebrahim Khalid/Khaled Mahmoud/Mahmud Mustafa/Mostafa Abbas Rashid/Rasheed Saeed/Said Karim/Kareem
    Tariq/Tarek Jamal Nasser/Nasir Bilal Faisal/Faysal Hamid Adnan Walid/Waleed Samir/Sameer Ziad/Ziyad
    Munir/Muneer"""
)
ROOTS = [
    a + b + c for a in _all("b d f gh h j k kh l m n q r s sh t z") for b in "aiu" for c in "bdfhlmnqrstz"
]
CLOSES = _all("awi ani imi oudi iri asi abi eli ouni")
TRADES = _all(
    """Machinery Electronics Shipping Trading Aviation Chemical Optics Turbine Composite Logistics Propulsion
    Radio"""
)
BODIES = [
    "Ministry of Transport",
    "Ministry of Defence",
    "State Customs Committee",
    "National Export Agency",
    "Central Statistical Office",
    "Maritime Safety Authority",
    "Institute for Security Studies",
    "Commission on Foreign Trade",
]
LANDS = ("ia", "istan", "avia", "ora")
FORMS = ("JSC", "LLC", "Ltd", "GmbH", "OOO", "Co., Ltd.")


@dataclass(frozen=True)
class World:
    """Documents with mentions, the number of the thing behind each, and by what it was changed."""

    case: Case
    truth: dict[Key, int]
    how: dict[Key, str]


@dataclass(frozen=True)
class Thing:
    """One bearer of names: its parts, as they are changed and put together."""

    schema: str
    style: str
    parts: tuple[str, ...]


def word(draw: random.Random, syllables: Sequence[str], ends: Sequence[str], least: int = 1) -> str:
    return ("".join(draw.choices(syllables, k=draw.choice((least, least + 1)))) + draw.choice(ends)).title()


def person(draw: random.Random, families: Mapping[str, Sequence[str]]) -> Thing:
    style = draw.choices(("russian", "western", "arabic"), (5, 3, 2))[0]
    rank = int(len(families[style]) * draw.random() ** 1.6)
    family = families[style][rank]
    if style == "russian":
        return Thing("Person", style, russian(draw, family))
    if style == "western":
        return Thing("Person", style, (draw.choice(WESTERN), draw.choice("ABCDEGHJKLMPRSTW") + ".", family))
    return Thing("Person", style, (draw.choice(FIRST), "", f"al-{family}"))


def russian(draw: random.Random, family: str) -> tuple[str, ...]:
    given = draw.choice(GIVEN)
    woman = given[-1] in "ая"
    father = draw.choice(FATHERS) + ("вна" if woman else "вич")
    return given, father, family + "а" if woman and family[-1] in "вн" else family


def company(draw: random.Random) -> Thing:
    core = word(draw, STEMS, TAILS) + (f" {word(draw, STEMS, TAILS)}" if draw.random() < 0.5 else "")
    number = f"No. {draw.randint(1, 9)}" if draw.random() < 0.15 else ""
    return Thing("Company", "company", (core, draw.choice(TRADES), number, draw.choice(FORMS)))


def office(draw: random.Random) -> Thing:
    return Thing("PublicBody", "office", (draw.choice(BODIES), word(draw, STEMS, LANDS, 2)))


def vessel(draw: random.Random) -> Thing:
    last = draw.choice(("Star", "Spirit", "Pride", "Wave"))
    return Thing("Vessel", "vessel", (f"{word(draw, STEMS, TAILS)} {last}",))


def relative(draw: random.Random, thing: Thing) -> Thing:
    """Somebody or something whose name is nearly that of ``thing``; now and then quite the same."""
    if draw.random() < 0.04:
        return thing
    parts = list(thing.parts)
    if thing.style == "company" and parts[2]:
        parts[2] = f"No. {draw.randint(10, 19)}"
    else:
        at = 1 if thing.style == "company" else 0
        parts[at] = draw.choice([other for other in others(thing) if other != parts[at]])
    return Thing(thing.schema, thing.style, tuple(parts))


def others(thing: Thing) -> list[str]:
    """What may stand in the name of a relative instead."""
    first = thing.parts[0]
    if thing.style == "russian":
        return [given for given in GIVEN if (given[-1] in "ая") == (first[-1] in "ая")]
    if thing.style == "vessel":
        return [f"{first.split()[0]} {last}" for last in ("Glory", "Hope")]
    return {"western": WESTERN, "arabic": FIRST, "company": TRADES, "office": BODIES}[thing.style]


def things(draw: random.Random, count: int) -> list[Thing]:
    size = max(50, count // 2)
    families = {
        "russian": [word(draw, SYLLABLES, ENDS) for _ in range(size)],
        "western": [word(draw, STEMS, TAILS) for _ in range(size)],
        "arabic": [word(draw, ROOTS, CLOSES) for _ in range(size // 2)],
    }
    made: list[Thing] = []
    while len(made) < count:
        kind = draw.random()
        if made and draw.random() < 0.12:
            made.append(relative(draw, draw.choice(made)))
        elif kind < 0.6:
            made.append(person(draw, families))
        else:
            made.append(company(draw) if kind < 0.85 else office(draw) if kind < 0.92 else vessel(draw))
    return made


def latin(text: str, scheme: Mapping[str, str] = BGN) -> str:
    return "".join(
        scheme.get(letter.lower(), letter.lower()).capitalize()
        if letter.isupper()
        else scheme.get(letter, letter)
        for letter in text.replace("ё", "е").replace("Ё", "Е")
    )


def plain(thing: Thing) -> str:
    """The name as most documents write it."""
    parts = thing.parts
    if thing.style == "russian":
        return latin(f"{parts[0]} {parts[2]}")
    if thing.style == "arabic":
        return f"{parts[0].split('/')[0]} {parts[2]}"
    if thing.style == "office":
        return f"{parts[1]} {parts[0]}"
    return " ".join(filter(None, parts[:3]))


# The seven changes.  Each takes the thing and its name so far; it gives None where it cannot apply.


def script(draw: random.Random, thing: Thing, name: str) -> str | None:
    """In the alphabet of its language."""
    return f"{thing.parts[0]} {thing.parts[2]}" if thing.style == "russian" else None


def transliteration(draw: random.Random, thing: Thing, name: str) -> str | None:
    """By another table of letters."""
    if thing.style == "russian":
        return latin(f"{thing.parts[0]} {thing.parts[2]}", draw.choice(SCHEMES))
    if thing.style == "arabic":
        family = thing.parts[2].replace("al-", draw.choice(("al-", "al ", "Al-", "")))
        return f"{draw.choice(thing.parts[0].split('/'))} {family}"
    return None


def initials(draw: random.Random, thing: Thing, name: str) -> str | None:
    """The given names by their first letters."""
    if thing.schema != "Person":
        return None
    return f"{latin(thing.parts[0])[0]}. {latin(thing.parts[2])}"


def order(draw: random.Random, thing: Thing, name: str) -> str | None:
    """The family name first, or “of” turned round."""
    if thing.schema == "Person" and " " in name and "," not in name:
        head, _, family = name.rpartition(" ") if thing.style != "arabic" else name.partition(" ")
        return f"{family.upper()}, {head}"
    return f"{thing.parts[0]} of {thing.parts[1]}" if thing.style == "office" else None


def slip(draw: random.Random, thing: Thing, name: str) -> str | None:
    """One letter wrong, missing or doubled, in the longest word."""
    longest = max(name.split(), key=len)
    if len(longest) < 6:
        return None
    at = draw.randrange(1, len(longest) - 1)
    wrong = draw.choice((longest[at] * 2, "", draw.choice("aeiornst")))
    return name.replace(longest, longest[:at] + wrong + longest[at + 1 :], 1)


def dress(draw: random.Random, thing: Thing, name: str) -> str | None:
    """A title, or a legal form."""
    if thing.schema == "Person":
        return f"{draw.choice(('Gen.', 'Dr.', 'Minister', 'Mr.', 'Col.'))} {name}"
    return f"{name} {thing.parts[3]}" if thing.style == "company" else None


def parts(draw: random.Random, thing: Thing, name: str) -> str | None:
    """A patronymic, a father's name or a middle initial put in; “plant” or “the” added."""
    if thing.style == "russian":
        return latin(" ".join(thing.parts))
    if thing.style == "western":
        return f"{thing.parts[0]} {thing.parts[2]}"
    if thing.style == "company":
        return f"the {name} {draw.choice(('plant', 'company', 'group'))}"
    return f"the {name}" if thing.style == "vessel" else None


Change = Callable[[random.Random, Thing, str], "str | None"]
CHANGES: tuple[Change, ...] = (script, transliteration, initials, order, slip, dress, parts)


def written(draw: random.Random, thing: Thing) -> tuple[str, str]:
    """A name of ``thing`` in some document, and which changes made it."""
    name, made = plain(thing), []
    for _ in range(draw.choices((0, 1, 2), (45, 45, 10))[0]):
        change = draw.choice(CHANGES)
        if changed := change(draw, thing, name):
            name = changed
            made.append(change.__name__)
    return name, " ".join(made)


def world(entities: int, mentions: int, seed: int) -> World:
    """Documents with mentions, the thing behind each, and how each was changed."""
    draw = random.Random(seed)
    every = things(draw, entities)
    circles = [draw.sample(range(entities), min(entities, 40)) for _ in range(max(1, entities // 20))]
    weights = [1 / (rank + 5) for rank in range(len(circles[0]))]  # some are spoken of more than others
    turn = draw.sample(range(entities), entities)  # and everything is named at least once
    made = World({}, {}, {})
    while len(made.truth) < mentions:
        circle = draw.choice(circles)
        told = draw.choices(circle, weights, k=draw.randint(3, 8))
        named = dict.fromkeys((*told, turn[len(made.case) % entities]))
        document = f"d{len(made.case):06}"
        made.case[document] = []
        for at in named:
            name, changed = written(draw, every[at])
            key = document, f"m{len(made.case[document])}"
            excerpt = Excerpt((Span(0, len(name)),), name)
            made.case[document].append(Mention(excerpt, every[at].schema, key[1], name, "bench"))
            made.truth[key], made.how[key] = at, changed
    return made
