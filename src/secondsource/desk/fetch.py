"""A list fetched from an address that the user gave, and nothing but that."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from secondsource.errors import ReadError

_SECONDS = 60


def fetch(address: str, folder: Path) -> Path:
    """The file at an http(s) ``address``, put into ``folder`` under the last part of its path.

    Raises ReadError where it cannot be had; a file that was there before is then untouched.
    """
    name = Path(unquote(urlsplit(address).path)).name or "list"
    folder.mkdir(parents=True, exist_ok=True)
    target, incoming = folder / name, folder / f".incoming-{name}"
    try:
        request = Request(address, headers={"User-Agent": "secondsource"})
        with urlopen(request, timeout=_SECONDS) as answer, incoming.open("wb") as file:
            shutil.copyfileobj(answer, file)
    except (URLError, OSError, ValueError) as error:
        incoming.unlink(missing_ok=True)
        raise ReadError(f"{address} cannot be fetched: {getattr(error, 'reason', error)}") from error
    incoming.replace(target)
    return target
