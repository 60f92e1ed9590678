"""The desk as a browser or a program meets it: a real server on a real case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html  # type: ignore[import-untyped]

import factory
import newsroom
from newsroom import HOSTILE, Newsroom
from secondsource import Desk
from secondsource.contract import claim_from_json
from secondsource.model import Extraction, Mention
from secondsource.store import Store


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return Newsroom()


@pytest.fixture(scope="module")
def desk(room: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    case = tmp_path_factory.mktemp("web") / "harbour"
    room.store(case)
    with newsroom.serving(case, "desk.example", "::2") as client:
        yield client


def page(desk: httpx.Client, address: str, status: int = 200) -> html.HtmlElement:
    answer = desk.get(address)
    assert answer.status_code == status, answer.text
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def one(element: html.HtmlElement, selector: str) -> html.HtmlElement:
    (found,) = element.xpath(selector)
    return found


ADDRESSES = ("/", "/documents", "/entities", "/goods", "/questions/q-1111111111111111", "/nowhere")


# Questions


def test_the_home_page_gives_counts_oppositions_and_grade(desk: httpx.Client, room: Newsroom) -> None:
    first = one(page(desk, "/"), f'//article[@id="{room.question.id}"]')
    said = words(first)
    assert "Did engines reach Port Salla? contested denied not aware" in said
    assert "1–2 ●○ independent origins in 2 reports" in said
    assert "denied in their own interest by Ministry of Trade" in said
    assert "port authority not aware" in said
    assert "F4 opposed at least as strongly as supported" in said
    assert "rivalled by the other answer" in said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=engines", ["q-1111111111111111"]),
        ("q=lighthouse", ["q-2222222222222222"]),
        ("q=engines+lighthouse", []),
        ("status=contested", ["q-1111111111111111"]),
        ("status=denied", []),
        ("status=%3Cscript%3E", []),
        ("every=1", ["q-1111111111111111", "q-2222222222222222"]),
        ("q=", ["q-1111111111111111"]),
    ],
)
def test_a_plain_address_filters_the_questions(desk: httpx.Client, query: str, shown: list[str]) -> None:
    assert page(desk, f"/?{query}").xpath("//article/@id") == shown


def test_questions_are_filtered_by_entity(desk: httpx.Client, room: Newsroom) -> None:
    assert page(desk, f"/?entity={room.works.id}").xpath("//article/@id") == [room.question.id]


def test_the_filter_shows_what_it_was_set_to(desk: httpx.Client) -> None:
    tree = page(desk, "/?q=%22%3E%3Cscript%3E&status=contested")
    assert one(tree, '//input[@id="q"]').get("value") == '"><script>'
    assert one(tree, '//select[@id="status"]/option[@selected]').get("value") == "contested"


def test_a_dossier_holds_what_the_list_shows(desk: httpx.Client, room: Newsroom) -> None:
    found = page(desk, "/?status=contested")
    (address,) = found.xpath('//*[@id="list"]//a[text()="JSON"]/@href')
    answer = desk.get(address)
    assert [each["id"] for each in answer.json()["questions"]] == [room.question.id]
    assert answer.headers["content-disposition"] == 'attachment; filename="dossier-harbour.json"'


@pytest.mark.parametrize(("form", "media"), [("html", "text/html"), ("md", "text/markdown")])
def test_a_question_has_a_dossier_of_its_own(
    desk: httpx.Client, room: Newsroom, form: str, media: str
) -> None:
    answer = desk.get(f"/dossier.{form}?question={room.other.id}")
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    assert "lighthouse" in answer.text
    assert "Did engines reach" not in answer.text
    assert "<script>" not in answer.text
    assert desk.get(f"/dossier.{form}?question=nothing").status_code == 404
    assert desk.get("/dossier.exe").status_code == 422


def test_a_question_keeps_denials_and_not_aware_apart(desk: httpx.Client, room: Newsroom) -> None:
    tree = page(desk, f"/questions/{room.question.id}")
    first, second = tree.xpath('//section[@class="position"]')
    assert "engines were shipped to Port Salla" in words(one(first, './/section[contains(@class, "denies")]'))
    assert "any shipment of engines" in words(one(first, './/section[contains(@class, "unaware")]'))
    assert "Speaks in its own interest" in words(first)
    assert "cites Harbour Wire and shows nothing of its own" in words(first)
    assert not second.xpath('.//section[contains(@class, "opposition")]')


def test_the_table_sets_each_claim_under_its_origin(desk: httpx.Client, room: Newsroom) -> None:
    table = one(page(desk, f"/questions/{room.question.id}"), '//table[contains(@class, "sources")]')
    columns = [words(cell) for cell in table.xpath("./thead/tr/th")][1:]
    placed = {
        (words(row.xpath("./th")[0]), columns[index])
        for row in table.xpath('./tbody/tr[not(@class="group")]')
        for index, cell in enumerate(row.xpath("./td"))
        if words(cell)
    }
    assert placed == {
        ("Harbour Wire 2 April 2031", "papers seen by Harbour Wire own access shown"),
        ("Salla Post 3 April 2031", "papers seen by Harbour Wire own access shown"),
        ("Ministry of Trade no date", "Ministry of Trade denies"),
        ("unnamed publisher no date", "port authority not aware"),
        ("<i>Outlet</i> no date", "אורן לב access not shown"),
    }


def test_every_table_has_a_caption_and_scopes(desk: httpx.Client) -> None:
    for address in ADDRESSES:
        for table in page(desk, address, 404 if address == "/nowhere" else 200).xpath("//table"):
            assert table.xpath("./caption")
            assert all(cell.get("scope") for cell in table.xpath(".//th"))


# Documents


def test_a_document_shows_exactly_its_text(desk: httpx.Client, room: Newsroom) -> None:
    for document in room.documents[:5]:
        shown = one(page(desk, f"/documents/{document.id}"), '//article[@id="text"]')
        assert shown.text_content() == document.text


def test_highlights_lead_to_their_claim_and_back(desk: httpx.Client, room: Newsroom) -> None:
    tree = page(desk, f"/documents/{room.wire.id}")
    mark = one(tree, '//article//a[contains(@class, "mark")]')
    assert mark.text_content() == room.shipped.content.text
    entry = one(tree, f'//li[@id="{mark.get("href")[1:]}"]')
    back = one(entry, './/a[@class="ref"]').get("href")[1:]
    assert one(tree, f'//article//*[@id="{back}"]').getnext() is mark


def test_a_claim_says_how_it_is_attributed(desk: httpx.Client, room: Newsroom) -> None:
    entry = one(page(desk, f"/documents/{room.wire.id}"), f'//li[@id="{room.shipped.id}"]')
    said = words(entry)
    assert "papers asserts" in said
    assert "document, cue “according to”" in said
    assert "basis documents: “papers seen by Harbour Wire”; via Harbour Wire" in said
    assert "Bears on Did engines reach Port Salla?" in said


def test_metadata_says_how_each_is_known(desk: httpx.Client, room: Newsroom) -> None:
    said = words(one(page(desk, f"/documents/{room.wire.id}"), '//dl[@class="particulars"]'))
    assert "2 April 2031, 06:00 UTC meta article:published_time" in said
    assert room.wire.id in said
    undated = words(one(page(desk, f"/documents/{room.port.id}"), '//dl[@class="particulars"]'))
    assert "the file gives no date, and none is guessed" in undated


def test_failures_are_listed_with_their_reason(desk: httpx.Client, room: Newsroom) -> None:
    listed = words(one(page(desk, "/documents?status=failed"), "//tbody"))
    assert "broken.pdf failed broken.pdf is not a readable <PDF>" in listed
    shown = words(page(desk, f"/documents/{room.failed.id}"))
    assert "This file could not be read" in shown
    assert "secondsource ingest --retry" in shown


def test_a_claims_address_leads_to_its_place(desk: httpx.Client, room: Newsroom) -> None:
    answer = desk.get(f"/claims/{room.denied.id}")
    assert answer.is_redirect
    assert answer.headers["location"] == f"/documents/{room.ministry.id}#{room.denied.id}"


# Entities


def test_an_entity_shows_names_potential_matches_and_reasons(desk: httpx.Client, room: Newsroom) -> None:
    said = words(page(desk, f"/entities/{room.works.id}"))
    assert "Nerrin <Works>" in said
    assert "Potential match of “Nerrin Works” with the listed name “NERRIN WORKS LLC”" in said
    assert "Same two words; a legal form more." in said


def test_an_entity_not_screened_says_how(room: Newsroom, tmp_path: Path) -> None:
    room.store(tmp_path / "case", screened=False)
    with newsroom.serving(tmp_path / "case") as desk:
        assert "secondsource lists add" in words(page(desk, f"/entities/{room.works.id}"))


# Hostile text


def test_script_in_a_document_stays_text(desk: httpx.Client, room: Newsroom) -> None:
    for address in (
        "/",
        "/documents",
        f"/documents/{room.hostile.id}",
        f"/documents/{room.failed.id}",
        f"/questions/{room.question.id}",
        f"/entities/{room.works.id}",
        "/?q=<script>",
        "/<script>",
    ):
        tree = html.document_fromstring(desk.get(address).text)
        assert [each.get("src") for each in tree.xpath("//script")] == ["/static/desk.js"]
        assert not tree.xpath("//img | //i[text()='Outlet'] | //*[@onerror] | //*[@style] | //style")


def test_the_text_made_of_script_is_marked_whole(desk: httpx.Client, room: Newsroom) -> None:
    tree = page(desk, f"/documents/{room.hostile.id}")
    assert "".join(tree.xpath('//article//a[contains(@class, "mark")]/text()')) == HOSTILE


def test_a_title_of_ten_thousand_characters_is_shown(tmp_path: Path) -> None:
    long = factory.document("Short text.", path="long.txt", title="x" * 10_000)
    store = Store.open(tmp_path / "case")
    store.add_document(long)
    store.close()
    with newsroom.serving(tmp_path / "case") as desk:
        assert words(one(page(desk, f"/documents/{long.id}"), "//h1")) == "x" * 10_000


# What every answer carries, and who is refused


@pytest.mark.parametrize("address", [*ADDRESSES, "/static/desk.css", "/api/questions", "/api/nowhere"])
def test_every_answer_carries_the_policy(desk: httpx.Client, address: str) -> None:
    headers = desk.get(address).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if address.startswith("/static") else "no-store")


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_name_no_other_host(desk: httpx.Client, address: str) -> None:
    tree = html.document_fromstring(desk.get(address).text)
    loaded = tree.xpath("//@src | //link/@href | //@action | //@hx-get")
    assert all(each.startswith("/") and not each.startswith("//") for each in loaded)


@pytest.mark.parametrize(
    "host",
    ["elsewhere.example", "127.0.0.1.elsewhere.example", "localhost.elsewhere.example:80", "", "[::3]:80"],
)
def test_a_host_from_elsewhere_is_refused(desk: httpx.Client, host: str) -> None:
    for address in ("/", "/api/questions", "/static/desk.js"):
        answer = desk.get(address, headers={"Host": host})
        assert answer.status_code == 400
        assert "Salla" not in answer.text


@pytest.mark.parametrize(
    "host", ["localhost:8400", "127.0.0.1", "[::1]:8400", "DESK.example:1", "[::2]:8400"]
)
def test_own_names_and_given_names_are_answered(desk: httpx.Client, host: str) -> None:
    assert desk.get("/", headers={"Host": host}).status_code == 200


def test_a_page_that_is_only_read_takes_no_form(desk: httpx.Client) -> None:
    assert desk.post("/").status_code == 405


def test_what_is_not_there_is_said_in_a_page(desk: httpx.Client) -> None:
    assert "no document of this case has that id" in words(page(desk, "/documents/abc", 404))
    assert "There is nothing under this address" in words(page(desk, "/nowhere", 404))


# Empty states


def test_where_no_case_is_yet_the_page_says_how_one_starts(tmp_path: Path) -> None:
    with newsroom.serving(tmp_path / "none") as desk:
        answer = desk.get("/")
        assert answer.status_code == 409
        assert "secondsource ingest" in answer.text
    assert not (tmp_path / "none").exists()


def test_an_empty_case_says_how_to_fill_it(tmp_path: Path) -> None:
    Store.open(tmp_path / "case").close()
    with newsroom.serving(tmp_path / "case") as desk:
        for address in ("/", "/documents", "/entities"):
            assert "This case is empty" in words(page(desk, address))


def test_documents_without_claims_say_so(tmp_path: Path) -> None:
    quiet = factory.document("Nothing is said here.")
    store = Store.open(tmp_path / "case")
    store.add_document(quiet)
    store.add_extraction(quiet.id, Extraction((), ()))
    store.close()
    with newsroom.serving(tmp_path / "case") as desk:
        assert "1 document is in the case" in words(page(desk, "/"))
        assert "No claim was found in this text" in words(page(desk, f"/documents/{quiet.id}"))


def test_a_question_whose_document_left_is_still_shown(room: Newsroom, tmp_path: Path) -> None:
    room.store(tmp_path / "case")
    store = Store.open(tmp_path / "case")
    store.remove_document(room.copy.id)
    store.close()
    with newsroom.serving(tmp_path / "case") as desk:
        assert "a document that has left the case" in words(page(desk, f"/questions/{room.question.id}"))


# The same as JSON


def test_json_gives_the_questions(desk: httpx.Client, room: Newsroom) -> None:
    every = desk.get("/api/questions").json()
    assert [each["id"] for each in every] == [room.question.id, room.other.id]
    assert desk.get(f"/api/questions/{room.question.id}").json() == every[0]
    assert (every[0]["positions"][0]["n_min"], every[0]["positions"][0]["n_max"]) == (1, 2)
    assert [each["id"] for each in desk.get("/api/questions?q=lighthouse").json()] == [room.other.id]


def test_json_gives_claims_by_the_contract(desk: httpx.Client, room: Newsroom) -> None:
    one_claim = desk.get(f"/api/claims/{room.shipped.id}").json()
    assert claim_from_json(one_claim) == room.shipped
    assert one_claim["path"] == "wire.html"
    assert desk.get(f"/api/documents/{room.wire.id}/claims").json() == [one_claim]


def test_json_gives_documents_and_their_text(desk: httpx.Client, room: Newsroom) -> None:
    listed = desk.get("/api/documents?status=failed").json()
    assert [(each["path"], each["reason"]) for each in listed] == [("broken.pdf", room.failed.reason)]
    assert "text" not in listed[0]
    assert desk.get(f"/api/documents/{room.wire.id}").json()["text"] == room.wire.text


def test_json_gives_entities(desk: httpx.Client, room: Newsroom) -> None:
    assert [each["name"] for each in desk.get("/api/entities").json()] == ["Nerrin Works"]
    assert desk.get(f"/api/entities/{room.works.id}").json()["names"] == list(room.works.names)


def test_json_says_what_is_not_there(desk: httpx.Client) -> None:
    answer = desk.get("/api/claims/c-0")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "c-0: no claim of this case has that id"}
    assert desk.get("/api/documents?status=odd").status_code == 422


def test_the_description_of_the_json_loads_nothing(desk: httpx.Client) -> None:
    described = desk.get("/api/openapi.json").json()
    assert "/api/questions/{id}" in described["paths"]
    assert not re.search(r"https?://", json.dumps(described))
    assert desk.get("/docs").status_code == 404


# Words in letters of two alphabets


def test_a_name_of_two_alphabets_is_marked_wherever_it_is_shown(tmp_path: Path) -> None:
    with Desk(tmp_path / "case") as made:
        text = "Kupol moved to the north, officials said. Later Кupol moved back, they said."
        document = factory.document(text)
        names = tuple(
            Mention(factory.excerpt(document, name), "Company", f"m-{name}", name, "model", odd)
            for name, odd in (("Kupol", ()), ("Кupol", ("“Кupol” mixes letters.",)))
        )
        store = made.store(create=True)
        store.add_document(document)
        store.add_extraction(document.id, Extraction((), names), extractor="test")
        made.recount()
        (entity,) = made.entities()
    with newsroom.serving(tmp_path / "case") as client:
        assert "letters of two alphabets" in words(one(page(client, "/entities"), "//tbody"))
        shown = page(client, f"/entities/{entity.id}")
        marked = [words(name) for name in shown.xpath('//ul[@class="name-list"]/li')]
        assert marked == ["Kupol", "Кupol letters of two alphabets"]
        here = words(one(page(client, f"/documents/{document.id}"), '//section[@class="odd"]'))
        assert "characters 48–53: “Кupol” mixes letters." in here
