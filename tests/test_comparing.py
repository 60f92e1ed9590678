"""`secondsource compare`, words of two alphabets, and words of one meaning in two languages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource import names
from secondsource.cli import run
from secondsource.comparisons import THRESHOLD, compare, explain
from secondsource.names.scripts import mixed, unmixed


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert run(["compare", *arguments, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_a_comparison_is_a_score_with_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "Yuri Petrov", "PETROV, Yury", "--schema", "Person")
    assert found["score"] == compare("Yuri Petrov", "PETROV, Yury", "Person").score
    assert found["threshold"] == THRESHOLD
    assert found["match"] is True
    sentences = found["sentences"]
    assert isinstance(sentences, list)
    assert "yuri met yury" in sentences[0]
    assert "to be checked" in sentences[-1]


def test_for_people_the_score_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "Kupol", "Garpiya"]) == 0
    score, *sentences = capsys.readouterr().out.splitlines()
    assert float(score) < THRESHOLD
    assert "no potential match" in sentences[-1]


@pytest.mark.parametrize("name", ["", "😀", "—", "a" * 10_000])
def test_what_is_no_name_is_one_clear_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", name, "Kupol"]) == 1
    captured = capsys.readouterr()
    assert not captured.out
    assert len(captured.err.splitlines()) == 1


def test_an_unknown_kind_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "a", "b", "--schema", "Dragon"]) == 1
    assert "known are Person" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "read"),
    [("Кupol", "Kupol"), ("Сupol", "Cupol"), ("Kупол", "Купол"), ("Рetrov", "Petrov"), ("Ζala", "Zala")],
)
def test_a_word_of_two_alphabets_is_read_as_it_looks_and_said_to_be_odd(text: str, read: str) -> None:
    assert mixed(text) == [text]
    assert unmixed(text) == read
    found, sentences = explain(text, read, "Company")
    assert found.score == 1
    assert any(f"“{text}” mixes" in sentence and read in sentence for sentence in sentences)


@pytest.mark.parametrize("text", ["Купол", "Kupol", "IEMZ Купол", "Οδυσσέας", "习近平", "136-Г"])
def test_a_word_of_one_alphabet_is_not_odd(text: str) -> None:
    assert names.warnings(text) == []
    assert unmixed(text) == text


@settings(deadline=None)
@given(st.text(alphabet="АВСЕКОРабвгдеKupolABCΩ -", max_size=20))
def test_reading_in_one_alphabet_is_done_once(text: str) -> None:
    assert unmixed(unmixed(text)) == unmixed(text)
    assert names.normalise(names.normalise(text)) == names.normalise(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Завод «Купол»", "Kupol Plant"),
        ("Ульяновский станкостроительный завод", "Ulyanovsk Machine Tool Plant"),
        ("JSC Murom Instrument-Making Plant", "Акционерное общество “Муромский приборостроительный завод”"),
        ("深圳博光电子科技有限公司", "Shenzhen Boguang Electronic Technology Co., Ltd"),
        ("IRISL MTI", "IRISL Maritime Training Institute"),
    ],
)
def test_bodies_are_found_under_the_meanings_of_their_names(one: str, other: str) -> None:
    found = compare(one, other, "Company")
    assert found.score >= THRESHOLD, found.sentence


@pytest.mark.parametrize(
    ("one", "other"),
    [("Завод «Купол»", "Kupol Bank"), ("Mirza Trading", "Global Trading"), ("Kupol Plant", "Garpiya Zavod")],
)
def test_a_meaning_makes_no_two_bodies_one(one: str, other: str) -> None:
    assert compare(one, other, "Company").score < THRESHOLD


def test_a_persons_name_means_nothing() -> None:
    assert "world" in names.meanings("mir")
    assert compare("Mir Petrov", "World Petrov", "Person").score < THRESHOLD


def test_every_row_of_meanings_is_well_formed() -> None:
    from secondsource.names.segments import table

    for row in table():
        english, _, others = row.partition(" =")
        assert english.isascii()
        assert english == english.lower()
        assert "," not in others


def test_the_folded_meanings_are_those_of_the_table() -> None:
    from secondsource.names.meanings import FOLDED, folded_rows
    from secondsource.names.segments import table

    assert list(table(FOLDED)) == folded_rows(), "meanings.txt changed: make the folded table anew"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("za rurah", "ZA'RURAH, Fadiyah"),
        ("محمدباقر قالیباف", "Mohammad Bagher Ghalibaf"),
        ("Yuriy Petrov", "Yuri Petrov"),
    ],
)
def test_words_written_together_meet(one: str, other: str) -> None:
    assert compare(one, other, "Person").score >= THRESHOLD
