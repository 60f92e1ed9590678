"""The templates, shared by the desk's pages and by dossiers: one template for one thing.

Every value is escaped where it enters a page (Jinja's autoescape for ``.html``), and a
name that a template does not know is an error and not an empty string.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

from secondsource.model import Claim, Document, Entity, Question
from secondsource.templates import wording
from secondsource.templates.marking import marked

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")
_LEADING = re.compile(r"^(\d*)([-+#=.):])")


ROOT: ContextVar[str] = ContextVar("ROOT", default="")
"""The path under which a case is reached where one server has several, "/cases/harbour"; else empty."""


class Links(Protocol):
    """Where a page or a dossier shows a thing; None where it does not."""

    def question(self, question: Question) -> str | None: ...
    def claim(self, claim: Claim) -> str | None: ...
    def document(self, document: Document) -> str | None: ...
    def entity(self, entity: Entity) -> str | None: ...


def markdown(text: object) -> str:
    """``text`` on one line with every character escaped that Markdown or HTML could take for markup."""
    line = " ".join(str(text).split())
    return _LEADING.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", line))


@cache
def environment() -> Environment:
    """The Jinja environment: `wording` as ``words``, `marked`, and ``markdown`` as a filter."""
    # Loaded here: commands that use the wording alone must not wait for it.
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=PackageLoader("secondsource", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["words"] = wording
    made.globals["root"] = ROOT.get
    made.globals["marked"] = marked
    made.filters["markdown"] = markdown
    return made


def style() -> str:
    """The style sheet of what desk and dossier share."""
    return files("secondsource").joinpath("templates", "evidence.css").read_text(encoding="utf-8")


def render(template: str, /, **values: object) -> str:
    """A template of the package with ``values``."""
    return environment().get_template(template).render(values)
