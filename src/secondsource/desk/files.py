"""What a desk does with files alone: no case is read or made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from secondsource.desk.case import Case
from secondsource.errors import SecondSourceError
from secondsource.model import Claim, Extraction, Progress, Reading
from secondsource.text import sha256

if TYPE_CHECKING:
    from secondsource.evaluate import Tally
    from secondsource.extractor import Extractor
    from secondsource.extractor.explain import Explained
    from secondsource.extractor.pool import Task
    from secondsource.gazetteers import Known
    from secondsource.ingest import Found

Watch = Callable[[Progress], None]
Refused = Callable[[str], None]
Listed = Callable[[str], "Mapping[str, Known]"]


class Files(Case):
    """The claims and texts of files that are in no case."""

    def extract(
        self,
        paths: Iterable[str | Path],
        *,
        refused: Refused | None = None,
        progress: Watch | None = None,
    ) -> Iterator[tuple[str, Claim]]:
        """The claims of files, each with its path; no case is read or made.

        ``refused`` is told of each file that gives no text; without it the first one is
        raised, as ReadError, Empty or LimitError.
        """
        for path, extraction in self.extractions(paths, refused=refused, progress=progress):
            yield from ((path, claim) for claim in extraction.claims)

    def extractions(
        self,
        paths: Iterable[str | Path],
        *,
        refused: Refused | None = None,
        progress: Watch | None = None,
        listed: Listed | None = None,
    ) -> Iterator[tuple[str, Extraction]]:
        """As `extract`, a file at a time, with its names; as many at once as ``config.jobs`` says.

        ``listed`` gives the names of lists in a text, as `Desk.listed` does of a case.
        """
        from secondsource.extractor.pool import extractions

        tasks, watch = self._tasks(paths, refused, listed), partial(_tell, progress) if progress else None
        for task, found in extractions(self._extractor, tasks, self.config.jobs, watch):
            if not isinstance(found, SecondSourceError):
                yield task.name, found
            elif refused is None:
                raise found
            else:
                refused(str(found))

    def explain(
        self, paths: Iterable[str | Path], *, refused: Refused | None = None
    ) -> Iterator[tuple[str, Explained]]:
        """As `extract`, a file at a time, with what made its claims and what almost was one."""
        from secondsource.extract import explain_task

        for task in self._tasks(paths, refused):
            yield task.name, explain_task(self._extractor, task)

    def _tasks(
        self, paths: Iterable[str | Path], refused: Refused | None = None, listed: Listed | None = None
    ) -> Iterator[Task]:
        from secondsource.extractor.pool import Task
        from secondsource.ingest import find

        for found in find(paths):
            try:
                document, reading = self._read(found, self.config.text_limit)
            except SecondSourceError as error:
                if refused is None:
                    raise
                refused(found.reason or str(error))
            else:
                yield Task(document, str(found.path), reading, listed(reading.text) if listed else {})

    def evaluate(self, folder: str | Path, *, progress: Watch | None = None) -> list[Tally]:
        """The claims of an annotated folder against its annotations, a tally a document; raises ReadError."""
        from secondsource.evaluate import annotated, score

        return [
            score(one, (claim for _, claim in self.extract([one.path], progress=progress)))
            for one in annotated(Path(folder))
        ]

    def text(self, path: str | Path) -> str:
        """The text of one file as all offsets refer to it; no case is read or made.

        Raises ReadError, Empty or LimitError where the file gives no text.
        """
        from secondsource.ingest import Found

        return self._read(Found(Path(path)))[1].text

    def _read(self, found: Found, text_limit: int | None = None) -> tuple[str, Reading]:
        from secondsource.ingest import load, read_file

        file = load(found, self.config.file_limit)
        return sha256(file.data), read_file(file, text_limit, self.config)

    @cached_property
    def _extractor(self) -> Extractor:
        from secondsource.extractor import Extractor
        from secondsource.gazetteers import read_watch_list

        return Extractor(read_watch_list(self.config.watch) if self.config.watch else None)


def _tell(progress: Watch, task: Task, part: int) -> None:
    progress(Progress("extract", part, len(task.reading.text), task.name))
