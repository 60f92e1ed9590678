"""Two names set side by side: a score, and the sentence that says why.

Each comparison is a small function of two names taken apart (`secondsource.names.Name`);
its docstring is what a user reads about it.  `compare` asks all that apply and gives the
answer of the best supported one.  A score orders candidates and sorts them out; it is not
a probability, and no score says that two names are one person.

    >>> compare("Yuri Petrov", "PETROV, Yury", "Person").sentence
    '“Yuri Petrov” and “PETROV, Yury”: petrov in both; yuri met yury (0.98, another transliteration).'
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.alignment import ACRONYM, FOLDED, LETTERS, Alignment, Met, Rarity, align, manner
from secondsource.names import Name

THRESHOLD = 0.7
"""The score from which two names are called a potential match, of a pair and on a list alike."""

# docs/decisions/0009 has the figures behind these, as for the alignment.
ONE_NAME = 0.65
INITIALS = 0.82
THREE_LETTERS = 0.75
"""An acronym of three letters is that of many."""
BLENDED, BLENDED_HINT, BLENDED_WHOLE = 0.8, 0.66, 0.95
TOGETHER = 0.97
NUMBERS = 0.6
OTHER_FORM = 0.97

Align = Callable[[Name, Name], Alignment]
"""`alignment.align`, or an `alignment.Aligner`, which weighs words by a list's own counts."""

_ALIKE = 0.6
_FOLDED_GAIN = 0.75
"""What is left of a likeness where each sound that two transliterations write differently is a slip."""


class Comparison(NamedTuple):
    """How far two names agree (0–1), the names as they were written, and why in one sentence.

    ``spelled`` is how alike their letters are as they stand, and their legal forms, where `listed`
    looked: of names that agree equally, the one that is also written so comes first.  A tuple, since
    each name that is screened makes dozens of them.
    """

    score: float
    left: str
    right: str
    say: Callable[[], str]
    spelled: float = 0.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Comparison) and self._replace(say=other.say)[:] == other[:]

    def __hash__(self) -> int:
        return hash((self.score, self.left, self.right, self.spelled))

    @property
    def sentence(self) -> str:
        """Put into words when it is read: a screening scores sixty names and quotes five."""
        return self.say()

    def also(self, sentence: str) -> Comparison:
        """The comparison with one more sentence behind its own."""
        return self._replace(say=lambda: f"{self.sentence} {sentence}")


def exact(one: Name, other: Name) -> Comparison:
    """Both names are made of the same words, in whatever order, once titles, legal forms,
    case, accents and script are set aside."""
    score = 1.0 if one.tokens and one.key == other.key else 0.0
    say = partial(
        "“{}” and “{}” are made of the same words: {}.".format, one.text, other.text, " ".join(one.tokens)
    )
    return Comparison(score, one.text, other.text, say)


def aligned(one: Name, other: Name, rarity: Rarity = names.weight) -> Comparison:
    """Word by word: each word of one name is set against the word of the other that it is most
    like, rare words counting more than common ones."""
    return _aligned(one, other, align(one, other, rarity))


def together(one: Name, other: Name) -> Comparison:
    """The whole names written without spaces: “Vander Bilt” and “Vanderbilt”, a space that
    slipped by a letter."""
    say = partial("“{}” and “{}” are spelled alike when written together.".format, one.text, other.text)
    return Comparison(_together(one, other, 0.0), one.text, other.text, say)


def _together(one: Name, other: Name, above: float) -> float:
    """The score of `together`; a likeness that cannot score more than ``above`` counts as none."""
    floor = max(_ALIKE, (above / TOGETHER) ** 0.5)
    if floor > 1:
        return 0.0
    likeness = max([_spelled(a, b, floor) for a in _orders(one) for b in _orders(other)])
    return round(TOGETHER * likeness**2, 4)


def acronym(one: Name, other: Name) -> Comparison:
    """One name is the first letters of the other: IISS, International Institute for Strategic Studies."""
    short, long = (one, other) if len(one.tokens) < len(other.tokens) else (other, one)
    words = max(len(long.tokens), len(names.normalise(long.text).split()))  # an acronym has a letter of each
    fits = len(short.tokens) == 1 and 2 < len(short.joined) <= words and short.joined in names.acronyms(long)
    score = ACRONYM if len(short.joined) > LETTERS else THREE_LETTERS
    say = partial("“{}” is made of the first letters of “{}”.".format, short.text, long.text)
    return Comparison(score if fits else 0.0, one.text, other.text, say)


def blended(one: Name, other: Name) -> Comparison:
    """One name is made of the beginnings of the other's words, in their order: MELOREFCO, Meldov Oil Refining
    Company.  A hint and no more where a telling word is left out or the letters are few."""
    short, long = (one, other) if len(one.tokens) < len(other.tokens) else (other, one)
    fits = len(short.tokens) == 1 < len(long.tokens) and not (one.person or other.person)
    share, pieces = names.shown(short, long) if fits else (0.0, ())
    whole = share > BLENDED_WHOLE and len(short.joined) > names.SHORT_BLEND + 1
    say = "“{}” is made of the beginnings of words of “{}”: {}."
    return Comparison(
        BLENDED if whole else round(BLENDED_HINT * share, 4),
        one.text,
        other.text,
        partial(say.format, short.text, long.text, "-".join(pieces)),
    )


def initials(one: Name, other: Name) -> Comparison:
    """The same family name, and given names of which one side has only the first letters."""
    found = align(one, other)
    fits = _agree_by_initials(found)
    say = partial(_say_aligned, one, other, found)
    return Comparison(INITIALS if fits else 0.0, one.text, other.text, say)


def one_name(one: Name, other: Name) -> Comparison:
    """A single name against a fuller one that contains it (a family name only): never more than
    a hint, for many people share it."""
    short, long = sorted((one, other), key=lambda name: len(name.tokens))
    fits = len(short.tokens) == 1 < len(long.tokens) and short.tokens[0] in long.tokens
    say = partial("“{}” is one of the names in “{}”; others bear it too.".format, short.text, long.text)
    return Comparison(ONE_NAME if fits else 0.0, one.text, other.text, say)


def legal_form(one: Name, other: Name) -> Comparison:
    """The legal forms agree, or one side names none but “company”: 1; two different forms: a little less."""
    ours, theirs = set(one.forms) - {"company"}, set(other.forms) - {"company"}
    differ = ours and theirs and not ours & theirs
    say = partial("The legal forms differ: {} and {}.".format, " ".join(one.forms), " ".join(other.forms))
    return Comparison(OTHER_FORM if differ else 1.0, one.text, other.text, say)


def numbers(one: Name, other: Name) -> Comparison:
    """The numerals agree, or one side has none: 1; else two things of a series (Shahed-131,
    Shahed-136), whatever the rest says."""
    differ = one.numbers and other.numbers and one.numbers != other.numbers
    shown = ["/".join(sorted(name.numbers)) for name in (one, other)]
    return Comparison(
        NUMBERS if differ else 1.0,
        one.text,
        other.text,
        partial("The numbers differ: {} and {}.".format, *shown),
    )


COMPARISONS = (exact, aligned, together, acronym, blended, initials, one_name, legal_form, numbers)


def compare_names(one: Name, other: Name, aligning: Align = align) -> Comparison:
    """`compare` for names that are already taken apart; ``aligning`` may weigh words by a list's counts."""
    if one.key == other.key:
        best = exact(one, other)
    else:
        found = aligning(one, other)
        best = _aligned(one, other, found)
        if one.person and 1 in (len(one.tokens), len(other.tokens)) and (found.left or found.right):
            best = _held_back(best, one, other)
        best = _best_of(best, one, other)
        if ONE_NAME < best.score < ACRONYM:
            best = _held_back(best, one, other)
    if (one.forms != other.forms and one.forms and other.forms) or one.numbers != other.numbers:
        best = _qualified(best, legal_form(one, other), numbers(one, other))
    return best


def compare(one: str, other: str, schema: str | None = None) -> Comparison:
    """Set two names of things of kind ``schema`` side by side; without one, the better of two
    readings, as people's names and as others.  Symmetric: only left and right change places.
    """
    if schema:
        return compare_names(names.parse(one, schema), names.parse(other, schema))
    return max(compare(one, other, "Person"), compare(one, other, "LegalEntity"), key=attrgetter("score"))


def explain(one: str, other: str, schema: str | None = None) -> tuple[Comparison, tuple[str, ...]]:
    """`compare`, and all its sentences: why the score is what it is, what is odd about the letters,
    and on which side of the threshold it stands."""
    found = compare(one, other, schema)
    over = found.score >= THRESHOLD
    side = "at or over the threshold of" if over else "under the threshold of"
    verdict = "a potential match, to be checked" if over else "no potential match by name"
    last = f"Score {found.score:g}, {side} {THRESHOLD:g}: {verdict}."
    return found, (found.sentence, *names.warnings(one), *names.warnings(other), last)


def _best_of(best: Comparison, one: Name, other: Name) -> Comparison:
    """``best``, or what another comparison that can apply to names of these shapes says with more."""
    above = best.score
    if len(one.tokens) == 1 or len(other.tokens) == 1:
        best = _higher(best, acronym(one, other))
        if best.score < BLENDED and not one.person:
            best = _higher(best, blended(one, other))
    cut = _has_initial(one) != _has_initial(other)
    if cut and _ALIKE / 2 < above < INITIALS and _may_agree_by_initials(one, other):
        best = _higher(best, initials(one, other))
    if not (cut and one.person) and _about_as_long(one.joined, other.joined):
        best = best if _together(one, other, best.score) <= best.score else together(one, other)
    return best


def _about_as_long(one: str, other: str) -> bool:
    """Whether names of these lengths, written together, can be alike enough."""
    least = _ALIKE * FOLDED**2
    return len(one) >= least * len(other) and len(other) >= least * len(one)


def _higher(best: Comparison, other: Comparison) -> Comparison:
    return other if other.score > best.score else best


def _aligned(one: Name, other: Name, found: Alignment) -> Comparison:
    return Comparison(round(found.score, 4), one.text, other.text, partial(_say_aligned, one, other, found))


def _held_back(best: Comparison, one: Name, other: Name) -> Comparison:
    """A hint and no more where a person is known by one name, or a body by what kind of body it is."""
    if best.score <= ONE_NAME:
        return best
    if one.person and 1 in (len(one.tokens), len(other.tokens)):
        single = one_name(one, other)
        return single if single.score else best._replace(score=ONE_NAME)
    return best._replace(score=ONE_NAME) if _kind_only(one, other) else best


def _kind_only(one: Name, other: Name) -> bool:
    """True for “Trading Company” beside “Kupol Trading Company”."""
    telling = [{word for word in name.tokens if names.weight(word) > names.TELLING} for name in (one, other)]
    return not one.person and not all(telling) and any(telling)


def _qualified(best: Comparison, form: Comparison, number: Comparison) -> Comparison:
    """``best`` with what a different legal form or number takes off, and says."""
    score = round(min(best.score * form.score, number.score), 4)
    said = [part for part in (form, number) if part.score < 1 and best.score]
    if not said:
        return best
    return best._replace(score=score, say=lambda: " ".join(part.sentence for part in (best, *said)))


def _orders(name: Name) -> tuple[str, ...]:
    return (name.joined,) if name.joined == name.listed else (name.joined, name.listed)


def _spelled(one: str, other: str, floor: float) -> float:
    spelled = OSA.normalized_similarity(one, other, score_cutoff=floor * _FOLDED_GAIN)
    if not spelled:
        return 0.0
    folded = OSA.normalized_similarity(names.fold(one), names.fold(other), score_cutoff=floor)
    return max(spelled, FOLDED * folded)


def _has_initial(name: Name) -> bool:
    return 1 in map(len, name.tokens)


def _may_agree_by_initials(one: Name, other: Name) -> bool:
    """False where `_agree_by_initials` would be of any alignment: a word is left, or none is the same."""
    return len(one.tokens) == len(other.tokens) and not set(one.tokens).isdisjoint(other.tokens)


def _agree_by_initials(found: Alignment) -> bool:
    same = any(met.left == met.right and len(met.left) > 2 for met in found.met)
    return same and not (found.left or found.right) and all(map(_equal_or_initial, found.met))


def _equal_or_initial(met: Met) -> bool:
    return met.left == met.right or 1 in (len(met.left), len(met.right))


def _say_met(met: Met) -> str:
    if met.left == met.right:
        return f"{met.left} in both"
    return f"{met.left} met {met.right} ({met.score:.2f}, {manner(met.left, met.right)})"


def _say_aligned(one: Name, other: Name, found: Alignment) -> str:
    parts = [_say_met(met) for met in found.met] or ["no word of one met a word of the other"]
    for words, name in ((found.left, one), (found.right, other)):
        if words:
            parts.append(f"{' '.join(words)} only in “{name.text}”")
    return f"“{one.text}” and “{other.text}”: {'; '.join(parts)}."
