"""RFC 3161 timestamps, from an authority that is set up here with OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from secondsource import Desk
from secondsource.cli import run
from secondsource.errors import ReadError, SecondSourceError

pytest.importorskip("rfc3161_client", reason="the extra 'timestamp' is not installed: nothing is timestamped")
if shutil.which("openssl") is None:
    pytest.skip("no openssl on this machine: there is no authority to ask", allow_module_level=True)

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[stamper]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class Authority(NamedTuple):
    url: str
    root: Path


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _certificates(folder: Path, name: str) -> None:
    (folder / "openssl.cnf").write_text(CONFIG.format(folder=folder, name=name))
    (folder / "serial").write_text("01")
    config = ("-config", "openssl.cnf")
    key = ("-newkey", "rsa:2048", "-nodes")
    _openssl(
        folder,
        "req",
        "-x509",
        *key,
        "-keyout",
        "root.key",
        "-out",
        "root.pem",
        "-extensions",
        "root",
        *config,
    )
    (folder / "openssl.cnf").write_text(CONFIG.format(folder=folder, name=f"{name} stamper"))
    _openssl(folder, "req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", *config)
    signed = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "tsa.pem")
    _openssl(
        folder, "x509", "-req", "-in", "tsa.csr", *signed, "-extfile", "openssl.cnf", "-extensions", "stamper"
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    folder = tmp_path_factory.mktemp("tsa")
    _certificates(folder, "Kesh time")

    class Server(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query.tsq").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/other":
                _openssl(folder, "ts", "-query", "-data", "serial", "-cert", "-out", "query.tsq")
            reply = ("-config", "openssl.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr")
            _openssl(folder, "ts", "-reply", *reply, "-section", "here")
            body = b"nothing" if self.path == "/broken" else (folder / "reply.tsr").read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Authority(f"http://127.0.0.1:{server.server_port}/", folder / "root.pem")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "a.txt").write_text("The port of Kesh is closed, the harbour office said.")
    with Desk(tmp_path / "case") as desk:
        desk.ingest([tmp_path / "a.txt"], only="read")
        yield desk


def test_a_head_is_timestamped_and_the_token_is_kept(desk: Desk, authority: Authority) -> None:
    head = desk.head()
    assert desk.timestamp(authority.url) == head
    ((found, at),) = desk.timestamps(authority.root)
    assert found == head
    assert at.startswith("20")
    assert desk.verify(head=str(head)) == []
    assert run(["ledger", "timestamps", "--root", str(authority.root), "--case", str(desk.path)]) == 0


def test_a_token_of_another_authority_does_not_hold(desk: Desk, authority: Authority, tmp_path: Path) -> None:
    desk.timestamp(authority.url)
    _certificates(tmp_path, "Another")
    with pytest.raises(ReadError, match="the timestamp does not hold"):
        desk.timestamps(tmp_path / "root.pem")


@pytest.mark.parametrize("path", ["broken", "other"])
def test_an_answer_that_is_no_timestamp_of_the_head_is_refused(
    desk: Desk, authority: Authority, path: str
) -> None:
    before = desk.head()
    with pytest.raises(ReadError, match="gave no timestamp"):
        desk.timestamp(f"{authority.url}{path}")
    assert desk.head() == before


def test_an_authority_that_cannot_be_reached_is_named(desk: Desk) -> None:
    with pytest.raises(ReadError, match="cannot be reached"):
        desk.timestamp("http://127.0.0.1:9/")
    with pytest.raises(SecondSourceError, match="begins with https"):
        desk.timestamp("ftp://127.0.0.1/")
