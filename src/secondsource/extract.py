"""Documents to claims: each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from secondsource.errors import SecondSourceError
from secondsource.extractor import Extractor, version, versions
from secondsource.extractor.explain import Explained
from secondsource.extractor.pool import Task, extractions
from secondsource.gazetteers import Known
from secondsource.model import Progress
from secondsource.store import Store

Watch = Callable[[Progress], None]
Listed = Callable[[str], Mapping[str, Known]]
"""The names of lists that a text holds, as it writes them, each with what the list says it is."""


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """How many documents were worked through, how many claims they gave, what was refused."""

    documents: int
    claims: int
    problems: tuple[str, ...] = ()


def extract(
    store: Store,
    extractor: Extractor,
    *,
    listed: Listed | None = None,
    jobs: int = 1,
    progress: Watch | None = None,
) -> ExtractReport:
    """Claims of every document that this version of the extractor has not seen yet.

    Each document is one transaction, so that stopping keeps what was done.  A document
    that the extractor refuses is named in the report, and stays to be done.  ``listed`` gives the
    names of lists in a text, ``jobs`` is how many processes may read at once.  Progress is
    counted in code points, so that one long text is seen to move where one process reads.
    """
    waiting = store.unextracted(*versions())
    total = sum(waiting.values())
    done = documents = claims = 0
    problems: list[str] = []

    def watch(task: Task, part: int) -> None:
        if progress:
            progress(Progress("extract", done + part, total, task.name))

    for task, found in extractions(extractor, _tasks(store, waiting, listed), jobs, watch):
        if isinstance(found, SecondSourceError):
            problems.append(f"{task.name}: {found}")
        else:
            store.add_extraction(task.document, found, extractor=version(found))
            documents += 1
            claims += len(found.claims)
        done += waiting[task.document]
    if progress:
        progress(Progress("extract", done, total))
    return ExtractReport(documents, claims, tuple(problems))


def _tasks(store: Store, waiting: Mapping[str, int], listed: Listed | None) -> Iterator[Task]:
    """The documents to be done, but for those that another process took out since the list was made."""
    for id in waiting:
        document = store.document(id)
        if document is not None:
            yield Task(id, document.path, document.reading, listed(document.text) if listed else {})


def explain_task(extractor: Extractor, task: Task) -> Explained:
    """The claims of one text, and what made them."""
    reading = task.reading
    return extractor.explain(
        task.document,
        reading.text,
        blocks=reading.blocks,
        publisher=reading.publisher,
        published=reading.published,
    )
