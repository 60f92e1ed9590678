"""An attribution as the patterns find it, before it is read out as a claim."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.extractor.lexicon import Cue
from secondsource.extractor.paragraphs import Paragraph
from secondsource.extractor.phrases import Phrase
from secondsource.model import Span, Stance


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content, its predicate, who it is given to and by which words.

    ``via`` lists relayers, innermost first; ``basis`` is what the source is said to
    rest on; ``cue`` is empty for a quotation that goes on without one.
    """

    paragraph: Paragraph
    content: Span
    root: Token
    source: Phrase
    cue: tuple[Span, ...]
    entry: Cue | None
    rule: str
    via: tuple[Phrase, ...] = ()
    basis: Phrase | None = None
    quoted: bool = False
    cue_token: Token | None = None
    stance: Stance | None = None
