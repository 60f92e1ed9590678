"""Queries drawn anew from the lists beside the project: other held-out names, other slips, another seed.

``names/bench_dev.json`` is one draw, and settings that were tuned on half of it may fit that half
only.  The kinds are its kinds: a Latin alias held out, a name in its own script (of whose entry
no such name is left in the index), and ten kinds of slips in names that are listed.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from secondsource import names

Row = dict[str, Any]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SOUNDS = (
    ("k", "q"), ("y", "i"), ("kh", "h"), ("o", "u"), ("ev", "eff"), ("zh", "j"), ("w", "v"), ("ei", "ey"),
    ("i", "y"),
)  # fmt: skip
_FORMS = {"ltd": "limited", "limited": "ltd", "llc": "ltd liability company", "ooo": "llc", "jsc": "ao"}
_BEFORE, _BEHIND = ("mr", "dr", "haji", "sheikh", "colonel"), ("jr", "ali", "khan", "al masri")


def _typo(word: str, draw: random.Random) -> str:
    at = draw.randrange(len(word))
    kind = draw.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + draw.choice(LETTERS) + word[at:]
    if kind == 2:
        return word[:at] + draw.choice(LETTERS) + word[at + 1 :]
    return word[: max(0, at - 1)] + word[max(0, at - 1) : at + 1][::-1] + word[at + 1 :]


def typo(text: str, draw: random.Random) -> str:
    """One letter missing, too many, wrong or in the place of its neighbour."""
    return _typo(text, draw)


def typo_twice(text: str, draw: random.Random) -> str:
    return _typo(_typo(text, draw), draw)


def dropped(text: str, draw: random.Random) -> str:
    words = text.split()
    words.pop(draw.randrange(len(words)))
    return " ".join(words)


def turned(text: str, draw: random.Random) -> str:
    words = text.split()
    return " ".join(words[1:] + words[:1])


def initial(text: str, draw: random.Random) -> str:
    words = text.split()
    at = draw.randrange(len(words))
    words[at] = words[at][0]
    return " ".join(words)


def joined(text: str, draw: random.Random) -> str:
    words = text.split()
    at = draw.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def transliterated(text: str, draw: random.Random) -> str:
    fitting = [(one, other) for one, other in _SOUNDS if one in text]
    for one, other in draw.sample(fitting, min(2, len(fitting))):
        text = text.replace(one, other, 1)
    return text


def more(text: str, draw: random.Random) -> str:
    return " ".join((draw.choice(_BEFORE), text, draw.choice(_BEHIND)))


def other_form(text: str, draw: random.Random) -> str:
    words = [_FORMS.get(word, word) for word in text.split()]
    return " ".join(words) if words != text.split() else text + " llc"


def _then_typo(change: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    return lambda text, draw: _typo(change(text, draw), draw)


KINDS: dict[str, tuple[Callable[[str, random.Random], str], str]] = {
    "p_typo1": (typo, ""),
    "p_typo2": (typo_twice, ""),
    "p_drop1": (dropped, ""),
    "p_drop1+typo": (_then_typo(dropped), ""),
    "p_reorder+typo": (_then_typo(turned), ""),
    "p_initial": (initial, "Person"),
    "p_join": (joined, ""),
    "p_translit": (transliterated, ""),
    "p_extra": (more, "Person"),
    "p_legalform": (other_form, "Organization"),
}
"""Ten kinds of slips, and the kind of thing whose name they are made in, where not both."""


def entries(path: Path) -> list[Row]:
    """The people and bodies of the lists; those of one kind that share a name are one cluster."""
    found, owners = [], _Groups()
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        listed = list(dict.fromkeys((row["name"], *(name for name, _ in row["aliases"]))))
        if row["schema"] in ("Person", "LegalEntity", "Organization", "Company", "PublicBody"):
            schema = "Person" if row["schema"] == "Person" else "Organization"
            for name in listed:
                owners.join((row["id"], row["list"]), (schema, key_of(name)))
            found.append({"id": row["id"], "list": row["list"], "schema": schema, "names": listed})
    numbers: dict[Any, int] = {}
    for row in found:
        row["cluster"] = numbers.setdefault(owners.of((row["id"], row["list"])), len(numbers))
    return found


class _Groups:
    """What belongs together because it was joined, by one or by several steps."""

    def __init__(self) -> None:
        self._parents: dict[Any, Any] = {}

    def of(self, one: Any) -> Any:
        while (parent := self._parents.setdefault(one, one)) != one:
            self._parents[one] = one = self._parents.setdefault(parent, parent)
        return one

    def join(self, one: Any, other: Any) -> None:
        self._parents[self.of(one)] = self.of(other)


def as_near(query: Row, name: str) -> bool:
    """Whether ``name`` is as near to a slipped query, letter by letter, as the name that the slip was made
    in: nothing but luck puts the right entry first then."""
    return _apart(query["query"], names.normalise(name)) <= _apart(query["query"], query["of"])


def _apart(one: str, other: str) -> int:
    """Slips between two names, as written, by their words in order, and written together: the fewest."""
    written = (
        (one, other),
        tuple(map(_in_order, (one, other))),
        (one.replace(" ", ""), other.replace(" ", "")),
    )
    return min(OSA.distance(*pair) for pair in written)


def _in_order(text: str) -> str:
    return " ".join(sorted(text.split()))


def key_of(name: str) -> str:
    return " ".join(sorted(names.normalise(name).split()))


def _latin(name: str) -> bool:
    return not re.search(r"[^\x00-ɏḀ-ỿ‐-‟]", name)


def drawn(path: Path, seed: int, size: int = 125) -> tuple[list[Row], list[Row]]:
    """Entries with what is held out removed, and queries: six times ``size`` aliases, four times as many
    names in their own script, ``size`` of each kind of slip."""
    draw = random.Random(seed)
    rows = entries(path)
    draw.shuffle(rows)
    held = list(_aliases(rows, 6 * size)) + list(_scripts(rows, 4 * size))
    hidden: dict[int, set[str]] = defaultdict(set)
    for query in held:
        hidden[query["cluster"]] |= query.pop("hide")
    for row in rows:
        row["names"] = [name for name in row["names"] if name not in hidden[row["cluster"]]]
    rows = [row for row in rows if row["names"]]
    return rows, held + [slip for kind in KINDS for slip in _slips(rows, kind, size, draw)]


def _query(kind: str, row: Row, text: str, hide: Iterable[str] = ()) -> Row:
    return {"set": kind, "schema": row["schema"], "query": text, "cluster": row["cluster"], "hide": set(hide)}


def _aliases(rows: list[Row], count: int) -> Iterator[Row]:
    for row in rows:
        latin = [name for name in row["names"] if _latin(name)]
        alias, others = latin[-1:], {key_of(name) for name in latin[:-1]}
        if others and key_of(alias[0]) not in others:
            count -= 1
            yield _query("loo_latin", row, alias[0], alias)
        if not count:
            return


def _scripts(rows: list[Row], count: int) -> Iterator[Row]:
    for row in reversed(rows):
        foreign = [name for name in row["names"] if not _latin(name)]
        if foreign and len(foreign) < len(row["names"]):
            count -= 1
            yield _query("xscript", row, foreign[0], foreign)
        if not count:
            return


def _slips(rows: list[Row], kind: str, size: int, draw: random.Random) -> Iterator[Row]:
    change, schema = KINDS[kind]
    while size:
        row = draw.choice(rows)
        text = names.normalise(draw.choice(row["names"][:3]))
        if (
            len(text.split()) > ("drop" in kind) + 1
            and schema in ("", row["schema"])
            and all(map(_latin, row["names"][:3]))
        ):
            query = _query(kind, row, change(text, draw))
            query.pop("hide")
            query["of"] = text
            size -= 1
            yield query
