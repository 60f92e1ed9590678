"""What kind of thing a name is, from tables and from the words beside it before any model's guess.

A small model takes an unknown state for a person and a company for a town.  The text says better: “Oshmara's
foreign ministry” is a state's, “the port of Quelmar” is a place, “Ann Lee, the director” is a person, “the
product tanker Koti” is a ship.  Each such sign adds its weight to one kind, and the heaviest kind is taken; a
name that a table or a user's list knows is of the kind given there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from secondsource.extractor.beside import PLACE, beside
from secondsource.extractor.gazetteer import gazetteer, given_names
from secondsource.extractor.things import things
from secondsource.gazetteers import Known, town
from secondsource.model import Span
from secondsource.text import words

ADJECTIVE = "adjective"
"""The ``how`` of “Chinese” in “Chinese officials”: it tells of whom, and is no name of a thing."""

SEAT = "\0"
"""What the key of a capital ends with that stands for its state."""

PLACES = frozenset({"Country", "Location"})
Weights = dict[str, float]

LABELS = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "Country", "LOC": "Location", "FAC": "Location",
    "NORP": "Country", "PRODUCT": "Product", "EVENT": "Event",
}  # fmt: skip
_PUBLIC = re.compile(
    r"\b(?:Ministry|Department|Army|Navy|Police|Treasury|Government|Authority|Council|Parliament|Prefecture"
    r"|Service|Customs|Embassy|Court|Bureau|Directorate|Administration|Forces?|Kremlin|Commission|Committee"
    r"|White House|ministry|Air Force|Coast Guard|Border Guard|National Guard|Revolutionary Guards?"
    r"|Command|Fleet|Congress"
    r"|State Center|Senate|Assembly|Inspectorate|Registry|Secretariat|Border Force|School District"
    r"|Sheriff|Agency|Office|Bureau|Municipality|Prosecutor)\b"
)
_NO_STATE = re.compile(
    r"\b(?:Supreme Council of|Refugee Council|Trade Union|Islamic|Council on|Union|League|World|Workers"
    r"|Church)\b"
)
_COMPANY = re.compile(
    r"\b(?:Co|Ltd|Inc|LLC|JSC|OAO|PAO|GmbH|Corp|Corporation|Company|Holdings?|Works|Industries|Aviation"
    r"|Trading"
    r"|Machinery|Shipping|Airlines|Airways|Technology|Technologies|Electronics|Logistics|Logistik"
    r"|Navigation|Marine)\b"
    r"|^\w+(?:bank|tech|prom|export|import|avia|energo|neft|gaz|telecom)$"
)
_AGENCY = re.compile(
    r"\b[Nn]ews [Aa]gency\b|\b(?:Times|Post|Gazette|Herald|Tribune|Chronicle|Telegraph|News)$"
)
DEMONYMS = ("n", "an", "ian", "ese", "se", "i", "ish")
_LISTED, _TABLE, _OUTLET, _SHAPE, _GIVEN, _MODEL, _TOWN = 40.0, 20.0, 8.0, 3.0, 4.0, 1.0, 2.0
_POSSESSOR = re.compile(r"(\w+)['’]s ")
_MOST = 2.0
_LARGE = 100_000
_THE_FIRM = re.compile(r"\b(?:[Tt]he|this) (?:company|firm|manufacturer|airline|operator|yard)\b")
_POINTER, _SOON = 0.8, 220
_STATES = ("land", "stan", "ia")
_MOST_PLACE = 3.0
_SHIPS, _ARTICLE = 1, 1.2
_OWN_SHAPE = frozenset({"rule", "repeat"})
_ROW = re.compile(r"(?:,|,? and|,? or)(?: the)? ")
_IN_ROW = 1.6
_FIRM = 1.5
"""The weight from which on an organisation is the narrower thing, a company."""


@dataclass(frozen=True, slots=True)
class Name:
    """One place where a name stands, with the kind it was taken for and what took it for that."""

    span: Span
    text: str
    schema: str
    how: str
    known: Known | None = None
    key: str = ""
    """What it is compared by: the text, but for a capital that stands for its state."""

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", self.text)


def schema_of(label: str, text: str) -> tuple[str, str] | None:
    """The entity kind for a model's label, corrected by the name's own shape, and how it is known."""
    if label not in LABELS:
        return None
    if gazetteer().is_outlet(text) or _AGENCY.search(text):
        return "Organization", "gazetteer"
    if label in {"ORG", "PERSON", "GPE", "FAC", "PRODUCT"} and _PUBLIC.search(text):
        return ("Organization" if _NO_STATE.search(text) else "PublicBody"), "rule"
    if label in {"ORG", "PERSON", "GPE"} and _COMPANY.search(text):
        return "Company", "rule"
    if label == "PERSON" and any(word in gazetteer().bodies for word in words(text)[1:]):
        return "Organization", "rule"
    return LABELS[label], "model"


class Kinds:
    """The weights of the kinds that each form of a text may be of."""

    def __init__(self, found: Sequence[Name], text: str, outlets: Iterable[str]) -> None:
        self._text = text
        self._outlets = frozenset(outlets)
        self._vocabulary = frozenset(re.findall(r"\w+", text))
        self._at_sea = sum(things().nouns.get(word) == "Vessel" for word in self._vocabulary) >= _SHIPS
        self._pointers = [shape.start() for shape in _THE_FIRM.finditer(text)]
        self.weights = {form: self._weigh(form, held) for form, held in _by_form(found).items()}
        for one in found:
            if one.schema == "PublicBody" and (of := _POSSESSOR.match(one.text)) and of[1] in self.weights:
                _add(self.weights[of[1]], "Country", _GIVEN)
        self._share_in_rows(found)
        self._share_surnames(found)
        self.bare = {form for form, weights in self.weights.items() if _is_bare_guess(form, weights)}

    def _weigh(self, form: str, held: Sequence[Name]) -> Weights:
        weights: Weights = {}
        if all(one.how == ADJECTIVE for one in held):
            return {"Country": _SHAPE}
        for one in held:
            weights[one.schema] = max(weights.get(one.schema, 0.0), _of_how(one))
        modelled = Counter(one.schema for one in held if one.how == "model")
        for kind, count in modelled.items():
            _add(weights, kind, min(_MOST, _MODEL * count) - _MODEL)
        if form.lower().removeprefix("the ") in self._outlets or gazetteer().is_outlet(form):
            _add(weights, "Organization", _OUTLET)
        if held[0].known is None and held[0].how != "list":
            self._weigh_unknown(form, held, weights)
        return weights

    def _weigh_unknown(self, form: str, held: Sequence[Name], weights: Weights) -> None:
        """Adds what the text tells of a name that no table and no list has."""
        for one in held:
            for kind, weight in beside(self._text, one.span):
                _add(weights, kind, weight)
            if self._is_pointed_at(one.span.end) and not _is_no_firm(form):
                _add(weights, "Company", _POINTER)
        if self._at_sea and any(one.how not in _OWN_SHAPE and self._has_article(one) for one in held):
            _add(weights, "Vessel", _ARTICLE)
        if len(form) > 3 and any(form + ending in self._vocabulary for ending in DEMONYMS):
            _add(weights, "Country", _GIVEN)
        _add(weights, "Location", _as_town(form))
        place = min(weights.pop(PLACE, 0.0), _MOST_PLACE)
        is_state = weights.get("Country", 0.0) >= _GIVEN or form.endswith(_STATES)
        _add(weights, "Country" if is_state else "Location", place)
        if has_given_name(form):
            _add(weights, "Person", _GIVEN)

    def _has_article(self, one: Name) -> bool:
        return self._text.endswith("the ", 0, one.span.start)

    def _is_pointed_at(self, end: int) -> bool:
        """True where “the company” stands soon after a name."""
        at = bisect_left(self._pointers, end)
        return at < len(self._pointers) and self._pointers[at] - end < _SOON

    def _share_in_rows(self, found: Sequence[Name]) -> None:
        """What stands in a row with names of one kind is likely of that kind: “the Koti and the Mirabel
        II”."""
        for one, other in pairwise(found):
            if one.key != other.key and _ROW.fullmatch(self._text[one.span.end : other.span.start]):
                for form, beside_it in ((one.key, other.key), (other.key, one.key)):
                    kind = self.of(beside_it)
                    if self.weights[beside_it][kind] >= _SHAPE and max(self.weights[form].values()) <= _MOST:
                        _add(self.weights[form], kind, _IN_ROW)

    def _share_surnames(self, found: Sequence[Name]) -> None:
        """A single word that ends a person's full name in the text is that person's."""
        ends = {form.split()[-1] for form in self.weights if " " in form and self.of(form) == "Person"}
        for form in ends & self.weights.keys():
            told = not any(
                kind == PLACE for one in found if one.key == form for kind, _ in beside(self._text, one.span)
            )
            _add(self.weights[form], "Person", _LISTED if told else _GIVEN)

    def but_for(self, kind: str, *forms: str) -> str | None:
        """The heaviest other kind; None where nothing speaks for one."""
        others = Counter(
            {other: w for form in forms for other, w in self.weights[form].items() if other != kind and w > 0}
        )
        return max(others, key=lambda other: (others[other], other), default=None)

    def of(self, *forms: str) -> str:
        """The kind that the forms of one thing are of: the heaviest of all their weights."""
        total: Weights = {}
        for form in forms:
            for kind, weight in self.weights[form].items():
                _add(total, kind, weight)
        best = max(total, key=lambda kind: (total[kind], kind))
        if best == "Organization" and total.get("Company", 0.0) >= _FIRM and total[best] < _OUTLET:
            return "Company"
        return best


def _is_no_firm(form: str) -> bool:
    return not gazetteer().no_firms.isdisjoint(words(form.lower()))


def _add(weights: Weights, kind: str, weight: float) -> None:
    weights[kind] = weights.get(kind, 0.0) + weight


def _by_form(found: Sequence[Name]) -> Mapping[str, list[Name]]:
    held: defaultdict[str, list[Name]] = defaultdict(list)
    for one in found:
        held[one.key].append(one)
    return held


def _of_how(one: Name) -> float:
    if one.how == "list":
        return _LISTED
    if one.known is not None:
        return _TABLE
    return {"rule": _SHAPE, "gazetteer": _GIVEN, "repeat": 0.0, ADJECTIVE: 0.5}.get(one.how, _MODEL)


def _as_town(form: str) -> float:
    known = town(form)
    if known is None:
        return 0.0
    return _TOWN if known.population >= _LARGE else _TOWN / 2


def _is_bare_guess(form: str, weights: Weights) -> bool:
    """True for a single word that nothing but the model takes for a person: it is a body's more often.

    Reports give a person's full name once before the surname stands alone, or a title with it.
    """
    return " " not in form and 0 < weights.get("Person", 0.0) <= _MOST and form.lower() not in given_names()


def has_given_name(form: str) -> bool:
    """True for “Ines Vardholm”: a given name, then no word that a body is called by."""
    parts = form.split()
    if not 2 <= len(parts) <= 4 or parts[0].partition("-")[0].lower() not in given_names():
        return False
    book = gazetteer()
    return not any(word in book.bodies or book.kind_of_noun(word) for word in words(" ".join(parts[1:])))
