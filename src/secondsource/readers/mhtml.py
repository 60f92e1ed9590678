"""MHTML: a page saved with its parts; the page is read as HTML, from the address it was saved at.

Costs: as HTML.  Loses: pictures, style sheets and frames, and what HTML loses.
"""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default

from secondsource.errors import Empty, ReadError
from secondsource.model import Dated, Reading
from secondsource.readers.dates import internet
from secondsource.readers.html import Html
from secondsource.readers.reader import MIB

_SAVED = re.compile(rb"^(?:Snapshot-Content-Location|From: <Saved by )", re.IGNORECASE | re.MULTILINE)


class Mhtml:
    media_type = "multipart/related"
    suffixes: tuple[str, ...] = (".mhtml", ".mht")
    limit = 64 * MIB

    def recognises(self, data: bytes) -> bool:
        head = data[:4096].partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
        return bool(_SAVED.search(head))

    def read(self, data: bytes, name: str) -> Reading:
        try:
            message = email.message_from_bytes(data, policy=default)
            page = _page(message)
            payload = page.get_payload(decode=True) if page else None
            address = str(message.get("Snapshot-Content-Location") or "")
            saved = internet(str(message.get("Date") or ""))
        except Exception as error:  # the parser's own errors for hostile headers are of every kind
            why = error or type(error).__name__
            raise ReadError(f"{name} is not a readable web archive: {why}") from error
        if not isinstance(payload, bytes):
            raise Empty(f"{name} holds no page")
        reading = Html().read(payload, name)
        dates = (*reading.dates, *([Dated(saved, "MHTML date of saving")] if saved else ()))
        return replace(reading, url=reading.url or address or None, dates=dates)


def _page(message: EmailMessage) -> EmailMessage | None:
    """The first HTML part of the archive."""
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return part if isinstance(part, EmailMessage) else None
    return None
