"""Who receives and where it happens, read off the verb, its nouns and their prepositions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.paragraphs import Paragraph, lemma
from secondsource.extractor.predicates import Event, predicates
from secondsource.model import Mention

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_FIGURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_PARTIES = frozenset({"GPE", "ORG", "NORP", "PERSON", "FAC", "LOC"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_PLACE_SCHEMATA = frozenset({"Country", "Location"})
_SURFACES = frozenset({"on", "over", "along", "aboard"})
_DEEPEST = 3


def recipient(found: Event, verb: Token, agent: Token | None) -> Token | None:
    """Who receives, for the classes of events that have a receiver.

    It is the agent of "buy" and "import", the dative of "sent Velmond drones", the subject of "was
    given drones", and what "to" or "for" brings after the verb, its object or the noun of the event.
    """
    prepositions = predicates().recipient.get(found.kind or "", frozenset())
    if not prepositions and not found.converse:
        return None
    if found.converse:
        return agent
    for child in verb.children:
        if child.dep_ == "dative":
            return child if child.pos_ in _NOMINAL else _governed(child)
    if found.token == verb and any(child.dep_ == "dobj" for child in verb.children):
        given = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
        if given is not None:
            return given
    governed = ((prep, _governed(prep)) for prep in _prepositions(found, verb) if prep.lower_ in prepositions)
    return next((one for prep, one in governed if one is not None and _receives(prep, one)), None)


def _governed(prep: Token) -> Token | None:
    return next((child for child in prep.children if child.dep_ == "pobj"), None)


def _receives(prep: Token, one: Token) -> bool:
    """True for somebody or a place to which things go; "for" brings prices and purposes too."""
    if one.pos_ not in _NOMINAL or one.ent_type_ in _FIGURES:
        return False
    named = one.pos_ in {"PROPN", "PRON"} or one.ent_type_ in _PARTIES
    return prep.lower_ != "for" or named or bool(gazetteer().kind_of_noun(lemma(one)))


def _prepositions(found: Event, verb: Token) -> Iterator[Token]:
    """The prepositions of a verb, then those of the noun of the event and of the object, down their "of"."""
    yield from _own(verb)
    if found.token != verb:
        yield from _below(found.token)
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass", "attr"} and child != found.token:
            yield from _below(child)


def _own(token: Token) -> Iterator[Token]:
    return (child for child in token.children if child.dep_ in {"prep", "dative"} and child.pos_ == "ADP")


def _below(noun: Token, depth: int = 0) -> Iterator[Token]:
    for prep in _own(noun):
        yield prep
        inner = _governed(prep) if prep.lower_ == "of" and depth < _DEEPEST else None
        if inner is not None:
            yield from _below(inner, depth + 1)


def place(paragraph: Paragraph, found: Event, verb: Token, names: Sequence[Mention]) -> Token | None:
    """Where it happens: a named place, or a noun of one, after "in", "at", "near" …, never a time.

    Of "at a plant in Velmond" it is the name.
    """
    for prep in _prepositions(found, verb):
        if prep.lower_ in predicates().placing:
            one = _governed(prep)
            if one is not None and _is_place(paragraph, prep, one, names):
                return _named_within(paragraph, one, names) or one
    return None


def _named_within(paragraph: Paragraph, one: Token, names: Sequence[Mention]) -> Token | None:
    if one.pos_ == "PROPN":
        return None
    inner = ((prep, _governed(prep)) for prep in _own(one) if prep.lower_ in {"in", "at", "near"})
    return next((t for prep, t in inner if t is not None and _is_named_place(paragraph, t, names)), None)


def _is_place(paragraph: Paragraph, prep: Token, one: Token, names: Sequence[Mention]) -> bool:
    if one.ent_type_ in _FIGURES or one.pos_ not in _NOMINAL:
        return False
    if lemma(one) in predicates().places or one.lower_ in predicates().places:
        return True
    return prep.lower_ not in _SURFACES and _is_named_place(paragraph, one, names)


def _is_named_place(paragraph: Paragraph, one: Token, names: Sequence[Mention]) -> bool:
    at = paragraph.offset + one.idx
    covering = (name for name in names if name.excerpt.spans[0].start <= at < name.excerpt.spans[0].end)
    name = next(covering, None)
    return one.ent_type_ in _PLACES if name is None else name.schema in _PLACE_SCHEMATA


def joined(roles: Iterable[tuple[str, Token | None]]) -> tuple[str, ...]:
    """The roles that the words fill with more than one ("drones and tanks"), of which the first is kept."""
    return tuple(
        name
        for name, token in roles
        if token is not None and any(child.dep_ == "conj" for child in token.children)
    )
