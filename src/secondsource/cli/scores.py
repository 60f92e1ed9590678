"""The figures of an evaluation as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from secondsource.cli.output import Line
from secondsource.evaluate import Tally

_RATED = {"content": "content", "content_exact": "… to the word", "content_and_source": "content and source"}
_SHARES = {
    "stance": "stance",
    "source_kind": "source kind",
    "denies": "denies found",
    "unaware": "unaware found",
}


def score_lines(measured: Mapping[str, Any]) -> Iterator[Line]:
    """The figures of `secondsource.evaluate.figures` for people."""
    counted = f"{measured['gold']} annotated claims, {measured['predicted']} found"
    yield Line(f"{measured['documents']} documents, {counted}")
    yield Line(f"{'':22}precision  recall      F1   95 % interval of F1", style="dim")
    for name, label in _RATED.items():
        low, high = measured["interval"][name]
        yield Line(f"{label:22}{_columns(measured[name])}   {low:.3f} – {high:.3f}")
    yield Line("Of what is marked, on matched claims", style="dim")
    for name, values in measured["marked"].items():
        yield Line(f"{name:22}{_columns(values)}")
    yield Line("Right, as a share of matched claims", style="dim")
    for name, label in _SHARES.items():
        yield Line(f"{label:22}{_share(measured['accuracy'][name])}")
    yield Line(f"{'own voice, recall':22}{_share(measured['own_voice_recall'])}")


def _columns(values: list[float]) -> str:
    precision, recall, both = values
    return f"{precision:9.3f}{recall:8.3f}{both:8.3f}"


def _share(value: float | None) -> str:
    return "     none" if value is None else f"{value:9.3f}"


def errors_lines(tally: Tally, most: int) -> Iterator[Line]:
    """Up to ``most`` claims that were missed, and as many that nobody annotated."""
    for label, rows in (("missed", tally.missed), ("spurious", tally.spurious)):
        for name, source, content in islice(rows, most):
            yield Line(f"{label}  {name}  {source}: {content}")
