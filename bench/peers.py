"""nomenklatura as a rival, where it is installed: its blocker proposes, its logic-v2 scores.

It needs ICU, is no dependency of ours, and is measured by whoever has it beside the project
(`pip install nomenklatura`).  Where it is missing the benchmarks say so.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

PROPOSED = 20
"""Entries that logic-v2 scores for a query, of those that the blocker proposes."""

Row = dict[str, Any]
Scorer = Callable[[Any, Any], float]
_IDS = count()


def installed() -> bool:
    try:
        import nomenklatura  # type: ignore[import-not-found, unused-ignore]  # noqa: F401
    except ImportError as missing:
        print(f"nomenklatura is not installed here ({missing}); it was not measured\n")
        return False
    return True


def entity(schema: str, names: list[str], id: str = "") -> Any:
    """An entity of theirs.  Ids are made anew: they remember the names of an id."""
    from followthemoney import Dataset, StatementEntity  # type: ignore[import-not-found, unused-ignore]

    dataset = Dataset.make({"name": "bench", "title": "bench"})
    known = {"id": id or f"q{next(_IDS)}", "schema": schema, "properties": {"name": names}}
    return StatementEntity.from_data(dataset, known)


def logic() -> Scorer:
    from nomenklatura.matching import LogicV2, ScoringConfig  # type: ignore[import-not-found, unused-ignore]

    config = ScoringConfig.defaults()
    return lambda one, other: float(LogicV2.compare(one, other, config).score)


def found(entities: list[Row], queries: list[Row]) -> Iterator[list[tuple[int, float]]]:
    """For each query the clusters that it may mean, with the scores of logic-v2, best first."""
    from followthemoney import Dataset
    from nomenklatura.blocker import Index  # type: ignore[import-not-found, unused-ignore]
    from nomenklatura.resolver import Linker  # type: ignore[import-not-found, unused-ignore]
    from nomenklatura.store.memory import MemoryStore  # type: ignore[import-not-found, unused-ignore]

    store = MemoryStore(Dataset.make({"name": "bench", "title": "bench"}), Linker({}))
    listed = [entity(row["schema"], row["names"], f"e{at}") for at, row in enumerate(entities)]
    with store.writer() as writer:
        for one in listed:
            writer.add_entity(one)
    with tempfile.TemporaryDirectory() as folder:
        index = Index(store.default_view(), Path(folder))
        index.build()
        asked = [entity(query["schema"], [query["query"]], f"q{at}") for at, query in enumerate(queries)]
        proposed = {str(id): matches for id, matches in index.match_entities(asked)}
        score = logic()
        for at, one in enumerate(asked):
            places = [int(str(id)[1:]) for id, _ in proposed.get(f"q{at}", ())][:PROPOSED]
            scored = [(entities[place]["cluster"], score(one, listed[place])) for place in places]
            yield sorted(scored, key=lambda hit: -hit[1])
        index.close()
