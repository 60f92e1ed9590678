"""EML: the body of a message as its sender wrote it, the subject first, by the standard library.

Attachments and forwarded messages are documents of their own.  Costs: nothing to speak of.
Loses: all headers but Subject, From and Date, pictures inside the body, and the HTML body
where there is a plain one.  Soft line ends of a "flowed" body are joined; quoted lines (``>``)
are blocks of their own kind.  The sender is publisher and author; the date is the sender's.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr

from secondsource.errors import Empty, LimitError, ReadError
from secondsource.model import Member, Reading
from secondsource.readers.blocks import Part, clean, compose, one_line, paragraphs
from secondsource.readers.encoding import decode_declared
from secondsource.readers.html import parse, parts
from secondsource.readers.reader import MIB

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
# A typed letter may begin "From: … Date: …"; only what a mail system writes proves a message.
_SYSTEM = {"received", "return-path", "message-id", "mime-version", "delivered-to"}
MAX_PARTS = 1000  # of one message
MAX_LINES = 20_000  # that begin as a boundary does: the parser's time grows with their square
# A forwarded message is evidence as it was sent: its header lines are not folded anew (which, for a parameter
# with a name longer than a line, also never ends in the standard library).
_AS_SENT = default.clone(refold_source="none")
_HEADERS = 256  # fields looked at; real messages have fewer than a hundred


class Eml:
    media_type = "message/rfc822"
    suffixes: tuple[str, ...] = (".eml",)
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        names = _names(data)
        return "from" in names and bool(names & _SYSTEM)

    def read(self, data: bytes, name: str) -> Reading:
        if not _names(data) & (_SYSTEM | {"from", "subject", "date"}):
            raise ReadError(f"{name} is not a mail message: it begins with no header")
        if data.count(b"\n--") > MAX_LINES:
            raise LimitError(f"{name} has over {MAX_LINES:,} lines that may part it, the most that are read")
        try:
            message = email.message_from_bytes(data, policy=default)
            head = _head(message)
            body = message.get_body(("plain", "html"))
        except Exception as error:  # the parser's own errors for hostile headers are of every kind
            raise ReadError(
                f"{name} is not a readable mail message: {error or type(error).__name__}"
            ) from error
        if body is None:
            raise Empty(f"{name} holds no text beside its attachments")
        text, blocks = compose([Part("title", head.title or ""), *_parts(body, name)])
        if not any(block.kind != "title" for block in blocks):
            raise Empty(f"{name} holds no text beside its subject")
        return replace(head, text=text, blocks=blocks)

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        """The attachments, and the messages that this one forwards whole."""
        if data.count(b"\n--") > MAX_LINES:
            return
        try:
            message = email.message_from_bytes(data, policy=default)
            parts = list(_attached(message))[:MAX_PARTS]
        except Exception as error:  # as above
            raise ReadError(f"{name}: its parts cannot be read: {error or type(error).__name__}") from error
        for number, part in enumerate(parts, 1):
            yield _member(part, number)


def _attached(message: EmailMessage) -> Iterator[MIMEPart]:
    """The parts that are no body, in their order; what is inside a forwarded message is its own.

    Walked with a list of what is still to be seen: messages nest as deep as their sender likes.
    """
    body = message.get_body(("plain", "html"))
    other = message.get_body(("html",))
    waiting: list[MIMEPart] = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() == "message/rfc822" and part is not message:
            yield part
        elif part.is_multipart():
            inner = part.get_payload()
            waiting += [one for one in reversed(list(inner)) if isinstance(one, MIMEPart)]
        elif part is not body and part is not other and part is not message:
            yield part


def _member(part: MIMEPart, number: int) -> Member:
    kind = part.get_content_type()
    try:
        name = one_line(part.get_filename())
        inner = part.get_payload()
        if kind == "message/rfc822" and isinstance(inner, list) and isinstance(inner[0], EmailMessage):
            return Member(
                name or f"message-{number}.eml", inner[0].as_bytes(policy=_AS_SENT), "attachment", kind
            )
        return Member(name or f"part-{number}", _payload(part), "attachment", kind)
    except Exception as error:  # as in `Eml.read`
        problem = f"cannot be taken out of the message: {error or type(error).__name__}"
        return Member(f"part-{number}", b"", "attachment", kind, problem=problem)


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
        language=one_line(message.get("Content-Language")) or None,
    )


def _payload(body: MIMEPart) -> bytes:
    payload = body.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _parts(body: MIMEPart, name: str) -> list[Part]:
    data, charset = _payload(body), body.get_content_charset()
    if not data.strip():
        return []
    if body.get_content_subtype() == "html":
        return parts(parse(data, name, charset))
    text = clean(decode_declared(data, name, charset))
    if body.get_param("format") == "flowed":
        text = _unflowed(text, spaces_dropped=body.get_param("delsp") == "yes")
    marked = ((text[block.start] == ">", text[block.start : block.end]) for block in paragraphs(text))
    return [Part("quote" if quoted else "paragraph", words, place="body") for quoted, words in marked]


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
