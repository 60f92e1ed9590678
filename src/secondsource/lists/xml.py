"""XML lists, an entry at a time: nothing from elsewhere is loaded, and a file cut short is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from secondsource.lists.file import ListFile

Node = Any
"""An element of lxml, whose stubs are not part of it."""


def root(file: ListFile) -> Node | None:
    """The first element with its attributes, None where the file is not XML."""
    if not file.head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return None
    try:
        with file.open() as source:
            _, node = next(iter(etree.iterparse(source, events=("start",), **_SAFE)))
    except (etree.XMLSyntaxError, StopIteration):
        return None
    return node


_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": True, "load_dtd": False}


def nodes(file: ListFile, *tags: str) -> Iterator[Node]:
    """Every element of these names, whatever their namespace, each forgotten after use.

    Raises ListError where the file is no well-formed XML to its end.
    """
    try:
        with file.open() as source:
            wanted = [f"{{*}}{tag}" for tag in tags]
            for _, node in etree.iterparse(source, events=("end",), tag=wanted, **_SAFE):
                yield node
                node.clear()
    except etree.XMLSyntaxError as error:
        raise file.refused(f"cut short, or no XML: {error.msg}") from error


def name(node: Node) -> str:
    return str(etree.QName(node).localname)


def text(node: Node, *path: str) -> str | None:
    """The words of the first element on a path of names below ``node``."""
    return next(texts(node, *path), None)


def texts(node: Node, *path: str) -> Iterator[str]:
    for found in below(node, *path):
        if found.text and found.text.strip():
            yield found.text.strip()


def below(node: Node, *path: str) -> Iterator[Node]:
    """The elements on a path of names below ``node``."""
    return iter(node.iterfind("/".join(f"{{*}}{step}" for step in path)))
