"""Designation lists: two layouts told by content, taken whole or refused with the place and the reason."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.desk import Desk
from secondsource.errors import ListError
from secondsource.lists import beside, load
from secondsource.lists.table import values

EMPTY = b"-0- ," * 6
SDN = (
    b'101,"ORLESK MACHINE WORKS",-0- ,"DROVIA] [STRAITS",-0- ,' + EMPTY + b"\"a.k.a. 'OMW'; Tax ID 7.\"\r\n"
    b'102,"GAVDOREN, Rustel","individual","DROVIA","Director",'
    + EMPTY
    + b'"DOB 1961; nationality Drovia."\r\n'
    b'103,"GREY NESS","vessel","STRAITS",-0- ,"D4XY","Tug",-0- ,"212","Drovia",-0- ,-0- \r\n'
    b'104,"DRV-014","aircraft","DROVIA",-0- ,' + EMPTY + b"-0- \r\n\x1a"
)
ALT = (
    b'101,1,"aka","ORLESKI ZAVOD",-0- \r\n'
    b'102,2,"fka","GAVDOJEFF, R.",-0- \r\n'
    b'999,3,"aka","NOBODY",-0- \r\n\x1a'
)
ADD = b'101,1,"1 Foundry Square","Tarvesk","Drovia",-0- \r\n101,2,-0- ,-0- ,"Drovia",-0- \r\n'
HEAD = b"ID,Name,Type,Country,Title,Col_F,Col_G,Col_H,Col_I,Col_J,Col_K,Details\r\n"
SIMPLE = b'''"id","schema","name","aliases","birth_date","countries","sanctions","program_ids","dataset"
"a-1","Person","Rustel Gavdoren","Gavdojeff;""Gavdoren; Rustl""","1961","dv;os","Freeze; 2024","DV-1;DV-2","x"
"a-2","Company","Orlesk","","","","Freeze","","x"
'''


def test_the_main_file_gives_names_kinds_programmes_and_what_remarks_tell() -> None:
    header, entries = load(SDN, "sdn.csv")
    assert (header.name, header.layout, header.notes) == ("sdn", "OFAC SDN (CSV)", ())
    assert [entry.schema for entry in entries] == ["Organization", "Person", "Vessel", "Airplane"]
    works, man = entries[:2]
    assert (works.name, works.aliases, works.programmes) == (
        "ORLESK MACHINE WORKS",
        ("OMW",),
        ("DROVIA", "STRAITS"),
    )
    assert (man.countries, man.remarks) == (("Drovia",), "Director; DOB 1961; nationality Drovia.")
    assert {entry.list for entry in entries} == {"sdn"}


def test_companions_add_aliases_and_countries_and_unknown_entries_are_told() -> None:
    header, entries = load(SDN, "sdn.csv", {"alt.csv": ALT, "add.csv": ADD})
    assert entries[0].aliases == ("ORLESKI ZAVOD", "OMW")
    assert entries[0].countries == ("Drovia",)
    assert entries[1].aliases == ("GAVDOJEFF, R.",)
    assert header.notes == ("alt.csv: entries left out because sdn.csv does not hold them: 1",)


def test_a_line_of_column_names_is_passed_over() -> None:
    assert load(HEAD + SDN, "sdn.csv")[1] == load(SDN, "sdn.csv")[1]


def test_a_missing_end_mark_is_a_remark() -> None:
    header, _ = load(SDN.removesuffix(b"\x1a"), "sdn.csv")
    assert header.notes == ("sdn.csv: no end mark; is it complete?",)


def test_an_authority_is_not_guessed_from_a_layout() -> None:
    assert load(SDN, "sdn.csv")[0].authority == "not stated in the file"


def test_column_names_decide_in_a_simple_list() -> None:
    header, (man, works) = load(SIMPLE, "small.csv")
    assert header.layout == "targets.simple.csv"
    assert man.aliases == ("Gavdojeff", "Gavdoren; Rustl")
    assert (man.schema, man.countries, man.programmes) == ("Person", ("dv", "os"), ("DV-1", "DV-2"))
    assert (works.aliases, works.programmes) == ((), ("Freeze",))


def test_two_columns_in_any_order_are_a_list() -> None:
    _, entries = load(b"Name,note,ID\nOrlesk,x,1\nOrlesk Works,y,1\nQuelmar,z,2\n", "mine.csv")
    assert {(entry.id, entry.name, entry.aliases, entry.schema) for entry in entries} == {
        ("1", "Orlesk", ("Orlesk Works",), "LegalEntity"),
        ("2", "Quelmar", (), "LegalEntity"),
    }


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9), max_size=4, unique=True
    )
)
def test_values_joined_as_opensanctions_joins_them_come_apart_again(parts: list[str]) -> None:
    joined = io.StringIO()
    csv.writer(joined, delimiter=";", lineterminator="").writerow(parts)
    assert values(joined.getvalue()) == tuple(parts)


def test_older_files_in_windows_1252_are_read() -> None:
    _, entries = load("id,name\n1,PEÑA – Cía\n".encode("cp1252"), "old.csv")
    assert entries[0].name == "PEÑA – Cía"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "an empty file"),
        (b"\r\n\x1a", "an empty file"),
        (b"\x00\x01\x02", "not a text file"),
        (b"who,what\nOrlesk,x\n", "no known list layout; its first row has 2 columns: who, what"),
        (HEAD, "without a single entry"),
        (b"id,name\n", "without a single entry"),
        (b"id,name\n1\n", "line 2: 1 columns instead of 2"),
        (b"id,name\n1,\n", "line 2: an entry without name"),
        (b"id,name\n,Orlesk\n", "line 2: an entry without id"),
        (b'id,name\n1,"Orlesk\n', "cut short"),
        (ALT, "an alias or address file of OFAC; add the main file"),
        (SDN[:200], "cut short"),
        (SDN[:-40], "changed, or cut short"),
        (SDN.replace(b'"aircraft"', b'"submarine"'), "line 4: unknown type 'submarine'"),
        (SDN.replace(b"104,", b"x104,"), "line 4: 'x104' is not an entity number"),
        (SDN.replace(b'"DRV-014"', b"-0- "), "line 4: an entry without a name"),
    ],
)
def test_what_is_no_whole_list_is_refused_with_the_place_and_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ListError, match=r"^file\.csv") as refused:
        load(data, "file.csv")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("at", [0.3, 0.5, 0.77, 0.9])
def test_a_list_cut_inside_a_row_is_never_taken(at: float) -> None:
    data = SDN[: int(len(SDN) * at)]
    assert not data.endswith(b"\r\n")
    with pytest.raises(ListError):
        load(data, "sdn.csv")


def test_a_companion_in_another_layout_is_refused_by_its_name() -> None:
    with pytest.raises(ListError, match=r"alt\.csv, line 1: 3 columns instead of 5"):
        load(SDN, "sdn.csv", {"alt.csv": b"1,2,3\n"})


def test_companions_stand_beside_the_main_file_under_their_names(tmp_path: Path) -> None:
    for name in ("sdn.csv", "alt.csv", "ADD_2025.CSV", "additional.csv", "alter.csv", "alt.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert set(beside(tmp_path / "sdn.csv")) == {"alt.csv", "ADD_2025.CSV"}


def test_the_sample_lists_hold_what_the_sample_says(sample: Path) -> None:
    path = sample / "lists" / "sdn.csv"
    header, entries = load(path.read_bytes(), path.name, beside(path))
    assert Counter(entry.schema for entry in entries) == {
        "Organization": 7,
        "Person": 5,
        "Vessel": 1,
        "Airplane": 1,
    }
    assert "GAWDOJEFF, Rustl" in next(entry for entry in entries if entry.id == "9103").aliases
    assert not [note for note in header.notes if "left out" in note]


def test_the_real_sdn_list_loads_with_its_aliases_and_addresses(shared: Path) -> None:
    path = shared / "names" / "lists" / "sdn_2023-01.csv"
    header, entries = load(path.read_bytes(), path.name, beside(path))
    kinds = Counter(entry.schema for entry in entries)
    assert kinds == {"Person": 5890, "Organization": 4575, "Vessel": 685, "Airplane": 293}
    assert 14_000 < sum(len(entry.aliases) for entry in entries) < 20_000
    assert sum(bool(entry.countries) for entry in entries) > 8_000
    assert any("hold them: 3523" in note for note in header.notes)
    assert {"Cuba"} == set(next(entry for entry in entries if entry.id == "36").countries)


@given(st.text(st.sampled_from('a;,"\n\r \x00é'), max_size=12))
def test_a_cell_without_quotation_marks_is_parted_as_one_with_them_is(cell: str) -> None:
    try:
        parts = next(csv.reader([cell.replace("\n", " ")], delimiter=";"), [])
    except csv.Error:
        with pytest.raises(csv.Error):
            values(cell)
        return
    assert values(cell) == tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def test_entries_are_sealed_as_every_row_is(tmp_path: Path) -> None:
    names = ['Gavdoren “Rus” \\ "x"', "Гавдорен\t7", "鼎\x07新"]
    with (tmp_path / "odd.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerows([("id", "name"), *((f"é-{at}", name) for at, name in enumerate(names))])
    with Desk(tmp_path / "case") as desk:
        assert desk.add_list(tmp_path / "odd.csv").designations == 3
        assert [entry.name for entry in desk.store().designations()] == names
        assert not desk.verify()
