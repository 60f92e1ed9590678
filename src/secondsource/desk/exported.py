"""The log of screenings as a file to hand over: JSON lines, or a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from secondsource.errors import SecondSourceError
from secondsource.model import JSON, Match, MatchJudgement, Screening
from secondsource.records import to_json
from secondsource.text import harmless

COLUMNS = (
    "kind", "id", "at", "query", "schema", "birth_dates", "countries", "identifiers", "algorithm",
    "threshold", "limit", "lists", "list", "entry", "caption", "name", "score", "potential_match",
    "judgement", "by", "reasons",
)  # fmt: skip
_AND = "; "


def write(path: Path, screenings: Iterable[Screening], judgements: Iterable[MatchJudgement]) -> None:
    """Every screening and judgement, in the format that the file's name asks for.

    Raises SecondSourceError for another format, and where the disk refuses.
    """
    kinds = {".jsonl": _lines, ".ndjson": _lines, ".json": _lines, ".csv": _table}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise SecondSourceError(f"{path}: ends in neither .jsonl nor .csv")
    try:
        kind(path, screenings, judgements)
    except OSError as error:
        raise SecondSourceError(f"{path} cannot be written: {error.strerror}") from error


def _lines(path: Path, screenings: Iterable[Screening], judgements: Iterable[MatchJudgement]) -> None:
    rows = chain(
        ({"kind": "screening", **to_json(one)} for one in screenings),
        ({"kind": "judgement", **to_json(one)} for one in judgements),
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _table(path: Path, screenings: Iterable[Screening], judgements: Iterable[MatchJudgement]) -> None:
    rows = chain(chain.from_iterable(map(_results, screenings)), map(_judgement, judgements))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for row in rows:
            table.writerow([harmless(row.get(column, "")) for column in COLUMNS])


def _results(screening: Screening) -> Iterator[JSON]:
    """A row for each result; one that met nothing has a row of its own."""
    told = {
        "kind": "screening",
        "id": screening.id,
        "at": screening.at,
        "query": screening.query,
        "schema": screening.schema or "",
        "algorithm": screening.algorithm,
        "threshold": str(screening.threshold),
        "limit": str(screening.limit),
        "lists": _AND.join(f"{one.name} sha256:{one.sha256}" for one in screening.lists),
    }
    told |= {
        name: _AND.join(getattr(screening, name)) for name in ("birth_dates", "countries", "identifiers")
    }
    yield from ({**told, **_match(one)} for one in screening.results)
    if not screening.results:
        yield told


def _match(one: Match) -> JSON:
    return {
        "list": one.designation.list,
        "entry": one.designation.id,
        "caption": one.designation.name,
        "name": one.name,
        "score": str(one.score),
        "potential_match": "yes" if one.match else "no",
        "judgement": one.judgement or "",
        "reasons": " ".join(one.reasons),
    }


def _judgement(one: MatchJudgement) -> JSON:
    return {
        "kind": "judgement",
        "at": one.at,
        "query": one.query,
        "list": one.list,
        "entry": one.designation,
        "judgement": one.decision,
        "by": one.by,
        "reasons": one.reason,
    }
