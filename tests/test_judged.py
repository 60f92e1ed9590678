"""What a person judged of entities is obeyed for ever, and undone exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judgements import Case, bodies, case, judged, mention, of_entity, side, together
from secondsource.model import Judgement, Mention
from secondsource.resolve import Resolver, company, graph, resolve

ALI = case(["Dario Venn"], ["Dario Venn"], ["Dario Venn"])


def found(case: Case, *judgements: Judgement) -> list[set[str]]:
    return sorted(together(resolve(case, judgements)), key=sorted)


def test_names_that_say_nothing_of_each_other_are_one_where_a_person_says_so() -> None:
    plants = case(bodies("IEMZ Kupol"), bodies("the Izhevsk plant"))
    same = judged(side("IEMZ Kupol", "d0", schema="Company"), side("Izhevsk plant", "d1", schema="Company"))
    assert found(plants, same) == [{"d0 IEMZ Kupol", "d1 Izhevsk plant"}]
    (entity,) = resolve(plants, [same])
    assert entity.judgements == (same.id,)
    assert len(entity.referents) == 1
    assert entity.reasons[-1] == "AB judged on 2026-01-01 “IEMZ Kupol” and “Izhevsk plant” to be one."


def test_a_merge_adds_an_id_and_undoing_it_restores_what_was() -> None:
    plants = case(bodies("IEMZ Kupol"), bodies("the Izhevsk plant"))
    before = resolve(plants)
    same = judged(side("IEMZ Kupol", "d0", schema="Company"), side("Izhevsk plant", "d1", schema="Company"))
    (entity,) = resolve(plants, [same])
    assert {entity.id, *entity.referents} == {one.id for one in before}
    assert resolve(plants, [replace(same, undone="2026-01-02")]) == before


def test_namesakes_are_told_apart_by_their_documents() -> None:
    apart = judged(side("Dario Venn", "d0", "d1"), side("Dario Venn", "d2"), "negative")
    assert found(ALI, apart) == [{"d0 Dario Venn", "d1 Dario Venn"}, {"d2 Dario Venn"}]
    assert len({entity.id for entity in resolve(ALI, [apart])}) == 2


def test_a_namesake_in_a_document_to_come_is_left_open_until_somebody_says_who_it_is() -> None:
    apart = judged(side("Dario Venn", "d0"), side("Dario Venn", "d1"), "negative")
    assert found(ALI, apart) == [{"d0 Dario Venn"}, {"d1 Dario Venn"}, {"d2 Dario Venn"}]
    third = judged(side("Dario Venn", "d2"), side("Dario Venn", "d1"))
    assert found(ALI, apart, third) == [{"d0 Dario Venn"}, {"d1 Dario Venn", "d2 Dario Venn"}]


def test_a_name_that_many_bear_is_one_person_in_the_same_company_only() -> None:
    two = case(["Mohammed Ali", "Ana Bron"], ["Mohammed Ali", "Cem Dahl"])
    men = [entity for entity in resolve(two) if entity.name == "Mohammed Ali"]
    assert [len(man.documents) for man in men] == [1, 1]
    assert all("a name that many bear" in man.reasons[-1] for man in men)
    one = case(["Mohammed Ali", "Ana Bron"], ["Mohammed Ali", "Ana Bron"], ["Mohamed Ali"])
    men = [entity for entity in resolve(one) if "Ali" in entity.name]
    assert sorted(len(man.documents) for man in men) == [1, 2]
    said = judged(side("Mohammed Ali", "d0"), side("Mohammed Ali", "d1"))
    assert len([entity for entity in resolve(two, [said]) if entity.name == "Mohammed Ali"]) == 1


def test_a_judgement_is_obeyed_in_documents_to_come() -> None:
    kinds = {"schema": "Company"}
    same = judged(side("Kupol", "d0", **kinds), side("Izhevsk plant", "d1", **kinds))
    later = case(bodies("Kupol"), bodies("Izhevsk plant"), bodies("Kupol"), bodies("the Izhevsk plant"))
    assert len(found(later, same)) == 1
    apart = judged(side("Kupol", "d0", **kinds), side("IEMZ Kupol", "d1", **kinds), "negative")
    assert len(found(case(bodies("Kupol"), bodies("IEMZ Kupol"), bodies("Kupol")), apart)) == 2


def test_a_judgement_is_obeyed_when_documents_are_extracted_anew() -> None:
    kinds = {"schema": "Company"}
    same = judged(side("Kupol", "d0", **kinds), side("Izhevsk plant", "d1", **kinds))
    again = [mention("IEMZ Kupol", "Company", cluster="m9"), mention("Kupol", "Company", cluster="m9")]
    assert len(found({"d0": again, "d1": bodies("the Izhevsk plant")}, same)) == 1


def test_without_its_documents_a_judgement_goes_by_name() -> None:
    kinds = {"schema": "Company"}
    same = judged(side("Kupol", "gone", **kinds), side("Izhevsk plant", "gone too", **kinds))
    assert len(found(case(bodies("Kupol"), bodies("Izhevsk plant")), same)) == 1
    names = judged(side("Dario Venn", "gone"), side("Dario Venn", "gone too"), "negative")
    assert len(found(ALI, names)) == 1  # of namesakes only their documents tell


def test_a_family_name_is_judged_where_it_stands() -> None:
    people = case(["Vladimir Petrov"], ["Igor Petrov"], ["Petrov"], ["Petrov"])
    his = judged(side("Petrov", "d2"), side("Vladimir Petrov", "d0"))
    assert found(people, his) == [{"d0 Vladimir Petrov", "d2 Petrov"}, {"d1 Igor Petrov"}, {"d3 Petrov"}]
    not_his = judged(side("Petrov", "d2"), side("Igor Petrov", "d1"), "negative")
    assert {"d0 Vladimir Petrov", "d2 Petrov"} in found(people, not_his)


def test_the_newest_judgement_stands_and_the_conflict_is_listed() -> None:
    people = case(["Yuri Petrov"], ["Yury Petrov"])
    sides = side("Yuri Petrov", "d0"), side("Yury Petrov", "d1")
    apart, same = judged(*sides, "negative"), judged(*sides, "positive")
    resolver = Resolver([apart, same])
    for document, mentions in people.items():
        resolver.put(document, mentions)
    (entity,) = resolver.entities
    (conflict,) = resolver.conflicts
    assert (conflict.judgement, conflict.against) == (apart.id, (same.id,))
    assert entity.judgements == (apart.id, same.id)  # both are shown
    resolver.obey([same, judged(*sides, "negative")])
    assert len(resolver.entities) == 2


def test_a_chain_never_joins_what_a_person_called_different() -> None:
    people = case(["Ana Bron"], ["Ben Carr"], ["Cem Dahl"])
    a, b, c = side("Ana Bron", "d0"), side("Ben Carr", "d1"), side("Cem Dahl", "d2")
    apart, first, second = judged(a, c, "negative"), judged(a, b), judged(b, c)
    resolver = Resolver([apart, first, second])
    for document, mentions in people.items():
        resolver.put(document, mentions)
    assert sorted(together(resolver.entities), key=sorted) == [
        {"d0 Ana Bron"},
        {"d1 Ben Carr", "d2 Cem Dahl"},
    ]
    assert [(one.judgement, one.against) for one in resolver.conflicts] == [(first.id, (apart.id,))]


def test_unsure_changes_nothing_but_is_shown() -> None:
    people = case(["Yuri Petrov"], ["Yury Petrov"])
    (before,) = resolve(people)
    (after,) = resolve(people, [judged(side("Yuri Petrov", "d0"), side("Yury Petrov", "d1"), "unsure")])
    assert after.mentions == before.mentions
    assert "perhaps one, perhaps two" in after.reasons[-1]


def test_corrections_rename_retype_alias() -> None:
    works = case(bodies("Orlesk Works"), bodies("Orlesk Works"), bodies("the Tube Mill"))
    one = side("Orlesk Works", "d0", schema="Company")
    renamed = judged(one, None, kind="rename", value="Orlesk Machine Works")
    assert resolve(works, [renamed])[0].name == "Orlesk Machine Works"
    assert resolve(works, [renamed])[0].id == resolve(works)[0].id
    typed = judged(one, None, kind="retype", value="PublicBody")
    assert [one.schema for one in resolve(works, [typed])] == ["PublicBody", "Company"]
    alias = judged(one, side("Tube Mill", schema="Company"), kind="alias", value="Tube Mill")
    (entity,) = resolve(works, [alias])
    assert set(entity.names) == {"Orlesk Works", "Tube Mill"}


def test_what_names_nothing_is_not_proposed_again() -> None:
    people = case(["Monday"], ["Monday", "Ana Bron"], ["monday"])
    gone = judged(side("Monday"), None, kind="delete", value="Monday")
    assert found(people, gone) == [{"d1 Ana Bron"}]
    here = judged(side("Monday", "d0"), None, kind="delete", value="Monday")
    assert found(people, here) == [{"d1 Ana Bron"}, {"d1 Monday", "d2 monday"}]


def test_letters_of_two_alphabets_are_flagged_and_a_person_may_part_them() -> None:
    for odd, name, kind in (("Кupol", "Kupol", "Company"), ("Fabian Нinz", "Fabian Hinz", "Person")):
        held = case([mention(name, kind)], [mention(odd, kind)])
        (entity,) = resolve(held)
        assert entity.name == name
        assert any("mixes Latin and Cyrillic letters" in reason for reason in entity.reasons)
        apart = judged(side(name, "d0", schema=kind), side(odd, "d1", schema=kind), "negative")
        assert len(resolve(held, [apart])) == 2
    assert not any("mixes" in reason for one in resolve(case(["Иван Петров"])) for reason in one.reasons)


def test_one_letter_is_overlooked_in_the_same_company_only() -> None:
    alone = case(["Boris Gesralov", "Ana Bron"], ["Boris Gesalov", "Cem Dahl"])
    assert len(together(resolve(alone))) == 4
    company = case(["Boris Gesralov", "Ana Bron", "Cem Dahl"], ["Boris Gesalov", "Cem Dahl", "Ana Bron"])
    entity = next(one for one in resolve(company) if "Boris Gesalov" in one.names)
    assert set(entity.names) == {"Boris Gesalov", "Boris Gesralov"}
    assert any("Both are named with" in reason for reason in entity.reasons)
    both = case(["Boris Gesralov", "Boris Gesalov", "Ana Bron", "Cem Dahl"], ["Ana Bron", "Cem Dahl"])
    assert len(resolve(both)) == 4


def test_an_alias_of_very_many_is_told_briefly() -> None:
    many = {
        f"d{at}": [
            mention(f"Works Number{at} Orl", "Company", cluster="m"),
            mention("the Group Orl", "Company", cluster="m", name=f"Works Number{at} Orl"),
        ]
        for at in range(5_000)
    }
    many["x"] = bodies("Group Orl")
    found = resolve(many)
    assert len(found) == 5_001
    (entity,) = [one for one in found if one.name == "Group Orl"]
    assert "and 4995 others" in entity.reasons[0]
    assert len(entity.reasons[0]) < 300


FOUR = "Mohammed Ali,Mohamed Ali,M. Ali,Ali"
PEOPLE = "Yuri Petrov,Yury Petroff,Y. Petrov,Petrov,Igor Petrov,Xi,Xi Jinping,Boris Gesralov,Boris Gesalov"
OTHERS = "Kupol,IEMZ Kupol,JSC Kupol,Кupol,UN,UN Security Council,Drovia,Drovian,N/A,ИЭМЗ Купол"
NAMES = f"{FOUR},{PEOPLE},{OTHERS}".split(",")
DOCUMENTS = "abcdef"
MENTIONS = st.builds(
    lambda name, schema, cluster: mention(name, schema, cluster=cluster and f"m-{cluster}"),
    st.sampled_from(NAMES),
    st.sampled_from(["Person", "Person", "Company", "Country"]),
    st.sampled_from([None, None, "1"]),
)
CASES = st.dictionaries(st.sampled_from(DOCUMENTS), st.lists(MENTIONS, max_size=5), max_size=6)
SIDES = st.builds(
    lambda name, documents, schema: side(name, *documents, schema=schema),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(DOCUMENTS), max_size=2, unique=True),
    st.sampled_from(["Person", "Company", "Country"]),
)
DECISIONS = st.sampled_from(["positive", "negative", "negative", "unsure"])
JUDGEMENTS = st.lists(
    st.one_of(
        st.builds(judged, SIDES, SIDES, DECISIONS),
        st.builds(lambda one: judged(one, None, kind="delete", value=one.name), SIDES),
        st.builds(lambda one: judged(one, None, kind="retype", value="Company"), SIDES),
        st.builds(lambda one: judged(one, None, kind="rename", value="Named"), SIDES),
    ),
    max_size=5,
)


@pytest.fixture(params=["", "few are a crowd"], autouse=False)
def crowds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits so low that a handful of documents crosses them, or those that are."""
    if request.param:
        monkeypatch.setattr(graph, "CROWD", 2)
        monkeypatch.setattr(company, "COMMON", 1)


UNHURRIED = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # a machine that others use is slow at times


@UNHURRIED
@given(CASES, JUDGEMENTS, st.randoms(use_true_random=False))
def test_in_whatever_order_things_come_the_outcome_is_one(
    crowds: None, held: dict[str, list[Mention]], judgements: list[Judgement], random: object
) -> None:
    shuffle = getattr(random, "shuffle")  # noqa: B009
    steps = [("put", document) for document in held] + [("obey", ""), ("look", ""), ("again", "")]
    shuffle(steps)
    resolver = Resolver()
    for step, document in steps:
        if step == "put":
            resolver.put(document, held[document])
        elif step == "obey":
            resolver.obey(judgements)
        elif step == "again":
            for known in list(held)[:1]:
                resolver.put(known, held[known])
                resolver.remove(known)
                resolver.put(known, held[known])
        _ = resolver.entities
    assert resolver.entities == resolve(held, judgements)


@UNHURRIED
@given(CASES, CASES, JUDGEMENTS)
def test_what_is_taken_out_or_changed_leaves_nothing_behind(
    crowds: None,
    before: dict[str, list[Mention]],
    after: dict[str, list[Mention]],
    judgements: list[Judgement],
) -> None:
    resolver = Resolver(judgements)
    for document, mentions in before.items():
        resolver.put(document, mentions)
    assert resolver.entities == resolve(before, judgements)
    for document in before.keys() - after.keys():
        resolver.remove(document)
    for document, mentions in after.items():
        resolver.put(document, mentions)
    resolver.obey(judgements[:2])
    assert resolver.entities == resolve(after, judgements[:2])


@UNHURRIED
@given(CASES, JUDGEMENTS)
def test_undoing_restores_exactly(held: dict[str, list[Mention]], judgements: list[Judgement]) -> None:
    resolver = Resolver()
    for document, mentions in held.items():
        resolver.put(document, mentions)
    before = resolver.entities
    resolver.obey(judgements)
    _ = resolver.entities
    resolver.obey([replace(one, undone="now") for one in judgements])
    assert resolver.entities == before


@UNHURRIED
@given(CASES, st.data())
def test_different_is_never_overruled(held: dict[str, list[Mention]], data: st.DataObject) -> None:
    entities = resolve(held)
    if len(entities) < 2:
        return
    pick = st.lists(st.sampled_from(entities), min_size=2, max_size=2, unique_by=lambda one: one.id)
    apart = [judged(of_entity(a), of_entity(b), "negative") for a, b in data.draw(st.lists(pick, max_size=2))]
    same = [judged(of_entity(a), of_entity(b)) for a, b in data.draw(st.lists(pick, max_size=3))]
    negative = apart + data.draw(st.permutations(same))
    direct = {frozenset((one.left.entity, one.right.entity)) for one in same if one.right}
    after = resolve(held, negative)
    for one in apart:
        assert one.right
        if frozenset((one.left.entity, one.right.entity)) in direct:
            continue  # a newer judgement on the very pair stands
        left = next(entity for entity in entities if entity.id == one.left.entity)
        right = next(entity for entity in entities if entity.id == one.right.entity)
        for entity in after:
            parts = {(part.document, part.entity) for part in entity.mentions}
            met = [any((p.document, p.entity) in parts for p in side.mentions) for side in (left, right)]
            assert not all(met)


@pytest.mark.parametrize("text", ["None", "N/A", "x" * 10_000])
def test_no_judgement_makes_a_name_of_what_is_none(text: str) -> None:
    held = case([text], ["Ana Bron"])
    assert len(resolve(held, [judged(side(text, "d0"), side("Ana Bron", "d1"))])) == 1
