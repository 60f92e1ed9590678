"""RFC 3161 timestamps on the head of a ledger: an authority's word that it was so at a time.

An extra (``pip install secondsource[timestamp]``), and a connection that is opened only where
the user names the authority.  What is sent is a hash of the head, and nothing else.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from secondsource.errors import ReadError, SecondSourceError

MOST_BYTES = 1 << 20  # of a token: real ones have some 6 KB
SECONDS = 30
QUERY = "application/timestamp-query"


class _Stay(HTTPRedirectHandler):
    """The authority is the one that the user named, and no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _client() -> Any:
    try:
        return importlib.import_module("rfc3161_client")
    except ImportError:
        raise SecondSourceError(
            "timestamps need the package rfc3161-client: pip install 'secondsource[timestamp]'"
        ) from None


def stamp(message: bytes, authority: str) -> bytes:
    """The token (DER, a TimeStampResp) of the authority at an address, on ``message``.

    Raises ReadError where it cannot be reached or gives none for that message, and
    SecondSourceError where the extra is not installed.
    """
    client = _client()
    if urlsplit(authority).scheme not in ("http", "https"):
        raise ReadError(f"{authority}: an authority has an address that begins with https:// or http://")
    request = client.TimestampRequestBuilder().data(message).nonce(nonce=True).build()
    answer = _posted(authority, request.as_bytes())
    try:
        token = client.decode_timestamp_response(answer)
        same = token.tst_info.message_imprint.message == request.message_imprint.message
        if token.status not in (0, 1) or not same or token.tst_info.nonce != request.nonce:
            raise ValueError("it is on another message")
    except ValueError as error:
        raise ReadError(f"{authority}: gave no timestamp: {error}") from None
    return answer


def _posted(authority: str, query: bytes) -> bytes:
    asked = Request(authority, data=query, headers={"Content-Type": QUERY, "User-Agent": "SecondSource"})
    try:
        with build_opener(_Stay, ProxyHandler({})).open(asked, timeout=SECONDS) as answer:
            data: bytes = answer.read(MOST_BYTES)
    except (OSError, URLError, ValueError) as error:
        raise ReadError(f"{authority}: cannot be reached: {error}") from None
    return data


def check(token: bytes, message: bytes, root: Path) -> str:
    """The time that ``token`` gives for ``message``, where it leads to the certificate in ``root`` (PEM).

    Raises ReadError where it does not.
    """
    client, x509 = _client(), importlib.import_module("cryptography.x509")
    try:
        answer = client.decode_timestamp_response(token)
        authority = x509.load_pem_x509_certificate(root.read_bytes())
        verifier = client.VerifierBuilder().add_root_certificate(authority).build()
        verifier.verify_message(answer, message)
    except (OSError, ValueError, client.VerificationError) as error:
        raise ReadError(f"the timestamp does not hold: {error}") from None
    return str(answer.tst_info.gen_time.isoformat())
