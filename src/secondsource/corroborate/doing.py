"""What a claim says is done: the classes of its deed, looked for behind verbs that say little."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondsource.corroborate.casualties import counted
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.sides import is_unsure
from secondsource.model import Claim
from secondsource.text import plain

_SUPPORT = frozenset({"make", "give", "take", "hold", "put", "have", "carry", "launch", "begin", "start"})
_PROGRAMME = "programme"
_DEPART, _LEAVING = "depart", frozenset({"leave", "depart", "sail", "set off", "set out"})
_BOUND = re.compile(r"\b(?:for|to|towards?) (?:the )?[A-Z]")  # "left the works for Drovia" is going there
BLAME = "blame"
_LETTING, _LICENCE = frozenset({"allow", "let", "enable"}), "license"
_HELD, _DETAIN = frozenset({"ship", "person", "sailor", "worker", "soldier", "fighter", "aircraft"}), "detain"
_GOING, _MOVE, _DELIVER = frozenset({"reach", "move"}), "move", "deliver"
_WARE = frozenset({"goods", "weapon", "part"})
_TO = re.compile(r"\b(?:to|into|in|from|reach\w*|via|through)\b")
_BLAMES = frozenset({"hold", "accuse", "blame", "charge", "suspect", "implicate"})
_TO_ACCOUNT = frozenset({"responsible", "responsibility", "accountable"})
_MEMBERS = frozenset({"part", "member", "one"})
_MADE = re.compile(
    r"-(made|manufactured|built|produced|designed|developed|assembled|supplied)\b", re.IGNORECASE
)
_APPOSITION = re.compile(r",\s(?:an?|the|which|who|whose|part of|owned)\s[^,]*(?:,|$)")
_OPEN_CLAUSE = re.compile(r"\bwhether\b", re.IGNORECASE)


def heads(claim: Claim) -> frozenset[str]:
    """The classes of what the claim says is done, with that there is a programme where it tells of one."""
    return _with_programme(_heads(claim), claim)


def _heads(claim: Claim) -> frozenset[str]:
    table, predicate = lexicon(), claim.frame.predicate.casefold()
    target, subject = ((word or "").casefold() for word in (claim.frame.object, claim.frame.agent))
    if special := _special(claim, predicate, target):
        return frozenset({special})
    known = _known(claim, predicate, subject, target)
    if predicate in _SUPPORT and not subject and _spoken(claim) - {known}:  # "payments were made"
        return frozenset(_spoken(claim) - {known})
    if predicate == target:
        if known and predicate not in table.verdicts:
            return frozenset({known})
        # "its range is 1,800 km", "deliveries would be a big step"
        told = {table.nouns[subject]} if subject in table.nouns else _spoken(claim) - {known}
        return frozenset(told or {known or f"={predicate}"})
    return _behind(claim, predicate, target, known)


def _special(claim: Claim, predicate: str, target: str) -> str | None:
    """The class of what words together say, whatever the verb alone would; None where they say no such."""
    table = lexicon()
    if predicate in _SUPPORT and target in table.nouns:
        return table.nouns[target]
    if predicate in _MEMBERS and re.search(rf"\b{predicate}s? of\b", claim.content.text):
        return "own"
    if predicate == "hold" and _TO_ACCOUNT & {word.casefold() for word in claim.frame.words}:
        return BLAME  # however many names stand between the two words
    if predicate in _LETTING and claim.stance == "denies":
        return _LICENCE  # who denies having allowed it does not deny that it was done
    if predicate == "hold" and table.thing(target) in _HELD:
        return _DETAIN
    return counted(claim.content.text)  # "the number of dead has risen to 34" tells of no rise


def _known(claim: Claim, predicate: str, subject: str, target: str) -> str | None:
    """The class of the predicate, by where it leads and what it is done to."""
    table = lexicon()
    if predicate in _LEAVING and not _BOUND.search(claim.content.text):
        return _DEPART
    known = table.verbs.get(f"{predicate} {target}") or table.class_of(predicate)  # "dropped bombs"
    if predicate == target and predicate in table.homographs:
        known = table.nouns.get(predicate)  # "there were mortar bombs" tells of no bombing
    return _MOVE if known in _GOING and _is_of_goods(claim, subject, target) else known


def _behind(claim: Claim, predicate: str, target: str, known: str | None) -> frozenset[str]:
    """What is done, where the verb may say little and the words beside it more."""
    table = lexicon()
    unsure = claim.stance == "unaware" or is_unsure(claim)
    says_little = unsure or predicate in table.light or predicate in table.epistemic or _is_said_to(claim)
    phrased = {
        name for name, said in table.in_text(claim.content.text).items() if said.startswith(predicate[:2])
    }
    if phrased:
        return frozenset(phrased)
    if known and not says_little:
        return frozenset({known})
    if target in table.nouns and target not in table.epistemic:
        return frozenset({table.nouns[target]})
    stated = says_little and (unsure or not _OPEN_CLAUSE.search(claim.content.text))
    return frozenset((_spoken(claim) if stated else set()) or {f"={predicate}"})


def accuses(claim: Claim, deeds: frozenset[str]) -> bool:
    """True where the verb only says who is held responsible, whoever tells of it being the source."""
    return deeds == {BLAME} and claim.frame.predicate.casefold() in _BLAMES


def _is_of_goods(claim: Claim, subject: str, target: str) -> bool:
    """True for goods that go somewhere, or are taken there: "the parts reached Drovia"."""
    table = lexicon()
    moved = table.thing(target) or table.thing(subject)
    goes = any(table.broader.get(thing, thing) in _WARE for thing in (moved,) if thing)
    carried = target in table.nouns and table.nouns[target] == _DELIVER  # "consignments were flown"
    return (goes or carried) and bool(_TO.search(claim.content.text))


def tells_of_knowing(claim: Claim, deeds: frozenset[str]) -> bool:
    """True where the verb only says that somebody knows or does not, of what the deeds name."""
    predicate = claim.frame.predicate.casefold()
    return predicate in lexicon().epistemic and deeds.isdisjoint({f"={predicate}", predicate})


def _with_programme(heads: frozenset[str], claim: Claim) -> frozenset[str]:
    """That there is a programme is a matter of its own: "runs a covert scheme", "hides its project"."""
    table, predicate = lexicon(), claim.frame.predicate.casefold()
    target = table.thing(claim.frame.object or "") == _PROGRAMME
    named = any(table.things.get(word.casefold()) == _PROGRAMME for word in claim.frame.words)
    return heads | {_PROGRAMME} if target or (named and predicate in table.light) else heads


def _is_said_to(claim: Claim) -> bool:
    """True for "is said to fly": words of saying without a sayer, which tell of the deed."""
    frame = claim.frame
    return frame.predicate.casefold() in lexicon().saying and frame.agent is None and not frame.negated


def _spoken(claim: Claim) -> set[str]:
    table = lexicon()
    found = table.classes(unnamed(claim), claim.content.text)
    return {name for name, word in found.items() if word not in table.epistemic}


def _asserted(claim: Claim) -> list[str]:
    """The content words without those of appositions, which say what a thing is and not what is done."""
    text = plain(claim.content.text).casefold()
    aside = " ".join(_APPOSITION.findall(text))
    if not aside:
        return list(claim.frame.words)
    rest = _APPOSITION.sub(" ", text)
    stems = [(word, word.casefold()[:4]) for word in claim.frame.words]
    return [word for word, stem in stems if stem in rest or stem not in aside]


def unnamed(claim: Claim) -> list[str]:
    """The content words that are no part of a name: the Arms Control Commission controls nothing."""
    named = {part for mention in claim.mentions for part in mention.excerpt.text.casefold().split()}
    kept = [word for word in _asserted(claim) if word.casefold() not in named]
    for made in _MADE.findall(claim.content.text):  # "Chinese-made drones" tells of no making
        lemma = {"made": "make", "built": "build"}.get(made.casefold(), made.casefold().removesuffix("d"))
        for word in (lemma, lemma.removesuffix("e")):
            if word in kept:
                kept.remove(word)
    return kept


def but_deed(words: Sequence[str], claim: Claim) -> list[str]:
    """The words without the verb that says what is done: who ships goods names no ship."""
    verb, frame = claim.frame.predicate.casefold(), claim.frame
    fillers = {(word or "").casefold() for word in (frame.object, frame.agent)}
    told = verb in lexicon().verbs and verb not in fillers
    return [word for word in words if not (told and word.casefold() == verb)]
