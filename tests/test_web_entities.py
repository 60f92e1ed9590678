"""What a person says of an entity on its page: merged, split, called otherwise, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html  # type: ignore[import-untyped]

import newsroom
from newsroom import Newsroom
from secondsource import Desk
from test_judging import fill, named


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "case") as made:
        fill(made)
        yield made


@pytest.fixture
def client(desk: Desk) -> Iterator[httpx.Client]:
    with newsroom.serving(desk.path) as client:
        yield client


def tree(answer: httpx.Response) -> html.HtmlElement:
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def words(answer: httpx.Response) -> str:
    return " ".join(tree(answer).text_content().split())


def say(client: httpx.Client, entity: str, **given: object) -> httpx.Response:
    return client.post(f"/entities/{entity}", data=given, follow_redirects=True)


def test_two_entities_are_merged_and_taken_apart_again(client: httpx.Client, desk: Desk) -> None:
    before = {entity.id for entity in desk.entities()}
    one = named(desk, "IEMZ Kupol")
    answer = say(client, one.id, verdict="positive", value="Izhevsk plant", reason="its address")
    shown = words(answer)
    assert "“IEMZ Kupol” and “Izhevsk plant” to be one: its address." in shown
    assert named(desk, "IEMZ Kupol").id == named(desk, "Izhevsk plant").id
    (undo,) = tree(answer).xpath('//*[@id="judgements"]//form[contains(@action, "/undo")]')
    again = client.post(undo.get("action"), data=dict(undo.fields), follow_redirects=True)
    assert again.status_code == 200
    assert {entity.id for entity in desk.entities()} == before


def test_the_address_of_a_part_leads_to_the_whole(client: httpx.Client, desk: Desk) -> None:
    parts = {named(desk, name).id for name in ("IEMZ Kupol", "Izhevsk plant")}
    desk.judge("IEMZ Kupol", "Izhevsk plant", "positive")
    whole = named(desk, "IEMZ Kupol").id
    for part in parts:
        assert str(client.get(f"/entities/{part}", follow_redirects=True).url).endswith(whole)
    assert client.get("/entities/e-nobody").status_code == 404


def test_an_entity_is_split_by_its_documents(client: httpx.Client, desk: Desk) -> None:
    whole = named(desk, "Ana Bron")
    page = tree(client.get(f"/entities/{whole.id}"))
    boxes = page.xpath('//input[@name="documents"]/@value')
    assert sorted(boxes) == sorted(whole.documents)
    answer = say(client, whole.id, verdict="split", documents=boxes[:1], reason="another office")
    assert "another office" in words(answer)
    two = [entity for entity in desk.entities() if "Ana Bron" in entity.names]
    assert len(two) == 2
    (undo,) = tree(client.get(f"/entities/{two[0].id}")).xpath('//form[contains(@action, "/undo")]')
    client.post(undo.get("action"), data=dict(undo.fields))
    assert named(desk, "Ana Bron") == whole


def test_a_split_that_leaves_nothing_is_refused_with_its_reason(client: httpx.Client, desk: Desk) -> None:
    whole = named(desk, "Ana Bron")
    for documents in ([], list(whole.documents)):
        answer = say(client, whole.id, verdict="split", documents=documents)
        assert answer.status_code == 400
        assert "name some of them" in answer.text
    assert named(desk, "Ana Bron") == whole


def test_a_name_and_a_kind_are_corrected(client: httpx.Client, desk: Desk) -> None:
    one = named(desk, "IEMZ Kupol")
    shown = words(say(client, one.id, verdict="rename", value="Kupol Works"))
    assert "Kupol Works" in shown
    assert "Organization" in say(client, one.id, verdict="retype", value="Organization").text
    assert named(desk, "IEMZ Kupol").schema == "Organization"
    assert "also-so" in words(say(client, one.id, verdict="alias", value="also-so"))


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"verdict": "positive", "value": "Nobody At All"}, 404),
        ({"verdict": "positive", "value": "IEMZ Kupol"}, 400),
        ({"verdict": "retype", "value": "Culprit"}, 400),
        ({"verdict": "rename", "value": "  "}, 400),
        ({"verdict": "guilty", "value": "x"}, 422),
        ({"verdict": "rename", "value": "x" * 501}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: httpx.Client, desk: Desk, given: dict[str, str], status: int
) -> None:
    before = desk.entities()
    answer = say(client, named(desk, "IEMZ Kupol").id, **given)
    assert answer.status_code == status
    assert "<h1" in answer.text
    assert desk.entities() == before


def test_a_page_from_elsewhere_merges_nothing(client: httpx.Client, desk: Desk) -> None:
    one = named(desk, "IEMZ Kupol")
    given = {"verdict": "positive", "value": "Izhevsk plant"}
    headers = {"Origin": "https://elsewhere.example"}
    assert client.post(f"/entities/{one.id}", data=given, headers=headers).status_code == 403
    assert desk.judgements() == []


def test_a_match_is_decided_on_where_the_entity_is_shown(tmp_path: Path) -> None:
    room = Newsroom()
    room.store(tmp_path / "harbour")
    with newsroom.serving(tmp_path / "harbour") as client:
        page = tree(client.get(f"/entities/{room.works.id}"))
        (form,) = page.xpath('//form[@action="/screening/decision"]')
        given = dict(form.fields) | {"decision": "negative", "reason": "of another town"}
        answer = client.post(form.get("action"), data=given)
        assert answer.headers["location"] == f"/entities/{room.works.id}#matches"
