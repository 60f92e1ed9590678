"""The names of all documents taken together: one thing under all its names.

Four steps, none of which depends on the order in which documents came.  Clusters under the
same words are one (`nodes`).  Names that may be one are found by what they share, and compared
(`blocking`, `graph`).  Those that agree word by word are joined by average linkage, so that a
chain of likenesses does not merge the world (`linkage`).  A short form (a family name, an
acronym) joins the one fuller name of the case that it fits, and is left open where it fits
several (`short_forms`).  What a person judged is obeyed throughout (`judged`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from secondsource.model import Entity, Judgement, Mention
from secondsource.resolve.resolver import Resolver

__all__ = ["Resolver", "resolve"]


def resolve(mentions: Mapping[str, Sequence[Mention]], judgements: Sequence[Judgement] = ()) -> list[Entity]:
    """The entities of a case from the mentions of its documents, by document id.

    Clusters inside a document are kept whole.  An entity's id is a hash of its kind and
    name, and its reasons say which names were joined and why.  ``judgements``, the oldest first,
    are obeyed.  Entities come by how many documents name them, then by name.
    """
    resolver = Resolver(judgements)
    for document in sorted(mentions):
        resolver.put(document, mentions[document])
    return resolver.entities
