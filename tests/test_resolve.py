"""Resolution: one thing under all its names, and never two people under one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judgements import Case, bodies, case, mention
from secondsource import Desk
from secondsource.extractor import Extractor
from secondsource.model import Entity, Mention
from secondsource.names import normalise
from secondsource.resolve import resolve
from secondsource.text import sha256


def together(case: Case) -> list[set[str]]:
    """The names of each entity."""
    return [set(entity.names) for entity in resolve(case)]


@pytest.mark.parametrize(
    ("one", "other", "schema"),
    [
        ("Rustel Gavdoren", "Rustel Gavdoren", "Person"),
        ("Rustel Gavrojev", "Roustel Gavroev", "Person"),
        ("Юрий Петров", "Yury Petrov", "Person"),
        ("Oleksandr Petrenko", "Aleksandr Petrenko", "Person"),
        ("Vladimir Petrov", "Vladimir Vladimirovich Petrov", "Person"),
        ("Hakem al-Zameli", "Hakem Zameli", "Person"),
        ("Gen. Hakem Zameli", "Zameli, Hakem", "Person"),
        ("АО «Купол»", "Kupol JSC", "Company"),
        ("Kupol", "the Kupol plant", "Company"),
        ("Russian Ministry of Defense", "Russia's defence ministry", "PublicBody"),
        ("Ministry of Foreign Affairs of Oshmara", "Oshmara's foreign ministry", "PublicBody"),
        ("Kyiv", "Київ", "Location"),
        ("Shahed 136", "Shahed-136", "Product"),
        ("China", "Chinese", "Country"),
        ("Drovia", "Drovian", "Country"),
    ],
)
def test_one_thing_under_two_names_is_one_entity(one: str, other: str, schema: str) -> None:
    assert len(together(case([mention(one, schema)], [mention(other, schema)]))) == 1


@pytest.mark.parametrize(
    ("one", "other", "schema"),
    [
        ("Ivan Petrov", "Igor Petrov", "Person"),
        ("Hassan Ali", "Hussein Ali", "Person"),
        ("Mario Rossi", "Maria Rossi", "Person"),
        ("Ivan Petrov", "Ivana Petrova", "Person"),
        ("William G. Frost", "William W. Frost", "Person"),
        ("Kim Yong-chol", "Kim Yong-chun", "Person"),
        ("Zaurbek Magomedovich Guchaev", "Zaurbek Salimovich Guchaev", "Person"),
        ("UN", "UN Security Council", "PublicBody"),
        ("Russian Foreign Ministry", "Russian Defense Ministry", "PublicBody"),
        ("Foreign Ministry", "Russian Foreign Ministry", "PublicBody"),
        ("Navy", "Iranian Navy", "PublicBody"),
        ("Gazprom", "Gazprom Neft", "Company"),
        ("Shahed-131", "Shahed-136", "Product"),
        ("Garpiya", "Garpiya-3", "Product"),
        ("North Korea", "South Korea", "Country"),
        ("Niger", "Nigeria", "Country"),
    ],
)
def test_two_things_stay_two(one: str, other: str, schema: str) -> None:
    assert len(together(case([mention(one, schema)], [mention(other, schema)]))) == 2


def test_a_person_and_a_company_of_one_name_stay_two() -> None:
    found = resolve(case([mention("Ivan Petrov", "Person")], [mention("Ivan Petrov", "Company")]))
    assert {entity.schema for entity in found} == {"Company", "Person"}
    assert len({entity.id for entity in found}) == 2


def test_a_kind_that_most_documents_agree_on_corrects_the_others() -> None:
    drovia = [[mention("Drovia", schema)] for schema in ("Country", "Country", "Person", "Country")]
    (entity,) = resolve(case(*drovia))
    assert entity.schema == "Country"
    assert "3 documents take “Drovia” for Country: so here, instead of Person." in entity.reasons


def test_a_family_name_joins_the_only_one_who_bears_it() -> None:
    (entity,) = resolve(case(["Fabian Hinz"], ["Hinz"], ["F. Hinz"]))
    assert entity.name == "Fabian Hinz"
    assert (
        "“Hinz” is taken for “Fabian Hinz”: the family name, and nothing else in the case fits."
        in entity.reasons
    )


def test_a_family_name_of_two_people_is_left_open_in_each_document() -> None:
    found = resolve(case(["Vladimir Petrov"], ["Igor Petrov"], ["Petrov"], ["Petrov"]))
    assert [entity.name for entity in found] == ["Igor Petrov", "Petrov", "Petrov", "Vladimir Petrov"]
    assert len({entity.id for entity in found}) == 4
    told = "“Petrov” is left open: it may be short for “Igor Petrov”, “Vladimir Petrov”."
    assert [told in entity.reasons for entity in found] == [False, True, True, False]


def test_a_family_name_is_his_who_is_named_in_the_same_document() -> None:
    found = resolve(case(["Vladimir Petrov", "Petrov"], ["Igor Petrov"], ["Petrov"]))
    owner = next(entity for entity in found if entity.name == "Vladimir Petrov")
    assert {part.document for part in owner.mentions} == {"d0"}
    assert sum(part.count for part in owner.mentions) == 2
    assert "nothing else in its document fits" in owner.reasons[0]


def test_a_family_name_in_two_documents_with_nobody_to_bear_it_is_one() -> None:
    assert together(case(["Hinz"], ["Hinz"])) == [{"Hinz"}]


@pytest.mark.parametrize(("short", "long"), [("Xi", "Xi Jinping"), ("Petrov", "Gen. Yuri Petrov")])
def test_the_family_name_may_stand_first(short: str, long: str) -> None:
    assert len(together(case([short], [long]))) == 1
    assert len(together(case(["Yuri"], ["Yuri Petrov"]))) == 2


def test_an_acronym_joins_its_only_expansion() -> None:
    long = "International Institute for Strategic Studies"
    assert together(case(bodies("IISS"), bodies(long))) == [{"IISS", long}]
    other = "Iranian Institute of Space Science"
    assert len(together(case(bodies("IISS"), bodies(long), bodies(other)))) == 3


def test_what_a_document_calls_a_thing_is_known_in_the_others() -> None:
    works = [
        mention("Orlesk Machine Works", "Company"),
        mention("Orlesk", "Company", cluster="m-Orlesk Machine Works"),
    ]
    works[1] = mention("Orlesk", "Company", cluster="m-Orlesk Machine Works", name="Orlesk Machine Works")
    (entity,) = resolve({"d0": works, "d1": bodies("Orlesk")})
    assert entity.name == "Orlesk Machine Works"
    assert any("another name of it in one of its documents" in reason for reason in entity.reasons)


def test_a_chain_of_likenesses_does_not_merge_the_world() -> None:
    found = together(case(["Yuri Petrov"], ["Yuri Petrovich Petrov"], ["Yuri Sergeevich Petrov"]))
    assert [len(names) for names in found] == [1, 1, 1]


@pytest.mark.parametrize("text", ["None", "N/A", "the company", "its", "😀", "---", "x" * 10_000, ""])
def test_what_is_no_name_is_no_entity(text: str) -> None:
    assert resolve({"d": [mention(text, "Company")]}) == []


def test_pointers_of_a_cluster_are_counted_and_not_taken_for_names() -> None:
    named = [
        mention("Kupol", "Company", cluster="m"),
        mention("the company", "Company", cluster="m", name="Kupol"),
    ]
    (entity,) = resolve({"d": named})
    assert entity.names == ("Kupol",)
    assert entity.mentions[0].count == 2


def test_a_name_shared_by_very_many_keeps_its_pace_and_stays_open() -> None:
    people = [mention(f"{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}in{at} Petrov") for at in range(3_000)]
    found = resolve({"d0": people, "d1": [mention("Petrov")]})
    assert len(found) == len(people) + 1


def test_nothing_gives_nothing() -> None:
    assert resolve({}) == []
    assert resolve({"d": []}) == []


def test_an_id_stays_when_documents_are_added() -> None:
    small = resolve(case(["Fabian Hinz"], bodies("Kupol")))
    large = resolve(case(["Fabian Hinz"], bodies("Kupol"), ["Fabian Hinz", "Yuri Petrov"]))
    assert {entity.id for entity in small} < {entity.id for entity in large}


PEOPLE = "Yuri Petrov,Yury Petroff,Y. Petrov,Petrov,Igor Petrov,Igor Petroff,Gen. Yuri Petrov,Xi,Xi Jinping"
OTHERS = "Kupol,IEMZ Kupol,JSC Kupol,UN,UN Security Council,Drovia,Drovian,N/A,the company,ИЭМЗ Купол"
NAMES = st.sampled_from(f"{PEOPLE},{OTHERS}".split(","))
MENTIONS = st.builds(
    lambda name, schema, cluster: mention(name, schema, cluster=cluster and f"m-{cluster}"),
    NAMES,
    st.sampled_from(["Person", "Company", "Country", "Organization"]),
    st.sampled_from([None, None, "1", "2"]),
)
CASES = st.dictionaries(st.sampled_from("abcdefg"), st.lists(MENTIONS, max_size=5), max_size=6)


@settings(deadline=None)
@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_documents_and_mentions_changes_nothing(
    held: dict[str, list[Mention]], random: object
) -> None:
    shuffle = getattr(random, "shuffle")  # noqa: B009
    documents = list(held)
    shuffle(documents)
    mixed = {document: list(held[document]) for document in documents}
    for mentions in mixed.values():
        shuffle(mentions)
    assert resolve(mixed) == resolve(held)


@settings(deadline=None)
@given(CASES)
def test_every_named_cluster_is_in_one_entity_and_ids_are_distinct(held: dict[str, list[Mention]]) -> None:
    found = resolve(held)
    parts = [(part.document, part.entity) for entity in found for part in entity.mentions]
    assert len(parts) == len(set(parts))
    assert set(parts) <= {(document, one.entity) for document, mentions in held.items() for one in mentions}
    assert len({entity.id for entity in found}) == len(found)
    assert all(entity.name in entity.names for entity in found)
    assert all(entity.reasons for entity in found if len(entity.mentions) > 1)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PEOPLE.split(",")), max_size=4, unique=True), max_size=6))
def test_two_given_names_are_never_one_person(documents: list[list[str]]) -> None:
    for names in together(case(*documents)):
        assert not any("Igor" in name for name in names) or not any("Yur" in name for name in names)


def _named(entities: Sequence[Entity], name: str) -> Entity:
    (found,) = [entity for entity in entities if name in entity.names]
    return found


def test_the_sample_case_resolves_as_it_says(answered: Desk, sample: Path) -> None:
    truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))["entities"]
    found, paths = answered.entities(), answered.paths()
    person = next(entity for entity in truth if entity["schema"] == "Person" and len(entity["spellings"]) > 1)
    one = _named(found, person["name"])
    assert set(person["spellings"]) <= set(one.names)
    assert {Path(paths[document]).name for document in one.documents} == set(person["documents"])
    assert one.reasons
    assert not set(_named(found, "Kezra-2").names) & set(_named(found, "Kezra-1").names)


@pytest.fixture(scope="module")
def reports(shared: Path) -> Case:
    """The mentions of every real report, as the extractor finds them."""
    extractor, held = Extractor(), {}
    for path in sorted((shared / "corpus" / "docs").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        held[path.stem] = extractor.extract(sha256(text.encode()), text).mentions
    return held


def test_groups_of_real_reports_resolve_without_a_wrong_merge(reports: Case) -> None:
    found = resolve(reports)
    assert len(_named(found, "Fabian Hinz").documents) >= 2
    assert {"IEMZ Kupol", "Kupol"} <= set(_named(found, "Kupol").names)
    assert len({_named(found, name).id for name in ("Russia", "China", "Ukraine")}) == 3


class Annotated(NamedTuple):
    """Entities of annotated reports that were found, by document and number: names, and whose they are."""

    names: dict[tuple[str, int], set[str]]
    entity: dict[tuple[str, int], str]

    @property
    def meant(self) -> dict[tuple[str, int], int]:
        """One number for those of different reports that share a name."""
        classes: dict[tuple[str, int], int] = {}
        for at, (key, forms) in enumerate(self.names.items()):
            alike = {classes[one] for one in classes if one[0] != key[0] and self.names[one] & forms}
            classes |= {one: at for one, number in classes.items() if number in alike}
            classes[key] = at
        return classes


def _annotated(shared: Path, found: Sequence[Entity]) -> Annotated:
    place = {
        (part.document, normalise(text)): entity.id
        for entity in found
        for part in entity.mentions
        for text in part.names
    }
    held = Annotated({}, {})
    for path in sorted((shared / "corpus" / "gold").glob("*.json")):
        for at, one in enumerate(json.loads(path.read_text("utf-8"))["entities"]):
            forms = {normalise(name) for name in (one["name"], *one["same_as"])}
            entities = {place[path.stem, form] for form in forms if (path.stem, form) in place}
            if entities:
                held.names[path.stem, at], held.entity[path.stem, at] = forms, min(entities)
    return held


def _b_cubed(one: Mapping[tuple[str, int], object], other: Mapping[tuple[str, int], object]) -> float:
    """The mean over items of how much of an item's class in ``one`` is in its class in ``other``."""
    shares = []
    for key in one:
        here = {each for each in one if one[each] == one[key]}
        shares.append(len(here & {each for each in other if other[each] == other[key]}) / len(here))
    return sum(shares) / len(shares)


def test_annotated_reports_have_no_two_things_under_one_and_few_things_under_two(
    reports: Case, shared: Path
) -> None:
    """Two entities that one report's annotation holds apart are two; those of two reports that share a
    name are one.  What shares none is not known to be two, so that precision is a lower bound."""
    held = _annotated(shared, resolve(reports))
    meant, keys = held.meant, list(held.entity)
    assert len(keys) > 150
    pairs = [(a, b) for at, a in enumerate(keys) for b in keys[:at]]
    wrong = [(a, b) for a, b in pairs if a[0] == b[0] and held.entity[a] == held.entity[b]]
    missed = [(a, b) for a, b in pairs if meant[a] == meant[b] and held.entity[a] != held.entity[b]]
    assert wrong == []
    assert len(missed) <= 12, missed
    precision, recall = _b_cubed(held.entity, meant), _b_cubed(meant, held.entity)
    assert 2 * precision * recall / (precision + recall) >= 0.95
