"""From attributions and plain sentences of a Russian text to claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from secondsource.languages.russian.attribution import Attribution, Source
from secondsource.languages.russian.clauses import trimmed
from secondsource.languages.russian.forms import nominative
from secondsource.languages.russian.lexicon import lexicon
from secondsource.languages.russian.model import Parsed, Sentence, Word
from secondsource.languages.russian.patterns import attributions
from secondsource.languages.russian.quotes import layered, quotations
from secondsource.model import Basis, Certainty, Claim, Excerpt, Frame, Mention, SourceKind, Span
from secondsource.text import content_id, overlap

_PRONOUNS = frozenset({"он", "она", "оно", "они", "тот", "который"})
_THIS = frozenset({"этом", "это"})
_PEOPLE = frozenset({"Person"})
_ORDER: tuple[Certainty, ...] = ("conditional", "possible", "probable", "certain")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a source is: the name the document gives it, and what kind of source."""

    name: str
    kind: SourceKind
    rule: str = ""


@dataclass
class Reader:
    """Reads the claims of one document; it remembers who spoke last."""

    document: str
    text: str
    mentions: Sequence[Mention]
    last: tuple[Excerpt, Identity] | None = field(default=None)

    def claims(self, paragraph: Parsed) -> Iterator[Claim]:
        """The claims of a paragraph: what it gives to sources, and what it states itself."""
        quoted = list(quotations(paragraph))
        indirect = [one for each in paragraph.sentences for one in attributions(each, paragraph.text)]
        indirect = [one for one in indirect if not any(_same_cue(one, other) for other in quoted)]
        cued = [one for one in quoted if one.cue]
        found = [
            *layered([*_first_of(cued), *indirect]),
            *(one for one in quoted if one not in _first_of(cued)),
        ]
        found = [_pointing_back(paragraph, one) for one in found]
        found.sort(key=lambda one: (one.content, one.rule))
        for one in found:
            claim = self._attributed(paragraph, one)
            if claim is not None:
                yield claim
        yield from self._own(paragraph, found)

    def _attributed(self, paragraph: Parsed, one: Attribution) -> Claim | None:
        content = self._excerpt(paragraph, one.content)
        told = self._source(paragraph, one.source)
        if told is None:
            return None
        source, identity = told
        cue = [self._span(paragraph, span) for span in one.cue]
        rule = f"{one.rule}+{identity.rule}" if identity.rule else one.rule
        return Claim(
            id=content_id("c", self.document, "attributed", content.spans, source.spans[0], tuple(cue)),
            document=self.document,
            voice="attributed",
            content=content,
            source=source,
            source_name=identity.name,
            source_kind=identity.kind,
            cue=Excerpt.of(self.text, cue) if cue else None,
            via=tuple(self._excerpt(paragraph, relay.span) for relay in one.via),
            stance=one.stance,
            certainty=self._certainty(paragraph, one),
            basis=self._basis(paragraph, one, identity.kind),
            mentions=self._inside(content.spans[0]),
            quantities=(),
            time=None,
            rule=rule,
            frame=frame(paragraph, one.content),
            language="ru",
        )

    def _own(self, paragraph: Parsed, found: Sequence[Attribution]) -> Iterator[Claim]:
        """Sentences with a verb that are given to nobody."""
        taken = [span for one in found for span in (one.content, *one.cue)]
        for sentence in paragraph.sentences:
            whole = trimmed(paragraph.text, sentence.start, sentence.end)
            verbs = any(word.pos in {"VERB", "AUX"} for word in sentence.words)
            if whole is None or not verbs or any(overlap(whole, span) for span in taken):
                continue
            content = self._excerpt(paragraph, whole)
            yield Claim(
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
                certainty=_hedged(paragraph, whole),
                basis=None,
                mentions=self._inside(content.spans[0]),
                quantities=(),
                time=None,
                rule="own-headline" if paragraph.kind == "title" else "own-voice",
                frame=frame(paragraph, whole),
                language="ru",
            )

    def _source(self, paragraph: Parsed, source: Source | None) -> tuple[Excerpt, Identity] | None:
        """Where the source stands and who it is; without words of its own, who spoke last."""
        if source is None:
            if self.last is None:
                return None
            excerpt, identity = self.last
            return excerpt, Identity(identity.name, identity.kind, "last person to speak")
        excerpt = self._excerpt(paragraph, source.span)
        if source.head.lemma in _PRONOUNS:
            before = self.last
            if before is None:
                return excerpt, Identity(excerpt.text, "anonymous")
            return excerpt, Identity(before[1].name, before[1].kind, "last person to speak")
        identity = self._identity(source, excerpt)
        self.last = (excerpt, identity)
        return excerpt, identity

    def _identity(self, source: Source, excerpt: Excerpt) -> Identity:
        named = self._inside(excerpt.spans[0])
        person = next((one for one in named if one.schema in _PEOPLE), None)
        if person is not None:
            return Identity(person.name, "person")
        held = source.sentence.subtree(source.head)
        words = [word for word in source.sentence.words if word.i in held and _within(word, source.span)]
        name = next((one.name for one in named if one.excerpt == excerpt), None) or _nominative(words, source)
        return Identity(name, self._kind(source.head, words, named))

    def _kind(self, head: Word, words: Sequence[Word], named: Sequence[Mention]) -> SourceKind:
        table = lexicon()
        kind = table.kind(head.lemma)
        if kind is not None:
            return kind
        for word in words:
            body = table.kind(word.lemma)
            if body in {"government", "organisation", "outlet"}:
                return body
        schemas = {one.schema for one in named}
        if schemas & {"PublicBody", "Address", "Country"}:
            return "government"
        return "organisation" if schemas else "anonymous"

    def _certainty(self, paragraph: Parsed, one: Attribution) -> Certainty | None:
        return _hedged(paragraph, one.content) or one.certainty

    def _basis(self, paragraph: Parsed, one: Attribution, kind: SourceKind) -> Basis | None:
        table = lexicon()
        if one.basis is not None:
            excerpt = self._excerpt(paragraph, one.basis.span)
            return Basis(table.basis.get(one.basis.head.lemma, "unknown"), excerpt)
        if one.source is None:
            return None
        known = table.basis.get(one.source.head.lemma)
        if known == "witness" or (kind == "document" and known):
            return Basis(known, self._excerpt(paragraph, one.source.span))
        return None

    def _inside(self, span: Span) -> tuple[Mention, ...]:
        return tuple(
            one
            for one in self.mentions
            if span.start <= one.excerpt.spans[0].start and one.excerpt.spans[0].end <= span.end
        )

    def _span(self, paragraph: Parsed, span: Span) -> Span:
        return Span(paragraph.offset + span.start, paragraph.offset + span.end)

    def _excerpt(self, paragraph: Parsed, span: Span) -> Excerpt:
        return Excerpt.of(self.text, [self._span(paragraph, span)])


def _pointing_back(paragraph: Parsed, one: Attribution) -> Attribution:
    """ "Об этом сообщила полиция" gives the sentence before to the police."""
    before = paragraph.sentences[: paragraph.sentences.index(one.sentence)]
    if paragraph.text[slice(*one.content)].lower() not in _THIS or one.stance != "asserts" or not before:
        return one
    whole = trimmed(paragraph.text, before[-1].start, before[-1].end)
    return replace(one, content=whole, rule="tail") if whole else one


def _first_of(quoted: Sequence[Attribution]) -> list[Attribution]:
    """One attribution a cue, so that the sentences of one quotation are no rivals."""
    return list({one.cue: one for one in reversed(quoted)}.values())


def _same_cue(one: Attribution, other: Attribution) -> bool:
    return bool(set(one.cue) & set(other.cue)) or overlap(one.content, other.content) > 0


def _within(word: Word, span: Span) -> bool:
    return span.start <= word.start and word.end <= span.end


def _nominative(words: Sequence[Word], source: Source) -> str:
    """The source's words with its head, and what agrees with it, in the nominative."""
    case, made, last = source.head.feats.get("Case"), "", None
    for word in words:
        agrees = word.i <= source.head.i and word.feats.get("Case") == case
        form = nominative(word.text, word.pos, case, word.feats.get("Number")) if agrees else word.text
        made += (" " if last is not None and word.start > last else "") + form
        last = word.end
    return made


def _hedged(paragraph: Parsed, span: Span) -> Certainty | None:
    """How sure the words themselves are; the least where several say so."""
    table = lexicon().hedges
    found = {
        table[word.lemma]
        for sentence in paragraph.sentences
        for word in sentence.words
        if _within(word, span) and word.lemma in table
    }
    return next((one for one in _ORDER if one in found), None)


def frame(paragraph: Parsed, span: Span) -> Frame:
    """Who did what to whom, as dictionary forms."""
    for sentence in paragraph.sentences:
        inside = [word for word in sentence.words if _within(word, span)]
        root = _root(sentence, inside)
        if root is not None:
            return _framed(sentence, root, inside)
    return Frame("")


def _root(sentence: Sentence, inside: Sequence[Word]) -> Word | None:
    held = {word.i for word in inside}
    tops = [word for word in inside if word.pos != "PUNCT" and (word.head is None or word.head not in held)]
    return next((word for word in tops if word.pos == "VERB"), tops[0] if tops else None)


def _framed(sentence: Sentence, root: Word, inside: Sequence[Word]) -> Frame:
    agent = next(iter(sentence.children(root, "nsubj")), None)
    what = next(iter(sentence.children(root, "obj")), None)
    words = tuple(word.lemma for word in inside if word.pos in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
    return Frame(
        predicate=root.lemma,
        agent=agent.lemma if agent is not None else None,
        object=what.lemma if what is not None else None,
        negated=any(one.text.lower() == "не" for one in sentence.children(root)),
        modal="able" if root.lemma == "мочь" else None,
        words=words,
    )
