"""Words for values: how stances, counts, grades and dates are said, on every page and in every dossier.

The scales are those of the Admiralty code (NATO AJP-2.1): a letter for the source's record,
a figure for what supports the position.  Their usual phrases ("probably true") say more than a
count of origins can, so that the words here name what was counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from secondsource import listing
from secondsource.model import Capture, Document, ListEdition, Position, Quantity, Question, Span, When

STANCES: Mapping[str, str] = {
    "asserts": "asserts",
    "denies": "denies",
    "unaware": "is not aware",
    "confirms": "confirms",
    "assesses": "assesses",
    "warns": "warns",
    "plans": "plans",
    "asks": "asks for",
}
SOURCE_KINDS: Mapping[str, str] = {
    "person": "person",
    "organisation": "organisation",
    "government": "government body",
    "document": "document",
    "outlet": "news outlet",
    "anonymous": "unnamed",
    "self": "the issuer itself",
}
BASES: Mapping[str, str] = {
    "documents": "documents",
    "witness": "own observation",
    "imagery": "imagery",
    "data": "data",
    "statement": "a statement",
    "hearsay": "hearsay",
    "unknown": "not shown",
}
STATUSES: Mapping[str, str] = {
    "single-origin": "one origin",
    "corroborated": "several origins",
    "contested": "contested",
    "denied": "denied",
    "superseded": "superseded",
    "unassessed": "not assessed",
}
RELIABILITY: Mapping[str, str] = {
    "A": "completely reliable in its past record",
    "B": "usually reliable in its past record",
    "C": "fairly reliable in its past record",
    "D": "not usually reliable in its past record",
    "E": "unreliable in its past record",
    "F": "cannot be judged: no past record",
}
CAPTURES: Mapping[str, str] = {
    "file": "a file",
    "member": "a member of another file",
    "attachment": "an attachment",
    "response": "a response in a web capture",
    "url": "an address that was fetched",
}
READ_STATUSES: Mapping[str, str] = {
    "read": "read",
    "container": "container",
    "empty": "no text",
    "failed": "failed",
}
MEDIA: Mapping[str, str] = {
    "text/plain": "plain text",
    "text/html": "web page (HTML)",
    "application/rtf": "RTF",
    "application/zip": "ZIP archive",
    "application/x-tar": "TAR archive",
    "application/mbox": "mailbox",
    "application/warc": "web capture",
    "application/wacz": "web capture",
    "application/vnd.ms-outlook": "Outlook message",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "spreadsheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "slides",
    "application/rss+xml": "feed",
    "multipart/related": "saved page",
    "text/csv": "table",
    "image/*": "picture",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document (DOCX)",
    "message/rfc822": "e-mail",
    "application/vnd.apache.parquet": "table (Parquet)",
}
RANGE_KINDS: Mapping[str, str] = {
    "one-way": "one way",
    "radius": "radius",
    "datalink": "reach of a data link",
    "ferry": "ferry range",
    "flown": "a distance flown",
    "unknown": "kind not stated",
}
SCHEMATA: Mapping[str, str] = {
    "LegalEntity": "legal entity",
    "PublicBody": "public body",
    "GeoPolitical": "place or government",
    "Organization": "organisation",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def plural(count: int, one: str, many: str = "") -> str:
    """``count`` with its noun: "1 report", "6 reports"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def figures(position: Position) -> str:
    """The independent origins as "2" or "1–3"."""
    if position.n_min == position.n_max:
        return str(position.n_min)
    return f"{position.n_min}–{position.n_max}"


def support(position: Position) -> str:
    """How many origins in how many reports, as a phrase: "1–2 independent origins in 6 reports"."""
    origins = "independent origin" if position.n_max == 1 else "independent origins"
    return f"{figures(position)} {origins} in {plural(len(position.reports), 'report')}"


def credibility(position: Position) -> str:
    """What the figure 1–6 stands for, in words.

    Denials by parties to the matter leave the figure as it is, so that the words name them.
    """
    several = position.n_min >= 2
    unopposed = "denied only by parties to the matter" if position.denied_by else "unopposed"
    access = "several origins of one side" if several else "one origin with access at first hand"
    weight = "more origins for it than against it" if several else "one origin at second hand"
    return {
        1: f"independent origins of different sides, {unopposed}",
        2: f"{access}, {unopposed}",
        3: f"{weight}, or only hedged",
        4: "opposed at least as strongly as supported",
        5: "outweighed by its opposition, or withdrawn by its own origin",
        6: "cannot be judged: no text shows how its origins know",
    }[position.credibility]


def reliability(position: Position) -> str:
    """What the letter A–F stands for, in words."""
    return RELIABILITY[position.reliability]


def day(iso: str | None) -> str:
    """An ISO date or time to the precision that it has: "3 June 2025", "September 2014", "2014"."""
    if not iso:
        return "no date"
    given = iso[:10]
    precision = given.count("-")
    try:
        at = date.fromisoformat(given + "-01" * (2 - precision))
    except ValueError:
        return iso
    return " ".join([str(at.day), _MONTHS[at.month - 1], str(at.year)][2 - precision :])


def moment(iso: str | None) -> str:
    """An ISO time as day, hour and minute with its offset; a date without a time as a day."""
    if not iso or "T" not in iso:
        return day(iso)
    clock, offset = iso[11:16], iso[19:].lstrip(".0123456789")
    return f"{day(iso)}, {clock} {'UTC' if offset in ('Z', '+00:00') else offset}".strip()


def stale(edition: ListEdition, moment: str) -> str | None:
    """Why a list was to be called stale at a moment; None where it was not."""
    return listing.stale(edition, datetime.fromisoformat(moment).astimezone(UTC))


def quantity(figure: Quantity) -> str:
    """What a figure's words come to: "about 2000 km", "at least 7", "40–60 kg"."""
    low, high = figure.low, figure.high
    about = "about " if figure.approximate else ""
    if low is not None and high is not None and low != high:
        bounds = f"{about}{low:,.15g}–{high:,.15g}"
    elif low is not None and high is None:
        bounds = f"at least {about}{low:,.15g}"
    elif high is not None and low is None:
        bounds = f"at most {about}{high:,.15g}"
    else:
        bounds = "" if figure.value is None else f"{about}{figure.value:,.15g}"
    return " ".join(part for part in (bounds, figure.unit) if part)


def interval(time: When) -> str:
    """The interval that a time's words come to, to their precision."""
    if not time.start and not time.end:
        return ""
    if time.start == time.end:
        return day(time.start)
    first, last = (day(edge) if edge else "open" for edge in (time.start, time.end))
    return f"{first} to {last}"


def size(count: int) -> str:
    """A number of bytes for people: "812 bytes", "4.1 kB"."""
    if count < 1000:
        return plural(count, "byte")
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def title(document: Document) -> str:
    """The document's own title, or the name of its file."""
    return document.title or document.path.rsplit("/", 1)[-1]


def outlet(document: Document) -> str:
    """Who put the document out, as far as it says."""
    return document.publisher or "unnamed publisher"


def shortened(text: str, most: int = 160) -> str:
    """``text`` on one line, cut at a word where it is longer than ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]} …"


def lasting(seconds: float) -> str:
    """A time that something takes, to what people care for: "under a minute", "7 minutes", "3 hours"."""
    if seconds < 60:
        return "under a minute"
    minutes = round(seconds / 60)
    return plural(minutes, "minute") if minutes < 100 else plural(round(minutes / 60), "hour")


def place(spans: Sequence[Span]) -> str:
    """Where an excerpt stands, in code points: "120–188", "120–188 and 201–215"."""
    return " and ".join(f"{start}–{end}" for start, end in spans)


def schema(name: str) -> str:
    """The FollowTheMoney schema of an entity as a common noun."""
    return SCHEMATA.get(name, name.lower())


def media(name: str) -> str:
    """A media type as people call it."""
    return MEDIA.get(name, name)


def marks(question: Question) -> tuple[str, ...]:
    """The words that a list sets beside a question: its status, who stands against it."""
    words = [STATUSES[question.status]]
    if question.status != "denied" and any(position.denied_by for position in question.positions):
        words.append("denied")
    if any(position.unaware for position in question.positions):
        words.append("not aware")
    return tuple(words)


def capture(capture: Capture) -> str:
    """How a document came: as what, by whom, when, with which version, and when it was captured."""
    parts = [CAPTURES[capture.kind], f"taken in by {capture.by or 'somebody unnamed'}", moment(capture.at)]
    parts += [f"with Second Source {capture.version}"] if capture.version else []
    parts += [f"captured {moment(capture.captured)}"] if capture.captured else []
    return ", ".join(parts)
