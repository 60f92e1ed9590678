"""Which names inside one document are one thing, each join with the rule that made it.

Two forms are one where one is the other's abbreviation in brackets (“National Security Council (NSC)”), a
person's surname, the distinctive part of a longer name (“IEMZ Kupol”, “Kupol”), another name in the same row
of a table, or what the text says it was called before; and only where a single candidate fits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondsource.extractor.naming import ADJECTIVE, DEMONYMS, PLACES, SEAT, Kinds, Name
from secondsource.extractor.things import things
from secondsource.gazetteers import Known
from secondsource.names import warnings
from secondsource.text import words

_RENAMED = re.compile(
    r"(?:then|formerly|previously|once|also|earlier)(?: known as| called| named)?(?: the)? [“\"'‘]?$"
    r"|(?:was|been|later) renamed(?: as)?(?: the)? [“\"'‘]?$"
    r"|(?:known as|called)(?: the)? [“\"'‘]?$"
)
_CALLED = frozenset({"Vessel", "Company", "Organization"})
_RENAMABLE = _CALLED | {"Location", "Product"}
_NO_ROW = frozenset({"seat", "listed"})
"""A capital is not always its state; and whether a text means an entry of a list is for a person to say."""
_INSIDE = "a word of its name"
_OF = frozenset({"of", "the", "for"})
"""“Press Office of the Ministry” is an office, and the Ministry another thing."""
_REACH, _SOON, _BACK = 40, 200, 6


@dataclass(frozen=True, slots=True)
class Cluster:
    """The forms that are one thing: their best name, and the rule that tied each form to it."""

    name: str
    rules: Mapping[str, str]


def clusters(
    found: Sequence[Name], kinds: Kinds, brackets: Mapping[str, str], text: str
) -> dict[str, Cluster]:
    """The cluster of each form."""
    return _Aliases(found, kinds, brackets, text).clusters()


class _Aliases:
    def __init__(self, found: Sequence[Name], kinds: Kinds, brackets: Mapping[str, str], text: str) -> None:
        self.known: dict[str, Known | None] = {one.key: one.known for one in found}
        self.schema = {form: kinds.of(form) for form in self.known}
        self.parts = {form: words(form) for form in self.known}
        self.brackets = brackets
        self.head = {form: form for form in self.known}
        self.rule: dict[str, str] = {}
        self._join_rows()
        self._join_peoples(found)
        self._join_renamed(found, text)
        self._join_parts()

    def clusters(self) -> dict[str, Cluster]:
        held: defaultdict[str, list[str]] = defaultdict(list)
        for form in self.head:
            held[self._top(form)].append(form)
        made = {top: Cluster(top, {f: self.rule.get(f, "") for f in forms}) for top, forms in held.items()}
        return {form: made[self._top(form)] for form in self.head}

    def _top(self, form: str) -> str:
        while self.head[form] != form:
            form = self.head[form]
        return form

    def _join(self, form: str, to: str, rule: str) -> None:
        short, long = self._top(form), self._top(to)
        if short != long:
            self.head[short] = long
            self.rule.setdefault(short, rule)

    def _join_rows(self) -> None:
        """Forms of one row of a table are one; so are spellings that differ in capitals and points.

        A form with letters of two alphabets stays by itself: whether it is that thing waits for a person.
        """
        first: dict[tuple[str, str], str] = {}
        for form, what in self.known.items():
            if warnings(form):
                continue
            own = what is not None and what.role not in _NO_ROW
            row = (what.name, what.schema) if what is not None and own else None
            key = row or ("".join(self.parts[form]), "")
            if key in first:
                one, other = sorted((first[key], form), key=self._worth)
                self._join(other, one, "one row of a table" if row else "one spelling")
                first[key] = one
            else:
                first[key] = form

    def _worth(self, form: str) -> tuple[object, ...]:
        """Sorts the better name of one thing first: the table's own; last an adjective or a capital."""
        known = self.known[form]
        own = known is not None and known.name == form
        stands_in = form.endswith(SEAT) or (known is not None and known.role == "people")
        return not own, stands_in, form.isupper(), -len(form), form

    def _join_peoples(self, found: Sequence[Name]) -> None:
        """“Drovian” is of the state that the text names as “Drovia”."""
        for form in {one.key for one in found if one.how == ADJECTIVE}:
            of = [form[: -len(end)] for end in DEMONYMS if form.endswith(end)]
            states = [state for state in of if self.schema.get(state) == "Country" and len(state) > 3]
            if states:
                self._join(form, states[0], "its people")

    def _join_renamed(self, found: Sequence[Name], text: str) -> None:
        """A ship or body that the text says was called otherwise joins the one named last before it."""
        for at, one in enumerate(found):
            said = text[max(0, one.span.start - _REACH) : one.span.start]
            if one.known is not None or not _RENAMED.search(said):
                continue
            near = [o for o in found[max(0, at - _BACK) : at] if o.known is None and o.key != one.key]
            kinds = {self.schema[o.key] for o in (*near[-1:], one)}
            soon = near and one.span.start - near[-1].span.end < _SOON
            if soon and kinds <= _RENAMABLE and kinds & _CALLED:
                self._join(one.key, near[-1].key, "called so before")

    def _join_parts(self) -> None:
        alike = self._alike()
        for form in sorted(self.head, key=lambda text: (-len(self.parts[text]), text)):
            longer = self.brackets.get(form)
            if longer in self.head and longer != form:
                self._join(form, longer, "in brackets after it")
                continue
            near = {other for key in _keys(form, self.parts[form]) for other in alike[key]}
            fits = {other: rule for other in sorted(near) if (rule := self._short_for(form, other))}
            fits = {other: rule for other, rule in fits.items() if rule != _INSIDE} or fits
            tops = {self._top(other) for other in fits}
            if len(tops) == 1:
                self._join(form, next(iter(fits)), next(iter(fits.values())))

    def _alike(self) -> Mapping[str, set[str]]:
        """The forms of each word and set of capitals: only these can be aliases."""
        index: defaultdict[str, set[str]] = defaultdict(set)
        for form, taken in self.parts.items():
            for key in (*taken, initials(form), code(form) or form):
                index[key].add(form)
        return index

    def _short_for(self, short: str, long: str) -> str | None:
        """How this text goes on calling ``long`` by ``short``; None where it does not."""
        few, many = self.parts[short], self.parts[long]
        if short == long or not few:
            return None
        if short and short == code(long):
            return "its letter and number"
        if len(short) > 2 and short.isupper() and short == initials(long):
            return "its initials"
        if len(few) >= len(many) or self.schema[short] in PLACES:
            return None
        if self._is_own_thing(short, long):
            return None
        if self.schema[long] == "Person":
            return "the family name" if many[-len(few) :] == few else None
        if self.schema[long] in PLACES:
            return None
        return _part(few, many, short.lower() in things().short)

    def _is_own_thing(self, short: str, long: str) -> bool:
        """True for two things that tables tell apart: “UN”, “UN Security Council”."""
        one, other = self.known[short], self.known[long]
        return one is not None and (other is None or one.name != other.name)


def _part(few: list[str], many: list[str], generic: bool) -> str | None:
    if many[-len(few) :] == few:
        return None if many[-len(few) - 1] in _OF else "the end of its name"
    if many[: len(few)] == few:
        return "the beginning of its name"
    return _INSIDE if generic and few[0] in many else None


def _keys(form: str, taken: Sequence[str]) -> tuple[str, ...]:
    return (form, *taken[:1])


def initials(form: str) -> str:
    """The capitals of a name: “IISS” of “International Institute for Strategic Studies”."""
    return "".join(letter for letter in form if letter.isupper())


def code(form: str) -> str:
    """The letter and number by which a designation is called: “G3” of “Garpiya-3”."""
    shape = re.fullmatch(r"([A-Z])[a-z]{2,}[- ](\d{1,3})", form)
    return shape[1] + shape[2] if shape else ""
