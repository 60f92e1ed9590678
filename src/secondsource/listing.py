"""The nouns of lists and of screening; `secondsource.model` has them with all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

MatchDecision = Literal["positive", "negative", "unsure"]


@dataclass(frozen=True, slots=True)
class Designation:
    """An entry of a sanctions or watch list, as the list gives it.

    ``listed`` is the day on which it was put on the list, ``started`` the day from which its
    measures hold, where the list tells them apart.  Days are ISO 8601, as exact as the list is.
    ``topics`` are the list's own marks in FollowTheMoney's words, and no finding of this program.
    """

    id: str
    list: str
    name: str
    schema: str
    aliases: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    remarks: str | None = None
    birth_dates: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    listed: str | None = None
    started: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListEntity:
    """An entity of a FollowTheMoney list as the list writes it: a listed one, or one beside it.

    ``properties`` are values by FollowTheMoney's names, ids of other entities among them;
    ``points`` says of each such id the property under which that one shows this entity.
    """

    id: str
    schema: str
    caption: str
    properties: Mapping[str, list[str]]
    datasets: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    target: bool = False
    first_seen: str | None = None
    last_seen: str | None = None
    last_change: str | None = None
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListEdition:
    """One import of a list: which file, from whom, how many entries; ``notes`` are remarks on the file.

    ``published`` is the day the file gives for itself, ``rhythm`` the days after which its
    publisher usually has a newer one, ``version`` what the publisher calls it; None where it is
    not known.  ``programmes`` are those that its designations name.
    """

    name: str
    authority: str
    path: str
    sha256: str
    imported_at: str
    designations: int
    notes: tuple[str, ...] = ()
    layout: str = ""
    published: str | None = None
    licence: str | None = None
    programmes: tuple[str, ...] = ()
    rhythm: int | None = None
    options: tuple[str, ...] = ()
    version: str | None = None


def stale(edition: ListEdition, now: datetime | None = None) -> str | None:
    """Why a list is, or was at ``now``, to be called stale: it is older than its publisher's own rhythm.

    None where it is not, or where that rhythm is not known.
    """
    if edition.rhythm is None:
        return None
    day = edition.published or edition.imported_at[:10]
    try:
        since = datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return None
    age = (now or datetime.now(UTC)) - since
    if age <= timedelta(days=edition.rhythm + 1):
        return None
    usual = f"a newer one usually comes within {edition.rhythm}"
    return f"{edition.name} is of {day}, {age.days} days old; {usual}"


@dataclass(frozen=True, slots=True)
class ListMention:
    """A listed name in a text: its place in code points, its words there, and the entry that bears it.

    A mention, and no verdict: whether the text means the listed one is for a person to say.
    """

    start: int
    end: int
    text: str
    name: str
    list: str
    id: str


@dataclass(frozen=True, slots=True)
class Match:
    """A *potential* match of a name with a designation: a score, and the sentences behind it."""

    query: str
    designation: Designation
    name: str
    score: float
    match: bool
    reasons: tuple[str, ...]
    judgement: str | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """One screened name, what it met, and against which editions of which lists."""

    id: str
    query: str
    schema: str | None
    results: tuple[Match, ...]
    lists: tuple[ListEdition, ...]
    at: str
    algorithm: str = ""
    threshold: float = 0.7
    limit: int = 5
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchJudgement:
    """What a person decided of a name and an entry: ``positive`` (the same), ``negative``, ``unsure``."""

    query: str
    list: str
    designation: str
    decision: MatchDecision
    reason: str
    by: str
    at: str
