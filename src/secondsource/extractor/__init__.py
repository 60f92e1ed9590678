"""Text in, attributed claims out: source, cue, content, stance, certainty, basis, chain.

`Extractor` loads the language model once and reads any number of texts.  What it finds
follows the annotation scheme of ``docs/claims.md``; every span is a slice of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from secondsource import language, languages
from secondsource.extractor.assemble import attributions
from secondsource.extractor.explain import Explained
from secondsource.extractor.mentions import Names, mentions
from secondsource.extractor.outlets import issuer, outlets
from secondsource.extractor.paragraphs import Paragraph, dateline, stretches
from secondsource.extractor.pipeline import load
from secondsource.extractor.quotes import Quotation, quotations, straightened
from secondsource.extractor.readout import Readout, framed
from secondsource.extractor.references import with_references
from secondsource.extractor.sources import Cast, roles, with_relays
from secondsource.gazetteers import Known, WatchList
from secondsource.languages import Found, Passage
from secondsource.model import Block, Extraction, Frame, Mention, Span
from secondsource.names import unmixed
from secondsource.text import overlap, plain

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["VERSION", "Extractor", "version", "versions"]

VERSION = "8"
"""Changes whenever the same text may yield other claims."""

_BATCH = 64


def version(found: Extraction) -> str:
    """The version that made an extraction, with the extras that it could not ask."""
    return " without ".join((VERSION, *found.missing))


def versions() -> tuple[str, ...]:
    """The versions whose extractions stand: ours, and those made without what is still not installed."""
    absent = languages.missing(list(languages.ENGINES))
    each = (some for size in range(len(absent) + 1) for some in combinations(absent, size))
    return tuple(" without ".join((VERSION, *some)) for some in each)


class Extractor:
    """Reads claims from English text with spaCy's small pipeline and the cue lexicon.

    ``watch`` has names of the user's own, which go before what the model and the tables take a name for.
    """

    def __init__(self, watch: WatchList | None = None) -> None:
        self.watch = watch
        self._nlp: Language | None = None

    def knowing(self, forms: Mapping[str, Known]) -> Extractor:
        """This extractor with more names to find as they are written, such as a list's; for one text."""
        other = copy(self)
        other._nlp = self.nlp  # loaded once for all texts
        other.watch = (self.watch or WatchList({})).also(forms)
        return other

    @property
    def nlp(self) -> Language:
        """The parsing pipeline, loaded on first use (about a second)."""
        if self._nlp is None:
            self._nlp = load()
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

        ``document`` is the id the claims carry; paragraphs in a language that is not read are passed
        over, and where all are, the extraction says so in ``unread``.  ``progress`` is told how
        many code points of the text have been parsed.
        """
        return self.explain(
            document, text, blocks=blocks, publisher=publisher, published=published, progress=progress
        ).extraction

    def explain(
        self,
        document: str,
        text: str,
        *,
        blocks: Sequence[Block] = (),
        publisher: str | None = None,
        published: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Explained:
        """As `extract`, with what made each claim, and what almost was one."""
        places = list(stretches(text, blocks))
        written = [text[one.start : one.end] for one in places]
        codes = language.told(written)
        others = list(_in_others(Passage(document, text, places, publisher, self.watch), codes, progress))
        unread, missing = languages.unread(written), languages.missing(codes)
        places = [one for one, code in zip(places, codes, strict=True) if code == "en"]
        paragraphs = list(self._paragraphs(text, places, outlets(text, publisher), progress))
        named = mentions(paragraphs, text, self.watch)
        names = Names.of(named)
        found = list(attributions(paragraphs))
        issued_by = issuer(text, publisher)
        cast = Cast(names, roles(paragraphs, named), issued_by)
        known = with_relays([(one, cast.identify(one)) for one in found])
        readout = Readout(document, text, names, published, issued_by is not None)
        claims = [readout.attributed(one, identity) for one, identity in known]
        cues = {claim.id: one.entry for claim, one in zip(claims, found, strict=True) if one.entry}
        claims += readout.own(paragraphs, found)
        claims += [claim for other in others for claim in other.claims]
        distinct = {claim.id: claim for claim in claims}
        ordered = sorted(distinct.values(), key=lambda claim: (claim.content.spans, claim.voice, claim.id))
        every = with_references(paragraphs, names)
        if others:
            every = tuple(sorted((*every, *(one for other in others for one in other.mentions)), key=_start))
        extraction = Extraction(tuple(ordered), every, unread, missing)
        return Explained(extraction, cues, paragraphs, found)

    def frame(
        self, text: str, content: Span, *, blocks: Sequence[Block] = (), names: Sequence[Mention] = ()
    ) -> Frame | None:
        """Who does what to whom in words that a person chose, as for those that were found.

        None where they stand in no paragraph, or in one that is not in English.
        """
        here = [one for one in stretches(text, blocks) if one.start <= content.start < one.end]
        codes = language.told([text[one.start : one.end] for one in here])
        english = [one for one, code in zip(here, codes, strict=True) if code == "en"]
        for paragraph in self._paragraphs(text, english, {}, None):
            start, end = content.start - paragraph.offset, content.end - paragraph.offset
            words = paragraph.doc.char_span(start, min(end, len(paragraph.text)), alignment_mode="expand")
            if words is not None:
                within = [name for name in names if overlap(name.excerpt.spans[0], content)]
                return framed(paragraph, words.root, content, within)
        return None

    def _paragraphs(
        self,
        text: str,
        places: Sequence[Block],
        known: Mapping[str, int],
        progress: Callable[[int, int], None] | None,
    ) -> Iterator[Paragraph]:
        """English paragraphs, parsed; where there are none, the model is not loaded."""
        if not places:
            return
        marks = list(_quoted(text, places))
        flat = (_readable(text[b.start : b.end], q) for b, q in zip(places, marks, strict=True))
        parsed = self.nlp.pipe(map(_parsable, flat), batch_size=_BATCH)
        for index, (block, doc) in enumerate(zip(places, parsed, strict=True)):
            words = text[block.start : block.end]
            shown = frozenset(name for name, start in known.items() if start < block.end)
            yield Paragraph(index, block.start, block.kind, words, doc, marks[index], shown)
            if progress:
                progress(block.end, len(text))


def _in_others(
    passage: Passage, codes: Sequence[str | None], progress: Callable[[int, int], None] | None
) -> Iterator[Found]:
    """What the engines of other languages find in the paragraphs that are in theirs."""
    for code in languages.ENGINES:
        blocks = [one for one, told in zip(passage.blocks, codes, strict=True) if told == code]
        if blocks and languages.is_installed(code):
            yield languages.read(code).read(replace(passage, blocks=blocks), progress)


def _start(mention: Mention) -> Span:
    return mention.excerpt.spans[0]


def _readable(words: str, quoted: tuple[Quotation, ...]) -> str:
    """A paragraph in plain signs, and each word in the alphabet that it looks to be in; same length."""
    return plain(straightened(unmixed(words), quoted))


def _quoted(text: str, places: Sequence[Block]) -> Iterator[tuple[Quotation, ...]]:
    """The quotations of each paragraph; one left open may go on in the next."""
    found: tuple[Quotation, ...] = ()
    for block in places:
        words = text[block.start : block.end]
        found = tuple(quotations(words, carried=bool(found) and not found[-1].closed))
        yield found


def _parsable(words: str) -> str:
    """A paragraph for the parser: same length, its dateline blanked, which only misleads it."""
    start = dateline(words)
    return " " * start + words[start:]
