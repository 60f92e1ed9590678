"""Indirect speech: contents that a cue takes in its own sentence, by dependency patterns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.clauses import clause_span, propositions
from secondsource.extractor.cues import CueUse, is_said_of_things
from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.objects import Taken, object_contents
from secondsource.extractor.paragraphs import Paragraph, is_finite, lemma, subject, subtree_span
from secondsource.extractor.phrases import Phrase, is_outlet_phrase, phrase, seen_by
from secondsource.extractor.quotes import Quotation
from secondsource.extractor.surface import lost_content
from secondsource.model import Span

_CONTRASTING = frozenset({"while", "although", "though", "whereas", "but"})
_BACK_POINTING = frozenset({"it", "he", "she", "they", "this"})
_ANY_PRESS = frozenset({"reporter", "journalist", "correspondent"})
_STATEMENTS = frozenset({"statement", "release", "comment", "interview", "letter", "email"})


def indirect(paragraph: Paragraph, uses: Sequence[CueUse]) -> Iterator[Attribution]:
    """The attributions of indirect speech in one paragraph."""
    inner = frozenset(use.token for use in uses)
    for use in uses:
        found = list(_contents(paragraph, use, inner))
        passed_on = relays(paragraph, use)
        for attribution in found:
            yield replace(attribution, via=passed_on, basis=cited(paragraph, use.token))


def _contents(paragraph: Paragraph, use: CueUse, cues: Collection[Token]) -> Iterator[Attribution]:
    source = phrase(paragraph, use.source)
    if source is None:
        return
    cue = tuple(paragraph.at(part.idx, part.idx + len(part.text)) for part in use.tokens)
    cue_span = joined(cue)
    quotation = paragraph.quotation_at(use.token.idx)
    for root, span, stance in _taken(paragraph, use, cues):
        if quotation and not _inside(paragraph, span, quotation):
            continue
        yield Attribution(
            paragraph, span, root, source, cue_span, use.cue, use.rule, cue_token=use.token, stance=stance
        )


def _inside(paragraph: Paragraph, span: Span, quotation: Quotation) -> bool:
    """True for a content that stays in the quotation of its cue."""
    start, end = span.start - paragraph.offset, span.end - paragraph.offset
    return quotation.start <= start and end <= quotation.end


def joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Cue tokens that stand side by side as one span."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= 1:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _taken(paragraph: Paragraph, use: CueUse, cues: Collection[Token]) -> Iterator[Taken]:
    """What a cue takes: clauses first, else what its row says it can take."""
    clauses = list(_clauses(use, cues))
    held = [
        (part, span)
        for root in clauses
        for part in propositions(root)
        if (span := clause_span(paragraph, part, _excluded(part, use, cues))) and span.end - span.start > 3
    ]
    for part, span in _rejoined(paragraph, held):
        yield part, span, None
    if not clauses:
        lost = list(lost_content(paragraph, use, cues))
        yield from lost or (
            taken for taken in object_contents(paragraph, use, cues) if not _is_procedural(taken[0], use)
        )


def _is_procedural(head: Token, use: CueUse) -> bool:
    """True for what a court or an office refuses or grants, which is no proposition ("denied the motion")."""
    return use.cue.stance in {"denies", "confirms"} and lemma(head) in gazetteer().procedural


def _rejoined(paragraph: Paragraph, held: Sequence[tuple[Token, Span]]) -> list[tuple[Token, Span]]:
    """Contents that stand word to word are one clause which the parse took for two."""
    joined: list[tuple[Token, Span]] = []
    for part, span in sorted(held, key=lambda one: one[1]):
        last = joined[-1][1] if joined else None
        if last and not paragraph.text[last.end - paragraph.offset : span.start - paragraph.offset].strip():
            joined[-1] = (part, Span(last.start, span.end))
        else:
            joined.append((part, span))
    return joined


def _excluded(root: Token, use: CueUse, cues: Collection[Token]) -> list[Token]:
    """Attributions that hang inside a content's subtree without belonging to it."""
    inside = [use.source if use.rule == "tail" else use.token] if root.is_ancestor(use.token) else []
    if use.held is not None:
        inside += [token for token in use.tokens if root.is_ancestor(token)]
    for child in root.children:
        if child in cues and _is_trailing(child, root):
            inside.append(child)
        if child in cues and child.dep_ == "advcl" and _is_set_against(child):
            inside.append(child)
        if child.lower_ == "according" or (child.lemma_ == "cite" and child.tag_ == "VBG"):
            inside.append(child)
        if child.dep_ == "conj" and child.pos_ == "VERB" and _returns_to_cue(child, root, use, cues):
            inside.append(child)
    return inside


def _is_set_against(clause: Token) -> bool:
    """True for ", while supporters say …": what somebody else says beside it."""
    mark = next((child for child in clause.children if child.dep_ == "mark"), None)
    return mark is not None and mark.lower_ in _CONTRASTING and subject(clause) is not None


def _is_trailing(child: Token, root: Token) -> bool:
    """True for ", adding that …": a participle after a comma that is a cue of its own."""
    after = child.tag_ == "VBG" and child.dep_ in {"advcl", "acl"} and child.i > root.i
    return after and child.doc[child.i - 1].text == "," and subject(child) is None


def _returns_to_cue(joined: Token, root: Token, use: CueUse, cues: Collection[Token]) -> bool:
    """True for "urged X to halt Y and hinted at Z", "said it knew nothing and said Z"."""
    if joined in cues and is_said_of_things(joined):
        return True
    if subject(joined) is not None or not is_finite(joined):
        return False
    return not is_finite(root) or (joined in cues and use.token.tag_ == joined.tag_)


def _clauses(use: CueUse, cues: Collection[Token]) -> Iterator[Token]:
    """The heads of the clauses that are a cue's content."""
    token = use.token
    if use.held is not None:
        yield from (use.held,) if _is_clause(use.held) else ()
        return
    if "clause" not in use.cue.takes and "quote" not in use.cue.takes:
        return
    clauses = (child for child in token.children if child.dep_ == "ccomp" and _is_clause(child))
    own = [child for child in clauses if child.left_edge.i < child.right_edge.i]
    if use.rule == "told-by" and not own:
        own = [child for child in use.source.children if child.dep_ in {"relcl", "acl"} and subject(child)]
    yield from own
    if own:
        for child in token.children:
            if child.dep_ == "conj" and _continues(child, token, cues):
                yield child
        return
    if use.rule == "tail":
        yield from [a for a in token.ancestors if a.pos_ in {"VERB", "AUX"} and a.sent == token.sent][:1]
    elif token.dep_ in {"parataxis", "ccomp", "advcl", "conj", "dep"} and _is_aside(token):
        yield token.head


def _is_clause(child: Token) -> bool:
    return subject(child) is not None or is_finite(child) or child.pos_ in {"VERB", "AUX"}


def _continues(child: Token, token: Token, cues: Collection[Token]) -> bool:
    """True for a second content clause which the parse joined to the cue itself ("… and that it …")."""
    if child in cues:
        return False
    if any(grand.lower_ == "that" and grand.dep_ == "mark" for grand in child.children):
        return True
    own = subject(child)
    first = child.left_edge if own is None else own
    return (
        own is not None
        and own.lower_ in _BACK_POINTING
        and is_finite(child)
        and first.i > 1
        and first.doc[first.i - 1].dep_ == "cc"
        and first.doc[first.i - 2].text not in ",;"
    )


def _is_aside(token: Token) -> bool:
    """True for a say-clause set off by commas inside or after the clause it attributes."""
    head = token.head
    if any(child.lower_ == "as" and child.dep_ == "mark" for child in token.children):
        return token.dep_ == "advcl" and head.pos_ in {"VERB", "AUX"}
    if head.pos_ not in {"VERB", "AUX"} or (head.i > token.i and token.dep_ != "parataxis"):
        return False
    own = subject(token)
    left, _ = subtree_span(t for t in token.subtree if t.pos_ != "PUNCT")
    before = next((t for t in token.doc if t.idx == left), token)
    marked = before.i > 0 and before.doc[before.i - 1].text in {",", '"', "—", "–"}
    return (
        own is not None
        and marked
        and not any(c.dep_ in {"mark", "cc"} and c.i < token.i for c in token.children)
    )


def relays(paragraph: Paragraph, use: CueUse) -> tuple[Phrase, ...]:
    """Who passed the words on: "told Reuters", "in a comment sent to Reuters", "according to AFP"."""
    heads: list[Token] = [use.relay] if use.relay is not None else []
    seer = seen_by(use.source) if lemma(use.source) in lexicon().documents else None
    heads += [seer] if seer is not None else []
    found = [relay for head in heads if (relay := phrase(paragraph, head))]
    found += [
        relay
        for head in _hearers(use)
        if lemma(head) not in _ANY_PRESS and (relay := phrase(paragraph, head)) and is_outlet_phrase(relay)
    ]
    found += [relay for head in _through(use.token) if (relay := phrase(paragraph, head))]
    found += [relay for head in _credited(use.token) if (relay := phrase(paragraph, head))]
    return tuple(found)


def _through(token: Token) -> Iterator[Token]:
    """Who speaks for somebody: "said through a lawyer", "said via his solicitor"."""
    for child in token.children:
        if child.lower_ in {"through", "via"} and child.dep_ == "prep":
            yield from (held for held in child.children if held.dep_ == "pobj" and _is_person(held))


def _is_person(head: Token) -> bool:
    noun, book = lemma(head), gazetteer()
    return head.ent_type_ == "PERSON" or noun in book.people | book.roles | book.speakers


def _credited(token: Token) -> Iterator[Token]:
    """Who carries the words, in "X said, according to a report of Y": Y, or else the report."""
    for child in token.children:
        if child.lower_ == "according":
            for held in (grand for to in child.children for grand in to.children if grand.dep_ == "pobj"):
                by = next((below for below in held.children if below.lower_ in {"of", "by", "in"}), None)
                yield next((t for t in by.children if t.dep_ == "pobj"), held) if by is not None else held


def _hearers(use: CueUse) -> Iterator[Token]:
    for child in use.token.children:
        if child.dep_ in {"dobj", "dative", "npadvmod"} and child.i > use.token.i:
            yield child
        if child.dep_ == "prep":
            for held in child.children:
                yield from _through_statement(child, held)


def _through_statement(prep: Token, held: Token) -> Iterator[Token]:
    """The outlet in "in an interview with X", "in a comment sent to X"."""
    if prep.lower_ in {"to", "with"}:
        yield held
    if lemma(held) in _STATEMENTS:
        for below in held.subtree:
            if below.dep_ == "pobj" and below.head.lower_ in {"to", "with"}:
                yield below


def cited(paragraph: Paragraph, verb: Token) -> Phrase | None:
    """What the source is said to rest on: "citing documents", "Reuters reported, quoting X"."""
    for child in (*verb.children, *(grand for below in verb.children for grand in below.children)):
        if child.lemma_ in {"cite", "quote"} and child.tag_ == "VBG":
            target = next((grand for grand in child.children if grand.dep_ in {"dobj", "pobj"}), None)
            return phrase(paragraph, target) if target is not None else None
    return None
