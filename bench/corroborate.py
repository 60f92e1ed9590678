"""What counting origins costs: the questions of a case of many claims, made anew.

    python bench/corroborate.py [--claims 100000]

Invented reports of invented transfers: each event is told by some outlets, some of them citing one that
told it before, with a rival figure or a denial here and there.  The parts of the sentences are known, so
that no parser runs: what is measured begins where extraction ends, and ends before anything is stored.
Printed are seconds by the clock and of CPU and the largest memory against their limits, then what one
document more, and one less, cost a desk that stays open.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from secondsource.corroborate import Corroborator
from secondsource.model import (
    Claim,
    Document,
    Entity,
    EntityMention,
    Excerpt,
    Frame,
    Mention,
    Quantity,
    Reading,
    Span,
)
from secondsource.text import content_id, sha256

LIMIT_SECONDS, LIMIT_BYTES, LIMIT_ONE = 90.0, 2 << 30, 0.3
PER_DOCUMENT = 20
DEEDS = (
    ("deliver", "delivered", "delivery", "to"),
    ("sell", "sold", "sale", "to"),
    ("produce", "produced", "production", "in"),
    ("test", "tested", "test", "in"),
    ("damage", "damaged", "damage", "near"),
    ("detain", "detained", "detention", "off"),
    ("pay", "paid for", "payment", "in"),
    ("find", "found", "find", "in"),
)
WARES = ("drone", "missile", "engine", "radar", "turbine", "shell", "tanker", "gyroscope")
SOUNDS = ("ka", "ren", "tol", "vis", "mar", "du", "sel", "bo", "gri", "nath", "qu", "lo", "ster", "um", "pi")


@dataclass(frozen=True)
class Press:
    """The names of an invented press: companies, states, towns, outlets and people."""

    companies: tuple[str, ...]
    states: tuple[str, ...]
    outlets: tuple[str, ...]
    people: tuple[str, ...]


def _names(chance: random.Random, count: int, parts: int, ending: str = "") -> tuple[str, ...]:
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chance.choices(SOUNDS, k=parts)).capitalize() + ending] = None
    return tuple(made)


def press(chance: random.Random, events: int) -> Press:
    return Press(
        _names(chance, max(50, events // 2), 4, " Works"),
        _names(chance, 60, 3, "ia"),
        _names(chance, 400, 3, " Post"),
        tuple(map(" ".join, zip(_names(chance, 2_000, 3), _names(chance, 2_000, 4), strict=True))),
    )


@dataclass(frozen=True)
class Event:
    """Who did what with how many of what, where and when."""

    company: str
    deed: int
    ware: str
    state: str
    number: int
    day: int
    tellers: list[str]


def generate(claims: int, seed: int = 7) -> tuple[list[Document], list[Claim], list[Entity]]:
    """Documents of twenty claims on four events each, told by about five outlets; with their entities."""
    chance = random.Random(seed)
    documents_wanted = max(5, claims // PER_DOCUMENT)
    events_wanted = documents_wanted
    known = press(chance, events_wanted)
    events = [
        Event(
            chance.choice(known.companies),
            chance.randrange(len(DEEDS)),
            chance.choice(WARES),
            chance.choice(known.states),
            chance.randrange(2, 400),
            chance.randrange(2_000),
            [],
        )
        for _ in range(events_wanted)
    ]
    documents, made = [], []
    for number in range(documents_wanted):
        first = number * 7919 % len(events)
        told = [events[(first + step * 131) % len(events)] for step in chance.sample(range(5), 4)]
        document, found = report(chance, known, told, number)
        documents.append(document)
        made += found
    return documents, made, entities(documents, made)


class _Writer:
    """A text that grows sentence by sentence, and the claims found in it."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: list[tuple[Span, Span | None, Event, str, str]] = []

    def say(self, before: str, content: str, after: str) -> tuple[Span, int]:
        start = len(self.text) + len(before)
        self.text += f"{before}{content}{after} "
        return Span(start, start + len(content)), start + len(content) + len(after)


def report(
    chance: random.Random, known: Press, told: list[Event], number: int
) -> tuple[Document, list[Claim]]:
    outlet = chance.choice(known.outlets)
    writer, parts = _Writer(), []
    for event in told:
        for step in range(PER_DOCUMENT // len(told)):
            parts.append(_sentence(chance, known, writer, event, step))
    key = sha256(f"{number} {outlet} {writer.text}".encode())
    year, rest = divmod(told[0].day, 360)
    published = f"20{15 + year:02}-{rest // 30 + 1:02}-{rest % 30 % 28 + 1:02}"
    reading = Reading(writer.text, publisher=outlet, published=published)
    hashed = sha256(writer.text.encode())
    size = len(writer.text)
    document = Document(
        key, f"{number}.txt", "read", None, "text/plain", size, reading, hashed, "2026-01-01T00:00:00+00:00"
    )
    for event in told:
        event.tellers.append(outlet)
    return document, [_claim(document, part) for part in parts]


def _sentence(
    chance: random.Random, known: Press, writer: _Writer, event: Event, step: int
) -> tuple[Event, Span, Span | None, str, str, int | None, tuple[str, ...]]:
    """One sentence: the event, its content, its source, kind and stance, its figure and its other words."""
    lemma, verb, _, where = DEEDS[event.deed]
    other = f"{chance.choice(WARES)} {chance.choice(SOUNDS)}{chance.choice(SOUNDS)}"
    figure = event.number if chance.random() < 0.85 else event.number + chance.randrange(1, 9)
    content = (
        f"{event.company} {verb} {figure} {event.ware}s {where} {event.state}",
        f"{event.company} {verb} {event.ware}s for {other}",
        f"{event.company} keeps a {other} near the border of {event.state}",
        f"the {other} of {event.company} is made of {chance.choice(SOUNDS)}{chance.choice(SOUNDS)}",
        f"{event.state} asked {event.company} for a {other}",
    )[step]
    person = chance.choice(known.people)
    way = chance.random()
    stance = "denies" if step == 0 and way < 0.04 else "asserts"
    if way < 0.4:
        span, _ = writer.say("", content[:1].upper() + content[1:], f", said {person}.")
        start = span.end + len(", said ")
        source, kind = Span(start, start + len(person)), "person"
    elif way < 0.7:
        cited = chance.choice(event.tellers or known.outlets)
        span, _ = writer.say("", content[:1].upper() + content[1:], f", {cited} reported.")
        start = span.end + 2
        source, kind = Span(start, start + len(cited)), "outlet"
    else:
        span, _ = writer.say("", content[:1].upper() + content[1:], ".")
        source, kind = None, "outlet"
    return event, span, source, kind, stance, figure if step == 0 else None, (lemma, other)


def _claim(
    document: Document,
    part: tuple[Event, Span, Span | None, str, str, int | None, tuple[str, ...]],
) -> Claim:
    event, span, source, kind, stance, figure, (lemma, other) = part
    text = document.text
    content = Excerpt.of(text, [span])
    said = Excerpt.of(text, [source]) if source else None
    words = [word.strip(".,").casefold() for word in content.text.split()]
    predicate = lemma if DEEDS[event.deed][1].split()[0] in words else "be" if "is" in words else words[2]
    return Claim(
        id=content_id("c", document.id, span),
        document=document.id,
        voice="attributed" if source else "own",
        content=content,
        source=said,
        source_name=said.text if said else None,
        source_kind=kind,  # type: ignore[arg-type]
        cue=None,
        via=(),
        stance=stance,  # type: ignore[arg-type]
        certainty=None,
        basis=None,
        mentions=tuple(_mentions(text, span, (event.company, event.state))),
        quantities=tuple(_figures(text, span, figure, event.ware)),
        time=None,
        rule="made",
        frame=Frame(
            predicate,
            event.company if event.company in content.text else None,
            event.ware if f"{event.ware}s" in words else other.split()[0],
            words=tuple(word for word in words if len(word) > 3),
        ),
    )


def _mentions(text: str, span: Span, names: tuple[str, ...]) -> Iterator[Mention]:
    for name in names:
        at = text.find(name, span.start, span.end)
        if at >= 0:
            schema = "Country" if name.endswith("ia") else "Company"
            yield Mention(Excerpt.of(text, [(at, at + len(name))]), schema, f"m-{name}", name, "made")


def _figures(text: str, span: Span, figure: int | None, ware: str) -> Iterator[Quantity]:
    if figure is not None:
        words = f"{figure} {ware}s"
        at = text.find(words, span.start, span.end)
        if at >= 0:
            yield Quantity(
                Excerpt.of(text, [(at, at + len(words))]), figure, figure, figure, f"{{{ware}}}", False
            )


def entities(documents: list[Document], claims: list[Claim]) -> list[Entity]:
    """One entity a name; the bench does not measure how names are joined."""
    found: dict[str, dict[str, int]] = {}
    schema: dict[str, str] = {}
    for claim in claims:
        for mention in claim.mentions:
            found.setdefault(mention.name, {}).setdefault(claim.document, 0)
            found[mention.name][claim.document] += 1
            schema[mention.name] = mention.schema
    return [
        Entity(
            content_id("e", name),
            name,
            schema[name],
            (name,),
            tuple(EntityMention(id, f"m-{name}", (name,), count) for id, count in here.items()),
        )
        for name, here in sorted(found.items())
    ]


def cpu() -> float:
    """Seconds of CPU that this process and those that it split off have taken."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def peak(who: int) -> int:
    """The most bytes that this process held, or the largest of those that it split off."""
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes may work")
    args = parser.parse_args()
    documents, claims, known = generate(args.claims)
    fewer = documents[:-1]
    rest = [claim for claim in claims if claim.document != documents[-1].id]
    corroborator = Corroborator(args.jobs)
    begun, at = cpu(), time.monotonic()
    found = corroborator.questions(documents, claims, known)
    spent, wall = cpu() - begun, time.monotonic() - at
    several = sum(len(question.documents) > 1 for question in found)
    print(f"{len(claims):,} claims in {len(documents):,} documents, {len(found):,} questions")
    print(f"{several:,} of the questions in several documents")
    print(f"full rebuild by {args.jobs}: {wall:.1f} s ({wall / LIMIT_SECONDS:.2f} of {LIMIT_SECONDS:.0f} s)")
    print(f"{spent:.1f} s CPU of all processes ({spent / LIMIT_SECONDS:.2f} of {LIMIT_SECONDS:.0f} s)")
    held, beside = (peak(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"memory {held / (1 << 30):.2f} GiB ({held / LIMIT_BYTES:.2f} of {LIMIT_BYTES >> 30} GiB)")
    print(f"the largest process split off: {beside / (1 << 30):.2f} GiB, most of it the same memory")
    left = entities(fewer, rest)
    same = {one.id: one for one in known}  # as a resolver does: what did not change is the same object
    left = [same[one.id] if same.get(one.id) == one else one for one in left]
    for said, given in (("less", (fewer, rest, left)), ("more", (documents, claims, known))):
        begun = time.process_time()
        again = corroborator.questions(*given)
        spent = time.process_time() - begun
        print(f"one document {said} {spent:.2f} s CPU ({spent / LIMIT_ONE:.1f} times {LIMIT_ONE} s)")
    print("the same as before" if again == found else "NOT the same as before")
    return 0


if __name__ == "__main__":
    sys.exit(main())
