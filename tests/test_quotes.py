"""Quotation regions, on the text alone; and which of them become speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.extractor import Extractor, quotes
from secondsource.extractor.quotes import MARKS, Quotation, quotations, straightened


def quoted(text: str, *, carried: bool = False) -> list[str]:
    """The regions of a text; "…" after one that nothing closes."""
    found = quotations(text, carried=carried)
    return [text[one.start : one.end] + ("" if one.closed else "…") for one in found]


STYLES = [
    ('He said "we left" and went.', ["we left"]),
    ("He said “we left” and went.", ["we left"]),
    ("He said ‘we left’ and went.", ["we left"]),
    ("He said 'we left' and went.", ["we left"]),
    ("He said ''we left'' and went.", ["we left"]),
    ("He said ``we left'' and went.", ["we left"]),
    ("He said «we left» and went.", ["we left"]),
    ("He said »we left« and went.", ["we left"]),
    ("He said ‹we left› and went.", ["we left"]),
    ("He said „we left“ and went.", ["we left"]),
    ("He said „we left” and went.", ["we left"]),
    ("He said ‚we left‘ and went.", ["we left"]),
    ("He said ”we left” and went.", ["we left"]),
    ("He said “we left“ and went.", ["we left"]),
    ("“We left.”“We ran.”", ["We left.", "We ran."]),
    ("“We left,” he said. “We ran.”", ["We left,", "We ran."]),
    ("‘We left,’ he said. ‘We ran.’", ["We left,", "We ran."]),
    ("«We left», he said. «We ran.»", ["We left", "We ran."]),
]
NESTED = [
    ("“It is a “good” plan,” he said.", ["It is a “good” plan,"]),
    ('"It is a "good" plan," he said.', ['It is a "good" plan,']),
    ("“It is a ‘good’ plan,” he said.", ["It is a ‘good’ plan,"]),
    ("‘It is a “good” plan,’ he said.", ["It is a “good” plan,"]),
    ("«It is a «good» plan», he said.", ["It is a «good» plan"]),
    ('Israel ""of the attack"", he said', ["of the attack"]),
]
UNBALANCED = [
    ("“We left, and in the morning", ["We left, and in the morning…"]),
    ("‘We left, and in the morning", ["We left, and in the morning…"]),
    ('"We left, he said. "We ran," she said.', ["We ran,"]),
    ("“We left, he said. “We ran,” she said.", ["We ran,"]),
    ('We left," he said. "We ran," she said.', ["We ran,"]),
    ("We left,” he said. “We ran,” she said.", ["We ran,"]),
    ("“A ‘good plan, so far,” he said. “We ran.”", ["A ‘good plan, so far,", "We ran."]),
]
NO_MARKS = [
    ("It's the yard's plan.", []),
    ("It’s the workers’ plan, and the owners’ houses burned.", []),
    ("The '90s of rock 'n' roll; the ’90s of rock ’n’ roll.", []),
    ('A 12" pipe and a 6" pipe.', []),
    ("‘The workers’ houses burned,’ he said.", ["The workers’ houses burned,"]),
    ("'It's the workers' houses,' he said.", ["It's the workers' houses,"]),
    ("'Tis late. “We left,” he said.", ["We left,"]),
]


@pytest.mark.parametrize(("text", "expected"), [*STYLES, *NESTED, *UNBALANCED, *NO_MARKS])
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We ran,” he said.", ["We ran,"]),
        ('We ran," he said.', ["We ran,"]),
        ("We ran «far» and fast», he said.", ["We ran «far» and fast"]),
        ("The “good” plan was theirs.” He left.", ["The “good” plan was theirs."]),
        ("“We ran,” he said.", ["We ran,"]),
        ("“We ran.", ["We ran.…"]),
        ("He left at noon.", []),
        ("He called it “good” and left.", ["good"]),
    ],
)
def test_a_quotation_left_open_goes_on_where_the_next_paragraph_closes_it(
    text: str, expected: list[str]
) -> None:
    assert quoted(text, carried=True) == expected


MARKED = st.text(alphabet="ab .,?\n" + MARKS, max_size=80)


@given(MARKED, st.booleans())
def test_quotations_are_ordered_apart_and_in_the_text(text: str, carried: bool) -> None:
    last = 0
    for one in quotations(text, carried=carried):
        assert last <= one.start < one.end <= len(text)
        last = one.end


@given(MARKED, st.booleans())
def test_only_the_last_quotation_can_be_left_open(text: str, carried: bool) -> None:
    found = quotations(text, carried=carried)
    assert all(one.closed for one in found[:-1])
    assert all(one.closed or one.end == len(text) for one in found)


@given(MARKED)
def test_straightening_keeps_every_place_and_every_letter(text: str) -> None:
    flat = straightened(text, quotations(text))
    assert len(flat) == len(text)
    assert all(one == other for one, other in zip(text, flat, strict=True) if one not in MARKS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said ‘we left’.", 'He said "we left".'),
        ("He said ''we left''.", 'He said  "we left" .'),
        ("He said „it’s off“.", 'He said "it’s off".'),
    ],
)
def test_a_parser_reads_one_straight_mark_at_each_end(text: str, expected: str) -> None:
    assert straightened(text, quotations(text)) == expected


@pytest.mark.parametrize(
    "unit", ['a"', "“", "‘“", "' ", "“a ‘", "«»", "'a ", "''a''", '"A." '], ids=lambda unit: repr(unit)
)
def test_work_grows_with_the_text_and_no_faster(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: regions and marks handled for twice the text are at most about twice as many."""
    handled = 0
    plain = quotes._is_left_open

    def counted(text: str, begun: object, within: list[object]) -> bool:
        nonlocal handled
        handled += 1 + len(within)
        return plain(text, begun, within)  # type: ignore[arg-type]

    monkeypatch.setattr(quotes, "_is_left_open", counted)
    counts = []
    for size in (2000, 4000):
        handled = 0
        quotations(unit * size)
        counts.append(handled)
    assert counts[1] <= 2 * counts[0] + 2


@pytest.mark.parametrize(("opening", "closing"), ["“”", "«»", "‘’"])
def test_ten_thousand_nested_quotations_are_one(opening: str, closing: str) -> None:
    text = f"{opening}a " * 10_000 + f" b{closing}" * 10_000
    assert quotations(text) == [Quotation(1, len(text) - 1, closed=True)]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def speech(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    """Source and content of what the rules of quotation and of speech without marks found."""
    return [
        (one.source.text if one.source else "", one.content.text)
        for one in extractor.extract("0" * 64, text).claims
        if one.rule.startswith(("quotation", "speech-after-colon"))
    ]


CLOSED = ("the mayor", "The port is closed")
BRIDGE = ("the mayor", "The bridge will open on Monday")


@pytest.mark.parametrize(
    ("opening", "closing"),
    ['""', "“”", "‘’", "''", ("''", "''"), ("``", "''"), "«»", "»«", "„“", "‚‘", "””"],
)
def test_a_split_quotation_is_its_speakers_in_any_marks(
    extractor: Extractor, opening: str, closing: str
) -> None:
    text = (
        f"{opening}The port is closed,{closing} the mayor said. "
        f"{opening}The bridge will open on Monday.{closing}"
    )
    assert speech(extractor, text) == [CLOSED, BRIDGE]


def test_speech_over_paragraphs_opens_anew_in_each_and_closes_in_the_last(extractor: Extractor) -> None:
    text = (
        "“The port is closed,” the mayor said. “The bridge has been shut as well.\n\n"
        "“The bridge will open on Monday.\n\n"
        "“We have no plan for the road.”\n\n"
        "The road is old, and nobody has mended it."
    )
    assert speech(extractor, text) == [
        CLOSED,
        ("the mayor", "The bridge has been shut as well"),
        BRIDGE,
        ("the mayor", "We have no plan for the road"),
    ]


def test_a_block_after_a_colon_is_speech(extractor: Extractor) -> None:
    text = (
        "The mayor issued a statement on Monday that read:\n\n"
        "The port is closed. The bridge will open on Monday."
    )
    assert [content for _, content in speech(extractor, text)] == [CLOSED[1], BRIDGE[1]]


def test_a_list_after_a_colon_is_no_speech(extractor: Extractor) -> None:
    text = "The storm grows weaker over land for two reasons:\n\nThe air is dry, and the ground is rough."
    assert speech(extractor, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “ghost fleet” left the port, the mayor said.",
        "The ‘ghost fleet’ left the port on Monday.",
        'The "ghost fleet" is real, the mayor said, and its "captains" are known.',
        "The film “A Night in Orva” opened on Monday, said the mayor.",
    ],
)
def test_quoted_terms_and_titles_are_no_speech(extractor: Extractor, text: str) -> None:
    assert speech(extractor, text) == []


def test_a_quoted_word_inside_a_content_keeps_its_closing_mark(extractor: Extractor) -> None:
    claims = extractor.extract("0" * 64, "The mayor called the report “a joke”.").claims
    assert "the report “a joke”" in [one.content.text for one in claims]
