"""The documents that come with the program hold together, and it speaks as they say."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Literal, get_args, get_origin

import click
import pytest

from secondsource import model
from secondsource.cli import cli
from sources import MODULES, Module

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
TEMPLATES = sorted((ROOT / "src" / "secondsource").rglob("*.html"))

README_LINES = 150
SAY_NEVER = re.compile(
    r"\b(?:un)?verified\b|\b(?:dis)?proven\b|\bproof\b|\bguilty\b|\bliars?\b|\bfacts?\b|\btruths?\b|\btrue\b"
    r"|\bhits?\b|\bis sanctioned\b|\bfake\b",
    re.IGNORECASE,
)
SPEAKING = {"cli", "templates", "web", "corroborate", "resolve", "screen", "dossier", "comparisons", "errors"}
"""The parts whose sentences a user reads; a lexicon of reporting words is not a sentence."""

LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
COMMAND = re.compile(r"(?<!from )\bsecondsource (?P<name>[a-z]+)\b")
PATH = re.compile(r"``(?P<path>(?:docs|bench|evals|examples|tests)/[\w./-]+)``")
ENTRY = re.compile(r"^\*\*.+?\*\* — ", re.MULTILINE)


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# What the documents promise


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len(_read(ROOT / "README.md").splitlines()) <= README_LINES


@pytest.mark.parametrize(
    "name", ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/glossary.md"]
)
def test_a_project_has(name: str) -> None:
    assert _read(ROOT / name).strip()


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [found["target"].partition("#")[0] for found in LINK.finditer(_read(page))]
    here = [
        target for target in targets if target and "://" not in target and not target.startswith("mailto:")
    ]
    assert [target for target in here if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_commands_that_are_written_about_exist(page: Path) -> None:
    code = "\n".join(re.findall(r"`[^`\n]+`|^    .+$|^```.*?^```", _read(page), re.MULTILINE | re.DOTALL))
    named = {found["name"] for found in COMMAND.finditer(code)}
    assert named <= set(cli.commands)


def test_the_readme_names_the_commands_of_the_main_job() -> None:
    readme = _read(ROOT / "README.md")
    for name in ("ingest", "extract", "questions", "show", "screen", "dossier", "serve", "verify"):
        assert f"secondsource {name}" in readme


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_files_that_a_docstring_names_exist(module: Module) -> None:
    named = [found["path"] for found in PATH.finditer(_read(module.path))]
    assert [path for path in named if not (ROOT / path).exists()] == []


# The words


@pytest.fixture(scope="module")
def glossary() -> str:
    return _read(ROOT / "docs" / "glossary.md")


def _terms(glossary: str) -> list[str]:
    return [
        term.casefold() for head in ENTRY.findall(glossary) for term in re.findall(r"\*\*(.+?)\*\*", head)
    ]


def _defined(glossary: str) -> set[str]:
    return {
        *_terms(glossary),
        *(word.casefold() for word in re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", glossary)),
    }


def test_the_glossary_defines_each_term_once(glossary: str) -> None:
    assert [term for term, times in Counter(_terms(glossary)).items() if times > 1] == []
    entries = [line for line in glossary.splitlines() if line.startswith("**")]
    assert len(entries) == len(ENTRY.findall(glossary))


def test_the_glossary_defines_every_noun_of_the_model(glossary: str) -> None:
    nouns = [name for name, value in vars(model).items() if is_dataclass(value) or value is model.Span]
    spoken = {" ".join(re.findall("[A-Z][a-z]*", name)).casefold() for name in nouns}
    assert "list edition" in spoken
    assert spoken - _defined(glossary) == set()


def test_the_glossary_defines_every_value_of_the_model(glossary: str) -> None:
    values = {
        word for value in vars(model).values() if get_origin(value) is Literal for word in get_args(value)
    }
    assert {"unaware", "single-origin", "hearsay"} <= values
    assert values - _defined(glossary) == set()


@pytest.mark.parametrize("page", TEMPLATES, ids=_named)
def test_no_page_says_what_the_program_cannot_know(page: Path) -> None:
    spoken = re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", " ", _read(page), flags=re.DOTALL)
    assert SAY_NEVER.findall(spoken) == []


@pytest.mark.parametrize("said", ["a verified claim", "It is a Fact.", "3 hits", "is sanctioned"])
def test_the_words_are_looked_for(said: str) -> None:
    assert SAY_NEVER.search(said)


def _sentences(module: Module) -> Iterator[str]:
    """String constants with a space in them; docstrings only where they are a command's help."""
    silent = set()
    for node in ast.walk(module.tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr) and module.part != "cli":
            silent.add(id(body[0].value))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(text := node.value, str) and id(node) not in silent:
            yield from [text] if " " in text and "\\b" not in text else []


@pytest.mark.parametrize("module", [m for m in MODULES.values() if m.part in SPEAKING], ids=lambda m: m.name)
def test_no_sentence_says_what_the_program_cannot_know(module: Module) -> None:
    assert [text for text in _sentences(module) if SAY_NEVER.search(text)] == []


def _commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from _commands(command)


@pytest.mark.parametrize("command", list(_commands(cli)), ids=lambda command: str(command.name))
def test_every_command_and_option_explains_itself(command: click.Command) -> None:
    assert command.help
    assert not SAY_NEVER.search(command.help)
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help
            assert not SAY_NEVER.search(option.help)
