"""What a page's JSON-LD says of the article: https://schema.org/NewsArticle and its kin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import unescape

from secondsource.model import JSON
from secondsource.readers.blocks import one_line

# Those that can be a page's own article; a list of teasers is not among them.
_ARTICLES = ("Article", "Report", "BlogPosting", "WebPage")


class Linked:
    """The nodes of a page's JSON-LD scripts, and the one that describes its article.

    A script that is not JSON says nothing.  A node given as ``{"@id": …}`` is looked up.
    """

    def __init__(self, scripts: Iterable[str]) -> None:
        nodes = [node for script in scripts for node in _nodes(_parse(script))]
        self._by_id = {
            node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
        }
        self.article: JSON = next((node for kind in _ARTICLES for node in nodes if _is(node, kind)), {})

    def text(self, key: str) -> str | None:
        """The article's ``key`` where it is words."""
        value = self.article.get(key)
        return one_line(unescape(value)) or None if isinstance(value, str) else None

    def names(self, key: str) -> tuple[str, ...]:
        """The names of what stands at the article's ``key``: one or a list, inline or by id."""
        value = self.article.get(key)
        return tuple(filter(None, map(self._name, value if isinstance(value, list) else [value])))

    def addresses(self, key: str) -> tuple[str, ...]:
        """The addresses of what stands at the article's ``key``: given as words, a ``url`` or an ``@id``."""
        value = self.article.get(key)
        found = (
            node.get("url") or node.get("@id") if isinstance(node, dict) else node
            for node in (value if isinstance(value, list) else [value])
        )
        return tuple(one for one in found if isinstance(one, str) and one.startswith(("http://", "https://")))

    def _name(self, value: object) -> str | None:
        if isinstance(value, dict):
            node = self._by_id.get(str(value.get("@id")), {})
            value = value.get("name") or node.get("name")
        return one_line(unescape(value)) or None if isinstance(value, str) else None


def _parse(script: str) -> object:
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[JSON]:
    """The nodes at the top of a script: itself, the members of its list or of its graph."""
    if isinstance(value, list):
        yield from (node for node in value if isinstance(node, dict))
    elif isinstance(value, dict):
        yield value
        graph = value.get("@graph")
        if isinstance(graph, list):
            yield from (node for node in graph if isinstance(node, dict))


def _is(node: JSON, kind: str) -> bool:
    """True where a type of ``node`` is ``kind`` or, as NewsArticle is, a kind of it."""
    types = node.get("@type")
    return any(
        isinstance(name, str) and name.endswith(kind)
        for name in (types if isinstance(types, list) else [types])
    )
