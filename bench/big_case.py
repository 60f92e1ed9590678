"""A case of invented documents and claims as large as one wants, made without reading anything.

    python bench/big_case.py [build/big] [--documents 10000] [--claims 150000]

Words, names and dates come from a seeded generator, their frequencies from Zipf's law, so that a
search meets rare and common words.  One question has 2,000 reports and one entity 5,000 claims.
Rows are put in through the store's own statements, some thousands at a time.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import sqlalchemy as sa

from secondsource.model import (
    Block,
    Capture,
    Claim,
    Document,
    Entity,
    EntityMention,
    Excerpt,
    Extraction,
    Frame,
    Mention,
    Opposition,
    Origin,
    Position,
    Question,
    Reading,
    Span,
    Undetermined,
    When,
)
from secondsource.store import Store, rows, schema
from secondsource.text import content_id, sha256

SYLLABLES = re.findall("[a-z]+", "ka lo mer tin dov sal ri ush ven or bel tas nem vi gor pel a ly san dru")
WIDE, BUSY = 2_000, 5_000
"""Reports of the widest question; claims of the busiest entity."""
STANCES = ("asserts",) * 8 + ("denies", "unaware", "confirms", "assesses", "warns", "plans")


@dataclass
class Maker:
    """Makes documents with their claims; remembers what questions and entities are made from."""

    seed: int = 7
    claims: list[tuple[str, str, str]] = field(default_factory=list)
    named: dict[int, set[str]] = field(default_factory=dict)
    busy: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.vocabulary = list(dict.fromkeys(self._word(2, 4) for _ in range(9_000)))
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.vocabulary))))
        self.names = [
            f"{self._word(2, 3).title()} {self._word(2, 3).title()} {number}" for number in range(3_000)
        ]
        self.heavy = list(accumulate(1 / (rank + 20) for rank in range(len(self.names))))
        self.publishers = [
            f"{self._word(2, 3).title()} {kind}" for kind in ("Post", "Wire") for _ in range(100)
        ]

    def _word(self, least: int, most: int) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=self.dice.randint(least, most)))

    def document(self, number: int, claims: int) -> tuple[Document, Extraction]:
        """One report: paragraphs in which somebody named says something of somebody named."""
        id = sha256(f"{self.seed} {number}".encode())
        title = " ".join(self.dice.choices(self.vocabulary, cum_weights=self.weights, k=7)).capitalize()
        text, blocks = title, [Block("title", 0, len(title))]
        said: list[Claim] = []
        mentions: list[Mention] = []
        day = date(2029, 1, 1) + timedelta(days=self.dice.randrange(900))
        for _ in range(claims):
            text += "\n\n"
            paragraph = Paragraph(len(text), self)
            text += paragraph.text
            blocks.append(Block("paragraph", paragraph.start, len(text), page=len(blocks) // 12 + 1))
            mentions += paragraph.mentions
            said.append(paragraph.claim(id, day, self.dice))
        self.claims += [(claim.id, id, claim.stance) for claim in said]
        publisher = self.dice.choice(self.publishers)
        reading = Reading(
            text, tuple(blocks), title, publisher, published=day.isoformat(), published_how="sidecar file"
        )
        hash = sha256(text.encode())
        made = "2031-08-01T00:00:00+00:00"
        path = f"reports/{number:05}.txt"
        return (
            Document(id, path, "read", None, "text/plain", len(text), reading, hash, made),
            Extraction(tuple(said), tuple(mentions)),
        )

    def name(self) -> int:
        """The number of a name; the first goes on until it has its claims."""
        if self.busy < BUSY and self.dice.random() < 0.05:
            self.busy += 1
            return 0
        return self.dice.choices(range(1, len(self.names)), cum_weights=self.heavy[1:])[0]


class Paragraph:
    """One sentence with a source, a cue and a content."""

    def __init__(self, start: int, maker: Maker) -> None:
        about, by = maker.name(), maker.name()
        words = " ".join(maker.dice.choices(maker.vocabulary, cum_weights=maker.weights, k=14))
        self.start = start
        self.source, self.about = maker.names[by], maker.names[about]
        self.content = f"{self.about} {words}"
        self.text = f"{self.source} said that {self.content}."
        self.mentions = [self._mention(name) for name in (self.source, self.about)]

    def _excerpt(self, words: str, after: int = 0) -> Excerpt:
        at = self.start + self.text.index(words, after)
        return Excerpt((Span(at, at + len(words)),), words)

    def _mention(self, name: str) -> Mention:
        after = 0 if name == self.source else len(self.source)
        return Mention(self._excerpt(name, after), "Company", f"m-{name}", name, "name")

    def claim(self, document: str, day: date, dice: random.Random) -> Claim:
        when = self._excerpt(self.content.split()[-1], len(self.source))
        dated = (day - timedelta(days=dice.randrange(60))).isoformat()
        return Claim(
            id=content_id("c", document, self.start),
            document=document,
            voice="attributed",
            content=self._excerpt(self.content, len(self.source)),
            source=self._excerpt(self.source),
            source_name=self.source,
            source_kind="organisation",
            cue=self._excerpt("said that", len(self.source)),
            via=(),
            stance=dice.choice(STANCES),  # type: ignore[arg-type]
            certainty=None,
            basis=None,
            mentions=(),
            quantities=(),
            time=When(when, dated, dated, "day") if dice.random() < 0.3 else None,
            rule="cue",
            frame=Frame("ship", self.source, self.about, words=tuple(self.content.split()[-6:])),
        )


def make(folder: Path, documents: int, claims: int) -> None:
    """Make the case in ``folder``, which must not be there."""
    store, maker = Store.open(folder), Maker()
    each = claims // documents
    for start in range(0, documents, 500):
        made = [maker.document(n, each) for n in range(start, min(start + 500, documents))]
        put(store, made)
    entities, of = named(store, maker)
    store.replace_findings(entities, list(asked(maker, entities, of)))
    store.close()


def put(store: Store, made: list[tuple[Document, Extraction]]) -> None:
    """Some documents with their claims, in one transaction."""
    with store._database.writing() as connection:
        documents = [one for one, _ in made]
        rows.insert(
            connection,
            schema.documents,
            ({**rows.document_row(d), "sidecar_sha256": None} for d in documents),
        )
        runs = [{"document": one.id, "extractor": "bench", "at": one.first_seen} for one in documents]
        connection.execute(sa.insert(schema.extractions), runs)
        for document, extraction in made:
            came = Capture(
                document.id, document.path, "file", document.path, None, "bench", "0", document.first_seen
            )
            connection.execute(rows.arrival(came))
            store.ledger.record(
                connection,
                "ingest",
                rows.ingest_entry({**rows.document_row(document), "sidecar_sha256": None}, came),
            )
            rows.insert(connection, schema.claims, map(rows.claim_row, enumerate(extraction.claims)))
            rows.insert(
                connection,
                schema.mentions,
                map(rows.mention_row(document.id), enumerate(extraction.mentions)),
            )
            rows.insert(connection, schema.claim_clusters, rows.cluster_rows(extraction))


def named(store: Store, maker: Maker) -> tuple[list[Entity], dict[str, str]]:
    """An entity for each name, and the entity that each claim names."""
    found: dict[str, list[EntityMention]] = {}
    for row in store.rows(sa.select(schema.mentions.c.document, schema.mentions.c.name).distinct()):
        found.setdefault(row["name"], []).append(
            EntityMention(row["document"], f"m-{row['name']}", (row["name"],), 1)
        )
    entities = [
        Entity(content_id("e", name), name, "Company", (name, name.upper()), tuple(parts))
        for name, parts in sorted(found.items())
    ]
    ids = {entity.name: entity.id for entity in entities}
    joined = sa.select(schema.claim_clusters.c.claim, schema.claim_clusters.c.cluster).where(
        schema.claim_clusters.c.role == "content"
    )
    return entities, {row["claim"]: ids[row["cluster"][2:]] for row in store.rows(joined)}


def asked(maker: Maker, entities: list[Entity], of: dict[str, str]) -> Iterator[Question]:
    """Questions over all claims: one of them wide, the others of one claim to twelve."""
    dice, left = maker.dice, list(maker.claims)
    dice.shuffle(left)
    wide: dict[str, tuple[str, str, str]] = {}
    while len(wide) < min(WIDE, len({claim[1] for claim in left})):
        claim = left.pop()
        wide.setdefault(claim[1], claim)
    yield question("Did the wide delivery reach the port?", list(wide.values()), of, dice)
    while left:
        size = dice.choice((1, 1, 1, 1, 2, 3, 5, 12))
        some, left = left[-size:], left[:-size]
        words = " ".join(dice.choices(maker.vocabulary, cum_weights=maker.weights, k=6))
        yield question(f"Did {words}?", some, of, dice)


def question(
    text: str, claims: list[tuple[str, str, str]], of: dict[str, str], dice: random.Random
) -> Question:
    groups: list[list[tuple[str, str, str]]] = [[]]
    for claim in claims:
        if dice.random() < 0.02:
            groups.append([])
        groups[-1].append(claim)
    against = [claim for claim in claims if claim[2] in ("denies", "unaware")]
    origins = tuple(
        Origin(
            f"source {number}",
            dice.random() < 0.5,
            "The text shows papers that its writer saw.",
            tuple(dict.fromkeys(claim[1] for claim in group)),
            tuple(claim[0] for claim in group),
            tuple(
                Undetermined(claim[1], "cites another report and shows nothing of its own")
                for claim in group[1:]
            ),
        )
        for number, group in enumerate(filter(None, groups))
    )
    opposed = {
        stance: tuple(
            Opposition(f"ministry {n}", claim[1], claim[0])
            for n, claim in enumerate(against)
            if claim[2] == stance
        )
        for stance in ("denies", "unaware")
    }
    anchored = sum(origin.anchored for origin in origins)
    position = Position(
        "yes",
        text.removeprefix("Did ").rstrip("?").capitalize(),
        tuple(claim[0] for claim in claims),
        tuple(dict.fromkeys(claim[1] for claim in claims)),
        max(anchored, 1),
        len(origins),
        origins,
        opposed["denies"],
        opposed["unaware"],
        4 if opposed["denies"] else 2,
        "F",
        ("The papers behind most reports are the same.",),
    )
    status = "contested" if opposed["denies"] else "corroborated" if len(origins) > 1 else "single-origin"
    entities = tuple(dict.fromkeys(of[claim[0]] for claim in claims[:6] if claim[0] in of))
    id = content_id("q", text, claims[0][0])
    return Question(id, text, status, "is it so", (position,), position.reports, entities)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/big"))
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=150_000)
    given = parser.parse_args()
    if given.folder.exists():
        print(f"{given.folder} is there already")
    else:
        make(given.folder, given.documents, given.claims)


if __name__ == "__main__":
    main()
