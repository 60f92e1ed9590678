"""Texts made plain, and their words: the quick ways find what the slow ones do."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from secondsource.text import plain, words

ODD = "\u2018\u2019\u201a\u201b\u2032\u00a0\u2009\u202f\u2002\u2003\u2010\u2011\u2012\t"
TEXTS = st.text() | st.text(alphabet=f"aZ é ß İ'-{ODD}\n")
SIMPLE = {**dict.fromkeys(ODD[:5], "'"), **dict.fromkeys(ODD[5:10], " "), **dict.fromkeys(ODD[10:13], "-")}


@given(TEXTS)
def test_each_character_is_made_plain_in_its_place(text: str) -> None:
    assert plain(text) == "".join({**SIMPLE, "\t": " "}.get(letter, letter) for letter in text)


@given(TEXTS)
def test_words_are_folded_one_by_one(text: str) -> None:
    assert words(text) == [word.casefold() for word in re.findall(r"\w+", text)]
