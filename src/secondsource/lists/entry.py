"""A designation put together from what a layout tells, and days as layouts write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from secondsource.days import day
from secondsource.model import Designation

Told = Mapping[str, Iterable[str | None]]
"""Values by the field of `Designation` they belong to; ``names`` has the main name first."""

_MANY = ("programmes", "countries", "birth_dates", "identifiers", "addresses", "topics")
_ONE = ("listed", "started")
_DAYS = ("birth_dates", *_ONE)


def entry(id: str, schema: str, told: Told, remarks: str | None = None) -> Designation:
    """The designation, each value once and empty ones left out.  Raises ValueError without a name."""
    found = {name: _distinct(told.get(name, ()), days=name in _DAYS) for name in ("names", *_MANY, *_ONE)}
    if not found["names"]:
        raise ValueError(f"entry {id} has no name")
    return Designation(
        id=id,
        list="",
        name=found["names"][0],
        schema=schema,
        aliases=found["names"][1:],
        remarks=remarks or None,
        listed=min(found["listed"], default=None),
        started=min(found["started"], default=None),
        **{name: found[name] for name in _MANY},
    )


def _distinct(values: Iterable[str | None], *, days: bool) -> tuple[str, ...]:
    words = (day(value) if days else " ".join((value or "").split()) for value in values)
    return tuple(dict.fromkeys(word for word in words if word))


def joined(*parts: str | None, by: str = " ") -> str | None:
    """The parts that say something, in a row."""
    return by.join(part.strip() for part in parts if part and part.strip()) or None
