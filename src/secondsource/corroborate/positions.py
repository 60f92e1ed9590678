"""The rival answers that the claims of one matter give: it is so, it is not, or each figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from secondsource.corroborate.amounts import Amount
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.sides import says_he_denies
from secondsource.corroborate.slots import Slots

UNKNOWN = "not known"
"""The answer of those who only say that they do not know, or that nothing shows it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One rival answer: its value as a heading, and the claims that give it."""

    value: str
    claims: tuple[Slots, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """A question before it is assessed: what is open, its answers, and who says no."""

    open_slot: str
    unit: str | None
    answers: tuple[Answer, ...]
    said_no: tuple[Slots, ...]
    slot: str | None = None


def strands(group: Sequence[Slots], is_party: Callable[[str], bool]) -> list[tuple[Slots, ...]]:
    """A group split where its claims differ in kind: what is done, can be, will be, is asked for.

    "Able to produce" is no report that it produces.  Denials and not knowing stay with what
    is said to be done, where anything is; what an outlet merely finds not to be so, in its own
    voice, is a matter of its own.  ``is_party`` tells which documents are a party's release.
    """
    kinds: defaultdict[str, list[Slots]] = defaultdict(list)
    for slots in group:
        kinds[_kind(slots) if slots.side > 0 else "no"].append(slots)
    said_no = kinds.pop("no", [])
    order = sorted(kinds, key=lambda kind: (kind != "done", -len(kinds[kind]), kind))
    if not order:
        return [tuple(said_no)] if said_no else []
    found = tuple(slots for slots in said_no if _is_finding(slots) and not is_party(slots.claim.document))
    kept = [slots for slots in said_no if slots not in found]
    split = [(*kinds[kind], *(kept if kind == order[0] else [])) for kind in order]
    return [*split, found] if found else split


def _is_finding(slots: Slots) -> bool:
    return slots.side < 0 and slots.claim.voice == "own" and not says_he_denies(slots.claim)


def _kind(slots: Slots) -> str:
    if slots.claim.stance in {"asks", "plans"}:
        return slots.claim.stance
    known = lexicon().predicates
    if any(known[head].able for head in slots.heads if head in known):
        return "done"
    return slots.modal or "done"


def questions(group: Sequence[Slots]) -> list[Matter]:
    """The questions that a group raises: whether it is so, and how much where figures differ.

    Where every claim gives a figure in one slot the figure is the only question.
    """
    yes = [slots for slots in group if slots.side > 0]
    no = tuple(slots for slots in group if slots.side <= 0)
    if not yes:
        return [_only_no(no)]
    figures = [_figures(yes, no, unit, slot) for unit, slot in _slots_open(yes)]
    main = next((matter for matter in figures if _is_all(matter, yes) and _is_worth(matter)), None)
    first = main or Matter("polarity", None, (Answer("yes", tuple(yes)),), no)
    return [first, *(matter for matter in figures if matter is not main and len(matter.answers) > 1)]


def _only_no(no: tuple[Slots, ...]) -> Matter:
    """Nobody in the case says it is so: what stands is that it is not, or that it is not known.

    What is denied in words that say it ("denied selling X"), or not known, is a position that nobody takes;
    what is said not to be so ("sold nothing") is none.
    """
    denied = tuple(slots for slots in no if slots.side < 0)
    unaware = tuple(slots for slots in no if slots.side == 0)
    if any(map(denied_in_words, denied)):
        return Matter("polarity", None, (Answer("yes", ()), Answer("no", denied)), no)
    if denied:
        return Matter("polarity", None, (Answer("no", denied),), unaware)
    return Matter("polarity", None, (Answer(UNKNOWN, unaware), Answer("yes", ())), unaware)


def denied_in_words(slots: Slots) -> bool:
    """True for "denied selling X", whose words are what is denied; not for "sold nothing", which say no."""
    return slots.side < 0 and slots.claim.stance == "denies" and not slots.claim.frame.negated


def _slots_open(yes: Sequence[Slots]) -> list[tuple[str, str | None]]:
    counted: defaultdict[str, list[Amount]] = defaultdict(list)
    places: defaultdict[str, int] = defaultdict(int)
    for slots in yes:
        for place, amount in enumerate(slots.amounts):
            counted[amount.unit].append(amount)
            places[amount.unit] = max(places[amount.unit], place)
    open_slots = []
    for unit, amounts in sorted(counted.items(), key=lambda item: (places[item[0]], item[0])):
        left = sorted(amounts, key=lambda amount: (amount.slot is None, amount.slot or "", amount.low))
        while left:
            first = left[0]
            open_slots.append((unit, first.slot))
            left = [amount for amount in left if not amount.rivals(first)]
    return open_slots


def _figures(yes: Sequence[Slots], no: tuple[Slots, ...], unit: str, slot: str | None) -> Matter:
    """The figures given in one slot as rival answers; a claim answers with its first."""
    key = Amount(unit, slot, -inf, inf, "")
    given = {}
    for slots in yes:
        amount = next((amount for amount in slots.amounts if amount.rivals(key)), None)
        if amount:
            given[slots.claim.id] = amount
    homes = _homes(list(given.values()))
    answers: defaultdict[str, list[Slots]] = defaultdict(list)
    for slots in yes:
        if slots.claim.id in given:
            amount = given[slots.claim.id]
            answers[homes[amount.low, amount.high]].append(slots)
    for slots in yes:
        value = _told_below(slots, answers) if slots.claim.id not in given else None
        if value:
            answers[value].append(slots)
    ranked = sorted(answers.items(), key=lambda item: (-_documents(item[1]), item[0]))
    listed = tuple(Answer(value, tuple(claims)) for value, claims in ranked)
    return Matter(f"quantity: {unit or slot or 'number'}", unit, listed, no, slot)


def _told_below(slots: Slots, answers: Mapping[str, Sequence[Slots]]) -> str | None:
    """The answer of a headline without a figure: its own text's, "three hurt" for three workers hurt."""
    if slots.claim.rule != "own-headline":
        return None
    document = slots.claim.document
    return next((v for v, said in answers.items() if any(s.claim.document == document for s in said)), None)


def _homes(amounts: Sequence[Amount]) -> dict[tuple[float, float], str]:
    """The answer that each figure gives: a range is no rival of a figure that it allows."""
    exact = sorted({amount.low for amount in amounts if amount.exact})
    homes: dict[tuple[float, float], str] = {}
    open_ranges: list[Amount] = []
    for amount in sorted(amounts, key=lambda amount: (not amount.exact, amount.low, amount.high)):
        bounds = (amount.low, amount.high)
        inside = [value for value in exact if amount.low <= value <= amount.high]
        met = next((other for other in open_ranges if other.meets(amount)), None)
        if inside:
            homes[bounds] = Amount(amount.unit, None, inside[0], inside[0], "").value
        elif met:
            homes.setdefault(bounds, homes[met.low, met.high])
        else:
            homes[bounds] = amount.value
            open_ranges.append(amount)
    return homes


def _is_worth(matter: Matter) -> bool:
    """A figure is asked for where there are two of them, or where two reports give it."""
    return len(matter.answers) > 1 or _documents(matter.answers[0].claims) > 1


def _documents(claims: Sequence[Slots]) -> int:
    return len({slots.claim.document for slots in claims})


def _is_all(matter: Matter, yes: Sequence[Slots]) -> bool:
    return sum(len(answer.claims) for answer in matter.answers) == len(yes)
