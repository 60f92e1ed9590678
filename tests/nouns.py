"""Small nouns for tests of what is kept, made from words rather than offsets."""

from __future__ import annotations

from secondsource.model import Claim, Document, Excerpt, Extraction, Frame, Mention, Reading, ReadStatus
from secondsource.text import content_id, sha256


def excerpt(text: str, words: str) -> Excerpt:
    """The first place where ``words`` stand in ``text``."""
    start = text.index(words)
    return Excerpt.of(text, [(start, start + len(words))])


def document(
    text: str, path: str = "a.txt", *, status: ReadStatus = "read", reason: str | None = None
) -> Document:
    data = text.encode()
    return Document(
        id=sha256(data),
        path=path,
        status=status,
        reason=reason,
        media_type="text/plain",
        size=len(data),
        reading=Reading(text if status == "read" else "", title="A title", authors=("A. Writer",)),
        text_sha256=sha256(data if status == "read" else b""),
        first_seen="2026-01-01T00:00:00+00:00",
    )


def mention(text: str, name: str, cluster: str = "m-1") -> Mention:
    return Mention(excerpt(text, name), "Organization", cluster, name, "test")


def claim(text: str, content: str, source: str | None = None) -> Claim:
    owner = sha256(text.encode())
    return Claim(
        id=content_id("c", owner, content, source),
        document=owner,
        voice="attributed" if source else "own",
        content=excerpt(text, content),
        source=excerpt(text, source) if source else None,
        source_name=source,
        source_kind="organisation",
        cue=None,
        via=(),
        stance="asserts",
        certainty=None,
        basis=None,
        mentions=(),
        quantities=(),
        time=None,
        rule="test",
        frame=Frame("test"),
    )


def extraction(text: str, content: str, source: str | None = None) -> Extraction:
    """One claim, and a mention of its source where it has one."""
    names = (mention(text, source),) if source else ()
    return Extraction((claim(text, content, source),), names)
