"""What claims cost: the whole of `extract` against the published spaCy pipeline alone, on the same text.

The text is the sample case, with the annotated corpus beside the checkout where there is
one.  The two take turns after every few documents, so that whatever else the machine does
falls on both, and the pipeline gets the text in the way that is quickest for it: paragraph by
paragraph, many documents at once.  Times are CPU seconds; loading the model is in neither.

Then the time by the clock of one process against one a core.

    python bench/extract.py [--words 12000] [--runs 5] [--many 120000]
"""

from __future__ import annotations

import argparse
import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from spacy.language import Language

from secondsource import Desk
from secondsource.extractor import Extractor
from secondsource.extractor.pipeline import published
from secondsource.extractor.pool import Task, extractions
from secondsource.ingest import find
from secondsource.language import told
from secondsource.model import Reading

ROOT = Path(__file__).parent.parent
TARGET = 1.25
TURN = 4
MANY = 1.7


def texts(words: int) -> Iterator[str]:
    """Documents of the sample case and the corpus, over and over, up to about ``words`` words."""
    corpus = ROOT.parent / "shared" / "corpus" / "docs"
    paths = [ROOT / "examples" / "drovia" / "documents", *sorted(corpus.glob("*.txt"))]
    desk = Desk()
    found = [desk.text(one.path) for one in find(paths)]
    # What is partly in another language has another pipeline for that, and nothing to compare it with.
    for text in cycle([text for text in found if set(told(text.splitlines())) <= {"en", None}]):
        yield text
        words -= len(text.split())
        if words <= 0:
            return


def seconds(work: Callable[..., Any]) -> float:
    started = process_time()
    work()
    return process_time() - started


def turns(pipeline: Language, extractor: Extractor, documents: Sequence[str]) -> tuple[float, float]:
    """CPU seconds of the pipeline alone and of `extract` over all documents, a few at a time."""
    alone = whole = 0.0
    for start in range(0, len(documents), TURN):
        few = documents[start : start + TURN]
        paragraphs = [line for text in few for line in text.splitlines() if line.strip()]
        alone += seconds(lambda work=paragraphs: list(pipeline.pipe(work, batch_size=64)))
        whole += seconds(lambda work=few: [extractor.extract("0" * 64, text) for text in work])
    return alone, whole


def cores(extractor: Extractor, words: int, jobs: int) -> float:
    """How much sooner ``jobs`` processes are done than one, by the clock, their start included."""
    tasks = [Task("0" * 64, str(number), Reading(text)) for number, text in enumerate(texts(words))]
    took = {}
    for count in (1, jobs):
        started = perf_counter()
        for _ in extractions(extractor, tasks, count):
            pass
        took[count] = perf_counter() - started
        print(f"  {count} process{'es' if count > 1 else ''}: {took[count]:.1f} s for {words} words")
    return took[1] / took[jobs]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--words", type=int, default=12_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--many", type=int, default=120_000, help="words for several processes")
    options = parser.parse_args()
    documents, pipeline, extractor = list(texts(options.words)), published(), Extractor()
    for text in documents[:20]:
        extractor.extract("0" * 64, text)  # the model is loaded and its string store filled
        pipeline(text)
    words = sum(len(text.split()) for text in documents)
    print(f"{words} words in {len(documents)} documents")
    ratios = []
    for _ in range(options.runs):
        alone, whole = turns(pipeline, extractor, documents)
        ratios.append(whole / alone)
        print(f"  pipeline {alone:6.2f} s   extract {whole:6.2f} s   ratio {whole / alone:.3f}")
    print(f"median ratio {statistics.median(ratios):.3f} (at most {TARGET})")
    jobs = os.cpu_count() or 1
    if jobs > 1:
        sooner = cores(extractor, options.many, jobs)
        print(f"{jobs} processes against one: {sooner:.2f} × (at least {MANY} × on two)")


if __name__ == "__main__":
    main()
