"""A dossier: every sentence tied to hash and span, every quotation checked, nothing loaded."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from lxml import html  # type: ignore[import-untyped]

from newsroom import HOSTILE, Newsroom
from secondsource.contract import claim_from_json
from secondsource.dossier import FORMATS, LIMITS, Contents, relevant, render
from secondsource.errors import CaseError, SecondSourceError
from secondsource.model import Claim, Document, Excerpt, Reading, Span


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return Newsroom()


@pytest.fixture(scope="module")
def contents(room: Newsroom) -> Contents:
    _, _, screening = room.screening()
    return Contents(
        "harbour",
        "2031-06-01T08:00:00+00:00",
        room.questions,
        room.claims,
        room.documents,
        (room.works,),
        (screening,),
    )


@pytest.fixture(scope="module")
def tree(contents: Contents) -> html.HtmlElement:
    return html.document_fromstring(render(contents))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_each_position_and_origin_leads_to_quoted_claims(tree: html.HtmlElement, room: Newsroom) -> None:
    first, second = tree.xpath(f'//section[@id="{room.question.id}"]//section[@class="position"]')
    assert first.xpath("./header/h3/a/@href") == [f"#{room.shipped.id}", f"#{room.copied.id}"]
    assert first.xpath('.//p[@class="why"]/a/@href') == [f"#{room.shipped.id}", f"#{room.copied.id}"]
    assert second.xpath("./header/h3/a/@href") == [f"#{room.scripted.id}"]


def test_what_one_report_alone_says_is_only_listed(tree: html.HtmlElement, room: Newsroom) -> None:
    entry = tree.get_element_by_id(room.other.id)
    assert entry.tag == "li"
    assert entry.xpath("./a/@href") == [f"#{room.scripted.id}"]


def test_each_claim_stands_with_its_place_and_hash(tree: html.HtmlElement, room: Newsroom) -> None:
    for claim in room.claims:
        entry = words(tree.get_element_by_id(claim.id))
        (span,) = claim.content.spans
        assert f"“{' '.join(claim.content.text.split())}”" in entry
        assert f"characters {span.start}–{span.end}" in entry
        assert claim.document in entry


def test_every_link_leads_to_something_in_the_file(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= set(ids)


def test_documents_stand_with_hash_publisher_date_and_how_known(
    tree: html.HtmlElement, room: Newsroom
) -> None:
    wire = words(tree.get_element_by_id(f"d-{room.wire.id}"))
    assert "Harbour Wire as the file gives it" in wire
    assert "2 April 2031, 06:00 UTC meta article:published_time" in wire
    assert room.wire.text_sha256 in wire
    copy = words(tree.get_element_by_id(f"d-{room.copy.id}"))
    assert "Salla Post as the file, or the sidecar beside it, gives it" in copy
    assert "3 April 2031 sidecar file" in copy


def test_it_says_what_it_does_not_decide(contents: Contents) -> None:
    for format in FORMATS:
        assert all(limit in render(contents, format) for limit in LIMITS)


def test_no_format_says_more_than_the_counts_do(contents: Contents) -> None:
    for format in FORMATS:
        said = render(contents, format).casefold()
        assert not re.search(r"\b(verified|guilty|proven|proved)\b", said)
        assert "potential match" in said or format == "json"


def test_the_page_stands_alone_and_runs_nothing(tree: html.HtmlElement) -> None:
    assert not tree.xpath("//script | //img | //link | //iframe | //*[@src] | //@onerror")
    assert "default-src 'none'" in tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert "url(" not in tree.xpath("//style")[0].text


def test_a_text_of_script_is_only_text(tree: html.HtmlElement, room: Newsroom) -> None:
    quoted = tree.get_element_by_id(room.scripted.id).xpath(".//blockquote")[0]
    assert quoted.text_content() == f"“{HOSTILE}”"


def test_markdown_holds_no_markup_of_a_document(contents: Contents, room: Newsroom) -> None:
    written = render(contents, "md")
    assert "<script" not in re.sub(r"\\<", "", written)
    assert "<img" not in re.sub(r"\\<", "", written)
    for claim in room.claims:
        assert f'<a id="{claim.id}"></a>' in written
        assert f"file SHA-256 `{claim.document}`" in written


def test_json_holds_the_contracts(contents: Contents, room: Newsroom) -> None:
    body = json.loads(render(contents, "json"))
    assert tuple(map(claim_from_json, body["claims"])) == relevant(contents).claims
    assert [question["id"] for question in body["questions"]] == [each.id for each in room.questions]
    assert {each["id"] for each in body["documents"]} == {each.id for each in room.documents[:5]}


def test_what_no_question_rests_on_is_left_out(contents: Contents, room: Newsroom) -> None:
    narrow = relevant(replace(contents, questions=(room.other,)))
    assert narrow.claims == (room.scripted,)
    assert narrow.documents == (room.hostile,)
    assert narrow.entities == ()


def _with(claim: Claim, contents: Contents) -> Contents:
    others = tuple(claim if each.id == claim.id else each for each in contents.claims)
    return replace(contents, claims=others)


@pytest.mark.parametrize("format", FORMATS)
def test_a_word_changed_in_a_quotation_stops_the_dossier(
    contents: Contents, room: Newsroom, format: str
) -> None:
    content = replace(room.shipped.content, text=room.shipped.content.text.replace("12", "13"))
    with pytest.raises(CaseError, match=r"wire\.html: .* quotes words that the document does not hold"):
        render(_with(replace(room.shipped, content=content), contents), format)


def test_a_span_outside_the_text_stops_the_dossier(contents: Contents, room: Newsroom) -> None:
    source = Excerpt((Span(900, 906),), "papers")
    with pytest.raises(CaseError, match="quotes words"):
        render(_with(replace(room.shipped, source=source), contents))


def test_a_text_changed_since_it_was_read_stops_the_dossier(contents: Contents, room: Newsroom) -> None:
    def changed(document: Document) -> Document:
        reading: Reading = replace(document.reading, text=document.text + " And more.")
        return replace(document, reading=reading) if document.id == room.copy.id else document

    with pytest.raises(CaseError, match=r"copy\.txt: the text kept is not the one that was read"):
        render(replace(contents, documents=tuple(map(changed, contents.documents))))


def test_a_claim_without_its_document_stops_the_dossier(contents: Contents, room: Newsroom) -> None:
    with pytest.raises(CaseError, match="its document has left the case"):
        render(replace(contents, documents=contents.documents[1:]))


def test_another_format_is_refused_by_name(contents: Contents) -> None:
    with pytest.raises(SecondSourceError, match="html, md, json; not as pdf"):
        render(contents, "pdf")


def test_no_question_makes_a_dossier_that_says_so() -> None:
    empty = Contents("harbour", "2031-06-01T08:00:00+00:00", (), (), (), query="nothing <here>")
    assert "No question holds these words." in render(empty)
    assert "nothing &lt;here&gt;" in render(empty)
    assert "0 questions that hold the words" in render(empty, "md")
    assert json.loads(render(empty, "json"))["questions"] == []
