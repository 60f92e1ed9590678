"""Russian attributions and sentences read out as claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondsource.extractor.russian.attributions import Attribution
from secondsource.extractor.russian.lexicon import listed, tables, words
from secondsource.extractor.russian.parse import Sentence, Word
from secondsource.model import (
    Basis,
    BasisKind,
    Certainty,
    Claim,
    Excerpt,
    Frame,
    Mention,
    Quantity,
    SourceKind,
    Span,
    Stance,
    When,
)
from secondsource.text import content_id, overlap

_NUMBER = re.compile(
    r"(?P<about>около |примерно |почти )?(?P<number>\d[\d\u00a0 ]*(?:,\d+)?)\s*(?P<unit>%|[а-яё]+)"
)
_DAY = re.compile(
    r"\b(?:(?P<day>\d{1,2})\s+)?(?P<month>[а-яё]{3,9})\s+(?P<year>\d{4})\b|\b(?P<alone>(?:19|20)\d{2})\s+год"
)
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LEAST_WORDS = 4
_SHARED = 0.3
_NOT = frozenset({"не", "нет", "ни"})
_NAMED: dict[str, SourceKind] = {
    "Person": "person", "Company": "organisation", "Organization": "organisation",
    "PublicBody": "government", "Country": "government", "Location": "government",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Readout:
    """A document as far as its claims need it."""

    document: str
    text: str
    named: tuple[Mention, ...]
    published: str | None

    def attributed(self, one: Attribution) -> Claim:
        """The claim of an attribution."""
        content = Excerpt.of(self.text, one.content)
        inside = self._within(one.content)
        named = self._within([one.source])
        kind = _kind(one, named)
        return Claim(
            id=content_id("c", self.document, "attributed", content.spans, one.source, one.cue),
            document=self.document,
            voice="attributed",
            content=content,
            source=Excerpt.of(self.text, [one.source]),
            source_name=_name(named, kind),
            source_kind=kind,
            cue=Excerpt.of(self.text, [one.cue]),
            via=tuple(Excerpt.of(self.text, [span]) for span in one.via),
            stance=_stance(one, kind),
            certainty=_certainty(content.text),
            basis=self._basis(one),
            mentions=inside,
            quantities=tuple(self._quantities(one.content)),
            time=self._time(one.content),
            rule=one.rule,
            frame=self._frame(one.sentence, one.root, one.content),
        )

    def own(self, sentences: Sequence[Sentence], found: Sequence[Attribution]) -> Iterator[Claim]:
        """The sentences that the text states in its own voice."""
        taken = [span for one in found for span in (*one.content, one.source, one.cue)]
        for sentence in sentences:
            root = next((one for one in sentence.roots if one.is_verb), None)
            span = _statement(sentence, self.text)
            if root is None or span is None or sentence.block.kind == "heading":
                continue
            shared = sum(overlap(span, other) for other in taken)
            if shared < _SHARED * (span.end - span.start):
                yield self._stated(sentence, root, span)

    def _stated(self, sentence: Sentence, root: Word, span: Span) -> Claim:
        content = Excerpt.of(self.text, [span])
        return Claim(
            id=content_id("c", self.document, "own", content.spans),
            document=self.document,
            voice="own",
            content=content,
            source=None,
            source_name=None,
            source_kind="outlet",
            cue=None,
            via=(),
            stance="asserts",
            certainty=_certainty(content.text),
            basis=None,
            mentions=self._within([span]),
            quantities=tuple(self._quantities([span])),
            time=self._time([span]),
            rule="ru-own-headline" if sentence.block.kind == "title" else "ru-own",
            frame=self._frame(sentence, root, [span]),
        )

    def _within(self, spans: Sequence[Span]) -> tuple[Mention, ...]:
        return tuple(
            one
            for one in self.named
            if any(s.start <= one.excerpt.spans[0].start and one.excerpt.spans[0].end <= s.end for s in spans)
        )

    def _basis(self, one: Attribution) -> Basis | None:
        """What the source says it rests on: the words of the sentence outside the content, and its own."""
        for word in one.sentence.words:
            if any(span.start <= word.start < span.end for span in one.content):
                continue
            for kind in ("documents", "imagery", "data", "witness"):
                if any(word.text.lower().startswith(stem) for stem in tables()["basis"][kind]):
                    basis: BasisKind = kind
                    return Basis(basis, Excerpt.of(self.text, [Span(word.start, word.end)]))
        return None

    def _quantities(self, spans: Sequence[Span]) -> Iterator[Quantity]:
        for span in spans:
            for found in _NUMBER.finditer(self.text, *span):
                unit = _unit(found["unit"])
                if unit:
                    value = float(re.sub(r"[\u00a0 ]", "", found["number"]).replace(",", "."))
                    excerpt = Excerpt.of(self.text, [Span(found.start("number"), found.end("unit"))])
                    yield Quantity(excerpt, value, value, value, unit, bool(found["about"]))

    def _time(self, spans: Sequence[Span]) -> When | None:
        for span in spans:
            for found in _DAY.finditer(self.text, *span):
                when = _when(found)
                if when is not None:
                    return When(Excerpt.of(self.text, [Span(*found.span())]), *when)
        return None

    def _frame(self, sentence: Sentence, root: Word, spans: Sequence[Span]) -> Frame:
        verb, modal = _lowered(sentence, root)
        inside = [w for w in sentence.words if any(s.start <= w.start < s.end for s in spans)]
        return Frame(
            predicate=verb.lemma,
            agent=self._role(sentence, verb, root, "nsubj"),
            object=self._role(sentence, verb, verb, "obj"),
            negated=any(one.text.lower() in _NOT for part in (verb, root) for one in sentence.children(part)),
            modal=modal,
            words=tuple(word.lemma for word in inside if word.pos in _CONTENT),
        )

    def _role(self, sentence: Sentence, verb: Word, root: Word, relation: str) -> str | None:
        for part in (verb, root):
            filler = next(iter(sentence.children(part, relation)), None)
            if filler is not None:
                places = sentence.below(filler)
                start = min(sentence.words[i].start for i in places)
                end = max(sentence.words[i].end for i in places)
                named = self._within([Span(start, end)])
                return named[0].name if named else filler.lemma
        return None


def _statement(sentence: Sentence, text: str) -> Span | None:
    """The sentence without its last mark; None for a question, or too few words."""
    real = [word for word in sentence.words if word.pos != "PUNCT"]
    if len(real) < _LEAST_WORDS or text[sentence.words[-1].start] == "?":
        return None
    return Span(real[0].start, real[-1].end)


def _kind(one: Attribution, named: Sequence[Mention]) -> SourceKind:
    """What the source is: by the noun it is called by, or else by the name in it."""
    told = listed("kind", one.head.lemma)
    person = any(mention.schema == "Person" for mention in named)
    if one.head.lemma in words("kind", "anonymous") and not person:
        return "anonymous"
    if told is not None:
        kind: SourceKind = told  # type: ignore[assignment]  # the table's names are the kinds
        return kind
    return _NAMED.get(named[0].schema, "person") if named else "person"


def _name(named: Sequence[Mention], kind: SourceKind) -> str | None:
    """The name of the source: a person's for a person; none for somebody who is not named."""
    if kind == "anonymous":
        return None
    people = [one.name for one in named if one.schema == "Person"]
    return next(iter(people or [one.name for one in named]), None)


def _stance(one: Attribution, kind: SourceKind) -> Stance:
    """As the English reader has it: what a source says is not so, it denies; what it hedges, it assesses."""
    if one.stance != "asserts" or one.kind == "accusation":
        return one.stance
    negated = any(child.text.lower() in _NOT for child in one.sentence.children(one.root))
    said = [w for w in one.sentence.words if any(s.start <= w.start < s.end for s in one.content)]
    whole = one.content[0].start >= one.sentence.words[0].start  # and no quotation over several sentences
    untrue = any(word.lemma in words("phrase", "untrue") for word in said)
    if kind not in {"outlet", "document"} and ((negated and whole) or untrue):
        return "denies"
    content = " ".join(word.text for word in said)
    return "assesses" if kind != "outlet" and _certainty(content) in {"probable", "possible"} else "asserts"


def _certainty(content: str) -> Certainty | None:
    said = set(re.findall(r"[а-яё-]+", content.lower()))
    for level in ("conditional", "possible", "probable"):
        if said & words("words", level):
            certainty: Certainty = level
            return certainty
    return "possible" if said & words("words", "alleged") else None


def _lowered(sentence: Sentence, root: Word) -> tuple[Word, str | None]:
    """The verb that says what is done under “может …”, “планирует …”, and what that does to it."""
    modal = listed("modal", root.lemma)
    below = next(iter(sentence.children(root, "xcomp", "csubj")), None)
    return (below, modal) if modal and below is not None else (root, modal)


def _unit(word: str) -> str | None:
    return next((unit for stem, unit in tables()["unit"].items() if word.startswith(stem)), None)


def _when(found: re.Match[str]) -> tuple[str, str, str] | None:
    if found["alone"]:
        return f"{found['alone']}-01-01", f"{found['alone']}-12-31", "year"
    stems = sorted(tables()["month"], key=len, reverse=True)
    stem = next((one for one in stems if found["month"].startswith(one)), None)
    if stem is None or (stem == "ма" and found["month"] not in {"мая", "май", "мае"}):
        return None
    month, year = tables()["month"][stem], int(found["year"])
    if found["day"] and 1 <= int(found["day"]) <= 28 + 3:
        day = f"{year}-{month:02}-{int(found['day']):02}"
        return day, day, "day"
    last = [
        31,
        29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ]
    return f"{year}-{month:02}-01", f"{year}-{month:02}-{last[month - 1]}", "month"
