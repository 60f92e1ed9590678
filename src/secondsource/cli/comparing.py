"""The command that sets two names side by side."""

from __future__ import annotations

from collections.abc import Iterator

import click

from secondsource.cli.options import as_json
from secondsource.cli.output import Line, emit, emit_json


@click.command()
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@click.option("--schema", help="What is named: Person, Company, Vessel…; else the better of two readings.")
@as_json
def compare(one: str, other: str, schema: str | None, as_json: bool) -> None:
    """Compare two names: a score between 0 and 1, and why.

    Resolution and screening compare names in this way.  The score says how alike the names are,
    and not whether one person or body bears both: that is for a person to say.
    """
    from secondsource.comparisons import THRESHOLD, explain

    _check(one, other, schema)
    found, sentences = explain(one, other, schema)
    if as_json:
        answer = {"names": [one, other], "schema": schema, "score": found.score, "threshold": THRESHOLD}
        emit_json([{**answer, "match": found.score >= THRESHOLD, "sentences": list(sentences)}])
    else:
        emit(_lines(found.score, sentences))


def _check(one: str, other: str, schema: str | None) -> None:
    from secondsource import names
    from secondsource.errors import LimitError, SecondSourceError
    from secondsource.screen import KINDS

    if schema is not None and schema not in KINDS:
        raise SecondSourceError(f"unknown kind {schema!r}: known are {', '.join(KINDS)}")
    for name in (one, other):
        if len(name) > names.LONGEST:
            raise LimitError(f"a name of {len(name):,} characters: the limit is {names.LONGEST}")
        if not names.normalise(name):
            raise SecondSourceError(f"{name!r}: no letter or digit to compare")


def _lines(score: float, sentences: tuple[str, ...]) -> Iterator[Line]:
    yield Line(f"{score:.2f}", style="bold")
    for sentence in sentences:
        yield Line(sentence, 1)
