"""HTML: the main text of a page by trafilatura, its paragraphs as blocks, its title first.

Costs: about a second to load the library, then some 20 ms a page.  Loses: navigation,
related stories, reader comments, scripts, captions of pictures, link targets, and a
paragraph that repeats the one before it.  Where no article stands out, or the page is
vast, the text is all its visible text.  An agency's credit stays, as does every other
word of a paragraph.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import lxml.html  # type: ignore[import-untyped]
from lxml import etree
from trafilatura import bare_extraction

from secondsource.errors import Empty
from secondsource.model import BlockKind, Reading
from secondsource.readers.blocks import Part, clean, compose, one_line
from secondsource.readers.elements import Places
from secondsource.readers.encoding import decode_declared, peek
from secondsource.readers.head import Head
from secondsource.readers.reader import MIB

MAX_ELEMENTS = 20_000  # of a page; a long encyclopedia article has some 10,000
MAX_INLINE = 2_000  # links and emphases of one paragraph; at 2,000 it takes two seconds

_SIGNATURE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(r"\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]+)")

# trafilatura's element names, and HTML's own for a page in which it finds no article.
_KINDS: dict[str, BlockKind] = {
    "head": "heading", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading",
    "quote": "quote", "blockquote": "quote", "row": "table", "tr": "table", "figcaption": "caption",
}  # fmt: skip
_BLOCKS = frozenset(_KINDS) | {
    "p", "item", "list", "table", "body", "div", "section", "article", "main",
    "li", "ul", "ol", "pre", "dt", "dd",
}  # fmt: skip
_CELLS = {"cell", "td", "th"}
_BREAKS = {"lb", "br"}
_HIDDEN = (
    "head", "script", "style", "noscript", "template", "svg",
    "nav", "header", "footer", "aside", "button", "select",
)  # fmt: skip
_BREAK = "\v"  # a line end that the page itself writes; two are a paragraph's end
_PARAGRAPH_END = re.compile(rf"\s*(?:\n|{_BREAK}\s*{_BREAK})\s*")

# It reports each page it gives up on; the reader says so itself, once.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


class Html:
    media_type = "text/html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    limit = 16 * MIB

    def recognises(self, data: bytes) -> bool:
        return bool(_SIGNATURE.match(peek(data)))

    def read(self, data: bytes, name: str) -> Reading:
        tree = parse(data, name)
        head = Head(tree).reading()
        places = Places(tree)  # before the article is found, which takes the tree apart
        text, blocks = compose(places.of(_titled(head.title, parts(tree))))
        if not any(block.kind != "title" for block in blocks):
            raise Empty(f"{name} holds no text beside its title")
        return replace(head, text=text, blocks=blocks)


def parse(data: bytes, name: str, label: str | None = None) -> Any:
    """The tree of a page; ``label`` is the encoding that its carrier declares for it."""
    start = peek(data)
    found = _CHARSET.search(start) or _XML_ENCODING.match(start)
    markup = clean(decode_declared(data, name, label or (found and found[1])))
    # As bytes: lxml refuses characters that begin with an XML declaration of their encoding.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(markup.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Empty(f"{name} holds no page") from error


def parts(tree: Any) -> list[Part]:
    """The main text of a page as pieces; all its visible text where no article stands out."""
    article = None if _vast(tree) else _article(tree)
    return (list(flow(article)) if article is not None else []) or list(flow(_visible(tree)))


def _article(tree: Any) -> Any:
    try:
        found = bare_extraction(tree, include_comments=False, include_tables=True)
    except Exception:  # whatever a hostile page provokes in it, the whole page can still be read
        return None
    return getattr(found, "body", None)


def _vast(tree: Any) -> bool:
    """True for a page that trafilatura would take minutes over: it compares siblings pairwise."""
    return sum(1 for _ in tree.iter()) > MAX_ELEMENTS or any(
        len(element) > MAX_INLINE and sum(child.tag not in _BLOCKS for child in element) > MAX_INLINE
        for element in tree.iter()
    )


def _visible(tree: Any) -> Any:
    etree.strip_elements(tree, *_HIDDEN, with_tail=False)
    return tree


def flow(root: Any) -> Iterator[Part]:
    """The text under ``root`` in reading order, a piece for each block that holds words."""
    words: list[str] = []
    kinds: list[BlockKind] = ["paragraph"]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if tag in _BLOCKS:
            yield from _pieces(words, kinds[-1])
            words.clear()
            _nest(kinds, event, tag)
        elif event == "end" and (tag in _BREAKS or tag in _CELLS):
            words.append(_BREAK if tag in _BREAKS else "\t")
        if event == "start":
            words.append(element.text or "")
        elif element is not root:
            words.append(element.tail or "")
    yield from _pieces(words, "paragraph")


def _nest(kinds: list[BlockKind], event: str, tag: str) -> None:
    """A block inside a quotation or a table row is of its kind."""
    if event == "end":
        kinds.pop()
    else:
        kinds.append(_KINDS.get(tag, kinds[-1]))


def _pieces(words: list[str], kind: BlockKind) -> Iterator[Part]:
    for paragraph in _PARAGRAPH_END.split("".join(words)):
        lines = (_line(line) for line in paragraph.split(_BREAK))
        yield Part(kind, "\n".join(line for line in lines if line))


def _line(line: str) -> str:
    return "\t".join(cell for cell in (" ".join(cell.split()) for cell in line.split("\t")) if cell)


def _titled(title: str | None, pieces: list[Part]) -> Iterator[Part]:
    """``pieces`` after the title, without the heading that repeats it near the top."""
    pieces = [piece for piece in pieces if piece.text]
    if title:
        yield Part("title", title)
    for number, piece in enumerate(pieces):
        if not (title and number < 3 and _same(piece.text, title)):
            yield piece


def _same(one: str, other: str) -> bool:
    return one_line(one).casefold() == one_line(other).casefold()
