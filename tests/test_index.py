"""The index: it finds what the comparisons would, from memory and from files alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.alignment import Aligner, align, likeness
from secondsource.comparisons import THRESHOLD
from secondsource.index import Form, NameIndex, arrays_by_reading
from secondsource.index.lexicon import as_lines, learn, lexicon
from secondsource.index.links import LINKED
from secondsource.index.meeting import Cells, agreements
from secondsource.index.scoring import HINT, listed
from secondsource.index.tables import Postings, Strings, Sums, lines, of_lines
from secondsource.names import Name, parse

BODIES = ("Meldov Zavod", "Orlesk Zavod", "Tarvesk Zavod", "Venn Zavod")
FORMS = [
    Form(0, "GAVDOREN, Rustel", "Person"),
    Form(0, "GAVDOREFF, Rustl", "Person"),
    Form(1, "VANDERBILT ORVANE, Oswin", "Person"),
    Form(2, "GREY NESS", "Vessel"),
    *(
        Form(3 + at, name, "Company")
        for at, body in enumerate(BODIES)
        for name in (body, body.replace("Zavod", "Plant"))
    ),
    Form(7, "Harnsea Plant", "Company"),
    Form(8, "KANG, Chol Nam", "Person"),
]
text = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex.build(FORMS)


def first(index: NameIndex, name: str, schema: str | None = None) -> tuple[int, float]:
    (best, *_) = index.find(name, schema)
    return best.entry, best.comparison.score


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Rustel Gavdoren", 0),
        ("Rsutel Gavdroen", 0),
        ("Oswin Van der Bilt Orvane", 1),
        ("oswinvanderbilt orvane", 1),
        ("Gray Nes", 2),
        ("강철남", 8),
    ],
)
def test_a_name_is_found_under_another_spelling(index: NameIndex, name: str, entry: int) -> None:
    assert first(index, name)[0] == entry


def test_a_word_that_others_use_for_another_is_read_as_it(index: NameIndex) -> None:
    entry, score = first(index, "Harnsea Zavod", "Company")
    sentence = index.find("Harnsea Zavod", "Company")[0].comparison.sentence
    assert (entry, score > 0.9) == (7, True)
    assert sentence.endswith("“zavod” was read as “plant”, for which it stands in other entries.")


@pytest.mark.parametrize(
    ("name", "entry", "words"),
    [
        ("Gavdorenirustel", 0, "“gavdorenirustel” was read as “gavdoren rustel”"),
        ("Rustelfgavdoren", 0, "“rustelfgavdoren” was read as “rustel gavdoren”"),
        ("Rustel Kolvenn Gavdore", 0, ""),
        ("vanderbil torvane", 1, ""),
        ("Harnseamplant", 7, "“harnseamplant” was read as “harnsea plant”"),
        ("Harnseamplamt", 7, ""),
    ],
)
def test_a_space_that_was_lost_or_moved_is_put_in_its_place(
    index: NameIndex, name: str, entry: int, words: str
) -> None:
    (best, *_) = index.find(name)
    assert best.entry == entry
    assert words in best.comparison.sentence
    assert best.comparison.score < 1


def test_a_name_that_is_wholly_a_learned_translation_is_no_same_name(index: NameIndex) -> None:
    (best, *_) = NameIndex.build(
        [Form(0, "Zavod", "Company"), Form(0, "Plant", "Company"), *FORMS[4:12], Form(9, "Orvane", "Company")]
    ).find("Zavod Plant", "Company")
    assert best.comparison.score < 1


def test_a_legal_form_that_both_names_have_speaks_for_them() -> None:
    index = NameIndex.build([Form(0, "Tarvesk Arms OOO", "Company"), Form(1, "Tarvesk Arms", "Company")])
    (best, other) = index.find("Tarvesk Army LLC", "Company")
    assert (best.entry, other.entry) == (0, 1)
    assert best.comparison.sentence.endswith("Both are of the legal form limited.")


PETROVS = [
    Form(0, "Marel Gavdovich YANUSKOVEN", "Person"),
    Form(1, "Marel Marlevich GAVKOVICH", "Person"),
    Form(2, "Марел Гавдович ЯНУСК", "Person"),
    Form(3, "HARAZ TRADING COMPANY", "Company"),
]


def test_the_name_that_one_slip_makes_comes_first_and_it_is_said() -> None:
    (best, *_) = NameIndex.build(PETROVS).find("mmarel gavdovich", "Person")
    assert best.entry == 0  # before the same words in letters that nobody asked for
    assert best.comparison.sentence.endswith(" Letter by letter, words left out aside, one letter differs.")


def test_few_slips_carry_no_name_that_lacks_words_over_the_threshold() -> None:
    (*_, last) = NameIndex.build(PETROVS).find("Marel Gavdovich", "Person")
    assert (last.entry, 0.65 < last.comparison.score < HINT) == (1, True)
    assert last.comparison.sentence.endswith("one letter differs.")


def test_a_single_name_stays_a_hint_whatever_its_letters() -> None:
    (best, *_) = NameIndex.build(PETROVS).find("Yanuskoven", "Person")
    assert best.comparison.score < THRESHOLD
    assert "letter" not in best.comparison.sentence


def test_the_score_is_that_of_the_comparison(index: NameIndex) -> None:
    (found, *_) = index.find("Rustel Gavdorev", "Person")
    side = index.sides["Person"]
    asked, form = (parse(text, "Person") for text in ("Rustel Gavdorev", found.comparison.right))
    assert found.comparison.score == listed(asked, form, Aligner(side.reading.rarity)).score


def test_from_files_as_from_memory(index: NameIndex, tmp_path: Path) -> None:
    NameIndex.write(FORMS, tmp_path)
    opened = NameIndex.open(tmp_path)
    assert isinstance(opened.sides["Person"].reading._words.base, np.memmap)
    for name in ("Rustel Gavdorev", "Harnsea Zavod", "Orvane", "Nobody"):
        expected = [(one.entry, one.comparison) for one in index.find(name)]
        assert [(one.entry, one.comparison) for one in opened.find(name)] == expected
        assert [(one.entry, one.comparison) for one in opened.keep().find(name)] == expected


@given(text)
def test_any_text_is_looked_for(name: str) -> None:
    index = NameIndex.build(FORMS)
    assert all(0 <= found.comparison.score <= 1 for found in index.find(name))


@given(st.lists(st.sampled_from(["orlesk", "machine", "works", "yard", "velk"]), min_size=1, max_size=5))
def test_the_array_form_of_the_alignment_agrees_with_the_exact_one(one: list[str]) -> None:
    """For many pairs at once, of words that are the same or not alike."""
    others = [sorted(one), [*one[1:], "other"], ["none"]]
    told = [
        (pair, i, j, float(word == against), 1.0, 1.0)
        for pair, other in enumerate(others)
        for i, word in enumerate(one)
        for j, against in enumerate(other)
        if word == against
    ]
    cells = Cells(*(np.array(column) for column in zip(*told, strict=True)))
    found = agreements(cells, np.full(3, len(one)), np.array(list(map(len, others))))
    exact = [align(_named(one), _named(other), lambda word: 1.0).score for other in others]
    assert found == pytest.approx(exact)


def _named(words: list[str]) -> Name:
    return Name(" ".join(words), tuple(words))


NAMES = [
    "Rustel Gavdoren",
    "grey nes",
    "R. Gavdoren",
    "Orvane Vanderbilt",
    "강철남",
    "zavod meldov",
    "nobody at all",
]


def test_many_names_at_once_find_what_each_finds_alone(index: NameIndex) -> None:
    asked = [(name, schema) for name in NAMES for schema in (None, "Person", "Company")]
    together = index.find_all(asked * 9)
    assert together == [index.find(*one) for one in asked] * 9


def test_a_word_that_a_name_has_twice_meets_twice() -> None:
    index = NameIndex.build([*FORMS, Form(9, "Orvane ORVANE", "Person")])
    ((place, score), *_) = index.sides["Person"].reading.nearest_all([parse("Orvane Orvan", "Person")])[0]
    assert index.sides["Person"].form(place).text == "Orvane ORVANE"
    assert score > 0.88  # 0.7 with one of them left over


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]))))
def test_strings_come_back_as_they_went_in(strings: list[str]) -> None:
    table = Strings.of(strings)
    assert list(table) == strings
    table.keep()
    assert list(table) == strings
    with pytest.raises(IndexError):
        table[len(strings)]


def test_postings_give_the_items_of_a_key() -> None:
    postings = Postings.of(np.array([7, 3, 7], np.uint32), np.array([0, 1, 2], np.int32))
    found = [postings.find_all([key]) for key in (3, 7, 8)]
    assert [[each.tolist() for each in items] for items in found] == [[[1]], [[0, 2]], []]
    each = postings.find_each([[7, 8, 3], [], [3]])
    assert [[items.tolist() for items in found] for found in each] == [[[0, 2], [1]], [], [[1]]]


@given(st.lists(st.tuples(st.integers(0, 99), st.floats(0.1, 1)), max_size=60))
def test_sums_are_the_same_over_a_short_table_and_a_long_one(rows: list[tuple[int, float]]) -> None:
    places, worth = np.array([at for at, _ in rows], np.int32), np.array([each for _, each in rows])
    short, long = Sums(100).of(places, worth), Sums(100_000).of(places, worth)
    assert [column.tolist() for column in short] == [column.tolist() for column in long]


def test_a_lexicon_is_learned_from_several_entries_and_kept() -> None:
    entries = [[parse(body), parse(body.replace("Zavod", "Plant"))] for body in BODIES]
    learned = learn(entries)
    assert learned["zavod"] == ("plant",)
    assert lexicon(as_lines(learned)) == learned
    assert learn(entries[:1]) == {}
    assert lines(of_lines([])) == []


def test_a_rare_word_weighs_more_than_a_common_one_and_a_kind_of_body_least() -> None:
    stars = [Form(at, f"Star {word}", "Company") for at, word in enumerate(("Kupol", "Orlesk", "Trading"))]
    rarity = NameIndex.build(stars).sides["LegalEntity"].reading.rarity
    assert rarity("zvezda") == 1
    assert rarity("zvezda") >= rarity("kupol") > rarity("star") > 0
    assert rarity("trading") < rarity("kupol")
    assert rarity("tradign") == rarity("tradin") < rarity("zvezda")


@given(st.from_regex(r"[a-z]{1,9}|[0-9]{1,4}", fullmatch=True))
def test_words_are_as_alike_as_the_alignment_says(word: str) -> None:
    listed = ["gavdoren", "gavdoreff", "aleksandr", "oleksandr", "kim", "kam", "g", "136", "sergey"]
    forms = [Form(at, one, "Company") for at, one in enumerate(listed)]
    vocabulary = NameIndex.build(forms).sides["LegalEntity"].reading.vocabulary
    places, alike = vocabulary.alike(word)
    for at, score in zip(places.tolist(), alike.tolist(), strict=True):
        assert score == pytest.approx(max(likeness(word, vocabulary.words[at]), 0), abs=1e-6)


LISTED = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "GAVDOREN, Rustel",
                "ООО «Орлеск»",
                "Orlesk Machine Works LLC",
                "Tarvesk Trading House",
                "Orel",
                "Рустам Гаврилдов",
                "Grey Ness 2",
                "深圳博光电子科技有限公司",
                "Dr. Ana al-Tarveski",
            ]
        ),
        st.sampled_from(["Person", "Company", "Vessel"]),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=40)
@given(LISTED, LISTED)
def test_an_index_updated_from_the_one_before_is_the_one_built_anew(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    old = NameIndex.build(Form(at, *one) for at, one in enumerate(before))
    forms = [Form(at, *one) for at, one in enumerate(after)]
    updated, built = (dict(arrays_by_reading(forms, earlier)) for earlier in (old, None))
    assert updated.keys() == built.keys()
    for reading, arrays in built.items():
        for name, array in arrays.items():
            assert np.array_equal(array, updated[reading][name]), name


SHORT = NameIndex.build(
    [
        Form(0, "Meldov Oil Refining Company", "Company"),
        Form(1, "TARVENSA, C.A.", "Company"),
        Form(2, "Asterin Grain Venture Bank Ltd", "Company"),
        Form(3, "Harnsea Export Trust Limited", "Company"),
    ]
)


@pytest.mark.parametrize(
    ("name", "entry"),
    [("MELOREFCO", 0), ("Tarvesk Venn Sociedad, C.A.", 1), ("AGV Bank", 2)],
)
def test_a_body_is_found_by_a_short_form_and_by_what_it_stands_for(name: str, entry: int) -> None:
    assert first(SHORT, name, "Company")[0] == entry


def test_a_blend_says_what_it_is_made_of() -> None:
    found, *_ = SHORT.find("MELOREFCO", "Company")
    assert "is made of the beginnings of words of" in found.comparison.sentence
    assert "mel-o-ref-co" in found.comparison.sentence


LINKED_FORMS = [
    Form(0, "Harnsea Way Shipping", "Company"),
    Form(0, "Orlesk Marine Agency", "Company"),
    Form(1, "Shipping Harnsea Way", "Company"),
    Form(2, "GAVDOREN, Rustel", "Person"),
    Form(2, "Abu Talvenn", "Person"),
    Form(3, "Rustel GAVDOREN", "Person"),
]


@pytest.mark.parametrize(("name", "schema"), [("Orlesk Marine Agency", "Company"), ("Abu Talvenn", "Person")])
def test_an_entry_that_shares_a_name_with_the_one_that_agrees_is_a_hint(name: str, schema: str) -> None:
    direct, led, *_ = NameIndex.build(LINKED_FORMS).find(name, schema)
    assert direct.comparison.score == 1
    assert led.comparison.score == LINKED < THRESHOLD
    assert f"“{name}” is no name of this entry" in led.comparison.sentence
    assert led.entry == direct.entry + 1


def test_a_common_name_leads_nowhere() -> None:
    forms = [Form(at, "Oswin Talvenn", "Person") for at in range(30)] + [Form(0, "Abu Gavdoren", "Person")]
    assert [found.entry for found in NameIndex.build(forms).find("Abu Gavdoren", "Person")] == [0]


def test_what_is_led_to_is_of_the_kind_that_is_asked_for() -> None:
    forms = [*LINKED_FORMS[:2], Form(1, "Shipping Harnsea Way", "Vessel")]
    assert [found.entry for found in NameIndex.build(forms).find("Orlesk Marine Agency", "Company")] == [0]


def test_a_name_of_the_same_consonants_is_found_however_its_words_are_joined() -> None:
    forms = [Form(0, "EMMA TOL TALVENN", "Company")] + [
        Form(1 + at, f"Talvenn {one}{other}", "Company")
        for at, (one, other) in enumerate((a, b) for a in "bdgklmnprst" for b in "aeiou" * 2)
    ]
    assert first(NameIndex.build(forms), "Imatel Tolvanne", "Company")[0] != 0
    assert first(NameIndex.build(forms), "Imatol Tulvinn", "Company")[0] == 0


def test_of_equal_names_the_one_that_is_listed_so_as_a_whole_comes_first(tmp_path: Path) -> None:
    forms = [Form(0, "Meldov Oil Council", "Company", part=True), Form(1, "Meldov Oil Council", "Company")]
    NameIndex.write(forms, tmp_path)
    for index in (NameIndex.build(forms), NameIndex.open(tmp_path)):
        assert [found.entry for found in index.find("Meldov Oil Council", "Company")] == [1, 0]
        assert list(index.sides["LegalEntity"].forms()) == forms
