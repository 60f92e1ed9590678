"""Derivations that are kept up to date are those made anew, whatever came and went before."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document, entity
from secondsource.derivation import Changes, Derivations, Outlets, derive, repeats, retellings, upstream
from secondsource.derivation.changes import Told
from secondsource.derivation.outlets import canonical
from secondsource.derivation.sharing import Rule
from secondsource.model import Claim, Document, Entity
from secondsource.provenance import REPEATS, Derivation

PUBLISHERS = (
    "Harbour Wire",
    "The Quell Courier",
    "Quell Courier (republishing Reuters)",
    "Fars News Agency (FNA)",
    "FNA",
    "Sky News",
    "MSNBC",
    "Orlan Works",
    "Orlan Works (OWL), Quell",
    "Ministry of Ports of Quelland",
    None,
)
NAMES = (
    "Harbour Wire",
    "the Quell Courier",
    "FNA",
    "Reuters",
    "Orlan Works",
    "OWL",
    "Lake Gazette",
    "The Tern",
)
SENTENCES = (
    "Three barges left the harbour of Quell before dawn on Monday with their lamps put out.",
    "The pilot boat followed them as far as the outer buoy and then turned back in the swell.",
    "Dockers who had loaded the crates at night had been told that they held pump housings.",
    "“No entry for the barges was made in the book that the office keeps,” the harbour master said.",
    "The Ministry of Ports of Quelland denies that barges left Quell at night with 48 crates.",
)
RETOLD = (
    "On Monday the barges Tern, Merrow and Lark left Quell for Salla with 48 crates, papers of Orlesk show. "
    "At Morvan they met the Kestrel, a tug of Drovia Lines, and waited 9 hours.",
    "Papiere von Orlesk: Montag fuhren die Kähne Tern, Merrow und Lark aus Quell nach Salla, 48 Kisten "
    "an Bord. Vor Morvan trafen sie den Schlepper Kestrel der Drovia Lines; 9 Stunden lagen sie still.",
)
SAID = "barges left Quell at night with 48 crates"
PARTIES = ("The Ministry of Ports of Quelland", "the ministry", "Orlan Works")

Seen = dict[str, dict[str, object]]
Report = tuple[Document, tuple[Claim, ...]]


def _report(chance: random.Random, number: int) -> Report:
    """A report that may cite, credit, link, report a release, copy or retell, and some claims of it."""
    parts = chance.choices([*SENTENCES, *RETOLD], k=chance.randrange(1, 4))
    name, party = chance.choice(NAMES), chance.choice(PARTIES)
    ways = (f"QUELL ({name}) —", f"{name} reported on Monday.", f"As told to {name}.", "", "")
    text = f"{chance.choice(ways)} {' '.join(parts)} {party} said that {SAID}, {name} reported."
    urls = (f"https://wire.example/{number % 4}", None)
    told = document(
        f"{text} Number {number}.",
        chance.choice(PUBLISHERS),
        chance.choice([None, "2025-06", "2025-06-01", "2025-06-02", "2025-06-01T08:00:00Z", "2025-09-01"]),
        url=chance.choice(urls),
        based_on=tuple(f"http://www.wire.example/{n}#top" for n in range(4) if chance.random() < 0.2),
        authors=tuple(chance.sample(NAMES, chance.randrange(2))),
    )
    return told, _claims(chance, told, name, party)


def _claims(chance: random.Random, told: Document, name: str, party: str) -> tuple[Claim, ...]:
    whose = chance.choice([(name, "outlet"), (party, "government"), (party, "organisation"), (None, "self")])
    via = (name,) if chance.random() < 0.3 else ()
    said = [claim(told, SAID, whose[0], whose[1], via=via)] if chance.random() < 0.8 else []
    if chance.random() < 0.5:
        said.append(claim(told, "Number", name, "outlet", source_name=name.removeprefix("the ").title()))
    return tuple(sorted(said, key=lambda one: one.id))


def _changed(chance: random.Random, report: Report) -> Report:
    """The same document read otherwise: without claims, or with another head."""
    told, said = report
    if chance.random() < 0.4:
        return told, said[:1] if len(said) > 1 else ()
    head: dict[str, object] = {
        "published": chance.choice([None, "2025-06-01", "2025-06-03", "2025-09-01"]),
        "publisher": chance.choice(PUBLISHERS),
        "authors": tuple(chance.sample(NAMES, chance.randrange(2))),
        "url": chance.choice([None, "https://wire.example/1", "https://wire.example/2"]),
    }
    for field in chance.sample(sorted(head), 2):
        del head[field]
    return replace(told, reading=replace(told.reading, **head)), said  # type: ignore[arg-type]


def _entities(chance: random.Random, reports: Mapping[str, Report]) -> list[Entity]:
    """The ministry under its names, as of some of the documents that have them."""
    naming = tuple(
        told for told, _ in reports.values() if "the ministry" in told.text and chance.random() < 0.8
    )
    names = ("the ministry", "Ministry of Ports of Quelland")[: chance.randrange(1, 3)]
    one = entity("the ministry", documents=naming)
    return [replace(one, names=names)] if naming else []


@contextmanager
def small_limits() -> Iterator[None]:
    """Limits that a case of a few documents reaches."""
    with (
        patch.object(repeats, "_RULE", Rule(most=3, fewest=8, hub=True)),
        patch.object(retellings, "_RULE", Rule(most=3, fewest=4, hub=False)),
        patch.object(upstream, "_FEW", 2),
    ):
        yield


def _seen(outlets: Outlets, texts: Mapping[str, str]) -> Seen:
    """Everything that outlets can be asked: by key of an outlet, and by document."""
    names = [*NAMES, *filter(None, PUBLISHERS), "Meldwire"]
    return {
        "displayed": {name: outlets.display(name) for name in names},
        "cited": {name: outlets.is_outlet(name) for name in names},
        "mentioned": {id: list(outlets.places(text)) for id, text in texts.items()},
    }


def _told(changes: Changes, before: Seen, now: Seen) -> None:
    """Nothing is otherwise than before but what the changes say."""
    for asked in ("displayed", "cited", "mentioned"):
        old, new = before[asked], now[asked]
        moved = {key for key in old.keys() & new.keys() if old[key] != new[key]}
        keys = moved if asked == "mentioned" else set(map(canonical, moved))
        assert keys <= getattr(changes, asked)


def _named(edges: Sequence[Derivation]) -> set[tuple[str, str]]:
    return {(edge.source, edge.how) for edge in edges if edge.how not in REPEATS}


def _leading_elsewhere(parents: Collection[str], edges: Sequence[Derivation]) -> list[Derivation]:
    return [edge for edge in edges if edge.parent and edge.parent not in parents]


class Watched:
    """Derivations that are followed, and held against those made anew at every step."""

    def __init__(self) -> None:
        self.kept = Derivations()
        self.documents: dict[str, Document] = {}
        self.edges = dict(self.kept.edges)
        self.upstream = dict(self.kept.upstream)
        self.seen = _seen(self.kept.outlets, {})

    def follow(self, documents: dict[str, Document], claims: Told, entities: list[Entity]) -> None:
        changes = self.kept.follow(documents, claims, entities)
        anew = Derivations()
        anew.follow(documents, claims, entities)
        assert self.kept.edges == anew.edges
        assert self.kept.upstream == anew.upstream
        assert changes.documents == _moved(self.edges, anew.edges)
        assert changes.upstream == _moved(self.upstream, anew.upstream)
        assert changes.rests.keys() <= changes.documents
        for id, parents in changes.rests.items():
            for side in (_named, partial(_leading_elsewhere, parents)):
                assert side(self.edges.get(id, ())) == side(anew.edges.get(id, ()))
        stay = self.edges.keys() & anew.edges.keys() - changes.documents
        assert all(self.kept.edges[id] is self.edges[id] for id in stay)
        texts = {id: told.text for id, told in documents.items()}
        said = [one for here in claims.values() for one in here]
        before, self.seen = self.seen, _seen(self.kept.outlets, texts)
        assert self.seen == _seen(Outlets(documents.values(), said), texts)
        same = {id for id, told in documents.items() if self.documents.get(id) is told}
        before["mentioned"] = {id: before["mentioned"][id] for id in same}
        _told(changes, before, self.seen)
        self.documents, self.edges = documents, dict(self.kept.edges)
        self.upstream = dict(self.kept.upstream)
        assert derive(list(documents.values()), said, entities) == [
            edge for id in sorted(self.edges) for edge in self.edges[id]
        ]


def _moved(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    return {id for id in before.keys() | now.keys() if before.get(id) != now.get(id)}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 14), st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_derivations_that_are_kept_are_those_made_anew(seed: int, size: int, steps: list[int]) -> None:
    chance = random.Random(seed)
    every = [_report(chance, number) for number in range(size + 5)]
    here = set(chance.sample(range(len(every)), size))
    with small_limits():
        watched = Watched()
        for step in (0, *steps):
            for number in chance.sample(range(len(every)), step):
                if chance.random() < 0.5:
                    every[number] = _changed(chance, every[number])
                else:
                    here ^= {number}
            reports = {every[n][0].id: every[n] for n in chance.sample(sorted(here), len(here))}
            watched.follow(
                {id: told for id, (told, _) in reports.items()},
                {id: said for id, (_, said) in reports.items()},
                _entities(chance, reports),
            )


def test_a_name_in_a_publisher_field_is_followed_where_it_comes_to_name_another() -> None:
    told = document("Three barges left at night.", "Orlan Post (OWL)")
    other = document("Barges were seen.", "Owl News (OWL)")
    first, second = sorted((told, other), key=lambda one: one.id)
    kept = Derivations()
    for here in ([second], [first, second], [second], [first], [first, second]):
        kept.follow({one.id: one for one in here}, {})
        assert [edge for id in sorted(kept.edges) for edge in kept.edges[id]] == derive(here)
