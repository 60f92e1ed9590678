"""What derives from what: citation, credit, reuse, and what is none of them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from secondsource.derivation import Derivation, derive, earlier, told
from secondsource.model import Document

STORY = (
    "Three barges left the harbour of Quell before dawn on Monday with their lamps put out. "
    "The pilot boat followed them as far as the outer buoy and then turned back in the swell. "
    "Dockers who had loaded the crates during the night had been told that they held pump housings. "
    "No entry for the barges was made in the book that the harbour office keeps for the customs."
)


def only(edges: list[Derivation]) -> Derivation:
    assert len(edges) == 1, edges
    return edges[0]


@pytest.mark.parametrize(
    "words",
    [
        "The barges sailed at night, according to Reuters.",
        "Reuters reported that the barges sailed at night.",
        "The barges sailed at night, Reuters has learned from two people.",
        'The harbour master told Reuters that "nobody asked".',
        "The barges sailed at night, a shipper said, citing Reuters.",
        "A Reuters report says that the barges sailed at night.",
        "Reuters: barges left Quell at night",
        "The barges sailed at night, according to the British news agency Reuters.",
        "Papers reviewed by Reuters show that the barges sailed at night.",
        "The barges sailed at night, says Reuters, a reporter of which saw two of them.",
        "The barges sailed at night, the harbour master complained to Reuters.",
        "Two shippers have described to the news agency Reuters how the barges sailed at night.",
        "Reuters, to which a shipper gave the papers, said that the barges sailed at night.",
        "Contracts in the hands of Reuters show that the barges sailed at night.",
        "Nobody saw a barge, the harbour master said when asked by Reuters.",
        "The audit found its way to Reuters.",
        "Reporters for Reuters saw the barges sail at night.",
    ],
)
def test_a_citation_is_found_with_its_words(words: str) -> None:
    edge = only(derive([document(words, "Quell Courier")]))
    assert (edge.source, edge.how, edge.parent) == ("Reuters", "citation", None)
    assert all("Reuters" in excerpt.text and excerpt.stands_in(words) for excerpt in edge.excerpts)


@pytest.mark.parametrize(
    "words",
    [
        "QUELL, June 3 (Reuters) - Three barges left at night.",
        "(Reuters) Three barges left at night.",
        "QUELL, Reuters — Three barges left at night.",
        "Three barges left at night.\n\nSource: Reuters",
        "Three barges left at night.\n\nWith additional reporting by Reuters",
    ],
)
def test_agency_credit_in_dateline_or_last_line(words: str) -> None:
    assert {edge.how for edge in derive([document(words, "Quell Courier")])} == {"credit"}


@pytest.mark.parametrize(
    "words",
    [
        "The owner of the Reuters building in Canary Wharf sold the barges.",
        "Reuters shares fell by a tenth on Monday.",
        "The group has not seen the papers on which the news agency Reuters based a report last week.",
        "The shipowner Reuterswald sold the barges.",
        "The harbour master went to Reuters to sell the barges.",
        "The owner says Reuters is a good neighbour of the harbour.",
    ],
)
def test_a_name_alone_is_no_citation(words: str) -> None:
    assert derive([document(words, "Quell Courier")]) == []


def test_an_outlet_does_not_derive_from_itself() -> None:
    words = "Three barges left at night, papers reviewed by Reuters show. A docker told Reuters so."
    assert derive([document(words, "Reuters")]) == []
    assert derive([document("TEHRAN (FNA)- Three barges left at night.", "Fars News Agency (FNA)")]) == []


def test_credit_in_the_publisher_field() -> None:
    edge = only(derive([document("Three barges left at night.", "Quell Courier (republishing Reuters)")]))
    assert (edge.source, edge.how) == ("Reuters", "credit")


def test_a_citation_leads_to_the_cited_outlets_document_in_the_case() -> None:
    original = document(STORY, "Harbour Wire", "2025-06-01T08:00:00Z")
    other = document("The weather on the lakes will be fine until Sunday.", "Harbour Wire", "2025-06-01")
    late = document(STORY + " Later, more.", "Harbour Wire", "2025-07-01")
    words = "Three barges left Quell before dawn with crates, Harbour Wire reported. The dockers loaded them."
    cites = document(words, "Quell Courier", "2025-06-02")
    edge = only([e for e in derive([cites, other, original, late]) if e.document == cites.id])
    assert (edge.source, edge.parent) == ("Harbour Wire", original.id)


def test_reuse_is_directed_by_the_dates_and_shows_the_shared_words() -> None:
    original = document(STORY, "Harbour Wire", "2025-06-01")
    copy = document("Barges sail by night. " + STORY[:260], "Quell Courier", "2025-06-02")
    edge = only(derive([copy, original]))
    assert (edge.document, edge.parent, edge.how, edge.directed) == (
        copy.id,
        original.id,
        "republication",
        True,
    )
    assert edge.score > 0.8
    assert edge.excerpts
    assert all(part.text in copy.text and part.text in STORY for part in edge.excerpts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, None),
        ("2025-06-01", "2025-06-01"),
        ("2025-06-01T08:00:00Z", "2025-06-01T09:30:00Z"),
        ("2025-06", "2025-06-03"),
    ],
)
def test_dates_that_do_not_tell_leave_reuse_undirected(one: str | None, other: str | None) -> None:
    assert earlier(one, other) is None
    assert not only(derive([document(STORY, "A", one), document(STORY, "B", other)])).directed


def test_a_shared_quotation_is_no_reuse() -> None:
    said = f"“{STORY}”"
    one = document(
        f"{said} the harbour master said on the quay, where he met a few reporters.", "A", "2025-06-01"
    )
    two = document(
        f"Asked about it in the council, the harbour master read from a sheet: {said}", "B", "2025-06-02"
    )
    assert derive([one, two]) == []


def test_a_report_of_a_release_that_is_in_the_case() -> None:
    release = document(
        "The Ministry of Ports of Quelland denies that barges left Quell at night. It keeps all books open.",
        "Ministry of Ports of Quelland",
        "2025-06-03",
    )
    report = document(
        "The Ministry of Ports of Quelland denied that barges left Quell at night.",
        "Quell Courier",
        "2025-06-04",
    )
    told = claim(
        report,
        "barges left Quell at night",
        "The Ministry of Ports of Quelland",
        "government",
        stance="denies",
    )
    other = document("The Ministry of Ports of Quelland promised new cranes.", "Quell Courier", "2025-06-04")
    cranes = claim(other, "new cranes", "The Ministry of Ports of Quelland", "government", stance="plans")
    edges = derive([release, report, other], [told, cranes])
    edge = only([e for e in edges if e.how == "release"])
    assert (edge.document, edge.parent) == (report.id, release.id)


def test_more_copies_than_are_compared_in_full_still_hang_together() -> None:
    copies = [document(STORY, f"Paper {n}", f"2025-06-{1 + n % 28:02}") for n in range(120)]
    linked = {copies[0].id}
    edges = derive(copies)
    for _ in copies:
        linked |= {e.document for e in edges if e.parent in linked} | {
            e.parent or "" for e in edges if e.document in linked
        }
    assert linked == {copy.id for copy in copies}


WORDS = STORY.replace(".", "").split()


@given(st.lists(st.sampled_from(WORDS), min_size=5, max_size=120), st.randoms(use_true_random=False))
def test_the_order_of_documents_never_matters(words: list[str], shuffler: random.Random) -> None:
    documents = [
        document(" ".join(words), "A", "2025-06-02"),
        document(STORY, "B", "2025-06-01"),
        document(STORY[:200] + " ".join(words) + " the B Times reported", "B Times"),
    ]
    shuffled: list[Document] = list(documents)
    shuffler.shuffle(shuffled)
    edges = derive(documents)
    assert edges == derive(shuffled)
    texts = {d.id: d.text for d in documents}
    assert all(part.stands_in(texts[e.document]) for e in edges for part in e.excerpts)
    assert all(e.document != e.parent for e in edges)


RETOLD = (
    "On Monday the barges Tern, Merrow and Lark left Quell for Salla with 48 crates, papers of Orlesk show. "
    "At Morvan they met the Kestrel, a tug of Drovia Lines, and waited 9 hours. "
    "The pilot Oren Lav told Mira Tolle in Halvenne that 12 men from Tarvesk had come aboard."
)
OTHERWISE = (
    "Papiere von Orlesk: Montag fuhren die Kähne Tern, Merrow und Lark aus Quell nach Salla, 48 Kisten "
    "an Bord. Vor Morvan trafen sie den Schlepper Kestrel der Drovia Lines; 9 Stunden lagen sie still. "
    "Laut dem Lotsen Oren Lav, den Mira Tolle aus Halvenne sprach, stiegen 12 Männer aus Tarvesk zu."
)


def test_the_same_told_in_another_language_is_a_paraphrase() -> None:
    original = document(RETOLD, "Harbour Wire", "2025-06-01")
    copy = document(OTHERWISE, "Quell Courier", "2025-06-02")
    edge = only(derive([copy, original]))
    assert (edge.document, edge.parent, edge.how, edge.directed) == (copy.id, original.id, "paraphrase", True)
    assert all(part.stands_in(copy.text) for part in edge.excerpts)


def test_the_same_names_in_another_order_are_no_paraphrase() -> None:
    sentences = RETOLD.split(". ")
    turned = ". ".join([sentences[2].rstrip("."), sentences[1], sentences[0]])
    mixed = "The pilot is Oren Lav. " + turned.replace("Tern, Merrow and Lark", "Lark, Merrow and Tern")
    mixed = mixed.replace(" in ", " at ").replace(" with ", " carrying ")
    other = document(mixed, "Quell Courier", "2025-06-02")
    assert "paraphrase" not in {
        e.how for e in derive([document(RETOLD, "Harbour Wire", "2025-06-01"), other])
    }


def test_a_page_that_says_what_it_is_based_on_is_linked_to_it() -> None:
    page = document(STORY, "Harbour Wire", "2025-06-01", url="https://wire.example/barges")
    told_of = document(
        "Barges left.", "Quell Courier", "2025-06-02", based_on=("http://www.wire.example/barges/#top",)
    )
    edge = only(derive([page, told_of]))
    assert (edge.document, edge.parent, edge.how, edge.score) == (told_of.id, page.id, "link", 0.98)


def test_what_a_report_rests_on_outside_the_case_is_named() -> None:
    text = "At a press conference on Monday Oren Lav said that barges left. He said that they were loaded."
    report = document(text, "Quell Courier")
    said = [
        claim(report, "barges left", "Oren Lav", "person"),
        claim(report, "they were loaded", "Oren Lav", "person"),
    ]
    row = only(list(told([report], said)))
    assert (row.source, row.how, row.parent, row.score) == (
        "press conference of Oren Lav", "statement", None, 1.0,
    )  # fmt: skip


TEXTS = st.lists(
    st.sampled_from([STORY, STORY[:200], RETOLD, OTHERWISE, "Reuters reported that barges left."]), max_size=6
)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_leaves_no_trace_and_nothing_derives_from_itself(
    texts: list[str], chance: random.Random
) -> None:
    every = [document(text, f"Paper {n}", f"2025-06-{n + 1:02}") for n, text in enumerate(texts)]
    shuffled = chance.sample(every, len(every))
    assert derive(every) == derive(shuffled)
    assert all(edge.parent != edge.document for edge in derive(every))


@pytest.mark.parametrize("date", [None, "", "soon", "2025", "9999-99-99"])
def test_a_document_without_a_sound_date_is_compared_all_the_same(date: str | None) -> None:
    edges = derive([document(STORY, "Harbour Wire", date), document(STORY, "Quell Courier", "2025-06-02")])
    assert [(edge.how, edge.directed) for edge in edges] == [("republication", False)]
