"""From attributions and own-voice clauses to claims: every field read out of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.bases import basis
from secondsource.extractor.figures import quantities
from secondsource.extractor.frames import frame
from secondsource.extractor.mentions import Names
from secondsource.extractor.own import own_voice
from secondsource.extractor.paragraphs import Paragraph
from secondsource.extractor.parts import with_parts
from secondsource.extractor.sources import Identity
from secondsource.extractor.stances import certainty, own_certainty, own_stance, stance
from secondsource.extractor.times import time
from secondsource.model import Claim, Excerpt, Frame, Mention, Span
from secondsource.text import content_id


def _attributed_words(one: Attribution) -> Span:
    """From source or content to the end of both, where they stand in one sentence; else the content."""
    source = one.source
    if source.paragraph.index != one.paragraph.index or source.head.sent != one.root.sent:
        return one.content
    return Span(min(source.span.start, one.content.start), max(source.span.end, one.content.end))


def framed(
    paragraph: Paragraph, root: Token, content: Span, names: Sequence[Mention], unknown: bool = False
) -> Frame:
    """The frame of the proposition that ``root`` heads, with those of the clauses inside it.

    Of what is ``unknown`` only the clause that says what is not known.
    """
    return with_parts(frame(paragraph, root, content, names), paragraph, root, content, names, unknown)


_REACH = 6_000
"""Code points: about the length of a news report."""


@dataclass(frozen=True, slots=True)
class Readout:
    """A document as far as its claims need it: id, text, names, date, and whether it is a release."""

    document: str
    text: str
    names: Names
    published: str | None
    release: bool

    def before(self, start: int) -> str:
        """The text up to a place, lower case, no further back than a negation may reach."""
        return self.text[max(0, start - _REACH) : start].lower()

    def attributed(self, one: Attribution, identity: Identity) -> Claim:
        """The claim of an attribution whose source has been identified."""
        content = Excerpt.of(self.text, [one.content])
        inside = self.names.within(one.content)
        said = stance(one, content.text, identity.kind, self.before(one.content.start))
        return Claim(
            id=content_id("c", self.document, "attributed", content.spans, one.source.span, one.cue),
            document=self.document,
            voice="attributed",
            content=content,
            source=one.source.excerpt,
            source_name=identity.name,
            source_kind=identity.kind,
            cue=Excerpt.of(self.text, one.cue) if one.cue else None,
            via=tuple(relay.excerpt for relay in one.via),
            stance=said,
            certainty=certainty(one, content.text),
            basis=basis(one, identity.kind),
            mentions=inside,
            quantities=quantities(one.paragraph, one.content),
            time=time(one.paragraph, one.content, self.published),
            rule=f"{one.rule}+{identity.rule}" if identity.rule else one.rule,
            frame=framed(one.paragraph, one.root, one.content, inside, said == "unaware"),
        )

    def own(self, paragraphs: Sequence[Paragraph], found: Sequence[Attribution]) -> Iterator[Claim]:
        """The claims that the text makes in its own voice, beside the attributions ``found``."""
        taken: dict[int, list[Span]] = {}
        cues = {(one.paragraph.index, one.cue_token.i) for one in found if one.cue_token is not None}
        for one in found:
            taken.setdefault(one.paragraph.index, []).append(_attributed_words(one))
        for paragraph in paragraphs:
            for root, span in own_voice(paragraph, taken.get(paragraph.index, [])):
                if (paragraph.index, root.i) not in cues:
                    yield self._stated(paragraph, root, span)

    def _stated(self, paragraph: Paragraph, root: Token, span: Span) -> Claim:
        content = Excerpt.of(self.text, [span])
        inside = self.names.within(span)
        said = own_stance(root, content.text, self.release)
        return Claim(
            id=content_id("c", self.document, "own", content.spans),
            document=self.document,
            voice="own",
            content=content,
            source=None,
            source_name=None,
            source_kind="self" if self.release else "outlet",
            cue=None,
            via=(),
            stance=said,
            certainty=own_certainty(root, content.text),
            basis=None,
            mentions=inside,
            quantities=quantities(paragraph, span),
            time=time(paragraph, span, self.published),
            rule="own-headline" if paragraph.kind == "title" else "own-voice",
            frame=framed(paragraph, root, span, inside, said == "unaware"),
        )
