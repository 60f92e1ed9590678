"""Explicit citation and agency credit: the words by which a text names what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from secondsource.derivation.outlets import Outlets, is_publisher
from secondsource.model import Document, Excerpt
from secondsource.provenance import How

_BEFORE = (
    r"according to|citing|cit(?:es|ed) by|quot(?:ing|es)|quoted by|reported by|as reported by|told|"
    r"speaking (?:to|with)|interview (?:with|to|for)|published (?:by|in)|shared with|given to|"
    r"(?:report|exclusive|article|story|investigation|dispatch|inquiry)s? (?:by|in|from|of)|"
    r"(?:reviewed|seen|obtained|examined|verified|viewed) by|"
    r"(?:questions?|requests?|inquiries|enquiries) (?:from|by|of)|via|refer(?:s|ring)? to|asked by|"
    r"(?:respond|repl)(?:ed|ied|ies|ing|ying|s)? to|in the (?:hands|possession) of|"
    r"(?:reporters?|journalists?|correspondents?) (?:for|of|from|with)|"
    r"(?:said|says?|complain(?:ed|s)|describe[ds]?|confirm(?:ed|s)|explain(?:ed|s)|admit(?:ted|s)|spoke|talked|leaked|"
    r"handed|passed|gave|sent|way)(?: [^\s.;:“”\"]+){0,8}? to"
)
_SAYS = r"(?<=[,”\"’] )(?:says?|said|reports?|reported|writes?|wrote)"
_APPOSITION = (
    r"(?:(?:(?:the|a|an|its|state|local|public|private|independent|[A-Z]\w+(?:['’]s)?)\s+){0,3}?"
    r"(?:news ?)?(?:agency|paper|website|outlet|broadcaster|channel|service|site|magazine|"
    r"daily|weekly|wire service|wire)\s+)?"
)
_AFTER = (
    r"(?:['’]s?)?\s+(?:(?:\w+(?: ago)?\s+){0,2}?"
    r"(?:report(?:s|ed|ing)|said|says|wrote|writes|reveal(?:s|ed)|learn(?:ed|t)|quot(?:es|ed)|published|alleg(?:es|ed)|"
    r"claim(?:s|ed)|reviewed|obtained|cit(?:es|ed)|noted|writing|spoke|talked|interviewed|asked|checked|counted|"
    r"compared|first to report)"
    r"|(?:\w+\s+)?(?:exclusive|investigation|report|article|story|dispatch|inquiry|journalists?|reporters?|"
    r"correspondents?))\b"
    r"|,\s(?:which|whose|an?|the|(?:to|for|of|by) which)\s[^.\n“”\"]{1,90},\s"
    r"(?:report(?:s|ed)|said|says|wrote|writes)\b"
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


_CITED_BEFORE = re.compile(rf"(?:\b(?i:{_BEFORE})|{_SAYS})\s+{_APPOSITION}(?:[Tt]he )?$")
_CITED_AFTER = re.compile(_AFTER)
_HEADS_LINE = re.compile(r": (?=\w)")
_REACH = 160
_HEAD = 110


# How a line credits an outlet, in its dateline or as all that it says: before its name, and behind it.
_CREDITS = tuple(
    (re.compile(before), re.compile(behind))
    for before, behind in (
        (r"[^\n()]{0,60}\(", r"(?:/\w+)?\)\s*[-–—:.]"),
        (r"\(", r"\)\s"),
        (r"(?:[A-Z][\w .,]{0,40}, )?", r"\s*[–—]\s"),
        (rf"(?:[-–—*(]\s*)?(?i:{_CREDIT_LINE})(?:[Tt]he )?", r"\W*$"),
    )
)
_GOES_ON = re.compile(r"\w|-\w")


class Citations:
    """Finds citations of the outlets of one case, with the words that make them."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets

    def of(self, document: Document, text: str, named: Iterable[tuple[str, int]]) -> Iterator[Citation]:
        """The citations in a document's text and head, those of its own publisher left out.

        Every place where an outlet is ``named`` in its plain ``text`` is looked at, with the words around it.
        """
        for name, start in named:
            end = start + len(name)
            if not is_publisher(name, document.publisher) and not re.match(r"-\w", text[end : end + 2]):
                for how, span in _around(text, start, end):
                    if not _is_not_derived(text, *span):
                        yield Citation(self._outlets.display(name), how, Excerpt.of(document.text, [span]))
        yield from self._in_head(document)

    def _in_head(self, document: Document) -> Iterator[Citation]:
        """Agency credit in the publisher and author fields, shown by the text's first words."""
        first = re.search(r"\S[^\n]{0,80}", document.text)
        for name in map(self._outlets.display, self.heads(document)):
            if first and not is_publisher(name, document.publisher):
                yield Citation(name, "credit", Excerpt.of(document.text, [first.span()]))

    def heads(self, document: Document) -> Iterator[str]:
        """The outlets' names in the publisher and author fields, the first name of the publisher left out."""
        rest = _behind_name(document.publisher or "")
        for field in filter(None, (rest, *document.reading.authors)):
            if field == document.publisher:
                field = rest
            yield from (name for name, _ in islice(self._outlets.places(field), 1))


def _behind_name(publisher: str) -> str:
    """What stands in parentheses behind a publisher's name, or behind a comma."""
    mark = "(" if "(" in publisher else ","
    return publisher.partition(mark)[2]


def _around(text: str, start: int, end: int) -> Iterator[tuple[How, tuple[int, int]]]:
    """The credits and citations that the words around a name make, each with its place."""
    line = text.rfind("\n", 0, start) + 1
    if start - line <= _HEAD and not _GOES_ON.match(text, end):
        rest = text[line:].partition("\n")[0]
        for before, behind in _CREDITS:
            match = before.fullmatch(rest, 0, start - line) and behind.match(rest, end - line)
            if match:
                yield "credit", _stripped(text, line, line + match.end())
    reach = max(0, start - _REACH)
    words = text[reach:start]
    # Whatever cites ends in a letter and a space: most names have neither before them.
    may_cite = words[-1:].isspace() and words.rstrip()[-1:].isalpha()
    cited = _CITED_BEFORE.search(words) if may_cite else None
    if cited:
        yield "citation", (reach + cited.start(), end)
    after = _CITED_AFTER.match(text, end) if text[start - 1 : start] != "-" else None
    if after:
        yield "citation", (start, after.end())
    heads = _HEADS_LINE.match(text, end) if text[line:start] in {"", "The ", "the "} else None
    if heads:
        yield "citation", (line, heads.end())


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _is_not_derived(text: str, start: int, end: int) -> bool:
    """True where the sentence says that the outlet is not where the text has it from."""
    before = _SENTENCE_END.split(text[max(0, start - 300) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + 100])[0]
    return bool(_NOT_DERIVED.search(before + text[start:end] + after))
