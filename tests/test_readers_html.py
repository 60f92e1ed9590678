"""The HTML reader, on pages as outlets write them (all fictional)."""

from __future__ import annotations

import json

import pytest

from secondsource.errors import Empty
from secondsource.model import Reading
from secondsource.readers import read

LEAD = (
    "(Meldwire) — The head of the <a href='/k'>port</a> denied on Tuesday that <b>seven</b> crates left it."
)
BODY = f"""
  <p>{LEAD}</p>
  <p>“No.”</p>
  <blockquote><p>“We do not ship arms.</p><p>“We never did.”</p></blockquote>
  <h2>What the papers show</h2>
  <ul><li>Seven crates on 12 January</li><li>Two crates on 14 January</li></ul>
  <table><tr><th>Date</th><th>Crates</th></tr><tr><td>12 January</td><td>7</td></tr></table>
  <p>The crates, left in <em>May</em>,<br>held engines, according to papers dated 3 March 2026.</p>
  <p>Correction: an earlier version gave nine crates.</p>"""


def page(head: str = "", body: str = BODY, top: str = "<h1>Port chief denies transfer</h1>") -> bytes:
    return f"""<!DOCTYPE html><html>
<head><meta charset="utf-8"><title>Port chief | Velmond Post</title>{head}</head>
<body><header><a href="/">Velmond Post</a><nav><ul><li><a href="/w">World</a></li></ul></nav></header>
<main><article>{top}{body}</article></main>
<aside><h3>Related</h3><p><a href="/y">Another story about ships in the port of Kesh</a></p></aside>
<footer><p>© 2026 Velmond Post</p></footer></body></html>""".encode()


def of(head: str = "", **parts: str) -> Reading:
    return read(page(head, **parts), "a.html")


def linked(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def named(author: str) -> str:
    return f'<meta name="author" content="{author}">'


def test_the_main_text_in_blocks_with_the_title_first() -> None:
    reading = of()
    assert [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks] == [
        ("title", "Port chief denies transfer"),
        (
            "paragraph",
            "(Meldwire) — The head of the port denied on Tuesday that seven crates left it.",
        ),
        ("paragraph", "“No.”"),
        ("quote", "“We do not ship arms."),
        ("quote", "“We never did.”"),
        ("heading", "What the papers show"),
        ("paragraph", "Seven crates on 12 January"),
        ("paragraph", "Two crates on 14 January"),
        ("table", "Date\tCrates"),
        ("table", "12 January\t7"),
        ("paragraph", "The crates, left in May,\nheld engines, according to papers dated 3 March 2026."),
        ("paragraph", "Correction: an earlier version gave nine crates."),
    ]


def test_a_page_that_states_no_date_has_none_whatever_its_text_and_address_say() -> None:
    reading = of(
        '<link rel="canonical" href="https://velmondpost.example/2026/03/03/port">'
        '<meta name="date" content="2026-03-04"><meta name="last-modified" content="2026-03-05">',
        top='<h1>Port chief denies transfer</h1><time datetime="2026-03-03">3 March 2026</time>',
    )
    assert (reading.published, reading.published_how) == (None, None)
    assert reading.url == "https://velmondpost.example/2026/03/03/port"


@pytest.mark.parametrize(
    ("head", "top", "how"),
    [
        (meta("article:published_time", "2026-03-03T08:15:00+02:00"), "", "meta article:published_time"),
        (linked(datePublished="2026-03-03T08:15:00+02:00"), "", "JSON-LD datePublished"),
        ("", '<time pubdate datetime="2026-03-03T08:15+02:00">today</time>', "time pubdate"),
        (
            "",
            '<time itemprop="datePublished" datetime="2026-03-03T08:15+0200">x</time>',
            "time itemprop=datePublished",
        ),
        ('<meta name="pubdate" content="Tue, 03 Mar 2026 08:15:00 +0200">', "", "meta pubdate"),
    ],
)
def test_a_date_says_which_field_it_is_from(head: str, top: str, how: str) -> None:
    reading = of(head, top=f"<h1>Port chief denies transfer</h1>{top}")
    assert reading.published == "2026-03-03T08:15:00+02:00"
    assert reading.published_how == how


def test_a_field_with_an_ambiguous_date_is_passed_over() -> None:
    reading = of(meta("article:published_time", "03/04/2026") + linked(datePublished="2026-04-03"))
    assert (reading.published, reading.published_how) == ("2026-04-03", "JSON-LD datePublished")


def test_the_publisher_is_the_site_then_the_linked_one() -> None:
    named = linked(publisher={"@type": "Organization", "name": "Velmond Post &amp; Mail"})
    assert of(meta("og:site_name", "The Post") + named).publisher == "The Post"
    assert of(named).publisher == "Velmond Post & Mail"
    assert of().publisher is None


def test_linked_names_are_found_by_id_in_a_graph() -> None:
    graph = [
        {"@type": "WebPage", "@id": "#page", "datePublished": "2026-01-01"},
        {
            "@type": ["NewsArticle"],
            "author": {"@id": "#corr"},
            "publisher": {"@id": "#post"},
            "headline": "H",
        },
        {"@type": "Person", "@id": "#corr", "name": "A. B. Corr"},
        {"@type": "Organization", "@id": "#post", "name": "Velmond Post"},
    ]
    script = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    reading = of(f'<script type="application/ld+json">{{broken</script>{script}')
    assert (reading.publisher, reading.authors, reading.published) == ("Velmond Post", ("A. B. Corr",), None)


@pytest.mark.parametrize(
    ("head", "top", "authors"),
    [
        (named("A. B. Corr, C. D. Hallo and Eva Zurn"), "", ("A. B. Corr", "C. D. Hallo", "Eva Zurn")),
        (named("Ministry of Trade and Industry"), "", ("Ministry of Trade and Industry",)),
        (linked(author=[{"name": "A. B. Corr"}, "Eva Zurn"]), "", ("A. B. Corr", "Eva Zurn")),
        (named("https://social.example/corr") + linked(author={"name": "A. B. Corr"}), "", ("A. B. Corr",)),
        ("", '<div class="byline">By A. B. Corr | 3 June 2025</div>', ("A. B. Corr",)),
        ("", '<p itemprop="author"><span itemprop="name">A. B. Corr</span>, Kesh</p>', ("A. B. Corr",)),
        ("", '<div class="byline">3 June 2025</div>', ()),
    ],
)
def test_authors_keep_their_initials(head: str, top: str, authors: tuple[str, ...]) -> None:
    assert of(head, top=f"<h1>Port chief denies transfer</h1>{top}").authors == authors


def test_a_title_without_a_heading_is_the_one_given_to_others_less_the_publisher() -> None:
    site = meta("og:site_name", "Velmond Post")
    assert of(site, top="").title == "Port chief"
    assert of(site + meta("og:title", "Port chief denies"), top="").title == "Port chief denies"
    assert of(site, top="<h1>Velmond Post</h1>").title == "Port chief"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-16"),
        ("", "utf-8"),
    ],
)
def test_the_encoding_a_page_declares(declared: str, encoding: str) -> None:
    text = f"<html><head>{declared}</head><body><p>“Zoë Müller” said no.</p></body></html>"
    assert read(text.encode(encoding), "a.html").text == "“Zoë Müller” said no."


def test_an_xhtml_page_with_an_encoding_declaration() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>\n<html><body><p>Zoë said no.</p></body></html>'
    assert read(text.encode("cp1252"), "a.xhtml").text == "Zoë said no."


def test_a_page_without_an_article_gives_its_visible_text() -> None:
    data = (
        b"<html><body><script>var x</script><div>Kesh closed.<br><br>It opens, he said.</div></body></html>"
    )
    reading = read(data, "a.html")
    assert [reading.text[block.start : block.end] for block in reading.blocks] == [
        "Kesh closed.",
        "It opens, he said.",
    ]


def test_a_vast_page_is_read_without_looking_for_an_article() -> None:
    body = "<p>" + "The minister <a href='x'>said</a> so. " * 3000 + "</p>"
    assert of(body=body).text.endswith("The minister said so.")


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<!-- -->", b"<title>Port</title>", b"<html><h1>Port</h1></html>"]
)
def test_a_page_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(Empty, match=r"^a\.html holds no "):
        read(data, "a.html")
