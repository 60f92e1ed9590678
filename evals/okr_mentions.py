"""Which words of a text are propositions in the scheme of OKR: read by the program, chosen by a regression.

The program's parser and its table of deeds tell what a word does in its sentence.  Which of these words the
scheme counts is another matter: it sets apart "Fresno plant" and "Syrian plane" (a plant in Fresno, Syria's
plane) but neither "air strike" nor "mass shooting", and takes the colon before a speaker for saying.  So a
logistic regression over what the program says of a word, or of two that stand together, is fitted to the
texts of ``dev`` (`okr.py`).  It decides what is counted, and adds nothing that the program does not read.

Each text is read twice, as it stands and with the capitals of its headline taken down: the parser takes
verbs in capitals for names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from secondsource.extractor.paragraphs import lemma
from secondsource.extractor.predicates import predicates

Features = Mapping[str, float]

_PENALTY = 0.03
_SHARED = 0.7
_TOGETHER = frozenset({"compound", "amod", "appos", "nmod", "poss", "npadvmod"})
_NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
_CLOSED = frozenset({"ADP", "PART", "PUNCT", "AUX", "DET", "SYM", "PRON"})
_CREDITED = frozenset({"PROPN", "NOUN", "DET", "PUNCT", "SYM", "X"})
_STATES = frozenset({"dead", "fatal", "reportedly", "allegedly", "alleged"})
_CLAUSES = frozenset({"ROOT", "xcomp", "advcl", "ccomp", "relcl", "acl"})
_SIGNS = frozenset({":", "-", "|", "--"})
_ENDINGS = ("ing", "ed", "ion", "ment", "ence", "al")
_SHORT, _FEW = 3, 4


@dataclass(frozen=True)
class Candidate:
    """One word, or two that stand together, with what the program says of it."""

    at: tuple[int, ...]
    features: Features
    key: tuple[str, ...]
    """What it shares with others of its event: its lemmas, none for signs and little words."""


@dataclass(frozen=True)
class Reading:
    """A text with the capitals of a headline taken down, and as it stands."""

    quiet: Doc
    loud: Doc

    def candidates(self) -> Iterator[Candidate]:
        for token in self.quiet:
            key = () if token.pos_ in _CLOSED else (lemma(token),)
            yield Candidate((token.i,), self._of_word(token), key)
        for (one, other), how in sorted(self._pairs().items()):
            words = tuple(sorted(lemma(self.quiet[at]) for at in (one, other)))
            yield Candidate((one, other), self._of_pair(one, other, how), words)

    # One word

    def _of_word(self, token: Token) -> Features:
        loud, verb = self.loud[token.i], says_what_is_done(token)
        found = {
            f"{token.pos_} {verb}",
            f"{token.dep_} {verb}",
            f"below {token.head.pos_}",
            f"loud {loud.pos_}",
            *(f"over {child.dep_}" for child in token.children),
            *(f"ends {ending}" for ending in _ENDINGS if token.lower_.endswith(ending)),
            *(f"word {token.lower_}" for _ in "x" if token.pos_ in _CLOSED),
            *_named("done", verb),
            *_named("loud done", says_what_is_done(loud)),
            *_named("deed", eventful(token)),
            *_named("address", _is_address(token)),
            *_named("time", {token.ent_type_, loud.ent_type_} & {"DATE", "TIME"}),
            *_named("name", loud.ent_type_),
            *_classes("", token),
            *self._beside(token.i),
        }
        return dict.fromkeys(found, 1.0)

    def _beside(self, at: int) -> Iterator[str]:
        for step in (-1, 1):
            inside = 0 <= at + step < len(self.quiet)
            yield f"{step} {self.quiet[at + step].pos_ if inside else 'edge'}"
        if self.quiet[at].is_punct or self.quiet[at].lower_ in {"via", "@", "|"}:
            before, after = self.loud[:at], self.loud[at + 1 :]
            yield from _named("credit", 0 < at < len(self.quiet) - 1 and is_credit(self.quiet[at]))
            yield from _named("address near", any(map(_is_address, self.loud[max(0, at - 2) : at + 3])))
            yield from _named("name after", _is_name(after))
            yield from _named("name before", _is_name(before))

    # Two words

    def _pairs(self) -> dict[tuple[int, int], set[str]]:
        found: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for doc, name in ((self.quiet, "quiet"), (self.loud, "loud")):
            for token in doc:
                if token.dep_ in _TOGETHER:
                    found[token.i, token.head.i].add(f"{name} {token.dep_}")
                    if token.head.dep_ == "compound":
                        found[token.i, token.head.head.i].add(f"{name} further")
        for one, other in self._runs():
            found[one, other].add("run")
        for at, token in enumerate(self.quiet[:-2]):
            if token.nbor().text == "," and self.loud[at].text.istitle() and self.loud[at + 2].text.istitle():
                found[at, at + 2].add("comma")  # "Fresno, California"
        joined: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for (one, other), how in found.items():
            if one != other and all(self.quiet[at].text[:1].isalpha() for at in (one, other)):
                joined[min(one, other), max(one, other)] |= how
        return joined

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Each word of a run of nouns with its thing: "fuel" with "truck" of "fuel truck blast"."""
        start = 0
        for end in range(len(self.quiet) + 1):
            if end == len(self.quiet) or self.quiet[end].pos_ not in _NAMING:
                thing = end - 1
                while thing > start and eventful(self.quiet[thing]):
                    thing -= 1
                yield from ((at, thing) for at in range(start, thing) if not self._one_name(at))
                start = end + 1

    def _one_name(self, at: int) -> bool:
        one, after = self.loud[at], self.loud[at + 1]
        same = bool(one.ent_type_) and one.ent_type_ == after.ent_type_ and after.ent_iob_ == "I"
        return one.pos_ == after.pos_ == "PROPN" and (same or (one.dep_ == "compound" and one.head == after))

    def _of_pair(self, one: int, other: int, how: Iterable[str]) -> Features:
        found = {*how, f"apart {other - one}", f"rank {self.quiet[other].dep_}"}
        for name, doc in (("quiet", self.quiet), ("loud", self.loud)):
            left, right = doc[one], doc[other]
            found |= {f"{name} {left.pos_} {right.pos_}"}
            found |= {f"{name} left {left.ent_type_}", f"{name} right {right.ent_type_}"}
            found |= set(_named(f"{name} more", tells_more(left) and left.head == right))
        for name, at in (("left", one), ("right", other)):
            token = self.quiet[at]
            found |= {*_classes(name, token), *_named(f"{name} deed", eventful(token))}
            found |= {*_named(f"{name} capital", self.loud[at].text[:1].isupper())}
        after = self.quiet[other + 1].pos_ if other + 1 < len(self.quiet) else "edge"
        return dict.fromkeys({*found, f"after {after}", f"before {self.quiet[other].pos_} {after}"}, 1.0)


def _named(name: str, holds: object) -> tuple[str, ...]:
    return (name,) if holds else ()


def _classes(name: str, token: Token) -> Iterator[str]:
    table, word = predicates(), lemma(token)
    for kind, known in (("noun", table.nouns), ("verb", table.verbs), ("light", table.light)):
        yield from _named(f"{name} class {kind}", word in known)


def _is_address(token: Token) -> bool:
    return "http" in token.lower_ or "//" in token.text or token.text[0] in "@#"


def _is_name(side: Span) -> bool:
    return 0 < len(side) <= _FEW and all(one.pos_ in _CREDITED for one in side)


def reading(parse: Language, text: str) -> Reading:
    """A text, its words as the corpus parts them, read in both ways."""
    written = text.split()
    quiet, loud = [_quiet(word, written) for word in written], written
    return Reading(*(parse(Doc(parse.vocab, words=said)) for said in (quiet, loud)))


def _quiet(word: str, written: Sequence[str]) -> str:
    letters = [one for one in written if one.isalpha() and len(one) > _SHORT]
    loud = sum(one[0].isupper() for one in letters) > len(letters) / 2
    return word.casefold() if loud and word.istitle() else word


# What the program says of a word


def says_what_is_done(token: Token) -> bool:
    """True for verbs, states, prepositions between nouns, credits, and nouns that name a deed."""
    if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ in {"ROOT", "ccomp", "relcl", "conj"}):
        return True
    if token.dep_ in {"acomp", "oprd"} or (token.pos_ == "PART" and token.dep_ == "case"):
        return True
    if token.pos_ == "ADP" and token.head.pos_ in {"NOUN", "PROPN"}:
        return any(child.dep_ == "pobj" for child in token.children)
    if token.pos_ in {"ADJ", "ADV"}:
        return token.text.casefold() in _STATES
    if token.text in _SIGNS:
        return 0 < token.i < len(token.doc) - 1 and is_credit(token)
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    if lemma(token) in predicates().nouns or token.text.casefold().endswith("ing"):
        return True
    return token.dep_ in _CLAUSES and lemma(token) in predicates().verbs  # "fuel truck explodes"


def tells_more(token: Token) -> bool:
    """True for a word that says something of its noun, "chicken plant"; the words of one name do not."""
    if token.dep_ == "appos":
        return token.is_alpha and token.pos_ == token.head.pos_ == "PROPN"
    return token.is_alpha and token.dep_ in {"compound", "amod"} and token.head.pos_ == "NOUN"


def is_credit(token: Token) -> bool:
    """True for the sign between a headline and whoever reports it: "… : police", "… - The Hindu"."""
    return any(_is_name(side) for side in (token.doc[token.i + 1 :], token.doc[: token.i]))


def eventful(token: Token) -> bool:
    """True for a word that names a deed by the table or by its ending."""
    table, word = predicates(), lemma(token)
    if word in table.nouns or token.lower_.endswith("ing"):
        return True
    return (word in table.verbs and token.pos_ != "PROPN") or token.lower_.endswith("ion")


# Which of them the scheme counts


class Scheme:
    """Two regressions, of single words and of pairs, fitted to annotated texts."""

    def __init__(self, annotated: Iterable[tuple[Features, bool, int]]) -> None:
        """``annotated``: features of a candidate, whether it is a proposition, and its number of words."""
        given: defaultdict[int, list[tuple[Features, bool]]] = defaultdict(list)
        for features, counts, size in annotated:
            given[size].append((features, counts))
        self._fitted = {size: _fitted(rows) for size, rows in given.items()}

    def likely(self, texts: Sequence[Sequence[Candidate]]) -> list[list[float]]:
        """How likely the candidates of one event's texts are, each taken with its like elsewhere there."""
        given = self._alone([one for text in texts for one in text])
        alone = [[next(given) for _ in text] for text in texts]
        like: defaultdict[tuple[str, ...], list[float]] = defaultdict(list)
        for text, values in zip(texts, alone, strict=True):
            for one, value in zip(text, values, strict=True):
                like[one.key].append(value)
        return [
            [
                (1 - _SHARED) * value + _SHARED * fmean(like[one.key]) if one.key else value
                for one, value in zip(text, values, strict=True)
            ]
            for text, values in zip(texts, alone, strict=True)
        ]

    def _alone(self, every: Sequence[Candidate]) -> Iterator[float]:
        found: dict[int, float] = {}
        for size, (columns, fitted) in self._fitted.items():
            here = [(at, one.features) for at, one in enumerate(every) if len(one.at) == size]
            values = fitted.predict_proba(columns.transform([features for _, features in here]))[:, 1]
            found.update(zip((at for at, _ in here), map(float, values), strict=True))
        return (found[at] for at in range(len(every)))


def _fitted(rows: Sequence[tuple[Features, bool]]) -> tuple[Any, Any]:
    columns = DictVectorizer()
    table = columns.fit_transform([features for features, _ in rows])
    return columns, LogisticRegression(C=_PENALTY, max_iter=500).fit(table, [counts for _, counts in rows])
