"""Noun phrases that name a source, a relayer or a basis, cut to what names it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.paragraphs import Paragraph, lemma
from secondsource.model import Excerpt, Span

# What hangs on a name without being part of it.
_BESIDE = frozenset(
    {"case", "appos", "relcl", "parataxis", "punct", "ccomp", "advcl", "dep", "advmod", "preconj"}
)
_SEEN = frozenset(
    {"review", "see", "obtain", "examine", "view", "get", "acquire", "share", "consult", "publish", "read",
     "analyse", "analyze", "cite", "quote", "provide", "photograph", "inspect", "intercept", "leak"}
)  # fmt: skip
_UNNAMED = frozenset({"a", "an", "one", "two", "three", "some", "several"})
_OUTLET_NAMES = ("news agency", "news website", "state media", "state television", "news service", "newswire")
_DANGLING = frozenset({"npadvmod", "appos", "dobj", "conj", "attr", "dep", "oprd"})
_BODIES = frozenset(
    {"agency", "newspaper", "channel", "broadcaster", "magazine", "company", "firm", "bank", "group"}
)
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
    if child.dep_ == "relcl" and _tells_which(head, child):
        return False
    if child.dep_ in _BESIDE and not (child.dep_ == "punct" and child.text in "-'’\"“”"):
        return not (child.dep_ == "relcl" and lemma(head) in lexicon().documents)
    if child.i < head.i:
        return child.dep_ in {"cc", "mark"}
    if child.dep_ == "acl":
        if lemma(child) in lexicon().verbs and not any(t.dep_ in {"agent", "prep"} for t in child.children):
            return True
        return is_tail(child) or head.pos_ == "PROPN" or child.lemma_ in _SEEN or child.tag_ == "VBG"
    if child.dep_ == "prep":
        return head.pos_ == "PROPN" and child.lower_ in _SIDE_PREPOSITIONS and not _names(child)
    return child.dep_ == "conj" and child.pos_ == "VERB"


def _tells_which(head: Token, clause: Token) -> bool:
    """True for "an aid worker who was there": a clause without a comma that says which one is meant."""
    first = clause.left_edge
    unnamed = head.pos_ == "NOUN" and head.left_edge.lower_ in {
        "a",
        "an",
        "one",
        "two",
        "three",
        "some",
        "several",
    }
    return unnamed and first.lower_ == "who" and first.i == head.i + 1


def _names(prep: Token) -> bool:
    """True where a preposition and its object are part of one proper name ("Center for …")."""
    return prep.ent_iob_ == "I" or any(child.ent_iob_ == "I" for child in prep.children)


def _person_only(head: Token, left: int, right: int) -> tuple[int, int]:
    """The name alone where the phrase's head ends a person's name ("MP Ali al-Badri")."""
    doc = head.doc
    if head.ent_type_ != "PERSON" or any(doc[i].lower_ in _BODIES for i in range(left, right + 1)):
        return left, right
    first, last = head.i, head.i
    while first - 1 >= left and doc[first - 1].ent_type_ == "PERSON" and doc[first].ent_iob_ == "I":
        first -= 1
    while last + 1 <= right and doc[last + 1].ent_iob_ == "I":
        last += 1
    if any(doc[i].dep_ in {"conj", "cc"} for i in range(left, right + 1)):
        return left, right
    return first, last


def is_tail(token: Token) -> bool:
    """True for ", a senior lawmaker disclosed on Monday." that the parse took for a modifier of its noun."""
    noun = token.head
    if token.tag_ not in {"VBD", "VBZ", "VBN"} or noun.i > token.i or noun.dep_ not in _DANGLING:
        return False
    if any(child.dep_ in {"agent", "auxpass"} for child in token.children):
        return False
    left = noun.left_edge.i
    return left > 0 and noun.doc[left - 1].text == "," and lemma(noun) not in lexicon().documents


def by_name(found: Phrase) -> Phrase:
    """The name set beside a role in apposition, where there is one; else the phrase itself."""
    apposed = named_in_apposition(found.head)
    named = phrase(found.paragraph, apposed) if apposed is not None else None
    return named or found


def named_in_apposition(head: Token) -> Token | None:
    """The head of a person's name set beside a role ("the minister, Boris Johnson,")."""
    for child in apposed(head):
        if child.ent_type_ in {"PERSON", "ORG"} and child.pos_ == "PROPN":
            return child
    return None


def apposed(head: Token) -> list[Token]:
    """What stands in apposition to a noun, though the parse may hang it on a noun below it.

    "The director of Varn Trade, Milo Staff," is the director; in "a lawyer for the captain, Ion Tell," the
    captain may be meant, so that nobody is.
    """
    own = [child for child in head.children if child.dep_ == "appos"]
    below = [held for prep in head.children if prep.dep_ == "prep" for held in _governed(prep)]
    if any(is_role(held) for held in below):
        return []
    if head.pos_ != "NOUN" or not is_role(head):
        return own
    return own + [child for held in below for child in held.children if _is_name_after_comma(child)]


def _governed(prep: Token) -> list[Token]:
    return [child for child in prep.children if child.dep_ == "pobj"]


def is_role(noun: Token) -> bool:
    """True for what a person is called: "director", "lawyer", "captain"."""
    book, word = gazetteer(), lemma(noun)
    return noun.pos_ == "NOUN" and word in book.roles | book.people | book.speakers


def _is_name_after_comma(child: Token) -> bool:
    if child.dep_ != "appos" or child.pos_ != "PROPN":
        return False
    first, after = child.left_edge.i, child.right_edge.i + 1
    closed = after < len(child.doc) and child.doc[after].text == ","
    return closed and first > 0 and child.doc[first - 1].text == ","


def seen_by(head: Token) -> Token | None:
    """Who saw the documents, in "documents reviewed by Reuters" or "papers Reuters has seen"."""
    joined = [child for child in head.children if child.dep_ == "conj"]
    for child in (child for one in (head, *joined) for child in one.children):
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
    if found.paragraph.names_outlet(text):
        return True
    noun = lemma(found.head)
    if any(name in text for name in _OUTLET_NAMES):
        return True
    if found.head.pos_ == "NOUN" and noun in lexicon().documents:
        return False
    if noun == "agency":
        return text == "the agency" or any(
            found.paragraph.names_outlet(word) for word in found.text.split() if word[0].isupper()
        )
    return noun in gazetteer().outlet_words
