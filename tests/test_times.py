"""Times: intervals no finer than their words, read on the document's date."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English

from secondsource.extractor import Extractor
from secondsource.extractor.intervals import Anchor
from secondsource.extractor.paragraphs import Paragraph
from secondsource.extractor.times import time
from secondsource.model import BlockKind, Span, When

Read = Callable[..., When | None]

BLANK = English()
PUBLISHED = "2024-03-20T09:30:00+02:00"  # a Wednesday

# What the words give in a document of that date: the words of the time, its bounds and precision.
TIMES = [
    ("It was sold on 12 March 2024.", "12 March 2024", "2024-03-12", "2024-03-12", "day"),
    ("It was sold on March 12, 2024, to it.", "March 12, 2024", "2024-03-12", "2024-03-12", "day"),
    ("It was sold on Friday, March 8, 2024.", "Friday, March 8, 2024", "2024-03-08", "2024-03-08", "day"),
    ("It was sold on 25/03/2023.", "25/03/2023", "2023-03-25", "2023-03-25", "day"),
    ("It was sold on 03/25/2023.", "03/25/2023", "2023-03-25", "2023-03-25", "day"),
    ("It was sold on 12.03.2024.", "12.03.2024", "2024-03-12", "2024-03-12", "day"),
    ("It was sold on 2024-03-12.", "2024-03-12", "2024-03-12", "2024-03-12", "day"),
    ("It was sold on Sept. 12.", "Sept. 12", "2023-09-12", "2023-09-12", "day"),
    ("It was sold on 12-15 March 2024.", "12-15 March 2024", "2024-03-12", "2024-03-15", "range"),
    ("It was sold in mid-March.", "mid-March", "2024-03-08", "2024-03-24", "part of month"),
    ("It was sold in early 2023.", "early 2023", "2023-01-01", "2023-06-30", "part of year"),
    ("It was sold in late last year.", "late last year", "2023-07-01", "2023-12-31", "part of year"),
    ("It was sold in the first quarter of 2024.",
     "first quarter of 2024", "2024-01-01", "2024-03-31", "quarter"),
    ("It was sold in Q3 2023.", "Q3 2023", "2023-07-01", "2023-09-30", "quarter"),
    ("It was sold in the second half of 2022.", "second half of 2022", "2022-07-01", "2022-12-31", "half"),
    ("It was sold between March and May 2023.",
     "between March and May 2023", "2023-03-01", "2023-05-31", "range"),
    ("It was sold between November and February 2024.", "between November and February 2024",
     "2023-11-01", "2024-02-29", "range"),
    ("It was made from 2019 to 2021.", "from 2019 to 2021", "2019-01-01", "2021-12-31", "range"),
    ("It was made in 2022-23.", "2022-23", "2022-01-01", "2023-12-31", "range"),
    ("It was made in the 1990s.", "1990s", "1990-01-01", "1999-12-31", "decade"),
    ("It was made in the summer of 2023.", "summer of 2023", "2023-06-01", "2023-09-23", "season"),
    ("It was made in the winter of 2022-23.", "winter of 2022-23", "2022-12-01", "2023-03-20", "season"),
    ("It was made last summer.", "last summer", "2023-06-01", "2023-09-23", "season"),
    ("It was sold today.", "today", "2024-03-20", "2024-03-20", "day"),
    ("It was sold yesterday.", "yesterday", "2024-03-19", "2024-03-19", "day"),
    ("It was attacked overnight.", "overnight", "2024-03-19", "2024-03-20", "range"),
    ("It was sold on Monday.", "Monday", "2024-03-18", "2024-03-18", "day"),
    ("It was sold on Wednesday.", "Wednesday", "2024-03-20", "2024-03-20", "day"),
    ("It will be sold on Monday.", "Monday", "2024-03-25", "2024-03-25", "day"),
    ("It was sold last Wednesday.", "last Wednesday", "2024-03-13", "2024-03-13", "day"),
    ("It was sold last week.", "last week", "2024-03-11", "2024-03-17", "week"),
    ("It was sold this week.", "this week", "2024-03-18", "2024-03-24", "week"),
    ("It was sold last month.", "last month", "2024-02-01", "2024-02-29", "month"),
    ("It will be sold next year.", "next year", "2025-01-01", "2025-12-31", "year"),
    ("It was sold three days ago.", "three days ago", "2024-03-17", "2024-03-17", "day"),
    ("It was sold two weeks ago.", "two weeks ago", "2024-03-02", "2024-03-10", "week"),
    ("It was sold in the past two weeks.", "past two weeks", "2024-03-06", "2024-03-20", "range"),
    ("It was sold in recent weeks.", "recent weeks", None, "2024-03-20", "week"),
    ("It was sold in March.", "March", "2024-03-01", "2024-03-31", "month"),
    ("It was sold in October.", "October", "2023-10-01", "2023-10-31", "month"),
    ("It will be sold in October.", "October", "2024-10-01", "2024-10-31", "month"),
    ("The navy plans to buy it in February.", "February", "2025-02-01", "2025-02-28", "month"),
    ("The fair opens on 12 June.", "12 June", "2024-06-12", "2024-06-12", "day"),
    ("It was sold on 2 April.", "2 April", None, None, "unknown year"),
    ("It was sold on 29 February.", "29 February", "2024-02-29", "2024-02-29", "day"),
    ("It has been made since several days ago.", "since several days ago", None, None, "relative"),
    ("It was sold in March last year.", "March last year", "2023-03-01", "2023-03-31", "month"),
    ("It was sold earlier this year.", "earlier this year", "2024-01-01", "2024-03-20", "range"),
    ("It has been made since February.", "since February", "2024-02-01", None, "month"),
    ("It is banned until 2026.", "until 2026", None, "2026-12-31", "year"),
    ("It will be made by the end of 2025.", "by the end of 2025", None, "2025-12-31", "part of year"),
    ("It was sold before March 2023.", "before March 2023", None, "2023-02-28", "month"),
    ("It was sold after February 2022.", "after February 2022", "2022-02-01", None, "month"),
    ("The ministry said May 12 that it was sold.", "May 12", "2023-05-12", "2023-05-12", "day"),
    ("It was sold on May 12.", "May 12", "2023-05-12", "2023-05-12", "day"),
    ("In May 12 drones were sold.", "May", "2023-05-01", "2023-05-31", "month"),
    ("It was sold two days earlier.", "two days earlier", None, None, "relative"),
]  # fmt: skip

NONE = [
    "It may sell 5,000 drones.",
    "May 5,000 drones be sold?",
    "The papers, which May 12 drones prove, are lost.",
    "It was sold on 12/03/2024.",
    "It was sold on 31 February 2024.",
    "It sold 2019 drones.",
    "The Sunday Times was sold on Black Friday.",
    "Soldiers march 300 kilometres.",
    "It met April Jones.",
]

# Documents whose date is coarse or missing.
ANCHORS = [
    ("It was sold on 12 March.", None, None, None, "unknown year"),
    ("It was sold in March.", None, None, None, "unknown year"),
    ("It was sold yesterday.", None, None, None, "relative"),
    ("It was sold last year.", None, None, None, "relative"),
    ("It was sold yesterday.", "2024-06", "2024-05-31", "2024-06-29", "day"),
    ("It was sold last year.", "2024", "2023-01-01", "2023-12-31", "year"),
    ("It was sold in March.", "2024", "2023-03-01", "2024-03-31", "month"),
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Read:
    def read(text: str, published: str | None, kind: BlockKind = "paragraph") -> When | None:
        return time(Paragraph(0, 0, kind, text, extractor.nlp(text), ()), Span(0, len(text)), published)

    return read


@pytest.mark.parametrize(("text", "words", "start", "end", "precision"), TIMES, ids=[row[0] for row in TIMES])
def test_a_time_is_as_wide_as_its_words(
    read: Read, text: str, words: str, start: str | None, end: str | None, precision: str
) -> None:
    found = read(text, PUBLISHED)
    assert found
    assert (found.excerpt.text, found.start, found.end, found.precision) == (words, start, end, precision)


@pytest.mark.parametrize("text", NONE)
def test_modals_names_and_dates_of_two_readings_are_no_times(read: Read, text: str) -> None:
    assert read(text, PUBLISHED) is None


def test_a_headline_may_is_no_month(read: Read) -> None:
    assert read("Velmond May 12 Drones Buy", PUBLISHED, "title") is None


@pytest.mark.parametrize(("text", "published", "start", "end", "precision"), ANCHORS)
def test_a_time_is_no_finer_than_the_documents_date(
    read: Read, text: str, published: str | None, start: str | None, end: str | None, precision: str
) -> None:
    found = read(text, published)
    assert found
    assert (found.start, found.end, found.precision) == (start, end, precision)


@pytest.mark.parametrize("published", ["", "soon", "2024-13", "2024-02-30", "0000", "20"])
def test_what_is_no_date_anchors_nothing(published: str) -> None:
    assert Anchor.of(published) is None


_PIECES = ["on Monday", "in March", "12 March", "May 12,", "2024", "since", "between", "and", "to", "-",
           "last", "year",
           "31", "three weeks ago", "early", "the 1990s", "12/13/2024", "Q4", "of", "winter of 2023",
           "9999-12-31"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=10).map(" ".join)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from([None, "2024-03-20", "2024", "0001-01-01", "9999-12-31", "x"]))
def test_times_are_slices_with_ordered_bounds_and_nothing_after_them_changes_them(
    before: str, content: str, after: str, published: str | None
) -> None:
    def read(text: str, start: int) -> tuple[str, str | None, str | None, str] | None:
        paragraph = Paragraph(0, 0, "paragraph", text, BLANK(text), ())
        found = time(paragraph, Span(start, start + len(content)), published)
        if found is None:
            return None
        assert found.excerpt.stands_in(text)
        assert found.start is None or found.end is None or found.start <= found.end
        return found.excerpt.text, found.start, found.end, found.precision

    assert read(content, 0) == read(f"{content} {after}", 0)
    read(f"{before} {content} {after}", len(before) + 1)
