"""Documents and entities that are too much of something, on the pages that have to show them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import html  # type: ignore[import-untyped]

import factory
import newsroom
from secondsource import Desk
from secondsource.model import Claim, Document, Excerpt, Extraction
from secondsource.store import Store
from secondsource.text import content_id

RTL = "\u202eאורן לב\u202c"


def over(document: Document, start: int, end: int) -> Claim:
    made = factory.claim(document, document.text[:1], document.text[:1])
    id = content_id("c", document.id, start, end)
    return replace(made, id=id, content=Excerpt.of(document.text, [(start, end)]), source_name=RTL)


def test_four_hundred_overlapping_claims_and_one_over_all(tmp_path: Path) -> None:
    document = factory.document("The crates were moved by night. " * 40, title="<b>" + "x" * 10_000)
    claims = [over(document, 0, len(document.text)), *(over(document, n, 700 + n) for n in range(400))]
    store = Store.open(tmp_path / "case")
    store.add_document(document)
    store.add_extraction(document.id, Extraction(tuple(claims), ()))
    store.close()
    with newsroom.serving(tmp_path / "case") as desk:
        answer = desk.get(f"/documents/{document.id}")
        tree = html.document_fromstring(answer.text)
        assert tree.get_element_by_id("text").text_content() == document.text
        assert len(tree.xpath('//li[starts-with(@class, "claim")]')) == 401
        assert not tree.xpath("//h1/b")
        assert len(desk.get("/documents").text) < 20_000  # a list shows the beginning of a title


def test_an_entity_with_five_thousand_claims_comes_a_page_at_a_time(tmp_path: Path) -> None:
    text = "Nerrin Works sold crates. "
    document = factory.document(text * 5_000, path="long.txt")
    names, claims = [], []
    for number in range(5_000):
        start = number * len(text)
        claims.append(over(document, start, start + len(text) - 1))
        mention = factory.mention(document, "Nerrin Works")
        names.append(replace(mention, excerpt=Excerpt.of(document.text, [(start, start + 12)])))
    store = Store.open(tmp_path / "case")
    store.add_document(document)
    store.add_extraction(document.id, Extraction(tuple(claims), tuple(names)))
    works = factory.entity("Nerrin Works", RTL, documents=(document,))
    store.replace_findings([works], [])
    store.close()
    with newsroom.serving(tmp_path / "case") as desk:
        tree = html.document_fromstring(desk.get(f"/entities/{works.id}").text)
        assert len(tree.xpath('//section[@id="about"]//figure')) == 25
        assert "5,000" in tree.get_element_by_id("about").text_content()
        (further,) = tree.xpath('//section[@id="about"]//a[@rel="next"]/@href')
        again = html.document_fromstring(desk.get(further).text)
        assert "26–50 of 5,000 claims" in " ".join(again.get_element_by_id("about").text_content().split())


def test_a_listed_name_of_five_thousand_entries_takes_one_line(tmp_path: Path) -> None:
    rows = [f"w{number},Works Number{number} Orl,Company,Grand Group Orl" for number in range(5_000)]
    rows += ["n1,None,Person,", "n2,N/A,Company,", f"n3,{'Xavier ' * 1_500},Person,"]
    (tmp_path / "list.csv").write_text("\n".join(["id,name,schema,aliases", *rows]) + "\n")
    (tmp_path / "a.txt").write_text(
        "The Grand Group Orl said that it had sold nothing. None knew. N/A, they say."
    )
    with Desk(tmp_path / "case") as desk:
        desk.add_list(tmp_path / "list.csv")
        desk.ingest([tmp_path / "a.txt"])
        assert desk.mention_lists() == 5_000
        ((id, held),) = desk.store().mentions().items()
        assert [one.excerpt.text for one in held if one.how == "list"] == ["Grand Group Orl"]
    with newsroom.serving(tmp_path / "case") as client:
        (line,) = html.document_fromstring(client.get(f"/documents/{id}").text).xpath(
            '//section[@class="listed"]/ul/li'
        )
        assert "and of 4,997 entries more" in " ".join(line.text_content().split())
