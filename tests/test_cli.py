"""The command line: what it prints where, and what it exits with."""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import io
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import docx
import pytest

import nouns
from secondsource import Desk
from secondsource.cli import run
from secondsource.model import Extraction
from secondsource.store import FILE, Store

WORDS = "The ministry said that 12 crates were moved. Orlesk denied it."
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SECONDSOURCE_CASE", raising=False)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(WORDS)
    return folder


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as a shell runs it."""
    return subprocess.run(
        [sys.executable, "-m", "secondsource", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


def complaints(capture: Capture) -> list[str]:
    return capture.readouterr().err.splitlines()


# Ingest


def test_one_document_is_no_more_than_one(articles: Path, capsys: Capture) -> None:
    assert run(["ingest", "--only", "read", "articles/a.txt"]) == 0
    assert "holds 1 document, 0 claims, 0 entities, 0 questions." in capsys.readouterr().out


def test_ingest_says_what_became_of_every_file(articles: Path, capsys: Capture) -> None:
    (articles / "again.txt").write_text(WORDS)
    (articles / "bad.docx").write_bytes(b"no zip")
    (articles / "empty.txt").touch()
    assert run(["ingest", "--only", "read", "articles", "nowhere"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "articles/again.txt is already in the case as articles/a.txt; it is kept once.",
        "1 read, 1 already in the case, 1 without text, 1 failed.",
        "The case in case holds 3 documents, 0 claims, 0 entities, 0 questions.",
    ]
    lines = said.err.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["secondsource:", name] for name in ("articles/bad.docx", "articles/empty.txt", "nowhere:")
    ]


@pytest.mark.parametrize("name", ["bad.docx", "empty.txt", "nowhere.txt"])
def test_ingest_fails_where_nothing_was_taken_in(tmp_path: Path, name: str, capsys: Capture) -> None:
    (tmp_path / "bad.docx").write_bytes(b"no zip")
    (tmp_path / "empty.txt").touch()
    assert run(["ingest", "--only", "read", name]) == 1
    (line,) = complaints(capsys)
    assert line.startswith(f"secondsource: {name}")


def test_a_slip_of_the_pen_makes_no_case(tmp_path: Path, capsys: Capture) -> None:
    assert run(["ingest", "artcles/"]) == 1
    assert complaints(capsys) == ["secondsource: artcles: there is no such file or folder"]
    assert list(tmp_path.iterdir()) == []


def test_many_files_that_are_known_are_counted(articles: Path, capsys: Capture) -> None:
    for number in range(15):
        (articles / f"copy-{number:02}.txt").write_text(WORDS)
    assert run(["ingest", "--only", "read", "articles"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 13
    assert out[10] == "… and 5 more are already in the case."


def test_failed_files_are_listed_and_retried(articles: Path, capsys: Capture) -> None:
    (articles / "bad.docx").write_bytes(b"no zip")
    assert run(["ingest", "--only", "read", "articles"]) == 0
    capsys.readouterr()
    assert run(["documents", "--failed"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("failed · articles/bad.docx is not a Word document")
    assert run(["ingest", "--only", "read", "--retry"]) == 1
    assert "articles/bad.docx is not a Word document" in complaints(capsys)[0]
    whole = docx.Document()
    whole.add_paragraph(WORDS)
    whole.save(str(articles / "bad.docx"))
    assert run(["ingest", "--only", "read", "--retry"]) == 0
    capsys.readouterr()
    assert run(["documents", "--failed"]) == 0
    assert capsys.readouterr().out == ""


def test_a_large_text_is_refused_naming_the_limit(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text(WORDS * 20_000)
    done = command("ingest", "--only", "read", "big.txt", SECONDSOURCE_FILE_LIMIT_MB="1")
    assert done.returncode == 1
    assert done.stderr == (
        "secondsource: big.txt has 1.2 MiB; files are taken in up to 1 MiB "
        "(SECONDSOURCE_FILE_LIMIT_MB sets this)\n"
    )


def test_a_long_text_is_refused_naming_the_limit_and_can_still_be_read(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(WORDS * 30)
    for name in ("ingest", "extract"):
        done = command(name, "long.txt", SECONDSOURCE_TEXT_LIMIT="1000")
        assert done.returncode == 1
        assert done.stderr == (
            "secondsource: long.txt has a text of 1,860 characters; texts are worked through up to 1,000 "
            "(SECONDSOURCE_TEXT_LIMIT sets this)\n"
        )
    assert command("text", "long.txt", SECONDSOURCE_TEXT_LIMIT="1000").stdout == WORDS * 30
    assert command("ingest", "--retry").returncode == 0
    assert [document.status for document in Desk("case").documents()] == ["read"]


def test_every_variable_of_the_environment_is_in_the_reference(root: Path) -> None:
    source = "".join(path.read_text("utf-8") for path in (root / "src").rglob("*.py"))
    named = set(re.findall(r"SECONDSOURCE_[A-Z_]+", source))
    assert len(named) > 4
    assert named == set(re.findall(r"SECONDSOURCE_[A-Z_]+", (root / "docs" / "cli.md").read_text("utf-8")))


def test_a_limit_that_makes_no_sense_is_said(articles: Path) -> None:
    done = command("text", "articles/a.txt", SECONDSOURCE_FILE_LIMIT_MB="many")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "secondsource: SECONDSOURCE_FILE_LIMIT_MB is 'many'; it takes a whole number above zero\n"
    )


# The case


def test_the_case_is_named_by_option_or_environment(articles: Path, tmp_path: Path) -> None:
    assert run(["ingest", "--only", "read", "--case", "one", "articles"]) == 0
    assert command("ingest", "--only", "read", "articles", SECONDSOURCE_CASE="two").returncode == 0
    assert [(tmp_path / name / FILE).is_file() for name in ("one", "two", "case")] == [True, True, False]


@pytest.mark.parametrize(
    "arguments",
    [["questions"], ["show", "x"], ["documents"], ["claims"], ["verify"], ["serve"], ["lists", "show"],
     ["screen", "x"], ["dossier", "-o", "d.html"], ["ingest"], ["ingest", "--retry"]],
    ids=" ".join,
)  # fmt: skip
def test_without_a_case_it_says_how_to_start_one(
    arguments: list[str], tmp_path: Path, capsys: Capture
) -> None:
    assert run(arguments) == 1
    assert complaints(capsys) == [
        "secondsource: case: there is no case here; `secondsource ingest PATH…` starts one"
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_case_of_a_newer_version_is_refused_and_files_can_still_be_read(
    articles: Path, capsys: Capture
) -> None:
    store = Store.open("case")
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    assert run(["documents"]) == 1
    (line,) = complaints(capsys)
    assert line.startswith("secondsource: case/case.sqlite: was made by a newer version of Second Source")
    assert run(["ingest", "articles"]) == 1
    assert run(["text", "articles/a.txt"]) == 0


# Stateless


def test_text_is_the_file_to_the_last_character(tmp_path: Path) -> None:
    data = "“Ünïcode”\r\n\r\nand\ttabs, 𝒶 \n \x1b[31mred\x1b[0m, no last line end".encode()
    (tmp_path / "a.txt").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "secondsource", "text", "a.txt"], capture_output=True, check=True
    )
    assert done.stdout == data
    assert list(tmp_path.iterdir()) == [tmp_path / "a.txt"]


def test_output_is_utf8_whatever_the_locale(articles: Path) -> None:
    (articles / "ü.txt").write_text("“Größe”, said the ministry.", "utf-8")
    done = command("text", "articles/ü.txt", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stdout) == (0, "“Größe”, said the ministry.")


def test_extract_gives_claims_with_offsets_and_goes_on_after_a_bad_file(
    articles: Path, tmp_path: Path, capsys: Capture
) -> None:
    (articles / "bad.pdf").write_bytes(b"%PDF-1.4 cut off")
    assert run(["extract", "articles", "nowhere"]) == 0
    said = capsys.readouterr()
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert "The ministry" in {row["source_text"] for row in rows}
    assert {row["path"] for row in rows} == {"articles/a.txt"}
    for row in rows:
        assert row["content_text"] == " ".join(WORDS[start:end] for start, end in row["content"])
    assert [line.split()[1] for line in said.err.splitlines()] == ["articles/bad.pdf", "nowhere:"]
    assert not (tmp_path / "case").exists()


def test_extract_fails_where_no_file_could_be_read(capsys: Capture) -> None:
    assert run(["extract", "nowhere"]) == 1
    assert complaints(capsys) == ["secondsource: nowhere: there is no such file or folder"]


# Usage, help, pipes, terminals


@pytest.mark.parametrize(
    "arguments",
    [["extract"], ["nonsense"], ["show"], ["ingest", "--only", "half", "."], ["dossier", "-o", "d.doc"]],
)
def test_a_command_line_that_makes_no_sense_exits_with_2(
    arguments: list[str], articles: Path, capsys: Capture
) -> None:
    assert run(["ingest", "--only", "read", "articles"]) == 0
    assert run(arguments) == 2
    assert "Error: " in capsys.readouterr().err


def test_help_and_version_load_nothing_heavy() -> None:
    code = (
        "import sys; from secondsource.cli import run; run(sys.argv[1:]); "
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True)
    loaded = set(re.findall(r"'(\w+)'", done.stdout.splitlines()[-1]))
    assert "click" in loaded
    heavy = {"sqlalchemy", "alembic", "spacy", "numpy", "trafilatura", "lxml", "fastapi", "jinja2", "rich"}
    assert loaded & heavy == set()


def test_the_reference_is_what_the_commands_say(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("build_cli", root / "docs" / "build_cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (root / "docs" / "cli.md").read_text("utf-8") == module.reference(), "run python docs/build_cli.py"


def test_a_reader_that_hangs_up_is_no_error(tmp_path: Path) -> None:
    sentences = [f"Crate {number} was moved." for number in range(3000)]
    document = nouns.document(" ".join(sentences))
    store = Store.open(tmp_path / "case")
    store.add_document(document)
    claims = tuple(nouns.claim(document.text, sentence) for sentence in sentences)
    store.add_extraction(document.id, Extraction(claims, ()))
    store.close()
    process = subprocess.Popen(
        [sys.executable, "-m", "secondsource", "claims"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


def _on_a_terminal(*arguments: str) -> str:
    """What the command shows on a terminal of 100 columns."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(
        [sys.executable, "-m", "secondsource", *arguments], stdout=slave, stderr=slave, env=environment
    )
    os.close(slave)
    shown = io.BytesIO()
    with contextlib.suppress(OSError):  # Linux says EIO where the other side is closed
        while data := os.read(master, 65536):
            shown.write(data)
    os.close(master)
    process.wait()
    return shown.getvalue().decode()


def test_a_document_cannot_steer_the_terminal(articles: Path) -> None:
    (articles / "evil.html").write_text(
        "<html><head><title>News \x1b[2J\x9b31m red</title></head><body><p>"
        + WORDS * 5
        + "</p></body></html>"
    )
    os.rename(articles / "a.txt", articles / "a\x1b[31mred.txt")
    assert run(["ingest", "--only", "read", "articles"]) == 0
    shown = _on_a_terminal("documents")
    assert "\x1b[31m" not in shown
    assert "\x1b[2J" not in shown
    assert "�[31mred.txt" in shown


def test_progress_is_shown_on_a_terminal_only(articles: Path) -> None:
    assert "Reading" in _on_a_terminal("ingest", "--only", "read", "articles")
    assert command("ingest", "--only", "read", "articles").stderr == ""


def test_stopping_says_what_is_kept(articles: Path, tmp_path: Path) -> None:
    for number in range(2000):
        (articles / f"{number:04}.txt").write_text(f"{WORDS} {number}")
    process = subprocess.Popen(
        [sys.executable, "-m", "secondsource", "ingest", "--only", "read", "articles"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # A run started in the background may have been told to ignore Ctrl-C, and would pass that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr is not None
    for _ in range(3000):
        if len(list((tmp_path / "case" / "bytes").glob("*/*"))) > 20:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 130
    kept = len(Desk("case").documents())
    assert 0 < kept < 2001
    assert said.strip() == (
        f"secondsource: stopped; what was finished is kept in case: {kept} documents, 0 claims, "
        "0 entities, 0 questions. The same command carries on from there"
    )


def test_serve_says_where_the_port_is_taken(articles: Path, capsys: Capture) -> None:
    assert run(["ingest", "--only", "read", "articles"]) == 0
    capsys.readouterr()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port)]) == 1
    (line,) = complaints(capsys)
    assert line.startswith(f"secondsource: cannot answer on 127.0.0.1:{port}: ")
    assert os.strerror(errno.EADDRINUSE) in line


def test_serve_answers_until_it_is_stopped(articles: Path) -> None:
    assert run(["ingest", "--only", "read", "articles"]) == 0
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "secondsource", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert address, said
    with urlopen(f"{address[0]}/api/documents") as answer:
        assert [row["path"] for row in json.load(answer)] == ["articles/a.txt"]
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (0, "", "")


# Lists


@pytest.fixture
def listed(articles: Path, sample: Path, capsys: Capture) -> Capture:
    assert run(["lists", "add", str(sample / "lists" / "sdn.csv")]) == 0
    capsys.readouterr()
    return capsys


def test_a_list_is_added_and_shown(sample: Path, capsys: Capture) -> None:
    assert run(["lists", "add", str(sample / "lists" / "sdn.csv")]) == 0
    assert re.fullmatch(r"sdn: \d+ designations, now in force\.", capsys.readouterr().out.splitlines()[0])
    assert run(["lists", "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "sdn"


@pytest.mark.parametrize("name", ["none.csv", "articles/a.txt", "articles"])
def test_what_is_no_list_is_refused_and_the_last_one_stays(listed: Capture, name: str) -> None:
    assert run(["lists", "add", name]) == 1
    (line,) = complaints(listed)
    assert line.startswith("secondsource: ")
    assert Path(name).name in line
    assert [edition.name for edition in Desk("case").lists()] == ["sdn"]


def test_a_name_is_screened_with_reasons(listed: Capture) -> None:
    assert run(["screen", "Orlesk Machine Works"]) == 0
    out = listed.readouterr().out
    assert out.startswith("Orlesk Machine Works: 1 potential match")
    assert "against sdn" in out
    assert run(["screen", "Orlesk Machine Works", "--json"]) == 0
    (row,) = map(json.loads, listed.readouterr().out.splitlines())
    assert row["query"] == "Orlesk Machine Works"
    assert row["results"][0]["reasons"]
    assert len(Desk("case").screenings()) >= 1


def test_every_row_of_a_file_is_screened_but_for_those_that_cannot_be(
    listed: Capture, tmp_path: Path
) -> None:
    (tmp_path / "names.csv").write_text(
        "id,name,kind\n1,Orlesk Machine Works,Company\n2,—,\n3,Nobody Known,\n"
    )
    assert run(["screen", "names.csv", "--schema-column", "kind", "--json"]) == 0
    said = listed.readouterr()
    assert [json.loads(line)["query"] for line in said.out.splitlines()] == [
        "Orlesk Machine Works",
        "Nobody Known",
    ]
    assert said.err.startswith("secondsource: names.csv, line 3: ")
    assert run(["screen", "names.csv", "--column", "nom"]) == 1
    assert complaints(listed) == [
        "secondsource: names.csv: there is no column “nom”; its columns are: id, name, kind"
    ]


# Answers


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Store]:
    """A case with one document and one claim, without the work of finding them."""
    store = Store.open(tmp_path / "case")
    store.blobs.add(WORDS.encode())
    store.add_document(nouns.document(WORDS, "articles/a.txt"))
    extraction = nouns.extraction(WORDS, "12 crates were moved", "The ministry")
    store.add_extraction(nouns.document(WORDS).id, extraction)
    yield store
    store.close()


def test_a_quotation_stands_with_document_place_and_hash(found: Store, capsys: Capture) -> None:
    (claim,) = found.claims()
    where = f"articles/a.txt · 23–43 · sha256 {claim.document[:12]}…"
    for arguments in (
        ["claims"],
        ["show", claim.id],
        ["show", claim.document[:8]],
        ["show", "articles/a.txt"],
    ):
        assert run(arguments) == 0
        out = capsys.readouterr().out
        assert "The ministry · asserts: “12 crates were moved”" in out
        assert where in out


def test_show_names_what_is_not_there_or_not_unique(found: Store, capsys: Capture) -> None:
    assert run(["show", "q-none"]) == 1
    assert complaints(capsys) == ["secondsource: q-none: nothing in this case has that id"]
    found.add_document(nouns.document("other words", "b.txt"))
    assert run(["show", ""]) == 1
    assert "things have an id that begins so" in complaints(capsys)[0]


def test_verify_names_what_differs_and_fails(found: Store, capsys: Capture) -> None:
    assert run(["verify"]) == 0
    assert capsys.readouterr().out.startswith("Every hash and span is as it was stored")
    (claim,) = found.claims()
    found.blobs.path(claim.document).write_bytes(b"other")
    assert run(["verify"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"bytes {claim.document}: articles/a.txt: ")


def test_json_of_documents_has_no_text_and_its_hashes(found: Store, capsys: Capture) -> None:
    assert run(["documents", "--json"]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert row["id"] == nouns.document(WORDS).id
    assert "text" not in row
