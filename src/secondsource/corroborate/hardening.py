"""How a copy comes to say more than its original: attribution, reserve and ability lost on the way.

A test is given a statement of the original and the copy's that says the same.  It returns what
changed, with the words that show it on either side, or None.
"""

from __future__ import annotations

import re
from dataclasses import replace

from secondsource.corroborate.comparison import names, same_source
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.pairs import AS_MUCH, STRONG, Change, Pair, is_said, source_spans, spans, who
from secondsource.corroborate.statements import RELATIVE, Statement, lemmas, table, topics
from secondsource.model import Span
from secondsource.text import words

_HEDGES = ("hedge.possible", "hedge.probable")
_HELD_BACK = frozenset({"possible", "probable"})
_TRAILING = re.compile(r",\s+(?:which|who|whose|where)\b")
_COMPLEMENT = re.compile(
    r"\s(?:of|in|at|from|with|by|to|for|on|about|familiar|close|who|that|which|\w+ed|seen)\b"
)
_WHETHER = re.compile(r"\b(?:whether|if)\b")


def dropped_attribution(pair: Pair) -> Change | None:
    """The original gives it to a source; the copy says it in its own voice and gives it to nobody.

    Not where the copy gives it to somebody elsewhere, names the source in the same sentence,
    credits the same outlet for its whole report or carries on from an attributed sentence; nor
    where the original says it in its own voice too.
    """
    one, other = pair.origin, pair.copy
    if one.own or one.given or not other.own or other.carried or not is_said(one) or _is_outlets(pair):
        return None
    if any(other.finds(name) for name in _HEDGES) or _names_source(one, other) or _of_itself(pair):
        return None
    if not _is_deed(one, other):
        return None
    here = pair.comparison
    if any(s.own for s in (*here.says(here.origin, other), *here.says(here.origin, one))):
        return None
    if any(not s.own for s in here.says(here.copy, one, pair.score * AS_MUCH)):
        return None
    outlets = pair.outlets
    sentence = (
        f"{outlets[0]} gives this to {who(one)}; {outlets[1]} says it in its own voice and names no source."
    )
    return Change("dropped attribution", sentence, source_spans(one), other.excerpt.spans)


def _names_source(one: Statement, other: Statement) -> bool:
    """True where the copy's sentence names who said it: "employees of Orlesk" not by Orlesk alone."""
    named = names(one.source)
    if one.claim is not None and one.claim.source_kind in {"anonymous", "document"}:
        head = _COMPLEMENT.split(one.source or "")[0].split()
        named = topics(head[-1]) if head else named
    return bool(named & topics(other.around))


def _is_outlets(pair: Pair) -> bool:
    """True for what an outlet says that the copy credits, or says of itself."""
    claim = pair.origin.claim
    named = set(words(pair.origin.source or ""))
    return bool(claim and claim.source_kind == "outlet") or any(set(words(o)) <= named for o in pair.credited)


def _is_deed(one: Statement, other: Statement) -> bool:
    """False where the copy tells of another deed than the original's words.

    In a clause set apart, also where they only call somebody by the deed: "the maker of".
    """
    if RELATIVE.match(other.plain):
        deeds, told = {topic for topic in other.topics if topic[0] == "@"}, _told(one)
        return not deeds or not told or bool(deeds & told)
    done = lexicon().verbs.get(other.claim.frame.predicate) if other.claim else None
    return not done or f"@{done}" in one.topics | _told(one)


def _told(one: Statement) -> set[str]:
    """The classes of deeds that a statement's verbs tell of."""
    frames = (one.claim.frame, *(part.frame for part in one.claim.frame.parts)) if one.claim else ()
    return {f"@{known}" for frame in frames if (known := lexicon().verbs.get(frame.predicate))}


def _of_itself(pair: Pair) -> bool:
    """True where a party speaks of itself in a release of its own."""
    publisher = names(pair.documents[1].publisher)
    return bool(publisher) and publisher <= topics(pair.origin.around)


def dropped_hedge(pair: Pair) -> Change | None:
    """The original holds back ("may", "reportedly", "is suspected of"); the copy does not, anywhere."""
    one, other = pair.origin, pair.copy
    held, by_cue = _held_back(one), _suspects(one)
    if pair.score < STRONG or not (held or by_cue) or _is_capacity(one) or _is_hedged(other):
        return None
    if _says_not(other) and not _says_not(one):
        return None
    if able_to_does(pair):  # "could" is read once
        return None
    here = pair.comparison
    if any(_is_hedged(s) for s in here.says(here.copy, one)) or any(
        not _is_hedged(s) for s in here.says(here.origin, other)
    ):
        return None
    if held and not _near(held[0], one) & other.topics:
        return None
    outlets = pair.outlets
    sentence = f"{outlets[0]} holds back (“{held[0][0] if held else by_cue}”); {outlets[1]} says it outright."
    return Change("dropped hedge", sentence, spans(one, held) or _cue(one), other.excerpt.spans)


def _says_not(one: Statement) -> bool:
    claim = one.claim
    return claim is not None and (claim.stance == "denies" or claim.frame.negated)


def _suspects(one: Statement) -> str | None:
    """The cue of a claim that its source only suspects or believes, its own words not holding back."""
    claim = one.claim
    held = claim and claim.cue and claim.certainty in _HELD_BACK and claim.source_kind != "document"
    held = held and not any(one.finds(name) for name in _HEDGES)
    return claim.cue.text if held and claim and claim.cue else None


def _cue(one: Statement) -> tuple[Span, ...]:
    return one.claim.cue.spans if one.claim and one.claim.cue else ()


def _held_back(one: Statement) -> list[re.Match[str]]:
    """The hedges of a statement's main clause."""
    end = _TRAILING.search(one.plain) or _WHETHER.search(one.plain)
    depends = one.claim is not None and one.claim.certainty == "conditional"
    tables = (*_HEDGES, "hedge.conditional") if depends else _HEDGES
    found = [match for name in tables for match in one.finds(name)]
    return sorted((m for m in found if not end or m.start() < end.start()), key=lambda match: match.start())


def _is_hedged(one: Statement) -> bool:
    if one.claim and (
        one.claim.certainty or one.claim.stance in {"unaware", "asks", "plans"} or one.claim.frame.modal
    ):
        return True
    around = replace_excerpt(one)
    return any(around.finds(name) for name in (*_HEDGES, "hedge.conditional", "hedge.perhaps"))


def replace_excerpt(one: Statement) -> Statement:
    """The statement with its whole sentence as its words."""
    return replace(one, excerpt=replace(one.excerpt, text=one.around))


def _near(match: re.Match[str], one: Statement) -> frozenset[str]:
    return topics(" ".join(one.plain[match.end() :].split()[:7]))


def able_to_does(pair: Pair) -> Change | None:
    """What the original says can be done, or its source plans, the copy says is done."""
    one, other = pair.origin, pair.copy
    can, how = _not_yet(pair)
    if not can or _is_capacity(one) or _is_of_device(one) or _is_open(other):
        return None
    deeds = {topic for topic in one.topics & other.topics if topic[0] == "@"} | _next(can, one) & other.topics
    deeds |= _does(can, one, other)
    if not (_near(can, one) | _next(can, one)) & deeds:
        return None
    here = pair.comparison
    if any(_is_open(s) for s in here.says(here.copy, one) if s.topics & deeds):
        return None
    if any(not _is_open(s) and s.topics & deeds for s in here.says(here.origin, other)):
        return None
    outlets = pair.outlets
    sentence = f"{outlets[0]} says that it {how} (“{can[0]}”); {outlets[1]} that it is done."
    return Change("able to does", sentence, spans(one, [can]), _deeds(other, frozenset(deeds)))


def _not_yet(pair: Pair) -> tuple[re.Match[str] | None, str]:
    """The first word for what can be done; for what is planned only where both have it of one source.

    A plan may have been carried out between two reports, but not between two that tell of one statement.
    """
    can = next(iter(pair.origin.finds("ability.can")), None)
    if can or not same_source(pair.origin, pair.copy):
        return can, "can be done"
    plans = (
        match for match in pair.origin.finds("ability.plan") if _next(match, pair.origin) & pair.copy.topics
    )
    return next(plans, None), "is planned"


def _does(can: re.Match[str], one: Statement, other: Statement) -> frozenset[str]:
    """What both are about where the copy has the verb that can be done, though of no class: "taken over"."""
    verb = next(iter(one.plain[can.end() :].split()), "").casefold()
    done = any(verb in lemmas(word.casefold()) for word in re.findall(r"\w+", other.plain))
    return _near(can, one) & other.topics if done and not topics(verb) else frozenset()


def _next(match: re.Match[str], one: Statement) -> frozenset[str]:
    """What the verb after a word for being able is about: "capable of building" is no building."""
    verb = next(iter(one.plain[match.end() :].split()), "").casefold()
    known = lexicon().verbs
    forms = (verb, verb.removesuffix("ing"), f"{verb.removesuffix('ing')}e")
    return topics(verb) | {f"@{known[form]}" for form in forms if form in known}


def _deeds(one: Statement, shared: frozenset[str]) -> tuple[Span, ...]:
    """Where the words for the deeds that two statements share stand in one."""
    return spans(one, [word for word in re.finditer(r"\w+", one.plain) if topics(word[0]) & shared])


def _is_capacity(one: Statement) -> bool:
    """True for what "can" and "does" say alike: a range, a load."""
    known = lexicon().predicates
    return any(topic[0] == "@" and known[topic[1:]].able for topic in one.topics)


def _is_of_device(one: Statement) -> bool:
    """True for what a thing does by itself: "the radar can track aircraft" is what it is for."""
    acts = one.claim.frame.agent if one.claim else None
    return bool(acts and table().patterns["ability.device"].fullmatch(lexicon().thing(acts) or acts))


def _is_open(one: Statement) -> bool:
    """True where a statement speaks of what can, will or may be done."""
    if one.claim and (one.claim.frame.modal or one.claim.stance in {"plans", "asks", "unaware", "denies"}):
        return True
    names = ("ability.can", "ability.plan", *_HEDGES, "hedge.conditional")
    return any(one.finds(name) for name in names)
