"""Documents that tell the same in the same order in other words, near in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from secondsource.derivation.changes import Pair, Step
from secondsource.derivation.dates import apart, in_time
from secondsource.derivation.paraphrase import PARAPHRASE, anchors, places, retold, steps
from secondsource.derivation.repeats import PairEdges
from secondsource.derivation.sharing import Rule, Sharing
from secondsource.model import Document, Excerpt
from secondsource.provenance import Derivation

_RULE = Rule(most=50, fewest=4, hub=False)
_SAME_WEEK = timedelta(days=7)


class Retellings:
    """Paraphrases in one case, kept up to date.  What repeats another's words is left out."""

    def __init__(self) -> None:
        self._sharing = Sharing(_RULE)
        self._keys: dict[str, tuple[str, ...]] = {}
        self.edges = PairEdges()

    def follow(
        self,
        step: Step,
        repeats: set[str],
        joined: Callable[[Pair], bool],
        touched: Iterable[Pair],
    ) -> set[Pair]:
        """Bring the paraphrases up to date; the pairs of which that is otherwise than before.

        ``repeats`` are the documents that republish others, and ``joined`` tells of which pairs one is known
        to derive from the other; ``touched`` are pairs for which that may be otherwise than before.
        """
        gone = [id for id in self._keys if id in step.changed or id in repeats]
        for id in gone:
            del self._keys[id]
        came = step.documents.keys() - self._keys.keys() - repeats
        self._keys |= {id: anchors(step.documents[id].text) for id in came}
        pairs = self._sharing.follow(gone, {id: steps(self._keys[id]) for id in came}).union(touched)
        met = (pair for pair in pairs if self._sharing.joins(pair) and not joined(pair))
        found = (self._edge(step.documents[one], step.documents[other]) for one, other in met)
        return self.edges.replace(pairs, filter(None, found))

    def _edge(self, one: Document, other: Document) -> Derivation | None:
        gap = apart(one.published, other.published)
        if gap is not None and gap > _SAME_WEEK:
            return None
        first_copies = len(self._keys[one.id]) < len(self._keys[other.id])
        copy, original, directed = in_time(one, other, first_copies=first_copies)
        share, chain = retold(self._keys[copy.id], self._keys[original.id])
        if share < PARAPHRASE:
            return None
        where = places(copy.text)
        shown = tuple(Excerpt.of(copy.text, [where[at]]) for at in chain)
        name = original.publisher or original.title or original.path
        return Derivation(copy.id, name, original.id, "paraphrase", round(share, 4), directed, shown)
