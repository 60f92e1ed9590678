"""The annotated groups of real reports, each taken through the program into a case of its own."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from secondsource import Desk

SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", Path(__file__).parent.parent.parent / "shared"))


def groups() -> Iterator[tuple[dict[str, Any], Desk, dict[str, str]]]:
    """Each group's gold, the desk of its case, and its documents' three digits by their ids."""
    folder = SHARED / "corpus"
    for path in sorted((folder / "groups").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        files = [folder / "docs" / f"{document['id']}.txt" for document in gold["docs"]]
        with tempfile.TemporaryDirectory() as place, Desk(Path(place) / "case") as desk:
            desk.ingest([file for file in files if file.exists()])
            yield gold, desk, {id: Path(name).stem for id, name in desk.paths().items()}
