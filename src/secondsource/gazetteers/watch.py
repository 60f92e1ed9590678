"""A user's own names: one thing a line, which go before all else that a name may be taken for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from secondsource.errors import ReadError
from secondsource.gazetteers.known import Found, Known, Phrases, longest, plain

KINDS = (
    "Person", "Company", "Organization", "PublicBody", "Vessel", "Airplane", "Vehicle", "Product", "Event",
    "Country", "Location",
)  # fmt: skip


class WatchList:
    """Names that a user gave, each with what it names; found in texts as they are written."""

    def __init__(self, forms: Mapping[str, Known]) -> None:
        self.forms = {plain(form): row for form, row in forms.items()}

    def also(self, forms: Mapping[str, Known]) -> WatchList:
        """These names and others; where both have one, these."""
        return WatchList({**{plain(form): row for form, row in forms.items()}, **self.forms})

    def find(self, text: str) -> list[Found]:
        """The names in ``text``, the longest at each place, none overlapping, in reading order."""
        return longest(self._phrases.places(plain(text)), self.forms)

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self.forms)


def read_watch_list(path: Path) -> WatchList:
    """The names of a file: ``Kind: Name | other name``, one thing a line; # opens a comment.

    Raises ReadError, which names the line, where the file cannot be read or a line has no kind or name.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read: {error}") from error
    return WatchList(dict(_forms(path, lines)))


def _forms(path: Path, lines: Iterable[str]) -> Iterator[tuple[str, Known]]:
    for number, line in enumerate(lines, 1):
        kind, colon, names = (part.strip() for part in line.partition(":"))
        if not line.strip() or line.startswith("#"):
            continue
        forms = [form.strip() for form in names.split("|") if form.strip()]
        if not colon or kind not in KINDS or not forms:
            raise ReadError(f"{path}, line {number}: not “Kind: Name | other name”, of {', '.join(KINDS)}")
        row = Known(forms[0], kind)
        yield from ((form, row) for form in forms)
