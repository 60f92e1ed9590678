"""Whether what happens at a time has happened or is to come, by the verb the time hangs on."""

from __future__ import annotations

from itertools import chain
from typing import Literal

from spacy.tokens import Token

from secondsource.extractor.paragraphs import Paragraph, is_finite, lemma

Tense = Literal["past", "future", "other"]

_COMING = frozenset({"will", "shall", "would", "'ll", "’ll", "wo"})
_AHEAD = frozenset(
    {"plan", "intend", "expect", "due", "set", "schedule", "aim", "hope", "promise", "pledge", "vow", "slate",
     "want", "propose", "prepare", "agree", "forecast", "predict", "target", "go"}
)  # fmt: skip


def tense_at(paragraph: Paragraph, at: int) -> Tense:
    """The tense of the clause in which paragraph offset ``at`` stands."""
    covering = paragraph.doc.char_span(at, at + 1, alignment_mode="expand")
    if not covering:
        return "other"
    token = covering[0]
    for verb in chain([token], token.ancestors):
        if verb.pos_ in {"VERB", "AUX"} or lemma(verb) in _AHEAD:
            found = _tense_of(verb)
            if found:
                return found
    return "other"


def _tense_of(verb: Token) -> Tense | None:
    """The tense that a verb shows; None for one that leaves it to the verb above it."""
    if any(child.lower_ in _COMING for child in verb.children if child.dep_ == "aux"):
        return "future"
    infinitive = any(child.tag_ == "TO" for child in verb.children)
    below = any(child.dep_ in {"xcomp", "ccomp", "acl"} and child.pos_ == "VERB" for child in verb.children)
    if lemma(verb) in _AHEAD and below and (lemma(verb) != "go" or verb.tag_ == "VBG"):
        return "future"
    if verb.tag_ == "VBD" or any(
        c.tag_ in {"VBD", "VBN"} and c.dep_ in {"aux", "auxpass"} for c in verb.children
    ):
        return "past"
    return "other" if is_finite(verb) and not infinitive else None
