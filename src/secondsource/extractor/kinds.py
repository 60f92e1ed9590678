"""What kind of source a phrase names: a person, a body, a document, an outlet, or nobody by name."""

from __future__ import annotations

from spacy.tokens import Token

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.mentions import Names
from secondsource.extractor.paragraphs import lemma
from secondsource.extractor.phrases import Phrase, is_outlet_phrase
from secondsource.model import Mention, SourceKind
from secondsource.text import words

_COUNTING = frozenset({"one", "two", "three", "some", "several", "many", "both", "most"})
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople"})
_GOVERNING = frozenset(
    {"of", "by", "from", "for", "to", "with", "in", "at", "on", "near", "under", "around", "and"}
)
_PIECES = frozenset({"report", "exclusive", "article", "story", "investigation", "dispatch"})
_BODY_SCHEMAS: dict[str, SourceKind] = {
    "PublicBody": "government",
    "Country": "government",
    "Company": "organisation",
    "Organization": "organisation",
}


def kind_of(
    source: Phrase, mention: Mention | None, names: Names, body: SourceKind | None, own: Token | None = None
) -> SourceKind:
    """The kind of a source by the words that name it.

    ``mention`` is the name that says who it is; ``body`` is the kind of the body last spoken
    of, for a spokesperson of whom no more is said; ``own`` is the subject of what it says,
    which tells a body ("the home said it …") from people.
    """
    noun = lemma(counted(source.head))
    if (is_outlet_phrase(source) and source.text.lower() != "the agency") or _is_outlets_piece(source):
        return "outlet"
    if noun in gazetteer().speakers or _speaks_for(source.text):
        return _of_spokesperson(source, mention, names) or body or "organisation"
    if mention is not None and mention.schema == "Person" and _names(source, mention):
        return "person"
    if source.head.pos_ == "PROPN" and source.head.lower_ not in gazetteer().offices:
        return _of_name(source, mention)
    return _of_noun(source, noun) or _of_itself(source, own) or _of_name(source, mention)


def _of_itself(source: Phrase, own: Token | None) -> SourceKind | None:
    """A body, where one thing says something of itself."""
    if own is None or source.head.tag_ != "NN" or source.head.pos_ != "NOUN":
        return None
    its = own.lower_ == "it" or any(child.lower_ == "its" for child in own.children)
    return "organisation" if its and own.dep_ != "expl" else None


def counted(head: Token) -> Token:
    """What is counted, in "one of the papers"; else the head itself."""
    of = next((child for child in head.children if child.lower_ == "of"), None)
    inner = next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
    return inner if inner is not None and head.lower_ in _COUNTING else head


def of_body(schema: str) -> SourceKind | None:
    """The kind of source that a named body of that schema is; None for what is none."""
    return _BODY_SCHEMAS.get(schema)


def _names(source: Phrase, mention: Mention) -> bool:
    """True for a person's name that the phrase is, or is apposed to, not for one that it only mentions."""
    place = mention.excerpt.spans[0]
    head = source.paragraph.offset + source.head.idx
    noun = lemma(source.head)
    if place.start <= head < place.end:
        return noun not in gazetteer().speakers
    a_thing = gazetteer().kind_of_noun(noun) in {"organisation", "government", "outlet"}
    if source.head.pos_ == "NOUN" and (a_thing or noun in lexicon().documents):
        return False
    before = words(source.paragraph.text[: place.start - source.paragraph.offset])[-1:]
    ends = place.end == source.span.end and before and before[0].lower() not in _GOVERNING
    return bool(ends) or place.start >= source.span.end or place.end <= source.span.start


def _is_outlets_piece(source: Phrase) -> bool:
    """True for "the Reuters report", "an exclusive by Reuters": an outlet's own piece."""
    if lemma(source.head) not in _PIECES:
        return False
    return any(source.paragraph.names_outlet(token.text) for token in source.head.subtree)


def _speaks_for(text: str) -> bool:
    return not _SPEAKERS.isdisjoint(text.lower().split())


def _of_spokesperson(source: Phrase, mention: Mention | None, names: Names) -> SourceKind | None:
    """The kind of the body that a spokesperson speaks for, or a person where one is named."""
    if mention is not None and mention.schema == "Person":
        return "person"
    said = words(source.text.lower())
    if any(word in gazetteer().government for word in said) or gazetteer().names_government(
        source.text.lower()
    ):
        return "government"
    if any(word in gazetteer().organisations for word in said):
        return "organisation"
    inside = [kind for one in names.touching(source.span) if (kind := of_body(one.schema))]
    return "organisation" if "organisation" in inside else next(iter(inside), None)


def _of_noun(source: Phrase, noun: str) -> SourceKind | None:
    """The kind that a common noun says: a document, unnamed people, a body, the holder of an office."""
    book = gazetteer()
    before = source.head.nbor(-1) if source.head.i > 0 else source.head
    compound = book.kind_of_noun(f"{before.lower_} {noun}") if before.head == source.head else None
    if compound:
        return compound
    if noun in lexicon().documents:
        return "document"
    marked = any(child.dep_ in {"det", "poss"} for child in source.head.children)
    if noun in book.state_offices and source.head.tag_ == "NN" and marked:
        return "government"
    if noun in book.offices:
        return "person"
    if noun in book.people:
        return "anonymous"
    if noun in book.organisations and book.names_government(source.text.lower()):
        return "government"
    return book.kind_of_noun(noun)


def _of_name(source: Phrase, mention: Mention | None) -> SourceKind:
    """The kind of a proper name, or of a noun that tells nothing, by the words and the names in it."""
    book, said = gazetteer(), words(source.text.lower())
    if _is_worldwide(source.text.lower()):
        return "organisation"
    if book.names_government(source.text.lower()):
        return "government"
    kind = of_body(mention.schema) if mention is not None else None
    if kind == "government" or source.head.ent_type_ in {"GPE", "NORP"}:
        return "government"
    if kind or source.head.pos_ == "PROPN":
        told = [book.kind_of_noun(word) for word in said]
        return next((one for one in reversed(told) if one and one != "anonymous"), kind or "organisation")
    return "anonymous"


def _is_worldwide(text: str) -> bool:
    """True for the name of a body of more than one state, which is no government."""
    padded = f" {' '.join(words(text))} "
    return any(f" {name} " in padded for name in gazetteer().worldwide)
