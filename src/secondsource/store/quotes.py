"""The check that what is kept as a quotation stands in its document."""

from __future__ import annotations

from collections.abc import Iterator

from secondsource.model import Excerpt, Extraction


class Misquotation(RuntimeError):
    """An excerpt is not what its document holds at its spans: a bug, never a user's mistake."""


def excerpts(extraction: Extraction) -> Iterator[tuple[str, Excerpt]]:
    """Every excerpt of an extraction with the thing it belongs to, by kind and id or name."""
    for claim in extraction.claims:
        yield from ((f"claim {claim.id}", excerpt) for excerpt in claim.excerpts())
    for mention in extraction.mentions:
        yield f"mention {mention.name}", mention.excerpt
        yield from ((f"reference to {mention.name}", one.excerpt) for one in mention.references)


def difference(text: str, excerpt: Excerpt) -> str | None:
    """How an excerpt differs from the ``text`` it was taken from; None where it does not."""
    try:
        found = Excerpt.of(text, excerpt.spans)
    except ValueError as error:
        return f"quotes “{excerpt.text}” at a place that is not there: {error}"
    if found == excerpt and excerpt.spans:
        return None
    places = ", ".join(f"{start}–{end}" for start, end in excerpt.spans) or "no place at all"
    return f"quotes “{excerpt.text}” at {places}, where the text holds “{found.text}”"


def check_quotes(text: str, extraction: Extraction) -> None:
    """Raises Misquotation at the first excerpt that ``text`` does not hold."""
    for owner, excerpt in excerpts(extraction):
        problem = difference(text, excerpt)
        if problem:
            raise Misquotation(f"{owner} {problem}")
