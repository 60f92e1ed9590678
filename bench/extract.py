"""What claims cost: the whole of `extract` against its spaCy pipeline alone, on the same text.

The text is the sample case, with the annotated corpus beside the checkout where there is
one.  The two take turns, and the pipeline is given the quicker of two ways to go about it,
whole documents or paragraph by paragraph.  Times are CPU seconds of this process, so that
what else the machine does stays out of them; loading the model is in neither.

    python bench/extract.py [--words 12000] [--runs 5]
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from time import process_time

from secondsource import Desk
from secondsource.extractor import Extractor
from secondsource.ingest import find

ROOT = Path(__file__).parent.parent
TARGET = 1.35


def texts(words: int) -> Iterator[str]:
    """Documents of the sample case and the corpus, over and over, up to about ``words`` words."""
    corpus = ROOT.parent / "shared" / "corpus" / "docs"
    paths = [ROOT / "examples" / "drovia" / "documents", *sorted(corpus.glob("*.txt"))]
    desk = Desk()
    for text in cycle([desk.text(found.path) for found in find(paths)]):
        yield text
        words -= len(text.split())
        if words <= 0:
            return


def seconds(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started


def rounds(extractor: Extractor, documents: Sequence[str], runs: int) -> Iterator[tuple[float, float]]:
    """CPU seconds of the pipeline alone and of `extract`, run after run."""
    paragraphs = [line for text in documents for line in text.splitlines() if line.strip()]
    for _ in range(runs):
        alone = min(
            seconds(lambda: list(extractor.nlp.pipe(documents, batch_size=64))),
            seconds(lambda: list(extractor.nlp.pipe(paragraphs, batch_size=64))),
        )
        whole = seconds(lambda: [extractor.extract(f"{n:064}", text) for n, text in enumerate(documents)])
        yield alone, whole


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--words", type=int, default=12_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    documents, extractor = list(texts(options.words)), Extractor()
    for text in documents[:20]:
        extractor.extract("0" * 64, text)  # the model is loaded and its string store filled
    words = sum(len(text.split()) for text in documents)
    print(f"{words} words in {len(documents)} documents")
    ratios = []
    for alone, whole in rounds(extractor, documents, options.runs):
        ratios.append(whole / alone)
        print(f"  pipeline {alone:6.2f} s   extract {whole:6.2f} s   ratio {whole / alone:.3f}")
    print(f"median ratio {statistics.median(ratios):.3f} (at most {TARGET})")


if __name__ == "__main__":
    main()
