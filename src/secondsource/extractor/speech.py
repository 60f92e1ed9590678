"""Direct speech: quotations, who speaks them, and the propositions in them.

A quotation belongs to the cue that touches it ("…," X said; X said: "…").  One without a
cue goes on from the speaker before it, in the same paragraph or, where it opens the
paragraph, from the last speaker of the one before.  Words in quotation marks inside a
clause are part of that clause, not speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.clauses import is_separate
from secondsource.extractor.cues import CueUse
from secondsource.extractor.indirect import cited, joined, relays
from secondsource.extractor.lexicon import Cue, lexicon
from secondsource.extractor.paragraphs import Paragraph, is_finite, lemma, subject
from secondsource.extractor.phrases import Phrase, phrase
from secondsource.extractor.quotes import MARKS, Quotation
from secondsource.extractor.tails import noun_phrase
from secondsource.model import Span

_BEFORE = re.compile(rf"[,:]?\s*(?:that\s*)?[{MARKS}]*\s*$")
_MARKS = " " + MARKS
_SCARE_WORDS = 5
_STOP = ".?!…"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is speaking, by which cue, and who passes it on; carried from quotation to quotation."""

    source: Phrase
    cue: tuple[Span, ...]
    entry: Cue | None
    via: tuple[Phrase, ...]
    token: Token | None
    basis: Phrase | None = None


def direct(
    paragraph: Paragraph, uses: Sequence[CueUse], before: Speaker | None
) -> tuple[list[Attribution], Speaker | None]:
    """The attributions of direct speech, and the speaker that a next paragraph may go on from."""
    found: list[Attribution] = []
    speaker: Speaker | None = None
    outside = [use for use in uses if not paragraph.quotation_at(use.token.idx)]
    for quotation in paragraph.quotations:
        heads = list(_pieces(paragraph, quotation))
        if not heads:
            continue
        spoken = _speaker_of(paragraph, quotation, outside)
        rule = "quotation"
        if spoken is not None and quotation.start <= spoken.source.head.idx < quotation.end:
            spoken = _named_outside(paragraph, quotation, spoken)
        if spoken is not None and not _is_speech(paragraph, quotation, heads):
            continue
        if spoken is None:
            if not _stands_alone(paragraph, quotation):
                continue
            opens = not paragraph.text[: quotation.start].strip(_MARKS)
            spoken = (
                speaker
                or (before if opens else None)
                or _speaker_just_before(paragraph, quotation, outside)
                or _next_speaker(paragraph, quotation, outside)
            )
            rule = "quotation-continued"
        if spoken is None:
            continue
        speaker = spoken
        found += [
            Attribution(
                paragraph, span, root, spoken.source, spoken.cue, spoken.entry, rule,
                via=spoken.via, quoted=True, cue_token=spoken.token, basis=spoken.basis,
            )
            for root, span in heads
        ]  # fmt: skip
    return found, speaker or _last_speaker(paragraph, outside)


def _named_outside(paragraph: Paragraph, quotation: Quotation, spoken: Speaker) -> Speaker | None:
    """The speaker read from the words between quotation and cue, where the parse put it inside."""
    if spoken.token is None or spoken.token.idx < quotation.end:
        return None
    after = [t.i for t in paragraph.doc if quotation.end < t.idx < spoken.token.idx and not t.is_punct]
    source = noun_phrase(paragraph, after[0], spoken.token.i) if after else None
    return replace(spoken, source=source) if source else None


def _is_speech(paragraph: Paragraph, quotation: Quotation, heads: Sequence[tuple[Token, Span]]) -> bool:
    """False for a few quoted words without a verb: a term, a title, a scare quote."""
    long_enough = len(paragraph.text[quotation.start : quotation.end].split()) > _SCARE_WORDS
    return long_enough or any(subject(head) is not None for head, _ in heads)


def speaker_of_use(paragraph: Paragraph, use: CueUse) -> Speaker | None:
    """The speaker that a cue names."""
    source = phrase(paragraph, use.source)
    cue = tuple(paragraph.at(part.idx, part.idx + len(part.text)) for part in use.tokens)
    if source is None:
        return None
    return Speaker(
        source, joined(cue), use.cue, relays(paragraph, use), use.token, cited(paragraph, use.token)
    )


def _speaker_of(paragraph: Paragraph, quotation: Quotation, uses: Sequence[CueUse]) -> Speaker | None:
    """The speaker whose cue touches a quotation, after it or before it."""
    for use in uses:
        if "quote" not in use.cue.takes or _is_part_of_clause(paragraph, quotation, use):
            continue
        if _touches(paragraph, quotation, use):
            return speaker_of_use(paragraph, use)
    return None


def _touches(paragraph: Paragraph, quotation: Quotation, use: CueUse) -> bool:
    token, text = use.token, paragraph.text
    if token.idx >= quotation.end:
        if (
            quotation.end
            and text[quotation.end - 1] in _STOP[:1]
            and not _inverted_after(quotation, use, text)
        ):
            return False
        return not paragraph.sentence_end_between(quotation.end + 1, token.idx) and not _another_between(
            paragraph, quotation.end, token.idx
        )
    gap = text[token.idx + len(token.text) : quotation.start]
    if paragraph.sentence_end_between(token.idx, quotation.start):
        return False
    if _another_between(paragraph, token.idx, quotation.start - 1):
        return False
    return bool(_BEFORE.fullmatch(gap)) or gap.rstrip(_MARKS).endswith((":", ",", " that"))


def _is_part_of_clause(paragraph: Paragraph, quotation: Quotation, use: CueUse) -> bool:
    """True for words quoted inside a clause that a later cue attributes ("asked for “X” of Y, she said")."""
    text = paragraph.text
    if use.token.idx < quotation.end or _opened_by_cue(paragraph, quotation):
        return False
    lead = text[use.token.sent.start_char : quotation.start].strip(_MARKS)
    after = text[quotation.end : min(use.token.idx, max(use.source.idx, quotation.end))].strip(_MARKS)
    if text[quotation.end - 1] in ",.?!…—–-" or after[:1] in ",.—–-":
        return bool(lead) and lead[-1].isalnum() and len(lead.split()) > 2
    return bool(lead) and lead[-1].isalnum() and len(after.split()) > 1


def _opened_by_cue(paragraph: Paragraph, quotation: Quotation) -> bool:
    """True for a quotation right after a cue of its own (… and he said “X”)."""
    before = [token for token in paragraph.doc if token.idx < quotation.start and not token.is_punct]
    return bool(before) and lemma(before[-1]) in lexicon().verbs


def _inverted_after(quotation: Quotation, use: CueUse, text: str) -> bool:
    """True where the say-clause follows the closing mark at once (“… .” he said, or "said X")."""
    between = text[quotation.end : use.token.idx]
    return (
        len(between.split()) <= 6
        and not re.search(r"[”\"»]\s+[A-Z]\w+.*\b(?:had|has|was)\b", between)
        and (text[quotation.end + 1 : quotation.end + 3].strip()[:1].islower())
    )


def _another_between(paragraph: Paragraph, start: int, end: int) -> bool:
    return any(start < quote.start < end and quote.start != end for quote in paragraph.quotations)


def _stands_alone(paragraph: Paragraph, quotation: Quotation) -> bool:
    """True for a quotation that is a sentence: at the start of one, with a finite verb, not a title."""
    before = paragraph.text[: quotation.start].rstrip(_MARKS)
    starts = not before or before[-1] in ".?!:…"
    return starts and len(paragraph.text[quotation.start : quotation.end].split()) >= 4


def _next_speaker(paragraph: Paragraph, quotation: Quotation, uses: Sequence[CueUse]) -> Speaker | None:
    """The speaker of the next quotation of the same paragraph, for one that opens it."""
    later = [q for q in paragraph.quotations if q.start > quotation.start]
    if paragraph.text[: quotation.start].strip(_MARKS) or not later:
        return None
    return _speaker_of(paragraph, later[0], uses)


def _speaker_just_before(
    paragraph: Paragraph, quotation: Quotation, uses: Sequence[CueUse]
) -> Speaker | None:
    """The speaker of the sentence that a quotation of whole sentences follows ("X said so. “Y.”")."""
    ended = [token for token in paragraph.doc if token.idx < quotation.start and not token.is_punct]
    last = ended[-1].sent if ended else None
    if last is None or last.end_char > quotation.start:
        return None
    here = [use for use in uses if use.token.sent == last]
    return _last_speaker(paragraph, here)


def _last_speaker(paragraph: Paragraph, uses: Sequence[CueUse]) -> Speaker | None:
    """The speaker of a paragraph without quotations, for one that opens with a quotation after it."""
    speaking = [use for use in uses if "quote" in use.cue.takes and not use.cue.needs_document]
    return speaker_of_use(paragraph, speaking[-1]) if speaking else None


def _pieces(paragraph: Paragraph, quotation: Quotation) -> Iterator[tuple[Token, Span]]:
    """The propositions of a quotation: its sentences, and their independent clauses."""
    for sentence in paragraph.doc.sents:
        start, end = max(sentence.start_char, quotation.start), min(sentence.end_char, quotation.end)
        if start >= end or "?" in paragraph.text[end - 1 : end + 1]:
            continue
        root = _top(sentence, start, end)
        if root is None:
            continue
        yield from _split(paragraph, root, start, end)


def _top(sentence: Sentence, start: int, end: int) -> Token | None:
    """The predicate of what a quotation holds of a sentence; None for a fragment."""
    inside = [token for token in sentence if start <= token.idx < end]
    tops = [
        token
        for token in inside
        if token.pos_ in {"VERB", "AUX"} and not _within(token.head, token, start, end)
    ]
    finite = [token for token in tops if is_finite(token) and subject(token) is not None]
    loose = [token for token in inside if not _within(token.head, token, start, end) and not token.is_punct]
    return next(iter(finite or tops or loose), None)


def _within(head: Token, token: Token, start: int, end: int) -> bool:
    return head.i != token.i and start <= head.idx < end


def _split(paragraph: Paragraph, root: Token, start: int, end: int) -> Iterator[tuple[Token, Span]]:
    """``[start, end)`` cut where a clause with its own subject is joined by "and" or "but"."""
    joined = [
        child for child in root.children
        if child.dep_ == "conj" and is_separate(child) and start <= child.idx < end
    ]  # fmt: skip
    heads, cuts = [root], [start]
    for child in joined:
        left = min(token.idx for token in child.subtree)
        linked = [token for token in root.children if token.dep_ == "cc" and token.idx < left]
        if linked and left > cuts[-1]:
            heads.append(child)
            cuts.append(linked[-1].idx)
    for head, first, last in zip(heads, cuts, [*cuts[1:], end], strict=True):
        begin = first if head is root else first + len(_conjunction(paragraph, first))
        begin += len(_going_on(paragraph, begin, start))
        span = paragraph.trimmed(begin, last)
        if span and len(paragraph.text[begin:last].split()) >= 2:
            yield head, span


def _going_on(paragraph: Paragraph, begin: int, start: int) -> str:
    """The "and" or "but" with which a second half of a quotation takes up the first."""
    word = re.match(r"(?:and|but)\s+", paragraph.text[begin:]) if begin == start else None
    return word.group() if word else ""


def _conjunction(paragraph: Paragraph, start: int) -> str:
    word = re.match(r"\w+\s*", paragraph.text[start:])
    return word.group() if word else ""


def block_speech(paragraph: Paragraph, speaker: Speaker, start: int = 0) -> list[Attribution]:
    """A paragraph, or the rest of one, that stands as speech after a colon, without marks."""
    whole = Quotation(start, len(paragraph.text), closed=True)
    return [
        Attribution(
            paragraph, span, root, speaker.source, speaker.cue, speaker.entry, "speech-after-colon",
            via=speaker.via, quoted=True, cue_token=speaker.token,
        )
        for root, span in _pieces(paragraph, whole)
    ]  # fmt: skip
