"""The nouns: frozen values that every other module speaks in.

Nothing here reads a file, opens a database or knows a page.  An id is a hash of
what makes the thing itself (see `secondsource.text.content_id`), so the same
document read twice, or the same claim extracted twice, has the same id.  The
words are the field's and are defined once, in ``docs/glossary.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from secondsource.documents import Block as Block
from secondsource.documents import BlockKind as BlockKind
from secondsource.documents import Box as Box
from secondsource.documents import Capture as Capture
from secondsource.documents import CaptureKind as CaptureKind
from secondsource.documents import Dated as Dated
from secondsource.documents import Document as Document
from secondsource.documents import Member as Member
from secondsource.documents import Reading as Reading
from secondsource.documents import ReadStatus as ReadStatus
from secondsource.documents import Taken as Taken
from secondsource.judging import Candidate as Candidate
from secondsource.judging import Conflict as Conflict
from secondsource.judging import Decision as Decision
from secondsource.judging import Judgement as Judgement
from secondsource.judging import JudgementKind as JudgementKind
from secondsource.judging import Place as Place
from secondsource.judging import Side as Side
from secondsource.listing import Designation as Designation
from secondsource.listing import ListEdition as ListEdition
from secondsource.listing import ListEntity as ListEntity
from secondsource.listing import ListMention as ListMention
from secondsource.listing import Match as Match
from secondsource.listing import MatchJudgement as MatchJudgement
from secondsource.listing import Screening as Screening
from secondsource.listing import stale as stale

Voice = Literal["attributed", "own"]
SourceKind = Literal["person", "organisation", "government", "document", "outlet", "anonymous", "self"]
Stance = Literal["asserts", "denies", "unaware", "confirms", "assesses", "warns", "plans", "asks"]
Certainty = Literal["certain", "probable", "possible", "conditional"]
BasisKind = Literal["documents", "witness", "imagery", "data", "statement", "hearsay", "unknown"]
QuestionStatus = Literal["single-origin", "corroborated", "contested", "denied", "superseded", "unassessed"]


class Span(NamedTuple):
    """Half-open range ``[start, end)`` of Unicode code points in a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a document with the place they stand in.

    ``text`` is the document's slice at ``spans``; the slices of a discontinuous
    excerpt are joined by one space.
    """

    spans: tuple[Span, ...]
    text: str

    @classmethod
    def of(cls, text: str, spans: Iterable[tuple[int, int]]) -> Excerpt:
        """The excerpt of a document's ``text`` at ``spans``, in reading order.

        Raises ValueError where a span is empty or lies outside the text.
        """
        ordered = tuple(sorted(Span(*span) for span in spans))
        for start, end in ordered:
            if not 0 <= start < end <= len(text):
                raise ValueError(f"span {start}–{end} is outside a text of {len(text)} characters")
        return cls(ordered, " ".join(text[start:end] for start, end in ordered))

    def stands_in(self, text: str) -> bool:
        """True where every word of the excerpt is still what ``text`` holds there."""
        return self.text == " ".join(text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text.  ``entity`` is its cluster inside the document; ``how`` made it.

    ``flags`` are sentences that warn of the words themselves: letters of two alphabets in one word.
    ``references`` are words that follow closely and are taken for it, each by a rule.
    """

    excerpt: Excerpt
    schema: str
    entity: str
    name: str
    how: str
    flags: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that are taken for a name (“the company”), and the sentence that says by which rule."""

    excerpt: Excerpt
    rule: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit: ``low``–``high`` bounds it, None where the words leave a side open."""

    excerpt: Excerpt
    value: float | None
    low: float | None
    high: float | None
    unit: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class When:
    """A time in a claim as an interval of ISO dates, no finer than its words allow.

    A side that is None is open ("since February"); where both are, ``precision`` says what the
    document's own date would have to say: "unknown year", "relative".
    """

    excerpt: Excerpt
    start: str | None
    end: str | None
    precision: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a source's knowledge rests on, in the document's words."""

    kind: BasisKind
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Frame:
    """Who did what to whom in a claim's content, as lemmas and head words, for comparison.

    ``modal`` is "able", "planned", "obliged" or None; ``words`` are the content lemmas
    in order, names included.  ``predicate_class`` is None where no class fits.  A role keeps the first
    of several fillers, and ``joined`` names it.  ``parts`` are the clauses inside that say something
    beside the main point; of what a source does not know, the clause that says what.  A frame proposes;
    the words are the evidence.
    """

    predicate: str
    agent: str | None = None
    object: str | None = None
    negated: bool = False
    modal: str | None = None
    words: tuple[str, ...] = ()
    predicate_class: str | None = None
    recipient: str | None = None
    place: str | None = None
    joined: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A clause inside a claim's content that says something of its own: its place, and its frame."""

    span: Span
    frame: Frame


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Claim:
    """A proposition that a text gives to a source, or states in its own voice.

    ``via`` lists who relayed it, innermost first; ``source_name`` is the most specific
    name the document gives the source; ``rule`` is the pattern that found it,
    ``language`` the ISO 639-1 code of the words.
    """

    id: str
    document: str
    voice: Voice
    content: Excerpt
    source: Excerpt | None
    source_name: str | None
    source_kind: SourceKind
    cue: Excerpt | None
    via: tuple[Excerpt, ...]
    stance: Stance
    certainty: Certainty | None
    basis: Basis | None
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    time: When | None
    rule: str
    frame: Frame
    language: str = "en"

    def excerpts(self) -> tuple[Excerpt, ...]:
        """Every excerpt the claim quotes, for the check against its document."""
        parts: list[Excerpt | None] = [self.content, self.source, self.cue, *self.via]
        parts += [part.excerpt for part in (self.basis, self.time) if part]
        parts += [mention.excerpt for mention in self.mentions]
        parts += [quantity.excerpt for quantity in self.quantities]
        return tuple(part for part in parts if part)


WITHOUT_CLAIMS = "no claims are read from it: "
"""How the reason begins of a document that was read and gives no claims."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one text yields: its claims in reading order, and every name in it.

    ``unread`` says why there are no claims where the text could not be read for them; a text that
    was read and makes no claim has None.  ``missing`` are the languages of extras that would
    read more of it.
    """

    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    unread: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def reason(self) -> str | None:
        """What a document says that gives no claims."""
        return f"{WITHOUT_CLAIMS}{self.unread}" if self.unread else None


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A cluster of a document's mentions that belongs to an entity of the case."""

    document: str
    entity: str
    names: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing under all its names, across the documents of a case.

    ``id`` is canonical: ``referents`` are the ids that its parts would have by themselves, and
    have again when they are taken apart.  ``judgements`` are the ids of those that bear on it.
    """

    id: str
    name: str
    schema: str
    names: tuple[str, ...]
    mentions: tuple[EntityMention, ...]
    reasons: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.document for mention in self.mentions))


@dataclass(frozen=True, slots=True)
class Undetermined:
    """A report whose own access to the matter the text does not show, and why."""

    document: str
    why: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a position starts: the innermost source that its reports lead back to.

    ``anchored`` is True only where a text shows the source's own access (a named
    speaker, documents, imagery, a witness); ``why`` says so in a sentence.
    """

    name: str
    anchored: bool
    why: str
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    undetermined: tuple[Undetermined, ...] = ()


@dataclass(frozen=True, slots=True)
class Opposition:
    """A source that denies a position, or is merely not aware of it, and where."""

    source: str
    document: str
    claim: str
    self_interested: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """One answer to a question, with who gives it and on how many origins it stands.

    ``n_min`` counts anchored origins (1 where there are only floating ones), ``n_max``
    every origin that the texts do not tie together.  ``credibility`` is 1–6 and comes from
    the counts; ``reliability`` is A–F and comes from the source's record: never one figure.
    """

    value: str
    text: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    n_min: int
    n_max: int
    origins: tuple[Origin, ...]
    denied_by: tuple[Opposition, ...]
    unaware: tuple[Opposition, ...]
    credibility: int
    reliability: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is claimed, as a question with rival positions (after IBIS)."""

    id: str
    text: str
    status: QuestionStatus
    open_slot: str
    positions: tuple[Position, ...]
    documents: tuple[str, ...]
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something stored that is no longer what it was: what, where, and how it differs."""

    kind: str
    id: str
    what: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work has come, for a terminal or a page to show.

    ``problems`` counts what went wrong so far, by stage.
    """

    stage: str
    done: int
    total: int
    name: str = ""
    problems: tuple[tuple[str, int], ...] = ()


JSON = dict[str, Any]
