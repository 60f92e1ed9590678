"""The names of lists made ready to be looked through, in memory or in files.

Built once for a set of list editions, and from then on mapped from its files: opening it reads
little.  What it finds is the same either way.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from secondsource import names
from secondsource.alignment import Aligner
from secondsource.comparisons import Comparison
from secondsource.garbage import unsearched
from secondsource.index.links import FROM, Links, arrays_of_links, linked
from secondsource.index.making import arrays_of
from secondsource.index.phrases import Phrases, arrays_of_phrases
from secondsource.index.reading import Reading
from secondsource.index.scoring import listed, parted
from secondsource.index.tables import Array, Arrays, Strings, open_saved, save
from secondsource.names import Name

ALGORITHM = "words-9"
"""The way of finding and scoring; another one has another name, so that a screening can be repeated."""

READINGS = ("Person", "LegalEntity")
COMPARED = 2
"""Entries compared in full beyond those asked for: the order in which names are found is rougher."""

_REMEMBERED = 50_000

HOPELESS = 0.2
"""Names that seem less alike than this are not compared."""

_PART = 0.001
"""What is taken off for a name within a listed one where others are spelled alike."""

_NEAR = 0.01
"""A name of an entry is compared too where it seems so much less alike than the entry's best one."""


LONG = 10_000
"""Names from which an index is a long one."""

AT_ONCE = 50
"""Names that are looked for together: more cost memory and save little."""

Near = Sequence[tuple[int, float]]
"""Names by their places, the likeliest first, each with about its score."""


class Form(NamedTuple):
    """One name under which an entry is listed; entries are numbered, forms of one stand together.

    ``part`` is true of what stands within a listed name: of equal names that of an entry which is
    listed so as a whole comes first.
    """

    entry: int
    text: str
    schema: str
    part: bool = False


class Found(NamedTuple):
    """An entry that a name may mean, by its number, and the comparison that says why."""

    entry: int
    comparison: Comparison


class NameIndex:
    """All names of some lists, by how they are read: as people's names, or as others'."""

    def __init__(self, sides: dict[str, Side]) -> None:
        self.sides = sides
        self.size = sum(side.reading.size for side in sides.values())
        self._kept = False

    @classmethod
    def build(cls, forms: Iterable[Form], before: NameIndex | None = None) -> NameIndex:
        """The index of ``forms``; what ``before`` holds of them is not worked out again."""
        return cls({reading: Side(arrays) for reading, arrays in arrays_by_reading(forms, before)})

    @classmethod
    def open(cls, folder: Path) -> NameIndex:
        """The index that `write` put into ``folder``, mapped into memory."""
        return cls({name: Side(open_saved(folder / name)) for name in READINGS if (folder / name).is_dir()})

    @staticmethod
    def write(forms: Iterable[Form], folder: Path, before: NameIndex | None = None) -> None:
        """Build the index into the empty ``folder``, as `build` does in memory."""
        for reading, arrays in arrays_by_reading(forms, before):
            (folder / reading).mkdir(parents=True)
            save(folder / reading, arrays)

    def keep(self) -> NameIndex:
        """The index itself, with its names taken into memory: for asking it many times.

        What is in memory by then is left out of Python's searches for garbage from now on: with a
        long list they took a fifth of the time.
        """
        if not self._kept:
            self._kept = True
            for side in self.sides.values():
                side.keep()
            if self.size > LONG:
                gc.unfreeze()  # an index that this one takes the place of is garbage by now
                gc.collect()
                gc.freeze()
        return self

    def find(self, text: str, schema: str | None = None, limit: int = 5) -> list[Found]:
        """The entries that ``text`` may name, the likeliest first; some more than ``limit``.

        ``schema`` is the kind of thing that is named, where it is known.
        """
        return self.find_all([(text, schema)], limit)[0]

    def holding(self, words: Sequence[str]) -> list[int]:
        """The entries, in their order, of which a name holds the rarest of some normalised words: all that
        may hold every one of them."""
        return self._entries_of(side.reading.holding(words) for side in self.sides.values())

    def beginning(self, start: str) -> list[int]:
        """The entries, in their order, of which a name holds a word that begins so."""
        return self._entries_of(side.reading.beginning(start) for side in self.sides.values())

    def _entries_of(self, places: Iterable[Array]) -> list[int]:
        held = (side.entries(some) for side, some in zip(self.sides.values(), places, strict=True))
        return sorted({at for entries in held for at in entries})

    def find_all(self, asked: Sequence[tuple[str, str | None]], limit: int = 5) -> list[list[Found]]:
        """`find` for each of many names with their schemas, which costs less than one by one."""
        found: list[list[Found]] = [[] for _ in asked]
        by_schema: dict[str | None, list[int]] = {}
        for at, (_, schema) in enumerate(asked):
            by_schema.setdefault(schema, []).append(at)
        for schema, places in by_schema.items():
            for some in (places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE)):
                texts = [asked[at][0] for at in some]
                for side in self.sides.values():
                    for at, each in zip(some, side.find_all(texts, schema, limit), strict=True):
                        found[at] += each
        return [sorted(each, key=_rank) for each in found] if len(self.sides) > 1 else found


class Side:
    """The names that are read in one way."""

    def __init__(self, arrays: Arrays) -> None:
        self.reading = Reading(arrays)
        self._entries, self._schema = arrays["entries"], arrays["schemas"]
        self._parts = arrays["parts"]
        self._texts = Strings(arrays["text_data"], arrays["text_ends"])
        self._kinds = json.loads(arrays["kinds"].tobytes())
        self._read = "Person" if self._kinds == ["Person"] else "LegalEntity"
        self.phrases = Phrases(arrays)
        self._links = Links(arrays)
        self.name = lru_cache(maxsize=_REMEMBERED)(self._name)
        """The name at a place, taken apart."""
        self.form = lru_cache(maxsize=_REMEMBERED)(self._form)
        """The name at a place, with its entry and kind."""
        self._allowed = lru_cache(maxsize=64)(self._mask)

    def keep(self) -> None:
        self._texts.keep()
        self.reading.keep()

    def texts(self) -> Iterator[str]:
        """Every name as it is listed."""
        return iter(self._texts)

    def parsed(self) -> dict[str, names.Name]:
        """Every name taken apart, by how it is listed."""
        person = self._read == "Person"
        return {text: self.reading.name(at, text, person) for at, text in enumerate(self._texts)}

    def forms(self) -> Iterator[Form]:
        """Every name with its entry and kind."""
        return map(self._form, range(len(self._texts)))

    def entries(self, places: Array) -> list[int]:
        """Whose the names at some places are."""
        found: list[int] = np.unique(self._entries[places]).tolist()
        return found

    def entry(self, at: int) -> int:
        """Whose the name at a place is."""
        return int(self._entries[at])

    def _name(self, at: int) -> Name:
        return self.reading.name(at, self._texts[at], self._read == "Person")

    def _form(self, at: int) -> Form:
        kind = self._kinds[int(self._schema[at])]
        return Form(int(self._entries[at]), self._texts[at], kind, bool(self._parts[at]))

    def _mask(self, schema: str | None) -> Array | None:
        """Which names are of a kind that the asked one can be; None for all of them."""
        wanted = [names.same_kind(schema or "Thing", kind) for kind in self._kinds]
        return None if all(wanted) else np.asarray(np.array(wanted)[self._schema])

    def find_all(self, texts: Sequence[str], schema: str | None, limit: int) -> list[list[Found]]:
        allowed = self._allowed(schema)
        if allowed is not None and not allowed.any():
            return [[] for _ in texts]
        asked = [names.parse(self._told(text), self._read) for text in texts]
        near = self.reading.nearest_all(asked, allowed)
        sure = self.reading.sure_all(asked, allowed)
        apart = self.reading.parted_all(asked, allowed)
        found = [self._compared(*item, limit) for item in zip(asked, near, sure, apart, strict=True)]
        for best in found:
            self._led_to(best, allowed)
        return [sorted((Found(*item) for item in best.items()), key=_rank) for best in found]

    def _told(self, text: str) -> str:
        """The name that is asked for: of a person's in a row of spellings the first."""
        return (names.spellings(text) or (text,))[0] if self._read == "Person" else text

    def _compared(
        self, asked: Name, near: Near, sure: Sequence[int], apart: Mapping[int, Name], limit: int
    ) -> dict[int, Comparison]:
        read_as = self.reading.read_as if self.reading.speaks(asked) else None
        best: dict[int, Comparison] = {}
        aligning = Aligner(self.reading.rarity)
        told: dict[str, Comparison] = {}  # two lists name one person in the same letters
        for at in self._worth_comparing(near, [*sure, *apart] if apart else sure, limit + COMPARED):
            entry, form = int(self._entries[at]), self.name(at)
            found = told.get(form.text) or told.setdefault(
                form.text, listed(asked, form, aligning, read_as, self.reading.spelled(at))
            )
            if at in apart:
                other = parted(asked, apart[at], form, aligning, self.reading.spelled(at))
                found = other if _better(other, found) else found
            if self._parts[at]:
                found = found._replace(spelled=found.spelled - _PART)
            if entry not in best or _better(found, best[entry]):
                best[entry] = found
        return best

    def _led_to(self, best: dict[int, Comparison], allowed: Array | None) -> None:
        """Put the entries into ``best`` that share a name with one that agrees."""
        for entry, found in [item for item in best.items() if item[1].score >= FROM]:
            for name, other in self._links.of(entry):
                if allowed is not None and not allowed[other]:
                    continue
                led = linked(found, self._texts[name], self._texts[other])
                if (at := int(self._entries[other])) not in best or _better(led, best[at]):
                    best[at] = led

    def _worth_comparing(self, near: Near, sure: Sequence[int], entries: int) -> Iterator[int]:
        """The names of the likeliest entries, of each entry the likeliest and others near to it."""
        yield from sure
        best: dict[int, float] = {}
        for at, score in near:
            entry = int(self._entries[at])
            if score < HOPELESS or (entry not in best and len(best) == entries):
                break
            if score > best.setdefault(entry, score) - _NEAR and at not in sure:
                yield at


def _better(one: Comparison, other: Comparison) -> bool:
    return (one.score, one.spelled) > (other.score, other.spelled)


def _rank(found: Found) -> tuple[float, float, int]:
    return -found.comparison.score, -found.comparison.spelled, found.entry


def arrays_by_reading(forms: Iterable[Form], before: NameIndex | None) -> Iterator[tuple[str, Arrays]]:
    """What a `Side` works on, for each reading that there are names of."""
    every = list(forms)
    for reading in READINGS:
        read = [form for form in every if (form.schema == "Person") == (reading == "Person")]
        if read:
            with unsearched():  # a tenth of the time
                arrays = _side_arrays(read, reading, before.sides.get(reading) if before else None)
            yield reading, arrays


def _side_arrays(forms: list[Form], reading: str, before: Side | None) -> Arrays:
    kinds = sorted({form.schema for form in forms})
    place = {kind: at for at, kind in enumerate(kinds)}
    texts = Strings.of(map(attrgetter("text"), forms))
    known = before.parsed() if before else {}
    parsed = [known.get(form.text) or names.parse(form.text, reading) for form in forms]
    entries = [form.entry for form in forms]
    made = arrays_of(parsed, entries, translate=reading != "Person")
    return {
        **made,
        **arrays_of_links(made, np.array(entries, np.int32)),
        **arrays_of_phrases(parsed),
        "entries": np.array(entries, np.int32),
        "schemas": np.fromiter((place[form.schema] for form in forms), np.uint8, len(forms)),
        "parts": np.fromiter((form.part for form in forms), bool, len(forms)),
        "kinds": np.frombuffer(json.dumps(kinds).encode(), np.uint8),
        "text_data": texts.data,
        "text_ends": texts.ends,
    }
