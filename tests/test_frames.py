"""Frames: the class of what is done, who receives, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from secondsource.contract import claim_from_json, claim_to_json
from secondsource.extractor import Extractor
from secondsource.gazetteers.deeds import deeds
from secondsource.model import Frame

Read = Callable[[str], Frame]

CLASSES = [
    ("Turkey sold nine engines to Egypt.", "sale"),
    ("Nine engines were supplied to Egypt.", "transfer"),
    ("Turkey handed over nine engines.", "transfer"),
    ("Egypt bought nine engines.", "purchase"),
    ("The plant assembles engines.", "production"),
    ("The institute developed the engine.", "development"),
    ("The navy tested the engine.", "test"),
    ("The army deployed two batteries.", "deployment"),
    ("The army carried out an attack on the port.", "attack"),
    ("A missile damaged the depot.", "damage"),
    ("The blast killed two workers.", "casualty"),
    ("Customs officers seized two crates.", "seizure"),
    ("The council sanctioned the company.", "sanction"),
    ("The tanker sailed on Monday.", "movement"),
    ("The bank paid the broker.", "payment"),
    ("The holding owns the ship.", "ownership"),
    ("The ship was registered last year.", "registration"),
    ("The company hired two engineers.", "employment"),
    ("The two states signed an agreement.", "agreement"),
    ("The ministry revoked the licence.", "licence"),
    ("The police investigated the broker.", "investigation"),
    ("The inspectors identified the engine.", "detection"),
    ("The drone has a range of 1,800 km.", "capability"),
    ("The prosecutor charged the broker.", "legal"),
    ("The guards denied access to the yard.", "denial_of_access"),
    ("The guards took hostages.", "detention"),
    ("The delivery of engines to Egypt took place in March.", "transfer"),
    ("The sky was blue.", None),
]

# Agent, object, recipient, place and what was joined.
ROLES = [
    ("Turkey supplied nine engines to Egypt.", "Turkey", "engine", "Egypt", None, ()),
    ("Turkey sent Egypt nine engines.", "Turkey", "engine", "Egypt", None, ()),
    ("Nine engines were supplied to Egypt by Turkey.", "Turkey", "engine", "Egypt", None, ()),
    ("Egypt was given nine engines.", None, "engine", "Egypt", None, ()),
    ("Turkey sent a shipment of engines to Egypt.", "Turkey", "shipment", "Egypt", None, ()),
    ("Egypt bought nine engines from Turkey.", "Egypt", "engine", "Egypt", None, ()),
    ("Nine engines were bought by Egypt.", "Egypt", "engine", "Egypt", None, ()),
    ("The plant built nine engines for Egypt.", "plant", "engine", "Egypt", None, ()),
    ("Turkey sold nine engines for two million dollars.", "Turkey", "engine", None, None, ()),
    ("Turkey supplied engines to Egypt and Sudan.", "Turkey", "engine", "Egypt", None, ("recipient",)),
    ("Turkey sold engines and drones in March.", "Turkey", "engine", None, None, ("object",)),
    ("The company assembled drones in Egypt.", "company", "drone", None, "Egypt", ()),
    ("The drones were assembled at a plant in Egypt.", None, "drone", None, "Egypt", ()),
    ("Customs officers seized crates near the border.", "officer", "crate", None, "border", ()),
    ("The company assembled drones in March 2024.", "company", "drone", None, None, ()),
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Read:
    def read(text: str) -> Frame:
        start = text.replace("The ", "the ", 1) if text.startswith("The ") else text
        [claim] = extractor.extract("d", f"Officials in Orlesk said that {start}").claims
        return claim.frame

    return read


@pytest.mark.parametrize(("text", "kind"), CLASSES)
def test_what_is_done_has_a_class_or_none(read: Read, text: str, kind: str | None) -> None:
    assert read(text).predicate_class == kind


@pytest.mark.parametrize(
    ("text", "agent", "target", "recipient", "place", "joined"), ROLES, ids=[row[0] for row in ROLES]
)
def test_roles_are_read_off_the_verb_and_its_nouns(
    read: Read,
    text: str,
    agent: str | None,
    target: str | None,
    recipient: str | None,
    place: str | None,
    joined: tuple[str, ...],
) -> None:
    frame = read(text)
    assert (frame.agent, frame.object, frame.recipient, frame.place) == (agent, target, recipient, place)
    assert frame.joined == joined


def test_a_nominal_has_the_roles_of_its_verb(extractor: Extractor) -> None:
    text = "The court denied Turkey’s delivery of engines to Egypt."
    frames = [claim.frame for claim in extractor.extract("d", text).claims]
    [frame] = [one for one in frames if one.predicate == "delivery"]
    assert (frame.predicate_class, frame.agent, frame.object) == ("transfer", "Turkey", "engine")
    assert frame.recipient == "Egypt"


def test_a_word_stands_in_one_row_of_the_one_table() -> None:
    table = deeds()
    verbs = Counter(word for row in table.rows for word in row.told)
    nouns = Counter(word for row in table.rows for word in row.nouns)
    assert not [word for count in (verbs, nouns) for word, times in count.items() if times > 1]
    assert {row.matter for row in table.rows if row.matter} <= table.matters.keys()
    assert {near for matter in table.matters.values() for near in matter.near} <= table.matters.keys()
    assert table.recipient.keys() <= {row.kind for row in table.rows}


def test_frames_of_an_earlier_version_are_read(extractor: Extractor) -> None:
    [claim] = extractor.extract("d", "The company supplied nine engines to the navy of Egypt.").claims
    row = claim_to_json(claim, "")
    assert claim_from_json(row) == claim
    for name in ("predicate_class", "recipient", "place", "joined"):
        del row["frame"][name]
    old = claim_from_json(row).frame
    assert (old.predicate, old.recipient, old.joined) == ("supply", None, ())


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("There was nothing on board.", True),
        ("There were no soldiers in the town.", True),
        ("There were nine soldiers in the town.", False),
    ],
)
def test_that_there_is_none_is_negated(read: Read, text: str, negated: bool) -> None:
    assert read(text).negated is negated
