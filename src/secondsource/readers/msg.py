"""MSG: a message as Outlook saves it, by python-oxmsg: subject, then body; attachments apart.

Costs: 10 ms a message.  Loses: the RTF body where it is the only one, recipients, and every
property but subject, sender and date.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from oxmsg import Message

from secondsource.errors import Empty, ReadError
from secondsource.model import Dated, Member, Reading
from secondsource.readers.blocks import Part, compose, one_line, paragraphs
from secondsource.readers.html import parse, parts
from secondsource.readers.reader import MIB

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARK = "__properties_version1.0".encode("utf-16-le")

_SENDER_NAME = 0x0C1A  # PidTagSenderName, where an internal message has no address


class Msg:
    media_type = "application/vnd.ms-outlook"
    suffixes: tuple[str, ...] = (".msg",)
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        return data.startswith(_OLE) and _MARK in data

    def read(self, data: bytes, name: str) -> Reading:
        message = _open(data, name)
        subject, body, sender = _text(message, "subject"), list(_body(message, name)), _sender(message)
        text, blocks = compose([Part("title", one_line(subject)), *body])
        if not any(block.kind != "title" for block in blocks):
            raise Empty(f"{name} holds no text beside its subject")
        date = _date(message)
        return Reading(
            text,
            blocks,
            title=one_line(subject) or None,
            publisher=sender,
            authors=(sender,) if sender else (),
            published=date,
            published_how="MSG sent date" if date else None,
            dates=(Dated(date, "MSG sent date"),) if date else (),
        )

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        message = _open(data, name)
        try:
            found = [(one.file_name, one.file_bytes, one.mime_type) for one in message.attachments]
        except Exception as error:  # as above
            raise ReadError(f"{name}: its attachments cannot be read: {error}") from None
        for number, (file, content, media) in enumerate(found, 1):
            yield Member(file or f"attachment-{number}", content or b"", "attachment", media)


def _open(data: bytes, name: str) -> Any:
    try:
        return Message.load(io.BytesIO(data))
    except Exception as error:  # it states no errors of its own for a damaged file
        why = error or type(error).__name__
        raise ReadError(f"{name} is not a readable Outlook message: {why}") from None


def _text(message: Any, field: str) -> str:
    try:
        return str(getattr(message, field) or "")
    except Exception:  # a property that is not there, or not what it should be, is none
        return ""


def _body(message: Any, name: str) -> Iterator[Part]:
    if text := _text(message, "body"):
        text = text.replace("\r\n", "\n")
        for block in paragraphs(text):
            yield Part("paragraph", text[block.start : block.end], place="body")
    elif markup := _text(message, "html_body"):
        yield from parts(parse(markup.encode(), name, "utf-8"))


def _sender(message: Any) -> str | None:
    """The name of the sender, or the address: of the header, where there is one, or of the properties."""
    stated = one_line(_text(message, "sender")) or _property(message, _SENDER_NAME)
    return stated.partition(" <")[0].strip("\"'<> ") or None


def _property(message: Any, tag: int) -> str:
    try:
        return one_line(message.properties.str_prop_value(tag))
    except Exception:  # as in _text
        return ""


def _date(message: Any) -> str | None:
    try:
        moment = message.sent_date
        return moment.replace(microsecond=0).isoformat() if moment else None
    except Exception:  # as in _text
        return None
