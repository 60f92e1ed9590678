"""Which element of a page a piece of its text stands in."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Any

from secondsource.readers.blocks import Part, one_line

_HOLDERS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th", "tr", "pre", "dt", "dd",
    "figcaption", "div", "section", "title",
)  # fmt: skip
MAX_HOLDERS = 20_000  # of a page; beyond, a piece is placed in the page's body
MAX_LENGTH = 20_000  # characters of an element that is looked at: a longer one is no paragraph


class Places:
    """The elements of a page by their words, asked in the order of the page.

    A piece whose words are not those of one element (a list that was joined, a division cut
    into paragraphs) is placed in the first element that holds its beginning, and failing that
    in the body: coarser, never wrong.
    """

    def __init__(self, tree: Any) -> None:
        self._tree = tree.getroottree()
        self._body = "/html/body"
        self._exact: defaultdict[str, deque[str]] = defaultdict(deque)
        self._texts: list[tuple[str, str]] = []
        for number, element in enumerate(tree.iter(*_HOLDERS)):
            if number > MAX_HOLDERS:
                break
            self._add(element)

    def _add(self, element: Any) -> None:
        # A division that holds no words itself says less than the elements in it.
        own = (element.text, *(child.tail for child in element))
        if element.tag in ("div", "section") and not any(map(str.strip, filter(None, own))):
            return
        words = _plain(element.xpath("string()")[:MAX_LENGTH])
        if words:
            path = self._tree.getpath(element)
            self._exact[words].append(path)
            self._texts.append((words, path))

    def of(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The same pieces, each with its place."""
        for part in parts:
            yield part._replace(place=self._place(_plain(part.text))) if part.text.strip() else part

    def _place(self, words: str) -> str:
        found = self._exact.get(words)
        if found:
            return found[0] if len(found) == 1 else found.popleft()
        start = words[:80]
        return next((path for text, path in self._texts if start in text), self._body)


def _plain(text: str) -> str:
    """Words alone: what a reader does to white space does not matter here."""
    return "".join(one_line(text).split())
