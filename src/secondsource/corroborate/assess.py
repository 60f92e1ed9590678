"""From a matter with its answers to a question with positions, counted, graded and explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from secondsource.corroborate.amounts import Amount
from secondsource.corroborate.components import origins
from secondsource.corroborate.corrections import Correction, superseded
from secondsource.corroborate.decisions import UNRATED, Decisions
from secondsource.corroborate.grade import Counts, credibility, status, strongest
from secondsource.corroborate.identity import Identity
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.opposition import Against, against
from secondsource.corroborate.origins import Tracer
from secondsource.corroborate.positions import UNKNOWN, Answer, Matter, denied_in_words
from secondsource.corroborate.sides import is_unknown_in_words
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.wording import answering, asked, copied, heading, opposed, rated, standing
from secondsource.derivation import Derivation
from secondsource.model import Document, Origin, Position, Question, QuestionStatus
from secondsource.text import content_id

_FIRST_HAND = frozenset({"documents", "imagery", "data", "witness"})
_HEDGED = frozenset({"possible", "probable", "conditional"})
_ACTORS = frozenset({"Company", "Organization", "PublicBody", "LegalEntity", "Person", "Country"})
_NOBODY = "No claim in the case takes this position"


@dataclass(frozen=True, slots=True)
class _Stand:
    """An answer with the claims that still stand for it, their origins, and those withdrawn."""

    answer: Answer
    kept: tuple[Slots, ...]
    origins: tuple[Origin, ...]
    withdrawn: tuple[Correction, ...]

    @property
    def anchored(self) -> tuple[Origin, ...]:
        return tuple(origin for origin in self.origins if origin.anchored)


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses the matters of one case."""

    identity: Identity
    tracer: Tracer
    documents: Mapping[str, Document]
    derivations: Mapping[str, Sequence[Derivation]]
    notes: Sequence[Correction]
    decisions: Decisions

    def question(self, matter: Matter) -> Question:
        """The matter as a question; its positions keep the order of its answers."""
        said = [slots for answer in matter.answers for slots in answer.claims]
        every = [*said, *matter.said_no]
        opposition = against(matter.said_no, self._accused(said), self.tracer, self.identity)
        taken = superseded(said, self.notes, self.documents)
        stands = [self._stand(answer, taken) for answer in matter.answers]
        facing = [_facing(answer, opposition) for answer in matter.answers]
        grown = self._has_grown(matter)
        rivals = [] if grown else stands
        counts = [self._counts(stand, rivals, known) for stand, known in zip(stands, facing, strict=True)]
        texts = [self._said(answer, matter) for answer in matter.answers]
        positions = map(self._position, stands, counts, facing, texts)
        return Question(
            id=self._id(matter, every),
            text=self._text(matter, said or every),
            status=_status(stands[:1] if grown else stands, counts, opposition),
            open_slot=matter.open_slot,
            positions=tuple(positions),
            documents=tuple(sorted({slots.claim.document for slots in every})),
            entities=tuple(sorted({e for s in every for e in s.entities if e in self.identity.entities})),
        )

    def _has_grown(self, matter: Matter) -> bool:
        """True for figures of a count that rises, each higher one given only after all lower ones.

        Then the later is an update of the earlier and no contradiction: tolls rise as bodies are found.
        """
        known = lexicon().predicates
        deeds = {
            deed
            for answer in matter.answers
            for slots in answer.claims
            for deed in (*slots.heads, *(amount.slot for amount in slots.amounts))
            if deed
        }
        if len(matter.answers) < 2 or not any(deed in known and known[deed].grows for deed in deeds):
            return False
        told = sorted((_lowest(answer, matter.unit), self._days(answer)) for answer in matter.answers)
        return all(
            lower and higher and max(lower) < min(higher) for (_, lower), (_, higher) in pairwise(told)
        )

    def _days(self, answer: Answer) -> list[str]:
        """The days on which an answer was published; none where one is not known to the day."""
        days = [(self.documents[s.claim.document].published or "")[:10] for s in answer.claims]
        return days if all(len(day) == 10 for day in days) else []

    def _stand(self, answer: Answer, taken: Mapping[str, Correction]) -> _Stand:
        kept = tuple(slots for slots in answer.claims if slots.claim.id not in taken)
        notes = {
            taken[s.claim.id].document.id: taken[s.claim.id] for s in answer.claims if s.claim.id in taken
        }
        found = origins([slots.claim for slots in kept], self.tracer, self.documents)
        return _Stand(answer, kept, tuple(found), tuple(notes[key] for key in sorted(notes)))

    def _text(self, matter: Matter, said: Sequence[Slots]) -> str:
        if matter.unit is None:
            return heading(said, self.documents)
        return asked(said, Amount(matter.unit, matter.slot, -inf, inf, ""), self.documents)

    def _id(self, matter: Matter, every: Sequence[Slots]) -> str:
        """From the earliest claim; where only a part of it is in question, from that part's place."""
        first = self._earliest(every)
        part = first.claim.content.spans if first.part else ()
        return content_id("q", matter.open_slot, first.claim.id, *([part] if part else []))

    def _earliest(self, every: Sequence[Slots]) -> Slots:
        return min(
            every, key=lambda s: (self.documents[s.claim.document].published or "9", s.part, s.claim.id)
        )

    def _accused(self, said: Sequence[Slots]) -> frozenset[str]:
        known = self.identity.entities
        agents = {slots.agent for slots in said if slots.side > 0 and slots.agent in known}
        return frozenset(agent for agent in agents if agent and known[agent].schema in _ACTORS)

    def _counts(self, stand: _Stand, stands: Sequence[_Stand], opposition: Against) -> Counts:
        rivals = sum(len(other.anchored) for other in stands if _are_rivals(stand, other))
        return Counts(
            anchored=len(stand.anchored),
            floating=len(stand.origins) - len(stand.anchored),
            first_hand=sum(self._is_first_hand(origin, stand) for origin in stand.anchored),
            sides=self._sides(stand),
            against=opposition.standing + rivals,
            withdrawn=bool(stand.withdrawn) and not stand.kept,
            hedged=bool(stand.kept) and all(s.claim.certainty in _HEDGED for s in stand.kept),
        )

    def _is_first_hand(self, origin: Origin, stand: _Stand) -> bool:
        """Papers, imagery, a witness, or a party that speaks of what it does itself."""
        own = set(origin.claims)
        return any(self._shows(slots) for slots in stand.kept if slots.claim.id in own)

    def _shows(self, slots: Slots) -> bool:
        access, basis = self.tracer.access(slots.claim), slots.claim.basis
        held = access.key.startswith(("held:", "papers:")) or access.key == slots.agent
        return access.shown and (held or (basis is not None and basis.kind in _FIRST_HAND))

    def _sides(self, stand: _Stand) -> int:
        """Anchored origins, those whose speakers hold posts in one body taken together."""
        sides: list[set[str]] = []
        for origin in stand.anchored:
            own = set(origin.claims)
            traced = [self.tracer.access(slots.claim) for slots in stand.kept if slots.claim.id in own]
            bodies = {key for access in traced for key in (access.key, *self.tracer.sides(access))}
            met = [side for side in sides if side & bodies]
            sides = [side for side in sides if not side & bodies] + [bodies.union(*met)]
        return len(sides)

    def _said(self, answer: Answer, matter: Matter) -> str:
        """An answer in the words of its reports, and the one that nobody gives in those of who denies it."""
        told = answer.claims or matter.said_no
        denied = [slots for slots in told if denied_in_words(slots)]
        about = denied or [slots for slots in told if is_unknown_in_words(slots.claim)]
        if not answer.claims:
            return f"{heading(about, self.documents)}: no claim in the case says so" if about else _NOBODY
        head = {"no": "Denied: ", UNKNOWN: "Not known: "}.get(answer.value, "") if about else ""
        return f"{head}{answering(about or answer.claims, self.documents)}"

    def _position(self, stand: _Stand, counts: Counts, opposition: Against, text: str) -> Position:
        answer = stand.answer
        reports = tuple(sorted({slots.claim.document for slots in stand.kept}))
        return Position(
            value=answer.value,
            text=text,
            claims=tuple(sorted(slots.claim.id for slots in answer.claims)),
            reports=reports,
            n_min=counts.anchored or int(bool(stand.origins)),
            n_max=len(stand.origins),
            origins=stand.origins,
            denied_by=opposition.denied,
            unaware=opposition.unaware,
            credibility=credibility(counts),
            reliability=self._reliability(stand),
            reasons=tuple(self._reasons(stand, counts, opposition)),
        )

    def _reliability(self, stand: _Stand) -> str:
        """The best letter among the records of its anchored origins; F where nobody gave them one."""
        return next((one.letter for one in self.decisions.ratings(stand.origins)), UNRATED)

    def _reasons(self, stand: _Stand, counts: Counts, opposition: Against) -> list[str]:
        reports = sorted({slots.claim.document for slots in stand.kept})
        lines = standing(stand.origins, reports)
        lines += copied(reports, stand.origins, self.derivations)
        lines += opposed(opposition)
        lines += [f"Taken back in a correction by {_title(note.document)}." for note in stand.withdrawn]
        lines += map(rated, self.decisions.ratings(stand.origins))
        if counts.hedged:
            lines.append("Every report of it is hedged: nobody asserts it outright.")
        return lines


def _facing(answer: Answer, opposition: Against) -> Against:
    """What stands against an answer: against "no" not those who give it, against "not known" nobody."""
    if answer.value == UNKNOWN:
        return Against((), (), 0)
    return Against((), opposition.unaware, 0) if answer.value == "no" else opposition


def _lowest(answer: Answer, unit: str | None) -> float:
    return min((a.low for slots in answer.claims for a in slots.amounts if a.unit == unit), default=0.0)


def _are_rivals(one: _Stand, other: _Stand) -> bool:
    return one is not other and not {"yes", UNKNOWN} & {one.answer.value, other.answer.value}


def _status(stands: Sequence[_Stand], counts: Sequence[Counts], opposition: Against) -> QuestionStatus:
    if stands[0].answer.value == "no":
        return status(counts[0], denied=False, rivals=False)
    if not stands[0].answer.claims:
        return "denied"
    if stands[0].answer.value == UNKNOWN:
        return "unassessed"
    rivals = sum(bool(stand.kept) for stand in stands) > 1
    return status(strongest(counts), denied=bool(opposition.denied), rivals=rivals)


def _title(document: Document) -> str:
    return document.publisher or document.title or document.path
