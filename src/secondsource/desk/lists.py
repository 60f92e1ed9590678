"""What a desk does with designation lists."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from secondsource.desk.case import Case
from secondsource.errors import ListError, NotFound, ReadError
from secondsource.model import Designation, ListEdition
from secondsource.text import sha256

if TYPE_CHECKING:
    from secondsource.lists import ListFile
    from secondsource.lists.catalog import Published

Mapped = Mapping[str, str]
WEB = ("http://", "https://")
SHA1 = 40
FTM = "FollowTheMoney entities (JSON lines)"


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


class Incoming(NamedTuple):
    """A list about to be put in force: its file, where it is from, what is said of it, and what came
    with it: the version its publisher calls it, and files that it was made from."""

    file: ListFile
    source: str
    stated: Stated
    mapping: Mapped | None = None
    version: str | None = None
    beside: Mapping[str, bytes] = {}
    note: str | None = None


class Lists(Case):
    """The lists of a case."""

    def add_list(
        self, path: str | Path, *, stated: Stated | None = None, mapping: Mapped | None = None
    ) -> ListEdition:
        """Put a designation list in force in place of its last edition.

        ``path`` is a file, or an http(s) address that is fetched once, now.  A file of changes
        (delta) is applied to the list of its name that is in force; of an index the file that it
        names is read.  ``mapping`` names the columns of a CSV that is in no known layout.  Raises
        ListError where the file is not a list that is known; the last edition then stays in force.
        """
        from secondsource.lists import ListFile, beside, catalog, is_delta

        path, source = _fetched(path, self.path)
        if not path.is_file():
            raise ReadError(f"{source} cannot be opened: No such file or directory")
        file = ListFile.at(path, beside(path))
        if mapping is None and is_delta(file):
            return self._changed(file, source, stated or Stated())
        if mapping is None and catalog.recognises(file):
            return self._published(file, path, source, stated or Stated())
        return self._put(Incoming(file, source, stated or Stated(), mapping))

    def _put(self, incoming: Incoming) -> ListEdition:
        from secondsource.lists import around, open_list
        from secondsource.store import now

        file, source, stated, mapping, version, beside, note = incoming
        header, entries = open_list(file, mapping)
        store, name = self.store(create=True), stated.name or header.name
        with file.open() as opened:
            digest = store.blobs.add_stream(opened)
        kept = {each: store.blobs.add(data) for each, data in {**file.companions, **beside}.items()}
        edition = ListEdition(
            name, stated.authority or header.authority, source, digest, now(), 0,
            (*header.notes, note) if note else header.notes,
            header.layout, stated.published or header.published, stated.licence or header.licence, (),
            stated.rhythm or header.rhythm, tuple(f"{key}={value}" for key, value in (mapping or {}).items()),
            version,
        )  # fmt: skip
        named = entries if name == header.name else (replace(entry, list=name) for entry in entries)
        return store.add_list(edition, named, kept, around(file, header.layout))

    def _changed(self, delta: ListFile, source: str, stated: Stated) -> ListEdition:
        """The list in force with the changes of a delta file made to it, as a new edition."""
        name = stated.name or Path(delta.name).name.partition(".")[0]
        before = self._in_force(name)
        if before is None:
            raise ListError(
                f"{delta.name}: changes to a list {name!r} that is not in force; say which with --name"
            )
        kept = _stated(before)
        said = stated._replace(
            name=name,
            authority=stated.authority or kept.authority,
            licence=stated.licence or kept.licence,
            rhythm=stated.rhythm or kept.rhythm,
        )
        return self._put_changed(before, [delta], Incoming(delta, source, said))

    def _put_changed(
        self, before: ListEdition, deltas: Sequence[ListFile], incoming: Incoming
    ) -> ListEdition:
        """The edition ``before`` with changes made to it one after another; its bytes are those of
        the whole list as it is then, so that it can be read again like any other."""
        from secondsource.lists import ListFile, changed

        folder = self.path / "fetched"
        folder.mkdir(parents=True, exist_ok=True)
        file = self._kept(before)
        made: list[Path] = []
        try:
            for number, delta in enumerate(deltas):
                made.append(folder / f".changed-{os.getpid()}-{number}.json")
                with made[-1].open("wb") as written:
                    written.writelines(changed(file, delta))
                file = replace(ListFile.at(made[-1]), name=f"{before.name}.ftm.json")
            if not made[-1].stat().st_size:
                raise ListError(f"{deltas[-1].name}: would leave the list {before.name!r} without an entry")
            note = f"changed by {', '.join(delta.name for delta in deltas)}"
            beside = {**incoming.beside, **{delta.name: _read(delta) for delta in deltas}}
            return self._put(incoming._replace(file=file, beside=beside, note=note))
        finally:
            for path in made:
                path.unlink(missing_ok=True)

    def _published(self, index: ListFile, path: Path, source: str, stated: Stated) -> ListEdition:
        """The list that an index tells of: its file, or the last edition with the changes since."""
        from secondsource.lists import ListFile, catalog

        told = catalog.published(index, stated.name)
        said = Stated(
            stated.name or told.name,
            stated.authority or told.authority,
            stated.licence or told.licence,
            stated.published or told.day,
            stated.rhythm or told.rhythm,
        )
        incoming = Incoming(index, source, said, version=told.version, beside={index.name: _read(index)})
        near = Near(path, source, self.path)
        before = self._in_force(said.name or told.name)
        deltas = self._deltas(before, told, near) if before else None
        if before and deltas:
            return self._put_changed(before, deltas, incoming)
        found = near.find(told.address, told.places())
        _check(found, told)
        return self._put(incoming._replace(file=ListFile.at(found)))

    def _deltas(self, before: ListEdition, told: Published, near: Near) -> list[ListFile] | None:
        """The changes from an edition to the one that an index tells of; None where they cannot be had."""
        from secondsource.lists import ListFile, catalog

        if not (before.version and told.version and told.delta) or before.layout != FTM:
            return None
        try:
            versions = ListFile.at(near.find(told.delta, (catalog.near(told.delta)[-1],)))
            addresses = catalog.deltas(versions, before.version, told.version)
            return [ListFile.at(near.find(each, catalog.near(each))) for each in addresses or ()] or None
        except (ReadError, ListError):
            return None  # the whole file is read instead

    def _in_force(self, name: str) -> ListEdition | None:
        return next((one for one in self.lists() if one.name == name), None) if self.exists else None

    def _kept(self, edition: ListEdition) -> ListFile:
        """The file of an edition, from the bytes that the case keeps."""
        from secondsource.lists import ListFile

        store = self.store()
        beside = store.list_companions(edition.sha256)
        companions = {name: store.blobs.get(digest) or b"" for name, digest in beside.items()}
        path = store.blobs.path(edition.sha256)
        if not path.is_file():
            raise ListError(
                f"{edition.name}: the bytes of its edition of {edition.imported_at[:10]} are gone"
            )
        return replace(ListFile.at(path, companions), name=Path(edition.path).name)

    def update_lists(self) -> Iterator[tuple[ListEdition, ListEdition | str]]:
        """Every list read again from where it came, where that has changed: the edition in force
        before, and the new one, or the reason why there is none."""
        for edition in self.lists():
            try:
                yield edition, self._updated(edition)
            except (ListError, ReadError) as error:
                yield edition, str(error)

    def _updated(self, edition: ListEdition) -> ListEdition | str:
        path, _ = _fetched(edition.path, self.path)
        if not path.is_file():
            return f"{edition.path} is not there any more"
        known = {edition.sha256, *self.store().list_companions(edition.sha256).values()}
        if _sha256_of(path) in known:
            return "unchanged"
        return self.add_list(edition.path, stated=_stated(edition), mapping=mapping_of(edition))

    def lists(self) -> list[ListEdition]:
        """The lists in force, by name."""
        return self.log().lists()

    def list_diff(self, path: str | Path, name: str | None = None) -> tuple[ListEdition, Changes]:
        """How a list file differs from the edition in force of the list ``name``, or of its file's name.

        Nothing is stored.  Raises ListError where the file is no list, NotFound where none of the name is
        in force.
        """
        from secondsource.lists import ListFile, beside, open_list

        path = Path(path)
        if not path.is_file():
            raise ReadError(f"{path} cannot be opened: No such file or directory")
        edition = self._in_force(name) if name else None
        header, entries = open_list(ListFile.at(path, beside(path)), mapping_of(edition) if edition else None)
        edition = edition or self._in_force(name or header.name)
        if edition is None:
            known = ", ".join(one.name for one in self.lists()) if self.exists else ""
            raise NotFound(
                f"{name or header.name}: no list of that name is in force; in force: {known or 'none'}"
            )
        entries = (replace(entry, list=edition.name) for entry in entries)
        return edition, compared(self.store().designations(edition.name), entries)


def compared(before: Iterator[Designation], after: Iterator[Designation]) -> Changes:
    """What changed from one edition to another, by the entries' ids."""
    old, new = ({entry.id: entry for entry in entries} for entries in (before, after))
    return Changes(
        tuple(entry for id, entry in new.items() if id not in old),
        tuple(entry for id, entry in old.items() if id not in new),
        tuple((old[id], entry) for id, entry in new.items() if id in old and old[id] != entry),
    )


def _stated(edition: ListEdition) -> Stated:
    return Stated(edition.name, edition.authority, edition.licence, None, edition.rhythm)


def mapping_of(edition: ListEdition) -> Mapped | None:
    """The columns by which a CSV in no known layout was read."""
    return dict(option.split("=", 1) for option in edition.options) or None


class Near(NamedTuple):
    """Where files are that an index names: beside it, or at their addresses where it was fetched itself."""

    path: Path
    source: str
    folder: Path

    def find(self, address: str, places: Sequence[str]) -> Path:
        """Raises ReadError where the file is not to be had, ListError where nobody asked to fetch it."""
        if self.source.startswith(WEB):
            from secondsource.desk.fetch import fetch

            # A folder for each address: files of several versions have the same name.
            whole = urljoin(self.source, address)
            return fetch(whole, self.folder / "fetched" / sha256(whole.encode())[:12])
        for place in places:
            beside = (self.path.parent / place).resolve()
            if beside.is_relative_to(self.path.parent.resolve()) and beside.is_file():
                return beside
        raise ListError(
            f"{self.path.name}: names {places[0]}, which is not beside it; put it there, or give the "
            "index by its own address"
        )


def _check(file: Path, told: Published) -> None:
    """Refuses a file that is not the one the index speaks of, such as one cut short."""
    if told.checksum and len(told.checksum) == SHA1 and (found := _digest(file, "sha1")) != told.checksum:
        raise ListError(
            f"{file.name}: its index gives it the SHA-1 {told.checksum}, and it has {found}: cut short?"
        )


def _fetched(source: str | Path, folder: Path) -> tuple[Path, str]:
    """Where the file is, and where it is from: an address is fetched into the folder of the case."""
    if not str(source).startswith(WEB):
        return Path(source), str(source)
    from secondsource.desk.fetch import fetch

    return fetch(str(source), folder / "fetched"), str(source)


def _sha256_of(path: Path) -> str:
    return _digest(path, "sha256")


def _digest(path: Path, algorithm: str) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()


def _read(file: ListFile) -> bytes:
    with file.open() as opened:
        return opened.read()
