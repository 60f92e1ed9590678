"""The package's own source as syntax trees, for the tests that hold its layout and shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = "secondsource"
SRC = Path(__file__).parent.parent / "src"


class Module(NamedTuple):
    """One file of the package: its dotted name, its path and its tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def part(self) -> str:
        """The first name below the package: the noun, kind or verb that the file belongs to."""
        return self.name.partition(".")[2].partition(".")[0]


class Import(NamedTuple):
    """One imported module, own or foreign, and whether it waits for a function to be called."""

    target: str
    lazy: bool
    line: int


def _module(path: Path) -> Module:
    parts = path.relative_to(SRC).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, ast.parse(path.read_text("utf-8"), str(path)))


MODULES = {module.name: module for module in map(_module, sorted((SRC / PACKAGE).rglob("*.py")))}


def imports(module: Module) -> Iterator[Import]:
    """Every import of ``module``, those for type checkers only included."""
    inside = {
        id(node)
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(module.tree):
        for target in _targets(module, node):
            yield Import(target, id(node) in inside, getattr(node, "lineno", 0))


def _targets(module: Module, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = ".".join(filter(None, [_parent(module, node.level), node.module]))
        for alias in node.names:
            below = f"{base}.{alias.name}"
            yield below if below in MODULES else base


def _parent(module: Module, level: int) -> str:
    up = level - module.is_package
    return module.name.rsplit(".", up)[0] if level else ""


def own(module: Module) -> Iterator[Import]:
    """The imports of ``module`` that stay inside the package."""
    return (found for found in imports(module) if found.target.split(".")[0] == PACKAGE)
