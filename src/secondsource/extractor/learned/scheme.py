"""The attributions of a document in GUM's scheme, as the model finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from secondsource.extractor.explain import Explained
from secondsource.extractor.learned.about_cue import of_cue
from secondsource.extractor.learned.about_span import of_span
from secondsource.extractor.learned.candidates import Span as Candidate
from secondsource.extractor.learned.candidates import cues, spans
from secondsource.extractor.learned.flow import Flow, flow
from secondsource.extractor.learned.model import Model, best
from secondsource.extractor.learned.words import source
from secondsource.model import Span

SURE = 0.3
"""How probably right a content must be.  F1 is greatest near half of its own value (Lipton et al. 2014)."""

_WORD = re.compile(r"\w+")
_CREDIT = re.compile(
    r"^(?P<content>.*?\S)\s*(?P<cue>(?:Images?|Photos?):[ \t]*[^\n.]{2,60})\.?[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One attribution: its spans in the document, and how probably the content is about right."""

    content: Span
    source: Span | None
    cue: Span
    chance: float


def read(text: str, explained: Explained, model: Model, sure: float = SURE) -> list[Stretch]:
    """The attributions of ``text``, the surest first; credits of images last.

    Contents may hold one another, cue and all; no two have the same words.  Of what the rules
    found only the sources are used, for cues whose subject the parse lost.
    """
    run = flow(text, explained.paragraphs, explained.found)
    words = counted(text)
    held = [one for cue in cues(run) if (one := _judged(run, cue, model, words)) and one.chance > sure]
    return [*distinct(held, words), *credits(text)]


def counted(text: str) -> list[int]:
    """How many words begin before each offset of ``text``, its end included."""
    begins = bytearray(len(text) + 1)
    for word in _WORD.finditer(text):
        begins[word.start() + 1] = 1
    return list(accumulate(begins))


def _judged(run: Flow, cue: int, model: Model, words: Sequence[int]) -> Stretch | None:
    candidates = spans(run, cue)
    if not candidates:
        return None
    probable = model.probabilities(of_cue(run, cue), [of_span(run, cue, span) for span in candidates])
    chosen, chance = best(probable[1:], *bounds(run, candidates, words))
    return attributed(run, cue, candidates[chosen], chance)


def bounds(run: Flow, candidates: Sequence[Candidate], words: Sequence[int]) -> tuple[list[int], list[int]]:
    """Where candidates begin and end, counted in words of the document."""
    return [words[run.start[one.first]] for one in candidates], [
        words[run.end[one.last]] for one in candidates
    ]


def attributed(run: Flow, cue: int, span: Candidate, chance: float) -> Stretch:
    """A candidate as an attribution of the cue at ``cue``."""
    spoken = source(run, cue)
    return Stretch(
        Span(run.start[span.first], run.end[span.last]),
        Span(run.start[spoken[0]], run.end[spoken[1]]) if spoken else None,
        Span(run.start[cue], run.end[cue]),
        chance,
    )


def distinct(found: Sequence[Stretch], words: Sequence[int]) -> Iterator[Stretch]:
    """The surest attribution of each content, contents of the same words being the same."""
    seen: set[tuple[int, int]] = set()
    for one in sorted(found, key=lambda one: (-one.chance, one.content, one.cue)):
        place = words[one.content.start], words[one.content.end]
        if place not in seen:
            seen.add(place)
            yield one


def credits(text: str) -> Iterator[Stretch]:
    """ "A ship at sea. Image: Jane Roe." gives the caption to whom the credit names, as GUM does."""
    for line in _CREDIT.finditer(text):
        yield Stretch(Span(*line.span("content")), None, Span(*line.span("cue")), 1.0)
