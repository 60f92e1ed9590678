"""How far sources can be relied on, and who copies whom, learned where the same sources speak of many things.

The model of Dong, Berti-Equille and Srivastava ("Integrating conflicting data: the role of source
dependence", VLDB 2009), with likeness between values after TruthFinder (Yin, Han and Yu 2007): a value is as
likely as the votes of those who give it, a source as reliable as its values are likely, and two sources
that share values that nobody else gives are likely to copy.  The three are computed in turns.

News gives most sources too few matters for this; it serves tables, registers and repeated figures,
and what it learns is a record of a source, never a judgement on one claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import exp, log

from secondsource.corroborate.belief import shares

Source = Hashable
Value = Hashable
Given = Mapping[Hashable, Mapping[Source, Value]]
"""For each thing, what each source gives as its value."""

_START = 0.8
_PRIOR = 2.0
_LEAST, _MOST = 0.05, 0.99
_COPIES = 0.2
_REPEATED = 0.8
_FEWEST = 5
_LARGEST = 150
_LEARNED = 5


@dataclass(frozen=True, slots=True)
class Learned:
    """The probability of each value, the reliability of each source, and the chance of each pair to copy.

    A pair stands in both orders; pairs that share fewer than five things are left out.
    """

    values: Mapping[Hashable, Mapping[Value, float]]
    reliability: Mapping[Source, float]
    copying: Mapping[tuple[Source, Source], float]

    def likeliest(self) -> dict[Hashable, Value]:
        """The value of each thing that is the most likely."""
        likeliest = {thing: _likeliest(found) for thing, found in self.values.items()}
        return {thing: value for thing, value in likeliest.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Model:
    """What the learning supposes: how many false values there are, and how like values support each other.

    ``alike`` gives the likeness of two values, 0–1; ``support`` is the share of its votes that a value
    lends to one that is wholly like it.
    """

    false_values: int = 100
    alike: Callable[[Value, Value], float] | None = None
    support: float = 0.5
    rounds: int = 20

    def learn(self, given: Given) -> Learned:
        """Reliabilities, copying and values from what sources give; the order never matters."""
        sources = sorted({source for told in given.values() for source in told}, key=str)
        reliability: dict[Source, float] = dict.fromkeys(sources, _START)
        values: dict[Hashable, dict[Value, float]] = {}
        # What is shared is first taken for right: otherwise copiers outvote the others before they are known.
        copying = self._copying(given, values, reliability)
        for number in range(self.rounds):
            values = {thing: self._shares(told, reliability, copying) for thing, told in given.items()}
            reliability = _reliability(given, values)
            if number < _LEARNED:
                copying = self._copying(given, values, reliability)
        return Learned(values, reliability, copying)

    def _shares(
        self,
        told: Mapping[Source, Value],
        reliability: Mapping[Source, float],
        copying: Mapping[tuple[Source, Source], float],
    ) -> dict[Value, float]:
        givers: defaultdict[Value, list[Source]] = defaultdict(list)
        for source, value in told.items():
            givers[value].append(source)
        alone = {value: self._votes(of, reliability, copying) for value, of in givers.items()}
        votes = {value: self._supported(value, alone) for value in alone}
        return shares(votes, self.false_values + 1)

    def _votes(
        self,
        of: list[Source],
        reliability: Mapping[Source, float],
        copying: Mapping[tuple[Source, Source], float],
    ) -> float:
        """The votes of a value's givers, the most reliable first, each less what it may have copied."""
        ordered = sorted(of, key=lambda source: (-reliability[source], str(source)))
        total = 0.0
        for at, source in enumerate(ordered):
            own = 1.0
            for before in ordered[:at]:
                own *= 1 - _REPEATED * copying.get((source, before), 0.0)
            total += own * log(self.false_values * reliability[source] / (1 - reliability[source]))
        return total

    def _supported(self, value: Value, votes: Mapping[Value, float]) -> float:
        if self.alike is None:
            return votes[value]
        lent = sum(self.alike(value, other) * has for other, has in votes.items() if other != value)
        return votes[value] + self.support * lent

    def _copying(
        self,
        given: Given,
        values: Mapping[Hashable, Mapping[Value, float]],
        reliability: Mapping[Source, float],
    ) -> dict[tuple[Source, Source], float]:
        shared: defaultdict[tuple[Source, Source], list[int]] = defaultdict(lambda: [0, 0, 0])
        for thing, told in given.items():
            likely = _likeliest(values.get(thing, {}))
            ordered = sorted(told.items(), key=lambda item: str(item[0]))[:_LARGEST]
            for (one, first), (other, second) in combinations(ordered, 2):
                right = likely is None or first == likely
                shared[one, other][2 if first != second else 0 if right else 1] += 1
        found = {}
        for (one, other), counts in shared.items():
            if sum(counts) >= _FEWEST:
                wrong = 1 - (reliability[one] * reliability[other]) ** 0.5
                found[one, other] = found[other, one] = self._dependence(counts, wrong)
        return found

    def _dependence(self, counts: list[int], wrong: float) -> float:
        """The chance that two sources are not independent, from the values that they share and do not."""
        right_both, wrong_both = (1 - wrong) ** 2, wrong**2 / self.false_values
        differ = max(1e-9, 1 - right_both - wrong_both)
        alone = (right_both, wrong_both, differ)
        copied = (
            (1 - wrong) * _REPEATED + right_both * (1 - _REPEATED),
            wrong * _REPEATED + wrong_both * (1 - _REPEATED),
            differ * (1 - _REPEATED),
        )
        odds = log((1 - _COPIES) / _COPIES)
        odds += sum(n * (log(a) - log(c)) for n, a, c in zip(counts, alone, copied, strict=True))
        return 1 / (1 + exp(min(50.0, max(-50.0, odds))))


def _likeliest(found: Mapping[Value, float]) -> Value | None:
    return min(found, key=lambda value: (-round(found[value], 12), str(value)), default=None)


def _reliability(given: Given, values: Mapping[Hashable, Mapping[Value, float]]) -> dict[Source, float]:
    """Each source's values by their likelihood, two more of the usual reliability counted in."""
    found: defaultdict[Source, list[float]] = defaultdict(list)
    for thing, told in given.items():
        for source, value in told.items():
            found[source].append(values[thing][value])
    means = {s: (sum(known) + _START * _PRIOR) / (len(known) + _PRIOR) for s, known in found.items()}
    return {source: min(_MOST, max(_LEAST, mean)) for source, mean in means.items()}
