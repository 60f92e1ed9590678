"""Assessments of questions over time: a root over their inputs, and in sentences what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from secondsource import merkle
from secondsource.assessments import Assessed, Assessment
from secondsource.corroborate.decisions import Decisions
from secondsource.model import Document, Position, Question
from secondsource.text import canonical

METHOD = "5"
"""Changes whenever the same inputs may be assessed otherwise than by the version before."""


def claims_of(question: Question) -> tuple[str, ...]:
    """Every claim that a question rests on, those against it too."""
    held = {id for position in question.positions for id in position.claims}
    against = {
        one.claim for position in question.positions for one in (*position.denied_by, *position.unaware)
    }
    return tuple(sorted(held | against))


def inputs_root(question: Question, documents: Mapping[str, Document], decisions: Decisions) -> str:
    """The root (RFC 6962) over what a question's assessment is computed from, in hexadecimal."""
    claims = claims_of(question)
    origins = [origin for position in question.positions for origin in position.origins]
    judged = (decisions.judged(claim) for claim in claims)
    lines = {canonical(["method", METHOD])}
    lines |= {canonical(["claim", claim]) for claim in claims}
    lines |= {canonical(["document", *_head(documents[id])]) for id in question.documents}
    lines |= {canonical(["judgement", *_on(one)]) for one in judged if one}
    lines |= {canonical(["rating", one.name, one.letter, one.at]) for one in decisions.ratings(origins)}
    return merkle.root([merkle.leaf(line.encode()) for line in sorted(lines)]).hex()


class Roots:
    """The roots of questions as they come and go: of one that is what it was, the root is not made again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Question, str]] = {}
        self._documents: Mapping[str, Document] = {}
        self._decisions = Decisions()

    def of(
        self, questions: Iterable[Question], documents: Mapping[str, Document], decisions: Decisions
    ) -> dict[str, str]:
        """The `inputs_root` of each question by its id.

        What did not change is best the same objects as before: of what is not, all is made anew.
        """
        otherwise = {id for id, one in documents.items() if self._documents.get(id) is not one}
        known = self._known if decisions.same(self._decisions) else {}
        found: dict[str, tuple[Question, str]] = {}
        for question in questions:
            before = known.get(question.id)
            if before is None or before[0] is not question or not otherwise.isdisjoint(question.documents):
                before = question, inputs_root(question, documents, decisions)
            found[question.id] = before
        self._known, self._documents, self._decisions = found, documents, decisions
        return {id: root for id, (_, root) in found.items()}


def _head(document: Document) -> tuple[str | None, ...]:
    reading = document.reading
    return document.id, document.text_sha256, reading.published, reading.publisher


def _on(judgement: object) -> tuple[str, ...]:
    return tuple(str(getattr(judgement, name)) for name in ("document", "decision", "at"))


def assessments(
    questions: Sequence[Question],
    documents: Mapping[str, Document],
    decisions: Decisions,
    before: Iterable[Assessment],
    at: str,
    roots: Roots | None = None,
) -> list[Assessment]:
    """The assessments that are new: of questions whose inputs changed, and of those that are gone.

    ``before`` is every earlier one in the order of time, or the last of each question.  A question whose
    earliest claim is another than before has another id; it goes on from the gone one with which it
    shares most claims.  ``roots`` are those that were made for earlier questions, where they are kept.
    """
    last = {one.question: one for one in before}
    standing = {id: one for id, one in last.items() if one.positions}
    rooted = (roots or Roots()).of(questions, documents, decisions)
    gone = [one for id, one in standing.items() if id not in rooted]
    heirs = _heirs(gone, [question for question in questions if question.id not in last])
    made = []
    for question in questions:
        earlier = last.get(question.id) or heirs.get(question.id)
        root = rooted[question.id]
        if earlier is None or earlier.root != root or earlier.question != question.id:
            made.append(_assessment(question, root, documents, earlier, at))
    followed = {one.question for one in heirs.values()}
    return made + [_ended(one, documents, at, one.question in followed) for one in gone]


def _heirs(gone: Sequence[Assessment], new: Sequence[Question]) -> dict[str, Assessment]:
    """Of each new question, the gone one that it goes on from."""
    owner = {claim: one for one in gone for claim in one.claims}
    found: dict[str, Assessment] = {}
    for question in new:
        shared = Counter(owner[claim].question for claim in claims_of(question) if claim in owner)
        if shared:
            most = min(shared, key=lambda id: (-shared[id], id))
            found[question.id] = next(one for one in gone if one.question == most)
    return found


def _assessment(
    question: Question,
    root: str,
    documents: Mapping[str, Document],
    earlier: Assessment | None,
    at: str,
) -> Assessment:
    return Assessment(
        question=question.id,
        text=question.text,
        at=at,
        status=question.status,
        positions=tuple(map(_assessed, question.positions)),
        claims=claims_of(question),
        root=root,
        changed=tuple(_changes(question, documents, earlier)),
        previous=earlier.root if earlier else None,
    )


def _assessed(position: Position) -> Assessed:
    return Assessed(
        value=position.value,
        reports=position.reports,
        n_min=position.n_min,
        n_max=position.n_max,
        anchored=tuple(origin.name for origin in position.origins if origin.anchored),
        denied_by=tuple(dict.fromkeys(one.source for one in position.denied_by)),
        unaware=tuple(dict.fromkeys(one.source for one in position.unaware)),
        credibility=position.credibility,
        reliability=position.reliability,
    )


def _ended(one: Assessment, documents: Mapping[str, Document], at: str, followed: bool) -> Assessment:
    why = (
        "It goes on as another question, with an earlier report or another grouping of its claims."
        if followed
        else "Nothing in the case speaks to it any more."
    )
    return Assessment(one.question, one.text, at, "unassessed", (), (), "", (why,), one.root)


def _changes(
    question: Question, documents: Mapping[str, Document], earlier: Assessment | None
) -> Iterator[str]:
    if earlier is None or not earlier.positions:
        yield "First assessed."
        return
    if earlier.status != question.status:
        yield f"Status: {earlier.status} became {question.status}."
    before = {one.value: one for one in earlier.positions}
    for position in question.positions:
        old = before.pop(position.value, None)
        label = "" if len(question.positions) == 1 else f"“{position.value}”: "
        if old is None:
            yield f"New position “{position.value}”, in {_count(len(position.reports), 'report')}."
        else:
            yield from (f"{label}{line}" for line in _moved(old, _assessed(position), documents))
    for value in before:
        yield f"Nobody takes the position “{value}” any more."


def _moved(old: Assessed, new: Assessed, documents: Mapping[str, Document]) -> Iterator[str]:
    came = [_title(documents[id]) for id in new.reports if id not in old.reports]
    left = [_title(documents[id]) if id in documents else "a document" for id in old.reports]
    left = [title for title, id in zip(left, old.reports, strict=True) if id not in new.reports]
    if came:
        yield f"{_count(len(came), 'more report').capitalize()}: {', '.join(came)}."
    if left:
        yield f"{_count(len(left), 'report')} no longer counted: {', '.join(left)}.".capitalize()
    for name in new.anchored:
        if name not in old.anchored:
            yield f"Its own access is shown now: {name}."
    for words, then, now in (
        ("Denied by", old.denied_by, new.denied_by),
        ("Not aware:", old.unaware, new.unaware),
    ):
        yield from (f"{words} {name}." for name in now if name not in then)
        yield from (f"No longer: {words.casefold()} {name}." for name in then if name not in now)
    if (old.n_min, old.n_max) != (new.n_min, new.n_max):
        yield f"Origins: {_interval(old)} became {_interval(new)}."
    if old.credibility != new.credibility:
        yield f"Credibility: {old.credibility} became {new.credibility}."
    if old.reliability != new.reliability:
        yield f"Reliability: {old.reliability} became {new.reliability}."


def _interval(one: Assessed) -> str:
    return str(one.n_min) if one.n_min == one.n_max else f"{one.n_min}–{one.n_max}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _title(document: Document) -> str:
    return document.publisher or document.title or document.path
