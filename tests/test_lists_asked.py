"""The names of a CSV file that are to be screened."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from secondsource.errors import ListError
from secondsource.lists.asked import Asked, names_in

CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)


def test_names_come_with_their_line_and_empty_cells_are_left_out() -> None:
    data = b"id,Name,kind\n1,Orlesk,Company\n2,,Person\n3,Quelmar\n"
    assert list(names_in(data, "n.csv", "name", "kind")) == [
        Asked(2, "Orlesk", "Company"),
        Asked(4, "Quelmar", None),
    ]


def test_numbers_of_a_workbook_are_asked_as_it_shows_them() -> None:
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    for line, row in enumerate([("no", "name"), (1, "Orlesk"), (2, 14700), (3, "")]):
        sheet.write_row(line, 0, row)
    book.close()
    assert [one.name for one in names_in(made.getvalue(), "n.xlsx")] == ["Orlesk", "14700"]


@pytest.mark.parametrize("head", ["query,name", "name,query"])
def test_without_a_column_the_queries_are_taken(head: str) -> None:
    data = f"{head}\na,b\n".encode()
    wanted = "a" if head.startswith("query") else "b"
    assert [asked.name for asked in names_in(data, "n.csv")] == [wanted]


@pytest.mark.parametrize(
    ("data", "reason"), [(b"id,who\n1,a\n", "id, who"), (b"", "none"), (b"\x00\x01", "text")]
)
def test_what_holds_no_names_is_refused_with_its_name(data: bytes, reason: str) -> None:
    with pytest.raises(ListError, match=f"n.csv: .*{reason}"):
        list(names_in(data, "n.csv"))


@given(st.lists(st.tuples(CELL, CELL), max_size=8))
def test_every_cell_with_words_is_asked_once_and_in_order(table: list[tuple[str, str]]) -> None:
    made = io.StringIO(newline="")
    csv.writer(made).writerows([("other", "name"), *table])
    asked = [one.name for one in names_in(made.getvalue().encode(), "n.csv")]
    assert asked == [name for _, name in table if name]
