"""How long `secondsource verify` takes over a case of 10,000 documents with their claims.

The documents are short reports; the claims are put in as an extraction would give them, since what
is measured is the checking.  Target: under 60 s.

    python bench/verify.py [--documents 10000]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import factory
from secondsource.model import Extraction
from secondsource.store import Store, verify

TARGET = 60.0


def case(folder: Path, count: int) -> Store:
    store = Store.open(folder / "case")
    for number in range(count):
        said = f"The port of Kesh {number} is closed, the harbour office said on Monday. " * 8
        id = store.blobs.add(said.encode())
        document = replace(factory.document(said, path=f"{number:05}.txt"), id=id)
        store.add_document(document)
        claims = tuple(
            factory.claim(document, words, "the harbour office")
            for words in ("port of Kesh", "is closed", "on Monday")
        )
        mentions = (factory.mention(document, "Kesh"),)
        store.add_extraction(document.id, Extraction(claims, mentions), extractor="bench")
    return store


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as place:
        started = perf_counter()
        store = case(Path(place), count)
        made = perf_counter() - started
        claims = store.counts()["claims"]
        started = perf_counter()
        found = list(verify(store))
        took = perf_counter() - started
        entries = store.ledger.size()
        store.close()
    print(f"{count:,} documents, {claims:,} claims, {entries:,} entries of the ledger; made in {made:.1f} s")
    print(f"verify: {took:.1f} s, {len(found)} differences; it is to stay under {TARGET:.0f} s")


if __name__ == "__main__":
    main()
