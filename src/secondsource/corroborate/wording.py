"""The sentences: a question's heading in its claims' own words, and the reasons for a grade."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from secondsource.assessments import LETTERS, SourceRating
from secondsource.corroborate.amounts import Amount
from secondsource.corroborate.casualties import NUMBERS
from secondsource.corroborate.identity import FIRST, acts_himself, is_pronoun
from secondsource.corroborate.opposition import Against
from secondsource.corroborate.slots import Slots
from secondsource.derivation import WORD_FOR_WORD, Derivation
from secondsource.model import Claim, Document, Opposition, Origin
from secondsource.provenance import REPEATS

_ROUND = (
    "dozens",
    "dozen",
    "hundreds",
    "hundred",
    "thousands",
    "thousand",
    "several",
    "twenty",
    "thirty",
    "forty",
)
_OPEN = re.compile(
    r"^(?:it|he|she|they|we|i|this|that|these|those|its|his|her|their|there|them|to|of"
    r"|after|before|when|once|although|though|because|since|instead|however|for example)\b",
    re.IGNORECASE,
)
_MEASURED = frozenset({"%", "kg", "t", "l"})
_EDGES = " \t\r\n,;:–—-"
_ROUGH = re.compile(r"^(?:that|and|but|also|however|whether|as|while)\s+", re.IGNORECASE)
_LONG = 160
_CENTRAL = 4.0
_PART = 1.5


def heading(group: Sequence[Slots], documents: Mapping[str, Document]) -> str:
    """The clearest claim of a group as a line: what most of them say, names given, not long."""
    return line(_named(_clearest(group, documents)[0].claim))


def answering(group: Sequence[Slots], documents: Mapping[str, Document]) -> str:
    """An answer in the words of the next clearest claim, where that is not much less clear.

    A question is headed by the clearest; how else the reports put it is seen in the answer.
    """
    first, *others = _clearest(group, documents)
    other = next((slots for slots in others if slots.terms != first.terms), first)
    return line(_named(other.claim))


def _clearest(group: Sequence[Slots], documents: Mapping[str, Document]) -> list[Slots]:
    """In order: what is said clearly, and is the nearest to what the group's documents say."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for slots in group:
        told[slots.claim.document] |= slots.terms | slots.entities
    count = Counter(term for terms in told.values() for term in terms)
    length = sqrt(sum(number**2 for number in count.values())) or 1.0

    def key(slots: Slots) -> tuple[object, ...]:
        own = slots.terms | slots.entities
        central = sum(count[term] for term in own) / (length * sqrt(len(own) or 1))
        first, *rest = _clarity(slots, documents)
        return (first - _CENTRAL * central, *rest)

    return sorted(group, key=key)


def _named(claim: Claim) -> str:
    """The claim's words, with the speaker's name in brackets where they begin with a pronoun for himself.

    "I" and "we" stay: their verb is not his.
    """
    pronoun, _, rest = claim.content.text.partition(" ")
    if claim.source_name and acts_himself(claim) and is_pronoun(pronoun):
        kept = f"{pronoun} " if pronoun.casefold() in FIRST else ""
        return f"{kept}[{claim.source_name}] {rest}"
    return claim.content.text


def line(words: str) -> str:
    """Words of a claim as a line of their own: white space closed up, the first letter large."""
    plain = _ROUGH.sub("", " ".join(words.split()).strip(_EDGES)).rstrip(".")
    if plain.count('"') % 2:
        plain = plain.replace('"', "")
    if len(plain) > 2 * _LONG:
        plain = plain[: 2 * _LONG].rsplit(" ", 1)[0] + " …"
    return plain[:1].upper() + plain[1:]


def asked(group: Sequence[Slots], open_: Amount, documents: Mapping[str, Document]) -> str:
    """A heading that asks for the figure of a slot: "How many airframes were delivered …?"."""
    having = [slots for slots in group if any(amount.rivals(open_) for amount in slots.amounts)]
    best = _clearest(having, documents)[0]
    amount = next(amount for amount in best.amounts if amount.rivals(open_))
    text = line(best.claim.content.text)
    before, figure, after = _around(text, amount)
    if not figure:
        return f"{text}?"
    ask = "how much" if open_.unit in _MEASURED or not before else "how many"
    ask = "how many" if amount.slot or open_.unit not in _MEASURED else ask
    asking = f"{before}{ask}{'' if after[:1] in {*' %-,.;:)'} else ' '}{after}".rstrip() + "?"
    return asking[:1].upper() + asking[1:]


def _around(text: str, amount: Amount) -> tuple[str, str, str]:
    bare = re.split(r"(?<=[\d\w])\s", amount.text)[0]
    pattern = re.compile(
        r"(?:(?:at least|at most|more than|less than|fewer than|over|under|up to|around|about|some|nearly|"
        r"almost)\s+)?" + re.escape(_figure(amount.text) or bare),
        re.IGNORECASE,
    )
    found = pattern.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _figure(words: str) -> str | None:
    found = re.search(r"(?<![\w-])\d[\d.,]*(?:\s(?:million|billion|thousand|hundred))?", words)
    if found:
        return found[0].rstrip(".,")
    quantifiers = (
        "at",
        "least",
        "most",
        "more",
        "than",
        "over",
        "about",
        "around",
        "some",
        "nearly",
        "up",
        "to",
    )
    spoken = [word for word in words.split() if word.casefold() not in quantifiers]
    numbers = [word for word in spoken if word.casefold() in (*NUMBERS, *_ROUND)]
    return " ".join(numbers) or next(iter(spoken), None)


def _clarity(slots: Slots, documents: Mapping[str, Document]) -> tuple[float, bool, str, int, str]:
    text = " ".join(slots.claim.content.text.split())
    loose = bool(_OPEN.match(text)) + (slots.agent is None and slots.target is None) + text.count('"')
    headline = slots.claim.rule == "own-headline"
    too_long = max(0, len(text) - _LONG) // 40 + (len(text) < 25) * 2
    named = bool(slots.claim.mentions)
    date = documents[slots.claim.document].published or "9"
    return (
        loose + headline + too_long - named + _PART * slots.part,
        slots.side <= 0,
        date,
        len(text),
        slots.claim.id,
    )


def count(number: int, noun: str) -> str:
    """ "One report", "seven reports", "14 reports"."""
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} {noun}{'' if number == 1 else 's'}"


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else "nobody"


def standing(origins: Sequence[Origin], reports: Sequence[str]) -> list[str]:
    """What a position stands on, and what is not counted and why."""
    anchored = [origin for origin in origins if origin.anchored]
    floating = [origin for origin in origins if not origin.anchored]
    carried = f"carried by {count(len(reports), 'report')}"
    if not origins:
        return ["No report in the case gives this answer."]
    if not anchored:
        return [
            f"Stands on no origin whose own access a text shows; {carried}, which together count as one.",
            *(f"Undetermined: {origin.why}" for origin in floating),
        ]
    names = _listed(origin.name for origin in anchored)
    lines = [f"Stands on {count(len(anchored), 'origin')}, {names}, {carried}."]
    lines += [f"Not counted: {origin.why}" for origin in floating]
    return lines


def copied(
    reports: Sequence[str], origins: Sequence[Origin], derivations: Mapping[str, Sequence[Derivation]]
) -> list[str]:
    """How the reports hang together: who is cited, and how much is repeated word for word."""
    here, told = set(reports), " ".join(f"{origin.name} {origin.why}" for origin in origins)
    cited: dict[str, set[str]] = {}
    repeats: dict[str, float] = {}
    for edge in (edge for report in reports for edge in derivations.get(report, ())):
        if edge.how not in REPEATS and (edge.parent in here or edge.source in told):
            cited.setdefault(edge.source, set()).add(edge.document)
        elif edge.how in REPEATS and edge.parent in here:
            repeats[edge.document] = max(repeats.get(edge.document, 0.0), edge.score)
    lines = [
        f"{count(len(texts), 'report').capitalize()} {'cites' if len(texts) == 1 else 'cite'} {source}."
        for source, texts in sorted(cited.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    words = {text: share for text, share in repeats.items() if share >= WORD_FOR_WORD}
    if words:
        one = len(words) == 1
        lines.append(
            f"{count(len(words), 'report').capitalize()} {'repeats' if one else 'repeat'} at least "
            f"{min(words.values()):.0%} of another's words."
        )
    if len(repeats) > len(words):
        lines.append(
            f"{count(len(repeats) - len(words), 'report').capitalize()} reworked from another's words."
        )
    return lines


def opposed(against: Against) -> list[str]:
    """Who denies it and who does not know, each with what that is worth."""
    lines = []
    others = _sources(entry for entry in against.denied if not entry.self_interested)
    parties = _sources(entry for entry in against.denied if entry.self_interested)
    if others:
        lines.append(f"Denied by {_listed(others)}.")
    if parties:
        lines.append(
            f"Denied by {_listed(parties)}, party to the matter: shown, and given little weight in the grade."
        )
    if against.unaware:
        lines.append(f"{_listed(_sources(against.unaware))}: not aware of it, which is no denial.")
    return lines


def rated(rating: SourceRating) -> str:
    """The record of a source, who gave it and why."""
    why = f": {rating.reason.rstrip('.')}" if rating.reason else ""
    return f"{rating.name} is rated {rating.letter}, {LETTERS[rating.letter]}, by {rating.by}{why}."


def _sources(entries: Iterable[Opposition]) -> list[str]:
    return list(dict.fromkeys(entry.source for entry in entries))
