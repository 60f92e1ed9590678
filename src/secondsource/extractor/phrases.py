"""Noun phrases that name a source, a relayer or a basis, cut to what names it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.paragraphs import Paragraph, lemma
from secondsource.model import Excerpt, Span

# What hangs on a name without being part of it.
_BESIDE = frozenset({"appos", "relcl", "parataxis", "punct", "ccomp", "advcl", "dep", "advmod", "preconj"})
_SEEN = frozenset(
    {"review", "see", "obtain", "examine", "view", "get", "acquire", "share", "consult", "publish", "read",
     "analyse", "analyze", "cite", "quote", "provide", "photograph", "inspect", "intercept", "leak"}
)  # fmt: skip
_SIDE_PREPOSITIONS = frozenset(
    {"in", "on", "at", "during", "after", "before", "with", "as", "through", "via", "by"}
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with its head token and its place in the document."""

    paragraph: Paragraph
    head: Token
    span: Span

    @property
    def text(self) -> str:
        start = self.span.start - self.paragraph.offset
        return self.paragraph.text[start : start + self.span.end - self.span.start]

    @property
    def excerpt(self) -> Excerpt:
        return Excerpt((self.span,), self.text)


def phrase(paragraph: Paragraph, head: Token) -> Phrase | None:
    """The phrase that ``head`` heads, without its appositions and asides."""
    kept = {head.i}
    for child in head.children:
        if not _beside(head, child):
            kept.update(token.i for token in child.subtree)
    left = right = head.i
    while left - 1 in kept:
        left -= 1
    while right + 1 in kept:
        right += 1
    left, right = _person_only(head, left, right)
    doc = head.doc
    span = paragraph.trimmed(doc[left].idx, doc[right].idx + len(doc[right].text))
    return span and Phrase(paragraph, head, span)


def _beside(head: Token, child: Token) -> bool:
    if child.dep_ in _BESIDE and not (child.dep_ == "punct" and child.text in "-'’\"“”"):
        return not (child.dep_ == "relcl" and lemma(head) in lexicon().documents)
    if child.i < head.i:
        return child.dep_ in {"cc", "mark"}
    if child.dep_ == "acl":
        return head.pos_ == "PROPN" or child.lemma_ in _SEEN or child.tag_ == "VBG"
    if child.dep_ == "prep":
        return head.pos_ == "PROPN" and child.lower_ in _SIDE_PREPOSITIONS and not _names(child)
    return child.dep_ == "conj" and child.pos_ == "VERB"


def _names(prep: Token) -> bool:
    """True where a preposition and its object are part of one proper name ("Center for …")."""
    return prep.ent_iob_ == "I" or any(child.ent_iob_ == "I" for child in prep.children)


def _person_only(head: Token, left: int, right: int) -> tuple[int, int]:
    """The name alone where the phrase's head ends a person's name ("MP Ali al-Badri")."""
    if head.ent_type_ != "PERSON":
        return left, right
    doc = head.doc
    first, last = head.i, head.i
    while first - 1 >= left and doc[first - 1].ent_type_ == "PERSON" and doc[first].ent_iob_ == "I":
        first -= 1
    while last + 1 <= right and doc[last + 1].ent_iob_ == "I":
        last += 1
    if any(doc[i].dep_ in {"conj", "cc"} for i in range(left, right + 1)):
        return left, right
    return first, last


def named_in_apposition(head: Token) -> Token | None:
    """The head of a person's name set beside a role ("the minister, Boris Johnson,")."""
    for child in head.children:
        if child.dep_ == "appos" and child.ent_type_ == "PERSON":
            return child
    return None


def seen_by(head: Token) -> Token | None:
    """Who saw the documents, in "documents reviewed by Reuters" or "papers Reuters has seen"."""
    for child in head.children:
        if child.dep_ in {"acl", "relcl"} and child.lemma_ in _SEEN | {"have", "say"}:
            agent = next((grand for grand in child.children if grand.dep_ == "agent"), None)
            by = agent or next((grand for grand in child.children if grand.lower_ in {"by", "to"}), None)
            doer = next(iter(by.children), None) if by is not None else None
            own = next((grand for grand in child.children if grand.dep_ == "nsubj"), None)
            return doer if doer is not None else own if own is not None and own.pos_ != "PRON" else None
    return None


def is_outlet_phrase(found: Phrase) -> bool:
    """True where a phrase names an outlet, or is one by its head noun."""
    text = found.text.lower()
    if gazetteer().is_outlet(text):
        return True
    noun = lemma(found.head)
    return noun in gazetteer().outlet_words or (noun in {"agency", "reporters"} and text.startswith("the "))
