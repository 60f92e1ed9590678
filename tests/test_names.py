"""Names: one alphabet, and what in a name names anyone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource import names
from secondsource.names import parse

TEXT = st.text(max_size=40)


@given(TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = names.normalise(text)
    assert names.normalise(once) == once
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert once == " ".join(once.split())


@given(TEXT, st.sampled_from([None, "Person", "Company", "Vessel"]))
def test_any_text_can_be_taken_apart(text: str, schema: str | None) -> None:
    name = parse(text, schema)
    assert all(token and " " not in token for token in name.tokens)
    assert bool(name.tokens) == bool(names.normalise(text[: names.LONGEST]))
    assert names.acronyms(name) is not None


@given(TEXT)
def test_a_skeleton_has_no_vowel_but_a_leading_one(text: str) -> None:
    for word in names.normalise(text).split():
        assert not set(names.skeleton(word)[1:]) & set("aeiou")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ИЭМЗ «Купол»", "iemz kupol"),
        ("Київ", "kyiv"),
        ("Їжакевич Иван", "yizhakevych yvan"),
        ("Зеленський", "zelenskiy"),
        ("Сяргей Ўладзіміраў Гара", "syarhey uladzimirau hara"),
        ("محمد بن سلمان", "mhmd bn slman"),
        ("العجلان", "al ajlan"),
        ("يوسف وليد", "yusf wlid"),
        ("Vučić", "vucic"),
        ("Straße Ærø", "strasse aero"),
        ("Al-Qa’ida", "al qaida"),
        ("Russia's defence ministry", "russia defence ministry"),
        ("AT&T", "at and t"),
        ("Ｋｕｐｏｌ", "kupol"),
        ("\u200eKupol\u200f", "kupol"),
        ("😀 — !", ""),
    ],
)
def test_every_script_comes_to_one_alphabet(text: str, written: str) -> None:
    assert names.normalise(text) == written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("yevgeny", "ievgenii"),
        ("mohammed", "mohamed"),
        ("shcherbakov", "scherbakov"),
        ("sergej", "sergey"),
        ("gavrojev", "gavroyev"),
        ("waleed", "valed"),
        ("aleksei", "alexei"),
        ("khamenei", "hamenei"),
    ],
)
def test_transliterations_of_one_word_fold_alike(one: str, other: str) -> None:
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("naghdi", "naqdi"),
        ("tsarev", "zarev"),
        ("yakov", "iakov"),
        ("husayn", "hussein"),
        ("abdulla", "abdullah"),
    ],
)
def test_their_consonants_are_the_same(one: str, other: str) -> None:
    assert names.skeleton(one) == names.skeleton(other)


@pytest.mark.parametrize(
    ("text", "tokens", "titles"),
    [
        ("IVANOV, Gen. Ivan", ("ivan", "ivanov"), {"gen"}),
        ("Deputy Prime Minister Ivan Petrov Jr.", ("ivan", "petrov"), {"deputy", "prime", "minister", "jr"}),
        ("HAMAD, Brigadier General Salah", ("salah", "hamad"), {"brigadier", "general"}),
        ("Captain", ("captain",), set()),
        ("JOHNSON, Prince", ("prince", "johnson"), set()),
        ("DE LA CRUZ, Juan", ("juan", "de", "la", "cruz"), set()),
        ("Dr", ("dr",), set()),
    ],
)
def test_titles_are_told_from_names(text: str, tokens: tuple[str, ...], titles: set[str]) -> None:
    name = parse(text, "Person")
    assert (name.tokens, set(name.titles)) == (tokens, titles)


@pytest.mark.parametrize(
    ("text", "tokens", "forms"),
    [
        ("АО «Купол»", ("kupol",), ("joint-stock",)),
        ("Акционерное Общество «Купол»", ("kupol",), ("joint-stock",)),
        ("Общество с ограниченной ответственностью «Купол»", ("kupol",), ("limited",)),
        ("KUPOL, S.A. DE C.V.", ("kupol",), ("joint-stock",)),
        ("Kupol L.L.C.", ("kupol",), ("limited",)),
        ("Kupol Co., Ltd.", ("kupol",), ("limited",)),
        ("Kupol GmbH & Co. KG", ("kupol",), ("limited",)),
        ("Kupol limietd", ("kupol",), ("limited",)),
        ("Obshchestvo s ogranichenoi otvetstvennostiu Kupol", ("kupol",), ("limited",)),
        ("Kupolltd", ("kupol",), ("limited",)),
        ("Таварыства з абмежаванай адказнасцю «Купол»", ("kupol",), ("limited",)),
        ("Товариство з обмеженою відповідальністю «Купол»", ("kupol",), ("limited",)),
        ("BORISAT KUPOL CHAMKAT", ("kupol",), ("limited", "company")),
        ("LLCKupol", ("kupol",), ("limited",)),
        ("Joint stock companykupol", ("kupol",), ("joint-stock",)),
        ("Obschestvo sogranichennoi otvetstvennostyu Kupol", ("kupol",), ("limited",)),
        ("Общество C ограниченной ответственностью «Купол»", ("kupol",), ("limited",)),
        ("Aktsionernoye obschestvo Kupol", ("kupol",), ("joint-stock",)),
        ("The Companykupol", ("companykupol",), ()),
        ("Kupol Ltd Liability Company", ("kupol",), ("limited",)),
        ("Kupol Sociedad Limitada", ("kupol",), ("limited",)),
        ("Unlimited Kupol", ("unlimited", "kupol"), ()),
        ("Kupol zinc", ("kupol", "zinc"), ()),
        ("The Company", ("the", "company"), ("company",)),
        ("SA", ("sa",), ()),
        ("Pat Metals", ("pat", "metals"), ()),
        ("武汉高芯科技有限公司", ("wuhan", "gaoxin", "keji"), ("limited",)),
    ],
)
def test_legal_forms_are_told_from_names(text: str, tokens: tuple[str, ...], forms: tuple[str, ...]) -> None:
    name = parse(text, "Company")
    assert (name.tokens, name.forms) == (tokens, forms)


def test_an_office_is_named_after_its_state_in_any_grammar() -> None:
    written = {
        "Russian Ministry of Defense",
        "Russia's defence ministry",
        "Ministry of Defence of the Russian Federation",
    }
    assert {parse(text, "PublicBody").key for text in written} == {"defense ministry russia"}


def test_a_listed_order_is_kept_beside_the_spoken_one() -> None:
    name = parse("NASSER, Wafiq", "Person")
    assert (name.joined, name.listed) == ("wafiqnasser", "nasserwafiq")


@pytest.mark.parametrize(
    ("text", "numbers"), [("Shahed-136", {"136"}), ("Kezra II", {"2"}), ("Fund 007", {"7"}), ("Kupol", set())]
)
def test_numerals_are_part_of_a_name(text: str, numbers: set[str]) -> None:
    assert parse(text).numbers == numbers


def test_acronyms_come_with_the_small_words_and_without() -> None:
    assert {"iiss", "iifss"} <= names.acronyms(parse("International Institute for Strategic Studies"))
    assert "nsc" in names.acronyms(parse("National Security Council"))
    assert not names.acronyms(parse("Kupol"))


def test_acronyms_come_with_the_legal_form_and_without() -> None:
    assert "gaasa" in names.acronyms(parse("GRUPO DE ANDRESA ACUNIA S.A."))
    assert "korm" in names.acronyms(parse("АО «Корпорация Орлеск Ракетные Моторы»"))
    assert "ptc" in names.acronyms(parse("Petrel Tarvesk Company FZE"))


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (
            "Rustel (a.k.a. Roustel, Rostel) GAVDOREN",
            ("Rustel GAVDOREN", "Roustel GAVDOREN", "Rostel GAVDOREN"),
        ),
        ("Rustel Gavdoren (alias Oswin Venn)", ("Rustel Gavdoren", "Oswin Venn")),
        ("TARVESK a.k.a. TARVIESK", ("TARVESK", "TARVIESK")),
        ("f.k.a.: Orlesk Works", ("Orlesk Works",)),
        ("Alka Venn (Orlesk)", ("Alka Venn",)),
        ("Aka Venn", ("Venn",)),
        ("a.k.a.", ()),
    ],
)
def test_a_listed_name_holds_other_names(text: str, others: tuple[str, ...]) -> None:
    assert names.names_in(text) == (text, *others)


@given(st.text(st.sampled_from("aku. (),;:'RV"), max_size=40))
def test_every_name_that_a_listed_name_holds_can_be_taken_apart(text: str) -> None:
    assert names.names_in(text)[0] == text
    assert all(parse(other, "Person").text == other.strip() for other in names.names_in(text))


@pytest.mark.parametrize("text", ["None", "N/A", "n.a.", "unknown", "", "😀", "---", "NULL"])
def test_an_empty_cell_names_nobody(text: str) -> None:
    assert names.is_nothing(text)


@pytest.mark.parametrize(
    ("text", "points"), [("the company", True), ("its", True), ("The Kupol company", False)]
)
def test_a_pointer_is_no_name(text: str, points: bool) -> None:
    assert names.is_pointer(text) is points


def test_kinds_that_can_be_one() -> None:
    assert names.same_kind("Company", "PublicBody")
    assert names.same_kind("LegalEntity", "Person")
    assert names.same_kind("Thing", "Vessel")
    assert not names.same_kind("Company", "Person")
    assert not names.same_kind("Vessel", "Airplane")


def test_a_name_is_looked_at_up_to_a_limit() -> None:
    assert parse("a" * 10_000).joined == "a" * names.LONGEST


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("김철남", "kim chol nam"),
        ("영호 김", "yong ho kim"),
        ("رحمت الله", "rhmtullah"),
        ("عبد الرحمن", "abdul rhmn"),
        ("محمدﻯ", "mhmdi"),
    ],
)
def test_names_of_korea_and_arabia_are_spelled_as_lists_spell_them(written: str, spelled: str) -> None:
    assert names.normalise(written) == spelled


@given(st.lists(st.text("aeioujhkscdztgpqwxyn1", max_size=9), max_size=8))
def test_words_folded_together_are_folded_as_each_alone(words: list[str]) -> None:
    alone = [names.remember([word]) for word in words]
    folds, bones = names.remember(words)
    assert (folds, bones) == ([one[0] for one, _ in alone], [one[0] for _, one in alone])
    assert folds == [names.fold(word) for word in words]
    assert bones == [names.skeleton(word) for word in words]


@pytest.mark.parametrize(
    ("written", "meant", "left_out", "count"),
    [
        ("marel gavdoren", "marel gavdoren", (), 0),
        ("gavdoren marel", "marel gavdoren", (), 0),
        ("marel gavdroen", "gavdoren marel orvan", ("orvan",), 1),
        ("marelgavdoren", "marel gavdoren", (), 1),
        ("marel gvdorenn", "marel gavdoren", (), 2),
        ("mrl gvdorenn", "marel gavdoren", (), None),
        ("marl", "marel", (), None),
        ("marel", "marel gavdoren", (), None),
    ],
)
def test_few_slips_are_counted(
    written: str, meant: str, left_out: tuple[str, ...], count: int | None
) -> None:
    assert names.slips(written, meant, left_out) == count


def test_un_is_the_united_nations_at_the_head_of_a_name_only() -> None:
    assert parse("UN Mission", "Organization").tokens == ("united", "nations", "mission")
    assert parse("KANG UN SAN", "Vessel").tokens == ("kang", "un", "san")


def test_acronyms_leave_out_brackets_elisions_and_the_second_half_of_a_word() -> None:
    assert "tpv" in names.acronyms(parse("Tous pour la Paix de Venn (NGO)"))
    assert "mogc" in names.acronyms(parse("Meldov-tarvesk Oil & Gas Company"))


@pytest.mark.parametrize(
    ("short", "long", "pieces"),
    [
        ("MELOREFCO", "Meldov Oil Refining Company", ("mel", "o", "ref", "co")),
        ("TARVENSA", "Tarvesk y Venn, S.A.", ("tar", "ven", "s", "a")),
        ("ORLINMET", "Orlesk Industries of Metal", ("orl", "in", "met")),
    ],
)
def test_a_blend_shows_the_words_it_is_made_of(short: str, long: str, pieces: tuple[str, ...]) -> None:
    share, found = names.shown(parse(short), parse(long))
    assert (share, found) == (1.0, pieces)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("MELOREFCO", "Refining Company Meldov Oil"),  # not in their order
        ("MELDOV", "Meldov Oil Refining Company"),  # one word, and no more
        ("MOR", "Meldov Oil Refining"),  # too short to be more than first letters
        ("HARVENN", "Meldov Oil Refining Company"),
    ],
)
def test_no_blend_where_the_words_do_not_begin_so(short: str, long: str) -> None:
    assert names.shown(parse(short), parse(long)) == (0.0, ())


def test_a_row_of_spellings_is_told_from_a_family_name_and_a_given_one() -> None:
    assert names.spellings("Talvour, Talvur, Talvoor") == ("Talvour", "Talvur", "Talvoor")
    assert names.spellings("al-Gavdoren, al-Gavdoran") == ("al-Gavdoren", "al-Gavdoran")
    assert not names.spellings("AHMAD, Ahmed")
    assert not names.spellings("GAVDOREN, Rustel")
    assert "Talvoor" in names.names_in("Talvour, Talvur, Talvoor")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Meldov (Talvenn) Oil Industries", "Meldov Oil Industries"),
        ("Rustel GAVDOREN / Rustl Gavdorin", "Rustl Gavdorin"),
    ],
)
def test_a_listed_name_is_also_known_without_brackets_and_by_each_side_of_a_slash(
    text: str, name: str
) -> None:
    assert names.names_in(text)[0] == text
    assert name in names.names_in(text)


def test_brackets_that_leave_one_word_leave_the_name_as_it_is() -> None:
    assert names.names_in("Meldov (Venn)") == ("Meldov (Venn)",)
