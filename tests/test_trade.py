"""Tables of trade: what is read, what is a reason to look, in which order, what never stops the work."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource import Desk
from secondsource.cli import cli, run
from secondsource.errors import Empty, LimitError, ListError, ReadError, SecondSourceError
from secondsource.goods import packaged
from secondsource.model import Progress
from secondsource.text import harmless, sha256
from secondsource.trade import Order, Potential, Screened, Settings, load_flags, screen_table
from secondsource.trade import writing as trade_writing
from secondsource.trade.columns import found_in
from secondsource.trade.parties import Parties
from secondsource.trade.tables import open_table, text_of

TIERS = [rule for regime in packaged() for rule in regime.rules if rule.codes]
DAY = date(2026, 9, 1)
HEADER = "date,hs code,description,consignor,consignee,origin,destination,via,value,weight"
GOOD = "2026-01-03,8526.91,radio receivers,Halvar Trading,Orlesk Machine Works,Oshmara,Drovia,Velmond,1200,30"


def table(tmp_path: Path, *rows: str, header: str = HEADER, name: str = "trade.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([header, *rows, ""]), "utf-8")
    return path


def ask(name: str) -> Potential | None:
    """A list with one entry on it."""
    if "orlesk" in name.casefold():
        return Potential(
            "sdn", "9101", "ORLESK MACHINE WORKS", 0.99, "potential match of “ORLESK MACHINE WORKS”"
        )
    return None


def screened(path: Path, *, out: Path | None = None, **options: Any) -> Screened:
    order = {
        name: options.pop(name)
        for name in ("columns", "encoding", "sheet", "keep", "jobs")
        if name in options
    }
    names = options.pop("ask", ask)
    return screen_table(Order(path, out, **order), Settings(TIERS, DAY, **options), names)


def answer(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# What is a reason


def test_rows_are_ranked_and_every_point_has_its_reason(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "2026-01-01,0101.21,horses,Stud,Farm,Oshmara,Skerrin,,10,10",
        "2026-01-02,8482.10,ball bearings,Halvar Trading,Velmond Post,Oshmara,Skerrin,,10,10",
        GOOD,
    )
    found = screened(path, out=tmp_path / "out.csv")
    assert (found.total, found.flagged, found.unread) == (3, 2, 0)
    first, second = answer(tmp_path / "out.csv")
    assert (first["rank"], first["score"], first["row"]) == ("1", "100", "4")
    assert (first["hs_read"], first["tier"]) == ("8526.91", "2")
    assert "would meet the parameter of CHPL Tier 2 as of 2026-09-01" in first["reasons"]
    assert "consignee “Orlesk Machine Works”: potential match of" in first["reasons"]
    assert first["consignee_match"] == "ORLESK MACHINE WORKS (sdn, entry 9101)"
    assert first["consignor"] == "Halvar Trading"
    assert (second["row"], second["tier"], second["score"]) == ("3", "3.B", "30")
    points = [
        int(part.rpartition("+")[2].rstrip(")")) for part in first["reasons"].split("; ") if "(+" in part
    ]
    assert sum(points) == 100


def test_a_code_that_leaves_it_open_is_a_smaller_reason(tmp_path: Path) -> None:
    row = "2026-01-01,8542.3,circuits,A Trading,B Trading,Oshmara,Skerrin,,10,10"
    (kept,) = screened(table(tmp_path, row)).rows
    assert kept.found.tier == "1?"
    assert "does not tell (needs the six-digit code) whether it would meet" in kept.found.reasons[0]


def test_the_edition_comes_from_its_column_or_from_the_user(tmp_path: Path) -> None:
    row = "8548.90,parts"
    assert screened(table(tmp_path, row, header="hs,goods")).flagged == 1
    assert screened(table(tmp_path, row, header="hs,goods"), edition=2022).flagged == 0
    assert (
        screened(table(tmp_path, f"{row},HS 2017", header="hs,goods,hs version"), edition=2022).flagged == 1
    )


def test_words_of_a_description_are_a_reason(tmp_path: Path) -> None:
    rows = ("1,Drones and spare parts", "2,UAVs with a gyroscope", "3,dronelike toys", "4,a fpga board")
    found = screened(table(tmp_path, *rows, header="no,description"))
    assert [(kept.row, kept.found.score) for kept in found.rows] == [(3, 10), (2, 5), (5, 5)]


def test_flags_are_the_users_own(tmp_path: Path) -> None:
    flags = tmp_path / "flags.toml"
    flags.write_text(
        '[[flag]]\nname = "through Velmond"\nweight = 25\nvia = ["velmond"]\ndestination = ["Drovia", "DV"]\n'
        '[[flag]]\nname = "receivers"\nhs = ["8526"]\nterms = ["receivers"]\n',
        "utf-8",
    )
    found = screened(table(tmp_path, GOOD, GOOD.replace("Velmond", "")), flags=load_flags(flags), ask=None)
    assert [(kept.row, kept.found.score) for kept in found.rows] == [(2, 75), (3, 50)]
    assert "flag “through Velmond” (+25)" in found.rows[0].found.reasons
    assert "flag “receivers” (+10)" in found.rows[0].found.reasons


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no [[flag]]"),
        ("[[flag]]\nvia = ['X']", "no name"),
        ("[[flag]]\nname = 'a'", "asks for nothing"),
        ("[[flag]]\nname = 'a'\nport = ['X']", "“port” means nothing"),
        ("[[flag]]\nname = 'a'\nvia = 'X'", "a list of words"),
        ("[[flag]]\nname = 'a'\nvia = ['X']\nweight = 'much'", "whole number"),
        ("[[flag", "cannot be read as flags"),
    ],
)
def test_bad_flags_are_refused_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "flags.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ListError) as refused:
        load_flags(path)
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


# Columns


def test_columns_are_known_by_many_names_and_by_the_users(tmp_path: Path) -> None:
    found = found_in(["Commodity Code", "EXPORTER", "Importer name", "Net_weight"], {}, "t")
    assert found == {"hs": 0, "consignor": 1, "consignee": 2, "weight": 3}
    assert found_in(["a", "Warennummer"], {"hs": "Warennummer"}, "t") == {"hs": 1}
    path = table(tmp_path, "8526.91,x", header="Warennummer,Ware")
    assert screened(path, columns={"hs": "warennummer"}).flagged == 1


@pytest.mark.parametrize(
    ("header", "given", "problem"),
    [
        (["a", "b"], {}, "no column of codes, goods or parties"),
        (["hs"], {"hs": "code"}, "no column “code”"),
        (["hs"], {"colour": "hs"}, "nothing that is looked for"),
    ],
)
def test_columns_that_are_not_there_are_said(header: list[str], given: dict[str, str], problem: str) -> None:
    with pytest.raises(ListError, match=problem):
        found_in(header, given, "t.csv")


# Rows with something wrong


def test_a_bad_row_in_the_middle_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    rows = [GOOD] * 10_000
    rows[5_000] = GOOD.replace("radio receivers", '"radio receivers')
    rows[5_001] = GOOD + ",one cell too many"
    rows[5_002] = "2026-01-03,8526.91"
    found = screened(table(tmp_path, *rows), out=tmp_path / "out.csv")
    assert (found.total, found.flagged, found.unread) == (10_000, 9_997, 3)
    assert [problem.partition("row ")[2] for problem in found.problems] == [
        "5002: a quotation mark that is never closed; not screened",
        "5003: 11 cells where the header has 10; not screened",
        "5004: 2 cells where the header has 10; not screened",
    ]
    numbers = [int(row["row"]) for row in answer(tmp_path / "out.csv")]
    assert len(numbers) == 9_997
    assert not {5002, 5003, 5004} & set(numbers)


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("-5", "“-5” is negative"),
        ("12 kg / 26 lb", "two amounts"),
        ("heavy", "is not a number"),
        ("1,500", "which mark is the decimal one"),
        ("1.234,56", None),
        ("1 234,5", None),
        ("12,5", None),
        ("12.5 kg", None),
        ("", None),
    ],
)
def test_a_cell_with_something_wrong_is_named_and_its_row_screened(
    tmp_path: Path, cell: str, wrong: str | None
) -> None:
    path = table(tmp_path, f'8526.91,"{cell}"', header="hs,net weight")
    found = screened(path)
    assert found.flagged == 1
    assert [wrong in problem for problem in found.problems if wrong] == ([True] if wrong else [])
    assert found.wrong == (wrong is not None)


def test_the_users_decimal_mark_settles_what_a_cell_leaves_open(tmp_path: Path) -> None:
    path = table(tmp_path, '8526.91,"1,500"', header="hs,weight")
    assert screened(path, decimal=",").wrong == screened(path, decimal=".").wrong == 0


@pytest.mark.parametrize(
    "code",
    ["85x2", "12", "8.5E+05", "7799.00", "8526.91 / 8526.92"],
    ids=["letters", "short", "float", "77", "two"],
)
def test_a_code_that_is_none_is_named_and_its_row_screened(tmp_path: Path, code: str) -> None:
    found = screened(table(tmp_path, f"{code},Orlesk Machine Works", header="hs,consignee"))
    assert found.flagged == 1
    assert "HS code" in found.problems[0]


def test_bytes_that_are_no_text_cost_their_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(b"hs,goods\n8526.91,a\n8526.91,\xff\xfe\n8526.91,c\n")
    found = screened(path)
    assert (found.flagged, found.unread) == (2, 1)
    assert "row 3: a character that is not in the encoding" in found.problems[0]
    path.write_bytes("hs,goods\n8526.91,жук\n".encode("cp1251"))
    assert screened(path, encoding="cp1251").unread == 0


def test_cells_may_go_on_over_lines_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = table(tmp_path, '8526.91,"two\nlines"', "", "8526.91,one", ",", header="hs,goods")
    found = screened(path)
    assert [kept.row for kept in found.rows] == [2, 4]
    assert found.rows[0].cells[1] == "two\nlines"


def test_a_cell_of_unheard_length_costs_its_row_alone(tmp_path: Path) -> None:
    path = table(tmp_path, "8526.91," + "x" * 200_000, "8526.91,short", header="hs,goods")
    found = screened(path)
    assert (found.flagged, found.unread) == (1, 1)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_cells_are_parted_by_what_parts_the_header(tmp_path: Path, mark: str) -> None:
    assert screened(table(tmp_path, f"8526.91{mark}x", header=f"hs{mark}goods")).flagged == 1


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", Empty),
        (b"\xef\xbb\xbf\r\n", Empty),
        (b"PK\x03\x04....", ReadError),
        (b"a\0b,c\n1,2\n", ReadError),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, data: bytes, error: type[Exception]) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(error):
        open_table(path)
    with pytest.raises(ReadError, match="cannot be opened"):
        open_table(tmp_path / "none.csv")


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), max_size=8))
@settings(max_examples=60, deadline=None)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    rows = [
        [cell.replace("\r", " ").replace("\0", "").encode("utf-8", "replace").decode() for cell in row]
        for row in rows
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["hs", "goods", "c"], *rows])
    read = [cells for _, cells in open_table(path).rows()]
    assert [list(cells) for cells in read] == rows


# Formats


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_answer_is_the_same_in_every_format_and_can_be_read_again(tmp_path: Path, kind: str) -> None:
    path = table(tmp_path, GOOD, GOOD.replace("radio receivers", "=HYPERLINK(1)"))
    screened(path, out=tmp_path / f"out.{kind}")
    again = open_table(tmp_path / f"out.{kind}")
    rows = [dict(zip(again.header, cells, strict=True)) for _, cells in again.rows()]
    assert [row["rank"] for row in rows] == ["1", "2"]
    assert [row["row"] for row in rows] == ["2", "3"]
    assert rows[0]["hs code"] == "8526.91"
    assert rows[1]["description"] == ("'=HYPERLINK(1)" if kind == "csv" else "=HYPERLINK(1)")
    assert screened(tmp_path / f"out.{kind}").flagged == 2


def test_no_cell_of_an_answer_is_a_formula(tmp_path: Path) -> None:
    cells = ["=1+1", "+SUM(A1)", "-cmd", "@x", "\tx", "-5", "+7.5", "plain"]
    assert [harmless(cell) for cell in cells] == [
        "'=1+1", "'+SUM(A1)", "'-cmd", "'@x", "'\tx", "-5", "+7.5", "plain",
    ]  # fmt: skip


def test_a_workbook_gives_codes_as_numbers_and_dates_as_dates(tmp_path: Path) -> None:
    assert [text_of(cell) for cell in (8542.31, 854231.0, None, datetime(2026, 1, 3), True, "x")] == [
        "8542.31", "854231", "", "2026-01-03", "True", "x",
    ]  # fmt: skip
    library: Any = import_module("xlsxwriter")
    path = tmp_path / "t.xlsx"
    with library.Workbook(str(path)) as book:
        sheet = book.add_worksheet("June")
        for column, cell in enumerate(["hs", "goods"]):
            sheet.write(0, column, cell)
        sheet.write(1, 0, 8542.31)
        sheet.write(2, 0, 854231)
    assert [kept.cells[0] for kept in screened(path, sheet="June").rows] == ["8542.31", "854231"]
    with pytest.raises(ReadError, match="no sheet 'July'"):
        screened(path, sheet="July")
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(ReadError, match="no workbook"):
        screened(path)
    (tmp_path / "t.parquet").write_bytes(b"PAR1 not one")
    with pytest.raises(ReadError, match="no Parquet file"):
        screened(tmp_path / "t.parquet")


def test_an_answer_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    path = table(tmp_path, GOOD)
    with pytest.raises(SecondSourceError, match="ends in none of"):
        screened(path, out=tmp_path / "out.txt")
    with pytest.raises(SecondSourceError, match="cannot be written"):
        screened(path, out=tmp_path / "nowhere" / "out.csv")
    with pytest.raises(LimitError, match="do not fit a sheet"):
        trade_writing.write(tmp_path / "o.xlsx", ["a"], iter([]), 2_000_000)
    assert not list(tmp_path.glob(".*part"))


# Names


def test_each_name_is_asked_once_whatever_its_case_and_marks(tmp_path: Path) -> None:
    asked: list[str] = []

    def noting(name: str) -> Potential | None:
        asked.append(name)
        return ask(name)

    sides = ["Orlesk Machine Works", "ORLESK MACHINE WORKS", "Orlesk  Machine-Works", "N/A", "", "—", "Stud"]
    path = table(tmp_path, *(f"{side},0101.21" for side in sides), header="consignee,hs")
    found = screened(path, ask=noting)
    assert asked == ["Orlesk Machine Works", "Stud"]
    assert (found.names, found.matched, found.flagged) == (2, 1, 3)


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    many = [f"Party {at} of Orlesk" if at % 50 == 0 else f"Party {at}" for at in range(600)]
    answers = []
    for jobs in (1, 2):
        parties = Parties()
        for name in many:
            parties.add(name)
        seen: list[int] = []
        parties.screen(ask, jobs, lambda done, of, seen=seen: seen.append(done))  # type: ignore[misc]
        answers.append(dict(parties.matched))
        assert seen[-1] == 600
    assert answers[0] == answers[1]
    assert len(answers[0]) == 12


def test_progress_is_told_for_each_part_of_the_work(tmp_path: Path) -> None:
    steps: list[Progress] = []
    path = table(tmp_path, *[GOOD] * 12_000)
    screen_table(Order(path), Settings(TIERS, DAY), ask, steps.append)
    assert {step.stage for step in steps} == {"trade", "names", "rows"}
    assert (steps[-1].done, steps[-1].total) == (12_000, 12_000)


def test_the_first_rows_are_kept_and_no_more(tmp_path: Path) -> None:
    found = screened(table(tmp_path, *[GOOD] * 30_000), keep=5)
    assert [kept.row for kept in found.rows] == [2, 3, 4, 5, 6]
    assert found.flagged == 30_000


@pytest.fixture
def _no_parquet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)


@pytest.mark.usefixtures("_no_parquet")
def test_parquet_says_what_to_install_where_it_is_not_there(tmp_path: Path) -> None:
    path = table(tmp_path, GOOD)
    with pytest.raises(ReadError, match=r"pip install 'secondsource\[parquet\]'"):
        screened(path, out=tmp_path / "o.parquet")


# In the case


@pytest.fixture(scope="module")
def desk(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("trade")
    with Desk(folder / "case") as desk:
        desk.ingest([sample / "documents" / "01-meldwire-quelmar.html"])
        desk.add_list(sample / "lists" / "sdn.csv")
        yield desk


@pytest.fixture(scope="module")
def kept(desk: Desk) -> Screened:
    folder = desk.path.parent
    path = table(folder, "2026-01-01,0101.21,horses,Stud,Farm,Oshmara,Skerrin,,10,10", GOOD)
    return desk.goods.trade(Order(path, folder / "out.csv"), as_of=DAY)


def test_a_kept_row_is_a_claim_whose_evidence_is_the_file_and_the_row(desk: Desk, kept: Screened) -> None:
    document = desk.document(kept.sha256)
    assert document.id == sha256(Path(kept.path).read_bytes())
    (claim,) = desk.claims(document.id)
    assert claim.content.text.startswith("Row 3 | date: 2026-01-03 | hs code: 8526.91 | ")
    assert claim.content.stands_in(document.text)
    assert [mention.name for mention in claim.mentions] == ["Halvar Trading", "Orlesk Machine Works"]
    assert {figure.unit: figure.value for figure in claim.quantities} == {"kg": 30, "{value}": 1200}
    assert claim.time
    assert claim.time.start == "2026-01-03"
    assert "score" not in document.text
    assert desk.verify() == []


def test_the_parties_are_entities_with_the_names_of_the_reports(desk: Desk, kept: Screened) -> None:
    entity = next(entity for entity in desk.entities() if "Orlesk Machine Works" in entity.names)
    assert kept.sha256 in entity.documents
    assert len(entity.documents) == 2
    assert "Row 3" in "".join(claim.content.text for claim in desk.claims_about(entity.id))


def test_rows_ask_no_questions_and_are_not_read_as_sentences(desk: Desk, kept: Screened) -> None:
    before = desk.claims(kept.sha256)
    desk.derive()
    assert desk.claims(kept.sha256) == before
    asked = {id for one in desk.questions() for position in one.positions for id in position.claims}
    assert not asked & {claim.id for claim in before}


def test_what_was_made_of_a_table_is_kept_beside_the_case(desk: Desk, kept: Screened) -> None:
    (saved,) = desk.goods.tables()
    assert saved == kept
    (edition,) = desk.lists()
    assert saved.lists == (f"{edition.name}, SHA-256 {edition.sha256}",)
    (row,) = saved.rows
    assert row.found.matches["consignee"].list == "sdn"
    (desk.path / "trade" / "broken.json").write_text("{", "utf-8")
    assert desk.goods.tables() == [kept]


def test_screening_again_takes_the_place_of_the_first(desk: Desk, kept: Screened) -> None:
    again = desk.goods.trade(Order(Path(kept.path), keep=0), as_of=DAY)
    assert again.rows == ()
    assert len(desk.claims(kept.sha256)) == 1
    desk.goods.trade(Order(Path(kept.path)), as_of=DAY)
    assert len(desk.claims(kept.sha256)) == 1


def test_the_sample_table_has_its_known_order(desk: Desk, sample: Path, tmp_path: Path) -> None:
    folder = sample / "trade"
    found = desk.goods.trade(Order(folder / "customs.csv"), flags=folder / "routes.toml", as_of=DAY)
    assert [kept.row for kept in found.rows] == [2, 3, 9, 4, 7, 5]
    assert (found.total, found.unread) == (8, 0)
    assert [problem.partition("row ")[2][:1] for problem in found.problems] == ["4", "5", "7"]


def test_the_command_screens_a_table_with_and_without_a_case(tmp_path: Path, sample: Path) -> None:
    path = table(tmp_path, GOOD, GOOD + ",x")
    case, out = str(tmp_path / "case"), tmp_path / "out.csv"
    command = ["goods", "trade", str(path), "-o", str(out), "--case", case, "--column", "weight=weight"]
    first = CliRunner().invoke(cli, command)
    assert first.exit_code == 0, first.output
    assert "1 of 2 rows have a reason to look" in first.stdout
    assert "No names were screened" in first.stdout
    assert "row 3: 11 cells" in first.stderr
    assert not Path(case).exists()
    CliRunner().invoke(cli, ["lists", "add", str(sample / "lists" / "sdn.csv"), "--case", case])
    second = CliRunner().invoke(cli, command)
    assert "1 with a potential match" in second.stdout
    assert "kept in the case" in second.stdout
    assert CliRunner().invoke(cli, [*command, "--column", "x"]).exit_code == 2
    missing = run(["goods", "trade", str(tmp_path / "none.csv"), "-o", str(out), "--case", case])
    assert missing == 1
