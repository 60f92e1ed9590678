"""Claims by several processes are those of one, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from secondsource.errors import LimitError, SecondSourceError
from secondsource.extractor import Extractor, pool
from secondsource.extractor.pool import Outcome, Task, extractions
from secondsource.model import Reading

SENTENCE = "The ministry said that {} crates left the port. Orlesk denied it.\n"


def _tasks(count: int, sentences: int = 2) -> Iterator[Task]:
    for number in range(count):
        text = "".join(SENTENCE.format(number + line) for line in range(sentences))
        yield Task(f"{number:064}", f"{number}.txt", Reading(text))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _plain(outcomes: list[Outcome]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (task.name, tuple(c.id for c in found.claims))
        for task, found in outcomes
        if not isinstance(found, SecondSourceError)
    ]


def test_two_processes_give_what_one_gives_in_the_same_order(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = list(extractions(extractor, _tasks(20)))
    monkeypatch.setattr(pool, "WORTH", 500)
    spread = list(extractions(extractor, _tasks(20), jobs=2))
    assert _plain(spread) == _plain(alone)
    assert len(_plain(alone)) == 20
    assert all(ids for _, ids in _plain(alone))


def test_little_work_starts_no_process(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    def spread(*_: object) -> Iterator[Outcome]:
        raise AssertionError("a process was started")

    monkeypatch.setattr(pool, "_spread", spread)
    assert len(list(extractions(extractor, _tasks(3), jobs=2))) == 3


def test_texts_are_taken_as_they_are_needed(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WORTH", 200)
    tasks = _tasks(1_000)
    found = extractions(extractor, tasks, jobs=2)
    assert [next(found)[0].name for _ in range(3)] == ["0.txt", "1.txt", "2.txt"]
    found.close()  # type: ignore[attr-defined]
    assert sum(1 for _ in tasks) > 700


def test_a_refusal_is_handed_on_and_the_rest_is_done(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = extractor.extract

    def refusing(document: str, text: str, **options: object) -> object:
        if "1 crates" in text:
            raise LimitError("too long")
        return extract(document, text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(extractor, "extract", refusing)
    found = [result for _, result in extractions(extractor, _tasks(3, sentences=1))]
    assert [str(one) for one in found if isinstance(one, SecondSourceError)] == ["too long"]
    assert len(found) == 3
