"""What passes between the program and the process that parses: JSON and bytes, never pickles.

The program believes nothing that comes back but its form: the process may be in the hands of
whoever made the file.
"""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from itertools import pairwise
from typing import Any

from secondsource.errors import Empty, LimitError, ReadError, SecondSourceError
from secondsource.model import JSON, Member, Reading, Taken
from secondsource.records import from_json, to_json

MEMBER, RESULT, LAST, READY = b"M", b"R", b"L", b"C"
"""The first byte of an answer: a member (its bytes follow), the result, the last result of this
process, the measures in force."""

PAGE = "page "
"""What is asked for in place of a media type, with a number after it: a picture of that page."""

ENDED = struct.Struct("=iq")
"""How a process ended: its status as `os.wait4` gives it, and the most memory it held, in bytes."""

FILES = 200
"""How many files one process parses; then a fresh one takes over, so that nothing stays for long."""

_ERRORS: dict[str, type[SecondSourceError]] = {"empty": Empty, "read": ReadError, "limit": LimitError}


def member_to_wire(member: Member) -> tuple[bytes, bytes]:
    """What is said of a member, and its bytes."""
    said = to_json(replace(member, data=b""))
    return json.dumps({**said, "data": None}).encode(), member.data


def member_from_wire(said: JSON, data: bytes) -> Member:
    return replace(from_json(Member, said), data=data)


def taken_to_wire(taken: Taken) -> bytes:
    """All but the members, which went before."""
    refusal = taken.refusal
    kind = next((name for name, error in _ERRORS.items() if isinstance(refusal, error)), None)
    said = {
        "media_type": taken.media_type,
        "reading": to_json(taken.reading) if taken.reading else None,
        "refusal": [kind, str(refusal)] if refusal else None,
    }
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def taken_from_wire(said: JSON, members: tuple[Member, ...]) -> Taken:
    """Raises ReadError where a process answered something else than a reading or a refusal."""
    try:
        reading = _reading(said["reading"])
        refusal = _ERRORS[said["refusal"][0]](str(said["refusal"][1])) if said["refusal"] else None
        if (reading is None) == (refusal is None):
            raise ValueError("neither a reading nor a refusal")
        return Taken(str(said["media_type"]), reading, refusal, members)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ReadError(f"its parser gave an answer that is none: {error}") from None


def _reading(said: Any) -> Reading | None:
    if said is None:
        return None
    reading = from_json(Reading, said)
    spans = [(block.start, block.end) for block in reading.blocks]
    edges = [0, *(edge for span in spans for edge in span), len(reading.text)]
    if not isinstance(reading.text, str) or any(one > other for one, other in pairwise(edges)):
        raise ValueError("its blocks are not in its text")
    return reading
