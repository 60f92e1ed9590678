"""A light learned model beside the rules: which words attribute, and what exactly they take as content.

It finds attributions as GUM annotates them (whole clauses, nested ones and all), not as
``docs/claims.md`` does: there the rules are better (``docs/decisions/0012-a-model-beside-the-rules.md``).
Every token that may be a cue gets a list of stretches that may be its content, and one
log-linear model chooses between them and "no cue" (McFadden 1974, conditional logit).
Reading needs no package beyond the extractor's own.
"""

from __future__ import annotations

from secondsource.extractor.learned.model import Model, shipped
from secondsource.extractor.learned.scheme import Stretch, read

__all__ = ["Model", "Stretch", "read", "shipped"]
