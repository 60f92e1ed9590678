"""Media as sources, kept apart from whom the documents are about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from lxml import html  # type: ignore[import-untyped]

import factory
import newsroom
from secondsource import Desk
from secondsource.cli import cli
from secondsource.model import Extraction, Mention

TEXT = "Corlay Bulk sold ships, Reuters reported. The Skerrin Times was closed, said the Harnsea Herald."
NAMES = ("Corlay Bulk", "Reuters", "Skerrin Times", "Harnsea Herald")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The Skerrin Times published the document, Reuters is cited, the Herald is only named; claims speak
    of Corlay Bulk and of the Skerrin Times."""
    with Desk(tmp_path / "case") as desk:
        document = factory.document(TEXT, "The Skerrin Times")
        names = {
            name: Mention(factory.excerpt(document, name), "Organization", f"m-{name}", name, "test")
            for name in NAMES
        }
        claims = (
            factory.claim(document, "Corlay Bulk sold ships", "Reuters", names=("Corlay Bulk",)),
            factory.claim(
                document, "The Skerrin Times was closed", "Harnsea Herald", names=("Skerrin Times",)
            ),
        )
        store = desk.store(create=True)
        store.add_document(document)
        store.add_extraction(document.id, Extraction(claims, tuple(names.values())), extractor="test")
        desk.recount()
        yield desk


def _by_name(desk: Desk) -> dict[str, str]:
    return {one.name: one.id for one in desk.entities()}


def test_media_are_shipped_outlets_and_publishers_of_the_case(desk: Desk) -> None:
    media, ids = desk.media(), _by_name(desk)
    assert set(media) == {ids["Reuters"], ids["Skerrin Times"]}
    reuters, times = media[ids["Reuters"]], media[ids["Skerrin Times"]]
    assert (reuters.owner, reuters.group, reuters.country) == ("Thomson Reuters", "Reuters wire", "gb")
    assert (reuters.published, reuters.in_story) == (0, False)
    assert (times.owner, times.published, times.in_story) == (None, 1, True)


def test_an_entity_says_which_medium_it_is(desk: Desk, root: Path) -> None:
    told = CliRunner().invoke(cli, ["entities", "--json", "--case", str(desk.path)], catch_exceptions=False)
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    schema = json.loads((root / "docs" / "schemas" / "entity.schema.json").read_text("utf-8"))
    for row in rows:
        Draft202012Validator(schema).validate(row)
    assert {row["name"]: row["medium"] and row["medium"]["group"] for row in rows} == {
        "Corlay Bulk": None,
        "Harnsea Herald": None,
        "Reuters": "Reuters wire",
        "Skerrin Times": None,
    }


def _listed(page: str) -> set[str]:
    found = html.document_fromstring(page).xpath('//table[contains(@class, "entities")]//th[@scope="row"]/a')
    return {" ".join(one.text_content().split()) for one in found}


def test_the_desk_lists_media_by_themselves(desk: Desk) -> None:
    with newsroom.serving(desk.path) as client:
        story = client.get("/entities").text
        assert _listed(story) == {"Corlay Bulk", "Skerrin Times", "Harnsea Herald"}
        assert "Media <span>2</span>" in story
        media = client.get("/entities?media=1").text
        assert _listed(media) == {"Reuters", "Skerrin Times"}
        assert "Thomson Reuters" in media
        assert _listed(client.get("/entities?media=1&q=skerrin").text) == {"Skerrin Times"}
        page = client.get(f"/entities/{_by_name(desk)['Reuters']}").text
        assert "A medium, owned by <bdi>Thomson Reuters</bdi>, of the <bdi>Reuters wire</bdi>." in page
        assert "No claim speaks of it: it is a source only." in page
