"""OpenSanctions' ``index.json``: what a data set is, and which files it is published as.

The index of one data set names its files (``resources``) with size and SHA-1; a catalog has
such indexes of many (``datasets``).  Of the files the one that says most is read.  Where the index
names a list of changes (``delta_url``), a later edition can be made from an earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from secondsource.lists.file import ListFile
from secondsource.model import JSON

LAYOUT = "OpenSanctions index"
_READ = ("entities.ftm.json", "targets.nested.json", "statements.csv", "targets.simple.csv")
_DAYS = {"hourly": 1, "daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "annually": 366}
_LARGEST = 64 * 1024 * 1024
_LICENCE = "CC BY-NC 4.0 (OpenSanctions)"


@dataclass(frozen=True, slots=True)
class Published:
    """A data set as its publisher describes it, and the file of it that is read."""

    name: str
    authority: str
    licence: str | None
    day: str | None
    rhythm: int | None
    version: str | None
    file: str
    address: str
    checksum: str | None
    delta: str | None

    def places(self) -> tuple[str, ...]:
        """Where the file may lie beside its index."""
        return self.file, f"{self.name}/{self.file}"


def recognises(file: ListFile) -> bool:
    """True for an object of JSON that has files or data sets; a line of a list is none."""
    return bool(_described(file))


def _described(file: ListFile) -> JSON:
    if not file.head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return {}
    with file.open() as opened:
        data = opened.read(_LARGEST)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    described = isinstance(found, dict) and (
        isinstance(found.get("resources"), list) or isinstance(found.get("datasets"), list)
    )
    return found if described and "properties" not in _keys(found) else {}


def _keys(found: JSON) -> set[str]:
    return {"properties"} if isinstance(found.get("properties"), dict) else set()


def published(file: ListFile, name: str | None) -> Published:
    """The data set that the file describes, in a catalog the one called ``name``.

    Raises ListError where it describes none, or none of its files can be read.
    """
    found = _described(file)
    if "resources" in found:
        return _published(file, found)
    sets = {str(each.get("name")): each for each in found["datasets"] if isinstance(each, dict)}
    with_files = [each for each in sets if sets[each].get("resources")]
    wanted = name or (with_files[0] if len(with_files) == 1 else "")
    if wanted not in sets:
        some = ", ".join(with_files[:8])
        raise file.refused(f"a catalog of {len(sets)} data sets; say which with --name: {some} …")
    return _published(file, sets[wanted])


def _published(file: ListFile, found: JSON) -> Published:
    resources = {str(one.get("name")): one for one in found.get("resources") or () if isinstance(one, dict)}
    chosen = next((resources[name] for name in _READ if name in resources), None)
    if chosen is None or not found.get("name"):
        raise file.refused("none of the files that it names is in a layout that is known")
    day = found.get("last_export") or found.get("updated_at")
    coverage: Mapping[str, Any] = found.get("coverage") or {}
    publisher: Mapping[str, Any] = found.get("publisher") or {}
    return Published(
        name=str(found["name"]),
        authority=str(publisher.get("name") or found.get("title") or found["name"]),
        licence=_licence(found),
        day=str(day)[:10] if day else None,
        rhythm=_DAYS.get(str(coverage.get("frequency")), 1),
        version=str(found.get("version") or day or "") or None,
        file=str(chosen.get("path") or chosen["name"]),
        address=str(chosen.get("url") or ""),
        checksum=str(chosen.get("checksum") or "") or None,
        delta=str(found.get("delta_url") or "") or None,
    )


def _licence(found: JSON) -> str | None:
    stated = found.get("license") or found.get("licence")
    if isinstance(stated, Mapping):
        stated = stated.get("name") or stated.get("url")
    host = urlsplit(str(found.get("index_url") or "")).hostname or ""
    return str(stated) if stated else _LICENCE if host.endswith("opensanctions.org") else None


def deltas(file: ListFile, after: str, until: str) -> list[str] | None:
    """The addresses of the changes that lead from version ``after`` to ``until``, in their order.

    None where the list of changes does not reach back so far.  Raises ListError where it is none.
    """
    try:
        with file.open() as opened:
            versions = json.load(opened)["versions"]
        known = {str(version): str(address) for version, address in versions.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise file.refused("no list of changes (delta.json)") from error
    # Versions begin with their time, so that their order is that of their names.
    later = [version for version in sorted(known) if after < version <= until]
    return [known[version] for version in later] if after in known and until in known else None


def near(address: str) -> tuple[str, ...]:
    """Where the file of an address may lie beside its index: in a folder of its version, or by itself."""
    parts = PurePosixPath(urlsplit(address).path).parts
    return "/".join(parts[-2:]), parts[-1]
