"""Commands that keep evidence, and show that it was kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from secondsource.cli.options import on_case
from secondsource.cli.output import Line, emit, watching
from secondsource.errors import ReadError

if TYPE_CHECKING:
    from secondsource.desk import Desk


@click.group()
def ledger() -> None:
    """What was done to the case, provably.

    Every ingest, extraction run, judgement, list and assessment is an entry of the ledger, and
    a leaf of a Merkle tree (RFC 6962).  None can be altered or taken out unseen by whoever
    kept a head: see docs/ledger.md.
    """


@ledger.command("head")
@on_case
def ledger_head(desk: Desk) -> None:
    """The size and root of the ledger, to publish or keep."""
    emit([Line(str(desk.head()))])


@ledger.command("show")
@on_case
def ledger_show(desk: Desk) -> None:
    """Every entry, one line of JSON each."""
    for entry in desk.store().ledger.entries():
        click.echo(entry.words)


@ledger.command("prove")
@click.argument("document")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file.")
@on_case
def ledger_prove(desk: Desk, document: str, output: str | None) -> None:
    """What shows others that the ledger holds a document.

    It is an audit path of RFC 6962: `secondsource ledger check` needs it and no case.
    DOCUMENT is an id or a path, as `secondsource show` takes it.
    """
    proof = json.dumps(desk.prove(desk.show(document).id), ensure_ascii=False, indent=2)
    if output:
        Path(output).write_text(f"{proof}\n", "utf-8")
        emit([Line(f"{output}: check it with `secondsource ledger check {output}`.")])
    else:
        click.echo(proof)


@ledger.command("timestamp")
@click.option("--tsa", required=True, help="The address of the authority.")
@on_case
def ledger_timestamp(desk: Desk, tsa: str) -> None:
    """Have the head timestamped by an authority (RFC 3161).

    Sends a hash of the head to the address, and nothing else; needs secondsource[timestamp].
    """
    emit([Line(f"{desk.timestamp(tsa)}: timestamped by {tsa}, the token is in the case.")])


@ledger.command("timestamps")
@click.option("--root", required=True, type=click.Path(), help="The authority's root certificate (PEM).")
@on_case
def ledger_timestamps(desk: Desk, root: str) -> None:
    """Check every timestamp of the ledger."""
    for head, at in desk.timestamps(root):
        emit([Line(f"{at} {head}")])


@ledger.command("check")
@click.argument("proof", type=click.Path())
@click.option("--head", help="The head that it is to lead to, as SIZE:ROOT.")
@click.option("--file", type=click.Path(), help="A file that is to be the document's bytes.")
def ledger_check(proof: str, head: str | None, file: str | None) -> None:
    """Check what `ledger prove` wrote; needs no case.

    Without --head it shows that the entry leads to the root which the file itself names: compare
    that with one which was published.
    """
    from secondsource.store import check_proof
    from secondsource.text import sha256

    said = _proof(proof)
    entry = check_proof(said)
    leads = f"{said['size']}:{said['root']}"
    if head and head.strip() != leads:
        raise ReadError(f"{proof}: leads to {leads}, not to {head.strip()}")
    payload = entry.fields["payload"]
    if file and sha256(_bytes(file)) != payload["document"]:
        raise ReadError(f"{file}: is not the document that it is on, {payload['document']}")
    emit([Line(f"Entry {entry.number} of the ledger leads to {leads}."), Line(entry.words, 1)])


def _proof(path: str) -> dict[str, object]:
    try:
        said = json.loads(_bytes(path))
    except ValueError as error:
        raise ReadError(f"{path} is no audit path: {error}") from None
    if not isinstance(said, dict):
        raise ReadError(f"{path} is no audit path: it is no JSON object")
    return said


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}") from error


@click.command()
@click.argument("document")
@click.argument("text", type=click.Path())
@click.option("--reason", required=True, help="Why the text is corrected, for the ledger.")
@on_case
def correct(desk: Desk, document: str, text: str, reason: str) -> None:
    """Correct the text of a document: slips of OCR, boilerplate.

    TEXT is a file with the whole corrected text; begin with what `secondsource text` gives.  The
    bytes stay, the old text stays as a version, and the claims are found anew.
    """
    found = desk.show(document)
    words = _bytes(text).decode("utf-8", "replace").removesuffix("\n")
    made = desk.correct(found.id, words, reason)
    with watching() as watch:
        desk.ingest(progress=watch)
    claims = len(desk.claims(found.id))
    emit([Line(f"Version {made.number} of the text of {found.id}, with {claims} claims.")])


@click.command()
@click.argument("target", type=click.Path(dir_okay=False))
@on_case
def pack(desk: Desk, target: str) -> None:
    """Write the whole case as one archive (BagIt).

    TARGET is a TAR file: the database, the bytes, the texts, claims and ledger, with a manifest
    that `sha256sum -c` checks.
    """
    with watching() as watch:
        desk.pack(target, progress=watch)
    emit([Line(f"{target}: the case {desk.name}, ledger {desk.head()}.")])


@click.command()
@click.argument("archive", type=click.Path())
@on_case
def unpack(desk: Desk, archive: str) -> None:
    """Restore a packed case, after every file was checked."""
    desk.unpack(archive)
    emit([Line(f"The case in {desk.path} has the ledger {desk.head()}.")])
