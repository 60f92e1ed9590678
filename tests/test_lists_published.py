"""Lists as OpenSanctions publishes them: an index that names files, and the changes between versions."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from list_samples import sample
from secondsource.desk import Desk
from secondsource.desk.lists import Stated
from secondsource.errors import ListError
from secondsource.lists import ListFile, catalog, changed, is_delta, open_list

FORMATS = Path(__file__).resolve().parents[2] / "shared" / "formats"
real = pytest.mark.skipif(not FORMATS.is_dir(), reason="the real formats are not beside the project")

ADDED = (
    '{"op":"MOD","entity":{"id":"x-2","caption":"Orlesk Works","schema":"Company",'
    '"properties":{"name":["Orlesk Works"]}}}\n'
    '{"op":"ADD","entity":{"id":"x-7","schema":"Sanction","properties":{"entity":["x-2"],"programId":["DRV-2"]}}}\n'
)


class Publisher:
    """A folder with the files of one data set, as its publisher keeps it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "drv").mkdir(parents=True)
        self.publish("20250101000000-aaa", sample("drv.ftm.json"))

    def publish(self, version: str, text: str, **more: Any) -> Path:
        (self.folder / "drv" / "entities.ftm.json").write_text(text)
        resource = {
            "name": "entities.ftm.json",
            "path": "entities.ftm.json",
            "url": "drv/entities.ftm.json",
            "checksum": hashlib.sha1(text.encode()).hexdigest(),
        }
        told = {
            "name": "drv",
            "title": "Drovian list",
            "publisher": {"name": "Ministry of Drovia"},
            "license": "public domain",
            "coverage": {"frequency": "weekly"},
            "version": version,
            "last_export": "2025-01-01T10:00:00",
            "delta_url": "drv/delta.json",
            "resources": [resource],
        }
        (self.folder / "index.json").write_text(json.dumps({**told, **more}, indent=1))
        return self.folder / "index.json"

    def change(self, version: str, delta: str) -> None:
        """A new version of which only the changes are there: the whole file is gone."""
        known = self.folder / "drv" / "delta.json"
        versions = json.loads(known.read_text())["versions"] if known.exists() else {}
        versions.setdefault("20250101000000-aaa", "drv/20250101000000-aaa/entities.delta.json")
        versions[version] = f"drv/{version}/entities.delta.json"
        known.write_text(json.dumps({"versions": versions}))
        (self.folder / "drv" / version).mkdir()
        (self.folder / "drv" / version / "entities.delta.json").write_text(delta)
        self.publish(version, "gone\n")
        (self.folder / "drv" / "entities.ftm.json").unlink()


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "published")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_an_index_gives_its_list_with_all_that_it_tells(publisher: Publisher, tmp_path: Path) -> None:
    with Desk(tmp_path / "case") as desk:
        edition = desk.add_list(publisher.folder / "index.json")
        assert (edition.name, edition.authority, edition.licence) == (
            "drv",
            "Ministry of Drovia",
            "public domain",
        )
        assert (edition.published, edition.rhythm, edition.version) == ("2025-01-01", 7, "20250101000000-aaa")
        assert (edition.designations, edition.programmes) == (2, ("DRV",))
        assert desk.lists() == [edition]
        assert [after for _, after in desk.update_lists()] == ["unchanged"]


def test_a_file_that_is_not_the_one_its_index_speaks_of_is_refused(
    publisher: Publisher, tmp_path: Path
) -> None:
    with Desk(tmp_path / "case") as desk:
        before = desk.add_list(publisher.folder / "index.json")
        index = publisher.publish("20250102000000-bbb", sample("drv.ftm.json"), delta_url=None)
        file = publisher.folder / "drv" / "entities.ftm.json"
        file.write_text(file.read_text().splitlines(keepends=True)[0])
        with pytest.raises(ListError, match="cut short"):
            desk.add_list(index)
        file.unlink()
        with pytest.raises(ListError, match="not beside it"):
            desk.add_list(index)
        assert desk.lists() == [before]


def test_an_update_needs_the_changes_only(publisher: Publisher, tmp_path: Path) -> None:
    with served(publisher.folder) as address, Desk(tmp_path / "case") as desk:
        desk.add_list(f"{address}/index.json")
        first = desk.screen("Orlesk Machine Works")
        publisher.change("20250102000000-bbb", sample("entities.delta.json").replace("x-2", "x-1"))
        publisher.change("20250103000000-ccc", ADDED)
        ((_, edition),) = desk.update_lists()
        assert not isinstance(edition, str), edition
        assert (edition.version, edition.designations) == ("20250103000000-ccc", 2)
        assert "changed by" in edition.notes[0]
        assert [entry.name for entry in desk.store().designations("drv")] == [
            "Orlesk Works",
            "Grey Ness",
        ] or [entry.name for entry in desk.store().designations("drv")] == ["Grey Ness", "Orlesk Works"]
        assert edition.programmes == ("DRV-2",)
        assert desk.replay(first.id).same
        again = desk.screen("Orlesk Works")
        assert desk.replay(again.id).same
        assert [after for _, after in desk.update_lists()] == ["unchanged"]
        assert desk.verify() == []


def test_an_edition_made_by_a_delta_can_be_repeated_after_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "drv.ftm.json").write_text(sample("drv.ftm.json"))
    (tmp_path / "entities.delta.json").write_text(sample("entities.delta.json"))
    with Desk(tmp_path / "case") as desk:
        desk.add_list(tmp_path / "drv.ftm.json")
        desk.add_list(tmp_path / "entities.delta.json", stated=Stated(name="drv"))
        made = desk.screen("Grey Ness")
        desk.add_list(tmp_path / "drv.ftm.json")
        assert desk.replay(made.id).same
        with pytest.raises(ListError, match="without an entry"):
            desk.add_list(_all_gone(tmp_path), stated=Stated(name="drv"))
        assert desk.lists()[0].designations == 2


def _all_gone(folder: Path) -> Path:
    gone = folder / "gone.delta.json"
    gone.write_text("".join(f'{{"op":"DEL","entity":{{"id":"x-{at}"}}}}\n' for at in range(1, 7)))
    return gone


def test_a_catalog_asks_which_of_its_lists_is_meant(publisher: Publisher, tmp_path: Path) -> None:
    told = json.loads((publisher.folder / "index.json").read_text())
    other = {**told, "name": "other"}
    (publisher.folder / "catalog.json").write_text(json.dumps({"datasets": [told, other, {"name": "all"}]}))
    with Desk(tmp_path / "case") as desk:
        with pytest.raises(ListError, match="say which with --name: drv, other"):
            desk.add_list(publisher.folder / "catalog.json")
        with pytest.raises(ListError, match="none of the files"):
            desk.add_list(publisher.folder / "catalog.json", stated=Stated(name="all"))
        assert desk.add_list(publisher.folder / "catalog.json", stated=Stated(name="drv")).designations == 2


def test_entities_inside_others_are_read_as_well() -> None:
    nested = (
        '{"id":"n-1","caption":"Rustel Gavdoren","schema":"Person","properties":{"name":["Rustel Gavdoren"],'
        '"sanctions":[{"id":"n-2","schema":"Sanction","properties":{"programId":["DRV"],"listingDate":["2012"]}}],'
        '"addressEntity":[{"id":"n-3","schema":"Address","properties":{"full":["4 Quay"]}}]}}\n'
    )
    _, entries = open_list(ListFile.of(nested.encode(), "targets.nested.json"))
    (man,) = entries
    assert (man.programmes, man.listed) == (("DRV",), "2012")


@real
def test_real_files_of_the_format_are_told_apart() -> None:
    files = {path.name: ListFile.at(path) for path in FORMATS.iterdir()}
    told = catalog.published(files["default_catalog_index_2024-06.json"], "us_ofac_sdn")
    assert (told.file, told.rhythm, told.licence) == ("entities.ftm.json", 1, "CC BY-NC 4.0 (OpenSanctions)")
    assert catalog.published(files["wd_persons_index_2024-03.json"], None).authority == "Wikidata"
    versions = catalog.deltas(files["delta.json"], "20240527194702-wnk", "20240528074703-npf")
    assert versions is not None
    assert [address.split("/")[-2] for address in versions] == ["20240528014702-pfh", "20240528074703-npf"]
    assert is_delta(files["entities.delta.json"])
    before = files["yente_t1_entities.ftm.json"]
    lines = list(changed(before, files["entities.delta.json"]))
    assert len(lines) > len(list(before.lines())) - 1


@real
def test_real_relations_are_kept(tmp_path: Path) -> None:
    with Desk(tmp_path / "case") as desk:
        edition = desk.add_list(FORMATS / "yente_zala_entities.ftm.json")
        assert edition.designations == 17
        shown = {
            name
            for one in desk.store().designations()
            for name, _ in desk.store().list_pointers("yente_zala_entities", one.id)
        }
        assert shown >= {"sanctions", "ownershipOwner", "ownershipAsset", "familyPerson"}
        assert desk.verify() == []
