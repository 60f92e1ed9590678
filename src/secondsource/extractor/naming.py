"""What kind of thing a name is, from the words beside it before any model's guess.

A small model takes an unknown state for a person and a company for a town.  The text
says better: "Oshmara's foreign ministry" is a state's, "the port of Quelmar" is a place,
"Ann Lee, the director" is a person, and what documents are "reviewed by" is an outlet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from secondsource.extractor.gazetteer import gazetteer, given_names
from secondsource.model import Span
from secondsource.text import words

PLACES = frozenset({"Country", "Location"})
_BODIES = frozenset({"Company", "Organization"})
_SCHEMAS = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "Country", "LOC": "Location", "FAC": "Location",
    "NORP": "Country", "PRODUCT": "Product", "EVENT": "Event",
}  # fmt: skip
_PUBLIC = re.compile(
    r"\b(?:Ministry|Department|Army|Navy|Police|Treasury|Government|Authority|Agency|Council|Parliament|Guard"
    r"|Service|Commission|Customs|Embassy|Court|Office|Bureau|Directorate|Administration|Forces?|Kremlin"
    r"|White House|ministry)\b"
)
_COMPANY = re.compile(
    r"\b(?:Co|Ltd|Inc|LLC|JSC|OAO|PAO|GmbH|Corp|Corporation|Company|Holding|Works|Industries|Aviation|Trading"
    r"|Machinery)\b|^\w+(?:bank|tech|prom|export|import|avia|energo|neft|gaz|telecom)$"
)
_REACH = 60
_STATE_AFTER = re.compile(
    r"(?:'s|’s) (?:\w+ ){0,2}(?:ministry|minister|government|parliament|president|army|navy|embassy|foreign"
    r"|defen[cs]e|authorities|military)\b"
)
_STATE_BEFORE = re.compile(
    r"\b(?:government|president|parliament|republic|ministry|embassy|army|people|state) of $"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|port of|city of|town of|village of|capital of) $")
_PARTICLES = "van|von|de|der|den|di|da|del|la|le|al|bin|ibn|el"
_PERSON = re.compile(
    r"(?<![\w’'-])(?=(?P<name>(?P<given>[A-Z][a-zà-ÿ]+)(?:-[A-Z][a-zà-ÿ]+)?(?: [A-Z]\.)? "
    rf"(?P<rest>(?:(?:{_PARTICLES}) )*[A-Z][\w’'-]*[a-zà-ÿ](?: [A-Z][\w-]+[a-zà-ÿ])?))(?!\w))"
)
_PERSON_AFTER = re.compile(r",? (?:who|aged?|\d\d,)")
_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "sir",
        "lord",
        "lady",
        "dame",
        "dr",
        "prof",
        "judge",
        "sheikh",
        "imam",
        "rabbi",
    }
)
_DEMONYMS = ("n", "an", "ian", "ese")


@dataclass(frozen=True, slots=True)
class Name:
    """One place where a name stands, with the kind it was taken for and what took it for that."""

    span: Span
    text: str
    schema: str
    how: str


def schema_of(label: str, text: str) -> tuple[str, str] | None:
    """The entity kind for a model's label, corrected by the name's own shape, and how it is known."""
    if label not in _SCHEMAS:
        return None
    if gazetteer().is_outlet(text):
        return "Organization", "gazetteer"
    if label in {"ORG", "PERSON", "GPE", "FAC", "PRODUCT"} and _PUBLIC.search(text):
        return "PublicBody", "rule"
    if label in {"ORG", "PERSON", "GPE"} and _COMPANY.search(text):
        return "Company", "rule"
    if label == "PERSON" and any(word in gazetteer().bodies for word in words(text)[1:]):
        return "Organization", "rule"
    return _SCHEMAS[label], "model"


def agreed(found: Sequence[Name], text: str, outlets: Iterable[str]) -> list[Name]:
    """One kind a name: what the words beside it say, else what most of its mentions were taken for."""
    known, vocabulary = frozenset(outlets), set(re.findall(r"\w+", text))
    told: dict[str, str] = {}
    votes: dict[str, Counter[str]] = {}
    for one in found:
        votes.setdefault(one.text, Counter())[one.schema] += 1
        kind = _told(one, text, known, vocabulary)
        if kind and (one.text not in told or kind != "Location"):
            told[one.text] = kind
    schema = {
        form: told.get(form) or max(count, key=lambda kind: (count[kind], kind))
        for form, count in votes.items()
    }
    _short_for_a_body(schema, told)
    _surnames(schema, told)
    _no_surnames(schema, told, found, text)
    return [
        one if one.schema == schema[one.text] else replace(one, schema=schema[one.text], how="rule")
        for one in found
    ]


_SAID = (
    r"(?:,[^,.;]{1,60},)? (?:\w+ )?(?:said|says|told [\w ]{1,30}|denie[sd]|insist(?:s|ed)|added|stated"
    r"|claim(?:s|ed)|announced|confirmed|maintain(?:s|ed)) (?:that )?"
)
_IT_AFTER = re.compile(_SAID + r"(?:it|its)\b")
_WHICH_AFTER = re.compile(r", (?:which|whose parent|whose owners)\b")
_HE_AFTER = re.compile(_SAID + r"(?:he|she|his|her)\b")
_RANK = re.compile(
    r"^(?:Superintendent|Inspector|Sergeant|Constable|Captain|Colonel|Major|General|Admiral|Lieutenant|Commander"
    r"|Professor|Prof\.?|Doctor|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Lord|Lady|Dame|Judge|Senator|Minister|President|Chancellor"
    r"|Ambassador|Bishop|Father|Rabbi|Imam|Sheikh) [A-Z]"
)


def _told(one: Name, text: str, outlets: frozenset[str], vocabulary: set[str]) -> str | None:
    """What the words beside one mention say it is."""
    form = one.text
    if form.lower().removeprefix("the ") in outlets or gazetteer().is_outlet(form):
        return "Organization"
    before, after = text[max(0, one.span.start - _REACH) : one.span.start], one.span.end
    if _is_person(form, before, text[after : after + _REACH]):
        return "Person"
    if _STATE_AFTER.match(text, after) or _STATE_BEFORE.search(before):
        return "Country"
    if _RANK.match(form) or _HE_AFTER.match(text, after) or _has_given_name(form):
        return "Person"
    if _IT_AFTER.match(text, after) or _WHICH_AFTER.match(text, after):
        return "Organization" if one.schema in {"Person", "Location"} else None
    if " " in form:
        return None
    if any(form + ending in vocabulary for ending in _DEMONYMS):
        return "Country"
    if _PLACE_BEFORE.search(before):
        return "Country" if form.endswith(("land", "stan", "ia")) else "Location"
    return None


def _is_person(form: str, before: str, after: str) -> bool:
    """True where the words beside a name give it an age, a role or a "who"."""
    if _PERSON_AFTER.match(after):
        return True
    if len(form.split()) not in {2, 3}:
        return False
    roles = gazetteer().roles | gazetteer().speakers
    last = words(before)[-1:]
    if last and last[0] in roles and not before.rstrip().endswith((".", ":", ";")):
        return True
    aside = after[1:].split(",")[0] if after.startswith(",") else ""
    return any(word in roles for word in words(aside)[:6])


def _no_surnames(schema: dict[str, str], told: Mapping[str, str], found: Sequence[Name], text: str) -> None:
    """A single word that the model took for a person, of whom the text has no fuller name, is a body's.

    Reports give a person's full name once before the surname stands alone, or a title with it.
    """
    ends = {form.split()[-1] for form, kind in schema.items() if kind == "Person" and " " in form}
    titled = {one.text for one in found if _word_before(one, text) in _TITLES | gazetteer().roles}
    for form, kind in schema.items():
        alone = kind == "Person" and " " not in form and form not in ends | titled and form not in told
        if alone and form.lower() not in given_names():
            schema[form] = "Organization"


def _word_before(one: Name, text: str) -> str:
    return next(iter(words(text[max(0, one.span.start - _REACH) : one.span.start])[-1:]), "")


def persons(text: str) -> Iterator[tuple[int, int]]:
    """Where a person's name stands, told by its given name ("Ines Vardholm", "Dr. Ulf van Thorn")."""
    for shape in _PERSON.finditer(text):
        given, rest = shape["given"], shape["rest"]
        if given.lower() in given_names() and _has_given_name(f"{given} {rest}"):
            yield shape.span("name")


def _has_given_name(form: str) -> bool:
    """True for "Ines Vardholm": a given name, then no word that a body is called by."""
    parts = form.split()
    if not 2 <= len(parts) <= 4 or parts[0].partition("-")[0].lower() not in given_names():
        return False
    book = gazetteer()
    return not any(word in book.bodies or book.kind_of_noun(word) for word in words(" ".join(parts[1:])))


def _short_for_a_body(schema: dict[str, str], told: Mapping[str, str]) -> None:
    """A short name taken for a place is a body's, unless the text says it is a place."""
    for form in [form for form, kind in schema.items() if kind in PLACES and " " not in form]:
        whole = next((o for o in schema if o.startswith(f"{form} ") and schema[o] in _BODIES), None)
        if whole and form not in told and form.lower() not in gazetteer().states:
            schema[form] = schema[whole]


def _surnames(schema: dict[str, str], told: Mapping[str, str]) -> None:
    """A single word that ends one person's full name in the text is that person's."""
    ends = Counter(form.split()[-1] for form, kind in schema.items() if kind == "Person" and " " in form)
    for form in schema:
        if ends[form] and told.get(form, "Person") == "Person":
            schema[form] = "Person"
