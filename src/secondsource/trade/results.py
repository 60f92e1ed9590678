"""What a screening made of the kept rows of a table, beside the case and made anew each time.

One JSON file a table, under ``trade/`` in the folder of the case, named by the SHA-256 of the
table's bytes.  The rows themselves are evidence and stand in the case; this is our reading of them.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from secondsource.errors import CaseError
from secondsource.trade.parties import Potential
from secondsource.trade.screening import Screened, ScreenedRow
from secondsource.trade.signals import Found


def save(case: Path, screened: Screened) -> None:
    """Put a screening in the place of an earlier one of the same table.

    Raises CaseError where the disk refuses.
    """
    folder = case / "trade"
    target = folder / f"{screened.sha256}.json"
    try:
        folder.mkdir(exist_ok=True)
        beside = target.with_suffix(".part")
        beside.write_text(json.dumps(asdict(screened), ensure_ascii=False), "utf-8")
        os.replace(beside, target)
    except OSError as error:
        raise CaseError(f"{target}: cannot be written: {error.strerror}") from error


def saved(case: Path) -> list[Screened]:
    """The screenings of a case, by the names of their tables; one that cannot be read is passed over."""
    found = (_read(path) for path in (case / "trade").glob("*.json"))
    return sorted((one for one in found if one), key=lambda one: (one.path, one.sha256))


def _read(path: Path) -> Screened | None:
    try:
        return _from_json(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None  # of another version, or half gone: screening the table again makes it anew


def _from_json(data: dict[str, Any]) -> Screened:
    rows = tuple(ScreenedRow(number, tuple(cells), _found(found)) for number, cells, found in data["rows"])
    lists = {name: tuple(data[name]) for name in ("header", "problems", "lists")}
    return Screened(**{**data, **lists, "rows": rows})


def _found(values: list[Any]) -> Found:
    score, reasons, code, tier, matches = values
    return Found(score, tuple(reasons), code, tier, {side: Potential(*one) for side, one in matches.items()})
