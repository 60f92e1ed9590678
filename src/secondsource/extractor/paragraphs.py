"""A paragraph of a document, parsed: tokens with their places in the document's text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.quotes import MARKS, Quotation
from secondsource.model import Block, BlockKind, Span
from secondsource.text import trim

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_TITLE_LENGTH = 160
_EDGE = ' \t\r\n\u00a0,;:.–—-!?…“”"„«»`'


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of text with its parse; spans it gives are offsets into the document."""

    index: int
    offset: int
    kind: BlockKind
    text: str
    doc: Doc
    quotations: tuple[Quotation, ...]
    outlets: frozenset[str] = frozenset()

    def names_outlet(self, name: str) -> bool:
        """True for a name that the gazetteer knows as an outlet, or that the document treats as one."""
        plain = name.lower().removesuffix("'s").removesuffix("’s").removeprefix("the ").strip()
        return plain in self.outlets or gazetteer().is_outlet(name)

    def at(self, start: int, end: int) -> Span:
        """The document's span of paragraph offsets ``start``–``end``."""
        return Span(self.offset + start, self.offset + end)

    def trimmed(self, start: int, end: int) -> Span | None:
        """The document's span of ``start``–``end`` without quotation marks and stops at its edges."""
        inner = trim(self.text, max(start, dateline(self.text)), end, _EDGE)
        return inner and self.at(*_keep_bracket(self.text, *inner))

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds paragraph offset ``offset``."""
        before = bisect_right(self.quotations, offset, key=lambda quote: quote.start)
        quote = self.quotations[before - 1] if before else None
        return quote if quote and offset < quote.end else None

    def sentence_end_between(self, start: int, end: int) -> bool:
        """True where a sentence outside quotations ends between two paragraph offsets."""
        between = self.doc.char_span(start, end, alignment_mode="contract") if start < end else None
        return any(token.text in ".?!" and not self.quotation_at(token.idx) for token in between or ())


_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’/, -]{2,40}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?\s*)?"
    r"\([A-Z][\w .&-]{1,40}\)\s*(?:[-–—]+\s*|(?=[A-Z]))"
    r"|[A-Z][A-Z.'’/, -]{2,40}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?\s*[–—-]{1,2}\s"
)


def dateline(text: str) -> int:
    """Where a paragraph's own words begin, after a dateline or agency credit ("TEHRAN (FNA) - ")."""
    shape = _DATELINE.match(text)
    return shape.end() if shape else 0


def _keep_bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """Nothing is trimmed that leaves a bracket or quotation open; an abbreviation keeps its full stop."""
    if text[end : end + 1] == "”" and text.count("“", start, end) > text.count("”", start, end):
        return start, end + 1
    if text[end : end + 1] == '"' and text.count('"', start, end) % 2:
        return start, end + 1
    if text[end : end + 1] == "." and text[start:end].rsplit(" ", 1)[-1].lower() in _ABBREVIATED:
        return start, end + 1
    return start, end


_ABBREVIATED = frozenset({"co", "ltd", "inc", "corp", "u.s", "u.k", "u.n", "mr", "jr", "sr", "no"})


LONGEST = 5_000
"""Code points that are parsed as one paragraph at most."""
LONGEST_SENTENCE = 1_200
"""Code points without the end of a sentence that are parsed as one; what is longer is no sentence."""
_SENTENCE_END = re.compile(r"[.?!…][”\"»’']*\s+")


def stretches(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks to parse: a reader's, or else the lines of the text that hold words; long ones in parts.

    The parse and what reads it grow faster than the paragraph, so that none is longer than
    `LONGEST`; real ones are not, but for texts whose paragraphs or sentences were lost.
    """
    for block in blocks or _lines(text):
        if block.kind != "header" and block.start < block.end:
            yield from _parts(text, block)


def _parts(text: str, block: Block) -> Iterator[Block]:
    """A block cut after sentences, or inside one that never ends, so that no part is too long."""
    start = block.start
    while (cut := _cut(text, start, block.end)) < block.end:
        yield replace(block, start=start, end=cut)
        start = cut
    yield replace(block, start=start)


def _cut(text: str, start: int, end: int) -> int:
    """Where the part that begins at ``start`` ends."""
    if end - start <= LONGEST_SENTENCE:
        return end
    last, limit = start, min(end, start + LONGEST)
    for found in _SENTENCE_END.finditer(text, start, limit):
        if found.end() - last > LONGEST_SENTENCE:
            break
        last = found.end()
    if limit == end and end - last <= LONGEST_SENTENCE:
        return end
    if last > start:
        return last
    return max(text.rfind(" ", start, start + LONGEST_SENTENCE) + 1, 0) or start + LONGEST_SENTENCE


def _lines(text: str) -> Iterator[Block]:
    start = 0
    kind: BlockKind = "title"
    for line in text.splitlines(keepends=True):
        span = trim(text, start, start + len(line))
        start += len(line)
        if span:
            last = text[span.end - 1]
            stop = text[span.start : span.end].rstrip(MARKS)[-1:]
            ends = last in '”"' or (stop and stop in ".?!:") or (last in MARKS and stop == ",")
            ends = ends or span.end - span.start > _TITLE_LENGTH
            yield Block("paragraph" if ends else kind, *span)
            kind = "paragraph"


# What the model's lemmatiser makes of words that the lexicon lists: Latin singulars nobody writes,
# and verbs whose stem it cuts wrongly ("hoped" to "hop", "texted" to "texte").
_LEMMAS = {
    "datum": "data", "medium": "media", "hop": "hope", "grip": "gripe", "blogge": "blog",
    "texte": "text", "foresaw": "foresee", "extoll": "extol",
}  # fmt: skip


_COMPARATIVE = get_string_id("JJR")
_FILLERS = frozenset(map(get_string_id, ("nsubj", "nsubjpass", "dobj", "pobj", "appos")))
_FORMS: dict[int, str] = {}
_MOST_FORMS = 200_000


def lemma(token: Token) -> str:
    """The lower-case lemma of a token, as a reporter would write it."""
    if token.tag == _COMPARATIVE and token.dep in _FILLERS:
        return token.lower_  # "the trawler", which the tagger takes for a comparative of "trawl"
    known = _FORMS.get(token.lemma)  # the hash of its letters, one for all vocabularies
    if known is None:
        form: str = token.lemma_.lower()
        known = _LEMMAS.get(form, form)
        if len(_FORMS) < _MOST_FORMS:
            _FORMS[token.lemma] = known
    return known


def subject(token: Token) -> Token | None:
    """The grammatical subject of a verb, its own."""
    return next((child for child in token.children if child.dep_ in _SUBJECTS), None)


def is_finite(token: Token) -> bool:
    """True for a verb that is finite itself or through an auxiliary."""
    if token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    return any(child.dep_ in {"aux", "auxpass"} and child.tag_ != "TO" for child in token.children)


def subtree_span(tokens: Iterable[Token]) -> tuple[int, int]:
    """The paragraph offsets that ``tokens`` cover, first to last."""
    ordered = sorted(tokens, key=lambda token: token.i)
    return ordered[0].idx, ordered[-1].idx + len(ordered[-1].text)
