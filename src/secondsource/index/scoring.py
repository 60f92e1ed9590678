"""What a name scores on a list: how it agrees with a listed name, and how near their letters are as wholes.

Of several listed names that agree with it, the closest comes first: by spelling, by legal form, by how few
slips make one of the other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rapidfuzz import fuzz

from secondsource import names
from secondsource.alignment import Alignment
from secondsource.comparisons import THRESHOLD, Align, Comparison, compare_names
from secondsource.names import Name

# docs/decisions/0009 and 0043 have the figures behind these.
READ = 0.85
"""What is left of a score where every word of a Latin name is a learned translation: they may be no more
than names that one entry has beside each other."""

SAME_FORM = 0.1
"""The share of what is missing in a score that a legal form makes good which both names have."""

SEAM = 0.96
"""What is left of a score where a space had to be moved or put in."""

SPELLING = 0.2
SAME_FORMS = 0.2

FEW_SLIPS = (0.5, 0.34, 0.1)
"""The share of what is missing in a score that is made good where no slip sets two names apart
(`names.slips`), words aside that the one asked for lacks; where one does; where two do."""

HINT = 0.69
HINTED = (0.9, 0.8, 0.4)
"""The shares of what is missing to `HINT` in a score under the threshold where words are left out: these
may be what tells two people apart, so few slips put such names in order and make no potential match."""

OTHER_SCRIPT = 0.1
"""The share of what is missing that is missing twice where a Latin name is listed in another script: one
that is listed as it is asked for comes first."""

_LETTERS_LEFT = names.MOST_SLIPS
_APART = ("no letter differs", "one letter differs", "two letters differ")


def listed(
    one: Name,
    other: Name,
    aligning: Align,
    read_as: Callable[[Name, Name], Name] | None = None,
    spelled: str = "",
) -> Comparison:
    """`compare_names` for finding ``one`` on a list that holds ``other``, in normalised ``spelled``.

    Words of ``one`` may be ``read_as`` words of another language.  `SPELLING` of the score
    (half of it across scripts) is how alike the two are spelled as wholes, legal forms and
    titles included, so that of several good candidates the closest comes first.
    """
    best, say = compare_names(one, other, aligning), None
    meant = read_as(one, other) if read_as and best.score < 1 else one
    if meant is not one:
        translated = compare_names(meant, other, aligning)
        if one.text.isascii() and set(meant.tokens).isdisjoint(one.tokens):
            translated = translated._replace(score=round(READ * translated.score, 4))
        if translated.score > best.score:
            best, say = translated, partial(_say_read, translated, one, meant)
    found = None if say or best.score == 1 else aligning(one, other)
    return _also_spelled(best.score, say or best.say, one, other, spelled, found)


def parted(one: Name, meant: Name, other: Name, aligning: Align, spelled: str = "") -> Comparison:
    """`listed` for a name ``one`` in which a space was lost or stands a letter too far; ``meant`` is the
    name with the space in its place."""
    best = compare_names(meant, other, aligning)
    say = partial(_say_parted, best, one, meant)
    return _also_spelled(SEAM * best.score, say, one, other, spelled, aligning(meant, other))


def _also_spelled(
    aligned: float, say: Callable[[], str], one: Name, other: Name, spelled: str, found: Alignment | None
) -> Comparison:
    """What `listed` gives for names whose words agree by ``aligned`` and meet as ``found`` says."""
    written, spelled = names.normalise(one.text), spelled or names.normalise(other.text)
    alike = _as_wholes(written, spelled)
    latin = one.text.isascii()
    share = SPELLING if latin else SPELLING / 2
    score = aligned if aligned == 1 else (1 - share) * aligned + share * alike
    same_form = bool(one.forms) and set(one.forms) == set(other.forms)
    if same_form and score < 1:
        score += SAME_FORM * (1 - score)
        say = partial(_say_same_form, say, one)
    if latin and not names.in_latin(other.text):
        score = max(0.0, score - OTHER_SCRIPT * (1 - score))
    apart = _apart(one, other, written, spelled, found) if found else None
    if found and apart is not None:
        score = _lifted(score, apart, words_left_out=bool(found.right))
        say = partial(_say_apart, say, apart)
    return Comparison(round(score, 4), one.text, other.text, say, alike + SAME_FORMS * same_form)


def _apart(one: Name, other: Name, written: str, spelled: str, found: Alignment) -> int | None:
    """How many slips set two names apart, words aside that ``one`` lacks; None where it cannot be said in
    few slips, across scripts, and of a person of whom one of the two has a single name."""
    single = one.person and 1 in (len(one.tokens), len(other.tokens)) and (found.left or found.right)
    if single or not one.text.isascii() or sum(map(len, found.left)) > _LETTERS_LEFT:
        return None
    return names.slips(written, spelled, found.right)


def _lifted(score: float, apart: int, *, words_left_out: bool) -> float:
    if words_left_out and score < THRESHOLD:
        return score + HINTED[apart] * max(0.0, HINT - score)
    return score + FEW_SLIPS[apart] * (1 - score)


def _as_wholes(one: str, other: str) -> float:
    return (fuzz.ratio(one, other) + fuzz.token_sort_ratio(one, other)) / 200


def _say_read(found: Comparison, asked: Name, meant: Name) -> str:
    words = " ".join(word for word in asked.tokens if word not in meant.tokens)
    others = " ".join(word for word in meant.tokens if word not in asked.tokens)
    return f"{found.sentence} “{words}” was read as “{others}”, for which it stands in other entries."


def _say_apart(say: Callable[[], str], apart: int) -> str:
    return f"{say()} Letter by letter, words left out aside, {_APART[apart]}."


def _say_same_form(say: Callable[[], str], one: Name) -> str:
    return f"{say()} Both are of the legal form {' '.join(one.forms)}."


def _say_parted(found: Comparison, asked: Name, meant: Name) -> str:
    words = " ".join(word for word in asked.tokens if word not in meant.tokens)
    others = " ".join(word for word in meant.tokens if word not in asked.tokens)
    return f"{found.sentence} “{words}” was read as “{others}”, with the space in its place."
