"""Long work on a case as any process can watch it, and files that wait to be taken in.

Whoever works on a case writes how far it is into ``progress.json`` beside it, some times a second.
Files that come through the browser wait in ``incoming/`` until they are in the case, so that work
that was cut off is carried on with: nothing twice, nothing lost.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import time
from typing import IO, TYPE_CHECKING

from secondsource.desk.case import Case
from secondsource.errors import LimitError
from secondsource.model import Discrepancy, Progress
from secondsource.text import sha256

if TYPE_CHECKING:
    from secondsource.ingest import Found

Watch = Callable[[Progress], None]

FILE = "progress.json"
INCOMING = "incoming"
ASKED = "incoming/.asked"
EVERY = 0.25  # seconds between two writings
MIB = 1 << 20
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]")


@dataclass(frozen=True, slots=True)
class Work:
    """How far the work on a case is.

    ``since`` is when its stage began and ``updated`` when this was written, in seconds of the epoch;
    ``done`` of ``total`` are files while reading, and code points while claims are looked for.
    """

    pid: int
    stage: str
    done: int
    total: int
    name: str
    since: float
    updated: float
    problems: dict[str, dict[str, int]]
    finished: bool = False

    @property
    def running(self) -> bool:
        """True while the process that works is alive."""
        return not self.finished and alive(self.pid)

    @property
    def interrupted(self) -> bool:
        """True where the process ended before the work did."""
        return not self.finished and not alive(self.pid)

    @property
    def rate(self) -> float:
        """How many a second, since the stage began."""
        return self.done / max(self.updated - self.since, 0.001) if self.done else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until the stage is done at this rate; None while nothing can be said."""
        return (self.total - self.done) / self.rate if self.rate else None


def alive(pid: int) -> bool:
    """True where there is a process with that id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # there is one, of somebody else
        return True
    return True


class Watcher:
    """Writes what it is told of to a case's progress file, and tells it on."""

    def __init__(self, folder: Path, inner: Watch | None) -> None:
        self._file, self._inner = folder / FILE, inner
        self._work = Work(os.getpid(), "read", 0, 0, "", time(), 0.0, {})

    def __call__(self, step: Progress) -> None:
        if self._inner:
            self._inner(step)
        now, work = time(), self._work
        new = step.stage != work.stage
        problems = {**work.problems, **({step.stage: dict(step.problems)} if step.problems else {})}
        self._work = Work(
            work.pid,
            step.stage,
            step.done,
            step.total,
            step.name,
            now if new else work.since,
            now if new or now - work.updated >= EVERY else work.updated,
            problems,
        )
        if self._work.updated == now:
            self._write(self._work)

    def finish(self) -> None:
        """Say that the work is done."""
        self._write(Work(**{**asdict(self._work), "updated": time(), "finished": True}))

    def _write(self, work: Work) -> None:
        with suppress(OSError):  # a disk that is full shows when something is stored, not here
            beside = self._file.with_suffix(f".{work.pid}")
            said = json.dumps(asdict(work))
            beside.write_text(f"{said}\n{sha256(said.encode())}\n", "utf-8")
            beside.replace(self._file)


class Working(Case):
    """The work on a case."""

    @contextmanager
    def watched(self, progress: Watch | None) -> Iterator[Watch]:
        """A watch that others can read; work within work shares the outer one."""
        if isinstance(progress, Watcher):
            yield progress
            return
        watcher = Watcher(self.path, progress)
        yield watcher
        watcher.finish()

    def work(self) -> Work | None:
        """How far the last work on the case is; None where nothing was written of any."""
        try:
            said, _, digest = (self.path / FILE).read_text("utf-8").partition("\n")
            return Work(**json.loads(said)) if digest == f"{sha256(said.encode())}\n" else None
        except (OSError, ValueError, TypeError):
            return None

    def altered_progress(self) -> list[Discrepancy]:
        """The progress file, where it is not as the program wrote it."""
        if not (self.path / FILE).is_file() or self.work():
            return []
        return [Discrepancy("progress", FILE, "is not as the program wrote it; it holds no evidence")]

    def uploads(self) -> list[str]:
        """The names of files that wait to be taken in."""
        folder = self.path / INCOMING
        return [path.name for path in sorted(folder.glob("*/*")) if not path.name.startswith(".")]

    @property
    def pending(self) -> bool:
        """True where work was asked for through the browser and is not done."""
        return bool(self.uploads()) or (self.path / ASKED).exists()

    def ask_for_work(self) -> None:
        """Note that work is wanted, until `take_in` has done it."""
        (self.path / INCOMING).mkdir(exist_ok=True)
        (self.path / ASKED).touch()

    def work_is_done(self) -> None:
        """Note that no work is wanted any more."""
        (self.path / ASKED).unlink(missing_ok=True)

    def put_aside(self, files: Iterator[tuple[str, IO[bytes]]], batch: str) -> list[str]:
        """Keep files until they are taken in; the names under which they wait.

        Raises LimitError for one that is larger than ``config.file_limit``; then none is kept.
        """
        self.store(create=True)
        folder = self.path / INCOMING / batch
        making = folder.with_name(f".{batch}")
        making.mkdir(parents=True)
        try:
            for number, (name, content) in enumerate(files):
                self._aside(making / safe_name(name, number, making), name, content)
            making.replace(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return sorted(path.name for path in folder.iterdir())

    def _aside(self, path: Path, name: str, content: IO[bytes]) -> None:
        left = self.config.file_limit
        with path.open("wb") as target:
            while part := content.read(MIB):
                left -= len(part)
                if left < 0:
                    most = self.config.file_limit / MIB
                    raise LimitError(
                        f"{name} is larger than {most:.0f} MiB, the most that a file may have here "
                        "(SECONDSOURCE_FILE_LIMIT_MB sets this). None of these files was taken in."
                    )
                target.write(part)

    def waiting(self) -> Iterator[Found]:
        """The files that wait."""
        from secondsource.ingest import find

        for folder in sorted((self.path / INCOMING).glob("[!.]*")):
            found = list(find([folder]))
            if not any(one.path != folder for one in found):
                shutil.rmtree(folder, ignore_errors=True)  # all of it is in the case
            yield from (one for one in found if one.path != folder)

    def take(self, waiting: list[Found], tell: Watch) -> None:
        """Take in files that wait, each out of its folder once it is stored."""
        from secondsource.ingest import ingest, load

        problems: dict[str, int] = {}
        for done, found in enumerate(waiting):
            name = found.path.name
            tell(Progress("read", done, len(waiting), name, tuple(problems.items())))
            file = load(found, self.config.file_limit)._replace(path=name)
            for one in ingest(self.store(), [file], config=self.config).problems:
                problems[one.outcome] = problems.get(one.outcome, 0) + 1
            found.path.unlink(missing_ok=True)
            if file.sidecar:
                found.path.with_suffix(".json").unlink(missing_ok=True)
        tell(Progress("read", len(waiting), len(waiting), "", tuple(problems.items())))


def safe_name(name: str, number: int, folder: Path) -> str:
    """The last part of a name that a browser gave, as a file's name that ``folder`` has not yet."""
    kept = _UNSAFE.sub("/", name).rsplit("/", 1)[-1].strip().lstrip(".~")[-150:] or f"file-{number}"
    return f"{number}-{kept}" if (folder / kept).exists() else kept
