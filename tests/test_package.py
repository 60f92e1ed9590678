"""The wheel that a user installs holds everything that the checkout runs on."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_holds_every_file_of_the_package(root: Path, wheel: zipfile.ZipFile) -> None:
    source = root / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in (source / "secondsource").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"secondsource/py.typed", "secondsource/extractor/cues.toml"} <= files
    assert files <= set(wheel.namelist())


def test_the_wheel_holds_the_bundle_of_the_desk(wheel: zipfile.ZipFile) -> None:
    script = wheel.read("secondsource/web/static/desk.js")
    assert b"htmx" in script
    assert wheel.read("secondsource/web/static/desk.css")


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"secondsource"}


def test_the_command_is_that_of_the_package(wheel: zipfile.ZipFile) -> None:
    (points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "secondsource = secondsource.cli:main" in wheel.read(points).decode()
