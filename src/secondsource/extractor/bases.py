"""What a source's knowledge rests on, with the words that say so."""

from __future__ import annotations

import re

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.paragraphs import lemma
from secondsource.extractor.phrases import Phrase, is_outlet_phrase
from secondsource.model import Basis, BasisKind, Excerpt, SourceKind, Span

_STATED = re.compile(
    r"\b(?:(?:after|by|from|having) (?:review(?:ing|ed)|see(?:ing|n)|examin(?:ing|ed)|obtain(?:ing|ed)"
    r"|analy[sz](?:ing|ed)) |"
    r"based on |on the basis of |citing |which (?:it|they|he|she) (?:reviewed|saw|obtained) )"
    r"(?P<what>[^,.;:”\"]{4,80})",
    re.I,
)
_SAW = re.compile(
    r"\b(?:I|we) (?:saw|watched|witnessed|heard|counted|photographed|filmed)\b|\bwith (?:my|our) own eyes\b",
    re.I,
)
_WITNESS = frozenset(
    {"witness", "eyewitness", "resident", "villager", "survivor", "worker", "employee", "sailor", "driver"}
)


def basis(attribution: Attribution, kind: SourceKind) -> Basis | None:
    """The basis that the text gives; None where it gives none."""
    source = attribution.source
    noun = lemma(source.head)
    if attribution.basis is not None:
        return _of_phrase(attribution.basis)
    if kind == "document":
        return Basis(lexicon().documents.get(noun, "documents"), source.excerpt)
    if noun in _WITNESS:
        return Basis("witness", source.excerpt)
    return _stated(attribution)


def _of_phrase(found: Phrase) -> Basis:
    noun = lemma(found.head)
    kind: BasisKind = lexicon().documents.get(noun, "hearsay" if is_outlet_phrase(found) else "unknown")
    if noun in {"statement", "comment", "release", "interview"}:
        kind = "statement"
    if noun in {"source", "official", "people", "person"}:
        kind = "hearsay"
    return Basis(kind, found.excerpt)


def _stated(attribution: Attribution) -> Basis | None:
    """A basis named in the same sentence outside the content ("after reviewing 300 invoices")."""
    paragraph = attribution.paragraph
    sentence = attribution.root.sent
    for shape in _STATED.finditer(paragraph.text, sentence.start_char, sentence.end_char):
        span = paragraph.trimmed(*shape.span("what"))
        if span and not _inside(span, attribution.content):
            words = paragraph.text[span.start - paragraph.offset : span.end - paragraph.offset]
            return Basis(_kind_of(words), Excerpt((span,), words))
    saw = _SAW.search(paragraph.text, sentence.start_char, sentence.end_char)
    if saw and attribution.quoted:
        span = paragraph.at(*saw.span())
        return Basis("witness", Excerpt((span,), saw.group()))
    return None


def _kind_of(words: str) -> BasisKind:
    for word in re.findall(r"[a-z-]+", words.lower()):
        kind = lexicon().documents.get(word) or lexicon().documents.get(word.removesuffix("s"))
        if kind:
            return kind
    return "unknown"


def _inside(span: Span, content: Span) -> bool:
    return content.start <= span.start and span.end <= content.end
