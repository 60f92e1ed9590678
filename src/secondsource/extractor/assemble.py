"""From paragraphs to attributions: every pattern run, layers put in order, repeats removed.

Of nested attributions the innermost is the claim, and the outer ones relay it
(GUIDELINES, rule 3): in "witnesses saw X, the Observatory said" the source is the
witnesses and the Observatory is ``via``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.cues import CueUse
from secondsource.extractor.framings import according
from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.indirect import indirect
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.nouns import noun_attributions
from secondsource.extractor.paragraphs import Paragraph, is_finite, lemma
from secondsource.extractor.phrasal import uses as cue_uses
from secondsource.extractor.phrases import Phrase, by_name, phrase
from secondsource.extractor.speech import Speaker, block_speech, direct, speaker_of_use
from secondsource.extractor.tails import tails
from secondsource.model import Span
from secondsource.text import overlap

_FIRST_PERSON = frozenset({"i", "we"})
_THIRD_PERSON = frozenset({"he", "she", "they", "it", "his", "her", "their", "its"})
_COLON = re.compile(r":\s*$")
_HEADLINE = re.compile(r"^(?P<source>[^:]{3,60}):\s+(?P<content>\S.+)$")
_DENYING = ("deny", "reject", "dismiss", "dispute", "refute", "rebut")
_DENIAL = re.compile(
    r"(?P<source>[A-Z][\w'’-]*(?: (?!as\b|after\b|while\b|and\b|that\b)[\w'’-]+){0,4}?) "
    r"(?P<cue>denies|deny|rejects|dismisses|disputes|refutes|rebuts) "
    r"(?:(?:claims?|reports?|allegations?|accusations?|suggestions?) (?:that )?(?=(?:it|he|she|they|its)\b))?"
    r"(?P<content>[^:;“”\"]{4,}?)(?: as (?:\w+ ){0,2}\w+)?$"
)
_STATEMENTS = frozenset({"statement", "communique", "communiqué", "release", "declaration"})
_ISSUED = _STATEMENTS | {
    "letter",
    "message",
    "comment",
    "response",
    "answer",
    "text",
    "resolution",
    "read",
    "remark",
}
_STATES = frozenset({"perception", "unawareness"})
_COVERS = 0.6


def attributions(paragraphs: Sequence[Paragraph]) -> Iterator[Attribution]:
    """Every attribution of a document, paragraph by paragraph, in reading order."""
    before: Speaker | None = None
    block: Speaker | None = None
    speech_only = True
    for paragraph in paragraphs:
        speech_only = speech_only and not paragraph.quotations
        if paragraph.kind in {"title", "heading"}:
            yield from _headline(paragraph) if ":" in paragraph.text else _named_headline(paragraph)
            continue
        uses = list(cue_uses(paragraph))
        found: list[Attribution] = []
        if block and not paragraph.quotations:
            found = block_speech(paragraph, block)
            inner = _indirect(paragraph, uses)
            yield from _ordered(layered([*found, *inner]))
            block = block if speech_only else None
            continue
        quoted, speaker = direct(paragraph, uses, before)
        block, rest = _after_colon(paragraph, uses)
        found = [*quoted, *rest, *_indirect(paragraph, uses)]
        ended = list(tails(paragraph, found))
        found = [*(_before_tail(one, ended) for one in found), *ended]
        yield from _ordered(layered(found))
        before = speaker


def _before_tail(one: Attribution, ended: Sequence[Attribution]) -> Attribution:
    """An attribution whose content the parse ran on into the say-clause that ends the sentence."""
    for tail in ended:
        if one.content.start < tail.content.end < one.content.end:
            return replace(one, content=Span(one.content.start, tail.content.end))
    return one


def _indirect(paragraph: Paragraph, uses: Sequence[CueUse]) -> list[Attribution]:
    found = list(indirect(paragraph, uses))
    given = list(according(paragraph, found))
    passed = [one for one in found if not any(_names_innermost(other, one) for other in given)]
    given = [_relayed_by(one, [other for other in found if _names_innermost(one, other)]) for one in given]
    return [*passed, *given, *noun_attributions(paragraph)]


def _names_innermost(phrase: Attribution, outer: Attribution) -> bool:
    """True for "A notes that, according to B, X": X is B's, and A relays it."""
    cue = outer.cue_token
    return bool(
        phrase.root == outer.root and cue is not None and phrase.cue[0].start > outer.cue[-1].end
    ) and (phrase.cue[0].end <= outer.content.start)


def _relayed_by(one: Attribution, outer: Sequence[Attribution]) -> Attribution:
    return replace(one, via=(*one.via, *(relay for other in outer for relay in (other.source, *other.via))))


def _ordered(found: Sequence[Attribution]) -> list[Attribution]:
    return sorted(found, key=lambda one: (one.content, one.source.span, one.rule))


def _headline(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "Officials: ship may have been seized": a headline that names its source."""
    shape = _HEADLINE.match(paragraph.text)
    if not shape:
        return
    tokens = [token for token in paragraph.doc if token.idx < shape.end("source")]
    head = next((token for token in reversed(tokens) if token.pos_ in {"NOUN", "PROPN"}), None)
    root = next(
        (t for t in paragraph.doc if t.idx >= shape.start("content") and t.pos_ in {"VERB", "AUX"}), None
    )
    span = paragraph.trimmed(*shape.span("content"))
    if head is None or root is None or span is None:
        return
    named = head.ent_type_ in {"PERSON", "ORG"} or paragraph.names_outlet(shape["source"])
    if named or gazetteer().kind_of_noun(lemma(head)):
        whole = paragraph.trimmed(*shape.span("source"))
        if whole:
            yield Attribution(paragraph, span, root, Phrase(paragraph, head, whole), (), None, "headline")


def _no_headline(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "Tirvane rejects claim it bought drones" by its words alone: unknown names parse badly there."""
    shape = _DENIAL.match(paragraph.text)
    if shape is None:
        return
    verb = next(form for form in _DENYING if shape["cue"].startswith(form[:3]))
    span, whole = paragraph.trimmed(*shape.span("content")), paragraph.trimmed(*shape.span("source"))
    inside = [token for token in paragraph.doc if token.idx >= shape.start("content")]
    before = [token for token in paragraph.doc if token.idx < shape.end("source")]
    if span is None or whole is None or not inside or not before:
        return
    told = (token for token in inside if token.pos_ in {"VERB", "AUX"} and is_finite(token))
    root = next(told, None) or next((token for token in inside if token.pos_ == "NOUN"), inside[0])
    cue = (paragraph.at(*shape.span("cue")),)
    source = Phrase(paragraph, before[-1], whole)
    yield Attribution(paragraph, span, root, source, cue, lexicon().verbs[verb], "headline")


def _named_headline(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "Tirvane says it bought no drones", "Tirvane rejects report": a headline that names who says so."""
    found = [one for one in layered(_indirect(paragraph, list(cue_uses(paragraph)))) if _is_said(one)]
    yield from found if any(_denies(one) for one in found) else [*_no_headline(paragraph), *found]


def _is_said(one: Attribution) -> bool:
    named = one.source.head.pos_ == "PROPN" or _can_say(lemma(one.source.head))
    return named and one.entry is not None and ("quote" in one.entry.takes or _denies(one))


def _denies(one: Attribution) -> bool:
    return one.entry is not None and one.entry.stance == "denies"


def _can_say(noun: str) -> bool:
    """True for the nouns of bodies, people and papers: "ministry says", "investigators find"."""
    book = gazetteer()
    return bool(book.kind_of_noun(noun)) or noun in book.speakers or noun in lexicon().documents


def _after_colon(paragraph: Paragraph, uses: Sequence[CueUse]) -> tuple[Speaker | None, list[Attribution]]:
    """Speech without marks after a colon: the rest of the paragraph, or the one that follows."""
    for use in uses:
        after = paragraph.text[use.token.idx + len(use.token.text) :]
        if _COLON.match(after):
            return speaker_of_use(paragraph, use), []
        opening = re.match(r"[^.:“\"]{0,60}:\s+(?=[A-Z])", after)
        if opening:
            speaker = speaker_of_use(paragraph, use)
            start = use.token.idx + len(use.token.text) + opening.end()
            return speaker, block_speech(paragraph, speaker, start) if speaker else []
    return _ends_in_colon(paragraph, uses), []


def _ends_in_colon(paragraph: Paragraph, uses: Sequence[CueUse]) -> Speaker | None:
    """ "They issued a joint statement that read:" hands its speaker to the next paragraph."""
    if not _COLON.search(paragraph.text) or not paragraph.text.strip():
        return None
    if uses:
        return speaker_of_use(paragraph, uses[-1])
    last = list(paragraph.doc.sents)[-1]
    if not any(lemma(token) in _ISSUED for token in last):
        return None
    head = next((token for token in last if token.dep_ == "nsubj"), None)
    source = phrase(paragraph, head) if head is not None else None
    return Speaker(source, (), None, (), None) if source else None


def layered(found: Sequence[Attribution]) -> list[Attribution]:
    """Attributions of one paragraph with relays put inside out, and each content given once."""
    kept: list[Attribution] = []
    unique = [_by_its_issuer(one) for one in _without_repeats(found)]
    unique = [one for one in unique if not any(_goes_on_in(outer, one) for outer in unique)]
    unique = [one for one in unique if not (_is_state(one) and any(_holds(o, one) for o in unique))]
    for attribution in unique:
        outer = [other for other in unique if _holds(other, attribution)]
        outer.sort(key=lambda other: other.content.end - other.content.start)
        if outer and _is_speaker_again(attribution, outer[0]):
            nearest = outer[0]
            attribution = replace(attribution, source=nearest.source, via=nearest.via, cue=nearest.cue)
        elif outer:
            relays = [relay for other in outer for relay in (by_name(other.source), *other.via)]
            attribution = replace(attribution, via=_distinct([*attribution.via, *relays], attribution.source))
        kept.append(attribution)
    return [one for one in kept if not _is_only_relay(one, unique)]


def _by_its_issuer(attribution: Attribution) -> Attribution:
    """ "Fars reported, citing a statement by the Navy": the Navy is the source and Fars relays it."""
    cited = attribution.basis
    if cited is None or lemma(cited.head) not in _STATEMENTS:
        return attribution
    by = next((child for child in cited.head.children if child.lower_ in {"by", "from", "of"}), None)
    issuer = next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None
    source = phrase(attribution.paragraph, issuer) if issuer is not None else None
    if source is None:
        return attribution
    return replace(attribution, source=source, via=(attribution.source, *attribution.via), basis=cited)


def _is_speaker_again(inner: Attribution, outer: Attribution) -> bool:
    """True for "he said he believes …", and for "I" and "we" in a quotation."""
    word = inner.source.text.lower()
    return word in _FIRST_PERSON if outer.quoted else word in _THIRD_PERSON


def _distinct(relays: Sequence[Phrase], source: Phrase) -> tuple[Phrase, ...]:
    seen = {source.text.lower()}
    return tuple(r for r in relays if not (r.text.lower() in seen or seen.add(r.text.lower())))  # type: ignore[func-returns-value]


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """True where ``inner``'s whole attribution, cue and all, stands in ``outer``'s content."""
    if outer is inner or not inner.cue or inner.cue == outer.cue:
        return False
    return all(overlap(cue, outer.content) == cue.end - cue.start for cue in inner.cue) and bool(
        overlap(inner.content, outer.content)
    )


def _is_state(one: Attribution) -> bool:
    """True for what somebody knows, feels or does, not says: part of the content it stands in.

    "The ministry said that it knew nothing of X" is a claim of the ministry about its knowledge.
    """
    if one.rule == "predicate" or (one.entry is not None and one.entry.kind in _STATES):
        return True
    return one.rule == "phrase" and one.root.pos_ not in {"VERB", "AUX"}


def _goes_on_in(outer: Attribution, inner: Attribution) -> bool:
    """True for what somebody is quoted as saying of a third party ("the city did X and believed Y")."""
    return outer.quoted and inner.rule == "joined" and inner.cue_token != outer.root and _holds(outer, inner)


def _is_only_relay(outer: Attribution, found: Sequence[Attribution]) -> bool:
    """True where all an attribution says is that somebody else said it."""
    inside = [one for one in found if _holds(outer, one)]
    words = outer.content.end - outer.content.start
    covered = sum(overlap(one.content, outer.content) for one in inside)
    root = outer.paragraph.offset + outer.root.idx
    immediate = any(
        outer.root in {one.cue_token, one.root} or root in {cue.start for cue in one.cue} for one in inside
    )
    return bool(inside) and (covered >= _COVERS * words or immediate)


def _without_repeats(found: Sequence[Attribution]) -> list[Attribution]:
    """One attribution a content: the first found wins, quotations before clauses."""
    kept: list[Attribution] = []
    for attribution in found:
        rivals = (one for one in kept if _overlaps(one.content, attribution.content))
        if any(_same_layer(one, attribution) for one in rivals):
            continue
        kept.append(attribution)
    return kept


def _overlaps(one: Span, other: Span) -> bool:
    """True where two contents share most of the shorter one."""
    return overlap(one, other) >= _COVERS * min(one.end - one.start, other.end - other.start)


def _same_layer(one: Attribution, other: Attribution) -> bool:
    return not (_holds(one, other) or _holds(other, one) or _is_taken_up(one, other))


def _is_taken_up(one: Attribution, noun: Attribution) -> bool:
    """True for "X rejected Y's claim that Z", which X denies and Y claims."""
    taken_up = noun.rule.startswith("noun-") and one.cue_token == noun.root.head.head
    return taken_up and one.source.head != noun.source.head
