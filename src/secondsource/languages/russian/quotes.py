"""What stands in quotation marks, given to who is said to say it; and attributions put inside one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from secondsource.languages.russian.attribution import Attribution, Source
from secondsource.languages.russian.clauses import clause, phrase, subject, trimmed
from secondsource.languages.russian.lexicon import lexicon
from secondsource.languages.russian.model import Parsed, Sentence, Word
from secondsource.model import Span
from secondsource.text import overlap

_QUOTED = re.compile(r"«(?:[^«»]|«[^«»]*»)*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\"")
_AFTER = re.compile(r"[,.!?…]?\s*[—–-]\s*")
_DASHED = re.compile(r"[,.!?…]\s*[—–]\s*$")
_BEFORE = re.compile(r":\s*$")
_FEWEST = 3
_NEAR = 90
_COVERS = 0.6


def quotations(paragraph: Parsed) -> Iterator[Attribution]:
    """Each sentence of each quotation that somebody is said to say; one without a cue goes on from before."""
    speaker: Attribution | None = None
    last = 0
    for found in _QUOTED.finditer(paragraph.text):
        if len(re.findall(r"\w+", found.group())) < _FEWEST:
            continue
        inside = _interrupting(paragraph, *found.span())
        if inside is not None:
            yield from inside
            continue
        told = _told(paragraph, *found.span())
        if told is None and speaker is not None and _goes_on(paragraph.text[last : found.start()]):
            told = replace(speaker, cue=(), rule="quotation-continued")
        speaker, last = told, found.end()
        if told is not None:
            yield from _sentences(paragraph, told, found.start() + 1, found.end() - 1)


def _interrupting(paragraph: Parsed, start: int, end: int) -> list[Attribution] | None:
    """The parts of a quotation that who says it stands in the middle of: «…, — сказал X. — …»."""
    for sentence, verb in _cues(paragraph, inside=True):
        if start < verb.start < end and _DASHED.search(paragraph.text, start, verb.start):
            head = subject(sentence, verb)
            source = phrase(sentence, head, paragraph.text) if head is not None else None
            if source is None:
                return None
            told = _as_quoted(sentence, verb, source, Span(start, end))
            behind = max(source.span.end, verb.end)
            return [
                *_sentences(paragraph, told, start + 1, min(source.span.start, verb.start)),
                *_sentences(paragraph, told, behind, end - 1),
            ]
    return None


def _goes_on(passed: str) -> bool:
    """True where nothing but who spoke stands between two quotations."""
    return len(re.findall(r"[.!?]", passed)) <= 1 and len(passed) < _NEAR


def _sentences(paragraph: Parsed, told: Attribution, start: int, end: int) -> Iterator[Attribution]:
    for sentence in paragraph.sentences:
        first, last = max(start, sentence.start), min(end, sentence.end)
        content = trimmed(paragraph.text, first, last) if first < last else None
        if content is not None and " " in paragraph.text[slice(*content)]:
            yield replace(told, content=content)


def _told(paragraph: Parsed, start: int, end: int) -> Attribution | None:
    """By whom a quotation is said to be: the cue behind its dash, or before its colon."""
    dash = _AFTER.match(paragraph.text, end)
    colon = _BEFORE.search(paragraph.text, 0, start)
    for sentence, verb in _cues(paragraph):
        behind = dash is not None and dash.end() <= verb.start < dash.end() + _NEAR
        before = colon is not None and start - 2 * _NEAR < verb.start < start
        if (behind or before) and not clause(sentence, verb):
            head = subject(sentence, verb)
            source = phrase(sentence, head, paragraph.text) if head is not None else None
            return _as_quoted(sentence, verb, source, Span(start, end))
    return None


def _as_quoted(sentence: Sentence, verb: Word, source: Source | None, content: Span) -> Attribution:
    stance = lexicon().verbs[verb.lemma]
    return Attribution(content, source, (Span(verb.start, verb.end),), stance, "quotation", sentence)


def _cues(paragraph: Parsed, *, inside: bool = False) -> Iterator[tuple[Sentence, Word]]:
    """The verbs of the lexicon outside quotations, or inside them."""
    quoted = [found.span() for found in _QUOTED.finditer(paragraph.text)]
    for sentence in paragraph.sentences:
        for word in sentence.words:
            held = any(start < word.start < end for start, end in quoted)
            if word.pos == "VERB" and word.lemma in lexicon().verbs and held == inside:
                yield sentence, word


def layered(found: Sequence[Attribution]) -> list[Attribution]:
    """Who relayed what another said stands in ``via``; what only says that another said it is left out."""
    unique: list[Attribution] = []
    for one in found:
        if not any(one.cue and set(one.cue) & set(other.cue) for other in unique):
            unique.append(one)
    kept = []
    for one in unique:
        outer = sorted(
            (other for other in unique if _holds(other, one)), key=lambda other: _length(other.content)
        )
        relays = tuple(other.source for other in outer if other.source is not None)
        kept.append(replace(one, via=(*one.via, *relays)))
    relayers = {id(one) for one in unique if any(_is_only_relay(one, other) for other in unique)}
    return [one for one, before in zip(kept, unique, strict=True) if id(before) not in relayers]


def _length(span: Span) -> int:
    return span.end - span.start


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """True where an attribution's cue stands in the content of another."""
    if outer is inner or not inner.cue:
        return False
    inside = all(outer.content.start <= cue.start and cue.end <= outer.content.end for cue in inner.cue)
    beside = inner.rule == "according-to" and inner.content == outer.content and outer.rule != "according-to"
    return (inside and overlap(outer.content, inner.content) > 0) or beside


def _is_only_relay(outer: Attribution, inner: Attribution) -> bool:
    if not _holds(outer, inner):
        return False
    spans = (inner.content, *inner.cue, *((inner.source.span,) if inner.source else ()))
    said = Span(min(one.start for one in spans), max(one.end for one in spans))
    covered = overlap(outer.content, said) >= _COVERS * _length(outer.content)
    return covered or abs(said.start - outer.content.start) < 3
