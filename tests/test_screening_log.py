"""What was screened is kept, repeated, judged, and done again when a list changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from list_samples import sample
from secondsource.cli.prose import changed_lines
from secondsource.desk import Desk
from secondsource.desk.lists import Stated
from secondsource.errors import ListError, NotFound, ReadError, SecondSourceError
from secondsource.index import Form
from secondsource.listing import stale
from secondsource.model import Designation
from secondsource.names import normalise
from secondsource.screen import expected
from secondsource.screen.in_text import TextScreener, spell
from secondsource.screen.negatives import invented
from secondsource.screen.qualifiers import Qualifiers, weigh

SIMPLE = "id,name,schema\n1,Rustel Gavdoren,Person\n2,Orlesk Machine Works,Company\n"
OTHER = "id,name,schema\n1,Rustel Gavdoren,Person\n3,Tarvesk Foundry,Company\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "mine.csv").write_text(SIMPLE)
    desk = Desk(tmp_path / "case")
    desk.add_list(tmp_path / "mine.csv")
    return desk


def matched(desk: Desk, name: str) -> list[str]:
    return [match.designation.id for match in desk.screen(name).results if match.match]


def test_a_screening_is_kept_with_all_it_takes_to_repeat_it(desk: Desk) -> None:
    made = desk.screen("Rustel Gavdorev", threshold=0.6, qualifiers=Qualifiers(("1961",)))
    (kept,) = desk.screenings()
    assert kept == made
    assert (kept.threshold, kept.limit, kept.birth_dates, bool(kept.algorithm)) == (0.6, 5, ("1961",), True)
    assert kept.lists == tuple(desk.lists())


def test_a_replay_gives_the_same_answer_from_the_same_editions(desk: Desk, tmp_path: Path) -> None:
    made = desk.screen("Orlesk Machine Works")
    (tmp_path / "mine.csv").write_text(OTHER)
    desk.add_list(tmp_path / "mine.csv")
    assert matched(desk, "Orlesk Machine Works") == []
    replay = desk.replay(made.id)
    assert replay.same
    assert replay.again is not None
    assert replay.again.results == made.results


def test_a_replay_says_which_list_is_gone(desk: Desk, tmp_path: Path) -> None:
    made = desk.screen("Orlesk Machine Works")
    desk.store().blobs.path(made.lists[0].sha256).unlink()
    (tmp_path / "mine.csv").write_text(OTHER)
    desk.add_list(tmp_path / "mine.csv")
    replay = desk.replay(made.id)
    assert (replay.again, replay.same) == (None, False)
    assert replay.gone[0].startswith("The list mine of ")
    with pytest.raises(NotFound):
        desk.replay("s-nothing")


def test_a_decision_is_obeyed_and_said(desk: Desk) -> None:
    assert matched(desk, "Rustel Gavdoren") == ["1"]
    desk.judge_match("Rustel Gavdoren", "mine", "1", "negative", reason="born elsewhere", by="Ana")
    (match,) = [one for one in desk.screen("rustel  GAVDOREN").results if one.designation.id == "1"]
    assert (match.match, match.judgement) == (False, "negative")
    assert "Ana decided on" in match.reasons[-1]
    assert "born elsewhere" in match.reasons[-1]
    desk.judge_match("Rustel Gavdoren", "mine", "1", "positive", by="Ana")
    again = Desk(desk.path)
    assert matched(again, "Rustel Gavdoren") == ["1"]
    assert [one.decision for one in again.match_judgements()] == ["negative", "positive"]


def test_what_is_no_decision_or_no_entry_is_refused(desk: Desk) -> None:
    with pytest.raises(SecondSourceError, match="no decision"):
        desk.judge_match("Rustel Gavdoren", "mine", "1", "guilty")
    with pytest.raises(NotFound):
        desk.judge_match("Rustel Gavdoren", "mine", "99", "negative")


def test_screenings_and_decisions_stand_in_the_ledger(desk: Desk) -> None:
    desk.screen("Rustel Gavdoren")
    desk.judge_match("Rustel Gavdoren", "mine", "1", "unsure")
    kinds = [entry.fields["kind"] for entry in desk.store().ledger.entries()]
    assert kinds[-2:] == ["screening", "match-judgement"]
    assert len(list(desk.store().ledger.entries("match-judgement"))) == 1


def test_screening_again_reports_only_what_changed(desk: Desk, tmp_path: Path) -> None:
    for name in ("Rustel Gavdoren", "Orlesk Machine Works", "Tarvesk Foundry"):
        desk.screen(name)
    assert list(desk.rescreen()) == []
    (tmp_path / "mine.csv").write_text(OTHER)
    desk.add_list(tmp_path / "mine.csv")
    assert [now.query for _, now in desk.rescreen()] == ["Orlesk Machine Works", "Tarvesk Foundry"]
    assert list(desk.rescreen()) == []


def test_a_name_with_another_birth_date_is_asked_again_too(desk: Desk, tmp_path: Path) -> None:
    desk.screen("Orlesk Machine Works")
    desk.screen("Orlesk Machine Works", qualifiers=Qualifiers((), ("Drovia",)))
    (tmp_path / "mine.csv").write_text(OTHER)
    desk.add_list(tmp_path / "mine.csv")
    assert [now.countries for _, now in desk.rescreen()] == [(), ("Drovia",)]


def test_what_changed_is_said_entry_by_entry(desk: Desk, tmp_path: Path) -> None:
    desk.screen("Orlesk Machine Works")
    desk.screen("Tarvesk Foundry")
    (tmp_path / "mine.csv").write_text(OTHER)
    desk.add_list(tmp_path / "mine.csv")
    said = [line.text for before, now in desk.rescreen() for line in changed_lines(before, now)]
    assert "no potential match any more: Orlesk Machine Works · mine 2" in said
    assert said[said.index("new:") + 1] == "1.00 Tarvesk Foundry · mine 3 · potential match"


def test_a_list_is_compared_under_the_name_it_has_in_the_case(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "of-march.csv").write_text(OTHER)
    with pytest.raises(NotFound, match="in force: mine"):
        desk.list_diff(tmp_path / "of-march.csv")
    _, changes = desk.list_diff(tmp_path / "of-march.csv", "mine")
    assert [[entry.id for entry in side] for side in changes[:2]] == [["3"], ["2"]]
    assert changes.altered == ()
    with pytest.raises(ReadError, match="No such file"):
        desk.list_diff(tmp_path / "nothing.csv")


def test_a_list_update_reads_what_changed_and_keeps_what_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    assert [after for _, after in desk.update_lists()] == ["unchanged"]
    (tmp_path / "mine.csv").write_text("id,name\n")
    ((_, reason),) = desk.update_lists()
    assert "without a single entry" in str(reason)
    assert matched(desk, "Orlesk Machine Works") == ["2"]
    (tmp_path / "mine.csv").write_text(OTHER)
    assert len(list(desk.update_lists())) == 1
    assert matched(desk, "Orlesk Machine Works") == []


def test_a_diff_says_what_came_went_and_was_altered(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(OTHER.replace("Rustel", "Rustl"))
    _, changes = desk.list_diff(tmp_path / "mine.csv")
    assert [[entry.id for entry in side] for side in changes[:2]] == [["3"], ["2"]]
    assert [after.name for _, after in changes.altered] == ["Rustl Gavdoren"]


def test_a_delta_changes_the_list_of_its_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "case")
    (tmp_path / "entities.delta.json").write_text(sample("entities.delta.json"))
    (tmp_path / "drv.ftm.json").write_text(sample("drv.ftm.json"))
    desk.add_list(tmp_path / "drv.ftm.json")
    with pytest.raises(ListError, match="--name"):
        desk.add_list(tmp_path / "entities.delta.json")
    edition = desk.add_list(tmp_path / "entities.delta.json", stated=Stated(name="drv"))
    assert (edition.designations, matched(desk, "Grey Ness")) == (2, ["x-9"])
    assert matched(desk, "Orlesk Machine Works") == []


def test_a_list_is_stale_when_it_is_older_than_its_rhythm(desk: Desk, tmp_path: Path) -> None:
    assert stale(desk.lists()[0]) is None
    edition = desk.add_list(
        tmp_path / "mine.csv", stated=Stated(published="2025-01-01", rhythm=7, licence="ours")
    )
    assert edition.licence == "ours"
    assert stale(edition, datetime(2025, 1, 8, tzinfo=UTC)) is None
    assert "30 days old" in str(stale(edition, datetime(2025, 1, 31, tzinfo=UTC)))


def test_the_index_is_made_once_and_used_by_the_next_desk(desk: Desk) -> None:
    desk.screen("Rustel Gavdoren")
    (made,) = (desk.path / "index").iterdir()
    stamp = made.stat().st_mtime_ns
    assert matched(Desk(desk.path), "Rustel Gavdoren") == ["1"]
    assert [one.stat().st_mtime_ns for one in (desk.path / "index").iterdir()] == [stamp]


def test_false_alarms_are_measured_on_invented_people(desk: Desk) -> None:
    assert list(invented(3)) == list(invented(3))
    assert 0 <= desk.false_alarms(0.7) <= 10_000
    assert expected([0.9, 0.8, 0.1, 0.0], 0.8) == 5_000


ENTRY = Designation(
    "1",
    "mine",
    "Rustel Gavdoren",
    "Person",
    countries=("Russian Federation",),
    birth_dates=("1961-03-02",),
    identifiers=("DV 40718",),
)


@pytest.mark.parametrize(
    ("known", "lifts", "said"),
    [
        (Qualifiers(("1961-03-02",)), True, "Both were born on 1961-03-02."),
        (Qualifiers(("1961",)), True, "as far as they go"),
        (Qualifiers(("1975",)), False, "differ by 14 years"),
        (Qualifiers(("2090",)), False, "differ by 129 years"),
        (Qualifiers(("1961-03",)), True, "as far as they go: 1961-03 and 1961-03-02"),
        (Qualifiers(("1961-04",)), False, "near and not the same"),
        (Qualifiers(("banana", "2.3.1961")), True, "Both were born on 1961-03-02."),
        (Qualifiers((), ("ru",)), True, "The country is the same: Russia."),
        (Qualifiers((), ("Russian, Kuwaiti",)), True, "The country is the same: Russia."),
        (Qualifiers((), ("Kuwait",)), False, "The countries differ: Kuwait and Russia."),
        (Qualifiers((), (), ("dv-40718",)), True, "The identifier DV 40718 is the same."),
    ],
)
def test_a_qualifier_lifts_or_lowers_and_says_so(known: Qualifiers, lifts: bool, said: str) -> None:
    weighed = weigh(0.8, known, ENTRY)
    assert (weighed.score > 0.8) == lifts
    assert 0 <= weighed.score <= 1
    assert said in weighed.reasons[0]


def test_qualifiers_of_one_side_do_nothing() -> None:
    assert weigh(0.8, Qualifiers(), ENTRY) == (0.8, ())
    assert weigh(0.8, Qualifiers(("banana",)), ENTRY) == (0.8, ())


FORMS = [
    Form(0, "GAVDOREN, Rustel", "Person"),
    Form(0, "OREL", "Person"),
    Form(1, "Orlesk Machine Works", "Company"),
    Form(2, "Trading Services", "Company"),
    Form(3, "Рустам Гаврилдов", "Person"),
]


def test_listed_names_are_found_in_a_text_with_their_places() -> None:
    text = "Rustel Gavdoren (“Orel”), of ORLESK’S rival, met «Orlesk Machine Works» and Рустам Гаврилдов."
    hits = TextScreener.of(FORMS).find(text)
    assert [(hit.text, hit.entry) for hit in hits] == [
        ("Rustel Gavdoren", 0),
        ("Orel", 0),
        ("Orlesk Machine Works", 1),
        ("Рустам Гаврилдов", 3),
    ]
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


def test_a_single_or_common_name_needs_support() -> None:
    assert TextScreener.of(FORMS).find("Orel is a city; trading services there sell fish.") == []
    assert TextScreener.of([]).find("Rustel Gavdoren") == []


def test_an_entry_that_lists_two_spellings_is_one_hit() -> None:
    spellings = [Form(0, "KANG, Chol Nam", "Person"), Form(0, "Kang Chol-Nam", "Person")]
    (hit,) = TextScreener.of(spellings).find("Officials met Kang Chol Nam.")
    assert (hit.text, hit.entry) == ("Kang Chol Nam", 0)


def test_spelling_keeps_the_place_of_each_word() -> None:
    text = "  Ёлка — and\n«Tarvesk»!"
    spelled = spell(text)
    assert [text[start:end] for start, end in spelled.places] == ["Ёлка", "and", "Tarvesk"]
    assert spelled.words == (normalise("Ёлка"), "and", "tarvesk")
