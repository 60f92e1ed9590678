"""FollowTheMoney entities by example as names to screen, and matches as yente gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from secondsource import names
from secondsource.countries import as_codes
from secondsource.days import day
from secondsource.ftm import designation
from secondsource.model import JSON, ListEdition, Match
from secondsource.screen import KINDS, Asked
from secondsource.screen.qualifiers import Qualifiers

MATCHABLE = tuple(kind for kind in KINDS if kind != "Thing")
MOST_NAMES = 5
"""Names of one query that are screened; more are aliases that add time and nothing else."""

_NAMES = ("name", "alias", "previousName", "weakAlias")
_BORN = ("birthDate", "incorporationDate")
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction")
_NUMBERS = (
    "idNumber", "passportNumber", "registrationNumber", "taxNumber", "innCode", "ogrnCode", "leiCode",
    "imoNumber", "mmsi", "swiftBic",
)  # fmt: skip

Values = str | int | float | bool | None | list[str | int | float | None]


class Example(BaseModel):
    """What is asked for: an entity by example, a property being one value or several."""

    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    schema_: Annotated[str, Field(alias="schema")]
    properties: dict[str, Values] = Field(default_factory=dict)

    def cleaned(self) -> dict[str, list[str]]:
        """The properties with every value as text, countries by their codes; empty ones and dates that
        cannot be read are left out."""
        found = {name: list(_texts(values)) for name, values in self.properties.items()}
        found |= {name: list(as_codes(found[name])) for name in _COUNTRIES if name in found}
        found |= {name: list(filter(None, map(day, found[name]))) for name in _BORN if name in found}
        return {name: values for name, values in found.items() if values}


def _texts(values: Values) -> Iterator[str]:
    for value in values if isinstance(values, list) else [values]:
        if value is not None and str(value).strip():
            yield str(value).strip()


def asked(properties: Mapping[str, list[str]], schema: str) -> list[Asked]:
    """The names of an example, each with what else the example tells; those that name nobody left out."""
    known = Qualifiers(
        tuple(filter(None, map(day, _of(properties, _BORN)))),
        tuple(_of(properties, _COUNTRIES)),
        tuple(_of(properties, _NUMBERS)),
    )
    texts = dict.fromkeys(text[: names.LONGEST] for text in _of(properties, _NAMES))
    said = [text for text in texts if names.normalise(text)]
    return [Asked(text, schema, known) for text in said[:MOST_NAMES]]


def _of(properties: Mapping[str, list[str]], wanted: Iterable[str]) -> Iterator[str]:
    return (value for name in wanted for value in properties.get(name, ()))


def scored(match: Match, editions: Mapping[str, ListEdition]) -> JSON:
    """A match as yente gives it: the entity, its score, and why."""
    name, *others = match.reasons
    features: dict[str, Any] = {
        "name_match": _feature(match.score, name, match.query, match.name),
        **{f"reason_{at}": _feature(0.0, reason) for at, reason in enumerate(others, 1)},
    }
    told = {"score": match.score, "match": match.match, "explanations": features}
    return {**designation(match.designation, editions), **told}


def _feature(score: float, detail: str, query: str | None = None, candidate: str | None = None) -> JSON:
    return {"score": score, "detail": detail, "query": query, "candidate": candidate, "weight": 1.0}
