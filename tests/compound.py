"""A writer of compound files (MS-CFB), enough for an Outlook message: what no library here writes.

https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb and …/ms-oxmsg.  Version 3,
sectors of 512 bytes; streams below 4,096 bytes stand in the mini stream, as they must.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NONE = 0xFFFFFFFF


@dataclass
class Node:
    """A storage (``children``) or a stream (``data``)."""

    name: str
    data: bytes | None = None
    children: list[Node] = field(default_factory=list)
    id: int = 0
    start: int = END
    links: tuple[int, int, int] = (NONE, NONE, NONE)


def _listed(root: Node) -> list[Node]:
    nodes = [root]
    for node in nodes:
        node.children.sort(key=lambda child: (len(child.name), child.name.upper()))
        nodes += node.children
    for number, node in enumerate(nodes):
        node.id = number
    for node in nodes:
        # A tree that leans to the right is a search tree too.
        for child, right in zip(node.children, node.children[1:], strict=False):
            child.links = (NONE, right.id, NONE)
    for node in nodes:
        if node.children:
            node.links = (*node.links[:2], node.children[0].id)
    return nodes


def _chain(table: list[int], count: int) -> int:
    """Add a chain of ``count`` sectors to an allocation table; its first sector."""
    if not count:
        return END
    first = len(table)
    table += [*range(first + 1, first + count), END]
    return first


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def compound(root: Node) -> bytes:
    """The bytes of a compound file."""
    nodes = _listed(root)
    minis, sectors = b"", b""
    mini_table: list[int] = []
    table: list[int] = []
    for node in nodes:
        if node.data is None:
            continue
        if len(node.data) < CUTOFF:
            node.start = _chain(mini_table, -(-len(node.data) // MINI))
            minis += _padded(node.data, MINI)
        else:
            node.start = _chain(table, -(-len(node.data) // SECTOR))
            sectors += _padded(node.data, SECTOR)
    root.start, root_size = _chain(table, -(-len(minis) // SECTOR)), len(minis)
    sectors += _padded(minis, SECTOR)
    entries = b"".join(_entry(node, root_size) for node in nodes)
    directory = _chain(table, -(-len(entries) // SECTOR))
    sectors += _padded(entries, SECTOR)
    mini_fat = struct.pack(f"<{len(mini_table)}I", *mini_table)
    mini_start, mini_count = _chain(table, -(-len(mini_fat) // SECTOR)), -(-len(mini_fat) // SECTOR)
    sectors += mini_fat + b"\xff" * (-len(mini_fat) % SECTOR)
    count = 1
    while (len(table) + count) * 4 > count * SECTOR:
        count += 1
    fats = list(range(len(table), len(table) + count))
    table += [FAT] * count
    table += [FREE] * (-len(table) % (SECTOR // 4))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, count, directory, 0, CUTOFF, mini_start if mini_count else END, mini_count, END, 0, fats[0],
    )  # fmt: skip
    head += struct.pack("<108I", *fats[1:], *([FREE] * (109 - len(fats))))
    return head + sectors + struct.pack(f"<{len(table)}I", *table)


def _entry(node: Node, root_size: int) -> bytes:
    name = node.name.encode("utf-16-le") + b"\0\0"
    kind = 5 if node.id == 0 else 2 if node.data is not None else 1
    left, right, child = node.links
    start = node.start if kind != 1 else 0
    size = root_size if kind == 5 else len(node.data or b"")
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ", name, len(name), kind, 1, left, right, child, bytes(16), 0, bytes(8), bytes(8), start, size
    )  # fmt: skip


def compound_message(subject: str, body: str, sender: str, attachment: tuple[str, bytes]) -> bytes:
    """An Outlook message with one attachment, sent on 6 April 2026 at 07:00 UTC."""
    sent = (1775458800 + 11644473600) * 10_000_000

    def text(tag: int, words: str) -> Node:
        return Node(f"__substg1.0_{tag:04X}001F", words.encode("utf-16-le"))

    def properties(head: int, *rows: bytes) -> Node:
        return Node("__properties_version1.0", bytes(head) + b"".join(rows))

    def fixed(tag: int, kind: int, value: int) -> bytes:
        return struct.pack("<HHIQ", kind, tag, 6, value)

    def varying(tag: int, kind: int, size: int) -> bytes:
        return struct.pack("<HHIII", kind, tag, 6, size, 0)

    name, data = attachment
    inner = [
        Node("__substg1.0_37010102", data),
        text(0x3707, name),
        text(0x370E, "text/plain"),
        properties(8, fixed(0x3705, 3, 1), varying(0x3701, 0x102, len(data)), varying(0x3707, 0x1F, 2 * len(name) + 2),
                   varying(0x370E, 0x1F, 22)),
    ]  # fmt: skip
    count = struct.pack("<8xIIII8x", 0, 1, 0, 1)
    top = properties(0, count, fixed(0x0039, 0x40, sent), varying(0x0037, 0x1F, 2 * len(subject) + 2),
                     varying(0x1000, 0x1F, 2 * len(body) + 2), varying(0x0C1A, 0x1F, 2 * len(sender) + 2))  # fmt: skip
    children = [
        text(0x001A, "IPM.Note"),
        text(0x0037, subject),
        text(0x1000, body),
        text(0x0C1A, sender),
        text(0x0C1F, "office@harbour.tarn.example"),
        Node("__nameid_version1.0", None, [Node("__substg1.0_00020102", b""), Node("__substg1.0_00030102", b""),
                                          Node("__substg1.0_00040102", b"")]),
        Node("__attach_version1.0_#00000000", None, inner),
        top,
    ]  # fmt: skip
    return compound(Node("Root Entry", None, children))
