"""Who the source is: its kind, and the most specific name the document gives it.

Pronouns and short noun phrases are resolved by narrow rules that abstain where two
candidates fit: "he" is the last person who spoke, "the company" is a company only if
the text has named just one, "the spokesperson" is the spokesperson already quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.kinds import kind_of, of_body
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.mentions import Names
from secondsource.extractor.paragraphs import Paragraph, lemma, subject
from secondsource.extractor.phrases import Phrase, apposed, is_role, phrase
from secondsource.model import Mention, SourceKind, Span
from secondsource.text import overlap, words

_PERSONAL = frozenset({"he", "she", "him", "her", "his"})
_GROUP = frozenset({"they", "them", "we", "their"})
_THING = frozenset({"it", "its"})
_STANDING = gazetteer().offices | {
    "lawmaker",
    "official",
    "analyst",
    "expert",
    "senator",
    "mp",
    "professor",
    "judge",
}
_PEOPLE = frozenset({"anonymous", None})
_DEFINITE = re.compile(r"^(?:the|this|that|these|those|its|his|her|their)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Identity:
    """A source as resolved: name, kind, and the rule that resolved it (None where its own words name it)."""

    name: str
    kind: SourceKind
    rule: str | None = None


@dataclass(slots=True)
class Cast:
    """Who has spoken so far in a document, for pronouns and short names to refer to.

    What a source is taken for rests on its own paragraph and those before it, so that nothing
    which follows can change it.  Only what kind of thing a name is, is the whole document's.
    ``issuer`` is the body whose own release the document is, where it is one.
    """

    names: Names
    roles: frozenset[tuple[str, Mention]] = frozenset()
    issuer: str | None = None
    issuing: set[str] = field(default_factory=set)
    spoken: list[tuple[Phrase, Identity]] = field(default_factory=list)
    by_noun: dict[str, list[tuple[Phrase, Identity]]] = field(default_factory=dict)
    first: Mapping[str, Mention] = field(init=False)

    def __post_init__(self) -> None:
        self.first = {one.excerpt.text: one for one in reversed(self.names.mentions)}

    def _distinct(self, source: Phrase) -> Iterator[Mention]:
        """One mention of each name that has stood so far."""
        return (one for one in self.first.values() if _stood(one, source))

    def _so_far(self, mention: Mention, source: Phrase) -> str:
        """The fullest form of a name, unless the text has it only later."""
        fullest = self.first.get(mention.name, mention)
        return mention.name if _stood(fullest, source) else mention.excerpt.text

    def identify(self, attribution: Attribution) -> Identity:
        """The identity of an attribution's source; remembers it for what follows."""
        source = attribution.source
        identity = self._issuing(source) or self._resolve(source) or self._as_named(source, attribution.root)
        self.spoken.append((source, identity))
        self.by_noun.setdefault(lemma(source.head), []).append((source, identity))
        return identity

    def _issuing(self, source: Phrase) -> Identity | None:
        """The body itself in its own release: its name or a part of it, "we", or "it" after itself."""
        if self.issuer is None or source.paragraph.quotation_at(source.head.idx):
            return None
        itself = Identity(self.issuer, "self", "issuer of the release")
        said = source.text.lower()
        if said in {"we", "i"} or self._is_issuer(said):
            return itself
        if said in _THING and (about := self._about(source)) and self._issuing(about):
            return itself
        if not _DEFINITE.match(source.text) or len(said.split()) != 2:
            return None
        kind = gazetteer().kind_of_noun(lemma(source.head))
        if source.head.text[:1].isupper() and kind in {"government", "organisation"}:
            return itself
        other = self._only_company(source, lemma(source.head))
        a_firm = kind == "organisation" and (other is None or other.name == self.issuer)
        return itself if a_firm and not _is_state(self.issuer.lower()) else None

    def _is_issuer(self, said: str) -> bool:
        """True for the issuer's name, a part of it, or a fuller form of it ("the Council of the …")."""
        own, named = set(words((self.issuer or "").lower())), set(words(_DEFINITE.sub("", said)))
        if own <= named:
            self.issuing |= named
        return bool(named) and (own <= named or named <= own | self.issuing)

    def _body_before(self, source: Phrase, root: Token | None) -> SourceKind | None:
        """The kind of the body that a spokesperson's words are about, else last named, else last to speak."""
        paragraph = source.paragraph
        own = subject(root) if root is not None else None
        about = gazetteer().kind_of_noun(lemma(own)) if own is not None else None
        if about in {"government", "organisation"}:
            return about
        before = self.names.within(Span(paragraph.offset, source.span.start))
        outlet = paragraph.names_outlet
        near = [of_body(one.schema) for one in before if not outlet(one.excerpt.text)]
        spoken = (one.kind for _, one in reversed(self.spoken) if one.kind in {"government", "organisation"})
        return next((kind for kind in reversed(near) if kind), None) or next(spoken, None)

    def _as_named(self, source: Phrase, root: Token | None = None) -> Identity:
        mention = self._mention(source)
        own = subject(root) if root is not None else None
        kind = kind_of(source, mention, self.names, self._body_before(source, root), own)
        return Identity(self._name(source, mention), kind)

    def _mention(self, source: Phrase) -> Mention | None:
        """The name in a source's phrase that says who it is: a person's first, else the last."""
        spans = [source.span]
        for beside in apposed(source.head):
            spans.append(source.paragraph.at(beside.idx, beside.idx + len(beside.text)))
        inside = sorted(
            {one for span in spans for one in self.names.touching(span)}, key=lambda one: one.excerpt.spans
        )
        persons = [one for one in inside if one.schema == "Person" and not _owns(source, one)]
        head = source.paragraph.at(source.head.idx, source.head.idx + len(source.head.text))
        heads = [one for one in inside if one.excerpt.spans[0].start <= head.start < one.excerpt.spans[0].end]
        after = [one for one in inside if one.excerpt.spans[0].start >= source.span.end]
        return next(iter(persons or heads or after), None) or self._beside(source)

    def _beside(self, source: Phrase) -> Mention | None:
        """The person's name that a comma sets before a role ("Ann Lee, its director, said")."""
        noun = lemma(source.head)
        is_body = noun in lexicon().documents or gazetteer().kind_of_noun(noun) not in _PEOPLE
        if source.head.pos_ not in {"NOUN", "NUM"} or is_body:
            return None
        start = source.span.start - source.paragraph.offset
        if source.paragraph.text[max(0, start - 2) : start] != ", ":
            return None
        before = self.names.touching(Span(source.span.start - 4, source.span.start - 2))
        return next((one for one in before if one.schema == "Person"), None)

    def _name(self, source: Phrase, mention: Mention | None) -> str:
        outside = mention is not None and not overlap(mention.excerpt.spans[0], source.span)
        if mention is None or (_is_joint(source) and not outside):
            return source.text
        if mention.schema == "Person" or source.head.pos_ == "PROPN" or outside:
            name = self._so_far(mention, source)
            return name if len(words(name)) >= len(words(mention.excerpt.text)) else source.text
        return source.text

    def _resolve(self, source: Phrase) -> Identity | None:
        text = source.text.lower()
        if source.paragraph.quotation_at(source.head.idx) and source.head.pos_ == "PRON":
            return self._speaker_himself(text)
        if text in _PERSONAL:
            return self._person_before(source) or self._last_person()
        if text in _GROUP:
            return self._last("last body to speak", {"government", "organisation", "anonymous"})
        if text in _THING:
            kinds = {"government", "organisation", "outlet", "document"}
            return self._subject_before(source) or self._last("last body to speak", kinds)
        owned = any(child.dep_ == "poss" for child in source.head.children)
        if source.head.pos_ == "NOUN" and (owned or _DEFINITE.match(source.text)):
            return self._definite(source)
        return None

    def _speaker_himself(self, text: str) -> Identity | None:
        """Who says "I" or "we" in a quotation: the last to speak."""
        if text not in {"i", "we"} or not self.spoken:
            return None
        last = self.spoken[-1][1]
        return Identity(last.name, last.kind, "speaker of the quotation")

    def _last(self, rule: str, kinds: set[str]) -> Identity | None:
        for _, identity in reversed(self.spoken):
            if identity.kind in kinds:
                return Identity(identity.name, identity.kind, rule)
        return None

    def _last_person(self) -> Identity | None:
        """The last person to speak, one whom no name is given of among them ("a spokesman … He")."""
        for phrase_, identity in reversed(self.spoken):
            noun = lemma(phrase_.head)
            unnamed = phrase_.head.tag_ == "NN" and (
                noun in gazetteer().speakers or noun in gazetteer().people
            )
            if identity.kind == "person" or unnamed:
                return Identity(identity.name, identity.kind, "last person to speak")
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
        if about is not None and identity is not None and (identity.kind == "person" or _is_one(about)):
            return Identity(identity.name, identity.kind, "subject of the sentence before")
        before = self.names.within(Span(source.paragraph.offset, source.span.start))
        near = {self._so_far(one, source) for one in before if one.schema == "Person"}
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
        held = (one for role, one in self.roles if role == noun and _stood(one, source))
        holders = {self._so_far(one, source) for one in held}
        if len(holders) == 1:
            return Identity(holders.pop(), "person", "role that the text gives one person")
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
        if noun in gazetteer().firms:
            return self._only_company(source, noun)
        owned = any(child.dep_ == "poss" for child in source.head.children)
        if owned or noun not in _STANDING or not self.spoken:
            return None
        if self.spoken[-1][1].kind == "person":
            return Identity(self.spoken[-1][1].name, "person", "role of the person who spoke last")
        return None

    def _only_outlet(self, source: Phrase) -> Identity | None:
        named = [one for phrase_, one in self.spoken if phrase_.head.pos_ == "PROPN"]
        spoken = {identity.name for identity in named if identity.kind == "outlet"}
        outlet = source.paragraph.names_outlet
        names = {self._so_far(o, source) for o in self._distinct(source) if outlet(o.excerpt.text)}
        names = spoken if len(spoken) == 1 else names
        if lemma(source.head) == "agency":
            names = {name for name in names if gazetteer().is_outlet(name)}
        return Identity(names.pop(), "outlet", "only outlet named") if len(names) == 1 else None

    def _only_company(self, source: Phrase, noun: str) -> Identity | None:
        """The one company that the text names; where it names none, its one organisation."""
        outlet = source.paragraph.names_outlet
        for schema in ("Organization",) if noun in gazetteer().no_firms else ("Company", "Organization"):
            bodies = (one for one in self._distinct(source) if one.schema == schema)
            called = {self._so_far(one, source) for one in bodies if not outlet(one.excerpt.text)}
            names = {name for name in called if not _is_no_firm(name)}
            if len(names) == 1:
                return Identity(names.pop(), "organisation", "only company named")
            if names:
                return None
        return None


def _stood(mention: Mention, source: Phrase) -> bool:
    """True for a name that stands in the source's own paragraph or before it."""
    paragraph = source.paragraph
    return mention.excerpt.spans[0].start < paragraph.offset + len(paragraph.text)


def roles(paragraphs: Sequence[Paragraph], mentions: Sequence[Mention]) -> frozenset[tuple[str, Mention]]:
    """Each role noun that the text sets beside a person's name ("Ann Lee, the director"), with the name."""
    persons = {span.end: one for one in mentions if one.schema == "Person" for span in one.excerpt.spans}
    found = set()
    for paragraph in paragraphs if persons else ():
        for token in (token for token in paragraph.doc if token.dep_ == "appos"):
            for name, role in ((token, token.head), (token.head, token)):
                end = paragraph.offset + name.idx + len(name.text)
                told = role.pos_ == "NOUN" and _is_role(role) and (role == token or token in apposed(role))
                if end in persons and told:
                    found.add((lemma(role), persons[end]))
    return frozenset(found)


def _is_one(about: Phrase) -> bool:
    """True for one person told of by what he is: "Oshmara's ambassador"."""
    return about.head.tag_ == "NN" and is_role(about.head)


def _is_role(noun: Token) -> bool:
    """True for what a person is called, not a body or a thing."""
    kind = gazetteer().kind_of_noun(lemma(noun))
    return kind in _PEOPLE and lemma(noun) not in lexicon().documents


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


def _is_state(name: str) -> bool:
    """True for the name of a state body, which "the company" cannot mean."""
    return any(word in gazetteer().government for word in words(name))
