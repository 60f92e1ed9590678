"""Who a cue's words are given to and what they carry: subjects, clauses and complements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secondsource.languages.russian.attribution import Source
from secondsource.languages.russian.lexicon import lexicon
from secondsource.languages.russian.model import Sentence, Word
from secondsource.model import Span
from secondsource.text import trim

EDGE = ' \t\r\n\u00a0,;:.–—-!?…“”„"«»'
_DASHES = frozenset("—–-")
_OPEN, _CLOSE = "«“„", "»”"
_NOT_SOURCE = ("acl", "acl:relcl", "parataxis", "advcl", "cc", "conj", "ccomp")
_MARKS = frozenset({"что", "чтобы", "будто", "как"})
_IN = frozenset({"в", "во", "на"})


def trimmed(text: str, start: int, end: int) -> Span | None:
    """``start``–``end`` without marks and stops at its edges; a name keeps the mark that closes it."""
    inner = trim(text, start, end, EDGE)
    if inner is None:
        return None
    first, last = inner
    held = text[first:last]
    if (
        sum(held.count(one) for one in _OPEN) > sum(held.count(one) for one in _CLOSE)
        and text[last : last + 1] in _CLOSE
    ):
        last += 1
    held = text[first:last]
    if (
        sum(held.count(one) for one in _OPEN) < sum(held.count(one) for one in _CLOSE)
        and text[first - 1 : first] in _OPEN
    ):
        first -= 1
    return Span(first, last)


def between(sentence: Sentence, first: int, last: int, text: str) -> Span | None:
    """The trimmed span of the words ``first`` to ``last``, both included."""
    if first > last or first >= len(sentence.words):
        return None
    return trimmed(text, sentence.words[first].start, sentence.words[last].end)


def phrase(sentence: Sentence, head: Word, text: str) -> Source | None:
    """The noun phrase of ``head`` without clauses that hang on it."""
    held = sentence.subtree(head, without=_NOT_SOURCE)
    first, last = sentence.stretch(head, held)
    while first < head.i and sentence.words[first].pos in {"ADP", "ADV", "PART", "PUNCT", "SCONJ"}:
        first += 1
    span = between(sentence, first, last, text)
    return Source(span, head, sentence) if span else None


def subject(sentence: Sentence, verb: Word) -> Word | None:
    """Who says it: the subject of the verb or of the one it is joined to, or “в полиции” of “сообщили”."""
    for one in _with_joined(sentence, verb):
        found = sentence.children(one, "nsubj", "csubj")
        if found:
            return found[0]
    return _place(sentence, verb)


def _with_joined(sentence: Sentence, verb: Word) -> Iterator[Word]:
    yield verb
    while verb.rel == "conj" and verb.head is not None:
        verb = sentence.words[verb.head]
        yield verb


def _place(sentence: Sentence, verb: Word) -> Word | None:
    """The body in which it was said, where the verb is in the plural and nobody is its subject."""
    if verb.feats.get("Number") != "Plur":
        return None
    for one in sentence.children(verb, "obl", "nmod", "obj"):
        case = sentence.children(one, "case")
        known = (
            lexicon().sources.get(one.lemma)
            or one.pos == "PROPN"
            or one.text.isupper()
            or one.text[:1].isupper()
        )
        if case and case[0].text.lower() in _IN and known:
            return one
    return None


def clause(sentence: Sentence, verb: Word) -> tuple[int, int] | None:
    """The words of what follows “что” under a cue, first and last."""
    for one in sentence.children(verb, "ccomp", "csubj", "advcl", "acl", "xcomp", "parataxis"):
        mark = _mark(sentence, one)
        if mark is not None and mark.i > verb.i:
            return _from(sentence, mark, one)
    that = next(
        (one for one in sentence.children(verb, "obl", "obj", "nmod", "iobj") if one.lemma == "то"), None
    )
    return clause(sentence, that) if that is not None else None


def _mark(sentence: Sentence, root: Word) -> Word | None:
    held = sentence.subtree(root)
    first = next((word for word in sentence.words if word.i in held and word.pos != "PUNCT"), None)
    return first if first is not None and first.text.lower() in _MARKS else None


def _from(sentence: Sentence, mark: Word, root: Word) -> tuple[int, int]:
    held = sentence.subtree(root)
    _, last = sentence.stretch(root, held)
    return mark.i + 1, max(last, root.i)


def about(sentence: Sentence, noun: Word) -> tuple[int, int] | None:
    """What a noun such as “сообщения” points at: after “о том, что”, or after “о”."""
    for one in sentence.children(noun, "nmod", "obl", "acl"):
        inner = clause(sentence, one) if one.lemma == "то" else None
        if inner:
            return inner
        mark = _mark(sentence, one)
        if mark is not None:
            return _from(sentence, mark, one)
        case = sentence.children(one, "case")
        if case and case[0].text.lower() in {"о", "об", "обо"} and one.lemma != "то":
            _, last = sentence.stretch(one, sentence.subtree(one))
            return case[0].i + 1, last
    return None


def whole(sentence: Sentence, word: Word) -> tuple[int, int]:
    """All the words of a complement, first and last."""
    first, last = sentence.stretch(word, sentence.subtree(word))
    return max(first, 0), last


def dashed(sentence: Sentence, word: Word) -> bool:
    """True where a comma or dash stands before ``word``, “как” between them passed over."""
    i = word.i - 1
    while i >= 0 and sentence.words[i].text.lower() in {"как", "и", "также", "об", "этом"}:
        i -= 1
    return i >= 0 and sentence.words[i].text in {",", *_DASHES}


def negation(sentence: Sentence, verb: Word) -> Word | None:
    """The “не” of a verb."""
    return next((one for one in sentence.children(verb) if one.text.lower() == "не" and one.i < verb.i), None)


def has_predicate(sentence: Sentence, first: int, last: int) -> bool:
    """True where a stretch of words holds a verb, or stands for one."""
    return any(word.pos in {"VERB", "AUX"} for word in sentence.words[first : last + 1])


def longest(parts: Sequence[tuple[int, int]], sentence: Sentence) -> tuple[int, int] | None:
    """Of the parts beside an attribution the one with a predicate, and of those the longest."""
    kept = [one for one in parts if one[0] <= one[1]]
    return max(kept, key=lambda one: (has_predicate(sentence, *one), one[1] - one[0]), default=None)
