"""Names that a user or a list gives, at their places in a passage; they go before what an engine finds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from secondsource.gazetteers import Known, WatchList
from secondsource.languages.engine import Passage
from secondsource.model import Block, Excerpt, Mention, Span
from secondsource.names import warnings
from secondsource.text import content_id, overlap, plain

# Chinese has no spaces, so that its names stand anywhere, and letters right beside a character.
_BEFORE, _AFTER = "(?<![^\\W\\u3400-\\u9fff])", "(?![^\\W\\u3400-\\u9fff])"


def with_known(named: Sequence[Mention], passage: Passage) -> tuple[Mention, ...]:
    """``named``, and in place of those that they overlap the names of the passage's watch list."""
    known = [_mention(passage.text, *one) for block in passage.blocks for one in _found(passage, block)]
    taken = [one.excerpt.spans[0] for one in known]
    kept = (one for one in named if not any(overlap(one.excerpt.spans[0], span) for span in taken))
    return tuple(sorted((*known, *kept), key=lambda one: one.excerpt.spans))


def _found(passage: Passage, block: Block) -> Iterator[tuple[Span, Known]]:
    watch = passage.watch
    if watch is not None and watch.forms:
        pattern = _pattern(watch)
        for hit in pattern.finditer(plain(passage.text[block.start : block.end])):
            yield Span(block.start + hit.start(), block.start + hit.end()), watch.forms[hit.group()]


@lru_cache(maxsize=8)
def _pattern(watch: WatchList) -> re.Pattern[str]:
    """Finds every form, the longest first."""
    forms = "|".join(map(re.escape, sorted(watch.forms, key=len, reverse=True)))
    return re.compile(f"{_BEFORE}(?:{forms}){_AFTER}")


def _mention(text: str, span: Span, known: Known) -> Mention:
    excerpt = Excerpt.of(text, [span])
    id = content_id("m", known.name.casefold())
    return Mention(excerpt, known.schema, id, known.name, "list", tuple(warnings(excerpt.text)))
