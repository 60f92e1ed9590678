"""Material as the program takes it in: groups of real reports, each a case of its own, and invented texts."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from secondsource import Desk
from secondsource.extractor import Extractor
from secondsource.model import Claim, Document, Entity, Mention, Reading
from secondsource.resolve import resolve
from secondsource.text import sha256

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


def told(extractor: Extractor, *reports: tuple[str, str]) -> tuple[list[Document], list[Claim], list[Entity]]:
    """Reports, each a publisher and a text, from days in a row: read, with claims and entities."""
    documents: list[Document] = []
    claims: list[Claim] = []
    mentions: dict[str, list[Mention]] = {}
    for number, (publisher, text) in enumerate(reports):
        day = f"2031-05-{number + 1:02}"
        one = _document(f"{number}.txt", Reading(text, publisher=publisher, published=day))
        found = extractor.extract(one.id, text, publisher=publisher, published=day)
        documents.append(one)
        claims += found.claims
        mentions[one.id] = list(found.mentions)
    return documents, claims, resolve(mentions)


def _document(path: str, read: Reading) -> Document:
    digest = sha256(read.text.encode())
    size = len(read.text.encode())
    return Document(digest, path, "read", None, "text/plain", size, read, digest, "2031-05-09T00:00:00Z")
