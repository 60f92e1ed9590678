"""What may be a proposition in a tweet on news, by the program's parser and its table of deeds.

Four kinds have words of their own: *deed* (a verb with its auxiliaries, particle and prepositions, "makes
landfall on" with its noun; or a noun that names an event, ``noun``), *state* ("90 dead"), *link* (a
preposition or "'s" between two nouns of which neither is a deed) and *sign* (the colon or dash of "… :
police").  A *pair* has none, or only a comma: two nouns side by side, or a noun and what is said of it ("fuel
truck", "Fresno , Calif.", "suspicious cargo").  Each candidate is one mention; a preposition of a deed is the
deed's, no mention of its own.

Texts are read without links.  A headline's words lose their capital unless the other texts of the event,
those that are no headlines, write them with one, or a gazetteer knows them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from secondsource.extractor.paragraphs import lemma
from secondsource.extractor.predicates import predicates
from secondsource.gazetteers import known, town

_ENDING = re.compile(r"(?:ing|ed|es|s|er|ers)$")
_NOMINAL = re.compile(r"(?:tion|sion|ment|ance|ence|al|age|ure|ing|ings|ery|ism|fall|war|crisis)s?$")
_SHORT, _LARGE = 3, 100_000
_THINGS = frozenset(
    {"evening", "morning", "building", "buildings", "king", "ring", "rings", "thing", "things", "spring"}
    | {"something", "anything", "nothing", "everything", "string", "wing", "wings", "ceiling", "feeling"}
)
_STATES = frozenset({"dead", "fatal", "reportedly", "allegedly", "alleged"})
_CLAUSES = frozenset({"ROOT", "xcomp", "advcl", "ccomp", "relcl", "acl"})
_FREE = frozenset({"ROOT", "acl", "acomp", "oprd", "ccomp", "conj", "advcl"})
_SAYS_SIGN = frozenset({":", "-", "|", "--", "("})
_GIVERS = frozenset({"via", "by", "from"})
_AT_END = 5
_BESIDE = frozenset({"compound", "amod", "nmod"})
_OF_NOUN = frozenset({*_BESIDE, "nummod", "poss", "appos", "npadvmod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_COUNTED = frozenset({"CARDINAL", "DATE", "ORDINAL", "TIME", "QUANTITY"})
BEING = frozenset({"be", "become", "remain", "seem", "look", "get"})
_WITH_NOUN = frozenset(
    {"make", "have", "take", "give", "carry", "conduct", "launch", "get", "hold", "issue", "cause"}
    | {"commit", "pay"}
)

Row = Mapping[str, Any]


def stem(word: str) -> str:
    return _ENDING.sub("", word)


@dataclass
class Candidate:
    """What may be a proposition: its kind, head, the words that say it, its other words, and its arguments.

    ``core`` is empty for a pair, whose two words are its ``arguments``; ``sign`` is where a comma or bracket
    stands between them.  ``id`` is that of the annotated proposition which stands there, None where none
    does.
    """

    kind: str
    head: Token
    core: tuple[Token, ...]
    rest: tuple[Token, ...] = ()
    arguments: tuple[Token, ...] = ()
    sign: int | None = None
    id: Hashable = None


# Reading


def is_loud(words: Sequence[str]) -> bool:
    """True for a headline: most of its longer words have a capital."""
    letters = [one for one in words if one.isalpha() and len(one) > _SHORT]
    return sum(one[0].isupper() for one in letters) > len(letters) / 2


class Casing:
    """How the words of an event are written in those of its texts that are no headlines."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.upper: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        for words in filter(lambda words: not is_loud(words), map(str.split, texts)):
            for before, word in zip([".", *words], words, strict=False):
                if word[0].islower():
                    self.lower[word] += word.isalpha()
                elif word.isalpha() and before not in {".", "``", ":", '"'}:
                    self.upper[word.casefold()] += 1

    def plain(self, word: str) -> str:
        """A word of a headline, as another text would write it."""
        low = word.casefold()
        if self.upper[low] or self.lower[low]:
            return word if self.upper[low] >= self.lower[low] else low
        place = town(word)
        if known(word) or (place and place.population > _LARGE):
            return word
        return low if word.istitle() or stem(low) in predicates().verbs else word

    def kind(self, word: str) -> str:
        """U for a word that has a capital, l for one that has none, ? for one of headlines only."""
        upper, lower = self.upper[word], self.lower[word]
        return "U" if upper and upper >= 3 * lower else "l" if upper or lower else "?"


def read(text: str, casing: Casing) -> tuple[list[str], list[int]]:
    """The words of a text for the parser, without links, and which word of the text each is."""
    words = text.split()
    kept = [at for at in range(len(words)) if not _is_link(words, at)]
    while kept and len(kept) < len(words) and words[kept[-1]] in _SAYS_SIGN:
        kept.pop()  # "… - http : //t.co/…"
    plain = casing.plain if is_loud(words) else str
    said = (plain(words[at]) if words[at][0].isupper() else words[at] for at in kept)
    return ['"' if word in {"``", "''"} else word for word in said], kept


def _is_link(words: Sequence[str], at: int) -> bool:
    return words[at].startswith(("//", "http")) or (words[at] == ":" and at > 0 and words[at - 1] == "http")


# Words


def is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" or bool(token.ent_type_ and token.ent_type_ not in _COUNTED)


def is_deed(token: Token) -> bool:
    """True for a noun that names an event: one of the table, or in -ing; "bomb" and "truck" are things."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    return lemma(token) in predicates().nouns or ends_in_ing(token)


def ends_in_ing(token: Token) -> bool:
    low = token.lower_
    return low.endswith(("ing", "ings")) and low not in _THINGS and len(low) > _AT_END


def is_nominal(token: Token) -> bool:
    """True for a noun that its ending or a verb of the same letters makes a doubtful name of an event."""
    low = token.lower_
    return lemma(token) in predicates().verbs or (bool(_NOMINAL.search(low)) and low not in _THINGS)


# Candidates


def candidates(doc: Doc) -> list[Candidate]:
    """What may be a proposition in a text, each word in one at the most; pairs beside them."""
    used: set[int] = set()
    found: list[Candidate] = []
    for pick in (_verb, _noun, _state, _doubtful, _small):
        for token in doc:
            if token.i not in used and (one := pick(token)) is not None:
                found.append(one)
                if pick is not _doubtful:
                    used |= {word.i for word in (*one.core, *one.rest)}
    return [*found, *_pairs(doc)]


def _verb(token: Token) -> Candidate | None:
    says = token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in {"aux", "auxpass"})
    headline = (
        token.pos_ in {"NOUN", "PROPN"} and token.dep_ in _CLAUSES and lemma(token) in predicates().verbs
    )
    if not (says or headline):  # "fuel truck explodes" is taken for a noun in a headline
        return None
    core = [token]
    rest = [child for child in token.children if child.dep_ in {"aux", "auxpass", "neg", "prt"}]
    arguments = list(_of_verb(token))
    rest += _prepositions(token)
    for child in token.children:
        if child.dep_ in {"acomp", "oprd"} and child.pos_ in {"ADJ", "ADV", "VERB"}:
            core.append(child)
            rest += _prepositions(child)
        elif child.dep_ == "attr" and lemma(token) in BEING:
            rest += _prepositions(child)
        elif _is_said_by(child, token):
            core.append(child)
            rest += _prepositions(child)
            arguments = [one for one in arguments if one != child] + _of_noun(child)
    return Candidate("deed", token, tuple(core), tuple(rest), tuple(arguments))


def _is_said_by(noun: Token, verb: Token) -> bool:
    """True for the noun that says what is done: "makes landfall"."""
    light = noun.dep_ == "dobj" and noun.pos_ in {"NOUN", "ADJ"} and lemma(verb) in _WITH_NOUN
    return light and not any(child.dep_ == "poss" for child in noun.children)


def _noun(token: Token) -> Candidate | None:
    if not is_deed(token):
        return None
    return Candidate("noun", token, (token,), tuple(_around(token)), tuple(_of_noun(token)))


def _doubtful(token: Token) -> Candidate | None:
    if token.pos_ not in {"NOUN", "PROPN"} or is_name(token) or not is_nominal(token):
        return None
    return Candidate("noun", token, (token,), tuple(_around(token)), tuple(_of_noun(token)))


def _around(noun: Token) -> list[Token]:
    owners = (child for child in noun.children if child.dep_ == "poss")
    return _prepositions(noun) + [sign for one in owners for sign in one.children if sign.dep_ == "case"]


def _state(token: Token) -> Candidate | None:
    after = token.dep_ == "amod" and token.i > token.head.i
    if token.pos_ not in {"ADJ", "ADV"} or not (token.dep_ in _FREE or token.lower_ in _STATES or after):
        return None
    rest = _prepositions(token)
    arguments = [child for child in token.children if child.dep_ in {"nsubj", "npadvmod"}]
    arguments += [one for word in rest for one in _objects(word)]
    arguments += [token.head] if token.dep_ == "amod" else []
    return Candidate("state", token, (token,), tuple(rest), tuple(arguments))


def _small(token: Token) -> Candidate | None:
    """A preposition or "'s" between nouns, or a sign or "via" before whoever reports."""
    objects = _objects(token)
    if token.pos_ in {"ADP", "SCONJ"} and token.dep_ in {"prep", "agent", "dative", "ROOT"} and objects:
        return Candidate("link", token, (token,), (), (token.head, *objects))
    if token.pos_ == "PART" and token.dep_ == "case":
        return Candidate("link", token, (token,), (), (token.head.head, token.head))
    inside = token.text in _SAYS_SIGN and token.i < len(token.doc) - 1 and (token.i > 0 or token.text == "(")
    if inside or (token.lower_ in _GIVERS and token.i >= len(token.doc) - _AT_END):
        return Candidate("sign", token, (token,))
    return None


def _prepositions(token: Token) -> list[Token]:
    kinds = {"prep", "agent", "dative"}
    return [one for one in token.children if one.dep_ in kinds and one.pos_ in {"ADP", "SCONJ", "ADV"}]


def _objects(token: Token) -> list[Token]:
    return [child for child in token.children if child.dep_ in {"pobj", "pcomp"}]


def _of_verb(verb: Token) -> Iterator[Token]:
    kinds = {*_SUBJECTS, "dobj", "attr", "dative", "oprd"}
    for child in verb.children:
        if child.dep_ in kinds and child.pos_ != "ADP":
            yield child
        elif child.dep_ in {"prep", "agent", "dative"}:
            yield from _objects(child)
        elif child.dep_ == "acomp":
            yield from (one for word in _prepositions(child) for one in _objects(word))
    if verb.dep_ in {"acl", "relcl"}:
        yield verb.head
    if verb.dep_ in {"xcomp", "conj", "advcl"} and not any(one.dep_ in _SUBJECTS for one in verb.children):
        yield from (one for one in verb.head.children if one.dep_ in _SUBJECTS)


def _of_noun(noun: Token) -> list[Token]:
    kinds, parts = {*_BESIDE, "poss", "nummod"}, {"NOUN", "PROPN", "NUM", "PRON", "ADJ"}
    beside = [one for one in noun.children if one.dep_ in kinds and one.pos_ in parts]
    return beside + [one for word in _prepositions(noun) for one in _objects(word)]


def _pairs(doc: Doc) -> Iterator[Candidate]:
    seen: set[frozenset[int]] = set()
    for token in doc:
        for one, other in _beside(token):
            left, right = sorted((one.i, other.i))
            if frozenset((left, right)) not in seen:
                seen.add(frozenset((left, right)))
                sign = next((word.i for word in doc[left + 1 : right] if word.text in {",", "("}), None)
                yield Candidate("pair", one, (), (), (one, other), sign)


def _beside(token: Token) -> Iterator[tuple[Token, Token]]:
    """What a word may be paired with: its noun, the next word of the same noun, a name beside a name."""
    head, after = token.head, [token.nbor(step) for step in (1, 2) if token.i + step < len(token.doc)]
    of_one_name = token.dep_ in {"compound", "nmod"} and is_name(token) and is_name(head)
    of_one_name = of_one_name and head.i - token.i == 1 and head.ent_type_ == token.ent_type_
    if token.dep_ in _OF_NOUN and not token.is_punct and not of_one_name:
        yield token, head
    for other in after[:1]:
        if token.dep_ in _BESIDE and other.dep_ in _BESIDE and head == other.head and head.i > other.i:
            yield token, other
        if is_name(token) and is_name(other) and other.head != token and head != other:
            yield token, other
    if len(after) > 1 and after[0].text == ",":
        other = after[1]
        while other.dep_ in {"compound", "amod"} and other.head.i == other.i + 1:
            other = other.head  # "Atlantic City , New Jersey"
        if is_name(token) and is_name(other):
            yield token, other


# Which annotated proposition each is


def meet(found: Sequence[Candidate], annotated: Sequence[Row], kept: Sequence[int]) -> None:
    """Give candidates the ids of annotated propositions, each to one at the most.

    One with words of its own is met by a candidate whose core has one of them, best the head; one that has
    none by a pair whose words stand in its two arguments.  An argument that is itself a proposition is
    annotated without text, and is met by any deed.  A pair also meets a word that is one of its two, where
    the other is an argument.
    """
    places = {word: at for at, word in enumerate(kept)}
    spoken = {row["id"]: {places[at] for at in row["tok"] if at in places} for row in annotated}
    spoken = {row["id"]: spoken[row["id"]] for row in annotated if row["explicit"]}
    _meet_words([one for one in found if one.core], spoken)
    deeds = {one.head.i for one in found if one.kind in {"deed", "noun"}}
    pairs = [one for one in found if not one.core]
    for explicit in (False, True):
        for row in annotated:
            taken = {one.id for one in found}
            if row["id"] in taken or bool(row["explicit"]) != explicit:
                continue
            texts = [set((one["text"] or "").casefold().split()) - {"-"} for one in row["args"]]
            for pair in (one for one in pairs if one.id is None):
                if _names(pair, spoken[row["id"]], texts) if explicit else _fills(pair, texts, deeds):
                    pair.id = row["id"]
                    break


def _meet_words(found: Sequence[Candidate], spoken: Mapping[Hashable, set[int]]) -> None:
    ways: list[tuple[float, int, Hashable]] = []
    for number, one in enumerate(found):
        core, rest = {word.i for word in one.core}, {word.i for word in one.rest}
        for id, words in spoken.items():
            if core & words:
                worth = 4 * (one.head.i in words) + len(core & words) + len(rest & words) / 2
                ways.append((worth + 2 * (one.kind in {"deed", "noun"}), -number, id))
    taken: set[Hashable] = set()
    for _, number, id in sorted(ways, key=lambda way: way[:2], reverse=True):
        if found[-number].id is None and id not in taken:
            found[-number].id = id
            taken.add(id)


def _fills(pair: Candidate, texts: Sequence[set[str]], deeds: set[int]) -> bool:
    said = [text for text in texts if text]
    if len(texts) != 2 or not said:
        return False
    (one, other), last = pair.arguments, said[-1]
    if len(said) == 1:
        return (one.lower_ in last and other.i in deeds) or (other.lower_ in last and one.i in deeds)
    first = said[0]
    return (one.lower_ in first and other.lower_ in last) or (one.lower_ in last and other.lower_ in first)


def _names(pair: Candidate, words: set[int], texts: Sequence[set[str]]) -> bool:
    said = set[str]().union(*texts)
    one, other = pair.arguments
    if pair.sign in words and one.lower_ in said and other.lower_ in said:
        return True
    inside = (one.i in words, other.i in words)
    return all(inside) or (inside[0] and other.lower_ in said) or (inside[1] and one.lower_ in said)
