"""Nouns that attribute: "the minister's claim that X", "issued a warning of X", "its pledge to do Y".

A noun gives its content to whoever it is by, to its owner, or, where a verb only carries it
("issued a warning"), to that verb's subject.  One that nobody holds attributes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.clauses import clause_span
from secondsource.extractor.cues import CueUse, as_used, can_speak, is_asked, is_reported, source_of
from secondsource.extractor.framings import OWN_WORDS
from secondsource.extractor.lexicon import Cue, lexicon
from secondsource.extractor.paragraphs import Paragraph, lemma, subject, subtree_span
from secondsource.extractor.phrases import phrase
from secondsource.model import Span

_CLAUSAL = frozenset({"acl", "ccomp", "relcl", "advcl", "xcomp"})
_TIMES = frozenset({"DATE", "TIME"})
_NONE = frozenset({"no", "any", "neither"})


def noun_attributions(paragraph: Paragraph) -> Iterator[Attribution]:
    """What the nouns of the lexicon give to whoever holds them, in reading order."""
    nouns = lexicon().nouns
    for token in paragraph.doc:
        cue = nouns.get(lemma(token)) if token.pos_ == "NOUN" else None
        if cue is None or any(child.lower_ in _NONE for child in token.children):
            continue
        use = _use(token, cue)
        held = _content(paragraph, use) if use is not None else None
        source = phrase(paragraph, use.source) if use is not None and held is not None else None
        if use is None or held is None or source is None or _leaves_quotation(paragraph, token, held[1]):
            continue
        root, span, rule = held
        place = paragraph.at(token.idx, token.idx + len(token.text))
        yield Attribution(paragraph, span, root, source, (place,), use.cue, rule, cue_token=token)


def _leaves_quotation(paragraph: Paragraph, noun: Token, content: Span) -> bool:
    """True for a quoted noun whose content the parse looked for outside of the quotation."""
    quotation = paragraph.quotation_at(noun.idx)
    return quotation is not None and content.end - paragraph.offset > quotation.end


def _use(noun: Token, cue: Cue) -> CueUse | None:
    """The noun with who holds it; None where nobody does who can."""
    carrier = noun.head if noun.dep_ == "dobj" and lexicon().carries(lemma(noun.head), cue) else None
    for holder in _holders(noun, cue, carrier):
        use = CueUse(noun, cue, holder, (noun,), relay=carrier)
        if holder.lower_ in OWN_WORDS or holder.ent_type_ in _TIMES or not can_speak(use):
            continue
        return use
    return None


def _holders(noun: Token, cue: Cue, carrier: Token | None) -> Iterator[Token]:
    """Who may hold a noun: who it is by, its owner, who makes it or repeats "its" claim, whose it is."""
    prepositions = [child for child in noun.children if child.dep_ == "prep" and child.i > noun.i]
    yield from _governed(prepositions, {"by", "from"})
    owner: Token | None = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None and owner.pos_ != "PRON":
        yield owner
    if noun.dep_ == "dobj" and (carrier is not None or (owner is not None and owner.pos_ == "PRON")):
        yield from _carries(noun.head)
    if owner is not None:
        yield owner
    if "of" not in cue.takes:
        yield from _governed(prepositions, {"of"})


def _governed(prepositions: list[Token], words: set[str]) -> Iterator[Token]:
    for preposition in prepositions:
        if preposition.lower_ in words:
            yield from (child for child in preposition.children if child.dep_ == "pobj")


def _carries(verb: Token) -> Iterator[Token]:
    """Who carries a noun with a verb that is neither denied, nor only possible, nor asked."""
    if as_used(verb, _CARRIER) is None or not is_reported(verb) or is_asked(verb):
        return
    source, _ = source_of(verb)
    if source is not None:
        yield source


_CARRIER = Cue("carry", "speech", "asserts", frozenset())


def _content(paragraph: Paragraph, use: CueUse) -> tuple[Token, Span, str] | None:
    """The head, the span and the rule of what a noun takes, by its row's constructions in turn."""
    clause = _clause(use) if "clause" in use.cue.takes else None
    if clause is not None:
        span = clause_span(paragraph, clause)
        return (clause, span, "noun-that") if span else None
    infinitive = _infinitive(use) if "complement" in use.cue.takes else None
    if infinitive is not None:
        return _whole(paragraph, infinitive, "noun-to")
    for child in use.token.children:
        if child.dep_ == "prep" and child.i > use.token.i and child.lower_ in use.cue.takes:
            head = next(_governed([child], {child.lower_}), None)
            if head is not None and head.i != use.source.i and _is_matter(head, child):
                return _whole(paragraph, head, "noun-of")
    return None


def _is_matter(head: Token, preposition: Token) -> bool:
    """False for a bare thing asked for ("a call for tenders", "an appeal for witnesses")."""
    return preposition.lower_ != "for" or any(child.dep_ in {"prep", "acl"} for child in head.children)


def _whole(paragraph: Paragraph, head: Token, rule: str) -> tuple[Token, Span, str] | None:
    span = paragraph.trimmed(*subtree_span(head.subtree))
    return (head, span, rule) if span else None


def _after(use: CueUse) -> Iterator[Token]:
    """What follows the noun under it, or under the verb that carries it."""
    for head in (use.token, use.relay):
        if head is not None:
            yield from (c for c in head.children if c.i > use.token.i and c.dep_ in _CLAUSAL)


def _clause(use: CueUse) -> Token | None:
    """The clause that says what was claimed, with a subject of its own."""
    return next((c for c in _after(use) if subject(c) is not None and _opens_with_that(c)), None)


def _opens_with_that(clause: Token) -> bool:
    """True for a content clause, False for a relative one ("the claim that he made")."""
    that = next((child for child in clause.children if child.lower_ == "that" and child.i < clause.i), None)
    return that is not None and (that.dep_ == "mark" or clause.dep_ != "relcl")


def _infinitive(use: CueUse) -> Token | None:
    """What the holder of a noun, or somebody, is to do."""
    return next((c for c in _after(use) if any(_is_to(child) for child in c.children)), None)


def _is_to(token: Token) -> bool:
    return token.lower_ == "to" and token.dep_ == "aux"
