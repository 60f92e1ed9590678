"""The bundle of the desk: pinned without hosts, made anew when its sources change."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def hook(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", root / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(root: Path, hook: ModuleType, tmp_path: Path) -> Path:
    """The sources of the bundle by themselves, not built."""
    for name in hook.SOURCES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def _build(hook: ModuleType, checkout: Path) -> None:
    static = checkout / hook.STATIC
    static.mkdir(parents=True)
    for name in hook.BUNDLE:
        (static / name).touch()
    (static / "stamp").write_text(hook.fingerprint(checkout))


@pytest.mark.parametrize("platform", ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"])
def test_the_lockfile_holds_the_bundler_for(platform: str, root: Path) -> None:
    lock = json.loads((root / "frontend" / "package-lock.json").read_text("utf-8"))
    package = lock["packages"][f"node_modules/@esbuild/{platform}"]
    assert package["version"] == lock["packages"]["node_modules/esbuild"]["version"]
    assert package["integrity"].startswith("sha512-")


def test_the_lockfile_pins_everything_by_hash_and_names_no_registry(root: Path) -> None:
    lock = json.loads((root / "frontend" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages["node_modules/htmx.org"]["version"].startswith("2.")
    assert all(package["integrity"] for package in packages.values())
    assert not any("resolved" in package for package in packages.values())


def test_no_script_of_a_package_is_run(root: Path) -> None:
    settings = (root / "frontend" / ".npmrc").read_text("utf-8").split()
    assert "ignore-scripts=true" in settings
    assert "omit-lockfile-registry-resolved=true" in settings


def test_node_is_needed_only_while_the_bundle_is_missing_or_old(hook: ModuleType, checkout: Path) -> None:
    asked = hook.AssetsHook(str(checkout), {}, None, None, "", "wheel")
    assert asked.dependencies() == [hook.NODE]
    _build(hook, checkout)
    assert asked.dependencies() == []
    (checkout / hook.STATIC / "desk.js").unlink()
    assert asked.dependencies() == [hook.NODE]


@pytest.mark.parametrize("index", range(8))
def test_a_change_to_any_source_makes_it_old(hook: ModuleType, checkout: Path, index: int) -> None:
    _build(hook, checkout)
    assert hook.is_current(checkout)
    with (checkout / hook.SOURCES[index]).open("a") as source:
        source.write("\n")
    assert not hook.is_current(checkout)


def test_every_file_of_the_front_end_counts(hook: ModuleType, root: Path) -> None:
    kept = {f"frontend/{path.name}" for path in (root / "frontend").iterdir() if path.is_file()}
    assert kept == {name for name in hook.SOURCES if name.startswith("frontend/")}


def test_the_bundle_is_there_and_loads_nothing(hook: ModuleType, root: Path) -> None:
    style = (root / hook.STATIC / "desk.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style
