"""MBOX: each message a document of its own; the mailbox itself has no text.

Costs: nothing to speak of.  Loses: the envelope line ``From …`` of each message, and the
``>`` that was put before a line beginning so (as mboxrd has it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondsource.errors import ReadError
from secondsource.model import Member, Reading
from secondsource.readers.reader import MIB, no_text

_ENVELOPE = re.compile(rb"^From (?=\S+[^\r\n]*\d{4}\r?$)[^\r\n]*\r?\n", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_FIRST = re.compile(rb"From \S+[^\r\n]*\d{4}\r?\n(?:[!-9;-~]+:|\r?\n)")


class Mbox:
    media_type = "application/mbox"
    suffixes: tuple[str, ...] = (".mbox", ".mbx")
    limit = 256 * MIB

    def recognises(self, data: bytes) -> bool:
        return bool(_FIRST.match(data[:2000]))

    def read(self, data: bytes, name: str) -> Reading:
        """Raises Empty always: the text is in the messages."""
        raise no_text(name, sum(1 for _ in self.members(data, name)), "message")

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        starts = list(_ENVELOPE.finditer(data))
        if not starts or starts[0].start() != 0:
            raise ReadError(f"{name} is not a mailbox: it does not begin with a line “From …”")
        ends = [start.start() for start in starts[1:]] + [len(data)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
            message = _QUOTED.sub(rb"\1", data[start.end() : end])
            yield Member(f"message-{number:05}.eml", message, media_type="message/rfc822")
