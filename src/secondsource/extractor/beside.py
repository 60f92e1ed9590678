"""What the words beside a name say it is: “the tanker Koti”, “Kupol's factory”, “in Quelmar”, “Lee, 45,”."""

from __future__ import annotations

import re

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.things import things
from secondsource.model import Span

_REACH, _AHEAD = 70, 120
_BEFORE = re.compile(r"(?P<word>[\w/-]+)(?P<gap>,? (?:the )?[“\"'‘«]?|['’]s )$")
_OF = re.compile(r"\b(?P<word>[\w-]+) of (?:the )?[“\"'‘«]?$")
_HEAD_OF = re.compile(
    r"\b(?:[Hh]ead|[Cc]hief|[Cc]hair(?:man|woman)?|[Dd]irector|[Mm]ember|[Ss]pokes(?:wo)?man|[Mm]inister"
    r"|[Pp]resident) of (?:the )?(?:[\w-]+ ){1,3}$"
)
_HOLDS = re.compile(
    r"(?:^|[.,;:“”\"] )(?:The |the )?(?P<post>[a-z -]+?) (?:of|at|for|in) [^.,;:“”\"]{2,50}, $"
)
_CALLED = re.compile(r"\b(?:city|town|village|port|capital|province|island|region|district|suburb) of $")
_STATE = re.compile(
    r"\b(?:government|president|parliament|republic|ministry|embassy|army|people|state|registry|flag"
    r"|coast) of $"
)
_HAS = re.compile(r"[”\"’»]?(?:'s|’s) (?P<one>[\w-]+)(?: (?P<two>[\w-]+))?")
_BASED = re.compile(r"-(?:based|born|flagged|registered|owned)\b")
_AFTER = re.compile(r"[”\"’»]? (?P<one>[\w/-]+)(?: (?P<two>[\w-]+))?")
_APPOSED = re.compile(
    r"[”\"’»]?(?:,| \(| is| was| –| —| -) (?P<words>(?:an?|the|one of|its|his|her|their) "
    r"[^,.;:()]{1,70})(?=[,.;:)–—]|$)"
)
_STOP = re.compile(r"\b(?:in|of|for|from|with|that|which|who|whose|based|by|to|at|on|near|since|under)\b")
_VERB = re.compile(r"\b(?:was|were|is|are|has|had|have|said|says|told|will|would|could|can|did|does)\b")
_AGE = re.compile(r",? (?:aged? )?\d\d(?:,|\)| years)|,? (?:who|whose wife)\b")
_SAID = (
    r"(?:,[^,.;]{1,60},)? (?:(?:also|later|then|\w+ly) )?(?:said|says|told [\w ]{1,30}|denie[sd]"
    r"|insist(?:s|ed)|added|stated"
    r"|claim(?:s|ed)|announced|confirmed|maintain(?:s|ed)) (?:that )?"
)
_IT = re.compile(_SAID + r"(?:it|its)\b|, (?:which|whose parent|whose owners)\b")
_HE = re.compile(_SAID + r"(?:he|she|his|her)\b")
PLACE = "Place"
"""What a preposition tells: a place, be it a state or a town."""

_NEAR, _APART, _POINTER = 3.0, 1.5, 0.8


def beside(text: str, span: Span) -> list[tuple[str, float]]:
    """The kinds that the words around ``span`` tell, each with its weight."""
    before, after = text[max(0, span.start - _REACH) : span.start], text[span.end : span.end + _AHEAD]
    held = (shape := _OF.search(before)) and shape["word"].lower() in gazetteer().roles
    told = [one for one in _after(after) if not held or one[0] != "Person"]  # "the director of X, … his"
    return [*_before(before, after), *told]


def _before(before: str, after: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    if shape := _BEFORE.search(before):
        word, gap = shape["word"].lower(), shape["gap"]
        kind = things().nouns.get(word) or ("Person" if word in gazetteer().roles else None)
        if (
            kind
            and (kind == "Person" or shape["word"].islower())
            and not gap.startswith(",")
            and "s" not in gap[:2]
        ):
            headed = kind in {"PublicBody", "Organization"} and _HEAD_OF.search(before)
            found.append(("Person" if headed else kind, _NEAR))
        elif kind in {"Person", "Vessel", "Company"} and gap.startswith(",") and after[:1] == ",":
            found.append((kind, _APART))
        elif gap == ", " and after[:1] == "," and (shape := _HOLDS.search(before)) and _is_held(shape):
            found.append(("Person", _APART))
        elif gap == " " and word in things().places:
            found.append((PLACE, things().places[word]))
        if gap.endswith("the ") and before.endswith("the "):
            found.append(("Person", -2.0))
    if _CALLED.search(before):
        found.append(("Location", _NEAR))
    elif _STATE.search(before):
        found.append(("Country", _NEAR))
    elif (shape := _OF.search(before)) and (kind := things().belongings.get(shape["word"].lower())):
        found.append((kind, _APART))
    return found


def _is_held(shape: re.Match[str]) -> bool:
    """True for what one person is, in "The director of Varn Trade, Milo Staff, said"."""
    return shape["post"].split()[-1] in gazetteer().roles


def _after(after: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    if shape := _HAS.match(after):
        kind = things().belongings.get(shape["one"].lower()) or things().belongings.get(
            (shape["two"] or "").lower()
        )
        found += [(kind, _APART)] if kind else []
    elif shape := _AFTER.match(after):
        word = shape["one"].lower()
        kind = things().nouns.get(word)
        if kind and kind != "Person":
            found.append((kind, _APART))
        elif kind := things().verbs.get(word):
            found.append((kind, _POINTER))
    if shape := _APPOSED.match(after):
        found += [(kind, _NEAR)] if (kind := apposed(shape["words"])) else []
    if _BASED.match(after):
        found.append(("Location", _NEAR))
    if _AGE.match(after) or _HE.match(after):
        found.append(("Person", _NEAR))
    elif _IT.match(after):
        found.append(("Organization", _APART))
    return found


def apposed(phrase: str) -> str | None:
    """The kind that a noun phrase names: “a subsidiary of the state arms maker” is a subsidiary; None
    for a clause."""
    stop, verb = _STOP.search(phrase), _VERB.search(phrase)
    if verb and not (stop and stop.start() < verb.start()):
        return None
    told = [
        kind
        for word in re.findall(r"[\w/-]+", phrase[: stop.start() if stop else None].lower())
        if (kind := things().nouns.get(word) or ("Person" if word in gazetteer().roles else None))
    ]
    return told[-1] if told else None
