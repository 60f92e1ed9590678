"""What a report states, statement by statement, in a form that two reports can be laid side by side in.

A statement is what one claim says, or a clause that the text says in its own voice.  What it is
about is read from its words alone: verbs and nouns under their classes, names, states under one
name, figures.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import pairwise

from secondsource.corroborate.lexicon import lexicon
from secondsource.model import Claim, Document, Excerpt, Span
from secondsource.text import overlap, plain, trim

_WORD = re.compile(r"\w+(?:[-'.]\w+|,\d{3})*")
_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Co|No))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov|Inc|Ltd|Jan|Feb|Aug|Sep|Oct|Nov|Dec))"
    r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+"
)
_WHICH = (
    r"(?:to|of|from|in|on|by|with|for|some of|many of|most of|all of)?\s*(?:which|who|whom|whose|where)\b"
)
_CLAUSE = re.compile(
    rf"[;:—–]\s+|,\s+(?={_WHICH})"
    r"|,\s+(?=(?:and|but|while|although|whereas)\b)"
)
RELATIVE = re.compile(_WHICH)
_QUOTE = re.compile(r"[“\"][^”\"\n]*[”\"]?")
_TAKES_UP = re.compile(r"(?:it|they|he|she|these|those|this|that|such|both)\b", re.IGNORECASE)
_SO_SAYS = re.compile(
    r"(?:so|(?:that|this|such) (?:is|was|are|were)(?: what| the (?:finding|account|view|conclusion)s?)?)\b"
    r"[^.;]*\b(?:sa(?:y|ys|id)|t(?:old|ells?)|wrote|writes?|reports?|reported|finding|account|view|conclusion|claim)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:sa(?:ys?|id)|wr(?:ites?|ote)|told|tells?|according to|concludes?|concluded)\b", re.IGNORECASE
)
_NO_STATEMENT = re.compile(r"That \w+s (?:are|were|had|have)\b")  # what an answer gives of what was said
_TELLER = re.compile(rf",\s(?=[^,]*$)(?=.*{_TOLD.pattern})", re.IGNORECASE)
_EDGE = " \t\r\n\u00a0,.;:–—-\"'“”‘’()"
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of ``drift.toml``, compiled."""

    patterns: Mapping[str, re.Pattern[str]]
    light: frozenset[str]
    forms: Mapping[str, str]
    nations: Mapping[str, str]
    numbers: Mapping[str, str]
    endings: tuple[tuple[str, str], ...]
    suffixes: tuple[str, ...]


@cache
def table() -> Words:
    """The shipped tables; a pattern is named by its section and its row, "hedge.possible"."""
    data = tomllib.loads(resources.files(__package__).joinpath("drift.toml").read_text("utf-8"))
    patterns = {
        f"{section}.{row}": re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)
        for section, rows in data.items()
        if section not in {"words", "forms", "nations", "numbers"}
        for row, words in rows.items()
    }
    return Words(
        patterns,
        frozenset(data["words"]["light"]),
        {form: lemma for lemma, forms in data["forms"].items() for form in forms},
        _nations(data["nations"]),
        {word: number for number, words in data["numbers"].items() for word in words},
        tuple((ending, instead) for ending, instead in data["words"]["endings"]),
        tuple(data["words"]["suffixes"]),
    )


def _nations(irregular: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Adjectives, peoples and seats of states, each under the state's name."""
    found = dict(lexicon().seats.items())
    for state in set(lexicon().seats.values()):
        found[state] = state
    return found | {word: state for state, words in irregular.items() for word in words}


@cache
def _roots() -> dict[str, str]:
    """States by the first letters that their adjectives keep: "chin" of Chinese and China."""
    states = sorted(set(lexicon().seats.values()))
    return {state[:4]: state for state in reversed(states) if " " not in state}


def nation(word: str) -> str | None:
    """The state that a word names, "chinese" and "beijing" alike; None where it names none."""
    known = table().nations.get(word)
    if known or len(word) < 4:
        return known
    state = _roots().get(word[:4])
    regular = state and re.fullmatch(rf"{re.escape(state[:4])}\w*?(?:ians?|eans?|ans?|ese|ish|is?)", word)
    return state if regular else None


@dataclass(frozen=True)
class Statement:
    """One thing that a report states: its words, whose they are, and the ``topics`` they are about.

    ``source`` is None where the report says it in its own voice; ``carried`` is True where such a
    sentence follows one that is attributed in the same paragraph, or takes one up with a pronoun, so
    that a reader may take it as carried on from there.  ``given`` is True where a sentence attributes it
    and no claim says to whom.  ``around`` is the whole sentence.
    """

    document: str
    excerpt: Excerpt
    around: str
    source: str | None
    claim: Claim | None
    topics: frozenset[str]
    carried: bool = False
    given: bool = False

    @property
    def text(self) -> str:
        return self.excerpt.text

    @property
    def own(self) -> bool:
        return self.source is None and not self.given

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    def finds(self, name: str) -> list[re.Match[str]]:
        """Where words of a table stand in the statement: "hedge.possible"."""
        return list(table().patterns[name].finditer(self.plain))


@lru_cache(maxsize=1 << 15)
def topics(text: str) -> frozenset[str]:
    """What words are about: "@deliver" a class of deed, "#drone" a thing, "=china" a state; names, stems."""
    words = plain(text)
    spoken = (f"@{deed}" for deed in lexicon().in_text(words))
    return frozenset([*filter(None, map(_topic, _tokens(words))), *spoken])


def _tokens(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match[0].casefold().removesuffix("'s").removesuffix(".")
        whole = nation(word)
        parts = [word] if whole or any(c.isdigit() for c in word) else word.split("-")
        yield from parts


@lru_cache(maxsize=1 << 16)
def _topic(word: str) -> str | None:
    known = nation(word)
    if known:
        return f"={known}"
    if word in table().light or (len(word) < 2 and not word.isdigit()):
        return None
    if word[0].isdigit() or word in table().numbers:
        return table().numbers.get(word) or word.replace(",", "")
    lexemes = lexicon()
    for lemma in lemmas(word):
        if lemma in table().light:
            return None
        if lemma in lexemes.things:
            return f"#{lexemes.things[lemma]}"
        deed = lexemes.verbs.get(lemma) or lexemes.nouns.get(lemma)
        if deed:
            return f"@{deed}"
    return _stem(word)


def lemmas(word: str) -> Iterator[str]:
    """The word itself, then what it may be a form of."""
    yield table().forms.get(word, word)
    for ending, instead in table().endings:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word[: -len(ending)] + instead


def _stem(word: str) -> str:
    for ending in table().suffixes:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word


def statements(document: Document, claims: Sequence[Claim]) -> list[Statement]:
    """What a document states, in reading order: its attributed claims, then clauses of its own voice.

    Its title and headline are left out: they are shortened by nature.
    """
    given = [claim for claim in claims if claim.voice == "attributed" and claim.source is not None]
    found = [_of_claim(document, claim) for claim in given]
    found += _own(document, given, claims)
    kept = [one for one in found if len(one.topics) >= (1 if _says_no(one) or one.source else _FEWEST)]
    return sorted(kept, key=lambda one: (one.excerpt.spans, one.own))


def _says_no(one: Statement) -> bool:
    """True for a denial and for not knowing, which name little: "denied any involvement"."""
    return one.claim is not None and one.claim.stance in {"denies", "unaware"}


def _of_claim(document: Document, claim: Claim) -> Statement:
    name = claim.source_name or (claim.source.text if claim.source else None)
    start, end = claim.content.spans[0].start, claim.content.spans[-1].end
    around = next(
        (document.text[a:b] for a, b in _sentences(document.text) if a <= start < b), document.text[start:end]
    )
    return Statement(document.id, claim.content, around, name, claim, topics(claim.content.text))


def _own(document: Document, given: Sequence[Claim], claims: Sequence[Claim]) -> Iterator[Statement]:
    taken = [(excerpt.spans[0].start, excerpt.spans[-1].end) for claim in given for excerpt in _said(claim)]
    voiced = [claim for claim in claims if claim.voice == "own"]
    attributed = False
    for paragraph in _paragraphs(document):
        for index, (start, end) in enumerate(paragraph):
            claimed = any(overlap((start, end), span) for span in taken)
            text = plain(document.text[start:end])
            gives = claimed or _attributes(text)
            carried = attributed and bool(index or _TAKES_UP.match(text))
            after = "".join(plain(document.text[a:b]) for a, b in paragraph[index + 1 : index + 2])
            told = _TOLD.search(text)
            elsewhere = bool(told or _SO_SAYS.match(after)) and not _SO_SAYS.match(text)
            for clause in _clauses(document.text, start, end):
                sentence = (start, end)
                said = _without_teller(document.text, clause, taken)
                if elsewhere and not _is_taken(document.text, said, taken):
                    yield replace(_of_clause(document, said, sentence, voiced, carried), given=True)
                elif _is_own(document.text, clause, taken, gives):
                    yield _of_clause(document, clause, sentence, voiced, carried)
            attributed = gives


def _without_teller(text: str, clause: Span, taken: Sequence[tuple[int, int]]) -> Span:
    """What a clause says without who says it at its end: "it is sold, the office wrote in a decision"."""
    claims = (start for start, _ in taken if clause.start < start and text[:start].endswith(", "))
    end = min((*claims, clause.end))
    teller = _TELLER.search(plain(text[clause.start : end]))
    return trim(text, clause.start, clause.start + teller.start() if teller else end, _EDGE) or clause


def _attributes(text: str) -> bool:
    return bool(table().patterns["attributing.any"].search(_QUOTE.sub(" ", text)))


def _is_taken(text: str, clause: Span, taken: Sequence[tuple[int, int]]) -> bool:
    """True for words that a claim has, and for what is quoted."""
    words = plain(text[clause.start : clause.end])
    return any(overlap(clause, span) for span in taken) or bool(_QUOTE.search(words))


def _said(claim: Claim) -> Iterator[Excerpt]:
    yield claim.content
    yield from (part for part in (claim.source, claim.cue) if part)


def _is_own(text: str, clause: Span, taken: Sequence[tuple[int, int]], gives: bool) -> bool:
    """True for a clause that nothing attributes; of a sentence that attributes, what is set apart."""
    if _is_taken(text, clause, taken):
        return False
    words = plain(text[clause.start : clause.end])
    if _NO_STATEMENT.match(words) or text[clause.end : clause.end + 1] == "?":
        return False
    apart = bool(RELATIVE.match(words))
    return (apart or not gives) and not table().patterns["attributing.any"].search(words)


def _of_clause(
    document: Document, clause: Span, sentence: tuple[int, int], voiced: Sequence[Claim], carried: bool
) -> Statement:
    words = document.text[clause.start : clause.end]
    around = document.text[sentence[0] : sentence[1]]
    about = topics(words)
    if RELATIVE.match(words):  # what is set apart in a sentence is no continuation of the one before
        carried = False
        before = document.text[sentence[0] : clause.start]
        about |= topics(" ".join(before.split()[-4:]))
    claim = next((one for one in voiced if overlap(one.content.spans[0], clause)), None)
    return Statement(document.id, Excerpt.of(document.text, [clause]), around, None, claim, about, carried)


def _paragraphs(document: Document) -> Iterator[list[tuple[int, int]]]:
    """The sentences of each paragraph; a first line that no full stop ends is a headline."""
    for index, match in enumerate(re.finditer(r"[^\n]+", document.text)):
        line = match[0].strip()
        headline = line[-1:] not in ".!?…\"”'’)" or line == document.reading.title
        if line and not (headline and (index == 0 or len(line.split()) < 14)):
            yield [(match.start() + a, match.start() + b) for a, b in _sentences(match[0])]


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    found, start = [], 0
    for match in _SENTENCE.finditer(text):
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return tuple((a, b) for a, b in found if text[a:b].strip())


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence at its semicolons and conjunctions; a relative clause ends with its first comma."""
    cuts = [start, *(start + match.end() for match in _CLAUSE.finditer(text[start:end])), end]
    for a, b in pairwise(cuts):
        ends = text.find(", ", a, b) if RELATIVE.match(text, a) else -1
        for span in (
            trim(text, a, b if ends < 0 else ends, _EDGE),
            trim(text, max(a, ends), b, _EDGE) if ends >= 0 else None,
        ):
            if span:
                yield span
