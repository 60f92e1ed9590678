"""When two names are one: alike in every word, or one of them short for the other."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from secondsource import names
from secondsource.alignment import VARIANT, Alignment, Met, align
from secondsource.comparisons import Comparison, compare_names
from secondsource.names import Name
from secondsource.resolve.nodes import Seed

SAME = 0.75
"""What two whole names must score to be taken for one, besides agreeing word by word."""

SPELLED = 0.75
"""How alike two words of the same consonants must be spelled: Hassan and Hussein are not."""

NEAR = 0.6
"""What two names must score to be worth a person's look."""

SLIPPERY = 5
"""A word of fewer letters with one of them changed is another word."""

SLIP = 7
"""A word of more letters than this may differ by one of them and still be that word."""

OTHER_NAME = "another name of it in one of its documents"
_PEOPLE = ("n", "an", "ian", "ese", "se", "i", "ish")
_PARTICLE = 0.2


def compared(one: Name, other: Name) -> Comparison | None:
    """Two names set side by side, None where their numerals differ: Shahed-131, Shahed-136."""
    return compare_names(one, other) if one.numbers == other.numbers else None


def same(one: Name, other: Name, found: Comparison) -> bool:
    """True where two names that were compared are one in full.

    No word may stand against another: “Ivan Petrov” and “Igor Petrov” are two people, and the
    UN Security Council is not the UN.  A letter may differ as transliterations differ.
    """
    if found.score < SAME:
        return False
    return one.key == other.key or _agree(align(one, other), one.person)


def one_slip(one: Name, other: Name) -> bool:
    """True where two names are the same but for one letter of one long word, after its first.

    A given name must be longer to have it: Marina and Maria are two.  It may be a slip of the pen,
    or another name; names alone do not tell.
    """
    found = align(one, other)
    if found.left or found.right or len(found.met) < 2:
        return False
    off = [met for met in found.met if not _one_word(met)]
    if len(off) != 1 or _other_gender(off[0]):
        return False
    word, against = off[0].left, off[0].right
    given = one.person and (word, against) != (one.tokens[-1], other.tokens[-1])
    long = min(len(word), len(against)) >= SLIPPERY + given
    return long and word[0] == against[0] and OSA.distance(word, against) == 1


def _agree(found: Alignment, person: bool) -> bool:
    """True where every word that met is one word, and what met nothing says nothing else."""
    telling = sum(_words(met) for met in found.met if _tells(met.left))
    if telling < (2 if person else 1) or not all(map(_one_word, found.met)):
        return False
    if person and any(map(_other_gender, found.met)):
        return False
    left, right = (_beyond_particles(words) for words in (found.left, found.right))
    if person:
        return not left and not right
    return not (left and right) and all(map(names.is_hollow, left or right))


def _words(met: Met) -> int:
    """How many words met: “Li Jianguo” are two, which 李建国 writes together."""
    return 1 + max(met.left.count(" "), met.right.count(" "))


def _beyond_particles(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if names.weight(word) > _PARTICLE]


def telling_words(name: Name) -> list[str]:
    """The words that must agree in two names of one thing."""
    words = _beyond_particles(name.tokens)
    return words if name.person else [word for word in words if not names.is_hollow(word)] or words


def _tells(word: str) -> bool:
    return names.weight(word) > names.TELLING


def _one_word(met: Met) -> bool:
    """True where two words are the same but for the way of writing them, or a slip in a long one."""
    if " " in met.left or " " in met.right or met.left == met.right or met.score == VARIANT:
        return True
    left, right = names.fold(met.left), names.fold(met.right)
    if names.skeleton(met.left) == names.skeleton(met.right):
        return OSA.normalized_similarity(left, right) >= SPELLED
    return min(len(met.left), len(met.right)) > SLIP and OSA.distance(met.left, met.right) == 1


def _other_gender(met: Met) -> bool:
    """Mario and Maria, Petrov and Petrova: alike in letters, and two people."""
    ends = {met.left.endswith("a"), met.right.endswith("a")}
    return len(ends) == 2 and met.left.rstrip("aeo") == met.right.rstrip("aeo")


def short_for(short: Seed, long: Seed) -> str | None:
    """How the name ``short`` can stand for ``long`` in running text; None where it cannot."""
    few, many = short.name.tokens, long.name.tokens
    vague = not any(map(_tells, few)) or (all(map(names.is_state, few)) and short.kind != "Location")
    if vague or short.name.numbers - long.name.numbers:
        return None
    if short.name.key in long.aliases:
        return OTHER_NAME
    if short.kind == "Person":
        return _short_for_person(short.name, long.name)
    if len(few) == 1 and short.name.joined in names.acronyms(long.name) and len(few[0]) > 2:
        return "its first letters"
    if short.kind == "Location":
        return "its people" if _people_of(short.name, long.name) else None
    return _short_for_body(few, many)


def _short_for_person(short: Name, long: Name) -> str | None:
    few, many = short.tokens, long.tokens
    if len(few) == 1:
        family = {many[-1], many[0]} if many[0] in names.LEADING_SURNAMES else {many[-1]}
        return "the family name" if len(many) > 1 and few[0] in family else None
    found = align(short, long)
    if found.left or not all(met.score == 1 or len(met.left) == 1 or _one_word(met) for met in found.met):
        return None
    if few[-1] != many[-1] or any(map(_other_gender, found.met)):
        return None
    return "initials and family name" if any(len(word) == 1 for word in few) else "some of the names"


def _short_for_body(few: tuple[str, ...], many: tuple[str, ...]) -> str | None:
    """English puts the head last: “Kupol” is short for “IEMZ Kupol”, but “UN” not for “UN Security
    Council”, and “Navy” may be that of any state."""
    rest = many[: -len(few)]
    ends = rest and many[-len(few) :] == few and not any(map(names.is_state, rest))
    return "the end of the name" if ends else None


def _people_of(short: Name, long: Name) -> bool:
    """True for “Drovian” beside “Drovia”; the states of this world are known by a table already."""
    people, state = short.joined, long.joined
    return len(state) > 3 and people.startswith(state) and people[len(state) :] in _PEOPLE
