"""Splink on DuckDB over the same invented mentions, set up as its own guides do for names.

Names are given to it in Latin letters (anyascii), since it reads no scripts.  The threshold of its
clusters is the best of several, judged by the known bearers, which favours it.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from typing import Any

import pyarrow as pa
import splink.comparison_library as cl
from anyascii import anyascii
from invented_world import Key, World
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

THRESHOLDS = (0.3, 0.5, 0.8, 0.95)


def table(made: World) -> pa.Table:
    rows = defaultdict(list)
    for document, mentions in made.case.items():
        for mention in mentions:
            words = re.sub(r"[^a-z0-9 ]", " ", anyascii(mention.name).lower()).split()
            if "," in mention.name and mention.schema == "Person":
                words = words[1:] + words[:1]
            told = {
                "unique_id": f"{document} {mention.entity}",
                "schema": mention.schema,
                "whole": " ".join(words),
                "in_order": " ".join(sorted(words)),
                "first_word": words[0],
                "last_word": words[-1],
            }
            for name, value in told.items():
                rows[name].append(value)
    return pa.table(rows)


def linker(made: World) -> Linker:
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("whole", [0.97, 0.92, 0.85]),
            cl.JaroWinklerAtThresholds("last_word", [0.95, 0.88]),
            cl.JaroWinklerAtThresholds("first_word", [0.95, 0.8]),
            cl.JaroWinklerAtThresholds("in_order", [0.97, 0.9]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("schema", "last_word", "substr(first_word, 1, 1)"),
            block_on("schema", "first_word", "substr(last_word, 1, 3)"),
            block_on("schema", "in_order"),
        ],
    )
    database = DuckDBAPI()
    made_ready = Linker(database.register(table(made)), settings)
    training = made_ready.training
    training.estimate_probability_two_random_records_match([block_on("in_order")], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=5e5, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("last_word", "substr(whole, 1, 3)"))
    training.estimate_parameters_using_expectation_maximisation(block_on("in_order"))
    return made_ready


def resolved(made: World) -> dict[float, list[list[Key]]]:
    """The clusters at each threshold."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    ready = linker(made)
    predicted = ready.inference.predict(threshold_match_probability=min(THRESHOLDS))
    return {threshold: clusters(ready, predicted, threshold) for threshold in THRESHOLDS}


def clusters(ready: Linker, predicted: Any, threshold: float) -> list[list[Key]]:
    found = ready.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
    held = defaultdict(list)
    for row in found.as_record_list():
        document, _, cluster = row["unique_id"].partition(" ")
        held[row["cluster_id"]].append((document, cluster))
    return list(held.values())
