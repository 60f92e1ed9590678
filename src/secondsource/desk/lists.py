"""What a desk does with designation lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from secondsource.desk.case import Case
from secondsource.errors import ListError, NotFound, ReadError
from secondsource.model import Designation, ListEdition

if TYPE_CHECKING:
    from secondsource.lists import ListFile, ListHeader

Mapped = Mapping[str, str]


class Stated(NamedTuple):
    """What a user says of a list that its file does not: each in place of what the file says."""

    name: str | None = None
    authority: str | None = None
    licence: str | None = None
    published: str | None = None
    rhythm: int | None = None


class Changes(NamedTuple):
    """How an edition of a list differs from another: entries that came, went and were altered."""

    added: tuple[Designation, ...]
    removed: tuple[Designation, ...]
    altered: tuple[tuple[Designation, Designation], ...]


class Lists(Case):
    """The lists of a case."""

    def add_list(
        self, path: str | Path, *, stated: Stated | None = None, mapping: Mapped | None = None
    ) -> ListEdition:
        """Put a designation list in force in place of its last edition.

        ``path`` is a file, or an http(s) address that is fetched once, now.  A file of changes
        (delta) is applied to the list of its name that is in force.  ``mapping`` names the
        columns of a CSV that is in no known layout.  Raises ListError where the file is not a
        list that is known; the last edition then stays in force.
        """
        from secondsource.lists import ListFile, beside, is_delta, open_list

        path, source = _fetched(path, self.path)
        companions = beside(path)
        if not path.is_file():
            raise ReadError(f"{source} cannot be opened: No such file or directory")
        file = ListFile.at(path, companions)
        if is_delta(file):
            return self._apply(file, source, stated or Stated())
        header, entries = open_list(file, mapping)
        return self._put(file, source, header, entries, stated or Stated(), mapping)

    def _put(
        self,
        file: ListFile,
        source: str,
        header: ListHeader,
        entries: Iterator[Designation],
        stated: Stated,
        mapping: Mapped | None = None,
    ) -> ListEdition:
        from secondsource.store import now

        store, name = self.store(create=True), stated.name or header.name
        named = (replace(entry, list=name) for entry in entries)
        with file.open() as opened:
            digest = store.blobs.add_stream(opened)
        kept = {each: store.blobs.add(data) for each, data in file.companions.items()}
        edition = ListEdition(
            name, stated.authority or header.authority, source, digest, now(), 0, header.notes,
            header.layout, stated.published or header.published, stated.licence or header.licence, (),
            stated.rhythm or header.rhythm, tuple(f"{key}={value}" for key, value in (mapping or {}).items()),
        )  # fmt: skip
        return store.add_list(edition, named, kept)

    def _apply(self, file: ListFile, source: str, stated: Stated) -> ListEdition:
        """The list in force with the changes of a delta file made to it, as a new edition."""
        from secondsource.lists import ListHeader, changes

        name = stated.name or Path(file.name).name.partition(".")[0]
        before = next((one for one in self.lists() if one.name == name), None)
        if before is None:
            raise ListError(
                f"{file.name}: changes to a list {name!r} that is not in force; say which with --name"
            )
        entries = {entry.id: entry for entry in self.store().designations(name)}
        for _, id, entry in changes(file):
            if entry is None:
                entries.pop(id, None)
            else:
                entries[id] = entry
        header = ListHeader(
            name,
            before.authority,
            before.layout,
            (f"changed by {file.name}",),
            None,
            before.rhythm,
            before.licence,
        )
        if not entries:
            raise ListError(f"{file.name}: would leave the list {name!r} without an entry")
        return self._put(file, source, header, iter(entries.values()), stated)

    def update_lists(self) -> Iterator[tuple[ListEdition, ListEdition | str]]:
        """Every list read again from where it came, where that has changed: the edition in force
        before, and the new one, or the reason why there is none."""
        for edition in self.lists():
            try:
                path, _ = _fetched(edition.path, self.path)
                if not path.is_file():
                    yield edition, f"{edition.path} is not there any more"
                elif _sha256_of(path) == edition.sha256:
                    yield edition, "unchanged"
                else:
                    yield (
                        edition,
                        self.add_list(edition.path, stated=_stated(edition), mapping=_mapping(edition)),
                    )
            except (ListError, ReadError) as error:
                yield edition, str(error)

    def lists(self) -> list[ListEdition]:
        """The lists in force, by name."""
        return self.store().lists()

    def list_diff(self, path: str | Path) -> tuple[ListEdition, Changes]:
        """How a list file differs from the edition of its name that is in force.  Nothing is stored."""
        from secondsource.lists import ListFile, beside, open_list

        header, entries = open_list(ListFile.at(Path(path), beside(Path(path))))
        edition = next((one for one in self.lists() if one.name == header.name), None)
        if edition is None:
            raise NotFound(f"{header.name}: no list of that name is in force")
        return edition, compared(self.store().designations(header.name), entries)


def compared(before: Iterator[Designation], after: Iterator[Designation]) -> Changes:
    """What changed from one edition to another, by the entries' ids."""
    old, new = ({entry.id: entry for entry in entries} for entries in (before, after))
    return Changes(
        tuple(entry for id, entry in new.items() if id not in old),
        tuple(entry for id, entry in old.items() if id not in new),
        tuple((old[id], entry) for id, entry in new.items() if id in old and old[id] != entry),
    )


def stale(edition: ListEdition, now: datetime | None = None) -> str | None:
    """Why a list is to be called stale: it is older than its publisher's own rhythm.  None where it
    is not, or where that rhythm is not known."""
    if edition.rhythm is None:
        return None
    day = edition.published or edition.imported_at[:10]
    age = (now or datetime.now(UTC)) - datetime.fromisoformat(day).replace(tzinfo=UTC)
    if age <= timedelta(days=edition.rhythm + 1):
        return None
    return (
        f"{edition.name} is of {day}, {age.days} days old; a newer one usually comes within {edition.rhythm}"
    )


def _stated(edition: ListEdition) -> Stated:
    return Stated(edition.name, edition.authority, edition.licence, None, edition.rhythm)


def _mapping(edition: ListEdition) -> Mapped | None:
    return dict(option.split("=", 1) for option in edition.options) or None


def _fetched(source: str | Path, folder: Path) -> tuple[Path, str]:
    """Where the file is, and where it is from: an address is fetched into the folder of the case."""
    if not str(source).startswith(("http://", "https://")):
        return Path(source), str(source)
    from secondsource.desk.fetch import fetch

    return fetch(str(source), folder / "fetched"), str(source)


def _sha256_of(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
