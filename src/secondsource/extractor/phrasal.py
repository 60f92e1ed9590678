"""Cues that are no single verb: phrases ("cast doubt on X") and adjectives ("was adamant that X").

Which they are, and what they take, is in the lexicon.  A phrase is a verb and, after it in this
order, its other words; between them may stand what modifies them and the verb's own object
("called *the letter* into question", "had *absolutely* no doubt").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from secondsource.extractor.cues import CueUse, as_used, can_speak, cue_uses, is_asked, is_reported, source_of
from secondsource.extractor.lexicon import Cue, lexicon
from secondsource.extractor.paragraphs import Paragraph, is_finite, lemma, subject

_COPULAS = frozenset({"be", "become", "remain", "feel", "seem", "sound", "appear", "stay", "grow"})
_MODIFIERS = frozenset({"DET", "ADJ", "ADV", "PRON", "PART"})
_NEVER_BETWEEN = frozenset({"no", "not", "n't", "any", "never", "that", "which", "who", "what", "to"})
_OBJECTS = frozenset({"dobj", "dative", "nsubj", "iobj", "npadvmod"})
_CLAUSAL = frozenset({"ccomp", "acl", "relcl", "advcl", "xcomp"})
_SUBJECTLESS = frozenset({"participle", "statement-saying", "with-saying", "tail"})
_LONGEST_BETWEEN = 12
_FARTHEST = 20
_MOST_CUES = 20


@dataclass(frozen=True, slots=True)
class _Match:
    """A cue of the lexicon in its sentence: its verb, its words, and the head of what it takes."""

    verb: Token
    cue: Cue
    words: tuple[Token, ...]
    content: Token | None
    rule: str


def uses(paragraph: Paragraph) -> list[CueUse]:
    """Every cue of the paragraph in reading order; a phrase goes before the single verb in it."""
    plain = {use.token.i: use for use in cue_uses(paragraph) if not _is_idle(use)}
    phrasal = [_with_quotes(use, plain.get(use.token.i)) for use in _phrasal(paragraph)]
    inside = {token.i for use in phrasal for token in use.tokens}
    alone = [use for use in plain.values() if use.token.i not in inside]
    return _sane(sorted([*phrasal, *alone], key=lambda use: use.token.i))


def _sane(found: list[CueUse]) -> list[CueUse]:
    """The cues but for those of a "sentence" with more than anybody writes, which is a list or noise.

    Each cue of a sentence is compared with the others and with all of its words, so that this
    also bounds the time that such a text takes.
    """
    if len(found) <= _MOST_CUES:
        return found
    starts = [use.token.sent.start for use in found]
    count = Counter(starts)
    return [use for use, start in zip(found, starts, strict=True) if count[start] <= _MOST_CUES]


def _is_idle(use: CueUse) -> bool:
    """True for a verb that attributes only with a clause under it ("knew that"), and has none."""
    if "quote" in use.cue.takes or "clause" not in use.cue.takes or len(use.cue.takes) > 1:
        return False
    clauses = [child for child in use.token.children if child.dep_ == "ccomp"]
    if use.cue.kind == "perception":
        return use.rule in _SUBJECTLESS or not any(is_finite(clause) for clause in clauses)
    follows = any(token.lower_ == "that" for token in use.token.doc[use.token.i + 1 : use.token.i + 4])
    return not clauses and not follows and use.token.dep_ not in {"parataxis", "ROOT"}


def _with_quotes(phrase: CueUse, verb: CueUse | None) -> CueUse:
    """A phrase that takes quotations where the verb in it does ("admitted to X, writing: “…”")."""
    if verb is None or "quote" not in verb.cue.takes:
        return phrase
    return replace(phrase, cue=replace(phrase.cue, takes=phrase.cue.takes | {"quote"}))


def _phrasal(paragraph: Paragraph) -> Iterator[CueUse]:
    for token in paragraph.doc:
        match = _phrase(token) or _adjective(token)
        use = _used(match) if match else None
        if use and can_speak(use):
            yield use


def _used(match: _Match) -> CueUse | None:
    """The match as a cue in use; None where it is denied, supposed or asked, or has no subject."""
    cue = as_used(match.verb, match.cue)
    passive = match.rule == "phrase" or match.verb not in match.words
    if cue is None or is_asked(match.verb) or (passive and not is_reported(match.verb)):
        return None
    source, _ = source_of(match.verb)
    if source is None or (cue.impersonal and source.lower_ == "it"):
        return None
    return CueUse(match.verb, cue, source, match.words, rule=match.rule, held=match.content)


def _phrase(verb: Token) -> _Match | None:
    """The longest phrase of the lexicon that begins with a verb and has a content there."""
    if verb.pos_ not in {"VERB", "AUX"} or lemma(verb) not in lexicon().phrases:
        return None
    near = verb.doc[verb.i + 1 : verb.i + _FARTHEST]
    words_near = {word for token in near for word in (token.lower_, lemma(token))}
    for cue in lexicon().phrases[lemma(verb)]:
        if not words_near.issuperset(cue.words[1:]):
            continue
        words = _words(verb, cue.words[1:])
        content = _content(verb, cue, words) if words else None
        if words and (content is not None or "quote" in cue.takes):
            return _Match(verb, cue, words, content, "phrase")
    return None


def _words(verb: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """The tokens of a phrase, from its verb on; None where one is missing."""
    found = [verb]
    for word in rest:
        token = _next(verb, found[-1], word)
        if token is None:
            return None
        found.append(token)
    return tuple(found)


def _next(verb: Token, after: Token, word: str) -> Token | None:
    for token in verb.doc[after.i + 1 : min(after.i + _LONGEST_BETWEEN, verb.sent.end)]:
        if token.lower_ == word or lemma(token) == word:
            return token
        if not _may_stand_between(token, verb):
            return None
    return None


def _may_stand_between(token: Token, verb: Token) -> bool:
    if token.lower_ in _NEVER_BETWEEN or token.is_punct:
        return False
    if token.pos_ in _MODIFIERS:
        return True
    return any(above.head == verb and above.dep_ in _OBJECTS for above in (token, *token.ancestors))


def _adjective(token: Token) -> _Match | None:
    """A predicate of the lexicon, with the verb that joins it to its subject ("was", "remained")."""
    cue = lexicon().adjectives.get(token.lower_)
    verb = _joined_by(token) if cue else None
    content = _content(verb, cue, (token,)) if cue and verb is not None else None
    if cue is None or verb is None or content is None:
        return None
    return _Match(verb, cue, (token,), content, "predicate")


def _joined_by(predicate: Token) -> Token | None:
    """The copula over an adjective, or a participle itself that the parse took for a passive."""
    if predicate.dep_ in {"acomp", "oprd", "attr"} and lemma(predicate.head) in _COPULAS:
        return predicate.head
    passive = any(child.dep_ == "auxpass" for child in predicate.children)
    return predicate if passive and not any(c.dep_ == "agent" for c in predicate.children) else None


def _content(verb: Token, cue: Cue, words: tuple[Token, ...]) -> Token | None:
    """The head of what a phrase takes, by the first construction of its row that the sentence fits."""
    last = words[-1]
    heads = (*reversed(words), *(() if verb in words else (verb,)))
    after = [child for head in heads for child in head.children if child.i > last.i]
    if "clause" in cue.takes:
        clause: Token | None = next((child for child in after if _is_content_clause(child, last)), None)
        if clause is not None:
            return clause
    if "complement" in cue.takes:
        infinitive: Token | None = next((child for child in after if _is_infinitive(child)), None)
        if infinitive is not None:
            return infinitive
    for child in after:
        if child.dep_ == "prep" and child.lower_ in cue.takes:
            return _governed(child)
    return _object(verb, last, after) if "object" in cue.takes else None


def _is_content_clause(child: Token, last: Token) -> bool:
    """True for a clause under "that", or without it one that the parse made the verb's complement."""
    if child.dep_ not in _CLAUSAL or child.pos_ not in {"VERB", "AUX"}:
        return False
    first = child.left_edge
    that = first.lower_ in {"that", "whether", "how", "why"} and first.i <= last.i + 4
    return that or (child.dep_ == "ccomp" and subject(child) is not None and is_finite(child))


def _is_infinitive(child: Token) -> bool:
    return child.dep_ in _CLAUSAL and any(to.lower_ == "to" and to.dep_ == "aux" for to in child.children)


def _governed(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}), None)


def _object(verb: Token, last: Token, after: list[Token]) -> Token | None:
    """What the phrase's last word governs, else the verb's own object, before that word or after it."""
    governed: Token | None = _governed(last) if last.pos_ in {"ADP", "ADV", "PART", "SCONJ"} else None
    if governed is not None:
        return governed
    own = [child for child in verb.children if child.dep_ == "dobj" and child.i != last.i]
    return next(iter([*own, *(child for child in after if child.dep_ in {"dobj", "nsubj"})]), None)
