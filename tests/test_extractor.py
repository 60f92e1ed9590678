"""The patterns of attribution, sentence by sentence.  The sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.extractor import Extractor
from secondsource.model import Claim


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def attributed(extractor: Extractor, text: str) -> list[Claim]:
    return [claim for claim in extractor.extract("d", text).claims if claim.voice == "attributed"]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The ministry said that the yard had built four boats.",
            "The ministry",
            "the yard had built four boats",
        ),
        (
            "The yard had built four boats, the ministry said on Monday.",
            "the ministry",
            "The yard had built four boats",
        ),
        (
            "The yard had built four boats, said Anna Lindqvist, the minister of trade.",
            "Anna Lindqvist",
            "The yard had built four boats",
        ),
        (
            "The yard, the ministry said, had built four boats for the navy of Velmond.",
            "the ministry",
            "had built four boats for the navy of Velmond",
        ),
        (
            "According to shipping records, nine engines were delivered in April.",
            "shipping records",
            "nine engines were delivered in April",
        ),
        (
            "Nine engines were delivered in April, the shipping records show.",
            "the shipping records",
            "Nine engines were delivered in April",
        ),
        (
            "Two officials were quoted as saying that the plant had closed.",
            "Two officials",
            "the plant had closed",
        ),
        (
            "The agency was told by two engineers that the plant had closed.",
            "two engineers",
            "the plant had closed",
        ),
        (
            "The minister accused the company of breaking the embargo.",
            "The minister",
            "the company of breaking the embargo",
        ),
        (
            "The minister urged the company to open its books.",
            "The minister",
            "the company to open its books",
        ),
        (
            "The commission called for an immediate inspection of the plant.",
            "The commission",
            "an immediate inspection of the plant",
        ),
        (
            "The company issued a statement saying that it had sold no engines abroad.",
            "The company",
            "it had sold no engines abroad",
        ),
        (
            "The minister's claim that the plant had closed surprised the town.",
            "The minister",
            "the plant had closed",
        ),
        (
            "A warning by the commission that the plant was unsafe came too late.",
            "the commission",
            "the plant was unsafe",
        ),
        (
            "The company denies breaking the embargo.",
            "The company",
            "breaking the embargo",
        ),
        (
            'Anna Lindqvist said: "The engines were never delivered to anybody."',
            "Anna Lindqvist",
            "The engines were never delivered to anybody",
        ),
        (
            "“The engines were never delivered to anybody,” said Anna Lindqvist.",
            "Anna Lindqvist",
            "The engines were never delivered to anybody",
        ),
        (
            "The head of the harbour office, Anna Lindqvist, put the number of ships at 31.",
            "The head of the harbour office",
            "the number of ships at 31",
        ),
        (
            "The council in Torvik called on Monday for an inquiry into the sale of engines.",
            "The council in Torvik",
            "an inquiry into the sale of engines",
        ),
    ],
)
def test_source_and_content(extractor: Extractor, text: str, source: str, content: str) -> None:
    [claim] = attributed(extractor, text)
    assert claim.source
    assert (claim.source.text, claim.content.text) == (source, content)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The director of Orlesk Trade, Vana Malm, said that her firm was closed.", "Vana Malm"),
        ("The head of the office in the port, Vana Malm, put the number of ships at 31.", "Vana Malm"),
        ("A lawyer for the captain, Igor Lindqvist, rejected the account.", "A lawyer for the captain"),
        ("The ship sank by an error of its owner, Igor Lindqvist, the study says.", "the study"),
    ],
)
def test_a_name_set_beside_a_role_is_whose_role_it_is(extractor: Extractor, text: str, name: str) -> None:
    assert [claim.source_name for claim in attributed(extractor, text)] == [name]


@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("Orlesk rejects claim it sold engines to Velmond", "Orlesk", "it sold engines to Velmond"),
        ("Velmond rejects report on engines for Salla", "Velmond", "report on engines for Salla"),
        ("Salla dismisses allegations over freighter as baseless", "Salla", "allegations over freighter"),
        ("Ministry denies selling engines", "Ministry", "selling engines"),
    ],
)
def test_a_headline_that_tells_of_a_denial_is_whose_denial_it_is(
    extractor: Extractor, headline: str, source: str, content: str
) -> None:
    found = extractor.extract("d", f"{headline}\n\nThe yard has stood on the river for ninety years.").claims
    [claim] = [claim for claim in found if claim.content.text in headline]
    assert (claim.stance, claim.source_name, claim.content.text) == ("denies", source, content)


def test_what_a_source_could_not_establish_is_no_part_of_what_it_believes(extractor: Extractor) -> None:
    text = (
        "Police believe that the ship's anchor cut the cable but could not establish whether it was planned."
    )
    one, other = attributed(extractor, text)
    assert (one.stance, one.content.text) == ("assesses", "the ship's anchor cut the cable")
    assert (other.stance, other.content.text, other.certainty) == ("unaware", "whether it was planned", None)


def test_he_is_the_ambassador_of_the_sentence_before(extractor: Extractor) -> None:
    text = "Velmond's ambassador said that the report was unfair. Not one engine had left Velmond, he said."
    assert {claim.source_name for claim in attributed(extractor, text)} == {"Velmond's ambassador"}


def test_a_clause_that_the_parse_lost_has_its_verb(extractor: Extractor) -> None:
    text = (
        "The council of Torvik on Monday rejected a newspaper report that a firm had supplied Velmond with "
        "engines."
    )
    [claim] = attributed(extractor, text)
    assert (claim.frame.agent, claim.frame.predicate) == ("firm", "supply")


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The company denied that it had sold engines to Velmond.", "denies"),
        ("The company denied any knowledge of the sale.", "unaware"),
        ("The ministry said it was not aware of any such sale.", "unaware"),
        ("The commission said there was no evidence of a sale.", "unaware"),
        ("The ministry confirmed that the engines had been sold.", "confirms"),
        ("The analyst Anna Lindqvist believes that the engines were sold.", "assesses"),
        ("The minister warned that the company would lose its licence.", "warns"),
        ("The minister urged the company to open its books.", "asks"),
        ("The company pledged to open its books.", "plans"),
        ("The company said that it had sold nine engines.", "asserts"),
        ('"Not one engine was sold," the director Anna Lindqvist said.', "denies"),
    ],
)
def test_stance(extractor: Extractor, text: str, stance: str) -> None:
    assert [claim.stance for claim in attributed(extractor, text)] == [stance]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The company said that it had sold nine engines.", None),
        ("The company said that it may have sold nine engines.", "possible"),
        ("The ministry said the engines had probably been sold.", "probable"),
        ("The ministry said the engines would be seized if they were found.", "conditional"),
        ("The inquiry determined that the engines had been sold.", "certain"),
    ],
)
def test_certainty(extractor: Extractor, text: str, certainty: str | None) -> None:
    assert [claim.certainty for claim in attributed(extractor, text)] == [certainty]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Anna Lindqvist said the plant had closed.", "person"),
        ("The foreign ministry said the plant had closed.", "government"),
        ("The company said the plant had closed.", "organisation"),
        ("Two officials said the plant had closed.", "anonymous"),
        ("The documents show that the plant had closed.", "document"),
        ("The newspaper reported that the plant had closed.", "outlet"),
    ],
)
def test_source_kind(extractor: Extractor, text: str, kind: str) -> None:
    assert [claim.source_kind for claim in attributed(extractor, text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not say that the plant had closed.",
        "The company declined to say whether the plant had closed.",
        "The minister could say that the plant had closed.",
        "Nobody said that the plant had closed.",
        "The claim that the plant had closed surprised the town.",
        "The attack suggests that the plant was guarded badly.",
        "Did the minister say that the plant had closed?",
    ],
)
def test_what_is_no_attribution(extractor: Extractor, text: str) -> None:
    assert attributed(extractor, text) == []


def test_who_passed_it_on(extractor: Extractor) -> None:
    [claim] = attributed(extractor, "According to documents reviewed by Meldwire, nine engines were sold.")
    assert claim.source
    assert claim.source.text == "documents"
    assert [relay.text for relay in claim.via] == ["Meldwire"]
    assert claim.basis
    assert claim.basis.kind == "documents"


def test_the_innermost_source_speaks(extractor: Extractor) -> None:
    [claim] = attributed(
        extractor, "The ministry said that witnesses reported that the plant had burned down."
    )
    assert claim.source
    assert claim.source.text == "witnesses"
    assert [relay.text for relay in claim.via] == ["The ministry"]


def test_a_quotation_over_several_sentences_is_several_claims(extractor: Extractor) -> None:
    text = "“The plant closed in May. Nobody works there,” said Anna Lindqvist. “We sold the machines.”"
    found = attributed(extractor, text)
    contents = ["The plant closed in May", "Nobody works there", "We sold the machines"]
    assert [claim.content.text for claim in found] == contents
    assert {claim.source_name for claim in found} == {"Anna Lindqvist"}


def test_a_quotation_goes_on_in_the_next_paragraph(extractor: Extractor) -> None:
    text = "“The plant closed in May,” said Anna Lindqvist.\n\n“We sold the machines to a trader.”"
    assert {claim.source_name for claim in attributed(extractor, text)} == {"Anna Lindqvist"}


def test_quoted_words_inside_a_clause_are_no_speech(extractor: Extractor) -> None:
    [claim] = attributed(extractor, "The ministry said the sale was part of its “open yard” policy.")
    assert claim.content.text == "the sale was part of its “open yard” policy"


def test_joined_clauses_with_their_own_subjects_are_separate(extractor: Extractor) -> None:
    text = "The ministry said that the plant had closed, and that the machines had been sold."
    contents = ["the plant had closed", "the machines had been sold"]
    assert [claim.content.text for claim in attributed(extractor, text)] == contents


def test_pronouns_and_short_names_take_the_name_given_before(extractor: Extractor) -> None:
    text = "Anna Lindqvist said the plant had closed. She added that the machines had been sold."
    assert [claim.source_name for claim in attributed(extractor, text)] == ["Anna Lindqvist"] * 2


def test_a_short_name_abstains_where_two_fit(extractor: Extractor) -> None:
    text = (
        "Orlesk Machine Works and Tarvesk Trading Company share a yard.\n"
        "The company said the yard had closed."
    )
    [claim] = attributed(extractor, text)
    assert claim.source_name == "The company"


def test_figures_keep_their_bounds(extractor: Extractor) -> None:
    text = "The ministry said that at least 20 engines, weighing around 2,000 kg, were sold."
    [claim] = attributed(extractor, text)
    count, weight = claim.quantities
    assert (count.low, count.high, count.unit) == (20, None, "{engine}")
    assert (weight.value, weight.unit, weight.approximate) == (2000, "kg", True)


def test_may_is_not_a_month_unless_it_is(extractor: Extractor) -> None:
    [claim] = attributed(extractor, "The ministry said that the company may sell engines.")
    assert claim.time is None
    [claim] = attributed(extractor, "The ministry said that the company sold engines in May 2025.")
    assert claim.time
    assert (claim.time.start, claim.time.end) == ("2025-05-01", "2025-05-31")


def test_own_voice_is_marked(extractor: Extractor) -> None:
    [claim] = extractor.extract("d", "The company sold nine engines to the navy of Velmond.").claims
    assert (claim.voice, claim.source, claim.source_kind) == ("own", None, "outlet")


def test_a_news_agency_issues_no_release(extractor: Extractor) -> None:
    text = "We wrote to Orlesk. The works made nine engines."
    kinds = [
        {claim.source_kind for claim in extractor.extract("d", text, publisher=publisher).claims}
        for publisher in ("Harbour News Agency", "Harbour Agency for Trade")
    ]
    assert kinds == [{"outlet"}, {"self"}]


def test_a_release_speaks_for_its_publisher(extractor: Extractor) -> None:
    text = "No military aircraft of any kind has been built in Oshmara."
    [claim] = extractor.extract("d", text, publisher="Ministry of Foreign Affairs of Oshmara").claims
    assert (claim.voice, claim.source_kind, claim.stance) == ("own", "self", "denies")


PIECES = [
    "The ministry said that ", "“We saw it,” ", "he said. ", "According to ", "nine engines ", "were sold",
    ". ", "documents reviewed by Meldwire, ", "\n\n", '"', "”", "« ", "told Reuters ", ", adding that ",
    "Ann Lee", "; ", "не так ", "\u200b", "at least 20 km ", "(NSC) ", "? ", "’s ", "—",
]  # fmt: skip


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_every_span_stands_in_the_text(extractor: Extractor, text: str) -> None:
    found = extractor.extract("d", text)
    excerpts = [excerpt for claim in found.claims for excerpt in claim.excerpts()]
    excerpts += [mention.excerpt for mention in found.mentions]
    assert all(excerpt.stands_in(text) and excerpt.text.strip() for excerpt in excerpts)
    assert len({claim.id for claim in found.claims}) == len(found.claims)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_is_read_without_error(extractor: Extractor, text: str) -> None:
    for claim in extractor.extract("d", text).claims:
        assert all(excerpt.stands_in(text) for excerpt in claim.excerpts())


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", '"' * 400, "«" * 300 + "word", "a“b" * 300, "word " * 4000, "\u202e\u200b\u0301x" * 50],
    ids=["empty", "blank", "marks", "nested", "every-other", "no-sentence-end", "odd-characters"],
)
def test_hostile_texts_are_read(extractor: Extractor, text: str) -> None:
    extractor.extract("d", text)
