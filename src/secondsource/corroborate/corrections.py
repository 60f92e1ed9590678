"""Corrections: what an outlet takes back, and which of its earlier claims that touches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondsource.corroborate.slots import Slots
from secondsource.derivation import earlier
from secondsource.derivation.outlets import canonical
from secondsource.model import Claim, Document
from secondsource.text import overlap, plain

_MARK = re.compile(
    r"\bcorrections?\b\s*(?:[:(,.—–-]|$)|\b(?:an|the) (?:earlier|previous|original|initial) version of this|"
    r"\bthis (?:article|story|report|post) (?:has been|was) (?:corrected|amended|updated to correct)|"
    r"\b(?:we|it) (?:wrongly|incorrectly|mistakenly|erroneously) (?:said|stated|reported|gave)|"
    r"\bretract(?:s|ed|ion)\b",
    re.IGNORECASE | re.MULTILINE,
)
_WITHDRAWN = re.compile(
    r"\b(?:earlier|previous|original|initial) version|\bmisstated|\b(?:wrong|incorrect|mistaken|erroneous)ly|"
    r"\bin error\b|\bshould have (?:said|read|been)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Correction:
    """A note in a document that takes something back: its place, and the figures withdrawn."""

    document: Document
    start: int
    end: int
    withdrawn: tuple[tuple[int, int], ...]
    figures: frozenset[float]


def corrections(document: Document) -> Iterator[Correction]:
    """The correction notes of a document, one a paragraph that is marked as one."""
    text = plain(document.text)
    for line in re.finditer(r"[^\n]+", text):
        if not _MARK.search(line[0]):
            continue
        taken = [
            (line.start() + sentence.start(), line.start() + sentence.end())
            for sentence in _SENTENCE.finditer(line[0])
            if _WITHDRAWN.search(sentence[0])
        ]
        figures = {
            float(number.replace(",", ""))
            for start, end in taken
            for number in _NUMBER.findall(_after_verb(text[start:end]))
        }
        yield Correction(document, *line.span(), tuple(taken), frozenset(figures))


def _after_verb(sentence: str) -> str:
    """The part that gives what was wrong; a date before it is the date of the note."""
    found = _WITHDRAWN.search(sentence)
    return sentence[found.start() :] if found else sentence


def is_withdrawn(claim: Claim, notes: Iterable[Correction]) -> bool:
    """True for words that a note of their document only repeats to take them back."""
    taken = [place for note in notes for place in note.withdrawn]
    return any(overlap(span, place) for span in claim.content.spans for place in taken)


def superseded(
    group: Sequence[Slots], notes: Iterable[Correction], documents: Mapping[str, Document]
) -> dict[str, Correction]:
    """The claims of a matter that their own outlet has corrected, each with the note.

    A note takes back the figures that it names, in the outlet's texts up to then; one that
    names none takes back the outlet's earlier texts' figures that its own document rivals.
    """
    found: dict[str, Correction] = {}
    for note in notes:
        own = [slots for slots in group if slots.claim.document == note.document.id]
        for slots in group:
            document = documents[slots.claim.document]
            if not _same_outlet(document, note.document) or not slots.amounts:
                continue
            if _takes_back(note, slots, own, document):
                found[slots.claim.id] = note
    return found


def _takes_back(note: Correction, slots: Slots, own: Sequence[Slots], document: Document) -> bool:
    before = (
        document.id == note.document.id or earlier(document.published, note.document.published) is not False
    )
    if any(amount.exact and amount.low in note.figures for amount in slots.amounts):
        return before
    rivals = (
        mine.rivals(amount) and not mine.meets(amount)
        for other in own
        for mine in other.amounts
        for amount in slots.amounts
    )
    later = earlier(document.published, note.document.published)
    return document.id != note.document.id and later is True and not note.figures and any(rivals)


def _same_outlet(one: Document, other: Document) -> bool:
    return one.id == other.id or bool(
        one.publisher and other.publisher and canonical(one.publisher) == canonical(other.publisher)
    )
