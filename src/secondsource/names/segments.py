"""Words written without spaces told apart: Chinese and Korean names of bodies.

“深圳电子科技有限公司” is four words to whoever reads it and one to a machine.  The words that
are told are those of ``meanings.txt`` and the legal forms; what is between them stays together.
Names of people, which are shorter than `SHORTEST`, are left as they are.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SHORTEST = 5
"""Letters from which a run of Chinese or Korean is taken for the name of a body."""

_CHINESE_RUN = re.compile("[㐀-鿿]{5,}")
_FORMS = {
    "股份有限公司": "co ltd",
    "有限责任公司": "co ltd",
    "有限責任公司": "co ltd",
    "有限公司": "co ltd",
    "公司": "company",
    "集团": "group",
    "集團": "group",
}


@cache
def table(name: str = "meanings") -> tuple[str, ...]:
    """The rows of ``meanings.txt``, or of another table beside it."""
    # Not by `importlib.resources`, which loads what reads archives: longer than it takes to find a name.
    rows = Path(__file__).with_name(f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(row for row in rows if row and not row.startswith("#"))


@cache
def _known(letters: str) -> re.Pattern[str]:
    """Finds every word of the tables in one script, written backwards, the longest first."""
    rows = (*table(), *table("chinese_places"))
    words = {word for row in rows for word in row.split() if re.fullmatch(f"[{letters}]{{2,}}", word)}
    return re.compile("|".join(word[::-1] for word in sorted(words, key=lambda word: (-len(word), word))))


def _told(run: str, letters: str) -> str:
    """``run`` with spaces around the words that are told in it, from its end on: heads stand last."""
    return _known(letters).sub(r" \g<0> ", run[::-1])[::-1]


def apart(text: str) -> str:
    """``text`` with spaces around the words that are told in its longer Chinese runs."""
    for form, latin in _FORMS.items():
        text = text.replace(form, f" {latin} ")
    return _CHINESE_RUN.sub(_chinese, text)


def _chinese(run: re.Match[str]) -> str:
    return _told(run[0], "㐀-鿿").replace(" 市", " ").replace(" 省", " ")


def korean(word: str) -> str:
    """A Korean word with spaces around the words that are told in it."""
    return _told(word, "가-힣")
