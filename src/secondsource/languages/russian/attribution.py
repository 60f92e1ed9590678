"""An attribution as the patterns find it, offsets in its paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.languages.russian.model import Sentence, Word
from secondsource.model import Certainty, Span, Stance


@dataclass(frozen=True, slots=True)
class Source:
    """Whom words are given to: the span, its head word and the sentence that it stands in."""

    span: Span
    head: Word
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content with who it is given to, by which words; ``via`` are relayers, innermost first."""

    content: Span
    source: Source | None
    cue: tuple[Span, ...]
    stance: Stance
    rule: str
    sentence: Sentence
    certainty: Certainty | None = None
    via: tuple[Source, ...] = ()
    basis: Source | None = None
