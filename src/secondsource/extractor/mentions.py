"""Names in a text: the model's, corrected by shape and gazetteer, and clustered into aliases.

Inside one document two mentions are one thing where one is the other's abbreviation in
brackets ("National Security Council (NSC)"), a person's surname, or the distinctive end
of a longer name ("IEMZ Kupol", "Kupol"), and only where a single candidate fits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.paragraphs import Paragraph
from secondsource.model import Excerpt, Mention, Span
from secondsource.text import content_id, overlap, words

_SCHEMAS = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Country",
    "LOC": "Location",
    "FAC": "Location",
    "NORP": "Country",
    "PRODUCT": "Product",
    "EVENT": "Event",
}
# A designation: capitals or a name, then a hyphen and figures ("Garpiya-3", "MQ-9B", "T-72").
_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,14}-\d{1,4}[A-Za-z]{0,2}\b")
_BRACKETED = re.compile(r"\s*\(([A-Z][A-Za-z0-9&.\-]{1,9})\)")
_PUBLIC = re.compile(
    r"\b(?:Ministry|Department|Army|Navy|Police|Treasury|Government|Authority|Agency|Council|Parliament|Guard|Service|"
    r"Commission|Customs|Embassy|Court|Office|Bureau|Directorate|Administration|Forces?|Kremlin|White House|ministry)\b"
)
_COMPANY = re.compile(
    r"\b(?:Co|Ltd|Inc|LLC|JSC|OAO|PAO|GmbH|Corp|Corporation|Company|Holding|Works|Industries|Aviation|Trading|Machinery)\b"
)
_COMPANY_TAIL = re.compile(r"^\w+(?:bank|tech|prom|export|import|avia|energo|neft|gaz|telecom)$", re.I)
_STATE_ORGANS = "ministry|minister|government|parliament|president|army|navy|embassy|foreign|defence|defense|authorities|military"
_OF_STATE = r"\b(?:government|president|parliament|republic|ministry|embassy|army|people|state) of"
_PLACES = frozenset({"Country", "Location"})
_BODIES = frozenset({"Company", "Organization"})
# A body's name by its shape: capitalised words that end in what the body is.
_BODY_NAME = re.compile(
    r"\b(?!The |A |An )(?:[A-Z][\w&-]+ ){1,4}(?:Works|Industries|Aviation|Holding|Corporation|Company|Shipyard|Factory|Group|Bank|"
    r"Commission|Authority|Institute|Council|League|Union|Observatory|Watch|Ministry|Directorate|Service)\b"
    r"|\b(?:[A-Z][\w-]+ )?(?:Ministry|Department|Office|Bureau|Institute|Centre|Center|Academy|Council|Commission|Committee)"
    r" (?:of|for) (?:the )?(?:[A-Z][\w-]+ (?:of |and |for |the )*)*[A-Z][\w-]+"
)
_SHORTEST_NAME = 4
_LEADING = re.compile(r"^(?:the|The|a|an)\s+")
_POSSESSIVE = re.compile(r"(?:'s|’s|'|’)$")


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    text: str
    schema: str
    how: str


def mentions(paragraphs: Sequence[Paragraph]) -> tuple[Mention, ...]:
    """Every name of a document in reading order, each with its cluster in the document."""
    named = [one for paragraph in paragraphs for one in _in_paragraph(paragraph)]
    found = _agreed(_with_repeats(paragraphs, named), paragraphs)
    brackets = _abbreviations(paragraphs, found)
    clusters = _clusters(found, brackets)
    return tuple(
        Mention(
            Excerpt((one.span,), one.text),
            clusters[one.text][1],
            clusters[one.text][0],
            clusters[one.text][2],
            one.how,
        )
        for one in found
    )


def _in_paragraph(paragraph: Paragraph) -> list[_Found]:
    shaped = [
        _Found(paragraph.at(*shape.span()), shape.group(), "Product", "rule")
        for shape in _DESIGNATION.finditer(paragraph.text)
        if not re.search(r"-(?:1[89]|20)\d\d$", shape.group())
    ]
    shaped += [
        _Found(paragraph.at(*shape.span()), shape.group(), *_schema("ORG", shape.group()))
        for shape in _BODY_NAME.finditer(paragraph.text)
    ]
    named = [one for entity in paragraph.doc.ents if (one := _named(paragraph, entity))]
    kept = [one for one in named if not any(overlap(one.span, other.span) for other in shaped)]
    return sorted([*shaped, *kept], key=lambda one: one.span)


def _agreed(found: Sequence[_Found], paragraphs: Sequence[Paragraph]) -> list[_Found]:
    """One kind a name: what the text's own words say it is, else what most of its mentions were taken for."""
    votes: dict[str, Counter[str]] = {}
    for one in found:
        votes.setdefault(one.text, Counter())[one.schema] += 1
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    schema = {
        form: _told(form, text, paragraphs[0]) or max(count, key=lambda kind: (count[kind], kind))
        for form, count in votes.items()
    }
    for form in [form for form, kind in schema.items() if kind in _PLACES and " " not in form]:
        whole = next((o for o in schema if o.startswith(f"{form} ") and schema[o] in _BODIES), None)
        if whole and form.lower() not in gazetteer().states and not _told(form, text, paragraphs[0]):
            schema[form] = schema[whole]
    return [
        one if one.schema == schema[one.text] else replace(one, schema=schema[one.text], how="rule")
        for one in found
    ]


def _told(form: str, text: str, paragraph: Paragraph) -> str | None:
    """What the text's words say a name is: an outlet, a state with a ministry, a place things are in."""
    if paragraph.names_outlet(form):
        return "Organization"
    name = re.escape(form)
    if _is_person(form, name, text):
        return "Person"
    if re.search(rf"\b{name}(?:'s|’s) (?:\w+ ){{0,2}}(?:{_STATE_ORGANS})\b|{_OF_STATE} {name}\b", text):
        return "Country"
    if " " in form:
        return None
    if re.search(rf"\b{name}(?:n|an|ian|ese)\b", text) and form.lower() not in gazetteer().outlets:
        return "Country"
    if re.search(rf"\b(?:in|port of|city of|town of|village of|capital of) {name}\b", text):
        return "Country" if form.endswith(("land", "stan", "ia")) else "Location"
    return None


def _is_person(form: str, name: str, text: str) -> bool:
    """True where the words beside a name give it an age, a role or a "who"."""
    roles = "|".join(sorted(gazetteer().roles | gazetteer().speakers))
    if re.search(rf"\b{name},? (?:who|aged?|\d\d,)", text):
        return True
    if len(form.split()) not in {2, 3}:
        return False
    beside = rf"\b{name}, (?:the|an?|its|their|his|her|[A-Z]\w+(?:'s|’s))? ?(?:[\w-]+ ){{0,4}}(?:{roles})\b"
    return bool(re.search(rf"{beside}|\b(?:{roles}),? {name}\b", text, re.I if form[0].isupper() else 0))


def _with_repeats(paragraphs: Sequence[Paragraph], named: Sequence[_Found]) -> list[_Found]:
    """``named``, and the places where the same name or a named person's surname stands again."""
    forms = {one.text: one.schema for one in reversed(named)}
    for form, schema in list(forms.items()):
        surname = form.rsplit(" ", 1)[-1]
        if schema == "Person" and surname != form and len(surname) >= _SHORTEST_NAME:
            forms[surname] = "Person"
    known = sorted((form for form in forms if len(form) >= _SHORTEST_NAME), key=len, reverse=True)
    if not known:
        return list(named)
    again = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")
    taken = {place for one in named for place in range(*one.span)}
    found = list(named)
    for paragraph in paragraphs:
        for shape in again.finditer(paragraph.text):
            span = paragraph.at(*shape.span())
            if span.start not in taken and span.end - 1 not in taken:
                found.append(_Found(span, shape.group(), forms[shape.group()], "rule"))
    return sorted(found, key=lambda one: one.span)


def _named(paragraph: Paragraph, entity: object) -> _Found | None:
    label, start, end = entity.label_, entity.start_char, entity.end_char  # type: ignore[attr-defined]
    if label not in _SCHEMAS:
        return None
    text = paragraph.text[start:end]
    lead = _LEADING.match(text)
    start += lead.end() if lead else 0
    tail = _POSSESSIVE.search(paragraph.text[start:end])
    end -= len(tail.group()) if tail else 0
    span = paragraph.trimmed(start, end)
    if span is None or span.end - span.start < 2:
        return None
    words_ = paragraph.text[span.start - paragraph.offset : span.end - paragraph.offset]
    if "\n" in words_ or not any(letter.isupper() for letter in words_):
        return None
    return _Found(span, words_, *_schema(label, words_))


def _schema(label: str, text: str) -> tuple[str, str]:
    """The entity kind of a name; the gazetteer and the shape of the name go before the model."""
    if gazetteer().is_outlet(text):
        return "Organization", "gazetteer"
    if label in {"ORG", "PERSON", "GPE", "FAC", "PRODUCT"} and _PUBLIC.search(text):
        return "PublicBody", "rule"
    if label in {"ORG", "PERSON", "GPE"} and (_COMPANY.search(text) or _COMPANY_TAIL.search(text)):
        return "Company", "rule"
    if label == "PERSON" and any(word in gazetteer().bodies for word in words(text)[1:]):
        return "Organization", "rule"
    return _SCHEMAS[label], "model"


def _abbreviations(paragraphs: Iterable[Paragraph], found: Sequence[_Found]) -> dict[str, str]:
    """Short forms that the text itself puts in brackets after the long one."""
    pairs: dict[str, str] = {}
    by_end = {one.span.end: one for one in found}
    for paragraph in paragraphs:
        for shape in _BRACKETED.finditer(paragraph.text):
            end = paragraph.offset + shape.start()
            one = by_end.get(end) or by_end.get(end + len(shape.group()))
            if one:
                pairs[shape.group(1)] = one.text.split(" (")[0]
    return pairs


def _clusters(found: Sequence[_Found], brackets: dict[str, str]) -> dict[str, tuple[str, str, str]]:
    """For each surface form: the cluster's id, its kind and its best name."""
    forms = list(dict.fromkeys(one.text for one in found))
    schema = {one.text: one.schema for one in reversed(found)}
    head: dict[str, str] = {form: form for form in forms}
    for form in sorted(forms, key=lambda text: (len(words(text)), text)):
        longer = brackets.get(form)
        candidates = [longer] if longer in head else [
            other for other in forms if other != form and _is_alias(form, other, schema)
        ]  # fmt: skip
        tops = {_top(head, other) for other in candidates if other}
        if len(tops) == 1 and (top := tops.pop()) != form:
            head[form] = top
    result = {}
    for form in forms:
        top = _top(head, form)
        kind = schema[top] if schema[top] != "Organization" else schema.get(form, schema[top])
        result[form] = (content_id("m", top.casefold()), kind, top)
    return result


def _top(head: dict[str, str], form: str) -> str:
    seen = set()
    while head[form] != form and form not in seen:
        seen.add(form)
        form = head[form]
    return form


def _is_alias(short: str, long: str, schema: dict[str, str]) -> bool:
    """True where ``short`` is how this text goes on calling ``long``."""
    few, many = words(short), words(long)
    if few == many:
        return len(long) > len(short) or (len(long) == len(short) and long < short)
    if not few or len(few) >= len(many) or schema[short] in _PLACES or schema[long] in _PLACES:
        return _initials(short, long)
    if "Person" in (schema[short], schema[long]) and many[-len(few) :] == few:
        return True
    if schema[short] == "Product" or schema[long] == "Product":
        return few == many[: len(few)] or few == many[-len(few) :]
    return many[-len(few) :] == few or many[: len(few)] == few or _initials(short, long)


def _initials(short: str, long: str) -> bool:
    """True for an acronym made of the capitals of the longer name, three letters or more."""
    capitals = "".join(letter for letter in long if letter.isupper())
    return short.isupper() and len(short) >= 3 and short == capitals and short != long


def within(found: Sequence[Mention], span: Span) -> tuple[Mention, ...]:
    """The mentions that stand inside ``span``."""
    return tuple(
        one
        for one in found
        if one.excerpt.spans[0].start >= span.start and one.excerpt.spans[0].end <= span.end
    )


def renamed(mention: Mention, name: str) -> Mention:
    """The same mention under another best name."""
    return replace(mention, name=name)
