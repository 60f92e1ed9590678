"""What a desk does to keep evidence, and to show that it was kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from secondsource.desk.working import Working
from secondsource.errors import ReadError
from secondsource.model import JSON, Capture, Discrepancy, Document, Progress

if TYPE_CHECKING:
    from secondsource.store import Head
    from secondsource.store.custody import TextVersion

Watch = Callable[[Progress], None]


class Custody(Working):
    """The chain of custody of a case, and its ledger."""

    def captures(self, document: str) -> list[Capture]:
        """How a document came into the case: once for each path it came under."""
        return self.store().custody.captures(document)

    def members(self, document: str) -> list[Document]:
        """The documents that came out of a document, by their path in it."""
        store = self.store()
        found = (store.document(id) for id in store.custody.members(document))
        return [member for member in found if member]

    def versions(self, document: str) -> list[TextVersion]:
        """Every version of a document's text, where it has more than one."""
        return self.store().custody.versions(document)

    def correct(self, document: str, text: str, reason: str) -> TextVersion:
        """Put a corrected text in the place of a document's, as a new version; the bytes stay.

        The claims of the old text go; `Desk.ingest` without a path makes those of the new one.
        Raises NotFound, and ReadError for a text that is empty, the same, or without a reason.
        """
        return self.store().custody.correct(document, text, reason)

    def head(self) -> Head:
        """The size and root of the ledger: what to publish, or to have timestamped."""
        return self.store().ledger.head()

    def prove(self, document: str) -> JSON:
        """That the ledger holds what the case says of a document; see `store.check_proof`."""
        return self.store().ledger.prove(document)

    def verify(self, *, head: str | None = None, progress: Watch | None = None) -> list[Discrepancy]:
        """Everything computed again from the bytes; what differs, each by name.

        ``head`` is one of the ledger, as it was printed and kept.  Raises ReadError where it is none.
        """
        from secondsource.store import Head, verify

        found = verify(self.store(), progress, Head.parse(head) if head else None)
        return [*found, *self.altered_progress()]

    def timestamp(self, authority: str) -> Head:
        """Have the head of the ledger timestamped (RFC 3161) by the authority at an address; that head.

        The token is kept with the bytes, and entered in the ledger.  Raises ReadError where the
        authority gives none, SecondSourceError where the extra is not installed.
        """
        from secondsource.timestamps import stamp

        store = self.store()
        head = store.ledger.head()
        token = store.blobs.add(stamp(str(head).encode(), authority))
        store.ledger.append("timestamp", {"head": str(head), "token": token, "authority": authority})
        return head

    def timestamps(self, root: str | Path) -> list[tuple[Head, str]]:
        """Each timestamped head that still holds, with its time by the authority of that certificate (PEM).

        Raises ReadError where a token does not lead to the certificate, or the ledger not to the head.
        """
        from secondsource.store import Head
        from secondsource.timestamps import check

        store, found = self.store(), []
        for entry in store.ledger.entries():
            fields = entry.fields
            if fields["kind"] == "timestamp":
                head = Head.parse(fields["payload"]["head"])
                token = store.blobs.get(fields["payload"]["token"]) or b""
                if store.ledger.head(head.size) != head:
                    raise ReadError(f"the ledger does not lead to {head}, which was timestamped")
                found.append((head, check(token, str(head).encode(), Path(root))))
        return found

    def pack(self, target: str | Path, *, progress: Watch | None = None) -> Path:
        """The whole case as one archive, which `unpack` restores; see docs/ledger.md."""
        from secondsource.bag import pack

        return pack(self.store(), Path(target), progress)

    def unpack(self, archive: str | Path) -> None:
        """Restore a packed case to this desk's folder, after every file was checked.

        Raises CaseError where there is something in the folder already, and ReadError where the
        archive is none or a file of it is not what its manifest says.
        """
        from secondsource.bag import unpack

        unpack(Path(archive), self.path)
