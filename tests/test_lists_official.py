"""The layouts of official lists, each told by its content, read whole, and refused when cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from list_samples import sample
from secondsource.days import day
from secondsource.errors import ListError
from secondsource.lists import ListFile, changed, is_delta, load, open_list

LAYOUTS = [
    ("un.xml", sample("un.xml"), "UN consolidated list (XML)", "2025-02-27"),
    ("sdn.xml", sample("sdn.xml"), "OFAC SDN (XML)", "2025-03-14"),
    ("sdn_advanced.xml", sample("sdn_advanced.xml"), "OFAC Advanced XML", "2025-03-14"),
    ("eu.xml", sample("eu.xml"), "EU financial sanctions (XML)", "2025-03-14"),
    ("eu.csv", sample("eu.csv"), "EU financial sanctions (CSV)", None),
    ("act.csv", sample("act.csv"), "EU act with its annexes (CSV)", None),
    ("uk.xml", sample("uk.xml"), "UK sanctions list (XML)", "2025-03-14"),
    ("conlist.xml", sample("targets.xml"), "UK consolidated list of targets (XML)", None),
    ("conlist.csv", sample("conlist.csv"), "UK list (CSV)", "2025-03-14"),
    ("entities.ftm.json", sample("drv.ftm.json"), "FollowTheMoney entities (JSON lines)", None),
    ("statements.csv", sample("statements.csv"), "FollowTheMoney statements (CSV)", None),
]
each_layout = pytest.mark.parametrize(
    ("name", "text", "layout", "published"), LAYOUTS, ids=lambda value: str(value)[:20]
)


@each_layout
def test_a_list_is_told_by_its_content_and_read_whole(
    name: str, text: str, layout: str, published: str | None
) -> None:
    header, entries = load(text.encode(), "whatever.dat")
    assert (header.layout, header.published) == (layout, published)
    man, works = entries
    assert (man.schema, works.schema in {"Organization", "Company"}) == ("Person", True)
    assert {"rustel", "gavdoren"} <= set(man.name.casefold().replace(",", "").split())
    assert works.name.casefold() == "orlesk machine works"
    assert "1961-03-02" in man.birth_dates
    if layout != "OFAC SDN (XML)":  # which has no day of listing
        assert (man.listed or man.started) == "2012-12-31"
    if layout not in {"UK consolidated list of targets (XML)", "FollowTheMoney statements (CSV)"}:
        assert {number.replace(" ", "") for number in man.identifiers} == {"DV40718"}


@each_layout
def test_a_list_cut_short_is_refused(name: str, text: str, layout: str, published: str | None) -> None:
    data = text.encode()
    with pytest.raises(ListError):
        load(data[: int(len(data) * 0.93)], name)


ACT = """celex,recordId,annex,measure,programKey,startDate,reason,schema,name
39999R0001,,IV,Export control,EU-DRV,,Invented.,LegalEntity,Orlesk Machine Works
39999R0001,,IV,Export control,EU-DRV,,,LegalEntity,Tarvesk Foundry
39999R0001,1,V,Financial restrictions,EU-DRV,,,Vessel,GREY NESS
39999R0001,1,V,Transportation restrictions,EU-DRV,,,Vessel,GREY NESS
"""


def test_what_an_annex_of_an_act_does_not_number_is_known_by_its_name() -> None:
    _, (works, foundry, ship) = load(ACT.encode(), "act.csv")
    assert (works.name, foundry.name, ship.id) == (
        "Orlesk Machine Works",
        "Tarvesk Foundry",
        "39999R0001-V-1",
    )
    assert works.id != foundry.id
    assert works.id == load(ACT.replace("Invented.", "").encode(), "act.csv")[1][0].id


def test_the_measures_of_an_act_are_told_apart() -> None:
    _, (works, _, ship) = load(ACT.encode(), "act.csv")
    assert (works.topics, works.remarks) == (("export.control",), "Export control: Invented.")
    assert (ship.topics, ship.remarks) == (
        ("sanction",), "Financial restrictions; Transportation restrictions"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"versions":\n{"20240527-zbn":"x"}}', "JSON, and no list"),
        ("one,two\nOrlesk Machine Works,x\n", "can be said with --map name=COLUMN"),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do(text: str, said: str) -> None:
    with pytest.raises(ListError, match=said):
        load(text.encode(), "whatever.csv")


def test_the_day_of_listing_is_not_the_day_from_which_measures_hold() -> None:
    (_, eu), (_, ftm) = load(sample("eu.xml").encode(), "x"), load(sample("drv.ftm.json").encode(), "x")
    assert {(entry.listed, entry.started) for entry in (eu[0], ftm[0])} == {("2012-12-31", "2013-01-01")}


def test_an_xml_list_without_entries_is_refused() -> None:
    with pytest.raises(ListError, match="without a single entry"):
        load(b'<CONSOLIDATED_LIST dateGenerated="2025-01-01"></CONSOLIDATED_LIST>', "un.xml")


def test_unknown_xml_is_refused_with_what_is_known() -> None:
    with pytest.raises(ListError):
        load(b"<html><body>404</body></html>", "un.xml")


def test_nothing_outside_of_an_xml_list_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    bomb = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{tmp_path}/secret">]>' + sample("un.xml").partition("?>")[
        2
    ].replace("RUSTEL", "&e;")
    try:
        _, entries = load(bomb.encode(), "un.xml")
    except ListError:
        return
    assert not any("SECRET" in entry.name for entry in entries)


def test_a_delta_makes_a_list_anew() -> None:
    delta = ListFile.of(sample("entities.delta.json").encode(), "x.delta.json")
    assert is_delta(delta)
    before = ListFile.of(sample("drv.ftm.json").encode(), "drv.ftm.json")
    _, entries = load(b"".join(changed(before, delta)), "drv.ftm.json")
    assert [(entry.id, entry.name) for entry in entries] == [("x-1", "Rustel Gavdoren"), ("x-9", "Grey Ness")]
    assert entries[0].identifiers == ("DV40718",)
    with pytest.raises(ListError, match="list of entities"):
        list(changed(ListFile.of(sample("un.xml").encode(), "un.xml"), delta))
    cut = ListFile.of(sample("entities.delta.json").encode()[:-9], "x.delta.json")
    with pytest.raises(ListError, match="cut short"):
        list(changed(before, cut))


def test_any_csv_is_a_list_by_a_mapping() -> None:
    file = ListFile.of(b"Ref,Full name,AKA\n7,Rustel Gavdoren,Gavdoreff;OREL\n", "mine.csv")
    header, entries = open_list(file, {"id": "Ref", "name": "Full name", "aliases": "AKA"})
    (entry,) = entries
    assert (header.layout, entry.id, entry.aliases) == ("CSV by a mapping", "7", ("Gavdoreff", "OREL"))
    twice = ListFile.of(
        "Ref,Full name\n7,Rustel Gavdoren\n8,Grey Ness\n7,Rusty\n".encode("cp1252"), "mine.csv"
    )
    _, entries = open_list(twice, {"id": "Ref", "name": "Full name"})
    assert {(entry.name, entry.aliases) for entry in entries} == {
        ("Grey Ness", ()),
        ("Rustel Gavdoren", ("Rusty",)),
    }
    for wrong in ({"id": "Ref"}, {"name": "No such"}, {"name": "AKA", "colour": "Ref"}):
        with pytest.raises(ListError):
            open_list(file, wrong)


def test_entries_are_given_as_they_are_read() -> None:
    """A list of any length is not in memory whole: the first entry is there before the last line is read."""
    cut = sample("drv.ftm.json") + '{"id": "x-5", "schema"'
    _, entries = open_list(ListFile.of((sample("un.xml")[:-40]).encode(), "un.xml"))
    assert next(entries).name == "RUSTEL GAVDOREN"
    with pytest.raises(ListError, match="cut short"):
        list(open_list(ListFile.of(cut.encode(), "x.json"))[1])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("02 Mar 1961", "1961-03-02"),
        ("2.3.1961", "1961-03-02"),
        ("00/00/1961", "1961"),
        ("circa 1961", "1961"),
        ("Mar 1961", "1961-03"),
        ("1961-03-02T00:00:00", "1961-03-02"),
        ("unknown", None),
        ("", None),
    ],
)
def test_days_are_read_as_exactly_as_they_are_written(written: str, meant: str | None) -> None:
    assert day(written) == meant


SHARED = Path(__file__).resolve().parents[2] / "shared" / "names" / "lists"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real lists are not beside the project")
def test_real_lists_are_read() -> None:
    counts = {}
    for path in [*SHARED.glob("*.xml"), *SHARED.glob("sdn*.csv"), *SHARED.glob("eu_*/32014R0269.csv")]:
        _, entries = open_list(ListFile.at(path))
        counts[path.name] = sum(1 for _ in entries)
    assert counts == {
        "UN_consolidated_2026-02-27.xml": 1003,
        "sdn_2023-01.csv": 11443,
        "32014R0269.csv": 2802,
    }
