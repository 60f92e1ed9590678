"""The package reads as one sentence, and its imports run strictly down it.

nouns → ground → kinds → verbs → desk → doors.  A verb never imports a verb and a kind never
another kind, but for the pairs in `BUILT_ON`: verbs that share work share a kind.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import sources
from sources import MODULES, Module

LAYERS = {
    "nouns": {
        "assessments",
        "documents",
        "judging",
        "listing",
        "model",
        "provenance",
        "errors",
        "text",
        "contract",
        "records",
        "merkle",
        "revision",
        "amendment",
        "days",
        "countries",
    },
    "ground": {"config", "garbage", "shares", "store"},
    "kinds": {
        "readers",
        "language",
        "languages",
        "isolation",
        "fetch",
        "timestamps",
        "extractor",
        "gazetteers",
        "names",
        "alignment",
        "comparisons",
        "index",
        "lists",
        "ftm",
        "derivation",
        "goods",
        "templates",
    },
    "verbs": {
        "ingest",
        "extract",
        "resolve",
        "corroborate",
        "screen",
        "dossier",
        "evaluate",
        "bag",
        "appraise",
        "trade",
    },
    "desk": {"desk"},
    "doors": {"cli", "web", "__main__"},
}
ORDER = list(LAYERS)
LAYER_OF = {part: layer for layer, parts in LAYERS.items() for part in parts}
BUILT_ON = {
    ("extractor", "language"),
    ("extractor", "languages"),
    ("languages", "language"),
    ("languages", "names"),
    ("languages", "gazetteers"),
    ("extractor", "gazetteers"),
    ("extractor", "names"),
    ("derivation", "gazetteers"),
    ("ftm", "gazetteers"),
    ("alignment", "names"),
    ("isolation", "readers"),
    ("comparisons", "names"),
    ("comparisons", "alignment"),
    ("index", "names"),
    ("index", "alignment"),
    ("index", "comparisons"),
}
LAZY = {"secondsource", "secondsource.desk", "secondsource.cli", "secondsource.store"}


def _layer(part: str) -> int:
    return ORDER.index(LAYER_OF[part])


def _canonical(distribution: str) -> str:
    return re.sub("[-_.]+", "-", distribution).lower()


def _names(lines: list[str]) -> set[str]:
    return {_canonical(re.split("[^A-Za-z0-9._-]", line)[0]) for line in lines}


def _may_import(part: str, target: str) -> bool:
    if part == target or part == "":
        return True
    if target == "":
        return LAYER_OF[part] == "doors"
    if LAYER_OF[part] == LAYER_OF[target] == "kinds":
        return (part, target) in BUILT_ON
    if LAYER_OF[part] == LAYER_OF[target]:
        return LAYER_OF[part] in {"nouns", "ground", "doors"}
    return _layer(target) < _layer(part) and not (LAYER_OF[part] == "kinds" and target == "store")


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_every_module_has_a_layer_and_imports_only_below_it(module: Module) -> None:
    assert module.part in {"", *LAYER_OF}, f"{module.path.name} stands in no layer: give it one"
    wrong = [
        f"line {found.line}: {found.target}"
        for found in sources.own(module)
        if not _may_import(module.part, MODULES[found.target].part)
    ]
    assert not wrong


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_own_modules_are_imported_at_the_top(module: Module) -> None:
    late = [f"line {found.line}: {found.target}" for found in sources.own(module) if found.lazy]
    assert (
        not late or module.name in LAZY or module.name.startswith(("secondsource.cli.", "secondsource.desk."))
    )


def test_no_module_is_part_of_an_import_cycle() -> None:
    edges = {
        name: {found.target for found in sources.own(module) if not found.lazy} - {name}
        for name, module in MODULES.items()
    }
    edges["secondsource"] = set()  # its names are for type checkers, and load on first use
    while leaves := [name for name, targets in edges.items() if not targets & edges.keys()]:
        for name in leaves:
            del edges[name]
    assert not edges, f"in a cycle, or above one: {sorted(edges)}"


def test_every_package_imported_is_a_declared_dependency(root: Path) -> None:
    """A development tool's dependency would otherwise stand in for one that is not declared."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    allowed = _names(project["dependencies"])
    of = {"languages": allowed | _names(extras["ru"]) | _names(extras["zh"])}
    distributions = packages_distributions()
    undeclared = {
        f"{module.name} imports {top}"
        for module in MODULES.values()
        for top in {found.target.split(".")[0] for found in sources.imports(module)}
        if top not in {*sys.stdlib_module_names, sources.PACKAGE}
        and not of.get(module.part, allowed) & set(map(_canonical, distributions.get(top, [])))
    }
    assert not undeclared
