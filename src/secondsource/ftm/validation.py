"""What FollowTheMoney itself says of what we write, where its library is installed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from secondsource.errors import SecondSourceError
from secondsource.model import JSON


@cache
def _library() -> Any:
    try:
        return import_module("followthemoney")
    except ImportError:
        raise SecondSourceError(
            "checking by FollowTheMoney needs its library: pip install 'secondsource[ftm]'"
        ) from None


def flaws(row: JSON) -> Iterator[str]:
    """What the library finds wrong with an entity, a sentence each; none where all of it is as it should be.

    Raises SecondSourceError where the library is not installed.
    """
    model = _library().model
    schema = model.get(row["schema"])
    if schema is None or schema.abstract:
        yield f"{row['id']}: {row['schema']} is no kind of thing"
        return
    yield from (
        f"{row['id']}: {prop} is missing" for prop in schema.required if not row["properties"].get(prop)
    )
    for name, values in row["properties"].items():
        prop = schema.properties.get(name)
        if prop is None or prop.stub:
            yield f"{row['id']}: a {row['schema']} has no {name}"
        else:
            yield from (
                f"{row['id']}: {name}: {value!r} is no {prop.type.name}"
                for value in values
                if prop.type.clean(value) != value or len(value) > prop.max_length
            )
