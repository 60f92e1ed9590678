"""What else a copy alters: how many, who did it, who said it, and details that it adds.

Each test as in `secondsource.corroborate.hardening`.
"""

from __future__ import annotations

import re

from secondsource.corroborate.amounts import Amount, amounts
from secondsource.corroborate.comparison import same_source
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.pairs import AS_MUCH, STRONG, Change, Pair, is_said, source_spans, spans, who
from secondsource.corroborate.statements import Statement, nation, table, topics
from secondsource.model import Claim, Span
from secondsource.text import words

_SOME = ("quantity.few", "quantity.some", "quantity.most")
_NOUN = re.compile(r"\w+(?:-\w+)*")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DETAIL = re.compile(rf"(?<=[a-z,] )[A-Z][\w-]+|\b\d[\d,.]*\b(?: (?:{_MONTHS})\b)?")
_DONE_BY = re.compile(r"(\w+) by (?:the )?$")
_AFTER_PREPOSITION = re.compile(r"\b(?:to|in|from|of|with|by|for|against|at|on)\s+$")
_DOES = re.compile(r"\s+(?:has |had |have |is |was |also |already )*([a-z]\w*)")
_KNOWS_NOT = re.compile(r"\b(?:not aware|unaware|no knowledge|knew nothing|did not know)\b")
_OF_STATE = re.compile(r"\w{3,}(?:ians?|eans?|ans?|ese|ish|is?)")
_SAME_WORDS = 0.85
_SHORT_QUOTE, _LONG_QUOTE = 4, 8
_ROUNDED = 0.1


def some_to_all(pair: Pair) -> Change | None:
    """Some, part or most of a thing in the original is all of it in the copy."""
    one, other = pair.origin, pair.copy
    if pair.score < STRONG or any(other.finds(name) for name in _SOME):
        return None
    for some in (match for name in _SOME for match in one.finds(name)):
        for every in other.finds("quantity.all"):
            if _noun(some, one) & (_noun(every, other) | _noun_before(every, other)) and not one.finds(
                "quantity.all"
            ):
                outlets = pair.outlets
                sentence = f"“{some[0]}” in {outlets[0]} is “{every[0]}” in {outlets[1]}."
                return Change("some to all", sentence, spans(one, [some]), spans(other, [every]))
    return None


def _noun(match: re.Match[str], one: Statement) -> frozenset[str]:
    return topics(" ".join(one.plain[match.end() :].split()[:4]))


def _noun_before(match: re.Match[str], one: Statement) -> frozenset[str]:
    """The noun of a quantity that stands after it: "the officers had all been paid"."""
    return (
        topics(" ".join(one.plain[: match.start()].split()[-3:]))
        if match[0].casefold() == "all"
        else frozenset()
    )


def number(pair: Pair) -> Change | None:
    """One source's figure is another figure in the copy, is rounded, or has lost its "at least"."""
    one, other = pair.origin, pair.copy
    if (
        pair.score < STRONG
        or not one.claim
        or not other.claim
        or not (pair.directed or same_source(one, other))
    ):
        return None
    for figure in amounts(one.claim):
        rivals = [rival for rival in amounts(other.claim) if rival.unit == figure.unit]
        if len(rivals) != 1 or (figure.low, figure.high) == (rivals[0].low, rivals[0].high):
            continue
        how = _figure_changed(figure, rivals[0], pair)
        if how and not _given_too(figure, rivals[0], pair):
            told = (figure.text.strip(), rivals[0].text.strip())
            sentence = f"{pair.outlets[0]} gives {told[0]}, {pair.outlets[1]} {told[1]}: {how}."
            return Change("number", sentence, _figures(one.claim, figure), _figures(other.claim, rivals[0]))
    return None


def _figure_changed(figure: Amount, rival: Amount, pair: Pair) -> str | None:
    if not figure.meets(rival):
        return "another figure"
    if not pair.directed or (figure.exact and figure.low == rival.about):
        return None
    if rival.exact and not figure.exact:
        return "what left the figure open is gone"
    middle = (rival.low + rival.high) / 2
    near = figure.exact and abs(middle - figure.low) <= _ROUNDED * max(1.0, abs(figure.low))
    return "rounded" if near else None


def _given_too(figure: Amount, rival: Amount, pair: Pair) -> bool:
    """True where the original gives the copy's figure somewhere too: one that clashes, of whatever."""
    if not figure.meets(rival) and any(f"{rival.low:g}" in one.topics for one in pair.comparison.origin):
        return True
    claims = (one.claim for one in pair.comparison.origin if one.claim)
    return any(
        a.unit == rival.unit and (a.low, a.high) == (rival.low, rival.high)
        for claim in claims
        for a in amounts(claim)
    )


def _figures(claim: Claim, figure: Amount) -> tuple[Span, ...]:
    return next((q.excerpt.spans for q in claim.quantities if q.excerpt.text == figure.text), ())


def actor(pair: Pair) -> Change | None:
    """Who did it is a state in one report, and only something or somebody of that state in the other."""
    wider = _state_for_part(pair.origin, pair.copy)
    if wider:
        part, state = wider
        sentence = f"{pair.outlets[0]} says this of “{part[0]}”; {pair.outlets[1]} of {state[0]} itself."
        return Change("actor", sentence, spans(pair.origin, [part]), spans(pair.copy, [state]))
    narrower = _state_for_part(pair.copy, pair.origin) if pair.directed and pair.score >= STRONG else None
    if narrower:
        part, state = narrower
        sentence = f"{pair.outlets[0]} says this of {state[0]} itself; {pair.outlets[1]} of “{part[0]}”."
        return Change("actor", sentence, spans(pair.origin, [state]), spans(pair.copy, [part]))
    return None


def _state_for_part(one: Statement, other: Statement) -> tuple[re.Match[str], re.Match[str]] | None:
    """Something of a state in ``one``, and the state itself in ``other``, as who does it."""
    for match in _NOUN.finditer(other.plain):
        state = _as_actor(other.plain, match)
        if not state or _acts(one.plain, state):
            continue
        part = _part_of(one.plain, state)
        if part and not _part_of(other.plain, state) and other.own == one.own:
            return part, match
    return None


def _as_actor(text: str, match: re.Match[str]) -> str | None:
    """The state that a word names as who does a deed: "China has supplied", not "Chinese" or "to China".

    A name that is no known state's may be one, for which `_part_of` has to find somebody.
    """
    word = match[0].casefold()
    state = nation(word) or (word if match[0][0].isupper() else None)
    if not state or not (word == state or word in lexicon().seats):
        return None
    done_by = _DONE_BY.search(text[: match.start()])
    if not done_by and _AFTER_PREPOSITION.search(text[: match.start()]):
        return None
    deed = done_by or _DOES.match(text, match.end())
    return state if deed and any(topic[0] == "@" for topic in topics(deed[1])) else None


def _acts(text: str, state: str) -> bool:
    return any(_as_actor(text, match) == state for match in _NOUN.finditer(text))


def _part_of(text: str, state: str) -> re.Match[str] | None:
    """Something of a state's, not the state: "Chinese-made", "a company in China"."""
    parts = table().patterns["widening.parts"].pattern
    of, within = (
        re.compile(rf"\w+(?:'s)?[- ](?:\w+ )?{parts}", re.IGNORECASE),
        re.compile(rf"{parts} (?:\w+ ){{0,2}}(?:in|from|of) (?:the )?\w+", re.IGNORECASE),
    )
    named = [match for match in re.finditer(r"\w+", text) if _is_of(match[0].casefold(), state)]
    found = (of.match(text, match.start()) for match in named)
    inside = (match for match in within.finditer(text) if any(match.end() == name.end() for name in named))
    return next(filter(None, found), None) or next(inside, None)


def _is_of(word: str, state: str) -> bool:
    """True for a state's name and its adjectives, which are regular for a name that is no known state's."""
    known = nation(word)
    if known or nation(state):
        return known == state
    return word == state or (word.startswith(state[:-1]) and bool(_OF_STATE.fullmatch(word)))


def unaware_to_denies(pair: Pair) -> Change | None:
    """Who knows nothing of it in the original denies it in the copy."""
    one, other = pair.origin, pair.copy
    if not (_takes(one, "unaware") and _takes(other, "denies") and same_source(one, other)):
        return None
    both = pair.comparison
    if _KNOWS_NOT.search(other.text):
        return None
    knew = any(_takes(s, "unaware") and same_source(s, one) for s in both.copy)
    denied = any(_takes(s, "denies") and same_source(s, other) for s in both.origin)
    if knew or denied or not one.claim or not other.claim or _is_same_no(one.claim, other.claim):
        return None
    outlets = pair.outlets
    sentence = f"In {outlets[0]} {who(one)} does not know of it; in {outlets[1]} {who(other)} denies it."
    after = other.claim.cue or other.claim.content
    return Change("unaware to denies", sentence, one.claim.content.spans, after.spans)


def _is_same_no(one: Claim, other: Claim) -> bool:
    """True for one "no" in two forms: "no records are kept" and "did not keep records"."""
    predicate = one.frame.predicate
    return one.frame.negated and other.frame.negated and predicate == other.frame.predicate


def _takes(one: Statement, stance: str) -> bool:
    return one.claim is not None and one.claim.stance == stance


def other_source(pair: Pair) -> Change | None:
    """One named speaker's words are given to another, or to nobody in particular ("analysts say")."""
    one, other = pair.origin, pair.copy
    if not one.claim or not other.claim or one.claim.source_kind != "person" or not is_said(one):
        return None
    if same_source(one, other) or _says_it_too(pair):
        return None
    words_for = other.claim.source.text if other.claim.source else ""
    unnamed = bool(table().patterns["nobody.any"].fullmatch(words_for))
    same = _verbatim(one, other) or pair.score >= _SAME_WORDS
    quoted = other.claim.source_kind == "person" and same
    quoted |= words(one.text) == words(other.text) and _verbatim(one, other)
    if not (unnamed or quoted):
        return None
    outlets = pair.outlets
    sentence = f"{outlets[0]} gives this to {who(one)}, {outlets[1]} to {who(other)}."
    return Change("other source", sentence, source_spans(one), source_spans(other))


def _says_it_too(pair: Pair) -> bool:
    """True where the copy gives it to the original's speaker as well, in words about as like."""
    here = pair.comparison
    told = here.says(here.copy, pair.origin, AS_MUCH * pair.score)
    return any(same_source(s, pair.origin) for s in told)


def _verbatim(one: Statement, other: Statement) -> bool:
    left, right = words(one.text), words(other.text)
    if left == right:
        return len(left) >= _SHORT_QUOTE
    return len(left) >= _LONG_QUOTE and (
        " ".join(left) in " ".join(right) or " ".join(right) in " ".join(left)
    )


def added_detail(pair: Pair) -> Change | None:
    """A name or figure in the copy that its original has nowhere, with no source of its own."""
    one, other = pair.origin, pair.copy
    if not pair.directed or pair.score < STRONG or not (other.own or same_source(one, other)):
        return None
    known = topics(pair.documents[0].text) | topics(pair.documents[1].publisher or "")
    for match in _DETAIL.finditer(other.text):
        if match[0][0].isdigit() and one.claim and one.claim.quantities:
            continue  # a figure beside a figure is no addition: see `number`
        named = topics(match[0])
        if named and not any(_akin(topic, known) for topic in named):
            outlets = pair.outlets
            sentence = f"“{match[0]}” in {outlets[1]} is nowhere in {outlets[0]}; no source is given for it."
            return Change("added detail", sentence, (), spans(other, [match]))
    return None


def _akin(topic: str, known: frozenset[str]) -> bool:
    """True where a name is known, or an adjective or short form of it is: "Drovian" and Drovia."""
    return topic in known or (topic[0].isalpha() and any(other[:5] == topic[:5] for other in known))
