"""What derives from what, and the words that show it.

A text derives from another where it cites it ("Reuters reported", "told AFP"), carries its
credit ("QUELMAR (Meldwire) —") or repeats its words outside quotation marks.  None of this
is a judgement: every edge keeps the words it was read from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from secondsource.derivation.changes import Changes
from secondsource.derivation.dates import apart, earlier
from secondsource.derivation.kept import Derivations
from secondsource.derivation.outlets import Outlets
from secondsource.derivation.reuse import REUSE, WORD_FOR_WORD
from secondsource.derivation.told import told
from secondsource.model import Claim, Document, Entity
from secondsource.provenance import Derivation

__all__ = [
    "REUSE",
    "WORD_FOR_WORD",
    "Changes",
    "Derivation",
    "Derivations",
    "Outlets",
    "apart",
    "derive",
    "earlier",
    "told",
]


def derive(
    documents: Sequence[Document], claims: Sequence[Claim] = (), entities: Sequence[Entity] = ()
) -> list[Derivation]:
    """Every derivation among ``documents`` and from outlets they name, each with its words.

    ``claims`` tell which names are outlets and which releases are reported, ``entities`` which
    names are one party's; without them only the texts and their heads are read.  The order of
    the arguments never matters.
    """
    said: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.id):
        said[claim.document].append(claim)
    kept = Derivations()
    kept.follow(
        {document.id: document for document in documents if document.text.strip()},
        {id: tuple(here) for id, here in said.items()},
        entities,
    )
    return [edge for id in sorted(kept.edges) for edge in kept.edges[id]]
