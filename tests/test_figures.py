"""Quantities: bounds that their words give, units, and the figures that count nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English

from secondsource.extractor import Extractor
from secondsource.extractor.figures import quantities
from secondsource.extractor.numerals import amount
from secondsource.extractor.paragraphs import Paragraph
from secondsource.model import Quantity, Span

Read = Callable[[str], tuple[Quantity, ...]]

BLANK = English()

# One figure a sentence: its words, bounds, unit, and whether it is approximate.
FIGURES = [
    ("Velmond sold 20 drones.", "20 drones", 20, 20, "{drone}", False),
    ("Velmond sold between 20 and 25 engines.", "between 20 and 25 engines", 20, 25, "{engine}", False),
    ("It sold from 20 to 25 drones to the navy.", "from 20 to 25 drones", 20, 25, "{drone}", False),
    ("The plant made 20 to 25 drones.", "20 to 25 drones", 20, 25, "{drone}", False),
    ("The plant makes 20-25 drones a month.", "20-25 drones a month", 20, 25, "{drone}/mo", False),
    ("Two or three drones were seen.", "Two or three drones", 2, 3, "{drone}", False),
    ("It flew 20 km to 25 km.", "20 km to 25 km", 20, 25, "km", False),
    ("It paid $20-25 million for it.", "$20-25 million", 20e6, 25e6, "USD", False),
    ("It sent 900,000 to 1.2 million shells.", "900,000 to 1.2 million shells", 9e5, 1.2e6, "{shell}", False),
    ("The yard sold at least 20 drones.", "at least 20 drones", 20, None, "{drone}", False),
    ("It has no fewer than 30 tanks.", "no fewer than 30 tanks", 30, None, "{tank}", False),
    ("It has upwards of 40 trucks.", "upwards of 40 trucks", 40, None, "{truck}", False),
    ("It took in excess of 300 tonnes of fuel.", "in excess of 300 tonnes", 300, None, "t", False),
    ("It shipped well over 200 barrels per day.",
     "well over 200 barrels per day", 200, None, "[bbl_us]/d", False),
    ("It hid a minimum of 10 boxes.", "a minimum of 10 boxes", 10, None, "{box}", False),
    ("It has more than 2000 people.", "more than 2000 people", 2000, None, "{people}", False),
    ("It sold 20 or more drones.", "20 or more drones", 20, None, "{drone}", False),
    ("As many as 50 soldiers were there.", "As many as 50 soldiers", None, 50, "{soldier}", False),
    ("Up to 60 vehicles were there.", "Up to 60 vehicles", None, 60, "{vehicle}", False),
    ("It hid a maximum of 40 crates.", "a maximum of 40 crates", None, 40, "{crate}", False),
    ("Fewer than 12 ships came.", "Fewer than 12 ships", None, 12, "{ship}", False),
    ("Nearly 20 ships were seized.", "Nearly 20 ships", 20, 20, "{ship}", True),
    ("The range is around 2,000 kilometers.", "around 2,000 kilometers", 2000, 2000, "km", True),
    ("Roughly 40 barges were seized.", "Roughly 40 barges", 40, 40, "{barge}", True),
    ("It sold at least some 20 drones.", "at least some 20 drones", 20, None, "{drone}", True),
    ("It sold 20 drones or so.", "20 drones or so", 20, 20, "{drone}", True),
    ("Dozens of drones were sold.", "Dozens of drones", 24, None, "{drone}", True),
    ("Scores of people fled.", "Scores of people", 40, None, "{people}", True),
    ("Tens of thousands of people fled.", "Tens of thousands of people", 20_000, None, "{people}", True),
    ("It sent hundreds of thousands of rounds.",
     "hundreds of thousands of rounds", 200_000, None, "{round}", True),
    ("It bought a dozen drones.", "a dozen drones", 12, 12, "{drone}", True),
    ("It bought half a dozen trucks.", "half a dozen trucks", 6, 6, "{truck}", True),
    ("It bought a couple of ships.", "a couple of ships", 2, 2, "{ship}", True),
    ("Several drones were seen.", "Several drones", 3, None, "{drone}", True),
    ("A handful of men were seen.", "A handful of men", 2, None, "{man}", True),
    ("Several hundred drones arrived.", "Several hundred drones", 300, None, "{drone}", True),
    ("It bought two hundred and fifty trucks.", "two hundred and fifty trucks", 250, 250, "{truck}", False),
    ("It weighs one and a half tons.", "one and a half tons", 1.5, 1.5, "t", False),
    ("It paid €3.2bn for it.", "€3.2bn", 3.2e9, 3.2e9, "EUR", False),
    ("It earns US$5m a year.", "US$5m a year", 5e6, 5e6, "USD/a", False),
    ("It cost 5 million dollars.", "5 million dollars", 5e6, 5e6, "USD", False),
    ("Output fell three percentage points.", "three percentage points", 3, 3, "%{point}", False),
    ("Output fell 20 per cent.", "20 per cent", 20, 20, "%", False),
    ("It flies at Mach 5.5.", "Mach 5.5", 5.5, 5.5, "{Mach}", False),
    ("It flies at 180 km/h.", "180 km/h", 180, 180, "km/h", False),
    ("It fired 155mm shells.", "155mm", 155, 155, "mm", False),
    ("It has a 2,000-km range.", "2,000-km", 2000, 2000, "km", False),
    ("The tanker is of 105,000 dwt.", "105,000 dwt", 105_000, 105_000, "t{dwt}", False),
    ("The ship carries 8,000 TEU.", "8,000 TEU", 8000, 8000, "{TEU}", False),
    ("The ship did 14 knots.", "14 knots", 14, 14, "[kn_i]", False),
    ("The ship lay 12 nm off the coast.", "12 nm", 12, 12, "[nmi_i]", False),
    ("It bought a 7 nm chip.", "7 nm", 7, 7, "nm", False),
    ("It was 30 nm away.", "30 nm", 30, 30, "{nm}", False),
    ("It lay 12 nautical miles away.", "12 nautical miles", 12, 12, "[nmi_i]", False),
    ("It covers 300 hectares.", "300 hectares", 300, 300, "har", False),
    ("The engine gives 40 kN.", "40 kN", 40, 40, "kN", False),
    ("The engine gives 500 hp.", "500 hp", 500, 500, "[HP]", False),
    ("The radar works at 3 GHz.", "3 GHz", 3, 3, "GHz", False),
    ("Seven Chinese-made long-range drones came.",
     "Seven Chinese-made long-range drones", 7, 7, "{drone}", False),
    ("In Velmond 300 drones were sold.", "300 drones", 300, 300, "{drone}", False),
    ("In March 12 drones were delivered.", "12 drones", 12, 12, "{drone}", False),
    ("Output rose from 20 to 25 drones a month.", "25 drones a month", 25, 25, "{drone}/mo", False),
    ("It was handed over 20 drones.", "20 drones", 20, 20, "{drone}", False),
    ("It sought information about 20 drones.", "20 drones", 20, 20, "{drone}", False),
    ("It sold 1.200 drones.", "1.200 drones", None, None, "{drone}", False),
    ("It sold 1 200 drones.", "1 200 drones", None, None, "{drone}", False),
    ("It sold 1.200.000 shells.", "1.200.000 shells", 1_200_000, 1_200_000, "{shell}", False),
    ("It sold 10 000 rounds.", "10 000 rounds", 10_000, 10_000, "{round}", False),
    ("It sold 1,5 tonnes.", "1,5 tonnes", 1.5, 1.5, "t", False),
    ("It sent 12,000 155mm shells.", "12,000 155mm shells", 12_000, 12_000, "{shell}", False),
    ("Two Kezra-2 drones were seen.", "Two Kezra-2 drones", 2, 2, "{drone}", False),
    ("It produces 40 a month.", "40 a month", 40, 40, "1/mo", False),
    ("It has a crew of 12-member teams.", "12-member", 12, 12, "{member}", False),
]  # fmt: skip

NONE = [
    "It marked row 4 of the plan.",
    "T-72 tanks, S-300 batteries, an F-16 and an MQ-9 were seen.",
    "The G3 and the Kezra-2 were seen.",
    "Kezra 2 drones were seen.",
    "The 3D printer and the 747s were sold.",
    "Under Article 12 and Resolution 1929 it may act.",
    "It says so on page 30, section 4.",
    "It began at 14:30 and ended at 5 p.m.",
    "It won 3-1 and 2–0.",
    "The man is 34 years old, and a 12-year-old boy was held.",
    "A woman aged 29 was held.",
    "The war of 2019-2021 ended.",
    "In 2014 it was sold.",
    "It was sold on 12 March 2024.",
    "It was sold on March 12.",
    "It was sold on 9/11, as it is 24/7.",
    "Call +44 20 7946 0018 or 020-7946-0018.",
    "It was sold three days ago.",
    "The calibre is 12.7x108.",
    "A one-way ticket was sold.",
    "It lost two-thirds of it.",
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Read:
    def read(text: str) -> tuple[Quantity, ...]:
        doc = extractor.nlp(text)
        return quantities(Paragraph(0, 0, "paragraph", text, doc, ()), Span(0, len(text)))

    return read


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit", "approximate"), FIGURES, ids=[row[0] for row in FIGURES]
)
def test_a_figure_keeps_what_its_words_give(
    read: Read, text: str, words: str, low: float | None, high: float | None, unit: str, approximate: bool
) -> None:
    [figure] = read(text)
    assert figure.excerpt.text == words
    assert (figure.low, figure.high, figure.unit, figure.approximate) == (low, high, unit, approximate)


@pytest.mark.parametrize("text", NONE)
def test_labels_names_and_times_are_no_quantities(read: Read, text: str) -> None:
    assert read(text) == ()


def test_two_figures_of_one_noun_are_no_range(read: Read) -> None:
    assert [(one.value, one.unit) for one in read("It bought two and three ships.")] == [(3, "{ship}")]


@given(st.text(max_size=80))
def test_reading_a_number_never_raises(words: str) -> None:
    found = amount(words)
    assert found is None or found.low is None or found.high is None or found.low <= found.high


_PIECES = ["at least", "between", "and", "20", "1.200", "25 km", "dozens of", "$", "5m", "-", "to",
           "€3bn", "May",
           "drones", "a month", "or more", "Mach", "12/03/2024", "1 000", "half a dozen", "%", "hundred",
           "nm", "–"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=12).map(" ".join)


@given(TEXTS, TEXTS, TEXTS)
def test_figures_are_slices_with_ordered_bounds_and_nothing_outside_changes_them(
    before: str, content: str, after: str
) -> None:
    def read(text: str, start: int) -> list[Quantity]:
        # No parse: what is counted is the parser's to say, what the words say is not.
        paragraph = Paragraph(0, 0, "paragraph", text, BLANK(text), ())
        found = quantities(paragraph, Span(start, start + len(content)))
        for one in found:
            assert one.excerpt.stands_in(text)
            assert one.low is None or one.high is None or one.low <= one.high
        return [one for one in found if not one.unit.startswith("{")]

    def shown(found: list[Quantity], start: int) -> list[tuple[int, str, str]]:
        return [(one.excerpt.spans[0].start - start, one.excerpt.text, one.unit) for one in found]

    around = f"{before} {content} {after}"
    alone = shown(read(content, 0), 0)
    assert shown(read(around, len(before) + 1), len(before) + 1) == alone
