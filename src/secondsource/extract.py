"""Documents to claims: each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from secondsource.errors import SecondSourceError
from secondsource.extractor import VERSION, Extractor
from secondsource.extractor.explain import Explained
from secondsource.model import Progress, Reading
from secondsource.store import Store

Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """How many documents were worked through, how many claims they gave, what was refused."""

    documents: int
    claims: int
    problems: tuple[str, ...] = ()


def extract(store: Store, extractor: Extractor, *, progress: Watch | None = None) -> ExtractReport:
    """Claims of every document that this version of the extractor has not seen yet.

    Each document is one transaction, so that stopping keeps what was done.  A document
    that the extractor refuses is named in the report, and stays to be done.  Progress is
    counted in code points, so that one long text is seen to move.
    """
    waiting = store.unextracted(VERSION)
    total = sum(waiting.values())
    done = documents = claims = 0
    problems: list[str] = []
    for id, length in waiting.items():
        document = store.document(id)
        if document is None:
            continue  # taken out by another process since the list was made
        watch = partial(_tell, progress, done, total, document.path) if progress else None
        try:
            extraction = explain_reading(extractor, id, document.reading, watch).extraction
        except SecondSourceError as error:
            problems.append(f"{document.path}: {error}")
        else:
            store.add_extraction(id, extraction, extractor=VERSION)
            documents += 1
            claims += len(extraction.claims)
        done += length
    if progress:
        progress(Progress("extract", done, total))
    return ExtractReport(documents, claims, tuple(problems))


def explain_reading(
    extractor: Extractor, document: str, reading: Reading, watch: Callable[[int, int], None] | None = None
) -> Explained:
    """The claims of one text, with what its file says of its layout, publisher and date, and what made them.

    ``watch`` is told how many code points of how many have been worked through.
    """
    return extractor.explain(
        document,
        reading.text,
        blocks=reading.blocks,
        publisher=reading.publisher,
        published=reading.published,
        progress=watch,
    )


def _tell(progress: Watch, done: int, total: int, name: str, part: int, _: int) -> None:
    progress(Progress("extract", done + part, total, name))
