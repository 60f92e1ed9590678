"""The shape of the package: small functions, small files, few parameters.

A function's size is its lines from ``def`` to its last, without its docstring: explaining a
function is not to make it longer.  Functions inside functions count in both.  Files count
whole.  The limits are those that the clearest projects of the field keep to.
"""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

import pytest

from sources import MODULES, Module

MEDIAN_FUNCTION = 8
P90_FUNCTION = 30
LONGEST_FILE = 400
MOST_PARAMETERS = 6

WIDER: dict[str, str] = {}
"""Functions with more parameters than that, each with the reason."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(module: Module) -> Iterator[Function]:
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def _size(function: Function) -> int:
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def _parameters(function: Function) -> int:
    given = function.args
    names = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, [given.vararg, given.kwarg])]
    return sum(name.arg not in {"self", "cls"} for name in names)


@pytest.fixture(scope="module")
def sizes() -> list[int]:
    return sorted(_size(function) for module in MODULES.values() for function in _functions(module))


def test_half_of_the_functions_are_short(sizes: list[int]) -> None:
    assert statistics.median(sizes) <= MEDIAN_FUNCTION


def test_nine_functions_in_ten_fit_a_screen(sizes: list[int]) -> None:
    assert sizes[len(sizes) * 9 // 10] <= P90_FUNCTION


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_no_file_is_long(module: Module) -> None:
    assert len(module.path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_functions_take_few_parameters(module: Module) -> None:
    wide = {
        f"{module.name}.{function.name}": _parameters(function)
        for function in _functions(module)
        if _parameters(function) > MOST_PARAMETERS
    }
    assert not wide.keys() - WIDER.keys()


def test_every_exception_is_still_needed() -> None:
    wide = {
        f"{module.name}.{function.name}"
        for module in MODULES.values()
        for function in _functions(module)
        if _parameters(function) > MOST_PARAMETERS
    }
    assert WIDER.keys() <= wide
