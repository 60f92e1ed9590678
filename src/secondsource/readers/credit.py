"""The dateline and the agency credit at the head of a report: “KESH, June 3 (Meldwire) –”."""

from __future__ import annotations

import re
from dataclasses import replace

from secondsource.model import Reading

# The place in capitals, or a date, or neither; the agency in brackets; a dash.
_CREDIT = re.compile(
    r"(?P<dateline>(?P<place>[A-Z][A-Z’'.\-]+(?:[ /][A-Z][A-Z’'.\-]+){0,3}"
    r"(?:, [A-Z][\w.’-]+(?: [A-Z][\w.’-]+)?)?)?"
    r"(?:,? ?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?)"
    r",? ?(?:\((?P<agency>[A-Z][\w.’&-]*(?: [A-Z][\w.’&-]*){0,3})\))? ?[–—-]{1,2} "
)
_NEAR = 4  # blocks from the top in which a report has begun


def credited(reading: Reading) -> Reading:
    """``reading`` with the dateline and agency that one of its first paragraphs begins with."""
    for block in reading.blocks[:_NEAR]:
        found = _CREDIT.match(reading.text, block.start, block.end)
        if found and block.kind == "paragraph" and (found["place"] or found["agency"]):
            return replace(
                reading,
                agency=reading.agency or found["agency"],
                dateline=reading.dateline or found["dateline"].strip(" ,") or None,
            )
    return reading
