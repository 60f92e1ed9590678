"""Explicit citation and agency credit: the words by which a text names what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from secondsource.derivation.outlets import Outlets, is_publisher
from secondsource.model import Document, Excerpt
from secondsource.provenance import How
from secondsource.text import plain

_BEFORE = (
    r"according to|citing|cit(?:es|ed) by|quot(?:ing|es)|quoted by|reported by|as reported by|told|"
    r"speaking (?:to|with)|interview (?:with|to|for)|published (?:by|in)|shared with|given to|"
    r"(?:report|exclusive|article|story|investigation|dispatch|inquiry)s? (?:by|in|from|of)|"
    r"(?:reviewed|seen|obtained|examined|verified|viewed) by|"
    r"(?:questions?|requests?|inquiries|enquiries) (?:from|by|of)|via|refer(?:s|ring)? to"
)
_APPOSITION = (
    r"(?:(?:(?:the|a|an|its|state|local|public|private|independent|[A-Z]\w+(?:['’]s)?)\s+){0,3}?"
    r"(?:news ?)?(?:agency|paper|website|outlet|broadcaster|channel|service|site|magazine|"
    r"daily|weekly|wire service|wire)\s+)?"
)
_AFTER = (
    r"(?:['’]s?)?\s+(?:(?:\w+(?: ago)?\s+){0,2}?"
    r"(?:report(?:s|ed|ing)|said|says|wrote|writes|reveal(?:s|ed)|learn(?:ed|t)|quot(?:es|ed)|published|alleg(?:es|ed)|"
    r"claim(?:s|ed)|reviewed|obtained|cit(?:es|ed)|noted|writing)"
    r"|(?:\w+\s+)?(?:exclusive|investigation|report|article|story|dispatch|inquiry|journalists?|correspondents?))\b"
)
_CREDIT_LINE = (
    r"(?:sources?|via|by|credits?|agenc(?:y|ies)|reporting by|(?:originally|first) published (?:by|in|on)|"
    r"with (?:additional )?(?:reporting|files|material|information|input)s? (?:by|from)|from|"
    r"republished from|translat(?:ed|ion) (?:by|from|of))\s*:?\s*"
)
_NOT_DERIVED = re.compile(
    r"contributed to this (?:report|article|story)|declined|did not (?:respond|reply)|"
    r"(?:had|has|have) not seen|made no use of|independent(?:ly)? of"
)
_SENTENCE_END = re.compile(r"[.?!]\s|\n")


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a text that name an outlet as where it has something from."""

    outlet: str
    how: How
    excerpt: Excerpt


@lru_cache(maxsize=1024)
def _patterns(names: tuple[str, ...]) -> tuple[tuple[How, re.Pattern[str]], ...]:
    """How a text credits and cites the outlets of these names."""
    name = rf"(?P<name>{'|'.join(map(re.escape, names))})(?!\w|-\w)"
    # The names keep their capitals; the words around them need not have them.
    credits = (
        rf"^[^\n()]{{0,60}}\({name}(?:/\w+)?\)\s*[-–—:.]",
        rf"^\({name}\)\s",
        rf"^(?:[A-Z][\w .,]{{0,40}}, )?{name}\s*[–—]\s",
        rf"^(?:[-–—*(]\s*)?(?i:{_CREDIT_LINE})(?:[Tt]he )?{name}\W*$",
    )
    cites = (
        rf"\b(?i:{_BEFORE})\s+{_APPOSITION}(?:[Tt]he )?{name}",
        rf"(?<![\w-]){name}{_AFTER}",
        rf"^(?:[Tt]he )?{name}: (?=\w)",
    )
    by_kind: tuple[tuple[How, tuple[str, ...]], ...] = (("credit", credits), ("citation", cites))
    return tuple((how, re.compile(one, re.MULTILINE)) for how, every in by_kind for one in every)


class Citations:
    """Finds citations of the outlets of one case, with the words that make them."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets

    def of(self, document: Document) -> Iterator[Citation]:
        """The citations in a document's text and head, those of its own publisher left out."""
        text = plain(document.text)
        present = self._outlets.present(text)
        names = tuple(name for name in present if not is_publisher(name, document.publisher))
        for how, pattern in _patterns(present) if names else ():
            for match in pattern.finditer(text):
                if self._counts(match, document):
                    yield self._citation(match, document, how)
        yield from self._in_head(document)

    def _counts(self, match: re.Match[str], document: Document) -> bool:
        if is_publisher(match["name"], document.publisher):
            return False
        before = _SENTENCE_END.split(match.string[max(0, match.start() - 300) : match.start()])[-1]
        after = _SENTENCE_END.split(match.string[match.end() : match.end() + 100])[0]
        return not _NOT_DERIVED.search(before + match[0] + after)

    def _citation(self, match: re.Match[str], document: Document, how: How) -> Citation:
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        return Citation(
            self._outlets.display(match["name"]), how, Excerpt.of(document.text, [(start, match.end())])
        )

    def _in_head(self, document: Document) -> Iterator[Citation]:
        """Agency credit in the publisher and author fields, shown by the text's first words."""
        fields = [document.publisher or "", *document.reading.authors]
        first = re.search(r"\S[^\n]{0,80}", document.text)
        for named in filter(None, (self._second_name(field, document.publisher) for field in fields)):
            if first and not is_publisher(named, document.publisher):
                yield Citation(named, "credit", Excerpt.of(document.text, [first.span()]))

    def _second_name(self, field: str, publisher: str | None) -> str | None:
        rest = field.split("(", 1)[-1] if "(" in field else field.split(",", 1)[-1] if "," in field else ""
        if field != publisher:
            rest = field
        return self._outlets.named_in(rest)
