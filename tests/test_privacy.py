"""Nothing that a user reads, asks or writes is told to another machine.

The work runs in a process of its own that refuses and remembers every connection and every
look-up of a name from its first line on, imports included.  The documents ask for it: they
hold remote images, style sheets, redirections, external entities and templates.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document

AWAY = "http://beacon.example.invalid"

PAGE = f"""<!DOCTYPE html SYSTEM "{AWAY}/page.dtd"><html><head><title>Pump works opened</title>
<link rel="stylesheet" href="{AWAY}/style.css"><link rel="canonical" href="{AWAY}/story">
<meta http-equiv="refresh" content="0; url={AWAY}/next"><script src="{AWAY}/count.js"></script>
<meta property="og:image" content="{AWAY}/card.png"></head><body><article>
<p>The pump works at Tarn opened on Monday, the ministry said in a statement.</p>
<p>“We have built 40 pumps there,” the minister, Ansel Dorrit, told reporters at the gate.</p>
<img src="{AWAY}/pixel.gif"><iframe src="{AWAY}/frame"></iframe></article></body></html>"""

MAIL = f"""From: Press Office <press@ministry.example.invalid>
To: desk@paper.example.invalid
Subject: Pump works
Date: Mon, 2 Jun 2025 09:00:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body><p>The ministry denies that the pump works were closed.</p>
<img src="{AWAY}/open.gif"></body></html>
"""

ENTITY = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e SYSTEM "{AWAY}/entity">]>'

WORK = """
import json, sys
import offline

offline.forbid()
from secondsource.cli import run

codes = [run([*command, "--case", sys.argv[1]]) for command in json.loads(sys.argv[2])]
codes.append(run(["extract", *sys.argv[3:]]))
sys.stdout.flush()
print(json.dumps({"codes": codes, "attempts": offline.attempts}), file=sys.stderr)
"""


@pytest.fixture
def beacons(tmp_path: Path) -> Path:
    """A folder of documents that would tell their sender that they were read."""
    folder = tmp_path / "beacons"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "mail.eml").write_text(MAIL, "utf-8")
    letter = Document()
    letter.add_paragraph("The pump works were closed, an engineer told the council.")
    letter.part.relate_to(f"{AWAY}/letter.dotm", "attachedTemplate", is_external=True)
    letter.save(str(folder / "letter.docx"))
    with zipfile.ZipFile(folder / "letter.docx") as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    with zipfile.ZipFile(folder / "entity.docx", "w") as spoilt:
        for name, data in parts.items():
            body = data.partition(b"?>")[2].replace(b"an engineer", b"&e;")
            spoilt.writestr(name, ENTITY.encode() + body if name == "word/document.xml" else data)
    return folder


def _run(case: Path, commands: list[list[str]], files: list[str]) -> tuple[list[int], list[str], str]:
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(case), json.dumps(commands), *files],
        cwd=Path(__file__).parent,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told = json.loads(done.stderr.splitlines()[-1])
    return told["codes"], told["attempts"], done.stdout


def test_the_work_on_the_sample_case_reaches_no_other_machine(sample: Path, tmp_path: Path) -> None:
    commands = [
        ["ingest", str(sample / "documents")],
        ["questions", "--json"],
        ["lists", "add", str(sample / "lists" / "sdn.csv")],
        ["screen", "Orlesk Machine Works"],
        ["dossier", "-o", str(tmp_path / "dossier.html")],
        ["verify"],
    ]
    document = sample / "documents" / "03-harnsea-chronicle-quelmar.txt"
    codes, attempts, printed = _run(tmp_path / "case", commands, [str(document)])
    assert attempts == []
    assert codes == [0] * 7
    assert "Orlesk" in printed


def test_documents_that_ask_for_a_connection_do_not_get_one(beacons: Path, tmp_path: Path) -> None:
    commands = [["ingest", str(beacons)], ["claims"], ["documents"]]
    files = [str(beacons / "page.html"), str(beacons / "mail.eml")]
    codes, attempts, printed = _run(tmp_path / "case", commands, files)
    assert attempts == []
    assert codes == [0] * 4
    assert "40 pumps" in printed
    assert "pump works were closed" in printed


def test_the_guard_sees_a_connection_in_that_process(tmp_path: Path) -> None:
    """Without this, the tests above could pass because nobody looks."""
    work = WORK.replace(
        "from secondsource.cli import run",
        "import socket\ntry:\n    socket.create_connection(('192.0.2.1', 80))\n"
        "except AssertionError:\n    run = lambda arguments: 0",
    )
    done = subprocess.run(
        [sys.executable, "-c", work, str(tmp_path), "[]"],
        cwd=Path(__file__).parent,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(done.stderr)["attempts"] == ["socket.getaddrinfo 192.0.2.1"]
