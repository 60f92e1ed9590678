"""Why a claim was found and read as it is, in sentences; and what almost was one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.cues import CueUse, Refusal, considered
from secondsource.extractor.lexicon import Cue
from secondsource.extractor.paragraphs import Paragraph
from secondsource.model import Claim, Excerpt, Extraction


@dataclass(frozen=True, slots=True)
class Near:
    """A word that attributes elsewhere and gave no claim here: where it stands, and why it gave none."""

    word: Excerpt
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Explained:
    """An extraction with what made it: the lexicon's row for each claim's cue, by claim id.

    ``paragraphs`` and ``found`` are what it was read from; `near` goes over them again.
    """

    extraction: Extraction
    cues: Mapping[str, Cue]
    paragraphs: Sequence[Paragraph]
    found: Sequence[Attribution]

    def near(self) -> Iterator[Near]:
        """The words of the lexicon that gave no claim, in reading order, and why."""
        used = {(one.paragraph.index, one.cue_token.i) for one in self.found if one.cue_token is not None}
        for paragraph in self.paragraphs:
            if paragraph.kind not in {"title", "heading"}:
                for one in considered(paragraph):
                    if (paragraph.index, one.token.i) not in used:
                        yield _near(paragraph, one)


def _near(paragraph: Paragraph, one: CueUse | Refusal) -> Near:
    reason = one.reason if isinstance(one, Refusal) else "what it takes here is no content of its own"
    place = paragraph.at(one.token.idx, one.token.idx + len(one.token.text))
    return Near(Excerpt((place,), one.token.text), one.token.sent.text.strip(), reason)


@cache
def rules() -> Mapping[str, str]:
    """A sentence for each rule that a claim can name."""
    return tomllib.loads(resources.files(__package__).joinpath("rules.toml").read_text("utf-8"))


def sentences(claim: Claim, cue: Cue | None) -> Iterator[str]:
    """What made a claim, a sentence a step: pattern, cue, source, stance, certainty, basis."""
    pattern, _, resolved = claim.rule.partition("+")
    yield rules()[pattern]
    if claim.cue:
        kind = f", which the lexicon lists as {cue.kind}" if cue else ""
        yield f"Cue: “{claim.cue.text}”{kind}."
    yield from _of_source(claim, resolved)
    yield _of_stance(claim, cue)
    if claim.certainty:
        yield f"Certainty: {claim.certainty}, by the words of the content or the cue."
    if claim.via:
        yield f"Passed on by {', '.join(f'“{relay.text}”' for relay in claim.via)}."
    if claim.basis:
        yield f"Said to rest on: {claim.basis.kind}, “{claim.basis.excerpt.text}”."


def _of_source(claim: Claim, resolved: str) -> Iterator[str]:
    if claim.source is None:
        yield "Source: none; the text states it itself."
        return
    named = f", taken for {claim.source_name}: {rules()[resolved]}" if resolved else "."
    yield f"Source: “{claim.source.text}” ({claim.source_kind}){named}"


def _of_stance(claim: Claim, cue: Cue | None) -> str:
    if cue and cue.stance == claim.stance:
        return f"Stance: {claim.stance}, as the cue says."
    if cue:
        return f"Stance: {claim.stance}, by the words of the content; the cue alone says {cue.stance}."
    return f"Stance: {claim.stance}, by the words of the content."
