"""Wordings that tell stance and certainty, read from ``wording.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def _wordings() -> dict[str, list[str]]:
    return tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text("utf-8"))


def whole(kind: str, before: str = r"\b") -> re.Pattern[str]:
    """The pattern that finds any wording of a kind, as whole words."""
    return re.compile(rf"{before}(?:{'|'.join(_wordings()[kind])})\b", re.I)
