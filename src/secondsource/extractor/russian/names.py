"""Names in a Russian text in their dictionary form, each with its kind and its cluster in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from secondsource.extractor.russian.lexicon import tables, words
from secondsource.extractor.russian.parse import Sentence, Word, analyser
from secondsource.gazetteers import WatchList, known
from secondsource.model import Excerpt, Mention, Span
from secondsource.text import content_id

_SCHEMA = {"PER": "Person", "ORG": "Organization", "LOC": "Location"}
_QUOTED = re.compile(r"«([^«»]{2,60})»")
_FIRM = {"завод", "компания", "фирма", "предприятие", "корпорация", "холдинг", "концерн", "верфь", "бюро"}
_GENDER = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}


@dataclass(frozen=True, slots=True)
class _Name:
    span: Span
    schema: str
    name: str
    how: str


def mentions(sentences: Sequence[Sentence], text: str, watch: WatchList | None) -> tuple[Mention, ...]:
    """Every name in reading order; those of ``watch`` go before what the model takes for a name."""
    listed = [
        _Name(Span(hit.start, hit.end), hit.known.schema, hit.known.name, "list")
        for hit in (watch.find(text) if watch else ())
    ]
    taken = {place for one in listed for place in range(*one.span)}
    found = list(listed)
    for sentence in sentences:
        for name in _of_sentence(sentence, text):
            if taken.isdisjoint(range(*name.span)):
                taken.update(range(*name.span))
                found.append(name)
    found.sort(key=lambda one: one.span)
    best = _clusters(found)
    return tuple(
        Mention(
            Excerpt.of(text, [one.span]),
            best[one.name].schema,
            content_id("m", best[one.name].name.casefold()),
            best[one.name].name,
            one.how,
        )
        for one in found
    )


def _of_sentence(sentence: Sentence, text: str) -> Iterator[_Name]:
    """The model's names, and those in quotation marks on a noun for a firm, which it often misses."""
    taken: list[Span] = []
    for place, kind in _with_states(sentence):
        span = _whole(place, text)
        covered = [word for word in sentence.words if word.start < span.end and word.end > span.start]
        if not covered:
            continue
        taken.append(span)
        name = _nominative(covered, text, span)
        yield _Name(span, *_known(name, _SCHEMA[kind], covered))
    start, end = (sentence.words[0].start, sentence.words[-1].end) if sentence.words else (0, 0)
    for quoted in _QUOTED.finditer(text, start, end):
        span = Span(*quoted.span(1))
        if quoted[1][0].isupper() and not any(s.start < span.end and span.start < s.end for s in taken):
            before = [word for word in sentence.words if word.end < quoted.start()][-1:]
            if before and before[0].pos == "NOUN" and before[0].lemma in words("kind", "organisation"):
                yield _Name(
                    span, "Company" if before[0].lemma in _FIRM else "Organization", quoted[1], "rule"
                )


def _with_states(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """The model's names; a state's body with the state: “МИД Китая”."""
    waiting: tuple[Span, str] | None = None
    lemmas = {word.start: word.lemma for word in sentence.words}
    for span, kind in sentence.names:
        if waiting is not None and kind == "LOC" and span.start - waiting[0].end == 1:
            yield Span(waiting[0].start, span.end), "ORG"
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = (span, kind)
        if kind != "ORG" or lemmas.get(span.start) not in words("kind", "government"):
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


def _known(name: str, schema: str, covered: Sequence[Word]) -> tuple[str, str, str]:
    """The kind, name and how of a name: what the tables know goes before the model."""
    state = tables()["country"].get(name)
    if state:
        return "Country", name, "gazetteer"
    told = known(name)
    if told is not None:
        return told.schema, name, "gazetteer"
    if schema == "Organization" and covered[0].lemma in words("kind", "government"):
        return "PublicBody", name, "model"
    if schema == "Organization" and any(word.lemma in _FIRM for word in covered):
        return "Company", name, "model"
    return schema, name, "model"


def _whole(span: Span, text: str) -> Span:
    """The span with the quotation mark that it opens closed, and none that it does not."""
    if text.count("«", *span) > text.count("»", *span) and text[span.end : span.end + 1] == "»":
        return Span(span.start, span.end + 1)
    return span


def _nominative(covered: Sequence[Word], text: str, span: Span) -> str:
    """The name with its head, and what agrees with it, in the nominative; the rest as it stands."""
    if text[span.start - 1 : span.start] == "«":
        return " ".join(text[slice(*span)].split())
    inside = {word.index for word in covered}
    heads = {word.index for word in covered if word.head not in inside}
    quoted, said, at = 0, "", span.start
    for word in covered:
        said += text[at : word.start]
        agrees = word.index in heads or (
            word.head in heads and word.relation in {"amod", "flat:name", "appos", "flat", "det"}
        )
        said += word.text if quoted or not agrees else _base(word)
        quoted += {"«": 1, "»": -1}.get(word.text, 0)
        at = word.end
    return " ".join((said + text[at : span.end]).split())


def _base(word: Word) -> str:
    """A word in the nominative of its own number and gender, in its own letter case."""
    if word.text.isupper() or not word.feats.get("Case") or word.feats["Case"] == "Nom":
        return word.text
    gender, number = _GENDER.get(word.feats.get("Gender", "")), word.feats.get("Number", "Sing")
    parses = [one for one in analyser().parse(word.text) if one.tag.case != "nomn"]
    fitting = [one for one in parses if gender is None or one.tag.gender in (gender, None)] or parses
    grammemes = {"nomn", "plur" if number == "Plur" else "sing"}
    for parse in fitting:
        asked = grammemes | ({gender} if gender and number == "Sing" and parse.tag.POS == "ADJF" else set())
        form = parse.inflect(asked)
        if form is not None:
            return _cased(form.word, word.text)
    return word.text


def _cased(form: str, like: str) -> str:
    return (
        "-".join(
            part.capitalize() if model[:1].isupper() else part
            for part, model in zip(form.split("-"), like.split("-"), strict=False)
        )
        if form.count("-") == like.count("-")
        else form.capitalize()
    )


def _clusters(found: Iterable[_Name]) -> dict[str, _Name]:
    """For each form the fullest name that it is short for in this text, where there is one alone."""
    forms = {one.name: one for one in reversed(list(found))}
    return {name: forms[_fullest(name, forms)] for name in forms}


def _fullest(name: str, forms: dict[str, _Name]) -> str:
    schema = forms[name].schema
    longer = [
        other
        for other, one in forms.items()
        if len(other) > len(name) and _alike(schema, one.schema) and _is_short_for(name, other, schema)
    ]
    tops = [
        one for one in longer if not any(one != two and _is_short_for(one, two, schema) for two in longer)
    ]
    return tops[0] if len(tops) == 1 else name


def _alike(one: str, other: str) -> bool:
    firms = {"Company", "Organization"}
    return one == other or (one in firms and other in firms)


def _is_short_for(name: str, other: str, schema: str) -> bool:
    if schema == "Person":
        return " " not in name and other.split()[-1].casefold() == name.casefold()
    quoted, own = _QUOTED.search(other), _QUOTED.search(name)
    return quoted is not None and (own[1] if own else name).casefold() == quoted[1].casefold()
