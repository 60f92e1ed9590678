"""Every text that reaches a page is shown as text, and every form refuses a page from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html  # type: ignore[import-untyped]

import newsroom
from newsroom import Newsroom
from secondsource import Desk
from secondsource.model import Extraction
from secondsource.store import Store
from secondsource.trade import Order
from secondsource.web.app import PAGES

MARKUP = '"\'><img src="http://elsewhere.example/x" onerror=alert(1)><hostile-part> {{ 7 * 7 }} </script>'
# Fields whose words come from files, lists or people, and reach a page.
WORDS = (
    *("publisher", "title", "reason", "path", "agency", "dateline", "authors", "notes", "based_on"),
    *("published_how", "name", "names", "source_name", "source", "why", "text", "reasons", "unit", "rule"),
    *("query", "programmes", "url"),
)
ROOM = Newsroom()
QUOTED = MARKUP.replace('"', '""')
TABLE = f"""date,hs code,description,consignor,consignee,origin,destination,via,weight
2026-01-03,8526.91,"radios {QUOTED}","Halvar {QUOTED}",Orlesk,Oshmara,Drovia,Velmond,30
"""


def soiled(value: Any, *, words: bool = False) -> Any:
    """The same value with `MARKUP` after every word that a person, a file or a list gave."""
    if isinstance(value, str):
        return value + MARKUP if words and MARKUP not in value else value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(soiled(each, words=words) for each in value)
    if is_dataclass(value) and not isinstance(value, type) and type(value).__name__ != "Excerpt":
        kept = {one.name: getattr(value, one.name) for one in fields(value)}
        # The text of a document stays as it is: excerpts are its own words, at their places.
        own = type(value).__name__ == "Reading"
        made = {k: soiled(v, words=k in WORDS and not (own and k == "text")) for k, v in kept.items()}
        return replace(value, **made)
    return value


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    store = Store.open(folder / "case")
    for document in ROOM.documents:
        store.add_document(soiled(document))
        claims = tuple(soiled(claim) for claim in ROOM.claims if claim.document == document.id)
        store.add_extraction(document.id, Extraction(claims, ()))
    store.replace_findings([soiled(ROOM.works)], [soiled(question) for question in ROOM.questions])
    edition, entry, screening = ROOM.screening()
    store.add_list(edition, [entry], {})
    store.add_screenings([soiled(screening)])
    store.close()
    (folder / "customs.csv").write_text(TABLE, "utf-8")
    with Desk(folder / "case") as desk:
        desk.goods.trade(Order(folder / "customs.csv"))
        desk.keep_view(f"mine{MARKUP}", f"/?q={MARKUP}")
    return folder / "case"


@pytest.fixture(scope="module")
def desk(case: Path) -> Iterator[httpx.Client]:
    with newsroom.serving(case) as client:
        yield client


def test_markup_in_every_text_stays_text_on_every_page(desk: httpx.Client) -> None:
    """Walk the case by its links; words of a person, a file or a list become no element and no attribute."""
    walked, told = {"/", "/views", f"/search?q={MARKUP}", f"/screening?name={MARKUP}", f"/{MARKUP}"}, {}
    waiting = list(walked)
    while waiting:
        address = waiting.pop()
        answer = desk.get(address)
        if "text/html" not in answer.headers.get("content-type", "") or answer.is_redirect:
            continue
        assert answer.status_code < 500, address
        tree = html.document_fromstring(answer.text)
        assert not tree.xpath("//img[@onerror] | //hostile-part | //*[@onerror] | //*[@onload]"), address
        assert not tree.xpath("//script[not(starts-with(@src, '/static/'))]"), address
        told[address.partition("?")[0]] = "<hostile-part>" in tree.text_content()
        for found in tree.xpath("//@href | //@src | //@hx-get"):
            bare = found.partition("#")[0]
            assert not bare or bare.startswith(("/", "?")), f"{address} leads to {found}"
            if bare.startswith("/") and bare.partition("?")[0] not in {e.partition("?")[0] for e in walked}:
                walked.add(bare)
                waiting.append(bare)
    shown = {address for address, hostile in told.items() if hostile}
    # The test would see nothing where nothing hostile is shown: it is, on these at least.
    assert {"/", "/documents", "/entities", "/search", "/screening", "/views"} <= shown
    for part in ("/documents/", "/questions/", "/entities/", "/goods/tables/"):
        assert any(address.startswith(part) for address in shown), part


FORMS = sorted({route.path for pages in PAGES for route in pages.router.routes if "POST" in route.methods})


@pytest.mark.parametrize("path", FORMS)
def test_every_form_refuses_a_page_from_elsewhere(desk: httpx.Client, case: Path, path: str) -> None:
    filled = path.format(id=ROOM.shipped.id, document=ROOM.wire.id, number=1)
    before = desk.get("/ledger").text
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert desk.post(filled, data={"name": "x", "view": "/"}, headers=headers).status_code == 403
        assert desk.post(filled, headers={"Host": "elsewhere.example"}).status_code == 400
    assert desk.get("/ledger").text == before


@pytest.mark.parametrize(
    "address",
    [
        *("//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "\\\\elsewhere.example"),
        *("https://elsewhere.example", "javascript:alert(1)", "/\n/elsewhere.example", "elsewhere"),
    ],
)
def test_a_view_leads_nowhere_else(desk: httpx.Client, address: str) -> None:
    """A browser reads a backslash as a slash, and reads over tabs and line ends."""
    answer = desk.post("/views", data={"name": "away", "view": address})
    assert answer.status_code == 400
    assert "A view is an address of this desk" in answer.text
    assert "away" not in desk.get("/views").text
