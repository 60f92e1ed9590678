"""Commands that show how reports hang together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from secondsource.cli.options import as_json, on_case
from secondsource.cli.output import Line, emit, emit_json

if TYPE_CHECKING:
    from secondsource.desk import Desk
    from secondsource.provenance import Account, Derivation, Drift

HOWS = {
    "citation": "cites",
    "credit": "credits",
    "link": "says that it is based on",
    "release": "reports a release,",
    "republication": "repeats word for word",
    "rewriting": "reworks",
    "paraphrase": "says in other words what is in",
    "statement": "rests on what was said by",
}


@click.command()
@as_json
@on_case
def derivations(desk: Desk, as_json: bool) -> None:
    """What every document derives from, with the words that show it.

    From another document of the case by its path, else from the outlet or body that is named.
    """
    from secondsource.contract import derivation_to_json

    found, paths = desk.derivations(), desk.paths()
    if as_json:
        emit_json(derivation_to_json(one, paths) for one in found)
    else:
        emit(_derivations(found, paths) if found else [Line("No document is known to derive from another.")])


@click.command()
@click.argument("question", required=False)
@as_json
@on_case
def drift(desk: Desk, question: str | None, as_json: bool) -> None:
    """What copies say more, or otherwise, than their originals.

    Dropped attributions and hedges, "able to" made a deed, some made all, figures altered, a
    part made the whole, "not aware" made a denial, words given to another, details added: each as a
    pair of quotations in which [what changed] stands in brackets.  With a QUESTION, by its
    id, only what bears on it.
    """
    from secondsource.contract import drift_to_json
    from secondsource.errors import NotFound
    from secondsource.model import Question

    asked = desk.show(question) if question else None
    if asked is not None and not isinstance(asked, Question):
        raise NotFound(f"{question}: that is no question")
    found, paths = desk.drift(asked), desk.paths()
    if as_json:
        emit_json(drift_to_json(one, paths) for one in found)
    else:
        emit(
            drift_lines(desk, found, paths)
            if found
            else [Line("No drift was found between reports of one chain.")]
        )


def _derivations(found: Iterable[Derivation], paths: Mapping[str, str]) -> Iterator[Line]:
    last = ""
    for one in found:
        if paths[one.document] != last:
            last = paths[one.document]
            yield Line(last, style="bold")
        whom = paths.get(one.parent or "", one.source) if one.parent else one.source
        unsure = "" if one.directed else " (which came first is not known)"
        yield Line(f"{HOWS[one.how]} {whom} · {one.score:.2f}{unsure}", 1)
        yield from (
            Line(f"“{' '.join(words.text.split())}” [{_span(words.spans)}]", 2, "dim")
            for words in one.excerpts[:3]
        )


def drift_lines(desk: Desk, found: Iterable[Drift], paths: Mapping[str, str]) -> Iterator[Line]:
    """Each change with its two quotations, marked, and where they stand."""
    for one in found:
        yield Line(f"{one.kind.capitalize()}: {one.change}", style="bold")
        for account in (one.origin, one.copy):
            yield Line(f"{account.source or 'own voice'}: “{_marked(desk, account)}”", 1)
            yield Line(f"{paths[account.document]} [{_span(account.excerpt.spans)}]", 2, "dim")
        yield Line()


def _marked(desk: Desk, account: Account) -> str:
    from secondsource.templates.marking import marked

    pieces = marked(desk.document(account.document).text, account)
    return " ".join("".join(f"[{words}]" if changed else words for words, changed in pieces).split())


def _span(spans: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"{start}–{end}" for start, end in spans)
