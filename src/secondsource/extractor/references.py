"""Words that stand for a name close before them: “the company”, “the ministry”, “she”.

Narrow on purpose, and an inference each time.  A name is taken only where it alone fits among the names of
the same sentence, before the words, and of the two sentences before it; where anything else that could be
meant stands there, named or not, nothing is taken.  Words inside quotations are passed over, since “the
company” of a speaker may be another than the reporter's.  The noun must fit the name: any company is “the
company”, but only what is called a ministry, in its name or beside it, is “the ministry”.

A reference is no mention: it adds no name to a thing and no document to an entity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.mentions import Names
from secondsource.extractor.paragraphs import Paragraph, lemma
from secondsource.extractor.things import things
from secondsource.gazetteers import outlet
from secondsource.model import Excerpt, Mention, Reference, Span
from secondsource.text import words

BACK = 2
"""So many sentences before the one of the words are looked through."""

_HE, _SHE = frozenset({"he", "him", "his"}), frozenset({"she", "her"})
_POINTING = frozenset({"the", "this", "that"})
_ANY = {
    "company": "Company", "firm": "Company", "manufacturer": "Company", "ship": "Vessel", "vessel": "Vessel",
    "tanker": "Vessel", "freighter": "Vessel", "ferry": "Vessel",
}  # fmt: skip
"""Nouns that fit every name of a kind."""

_CALLED = frozenset({
    "academy", "agency", "airline", "army", "authority", "bank", "bureau", "commission", "committee",
    "council", "court", "department", "directorate", "embassy", "factory", "foundation", "inspectorate",
    "institute", "mill", "ministry", "navy", "plant", "refinery", "service", "shipyard", "tribunal",
    "union", "university", "works",
})  # fmt: skip
"""Nouns that fit a name only where the thing is called so: in the name, or in words tied to it."""

_REFERRING = _HE | _SHE | _ANY.keys() | _CALLED
_BODIES = frozenset({"Company", "Organization", "PublicBody"})
_RIVALS = {
    "Company": _BODIES - {"PublicBody"},
    "Vessel": frozenset({"Vessel"}),
    "Person": frozenset({"Person"}),
}
_NARROWING = frozenset({"amod", "compound", "relcl", "acl", "prep", "appos", "nummod", "nmod", "poss"})
_PLURAL = frozenset({"NNS", "NNPS"})
_NAME_TIES = frozenset({"appos", "compound", "attr", "nmod"})


@dataclass(frozen=True, slots=True)
class _Sentence:
    paragraph: Paragraph
    tokens: Tokens

    @property
    def span(self) -> Span:
        return self.paragraph.at(self.tokens.start_char, self.tokens.end_char)


def with_references(paragraphs: Sequence[Paragraph], names: Names) -> tuple[Mention, ...]:
    """The mentions, each with the words after it that are taken for it."""
    found: defaultdict[Span, list[Reference]] = defaultdict(list)
    genders: dict[str, frozenset[str]] = {}
    for window in _windows(paragraphs):
        for token in (one for one in window[-1].tokens if one.lower_ in _REFERRING):
            reference = _reference(token, window, names)
            if reference is None or genders.setdefault(reference[0].entity, _gender(token)) != _gender(token):
                continue
            mention, taken = reference
            found[mention.excerpt.spans[0]].append(taken)
    return tuple(
        replace(one, references=tuple(found[one.excerpt.spans[0]])) if one.excerpt.spans[0] in found else one
        for one in names.mentions
    )


def _windows(paragraphs: Sequence[Paragraph]) -> Iterator[Sequence[_Sentence]]:
    """Each sentence of running text with those close before it, a heading between them parting them."""
    held: list[_Sentence] = []
    for paragraph in paragraphs:
        if paragraph.kind not in ("paragraph", "quote"):
            held = []
            continue
        for sentence in paragraph.doc.sents:
            held = [*held[-BACK:], _Sentence(paragraph, sentence)]
            yield held


def _gender(token: Token) -> frozenset[str]:
    return next((held for held in (_HE, _SHE) if token.lower_ in held), frozenset())


def _reference(token: Token, window: Sequence[_Sentence], names: Names) -> tuple[Mention, Reference] | None:
    paragraph = window[-1].paragraph
    if paragraph.quotation_at(token.idx):
        return None
    noun = _noun(token)
    kind = "Person" if _gender(token) else _ANY.get(noun, "called" if noun in _CALLED else "")
    start = token.idx if _gender(token) else token.doc[token.i - 1].idx if noun else token.idx
    place = paragraph.at(start, token.idx + len(token.text))
    if not kind or names.touching(place):
        return None
    before = [one for one in names.within(Span(window[0].span.start, place.start)) if one.how != "adjective"]
    named = [one for one in before if _could_be(one, kind, noun, window)]
    if len({one.entity for one in named}) != 1 or _unnamed(window, place, kind, noun, named):
        return None
    excerpt = Excerpt((place,), paragraph.text[start : token.idx + len(token.text)])
    last = named[-1]
    if kind != "called" and last.schema != kind:
        return None
    return last, Reference(excerpt, _sentence(excerpt.text, kind, noun, last))


def _noun(token: Token) -> str:
    """The noun of “the company” where nothing narrows it down, else the empty string."""
    if token.tag_ != "NN" or token.i == 0 or token.dep_ in {"compound", "appos"}:
        return ""
    if token.nbor(-1).lower_ not in _POINTING or token.nbor(-1).head != token:
        return ""
    return "" if any(child.dep_ in _NARROWING for child in token.children) else token.lower_


def _could_be(one: Mention, kind: str, noun: str, window: Sequence[_Sentence]) -> bool:
    """True for a name that the words could mean, and for one that may be of their kind."""
    if kind == "called":
        return one.schema in _BODIES and _is_called(one, noun, window)
    return one.schema in _RIVALS[kind] and not outlet(one.name)


def _is_called(one: Mention, noun: str, window: Sequence[_Sentence]) -> bool:
    """True where the noun is in the name, or tied to it by grammar: “Kezra, a plant in the north”."""
    if noun in words(f"{one.name} {one.excerpt.text}".lower()):
        return True
    return any(
        token.lower_ == noun and _tied(token, [one], sentence.paragraph)
        for sentence in window
        for token in sentence.tokens
    )


def _unnamed(
    window: Sequence[_Sentence], place: Span, kind: str, noun: str, named: Sequence[Mention]
) -> bool:
    """True where somebody or something without a name stands there that the words could mean as well."""
    for sentence in window:
        for token in sentence.tokens:
            at = sentence.paragraph.at(token.idx, token.idx + len(token.text))
            other = at.end <= place.start and _is_of_kind(token, kind, noun)
            if other and not _tied(token, named, sentence.paragraph):
                return True
    return False


def _is_of_kind(token: Token, kind: str, noun: str) -> bool:
    if token.pos_ != "NOUN":
        return False
    if kind == "Person":
        return token.tag_ not in _PLURAL and (
            things().nouns.get(lemma(token)) == "Person" or _is_person(token)
        )
    same = lemma(token) == noun if kind == "called" else things().nouns.get(lemma(token)) == kind
    pointed = any(child.lower_ in _POINTING for child in token.children)
    return same and not pointed and token.dep_ != "compound"


def _is_person(token: Token) -> bool:
    book = gazetteer()
    return token.tag_ == "NN" and lemma(token) in book.people | book.offices | book.speakers


def _tied(token: Token, named: Sequence[Mention], paragraph: Paragraph) -> bool:
    """True for a noun that says what one of the names is: beside it, in apposition, or after “is”."""
    places = {at for one in named for at in range(*one.excerpt.spans[0])}
    near = [token, *(child for child in token.children if child.dep_ in _NAME_TIES)]
    if token.dep_ in _NAME_TIES:
        near.append(token.head)
    if token.dep_ == "attr":
        near += (child for child in token.head.children if child.dep_ == "nsubj")
    return any(paragraph.offset + one.idx in places for one in near)


def _sentence(said: str, kind: str, noun: str, one: Mention) -> str:
    what = {"Person": "person", "Company": "company", "Vessel": "ship", "called": noun}[kind]
    return (
        f"“{said}” is taken for “{one.name}”, the only {what} before it in its sentence and in the {BACK}"
        " sentences before that."
    )
