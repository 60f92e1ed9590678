"""Bodies that a text calls by common nouns, "the coast guard", and what they are in full.

A text gives the name once, "the coast guard of Oshmara" or "Oshmara's coast guard", and goes on with the
nouns alone; "its army" is the army of whoever the sentence before was about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from secondsource.corroborate.identity import Identity
from secondsource.text import plain, words

_BODIES = (
    "ministry agency government police army navy authority authorities council embassy department treasury "
    "institute court office guard guards force forces military hospital centre center service customs "
    "prosecutors prosecutor parliament university watchdog commission committee regulator inspectorate "
    "directorate bureau administration bloc group company firm bank operator union party organisation "
    "organization museum laboratory observatory registry registrar"
)
_WORD_OF_BODY = frozenset(words(_BODIES))
_PHRASE = re.compile(r"(?:(?P<own>[Ii]ts|[Tt]heir)|[Tt]he|[Aa]n?)?\s*(?P<nouns>[A-Za-z-]+(?: [a-z-]+){0,3})")
_PAPERS = re.compile(
    r"(?:[Tt]he|[Tt]his|[Ii]ts) (study|report|survey|analysis|investigation|statement|dossier|paper|audit)"
)
_SENTENCE = re.compile(r"(?<=[.?!”\"])\s+(?=[A-Z“\"])|\n+")
_NAME = r"[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}"
_WHOSE = re.compile(rf"{_NAME}'s? (?P<kind>(?:[a-z-]+ ){{1,3}})(?P<noun>[a-z]+)")
_CLAUSE = re.compile(r"[;:“”\"]|\b(?:that|said|says|told|and|but)\b")
_TELLS_WHO = re.compile(r"(?:,| \(| (?=(?:of|at|from|for|with)\b)) ?([^,;:.()“”\"]{3,90})")
_TITLE = 40
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})


@lru_cache(maxsize=1 << 14)
def nouns(phrase: str) -> str | None:
    """The nouns of a body that a phrase names by nothing else; None for a name, and for people.

    >>> nouns("The coast guard"), nouns("Police"), nouns("Oshmara's police"), nouns("the officials")
    ('coast guard', 'police', None, None)
    """
    shape = _PHRASE.fullmatch(plain(phrase).strip())
    if shape is None:
        return None
    said = shape["nouns"].casefold()
    return said if said.split()[-1] in _WORD_OF_BODY and said not in _ARTICLES else None


def beside(sentences: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """What a text says beside one of the names to tell who that is: "The head of the port, Ann Lee, 45"."""
    pattern = re.compile("|".join(re.escape(name) for name in names))
    for sentence in sentences:
        for match in pattern.finditer(sentence):
            before = _CLAUSE.split(sentence[: match.start()])[-1]
            yield before.removesuffix(", ").split(", ")[-1] if before.endswith(", ") else before[-_TITLE:]
            if after := _TELLS_WHO.match(sentence, match.end()):
                yield after[1]


class InFull:
    """Finds what bodies said in common nouns are in full, in the documents of one case."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._told: dict[str, dict[str, str | None]] = {}

    def forget(self, document: str) -> None:
        """What was found in a document whose text or names changed."""
        self._told.pop(document, None)

    def name(self, document: str, phrase: str, start: int) -> str | None:
        """The words in full, as the text has them, for a phrase that stands at ``start``; None for a name,
        and where the text tells of no such body or of two."""
        said = nouns(phrase)
        if said is None:
            return self._called(document, phrase)
        if re.match(r"(?:its|their)\b", phrase, re.IGNORECASE):
            owner = self._before(document, start)
            return f"{owner}'s {said}" if owner else None
        known = self._told.setdefault(document, {})
        if said not in known:
            known[said] = self._only(document, said)
        return known[said]

    def _called(self, document: str, phrase: str) -> str | None:
        """The one name that the text explains by these nouns: "Torvik's transport agency" is
        "Trafo, the transport and harbour agency"."""
        shape = _WHOSE.fullmatch(plain(phrase).strip())
        if shape is None or shape["noun"] not in _WORD_OF_BODY:
            return None
        known, noun = self._told.setdefault(document, {}), f"called {shape['kind']}{shape['noun']}"
        if noun not in known:
            text = plain(self._identity.documents[document].text)
            explained = re.finditer(rf"\b({_NAME}), (?:the|an?) ((?:[a-z-]+ ){{1,5}}){shape['noun']}\b", text)
            kinds = {*shape["kind"].split()}
            names = [one[1] for one in explained if kinds <= {*one[2].split()}]
            found = {self._identity.key(document, one): one for one in names if self._is_body(document, one)}
            known[noun] = next(iter(found.values())) if len(found) == 1 else None
        return known[noun]

    def author(self, document: str, phrase: str) -> str | None:
        """Whose "the study" is: the one name that the text says made one, "said in a study"."""
        shape = _PAPERS.fullmatch(plain(phrase).strip())
        if shape is None:
            return None
        known, noun = self._told.setdefault(document, {}), f"by {shape[1].casefold()}"
        if noun not in known:
            text, paper = plain(self._identity.documents[document].text), re.escape(shape[1])
            shapes = (
                rf"{paper} (?:by|from|of) (?:the )?(?P<by>{_NAME})|(?P<whose>{_NAME})'s? (?:\w+ )?{paper}\b"
                rf"|(?P<said>{_NAME})(?:[^.\n]{{0,30}})? (?:in|with) an? (?:\w+ )?{paper}\b"
            )
            names = [shape[shape.lastgroup or 0] for shape in re.finditer(shapes, text)]
            made = {self._identity.key(document, one): one for one in names if self._is_body(document, one)}
            known[noun] = next(iter(made.values())) if len(made) == 1 else None
        return known[noun]

    def _is_body(self, document: str, name: str) -> bool:
        body = self._identity.of_name(document, name)
        return body is not None and self._identity.is_body(body)

    def _only(self, document: str, said: str) -> str | None:
        """The one body of these nouns that a document names: "Oshmara's police", "Lorn Centre"."""
        text = plain(self._identity.documents[document].text)
        tail = r"\s+".join(rf"(?i:{re.escape(word)})" for word in said.split())
        shapes = rf"(?P<of>{_NAME})(?:'s?)? {tail}\b(?! of\b)|\b{tail} of (?:the )?(?P<whose>{_NAME})"
        found: dict[str, str] = {}
        for shape in re.finditer(shapes, text):
            name = re.sub(r"^(?:The|A|An|Its|Their) ", "", shape[0])
            if self._identity.within(document, name):
                found.setdefault(self._identity.key(document, name), name)
        return next(iter(found.values())) if len(found) == 1 else None

    def _before(self, document: str, start: int) -> str | None:
        """The first name of the sentence before the one that a phrase opens, or of its own before it."""
        text = plain(self._identity.documents[document].text)[:start]
        stretches = [one for one in _SENTENCE.split(text) if one.strip()]
        own = stretches.pop() if stretches and not text.rstrip(' "“').endswith((".", "!", "?")) else ""
        for stretch in (own, *stretches[-1:]):
            for shape in re.finditer(_NAME, stretch):
                if self._identity.of_name(document, shape[0]):
                    return shape[0]
        return None
