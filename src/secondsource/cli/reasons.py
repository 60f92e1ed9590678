"""Claims with what made them, and the words that almost gave one, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from secondsource.cli.output import Line
from secondsource.extractor.explain import Explained, sentences


def claim_lines(path: str, explained: Explained) -> Iterator[Line]:
    """Each claim of a file with its place, its words, and a sentence for each step that made it."""
    for claim in explained.extraction.claims:
        spans = ", ".join(f"{span.start}–{span.end}" for span in claim.content.spans)
        yield Line(f"{path} {spans}  [{claim.rule}]", style="dim")
        yield Line(f"“{claim.content.text}”", 1, "bold")
        for sentence in sentences(claim, explained.cues.get(claim.id)):
            yield Line(sentence, 2)


def near_lines(path: str, explained: Explained) -> Iterator[Line]:
    """Each word that attributes elsewhere and gave no claim here, with the reason."""
    for near in explained.near():
        yield Line(f"{path} {near.word.spans[0].start}–{near.word.spans[0].end}  [no claim]", style="dim")
        yield Line(f"“{near.word.text}”: {near.reason}.", 1)
        yield Line(near.sentence, 2, "dim")
