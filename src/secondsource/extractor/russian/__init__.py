"""Claims and names of Russian texts: natasha's parser and names, pymorphy3's lemmas, our cue lexicon.

The libraries come with the extra ``secondsource[ru]``; nothing here is imported without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from secondsource.extractor.paragraphs import stretches
from secondsource.extractor.russian.attributions import attributions
from secondsource.extractor.russian.names import mentions
from secondsource.extractor.russian.parse import Parser
from secondsource.extractor.russian.readout import Readout
from secondsource.gazetteers import WatchList
from secondsource.model import Block, Extraction

__all__ = ["Russian"]


class Russian:
    """Reads claims from Russian text; the models are loaded once, when the first text is read."""

    def __init__(self) -> None:
        self._parser = Parser()

    def extract(
        self,
        document: str,
        text: str,
        *,
        blocks: Sequence[Block] = (),
        watch: WatchList | None = None,
        published: str | None = None,
    ) -> Extraction:
        """The claims and names of ``text``, offsets in code points, in reading order."""
        sentences = self._parser.parse(text, list(stretches(text, blocks)))
        named = mentions(sentences, text, watch)
        readout = Readout(document, text, named, published)
        found = [one for sentence in sentences for one in attributions(sentence, text)]
        claims = [readout.attributed(one) for one in found]
        claims += readout.own(sentences, found)
        distinct: Mapping[str, object] = {claim.id: claim for claim in claims}
        ordered = sorted(
            (claim for claim in claims if distinct[claim.id] is claim),
            key=lambda claim: (claim.content.spans, claim.voice, claim.id),
        )
        return Extraction(tuple(ordered), named)
