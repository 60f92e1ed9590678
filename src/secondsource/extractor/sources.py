"""Who the source is: its kind, and the most specific name the document gives it.

Pronouns and short noun phrases are resolved by narrow rules that abstain where two
candidates fit: "he" is the last person who spoke, "the company" is a company only if
the text has named just one, "the spokesperson" is the spokesperson already quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.mentions import Names
from secondsource.extractor.paragraphs import Paragraph, lemma, subject
from secondsource.extractor.phrases import Phrase, is_outlet_phrase, phrase
from secondsource.model import Mention, SourceKind, Span
from secondsource.text import words

_PERSONAL = frozenset({"he", "she", "him", "her", "his"})
_GROUP = frozenset({"they", "them", "we", "their"})
_THING = frozenset({"it", "its"})
_DEFINITE = re.compile(r"^(?:the|this|that|these|those|its|his|her|their)\s+", re.I)
_INDEFINITE = re.compile(
    r"^(?:an?|one|two|three|four|five|several|some|many|few|other|another|unnamed|senior)\b", re.I
)
_COUNTING = frozenset({"one", "two", "three", "some", "several", "many", "both", "most"})
_COMPANY_NOUNS = gazetteer().organisations | {"agency"}


@dataclass(frozen=True, slots=True)
class Identity:
    """A source as resolved: name, kind, and the rule that resolved it (None where its own words name it)."""

    name: str
    kind: SourceKind
    rule: str | None = None


@dataclass(slots=True)
class Cast:
    """Who has spoken so far in a document, for pronouns and short names to refer to."""

    names: Names
    roles: frozenset[tuple[str, str]] = frozenset()
    spoken: list[tuple[Phrase, Identity]] = field(default_factory=list)
    by_noun: dict[str, list[tuple[Phrase, Identity]]] = field(default_factory=dict)
    distinct: Sequence[Mention] = field(init=False)

    def __post_init__(self) -> None:
        self.distinct = list({one.excerpt.text: one for one in self.names.mentions}.values())

    def identify(self, attribution: Attribution) -> Identity:
        """The identity of an attribution's source; remembers it for what follows."""
        source = attribution.source
        identity = self._resolve(source) or self._as_named(source)
        self.spoken.append((source, identity))
        self.by_noun.setdefault(lemma(source.head), []).append((source, identity))
        return identity

    def _as_named(self, source: Phrase) -> Identity:
        mention = self._mention(source)
        return Identity(self._name(source, mention), self._kind(source, mention))

    def _mention(self, source: Phrase) -> Mention | None:
        """The name in a source's phrase that says who it is: a person's first, else the last."""
        spans = [source.span]
        for beside in source.head.children:
            if beside.dep_ == "appos":
                spans.append(source.paragraph.at(beside.idx, beside.idx + len(beside.text)))
        inside = sorted(
            {one for span in spans for one in self.names.touching(span)}, key=lambda one: one.excerpt.spans
        )
        persons = [one for one in inside if one.schema == "Person" and not _owns(source, one)]
        head = source.paragraph.at(source.head.idx, source.head.idx + len(source.head.text))
        heads = [one for one in inside if one.excerpt.spans[0].start <= head.start < one.excerpt.spans[0].end]
        apposed = [one for one in inside if one.excerpt.spans[0].start >= source.span.end]
        return next(iter(persons or heads or apposed), None)

    def _name(self, source: Phrase, mention: Mention | None) -> str:
        outside = mention is not None and mention.excerpt.spans[0].start >= source.span.end
        if mention is None or (_is_joint(source) and not outside):
            return source.text
        if mention.schema == "Person" or source.head.pos_ == "PROPN" or outside:
            return (
                mention.name if len(words(mention.name)) >= len(words(mention.excerpt.text)) else source.text
            )
        return source.text

    def _kind(self, source: Phrase, mention: Mention | None) -> SourceKind:
        noun, text = lemma(_counted(source.head)), source.text.lower()
        if is_outlet_phrase(source) or _outlet_report(source):
            return "outlet"
        if noun in gazetteer().speakers or _speaks_for(text):
            return self._of_body(source)
        if mention is not None and mention.schema == "Person" and not _is_body(source):
            return "person"
        if noun in lexicon().documents and source.head.pos_ != "PROPN":
            return "document"
        return _kind_of_head(source, mention, noun, text)

    def _of_body(self, source: Phrase) -> SourceKind:
        """The kind of the body that a spokesperson speaks for."""
        text = source.text.lower()
        mention = self._mention(source)
        if mention is not None and mention.schema == "Person":
            return "person"
        if any(word in gazetteer().government for word in words(text)):
            return "government"
        if gazetteer().names_government(text):
            return "government"
        inside = self.names.touching(source.span)
        if any(one.schema in {"Company", "Organization"} for one in inside):
            return "organisation"
        return (
            "government" if any(one.schema in {"PublicBody", "Country"} for one in inside) else "organisation"
        )

    def _resolve(self, source: Phrase) -> Identity | None:
        text = source.text.lower()
        if source.paragraph.quotation_at(source.head.idx) and source.head.pos_ == "PRON":
            return None
        if text in _PERSONAL:
            return self._person_before(source) or self._last("last person to speak", {"person"})
        if text in _GROUP:
            return self._last("last body to speak", {"government", "organisation", "anonymous"})
        if text in _THING:
            kinds = {"government", "organisation", "outlet", "document"}
            return self._subject_before(source) or self._last("last body to speak", kinds)
        if _DEFINITE.match(source.text) and source.head.pos_ == "NOUN":
            return self._definite(source)
        return None

    def _last(self, rule: str, kinds: set[str]) -> Identity | None:
        for _, identity in reversed(self.spoken):
            if identity.kind in kinds:
                return Identity(identity.name, identity.kind, rule)
        return None

    def _subject_before(self, source: Phrase) -> Identity | None:
        """The body that the sentence before was about, for an "it" that opens the next."""
        about = self._about(source) if source.head.i - source.head.sent.start <= 1 else None
        if about is None or about.text.lower() in _THING:
            return None
        identity = self._resolve(about) or self._as_named(about)
        if identity.kind not in {"government", "organisation", "outlet"}:
            return None
        return Identity(identity.name, identity.kind, "subject of the sentence before")

    def _person_before(self, source: Phrase) -> Identity | None:
        """The person that the sentence before was about, or the only one the paragraph has named."""
        about = self._about(source)
        identity = self._as_named(about) if about is not None else None
        if identity is not None and identity.kind == "person":
            return Identity(identity.name, "person", "subject of the sentence before")
        before = self.names.within(Span(source.paragraph.offset, source.span.start))
        near = {one.name for one in before if one.schema == "Person"}
        if len(near) != 1:
            return None
        return Identity(near.pop(), "person", "only person named in the paragraph")

    def _about(self, source: Phrase) -> Phrase | None:
        """The subject of the sentence before the one that ``source`` stands in."""
        sentence = source.head.sent
        if sentence.start == 0:
            return None
        own = subject(source.head.doc[sentence.start - 1].sent.root)
        return phrase(source.paragraph, own) if own is not None else None

    def _definite(self, source: Phrase) -> Identity | None:
        """ "The spokesperson", "the company", "the Iraqi lawmaker": who was meant before, if one fits."""
        noun = lemma(source.head)
        own = self._mention(source)
        if own is not None and own.schema in {"Organization", "Company", "PublicBody", "Person"}:
            return None
        same = [one for earlier, one in self.by_noun.get(noun, ()) if _is_fuller(earlier, source)]
        if same:
            return Identity(same[-1].name, same[-1].kind, "same noun as a source before")
        if source.head.tag_ == "NN" and noun in {
            "agency",
            "newspaper",
            "broadcaster",
            "outlet",
            "paper",
            "website",
            "magazine",
            "report",
        }:
            return self._only_outlet(source) if _is_bare(source) else None
        if noun in _COMPANY_NOUNS:
            return self._only_company(source)
        holders = {name for role, name in self.roles if role == noun}
        if len(holders) == 1:
            return Identity(holders.pop(), "person", "role that the text gives one person")
        if noun in gazetteer().roles and self.spoken and self.spoken[-1][1].kind == "person":
            return Identity(self.spoken[-1][1].name, "person", "role of the person who spoke last")
        return None

    def _only_outlet(self, source: Phrase) -> Identity | None:
        named = [one for phrase_, one in self.spoken if phrase_.head.pos_ == "PROPN"]
        spoken = {identity.name for identity in named if identity.kind == "outlet"}
        names = {one.name for one in self.distinct if source.paragraph.names_outlet(one.excerpt.text)}
        names = spoken if len(spoken) == 1 else names
        if lemma(source.head) == "agency":
            names = {name for name in names if gazetteer().is_outlet(name)}
        return Identity(names.pop(), "outlet", "only outlet named") if len(names) == 1 else None

    def _only_company(self, source: Phrase) -> Identity | None:
        """The one company that the text names; where it names none, its one organisation."""
        outlet = source.paragraph.names_outlet
        for schema in ("Company", "Organization"):
            bodies = (one for one in self.distinct if one.schema == schema)
            names = {one.name for one in bodies if not outlet(one.excerpt.text) and not _is_no_firm(one.name)}
            if len(names) == 1:
                return Identity(names.pop(), "organisation", "only company named")
            if names:
                return None
        return None


def roles(paragraphs: Sequence[Paragraph], mentions: Sequence[Mention]) -> frozenset[tuple[str, str]]:
    """Each role noun that the text sets beside a person's name ("Ann Lee, the director"), with the name."""
    persons = {span.end: one.name for one in mentions if one.schema == "Person" for span in one.excerpt.spans}
    found = set()
    for paragraph in paragraphs:
        for token in paragraph.doc:
            if token.dep_ != "appos":
                continue
            for name, role in ((token, token.head), (token.head, token)):
                end = paragraph.offset + name.idx + len(name.text)
                if end in persons and lemma(role) in gazetteer().roles:
                    found.add((lemma(role), persons[end]))
    return frozenset(found)


def with_relays(known: Sequence[tuple[Attribution, Identity]]) -> list[tuple[Attribution, Identity]]:
    """A relayer named once in a sentence passes on all that the same source says in it."""
    told: dict[tuple[int, int, str], tuple[Phrase, ...]] = {}
    for one, identity in known:
        if one.via:
            told.setdefault((one.paragraph.index, one.root.sent.start, identity.name), one.via)
    return [
        (one if one.via else replace(one, via=told.get(_place(one, identity), ())), identity)
        for one, identity in known
    ]


def _place(one: Attribution, identity: Identity) -> tuple[int, int, str]:
    return one.paragraph.index, one.root.sent.start, identity.name


def _is_fuller(earlier: Phrase, source: Phrase) -> bool:
    """True for "the first security source", where "the source" follows."""
    return len(earlier.text) > len(source.text) and earlier.text.lower() != source.text.lower()


def _is_no_firm(name: str) -> bool:
    """True for a name that says it is a body of another kind than a company ("the Panel", "… Institute")."""
    return any(word in gazetteer().no_firms for word in words(name))


def _is_bare(source: Phrase) -> bool:
    """True for "the report", not for "the report, released by the auditor"."""
    return not any(child.dep_ in {"acl", "relcl", "prep"} for child in source.head.children)


def _is_joint(source: Phrase) -> bool:
    """True for two who speak together ("the army and the navy")."""
    return any(child.dep_ == "conj" and child.idx < _end(source) for child in source.head.children)


def _end(source: Phrase) -> int:
    """Where a source's phrase ends in its paragraph."""
    return source.span.end - source.paragraph.offset


def _owns(source: Phrase, mention: Mention) -> bool:
    """True for the owner in "Oshmara's foreign ministry", who is not the one that speaks."""
    after = source.paragraph.text[mention.excerpt.spans[0].end - source.paragraph.offset :]
    return after.startswith(("'s", "’s")) and not source.text.endswith(mention.excerpt.text)


def _counted(head: Token) -> Token:
    """What is counted, in "one of the papers"; else the head itself."""
    of = next((child for child in head.children if child.lower_ == "of"), None)
    inner = next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
    return inner if inner is not None and head.lower_ in _COUNTING else head


def _is_body(source: Phrase) -> bool:
    """True where the phrase's own head noun says it is a body, whatever a model made of its name."""
    kind = gazetteer().kind_of_noun(lemma(source.head))
    return source.head.pos_ == "NOUN" and kind in {"organisation", "government", "outlet"}


def _speaks_for(text: str) -> bool:
    return any(role in text.split() for role in ("spokesman", "spokeswoman", "spokesperson", "spokespeople"))


def _outlet_report(source: Phrase) -> bool:
    """True for "the Reuters report", "an exclusive by Reuters": an outlet's own piece."""
    if lemma(source.head) not in {
        "report",
        "exclusive",
        "article",
        "story",
        "investigation",
        "dispatch",
    }:
        return False
    return any(source.paragraph.names_outlet(token.text) for token in source.head.subtree)


def _kind_of_head(source: Phrase, mention: Mention | None, noun: str, text: str) -> SourceKind:
    book = gazetteer()
    if noun not in book.people and book.names_government(text):
        return "government"
    if mention is not None and mention.schema in {"PublicBody", "Country"} and noun not in book.people:
        return "government"
    if noun in book.people and not _named_role(source):
        return "anonymous"
    kind = book.kind_of_noun(noun)
    if kind:
        return (
            "person"
            if kind == "anonymous" and not _INDEFINITE.match(text) and source.head.tag_ == "NN"
            else kind
        )
    if source.head.ent_type_ in {"GPE", "NORP"}:
        return "government"
    if mention is not None or source.head.pos_ == "PROPN":
        tail = [book.kind_of_noun(word) for word in words(text)]
        return next((kind for kind in reversed(tail) if kind and kind != "anonymous"), "organisation")
    return "anonymous"


def _named_role(source: Phrase) -> bool:
    return source.head.ent_type_ == "PERSON"
