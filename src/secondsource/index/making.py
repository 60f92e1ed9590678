"""The names of a list, read in one way, as the arrays that `Reading` works on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise
from operator import itemgetter

import numpy as np

from secondsource import names
from secondsource.alignment import BONES
from secondsource.index.alike import Vocabulary
from secondsource.index.lexicon import as_lines, learn
from secondsource.index.short_forms import arrays_of_short_forms
from secondsource.index.tables import Array, Arrays, Postings, Strings, code, codes, of_lines
from secondsource.names import Name


def arrays_of(listed: Sequence[Name], entries: Sequence[int], *, translate: bool) -> Arrays:
    """What `Reading` works on.

    ``entries`` says of each name whose it is; names of one entry stand together.  Where they
    ``translate``, its names teach which words stand for which: those of people do not (a nom
    de guerre beside a name teaches nothing about either).
    """
    words = sorted({word for name in listed for word in name.tokens})
    names.remember(words)
    place = {word: at for at, word in enumerate(words)}
    counts = np.fromiter((len(name.tokens) for name in listed), np.int64, len(listed))
    flat = np.fromiter((place[word] for name in listed for word in name.tokens), np.int32, int(counts.sum()))
    owners = np.repeat(np.arange(len(listed), dtype=np.int32), counts)
    size = max(1, len(listed))
    cells = np.unique(flat.astype(np.int64) * size + owners)
    held, holders = cells // size, (cells % size).astype(np.int32)
    rarity = _rarity(words, held, holders, size)
    first = np.fromiter((ord(word[0]) for word in words), np.uint8, len(words))
    initials = np.zeros(len(listed), np.uint32)
    np.bitwise_or.at(initials, owners, np.left_shift(np.uint32(1), first[flat] & 31, dtype=np.uint32))
    places = np.arange(len(listed), dtype=np.int32)
    letters = [
        (code(short), at)
        for at, name in enumerate(listed)
        if not name.person and len(name.tokens) > 2
        for short in names.acronyms(name)
    ]
    joined, bones = names.remember([name.joined for name in listed])
    spellings = Strings.of(
        f"{names.normalise(name.text)}\t{one}" for name, one in zip(listed, joined, strict=True)
    )
    forms = sorted({name.forms for name in listed} | {()})
    form_at = {each: at for at, each in enumerate(forms)}
    return {
        "forms": of_lines(" ".join(each) for each in forms),
        "form_of": np.fromiter((form_at[name.forms] for name in listed), np.uint16, len(listed)),
        "families": np.fromiter(map(_family, listed), np.uint8, len(listed)),
        "lexicon": as_lines(learn(_by_entry(listed, entries)) if translate else {}),
        **Vocabulary.arrays(words, bodies=translate),
        "spelling_data": spellings.data,
        "spelling_ends": spellings.ends,
        "word_rarity": rarity,
        "word_first": first,
        "name_starts": np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        "name_words": flat,
        "name_twice": counts > np.bincount(holders, minlength=len(listed)),
        "name_initials": initials,
        "name_weights": np.bincount(owners, rarity[flat], minlength=len(listed)).astype(np.float32),
        "holder_starts": np.searchsorted(held, np.arange(len(words) + 1)).astype(np.int64),
        "holders": holders,
        **Postings.of(codes(name.key for name in listed), places).arrays("key"),
        **_of_pairs(listed).arrays("pair"),
        **_of_bones(bones).arrays("bones"),
        **Postings.of_pairs(letters).arrays("acronym"),
        **(arrays_of_short_forms(listed, words, flat, owners) if translate else {}),
    }


def _by_entry(listed: Sequence[Name], entries: Sequence[int]) -> Iterator[list[Name]]:
    grouped = groupby(zip(entries, listed, strict=True), key=itemgetter(0))
    return ([name for _, name in group] for _, group in grouped)


def _rarity(words: Sequence[str], held: Array, holders: Array, size: int) -> Array:
    """What each word carries, by how many names hold it in one transliteration or another."""
    folds, fold_of = np.unique(codes(map(names.fold, words)), return_inverse=True)
    frequency = np.bincount(np.unique(fold_of[held] * np.int64(size) + holders) // size, minlength=len(folds))
    kinds = np.fromiter(map(names.weight, words), np.float64, len(words))
    size = max(2, size)
    rarity = np.log1p(size / np.maximum(frequency[fold_of], 1)) / math.log1p(size) * np.sqrt(kinds)
    return np.asarray(rarity, np.float32)


def _family(name: Name) -> int:
    """How many words at the end of a name stand first where it is listed."""
    if name.listed == name.joined:
        return 0
    tokens = name.tokens
    for count in range(1, min(len(tokens), 255)):
        if "".join(tokens[-count:] + tokens[:-count]) == name.listed:
            return count
    return 0


def _of_bones(bones: Sequence[str]) -> Postings:
    """The consonants of whole names: by these one is found whose words are written together and apart."""
    held = [(code(each), at) for at, each in enumerate(bones) if len(each) >= BONES]
    return Postings.of_pairs(held)


def _of_pairs(listed: Sequence[Name]) -> Postings:
    """What two words of a name are found by where another name writes them as one."""
    runs = [[one + other for one, other in _pairs(name)] for name in listed]
    distinct = {run: at for at, run in enumerate(dict.fromkeys(chain.from_iterable(runs)))}
    holders = np.repeat(np.arange(len(listed), dtype=np.int32), [len(held) for held in runs])
    flat = np.fromiter(map(distinct.__getitem__, chain.from_iterable(runs)), np.int64, len(holders))
    folded, bones = names.remember(list(distinct))
    telling = np.fromiter((len(each) >= BONES for each in bones), bool, len(bones))[flat]
    keys = [codes(folded)[flat], codes(f"/{each}" for each in bones)[flat][telling]]
    return Postings.of(np.concatenate(keys), np.concatenate([holders, holders[telling]]))


def _pairs(name: Name) -> Iterator[tuple[str, str]]:
    """Words that stand side by side in some order of the name: “Drago Jok” may be “jokdrago”."""
    yield from pairwise(name.tokens)
    if name.person and len(name.tokens) > 1:
        yield name.tokens[-1], name.tokens[0]
