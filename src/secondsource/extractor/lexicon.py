"""The cue lexicon, read from ``cues.toml``: which words attribute, and how.

The classes follow PARC 3.0 (source, cue, content); what a cue does to stance and
certainty is data, one row a cue, so that adding one needs no code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, get_args

from secondsource.errors import SecondSourceError
from secondsource.model import BasisKind, Certainty, Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """One attributing word or phrase: its class, what it takes, and what it does to the claim.

    ``takes`` holds "clause", "quote", "object", "object-as", "object-of", "complement"
    or a preposition; ``prepositions`` gives those that bring a stance of their own.
    ``negated`` and ``unable`` are the stances of the cue after "not" and "could not", None
    where it then attributes nothing.  ``factive`` cues take their content for granted.
    """

    lemma: str
    kind: str
    stance: Stance
    takes: frozenset[str]
    certainty: Certainty | None = None
    hearer: bool = False
    needs_document: bool = False
    needs_speaker: bool = False
    particle: str | None = None
    prepositions: Mapping[str, Stance] = field(default_factory=dict)
    factive: bool = False
    negated: Stance | None = None
    unable: Stance | None = None
    impersonal: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The lemmas of a phrase, first to last."""
        return tuple(self.lemma.split())

    @property
    def around(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of a framing before its source and after it."""
        before, _, after = self.lemma.partition("{}")
        return tuple(before.split()), tuple(after.removeprefix("'s").split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every cue by lemma, and the nouns that are documents with what kind of basis they give.

    ``phrases`` are by their first lemma, those of more words first; ``framings`` are phrases
    around the source, whose place in them is "{}"; ``support`` are verbs that only carry a noun,
    and ``states`` those that carry only a noun of what somebody knows, infers or thinks.
    """

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    phrases: Mapping[str, tuple[Cue, ...]]
    framings: Mapping[str, tuple[Cue, ...]]
    documents: Mapping[str, BasisKind]
    support: frozenset[str]
    states: frozenset[str]

    def carries(self, verb: str, noun: Cue) -> bool:
        """True where a verb's subject holds the noun that is its object ("issued a warning")."""
        return verb in self.support or (verb in self.states and noun.kind in _HELD)


_HELD = frozenset({"perception", "inference", "judgement"})
_STANCED_PREPOSITIONS = ("for", "on")


def _cue(lemma: str, row: Mapping[str, Any], classes: Mapping[str, Any]) -> Cue:
    base = classes[row["class"]]
    sources = row.get("sources", base.get("sources"))
    return Cue(
        lemma=lemma,
        kind=row["class"],
        stance=row.get("stance", base["stance"]),
        takes=frozenset(row.get("takes", base["takes"])),
        certainty=row.get("certainty"),
        hearer=row.get("hearer", False),
        needs_document=sources == "document",
        needs_speaker=sources == "speaker",
        particle=row.get("particle"),
        prepositions={name: row[name] for name in _STANCED_PREPOSITIONS if name in row},
        factive=row.get("factive", False),
        negated=row.get("negated"),
        unable=row.get("unable"),
        impersonal=row.get("impersonal", False),
    )


def _by_first_word(cues: Iterable[Cue]) -> Mapping[str, tuple[Cue, ...]]:
    """Phrases by their first word, the longest first, so that the fullest that fits is found."""
    found: dict[str, list[Cue]] = {}
    for cue in sorted(cues, key=lambda cue: (-len(cue.words), cue.lemma)):
        found.setdefault(cue.words[0], []).append(cue)
    return {first: tuple(cues) for first, cues in found.items()}


_SECTIONS = ("verb", "noun", "adjective", "phrase", "preposition")
_STANCES, _CERTAINTIES = frozenset(get_args(Stance)), frozenset(get_args(Certainty))
_FLAGS = frozenset({True, False})
_VALUES: Mapping[str, frozenset[Any]] = {
    "stance": _STANCES, "negated": _STANCES, "unable": _STANCES, "for": _STANCES, "on": _STANCES,
    "certainty": _CERTAINTIES, "sources": frozenset({"document", "speaker", "any"}),
    "hearer": _FLAGS, "factive": _FLAGS, "impersonal": _FLAGS,
}  # fmt: skip
_TAKES = re.compile(r"clause|quote|object|complement|object-[a-z]+|[a-z]{2,7}")
_FORMS = {
    "verb": (re.compile(r"[a-z]+"), "one word in lower case"),
    "noun": (re.compile(r"[a-z]+"), "one word in lower case"),
    "adjective": (re.compile(r"[a-z]+"), "one word in lower case"),
    "phrase": (re.compile(r"[a-z]+(?: [a-z]+)+"), "two words or more in lower case"),
    "preposition": (
        re.compile(r"[a-z]+(?: [a-z]+)* \{\}(?:'s(?: [a-z]+)+)?"),
        "words in lower case around {}, the source",
    ),
}


def _check(section: str, lemma: str, row: Mapping[str, Any], classes: Mapping[str, Any]) -> None:
    """Raises `SecondSourceError` with what a row does not mean."""
    where = f"cues.toml, [{section}] {lemma!r}:"
    form, told = _FORMS[section]
    if not form.fullmatch(lemma):
        raise SecondSourceError(f"{where} a cue of this section is {told}.")
    if row.get("class") not in classes:
        raise SecondSourceError(f"{where} class {row.get('class')!r} is none of {', '.join(classes)}.")
    for key, value in row.items():
        if key in {"class", "takes", "particle"}:
            continue
        if key not in _VALUES:
            raise SecondSourceError(f"{where} {key!r} is nothing that a row can set.")
        if not isinstance(value, (str, bool)) or value not in _VALUES[key]:
            allowed = ", ".join(sorted(map(str, _VALUES[key]))).lower()
            raise SecondSourceError(f"{where} {key} is {value!r}, not one of {allowed}.")
    takes = row.get("takes", classes[row["class"]]["takes"])
    wrong = [take for take in takes if not _TAKES.fullmatch(take)] if isinstance(takes, list) else [takes]
    if wrong:
        raise SecondSourceError(f"{where} takes {wrong[0]!r}, which is no construction.")


def read(text: str) -> Lexicon:
    """The lexicon that a TOML text in the layout of ``cues.toml`` holds.

    Raises `SecondSourceError` with section, row and reason where a row does not mean anything.
    """
    data = tomllib.loads(text)
    for section in _SECTIONS:
        for lemma, row in data[section].items():
            _check(section, lemma, row, data["class"])
    kinds: dict[str, BasisKind] = {"written": "documents", "recorded": "imagery", "measured": "data"}
    cues = {
        section: {lemma: _cue(lemma, row, data["class"]) for lemma, row in data[section].items()}
        for section in _SECTIONS
    }
    return Lexicon(
        verbs=cues["verb"],
        nouns=cues["noun"],
        adjectives=cues["adjective"],
        phrases=_by_first_word(cues["phrase"].values()),
        framings=_by_first_word(cues["preposition"].values()),
        documents={noun: kinds[kind] for kind, nouns in data["documents"].items() for noun in nouns},
        support=frozenset(data["support"]["verbs"]),
        states=frozenset(data["support"]["states"]),
    )


def shipped() -> str:
    """The text of the lexicon that comes with the package."""
    return resources.files(__package__).joinpath("cues.toml").read_text("utf-8")


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return read(shipped())
