"""Nouns in lines for people.  Every quotation stands with its document, place and hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from secondsource.cli.output import Line
from secondsource.contract import claim_to_json, document_to_json, question_to_json
from secondsource.desk import Desk
from secondsource.listing import stale
from secondsource.model import (
    JSON,
    Claim,
    Document,
    Entity,
    ListEdition,
    Match,
    Opposition,
    Origin,
    Position,
    Question,
    Screening,
)
from secondsource.records import to_json
from secondsource.templates import wording

Paths = Mapping[str, str]
Noun = Document | Claim | Entity | Question

HASH = 12  # characters of a hash shown to people; the whole of it is in --json
GONE = "a document that left the case"
FAINT = "dim"
STRONG = "bold"


def question_list(questions: Sequence[Question], paths: Paths, *, every: bool) -> Iterator[Line]:
    """Questions in a list: unless ``every``, those that one report alone speaks to are counted only."""
    shared = [question for question in questions if len(question.documents) > 1 or _opposed(question)]
    shown = questions if every or not shared else shared
    for question in shown:
        yield from question_lines(question, paths)
    rest = len(questions) - len(shown)
    more = f"; {rest} more stand in one report each, unopposed: `--all` lists them" if rest else ""
    yield Line(f"{wording.plural(len(shown), 'question')}{more}.")


def _opposed(question: Question) -> bool:
    return any(position.denied_by or position.unaware for position in question.positions)


def question_lines(question: Question, paths: Paths) -> Iterator[Line]:
    """A question as it stands in a list: positions, support, opposition, grade."""
    yield from _heading(question)
    for position in question.positions:
        yield from _position(question, position, paths)
    yield Line()


def _heading(question: Question) -> Iterator[Line]:
    yield Line(_flat(question.text), style=STRONG)
    yield Line(f"{' · '.join(wording.marks(question))} · {question.id}", 1, FAINT)


def _position(question: Question, position: Position, paths: Paths) -> Iterator[Line]:
    if len(question.positions) > 1 or position.text != question.text:
        yield Line(f"– {_flat(position.text)}", 1)
    yield Line(f"{wording.support(position)} · {_grade(position)}", 2)
    yield from (Line(f"denied by {who}", 2, "red") for who in _voices(position.denied_by, paths))
    yield from (Line(f"not aware: {who}", 2, "yellow") for who in _voices(position.unaware, paths))


def _voices(opposed: Iterable[Opposition], paths: Paths) -> Iterator[str]:
    """Each source once, with the documents that it speaks in."""
    places: dict[tuple[str, bool], dict[str, None]] = {}
    for against in opposed:
        path = paths.get(against.document, GONE)
        places.setdefault((against.source, against.self_interested), {})[path] = None
    for (source, interested), documents in places.items():
        yield f"{source}{', in its own interest' if interested else ''} ({', '.join(documents)})"


def _grade(position: Position) -> str:
    return f"reliability {position.reliability}, credibility {position.credibility}"


def noun_lines(desk: Desk, noun: Noun) -> Iterator[Line]:
    """One thing with the evidence it stands on."""
    if isinstance(noun, Question):
        return _question(desk, noun)
    if isinstance(noun, Claim):
        return _claim(desk, noun)
    return _document(desk, noun) if isinstance(noun, Document) else _entity(desk, noun)


def _question(desk: Desk, question: Question) -> Iterator[Line]:
    claims, paths = {claim.id: claim for claim in desk.claims()}, desk.paths()
    yield from _heading(question)
    for position in question.positions:
        yield Line()
        yield from _position(question, position, paths)
        yield Line(f"credibility {position.credibility}: {wording.credibility(position)}", 2, FAINT)
        yield Line(f"reliability {position.reliability}: {wording.reliability(position)}", 2, FAINT)
        yield from (Line(reason, 2) for reason in position.reasons)
        for origin in position.origins:
            yield from _origin(origin, claims, paths)
        yield from _against("Denied", position.denied_by, claims, paths)
        yield from _against("Not aware", position.unaware, claims, paths)


def _origin(origin: Origin, claims: Mapping[str, Claim], paths: Paths) -> Iterator[Line]:
    access = "access of its own" if origin.anchored else "no access of its own shown"
    yield Line(f"Origin: {origin.name} ({access}). {origin.why}", 2, STRONG)
    yield from _quoted((claims[id] for id in origin.claims if id in claims), paths)
    for report in origin.undetermined:
        yield Line(f"undetermined: {paths.get(report.document, report.document)}: {report.why}", 3, "yellow")


def _against(
    heading: str, opposed: Iterable[Opposition], claims: Mapping[str, Claim], paths: Paths
) -> Iterator[Line]:
    for against in opposed:
        yield Line(f"{heading}: {against.source}", 2, STRONG)
        yield from _quoted((claims[id] for id in (against.claim,) if id in claims), paths)


def _quoted(claims: Iterable[Claim], paths: Paths) -> Iterator[Line]:
    for claim in claims:
        first, *rest = claim_lines(claim, paths)
        yield Line(first.text, 3)
        yield from (Line(line.text, 4, line.style) for line in rest)


def claim_lines(claim: Claim, paths: Paths) -> Iterator[Line]:
    """Who says what, in the document's words, and where these words stand."""
    who = claim.source_name or (claim.source.text if claim.source else "The text itself")
    yield Line(f"{_flat(who)} · {wording.STANCES[claim.stance]}: “{_flat(claim.content.text)}”")
    yield Line(f"{_place(claim, paths)} · {claim.id}", 1, FAINT)


def _place(claim: Claim, paths: Paths) -> str:
    path = paths.get(claim.document, GONE)
    return f"{path} · {wording.place(claim.content.spans)} · sha256 {claim.document[:HASH]}…"


def _claim(desk: Desk, claim: Claim) -> Iterator[Line]:
    paths = desk.paths()
    yield from claim_lines(claim, paths)
    facts = {
        "source": claim.source and f"“{_flat(claim.source.text)}”, {wording.SOURCE_KINDS[claim.source_kind]}",
        "cue": claim.cue and f"“{_flat(claim.cue.text)}”",
        "relayed by": ", ".join(f"“{_flat(relay.text)}”" for relay in claim.via),
        "certainty": claim.certainty,
        "basis": claim.basis and f"{wording.BASES[claim.basis.kind]}: “{_flat(claim.basis.excerpt.text)}”",
        "quantity": ", ".join(f"{wording.quantity(one)} (“{one.excerpt.text}”)" for one in claim.quantities),
        "time": claim.time and f"{wording.interval(claim.time)} (“{_flat(claim.time.excerpt.text)}”)",
        "rule": claim.rule,
    }
    yield from (Line(f"{name}: {value}", 1) for name, value in facts.items() if value)
    for question in desk.questions():
        if any(claim.id in position.claims for position in question.positions):
            yield Line(f"answers: {question.text} · {question.id}", 1)


def _document(desk: Desk, document: Document) -> Iterator[Line]:
    yield Line(wording.title(document), style=STRONG)
    yield Line(f"{wording.outlet(document)}, {wording.day(document.published)}", 1)
    how = document.reading.published_how
    if how:
        yield Line(f"date from: {how}", 1)
    yield Line(f"{document.path} · {wording.media(document.media_type)} · {wording.size(document.size)}", 1)
    yield Line(f"sha256 {document.id}", 1, FAINT)
    yield Line(f"sha256 of its text {document.text_sha256}", 1, FAINT)
    yield Line(f"first seen {wording.moment(document.first_seen)}", 1, FAINT)
    for capture in desk.captures(document.id):
        yield Line(f"came as {capture.origin}: {wording.capture(capture)}", 1, FAINT)
    for version in desk.versions(document.id):
        yield Line(f"text, version {version.number}: {version.reason}, by {version.by}", 1, FAINT)
    yield from (Line(f"note: {note}", 1) for note in document.reading.notes)
    yield from (Line(f"holds {member.path}", 1) for member in desk.members(document.id))
    if document.reason:
        yield Line(f"{wording.READ_STATUSES[document.status]}: {document.reason}", 1, _alarm(document))
    claims = desk.claims(document.id)
    yield Line(wording.plural(len(claims), "claim"), 1)
    yield from _quoted(claims, desk.paths())


def _entity(desk: Desk, entity: Entity) -> Iterator[Line]:
    paths = desk.paths()
    others = ", ".join(name for name in entity.names if name != entity.name)
    yield Line(entity.name, style=STRONG)
    yield Line(f"{wording.schema(entity.schema)} · {entity.id}", 1, FAINT)
    yield Line(f"also: {others or 'no other name'}", 1)
    yield from (Line(reason, 1) for reason in entity.reasons)
    yield Line(f"in {', '.join(paths.get(id, id) for id in entity.documents)}", 1)
    sides = {"Says": desk.claims_by(entity.id), "Is spoken of": desk.claims_about(entity.id)}
    for heading, claims in sides.items():
        yield Line(f"{heading}: {wording.plural(len(claims), 'claim')}", 1, STRONG)
        yield from _quoted(claims, paths)


def noun_json(desk: Desk, noun: Noun) -> JSON:
    """One thing as the contracts give it; an entity with its fields as they are."""
    if isinstance(noun, Question):
        return question_to_json(noun, desk.paths())
    if isinstance(noun, Claim):
        return claim_to_json(noun, desk.paths()[noun.document])
    return document_to_json(noun) if isinstance(noun, Document) else to_json(noun)


def _alarm(document: Document) -> str:
    """Red for what could not be read; what holds other documents is no failure."""
    return "red" if document.status in ("empty", "failed") else ""


def document_line(document: Document, listed: int = 0) -> Line:
    """A document as it stands in a list, with how many listed names it mentions; one that gave no text
    with its reason."""
    if document.status != "read":
        return Line(f"{wording.READ_STATUSES[document.status]} · {document.reason}", style=_alarm(document))
    parts = (document.id[:HASH], wording.day(document.published), wording.outlet(document), document.path)
    named = f"mentions {wording.plural(listed, 'listed name')}" if listed else ""
    return Line(" · ".join(filter(None, (*parts, document.reason, named))))


def list_lines(edition: ListEdition) -> Iterator[Line]:
    """A list in force, and why it is to be called stale where it is."""
    yield _list_line(edition)
    if why := stale(edition):
        yield Line(f"stale: {why}.", 1, "yellow")


def _list_line(edition: ListEdition) -> Line:
    """What a list is, whose, how large, of which day, when it came and from which bytes."""
    count = wording.plural(edition.designations, "designation")
    imported = wording.moment(edition.imported_at)
    day = f"of {edition.published}" if edition.published else "of a day it does not state"
    digest = f"sha256 {edition.sha256[:HASH]}…"
    programmes = wording.plural(len(edition.programmes), "programme") if edition.programmes else None
    said = edition.name, edition.authority, count, programmes, day, imported, edition.licence, digest
    parts = filter(None, said)
    return Line(" · ".join(parts))


def screening_lines(screening: Screening) -> Iterator[Line]:
    """A screened name with its potential matches, the weaker likenesses, and the reasons for each."""
    strong = sum(match.match for match in screening.results)
    other = sum(match.judgement == "negative" for match in screening.results)
    weak = len(screening.results) - strong - other
    counts = [
        wording.plural(strong, "potential match", "potential matches") if strong else "no potential match"
    ]
    counts += [wording.plural(weak, "weaker likeness", "weaker likenesses")] if weak else []
    counts += [f"{other} decided to be another"] if other else []
    yield Line(f"{screening.query}: {', '.join(counts)}", style=STRONG)
    yield from chain.from_iterable(map(_match, screening.results))
    against = ", ".join(f"{edition.name} ({edition.imported_at[:10]})" for edition in screening.lists)
    yield Line(f"against {against}", 1, FAINT)


def changed_lines(before: Screening, now: Screening) -> Iterator[Line]:
    """Which potential matches of a name came and which went since it was screened before."""
    known, found = (
        {_entry(match): match.name for match in one.results if match.match} for one in (before, now)
    )
    yield Line(f"{now.query}: changed since {before.at[:10]}", style=STRONG)
    for match in now.results:
        if match.match and known.get(_entry(match)) != match.name:
            then = known.get(_entry(match))
            yield Line(f"by another of its names, “{then}” before:" if then else "new:", 1)
            yield from _match(match)
    for (list, id), name in known.items():
        if (list, id) not in found:
            yield Line(f"no potential match any more: {name} · {list} {id}", 1)


def _entry(match: Match) -> tuple[str, str]:
    return match.designation.list, match.designation.id


_KINDS = {"positive": "potential match, decided to be the same", "negative": "decided to be another"}


def _match(match: Match) -> Iterator[Line]:
    entry = match.designation
    kind = _KINDS.get(match.judgement or "", "potential match" if match.match else "weaker likeness")
    yield Line(f"{match.score:.2f} {entry.name} · {entry.list} {entry.id} · {kind}", 1)
    yield from (Line(reason, 2) for reason in match.reasons)
    told = (
        ("born", entry.birth_dates),
        ("countries", entry.countries),
        ("identifiers", entry.identifiers[:5]),
    )
    if listed := "; ".join(f"{name} {', '.join(values)}" for name, values in told if values):
        yield Line(f"as listed: {listed}", 2, FAINT)


def _flat(text: str) -> str:
    """A quotation on one line, whatever breaks the document has there."""
    return " ".join(text.split())
