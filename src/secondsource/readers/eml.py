"""EML: the body of a message as its sender wrote it, the subject first, by the standard library.

Costs: nothing to speak of.  Loses: attachments and forwarded messages (save them as files
of their own), all headers but Subject, From and Date, pictures, and the HTML body where
there is a plain one.  Soft line ends of a "flowed" body are joined; quoted lines (``>``)
are blocks of their own kind.  The sender is publisher and author; the date is the
sender's.  A page saved as a web archive (.mhtml) is read as the page that it holds.
"""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr

from secondsource.errors import Empty, ReadError
from secondsource.model import Reading
from secondsource.readers.blocks import Part, clean, compose, one_line, paragraphs
from secondsource.readers.encoding import decode_declared
from secondsource.readers.html import Html, parse, parts
from secondsource.readers.reader import MIB

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
# A typed letter may begin "From: … Date: …"; only what a mail system writes proves a message.
_SYSTEM = {"received", "return-path", "message-id", "mime-version", "delivered-to"}
_HEADERS = 256  # fields looked at; real messages have fewer than a hundred


class Eml:
    media_type = "message/rfc822"
    suffixes: tuple[str, ...] = (".eml", ".mhtml", ".mht")
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        names = _names(data)
        return "from" in names and bool(names & _SYSTEM)

    def read(self, data: bytes, name: str) -> Reading:
        if not _names(data) & (_SYSTEM | {"from", "subject", "date"}):
            raise ReadError(f"{name} is not a mail message: it begins with no header")
        try:
            message = email.message_from_bytes(data, policy=default)
            head = _head(message)
            body = message.get_body(("plain", "html"))
            archived = message.get("Snapshot-Content-Location")
        except Exception as error:  # the parser's own errors for hostile headers are of every kind
            raise ReadError(
                f"{name} is not a readable mail message: {error or type(error).__name__}"
            ) from error
        if body is None:
            raise Empty(f"{name} holds no text beside its attachments")
        if archived:
            return _page(body, name, str(archived))
        text, blocks = compose([Part("title", head.title or ""), *_parts(body, name)])
        if not any(block.kind != "title" for block in blocks):
            raise Empty(f"{name} holds no text beside its subject")
        return replace(head, text=text, blocks=blocks)


def _names(data: bytes) -> set[str]:
    """The names of the header fields that ``data`` begins with, lower-cased."""
    names: set[str] = set()
    place = 0
    for _ in range(_HEADERS):
        field = _FIELD.match(data, place)
        if not field:
            break
        names.add(field[1].decode().lower())
        place = field.end()
    return names


def _head(message: EmailMessage) -> Reading:
    """What the headers say, with no text yet."""
    sender = one_line(message.get("From"))
    name, address = parseaddr(sender)
    publisher = name or address or sender or None
    date = message["Date"]
    moment = getattr(date, "datetime", None)
    return Reading(
        "",
        title=one_line(message.get("Subject")) or None,
        publisher=publisher,
        authors=(publisher,) if publisher else (),
        published=moment.replace(microsecond=0).isoformat() if moment else None,
        published_how="email Date header" if moment else None,
    )


def _payload(body: MIMEPart) -> bytes:
    payload = body.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _page(body: MIMEPart, name: str, address: str) -> Reading:
    reading = Html().read(_payload(body), name)
    return replace(reading, url=reading.url or address)


def _parts(body: MIMEPart, name: str) -> list[Part]:
    data, charset = _payload(body), body.get_content_charset()
    if not data.strip():
        return []
    if body.get_content_subtype() == "html":
        return parts(parse(data, name, charset))
    text = clean(decode_declared(data, name, charset))
    if body.get_param("format") == "flowed":
        text = _unflowed(text, spaces_dropped=body.get_param("delsp") == "yes")
    return [
        Part("quote" if text[block.start] == ">" else "paragraph", text[block.start : block.end])
        for block in paragraphs(text)
    ]


def _unflowed(text: str, spaces_dropped: bool) -> str:
    """``text`` with the soft line ends of RFC 3676 joined; the signature mark stays alone."""
    words: list[str] = []
    before = "\n"
    for line in text.split("\n"):
        soft = before.endswith(" ") and before != "-- " and before.startswith(">") == line.startswith(">")
        if soft:
            words[-1] = words[-1][:-1] if spaces_dropped else words[-1]
            words.append(line.lstrip(">").removeprefix(" "))
        else:
            words += ("\n", line)
        before = line
    return "".join(words[1:])
