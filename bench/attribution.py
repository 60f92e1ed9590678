"""Claims found here against textacy's direct quotations and a plain cue regex, on the same gold and texts.

The gold is the project's own invented reports; with the annotated corpus beside the
checkout, that too.  F1 is of contents, and of contents with their source, as
`secondsource evaluate` counts.  Cost is CPU time per word on top of nothing: the regex
reads text, textacy and Second Source run their pipeline too, and the pipeline alone is shown.
textacy raises on an odd number of quotation marks; it is then asked paragraph by paragraph.

    python bench/attribution.py
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import process_time

from spacy.language import Language

from secondsource.evaluate import Annotated, annotated, figures, score
from secondsource.extractor import Extractor
from secondsource.extractor.pipeline import published
from secondsource.model import Claim, Excerpt, Span

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "evals" / "gold" / "reports", ROOT.parent / "shared" / "corpus")
VERBS = "said|says|told|added|claimed|claims|reported|announced|denied|stated|warned|insisted|argued|noted"
NAME = r"(?:[Tt]he |[Aa]n? )?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+){0,4}"
CUES = (
    re.compile(rf"(?P<source>{NAME}) (?:{VERBS})(?: [A-Z]\w+)?,? that (?P<content>[^.!?\n]+)"),
    re.compile(rf"[“\"](?P<content>[^”\"\n]+)[,.!?][”\"],? (?:(?:{VERBS}) )?(?P<source>{NAME})"),
    re.compile(rf"[Aa]ccording to (?P<source>{NAME}), (?P<content>[^.!?\n]+)"),
    re.compile(rf"(?P<content>[^.!?“”\"\n]+), (?P<source>{NAME}) (?:{VERBS})\b"),
)

Found = Iterator[Claim]
Rival = Callable[[str], Found]


def claim(text: str, content: tuple[int, int], source: tuple[int, int] | None) -> Claim:
    """What a rival finds, as a claim with nothing said of it but where it stands."""
    said = Excerpt.of(text, [Span(*source)]) if source else None
    name = said.text if said else None
    return replace(_any(), content=Excerpt.of(text, [Span(*content)]), source=said, source_name=name)


@cache
def _any() -> Claim:
    return Extractor().extract("0" * 64, "The mayor said that it rained.").claims[0]


def by_regex(text: str) -> Found:
    for pattern in CUES:
        for shape in pattern.finditer(text):
            yield claim(text, shape.span("content"), shape.span("source"))


def by_textacy(nlp: Language) -> Rival:
    from textacy.extract.triples import direct_quotations

    def find(text: str) -> Found:
        try:
            yield from quoted(text, 0, text)
        except ValueError:
            at = 0
            for line in text.splitlines(keepends=True):
                yield from odd(text, at, line)
                at += len(line)

    def odd(text: str, at: int, line: str) -> Found:
        try:
            yield from list(quoted(text, at, line))
        except ValueError:
            return

    def quoted(text: str, at: int, part: str) -> Found:
        for triple in direct_quotations(nlp(part)):
            content, speaker = triple.content, triple.speaker
            start, end = at + content.start_char, at + content.end_char
            last = speaker[-1]
            source = (at + speaker[0].idx, at + last.idx + len(last.text)) if speaker else None
            yield claim(text, (start, end), source)

    return find


def _nothing(nlp: Language, text: str) -> Found:
    nlp(text)
    return iter(())


def by_us(extractor: Extractor) -> Rival:
    return lambda text: iter(extractor.extract("0" * 64, text).claims)


def measure(name: str, find: Rival, gold: list[Annotated]) -> float:
    """Print a finder's figures; returns its CPU seconds a word."""
    texts = [one.path.read_text("utf-8") for one in gold]
    found, started = [], process_time()
    for text in texts:
        found.append(list(find(text)))
    cost = (process_time() - started) / sum(len(text.split()) for text in texts)
    rates = figures([score(one, claims) for one, claims in zip(gold, found, strict=True)])
    content, joint = rates["content"][2], rates["content_and_source"][2]
    print(f"  {name:15} content F1 {content:.3f}   with source {joint:.3f}   {1e6 * cost:7.1f} µs a word")
    return float(content) or 0.001


def main() -> None:
    warnings.simplefilter("ignore")
    extractor, nlp = Extractor(), published()
    for text in (one.path.read_text("utf-8") for one in annotated(FOLDERS[0])[:5]):
        extractor.extract("0" * 64, text)
        nlp(text)
    for folder in filter(Path.is_dir, FOLDERS):
        gold = annotated(folder)
        print(f"{folder.parent.name}/{folder.name}: {sum(len(one.claims) for one in gold)} claims")
        ours = measure("Second Source", by_us(extractor), gold)
        theirs = measure("textacy", by_textacy(nlp), gold)
        plain = measure("cue regex", by_regex, gold)
        measure("pipeline alone", lambda text: _nothing(nlp, text), gold)
        print(f"  F1 over textacy's {ours / theirs:.2f} ×, over the regex's {ours / plain:.2f} ×")


if __name__ == "__main__":
    main()
