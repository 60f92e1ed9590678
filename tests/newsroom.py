"""A small fictional case, written by hand into a real store, and the desk that answers on it.

Two reports lead back to one set of papers, a ministry denies, a port is not aware; one
document is made of script, and one could not be read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn

import factory
from secondsource.config import Config
from secondsource.model import (
    Designation,
    Document,
    Extraction,
    ListEdition,
    Match,
    Opposition,
    Origin,
    Position,
    Question,
    Screening,
    Undetermined,
)
from secondsource.store import Store
from secondsource.text import sha256
from secondsource.web import create_app

SHIPPED = "Nerrin Works shipped 12 engines to Port Salla"
HOSTILE = (
    '</article><script>document.title = "owned"</script>\n\n'
    '"><img src="http://elsewhere.example/x" onerror="document.title=\'owned\'"> {{ 7 * 7 }}\n\n'
    "אורן לב said the crates & engines <b>were</b> never there."
)


def _document(text: str, publisher: str | None = None, published: str | None = None, **head: Any) -> Document:
    made = factory.document(text, publisher, published, **head)
    return replace(made, id=sha256(made.path.encode()))


class Newsroom:
    """The nouns of the case, each under the part it plays."""

    def __init__(self) -> None:
        self._write_documents()
        self._write_claims()
        self._write_findings()

    def _write_documents(self) -> None:
        self.wire = _document(
            f"Engines went to Salla\n{SHIPPED}, according to papers seen by Harbour Wire.\nThey left in May.",
            "Harbour Wire",
            "2031-04-02T06:00:00+00:00",
            path="wire.html",
            title="Engines went to Salla",
            published_how="meta article:published_time",
        )
        self.copy = _document(
            f"{SHIPPED}, Harbour Wire reported on Tuesday.",
            "Salla Post",
            "2031-04-03",
            path="copy.txt",
            published_how="sidecar file",
        )
        self.ministry = _document(
            "The Ministry of Trade denies that engines were shipped to Port Salla.",
            "Ministry of Trade",
            path="ministry.eml",
        )
        self.port = _document(
            "The port authority said it is not aware of any shipment of engines.", path="port.txt"
        )
        self.hostile = _document(
            HOSTILE, "<i>Outlet</i>", path="hostile.txt", title="<script>alert(1)</script>"
        )
        self.failed = replace(
            _document("", path="broken.pdf"), status="failed", reason="broken.pdf is not a readable <PDF>"
        )
        self.documents = (self.wire, self.copy, self.ministry, self.port, self.hostile, self.failed)

    def _write_claims(self) -> None:
        self.shipped = factory.claim(
            self.wire,
            SHIPPED,
            "papers",
            "document",
            cue="according to",
            basis=("documents", "papers seen by Harbour Wire"),
            via=("Harbour Wire",),
            names=("Nerrin Works",),
            quantities=((12.0, 12.0, "engine"),),
        )
        self.copied = factory.claim(self.copy, SHIPPED, "Harbour Wire", cue="reported")
        self.denied = factory.claim(
            self.ministry,
            "engines were shipped to Port Salla",
            "The Ministry of Trade",
            "government",
            stance="denies",
        )
        self.unaware = factory.claim(
            self.port, "any shipment of engines", "The port authority", "organisation", stance="unaware"
        )
        self.scripted = factory.claim(self.hostile, HOSTILE, "אורן לב", "person", certainty="possible")
        self.claims = (self.shipped, self.copied, self.denied, self.unaware, self.scripted)

    def _write_findings(self) -> None:
        self.works = factory.entity("Nerrin Works", "Nerrin <Works>", documents=(self.wire, self.copy))
        papers = Origin(
            "papers seen by Harbour Wire",
            True,
            "The report names papers that its writer saw.",
            (self.wire.id, self.copy.id),
            (self.shipped.id, self.copied.id),
            (Undetermined(self.copy.id, "cites Harbour Wire and shows nothing of its own"),),
        )
        speaker = Origin(
            "אורן לב", False, "Nothing shows how he knows.", (self.hostile.id,), (self.scripted.id,)
        )
        yes = Position(
            "yes",
            "Engines were shipped",
            (self.shipped.id, self.copied.id),
            (self.wire.id, self.copy.id),
            1,
            2,
            (papers, replace(speaker, claims=(), documents=())),
            (Opposition("Ministry of Trade", self.ministry.id, self.denied.id, True),),
            (Opposition("port authority", self.port.id, self.unaware.id),),
            4,
            "F",
            ("One set of papers <stands> behind both reports.",),
        )
        no = Position(
            "no",
            "Nothing left",
            (self.scripted.id,),
            (self.hostile.id,),
            1,
            1,
            (speaker,),
            (),
            (),
            6,
            "F",
            (),
        )
        reports = tuple(document.id for document in self.documents[:5])
        self.question = Question(
            "q-1111111111111111",
            "Did engines reach Port Salla?",
            "contested",
            "is it so",
            (yes, no),
            reports,
            (self.works.id,),
        )
        alone = replace(no, text="A lighthouse opened")
        self.other = Question(
            "q-2222222222222222",
            "What opened <in> May?",
            "single-origin",
            "what",
            (alone,),
            (self.hostile.id,),
        )
        self.questions = (self.question, self.other)

    def screening(self) -> tuple[ListEdition, Designation, Screening]:
        """A list of one entry, and the entity's name screened against it."""
        edition = ListEdition("sample", "A Board", "sdn.csv", "ab" * 32, "2031-05-01T00:00:00+00:00", 1)
        entry = Designation("sample-1", "sample", "NERRIN WORKS LLC", "Company", programmes=("ENGINES",))
        match = Match(
            "Nerrin Works", entry, "NERRIN WORKS LLC", 0.93, True, ("Same two words; a legal form more.",)
        )
        at = "2031-05-02T00:00:00+00:00"
        return edition, entry, Screening("s-1", "Nerrin Works", None, (match,), (edition,), at)

    def store(self, case: Path, *, screened: bool = True) -> None:
        """Put everything into the case in the folder ``case``."""
        store = Store.open(case)
        for document in self.documents:
            store.add_document(document)
            claims = tuple(claim for claim in self.claims if claim.document == document.id)
            store.add_extraction(document.id, Extraction(claims, ()))
        store.replace_findings([self.works], self.questions)
        if screened:
            edition, entry, screening = self.screening()
            store.add_list(edition, [entry], {})
            store.add_screenings([screening])
        store.close()


@contextmanager
def serving(case: Path, *hosts: str, config: Config | None = None) -> Iterator[httpx.Client]:
    """The desk on a case behind a real server, and a client that asks it."""
    app = create_app(case, hosts=hosts, config=config)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    opened = server.config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
    thread.start()
    while not server.started:  # before, a connection is refused
        time.sleep(0.01)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{opened.getsockname()[1]}", timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
