"""Questions from claims: what belongs together, on how many origins it stands, who denies it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document, entity
from secondsource.corroborate import corroborate
from secondsource.corroborate.lexicon import lexicon
from secondsource.model import Claim, Document, Entity, Position, Question

SAID = "Orlan delivered drones to Varn"
FILLER = {
    "Harbour Wire": "Crews at the northern quay went home early because of the fog over the river.",
    "Quell Courier": "Elsewhere the town council argued until midnight about a new ferry landing.",
    "Varn Tribune": "A market in wool opened on the same day and drew farmers out of nine valleys.",
    "Lake Gazette": "Rain is expected by the weekend, and anglers are told to stay away from the upper weir.",
    "Hill Herald": "Nobody at the railway depot remembered a winter in which so many points had frozen shut.",
}

Reported = tuple[Document, list[Claim]]


def delivered(known: Document, source: str | None = None, kind: str = "outlet", **rest: Any) -> Claim:
    """The claim of ``known`` that Orlan delivered drones to Varn, given to ``source``."""
    return claim(known, SAID, source, kind, frame="Orlan deliver drones", names=("Orlan", "Varn"), **rest)


def reported(how: str, publisher: str, name: str = "", day: int = 1) -> Reported:
    """A short report by ``publisher`` that Orlan delivered drones to Varn, and its claim."""
    tail, source, kind = {
        "named": (f", said {name}", name, "person"),
        "papers": (f", according to documents reviewed by {publisher}", "documents", "document"),
        "unnamed": (", two officials said", "two officials", "anonymous"),
        "cites": (f", {name} reported", name, "outlet"),
        "own": ("", None, "outlet"),
    }[how]
    known = document(f"{SAID}{tail}. {FILLER.get(publisher, publisher)}", publisher, f"2025-06-{day:02}")
    via = (publisher,) if how == "papers" else ()
    return known, [delivered(known, source, kind, via=via)]


def said_no(publisher: str, source: str, kind: str = "person") -> Reported:
    known = document(f"{source} denied that {SAID}. {FILLER[publisher]}", publisher, "2025-06-20")
    return known, [delivered(known, source, kind, stance="denies")]


def entities(reports: Sequence[Reported]) -> list[Entity]:
    documents = tuple(known for known, _ in reports)
    return [entity("Orlan", documents=documents), entity("Varn", schema="Country", documents=documents)]


def ask(*reports: Reported, known: Sequence[Entity] = ()) -> list[Question]:
    claims = [each for _, claims in reports for each in claims]
    return corroborate([d for d, _ in reports], claims, [*entities(reports), *known])


def main(*reports: Reported, known: Sequence[Entity] = ()) -> tuple[Question, Position]:
    question = ask(*reports, known=known)[0]
    return question, question.positions[0]


# What stands on what


def test_copies_and_citations_of_one_report_are_one_origin() -> None:
    question, position = main(
        reported("papers", "Harbour Wire", day=1),
        reported("cites", "Quell Courier", "Harbour Wire", day=2),
        reported("cites", "Varn Tribune", "Quell Courier", day=3),
        reported("cites", "Lake Gazette", "Harbour Wire", day=3),
    )
    assert (position.n_min, position.n_max, len(position.reports)) == (1, 1, 4)
    assert position.origins[0].anchored
    assert "Harbour Wire" in position.origins[0].name
    assert question.status == "single-origin"
    assert any("carried by four reports" in reason for reason in position.reasons)


def test_two_outlets_with_papers_of_their_own_corroborate() -> None:
    question, position = main(reported("papers", "Harbour Wire"), reported("papers", "Quell Courier", day=2))
    assert (position.n_min, position.n_max, position.credibility) == (2, 2, 1)
    assert question.status == "corroborated"


def test_outlets_of_one_owner_are_two_origins_on_one_side() -> None:
    _, position = main(reported("papers", "Sky News"), reported("papers", "NBC News", day=2))
    assert (position.n_min, position.n_max, position.credibility) == (2, 2, 2)


def test_a_ring_of_citations_is_one_floating_origin() -> None:
    ring = ("Harbour Wire", "Quell Courier", "Varn Tribune")
    reports = [reported("cites", ring[n], ring[n - 1], day=1) for n in range(3)]
    _, position = main(*reports)
    assert (position.n_min, position.n_max) == (1, 1)
    assert not position.origins[0].anchored


def test_a_report_that_quotes_itself_adds_nothing() -> None:
    once = main(reported("papers", "Harbour Wire"), reported("own", "Quell Courier", day=2))[1]
    again = main(
        reported("papers", "Harbour Wire"), reported("cites", "Quell Courier", "Quell Courier", day=2)
    )[1]
    assert (once.n_min, once.n_max) == (again.n_min, again.n_max)


def test_an_outlet_named_like_a_person_is_an_outlet_where_it_is_cited_as_one() -> None:
    _, position = main(
        reported("cites", "Quell Courier", "Ines Vard", day=2),
        reported("cites", "Varn Tribune", "Ines Vard", day=3),
    )
    assert (position.n_min, position.n_max, position.origins[0].anchored) == (1, 1, False)


def test_one_speaker_in_many_papers_is_one_origin() -> None:
    reports = [reported("named", publisher, "Ines Vard", day) for day, publisher in enumerate(FILLER, 1)]
    _, position = main(*reports)
    assert (position.n_min, position.n_max, len(position.reports)) == (1, 1, 5)


def test_an_unknown_source_is_undetermined_and_says_why() -> None:
    _, position = main(reported("papers", "Harbour Wire"), reported("own", "Quell Courier", day=2))
    assert (position.n_min, position.n_max) == (1, 2)
    floating = position.origins[1]
    assert not floating.anchored
    assert "Quell Courier" in floating.undetermined[0].why


def test_unnamed_sources_alone_are_one_floating_origin() -> None:
    _, position = main(reported("unnamed", "Harbour Wire"))
    assert (position.n_min, position.n_max, position.credibility) == (1, 1, 6)
    assert not position.origins[0].anchored


def test_two_documents_that_cite_each_other_are_one_floating_origin() -> None:
    _, position = main(
        reported("cites", "Harbour Wire", "Quell Courier"), reported("cites", "Quell Courier", "Harbour Wire")
    )
    assert (position.n_min, position.n_max) == (1, 1)
    assert not position.origins[0].anchored


def test_the_same_sentence_given_to_two_speakers_is_one_utterance() -> None:
    words = "Orlan delivered drones to Varn by night on three barges without lamps"
    reports = []
    for publisher, name in (("Harbour Wire", "Ines Vard"), ("Quell Courier", "Karel Dunn")):
        known = document(f"“{words},” said {name}. {FILLER[publisher]}", publisher)
        frame = "Orlan deliver drones"
        reports.append((known, [claim(known, words, name, "person", frame=frame, names=("Orlan", "Varn"))]))
    assert main(*reports)[1].n_min == 1


# What belongs together


def test_other_words_for_the_same_deed_are_one_question() -> None:
    one = reported("papers", "Harbour Wire")
    text = f"Orlan shipped UAVs to Varn, said Ines Vard. {FILLER['Quell Courier']}"
    known = document(text, "Quell Courier")
    two = claim(
        known,
        "Orlan shipped UAVs to Varn",
        "Ines Vard",
        "person",
        frame="Orlan ship UAVs",
        names=("Orlan", "Varn"),
    )
    two = replace(two, frame=replace(two.frame, words=("Orlan", "ship", "uav", "Varn")))
    question, position = main(one, (known, [two]))
    assert len(position.reports) == 2
    assert question.status == "corroborated"


def test_another_deed_between_the_same_names_is_another_question() -> None:
    known = document(f"Orlan sued Varn over a debt. {FILLER['Quell Courier']}", "Quell Courier")
    other = claim(known, "Orlan sued Varn over a debt", frame="Orlan sue Varn", names=("Orlan", "Varn"))
    assert len(ask(reported("papers", "Harbour Wire"), (known, [other]))) == 2


def test_able_to_is_no_report_that_it_does() -> None:
    words = "Orlan was able to deliver drones to Varn"
    known = document(f"{words}, said Ines Vard. {FILLER['Quell Courier']}", "Quell Courier")
    can = claim(
        known,
        words,
        "Ines Vard",
        "person",
        frame="Orlan deliver drones",
        names=("Orlan", "Varn"),
        modal="able",
    )
    reports = [
        set(question.positions[0].reports)
        for question in ask(reported("papers", "Harbour Wire"), (known, [can]))
    ]
    assert {known.id} in reports
    assert not any(len(each) == 2 for each in reports)


# Figures


def counted(
    low: float | None, high: float | None, publisher: str, name: str, words: str, day: int = 1
) -> Reported:
    text = f"Orlan delivered {words} drones to Varn, said {name}. {FILLER[publisher]}"
    known = document(text, publisher, f"2025-06-{day:02}")
    content = f"Orlan delivered {words} drones to Varn"
    frame, names = "Orlan deliver drones", ("Orlan", "Varn")
    figures = ((low, high, "{drone}"),)
    return known, [claim(known, content, name, "person", frame=frame, names=names, quantities=figures)]


def test_figures_in_one_slot_are_rivals() -> None:
    question, _ = main(
        counted(25, 25, "Harbour Wire", "Ines Vard", "25"),
        counted(40, 40, "Quell Courier", "Karel Dunn", "40"),
        counted(25, 25, "Varn Tribune", "Olga Tarn", "25"),
    )
    assert [(p.value, p.n_min) for p in question.positions] == [("25", 2), ("40", 1)]
    assert question.status == "contested"
    assert question.open_slot == "quantity: drone"
    assert "how many drones" in question.text


def test_at_least_twenty_is_no_rival_of_25() -> None:
    question, position = main(
        counted(25, 25, "Harbour Wire", "Ines Vard", "25"),
        counted(20, None, "Quell Courier", "Karel Dunn", "at least 20"),
    )
    assert [p.value for p in question.positions] == ["25"]
    assert position.n_min == 2
    assert question.status == "corroborated"


def test_a_correction_takes_the_outlets_earlier_figure_back() -> None:
    wrong = counted(40, 40, "Harbour Wire", "Ines Vard", "40", day=1)
    right = counted(25, 25, "Quell Courier", "Karel Dunn", "25", day=1)
    text = "Correction: An earlier version of this report gave the number of drones as 40. It is 25."
    note = document(f"{text} {FILLER['Harbour Wire']}", "Harbour Wire", "2025-06-05")
    repeated = claim(note, "An earlier version of this report gave the number of drones as 40")
    question, _ = main(wrong, right, (note, [repeated]))
    by_value = {position.value: position for position in question.positions}
    assert (by_value["40"].n_min, by_value["40"].credibility) == (0, 5)
    assert any("correction" in reason.lower() for reason in by_value["40"].reasons)
    assert by_value["25"].n_min == 1
    assert question.status == "single-origin"
    every = [c for q in ask(wrong, right, (note, [repeated])) for p in q.positions for c in p.claims]
    assert repeated.id not in every


def test_a_figure_that_everybody_withdrew_is_superseded() -> None:
    wrong = counted(40, 40, "Harbour Wire", "Ines Vard", "40")
    note = document(
        "Correction: An earlier version of this report wrongly gave 40 drones.", "Harbour Wire", "2025-06-05"
    )
    assert main(wrong, (note, []))[0].status == "superseded"


# Denials


def test_a_denial_stands_against_and_is_no_support() -> None:
    question, position = main(reported("papers", "Harbour Wire"), said_no("Quell Courier", "Karel Dunn"))
    assert [entry.source for entry in position.denied_by] == ["Karel Dunn"]
    assert (position.n_min, len(position.reports), position.credibility) == (1, 1, 4)
    assert question.status == "denied"


def test_a_denial_against_two_origins_is_contested() -> None:
    question, position = main(
        reported("papers", "Harbour Wire"),
        reported("papers", "Varn Tribune"),
        said_no("Quell Courier", "Karel Dunn"),
    )
    assert (question.status, position.n_min, position.credibility) == ("contested", 2, 3)


def test_the_accused_denies_and_weighs_little() -> None:
    question, position = main(
        reported("papers", "Harbour Wire"), said_no("Quell Courier", "Orlan", "organisation")
    )
    assert [(entry.source, entry.self_interested) for entry in position.denied_by] == [("Orlan", True)]
    assert position.credibility == 2
    assert question.status == "contested"
    assert any("party to the matter" in reason for reason in position.reasons)


def test_who_holds_a_post_with_the_accused_is_party() -> None:
    text = f"Karel Dunn, the director general of Orlan, denied that {SAID}."
    known = document(text, "Quell Courier")
    denial = delivered(known, "Karel Dunn", "person", stance="denies")
    dunn = entity("Karel Dunn", schema="Person", documents=(known,))
    _, position = main(reported("papers", "Harbour Wire"), (known, [denial]), known=[dunn])
    assert [entry.self_interested for entry in position.denied_by] == [True]


def test_not_aware_is_kept_apart_from_denial() -> None:
    known = document(f"The port of Quell is not aware that {SAID}.", "Quell Courier")
    unaware = delivered(known, "The port of Quell", "government", stance="unaware")
    question, position = main(reported("papers", "Harbour Wire"), (known, [unaware]))
    assert not position.denied_by
    assert [entry.source for entry in position.unaware] == ["The port of Quell"]
    assert question.status == "single-origin"
    assert position.credibility == 2


@pytest.mark.parametrize("words", ["the report", "These reports are an invention", "such deliveries", "it"])
def test_a_denial_that_points_back_belongs_to_what_its_document_reports(words: str) -> None:
    text = f"{SAID}, Harbour Wire reported. Karel Dunn denied {words}. {FILLER['Quell Courier']}"
    known = document(text, "Quell Courier", "2025-06-02")
    tells = delivered(known, "Harbour Wire")
    denies = claim(known, words, "Karel Dunn", "person", stance="denies", frame=f". {words.split()[-1]} .")
    _, position = main(reported("papers", "Harbour Wire"), (known, [tells, denies]))
    assert [entry.source for entry in position.denied_by] == ["Karel Dunn"]


def test_only_denials_are_a_question_too() -> None:
    """What is denied is a position that nobody takes, and that it is not so the one that somebody does."""
    question, position = main(said_no("Quell Courier", "Karel Dunn"))
    assert (position.value, question.status, position.reports) == ("yes", "denied", ())
    assert [entry.source for entry in position.denied_by] == ["Karel Dunn"]
    assert position.text == f"{question.text}: no claim in the case says so"
    rival = question.positions[1]
    assert (rival.value, len(rival.reports), rival.denied_by) == ("no", 1, ())
    assert rival.text == f"Denied: {question.text}"


# Whatever comes in


@pytest.mark.parametrize(("predicate", "way"), [("reach", "to"), ("move", "from"), ("=see", "in")])
def test_whatever_thing_is_said_to_go_somewhere_is_counted(predicate: str, way: str) -> None:
    """Every kind of thing that the table has, and what each is a kind of, can be asked about."""
    for noun in lexicon().things:
        told = document(f"The {noun} went {way} Varn, Harbour Wire said.", "Harbour Wire", "2025-06-20")
        one = claim(
            told, f"The {noun} went {way} Varn", "Harbour Wire", frame=f". {predicate} .", names=("Varn",)
        )
        moved = replace(one, frame=replace(one.frame, agent=noun))
        assert ask((told, [moved]))
    for thing, broader in lexicon().broader.items():
        assert {thing, broader} <= set(lexicon().things.values())


def test_nothing_asked_where_nothing_is_claimed() -> None:
    assert corroborate([], [], []) == []
    assert corroborate([document("", "Quell Courier")], [], []) == []


def test_every_claim_stands_in_a_question() -> None:
    reports = [reported("own", publisher) for publisher in FILLER]
    claims = {each.id for _, claims in reports for each in claims}
    assert {c for q in ask(*reports) for p in q.positions for c in p.claims} == claims


def test_many_copies_of_one_story_are_one_origin() -> None:
    first, claims = reported("papers", "Harbour Wire")
    copies = [first] + [document(first.text, f"Paper {n}", f"2025-06-{2 + n % 20:02}") for n in range(200)]
    every = [
        replace(claims[0], id=f"c-{n:016}", document=copy.id) if n else claims[0]
        for n, copy in enumerate(copies)
    ]
    question = corroborate(copies, every, [entity("Orlan", documents=tuple(copies))])[0]
    position = question.positions[0]
    assert (position.n_min, position.n_max, len(position.reports)) == (1, 1, 201)


HOW = st.sampled_from(["named", "papers", "unnamed", "cites", "own"])
NAMES = st.sampled_from(["Ines Vard", "Karel Dunn", "Olga Tarn"])
OUTLETS = st.sampled_from(sorted(FILLER))


@st.composite
def reports(draw: st.DrawFn) -> Reported:
    how, publisher, day = draw(HOW), draw(OUTLETS), draw(st.integers(1, 28))
    name = draw(OUTLETS.filter(lambda other: other != publisher) if how == "cites" else NAMES)
    return reported(how, publisher, name, day)


def distinct(found: Sequence[Reported]) -> list[Reported]:
    return list({known.id: (known, claims) for known, claims in found}.values())


WORLD = st.lists(reports(), min_size=1, max_size=6).map(distinct)


@settings(max_examples=60, deadline=None)
@given(WORLD, st.randoms(use_true_random=False))
def test_the_order_never_matters(world: list[Reported], shuffler: random.Random) -> None:
    shuffled = list(world)
    shuffler.shuffle(shuffled)
    claims = [each for _, claims in shuffled for each in claims]
    shuffler.shuffle(claims)
    known = entities(world)
    shuffler.shuffle(known)
    assert corroborate([d for d, _ in shuffled], claims, known) == ask(*world)


@settings(max_examples=60, deadline=None)
@given(WORLD, st.data())
def test_a_copy_never_raises_the_lower_bound(world: list[Reported], data: st.DataObject) -> None:
    original, claims = data.draw(st.sampled_from(world))
    copy = document(original.text, "Copy Express", data.draw(st.sampled_from(["2025-06-28", None])))
    copied = [replace(each, id=f"c-{'f' * 16}", document=copy.id) for each in claims]
    before, after = main(*world)[1], main(*world, (copy, copied))[1]
    assert after.n_min <= before.n_min
    assert after.n_max <= before.n_max + 1
    assert len(after.reports) == len(before.reports) + 1


@settings(max_examples=60, deadline=None)
@given(WORLD)
def test_unknown_provenance_never_adds_independence(world: list[Reported]) -> None:
    unknown = document(f"{SAID}. Snow fell for six days on the pass and closed the road.", "Pass Examiner")
    told = delivered(unknown)
    before, after = main(*world)[1], main(*world, (unknown, [told]))[1]
    assert after.n_min == before.n_min


@settings(max_examples=60, deadline=None)
@given(WORLD)
def test_an_independent_origin_never_lowers_a_bound(world: list[Reported]) -> None:
    text = f"{SAID}, said Wilma Kern, who stood on the quay. Snow fell on the pass for six days."
    fresh = document(text, "Pass Examiner", "2025-06-01")
    told = delivered(fresh, "Wilma Kern", "person")
    before, after = main(*world)[1], main(*world, (fresh, [told]))[1]
    assert after.n_min >= before.n_min
    assert after.n_max >= before.n_max


@settings(max_examples=60, deadline=None)
@given(WORLD)
def test_the_interval_is_one_and_its_reasons_are_sentences(world: list[Reported]) -> None:
    _, position = main(*world)
    anchored = sum(origin.anchored for origin in position.origins)
    assert position.n_min == max(1, anchored) <= position.n_max == len(position.origins)
    assert {d for origin in position.origins for d in origin.documents} == set(position.reports)
    assert position.reliability == "F"
    assert all(reason[0].isupper() and reason.endswith(".") for reason in position.reasons)
    assert not any(
        word in " ".join(position.reasons).split() for word in ("true", "verified", "fact", "guilty")
    )


# Who stands behind a source


def spoken(publisher: str, text: str, source: str, kind: str, **rest: Any) -> Reported:
    known = document(f"{text} {FILLER[publisher]}", publisher, "2025-06-02")
    return known, [delivered(known, source, kind, **rest)]


def test_two_spellings_of_one_speaker_are_one_origin() -> None:
    _, position = main(
        reported("named", "Harbour Wire", "Ali al-Bredi"),
        reported("named", "Quell Courier", "Ali al-Budairi"),
    )
    assert position.n_min == 1


def test_an_official_who_is_then_named_is_whom_the_text_names() -> None:
    text = f"{SAID}, a senior lawmaker disclosed. “{SAID} by night,” said Ines Vard, who heads the committee."
    known = document(text, "Harbour Wire")
    first = delivered(known, "a senior lawmaker", "anonymous")
    second = claim(
        known,
        f"{SAID} by night",
        "Ines Vard",
        "person",
        frame="Orlan deliver drones",
        names=("Orlan", "Varn"),
    )
    _, position = main((known, [first, second]))
    assert (position.n_min, position.n_max) == (1, 1)


def test_a_ministry_and_its_state_are_one_origin() -> None:
    ours = spoken("Harbour Wire", f"{SAID}, Quellian authorities said.", "Quellian authorities", "government")
    ministry = spoken(
        "Quell Courier", f"{SAID}, said Quell's interior ministry.", "Quell's interior ministry", "government"
    )
    states = entity("Quell", "Quellian", schema="Country", documents=(ours[0], ministry[0]))
    _, position = main(ours, ministry, known=[states])
    assert position.n_min == 1


def test_a_spokesman_speaks_for_his_body() -> None:
    known = document(
        f"Orlan's ministry of Ports is silent. A spokesman for the Port Council of Quell denied that {SAID}.",
        "Hill Herald",
    )
    denial = delivered(known, "A spokesman for the Port Council of Quell", "government", stance="denies")
    council = entity("Port Council of Quell", schema="PublicBody", documents=(known,))
    _, position = main(reported("papers", "Harbour Wire"), (known, [denial]), known=[council])
    assert [entry.source for entry in position.denied_by] == ["Port Council of Quell"]


def test_what_a_party_told_a_third_is_in_the_hands_of_who_saw_it() -> None:
    text = f"Documents reviewed by Harbour Wire tell of it. Orlan informed the ministry that {SAID}."
    known = document(text, "Harbour Wire")
    told = delivered(known, "Orlan", "organisation", cue="informed")
    _, position = main((known, [told]), reported("papers", "Harbour Wire"))
    assert (position.n_min, position.n_max) == (1, 1)


def test_outlets_that_say_it_together_are_what_one_of_them_says() -> None:
    source = "The Lorn Project and Harbour Wire"
    known = document(f"{source} have it that {SAID}.", "Quell Courier", "2025-06-02")
    joint = delivered(known, source, "organisation")
    _, position = main(reported("papers", "Harbour Wire"), (known, [joint]))
    assert (position.n_min, position.n_max, len(position.reports)) == (1, 1, 2)


def test_papers_taken_up_under_another_word_stay_in_the_same_hands() -> None:
    text = f"An inquiry tells of engines; Harbour Wire had a part in it. The report showed that {SAID}."
    known = document(text, "Quell Courier", "2025-06-02")
    first = claim(known, "engines", "An inquiry", "document", via=("Harbour Wire",))
    _, position = main(
        reported("papers", "Harbour Wire"), (known, [first, delivered(known, "The report", "document")])
    )
    assert (position.n_min, position.n_max, len(position.reports)) == (1, 1, 2)


def test_a_group_that_is_then_named_is_whom_the_text_names() -> None:
    text = f"A tracking group told of it: {SAID}. The Lorn Institute said that {SAID}."
    known = document(text, "Quell Courier", "2025-06-02")
    told = [delivered(known, source, "organisation") for source in ("A tracking group", "The Lorn Institute")]
    _, position = main((known, told))
    assert [origin.name for origin in position.origins] == ["The Lorn Institute"]


def test_what_a_copy_adds_is_its_own_and_floats() -> None:
    original = document(f"The quay was quiet. {FILLER['Harbour Wire']}", "Harbour Wire", "2025-06-01")
    copy = document(
        f"The quay was quiet, Harbour Wire reported. {FILLER['Harbour Wire']} {SAID}.",
        "Quell Courier",
        "2025-06-02",
    )
    _, position = main((original, []), (copy, [delivered(copy)]))
    assert [origin.name for origin in position.origins] == ["Quell Courier"]
    assert not position.origins[0].anchored


def test_a_matter_of_more_claims_than_a_block_holds_is_one_question() -> None:
    reports: list[Reported] = []
    for day in range(80):
        said = f"{SAID} on the {day}th voyage"
        known = document(f"{said}. Nothing else is told by paper {day}.", f"Paper {day}", "2025-06-01")
        reports.append((known, [claim(known, said, frame="Orlan deliver drones", names=("Orlan", "Varn"))]))
    question, position = main(*reports)
    assert len(position.reports) == 80
    assert (position.n_min, question.status) == (1, "single-origin")


def test_nobody_but_those_who_do_not_know_is_a_position_of_its_own() -> None:
    known = document(f"Ines Vard has no evidence that {SAID}. {FILLER['Lake Gazette']}", "Lake Gazette")
    question, position = main((known, [delivered(known, "Ines Vard", "person", stance="unaware")]))
    assert (question.status, position.value, len(position.reports)) == ("unassessed", "not known", 1)
    assert [one.source for one in question.positions[1].unaware] == ["Ines Vard"]
    assert question.positions[1].claims == ()


@pytest.mark.parametrize(
    ("days", "status"), [((1, 3), "single-origin"), ((3, 1), "contested"), ((2, 2), "contested")]
)
def test_a_later_higher_toll_is_an_update(days: tuple[int, int], status: str) -> None:
    every: list[Reported] = []
    for number, day, publisher in zip((20, 44), days, ("Harbour Wire", "Quell Courier"), strict=True):
        said = f"{number} sailors were killed in the blast at Varn"
        known = document(f"{said}. {FILLER[publisher]}", publisher, f"2025-06-{day:02}")
        figure = ((number, number, "{sailor}"),)
        every.append((known, [claim(known, said, frame=". kill sailor", names=("Varn",), quantities=figure)]))
    question = ask(*every)[0]
    assert [position.value for position in question.positions] == ["20", "44"]
    assert question.status == status
