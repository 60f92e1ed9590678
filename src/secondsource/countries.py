"""Which states are meant where a list, a form or a person writes a country or a nationality.

OFAC writes “Korea, North”, the EU “Russian, Ukrainian”, the UN “Democratic People's Republic of Korea”, a
client of an API ``kp``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

_REMARK = re.compile(r"\([^)]*\)|\b[a-z]\)")
_PARTS = re.compile(r"[,;/]|\band\b|\bor\b")
_STYLE = re.compile(
    r"^(?:(?:united|federal|socialist|plurinational|bolivarian) )?(?:republic|kingdom|state) of "
)
_LONGEST = 200

_TABLE = Path(__file__).parent / "gazetteers" / "states.toml"
"""Read from here, since the gazetteers as a whole take longer to load than a name to be screened."""


@lru_cache(maxsize=8_192)
def country_codes(text: str) -> tuple[str, ...]:
    """The ISO 3166-1 codes, in small letters, of the states that ``text`` names or says somebody is of; of
    an adjective of two states both.  Empty where none is known."""
    words = _REMARK.sub(" ", text[:_LONGEST].casefold())
    for whole in (words, *_turned(words)):
        if found := _known(whole):
            return found
    return tuple(dict.fromkeys(code for part in _PARTS.split(words) for code in _known(part)))


def as_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """The codes of all that ``texts`` name, each once; what names no state that is known stays as it is."""
    return tuple(dict.fromkeys(code for text in texts for code in country_codes(text) or (text,)))


def country_name(code: str) -> str:
    """The name of the state that has an ISO code, as it is shown; the code itself of none."""
    return _states()[0].get(code.casefold(), code)


def _known(text: str) -> tuple[str, ...]:
    key = _key(text)
    table = _states()[1]
    return table.get(key) or table.get(_STYLE.sub("", key), ())


def _turned(text: str) -> Iterator[str]:
    """“North Korea” of “Korea, North”."""
    head, comma, style = text.partition(",")
    if comma and "," not in style:
        yield f"{style} {head}"


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(" " if mark in "-/" else mark for mark in plain if mark.isalnum() or mark in " -/")
    return " ".join(plain.split()).removeprefix("the ")


@cache
def _states() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The name of each code, and the codes of each form: a name first, then what people are called."""
    import tomllib  # most names are screened without a country

    rows = tomllib.loads(_TABLE.read_text("utf-8"))
    forms: dict[str, tuple[str, ...]] = {}
    for code, row in rows.items():
        for form in (code, row["name"], *row.get("also", ())):
            forms.setdefault(_key(form), (code,))
    called: dict[str, tuple[str, ...]] = {}
    for code, row in rows.items():
        for form in map(_key, row.get("people", ())):
            called[form] = (*called.get(form, ()), code)
    return {code: row["name"] for code, row in rows.items()}, {**called, **forms}
