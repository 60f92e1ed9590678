"""How a Russian sentence attributes: clauses under a verb, words set beside it, complements, ignorance."""

from __future__ import annotations

from collections.abc import Iterator

from secondsource.languages.russian.attribution import Attribution, Source
from secondsource.languages.russian.clauses import (
    about,
    between,
    clause,
    dashed,
    longest,
    negation,
    phrase,
    subject,
    whole,
)
from secondsource.languages.russian.lexicon import lexicon
from secondsource.languages.russian.model import Sentence, Word
from secondsource.model import Span, Stance

_OBJECTS = frozenset({"denies", "confirms", "asks"})
_ARGUMENTS = ("obl", "obj", "iobj", "nmod", "amod")
_CITING = frozenset({"ссылка", "ссылаться", "сослаться"})


def attributions(sentence: Sentence, text: str) -> Iterator[Attribution]:
    """The attributions of a sentence, each by the first pattern that fits its cue."""
    for word in sentence.words:
        found = _phrase(sentence, word, text) or _lacking(sentence, word, text)
        if found is None and word.pos == "VERB" and word.lemma in lexicon().verbs:
            found = _verb(sentence, word, text)
        if found is not None:
            yield found


def _verb(sentence: Sentence, verb: Word, text: str) -> Attribution | None:
    under = clause(sentence, verb)
    if under:
        return _made(sentence, verb, under, "said-that", text)
    if dashed(sentence, verb) or _opens(sentence, verb):
        beside = _beside(sentence, verb)
        if beside and subject(sentence, verb) is not None:
            return _made(sentence, verb, beside, "tail", text)
    taken = _complement(sentence, verb)
    return _made(sentence, verb, taken, "phrase", text) if taken else None


def _opens(sentence: Sentence, verb: Word) -> bool:
    """ "Как сообщает X, …" at the start of a sentence."""
    return 0 < verb.i <= 3 and sentence.words[0].text.lower() == "как"


def _beside(sentence: Sentence, verb: Word) -> tuple[int, int] | None:
    """What stands beside a say-clause that is set off by commas."""
    first = verb.i
    while first > 0 and sentence.words[first - 1].text not in {",", "—", "–", "-"}:
        first -= 1
    held = sentence.subtree(verb)
    root = sentence.words[verb.head] if verb.head is not None else None
    if root is None or verb.rel != "parataxis":
        held = {verb.i}.union(
            *(
                sentence.subtree(one)
                for one in sentence.children(verb, "nsubj", "obl", "iobj", "advmod", "obj", "advcl")
            )
        )
    last = verb.i
    while last + 1 < len(sentence.words) and last + 1 in held:
        last += 1
    while (
        last > verb.i
        and sentence.words[last].pos == "PUNCT"
        and sentence.words[last].text in {",", "—", "–", "."}
    ):
        last -= 1
    return longest([(0, first - 1), (last + 1, len(sentence.words) - 1)], sentence)


def _complement(sentence: Sentence, verb: Word) -> tuple[int, int] | None:
    """What a verb takes that is no clause: “опроверг сообщения о …”, “обвинил X в …”, “потребовал …”."""
    stance, lemma = lexicon().verbs[verb.lemma], verb.lemma
    objects = [one for one in sentence.children(verb, "obj", "nsubj:pass") if one.i > verb.i]
    to_do = [one for one in sentence.children(verb, "xcomp", "ccomp", "csubj", "advcl") if one.i > verb.i]
    if stance in {"plans", "asks"} and to_do:
        return whole(sentence, to_do[0])
    if lemma.startswith("обвин") or lemma == "заподозрить":
        taken = (one for one in sentence.children(verb, *_ARGUMENTS) if one.i > verb.i)
        last = max((whole(sentence, one)[1] for one in taken), default=-1)
        return (verb.i + 1, last) if last > verb.i else None
    if stance not in _OBJECTS or not objects:
        return _of_preposition(sentence, verb)
    if objects[0].lemma in lexicon().about:
        return about(sentence, objects[0]) or about(sentence, verb) or whole(sentence, objects[0])
    return whole(sentence, objects[0])


def _of_preposition(sentence: Sentence, verb: Word) -> tuple[int, int] | None:
    """ "сообщила о гибели …", "предупредил об угрозе …"."""
    return about(sentence, verb)


def _made(sentence: Sentence, verb: Word, held: tuple[int, int], rule: str, text: str) -> Attribution | None:
    content = between(sentence, *held, text)
    head = subject(sentence, verb)
    source = phrase(sentence, head, text) if head is not None else None
    if content is None or (source and content.start <= source.span.start < content.end):
        return None
    no = negation(sentence, verb)
    stance = "unaware" if _is_ignorance(sentence, *held) else _stance(verb, no)
    if stance is None or (source is None and verb.feats.get("Person") == "1"):
        return None
    cue = tuple(Span(one.start, one.end) for one in (no, verb) if one)
    via, cited = _cited(sentence, verb, text)
    certainty = lexicon().certainty.get(verb.lemma)
    return Attribution(content, source, cue, stance, rule, sentence, certainty, via, cited)


def _is_ignorance(sentence: Sentence, first: int, last: int) -> bool:
    """True for a clause that says that its speaker does not know."""
    inside = sentence.words[first : last + 1]
    return any(_lacked(sentence, word) is not None for word in inside)


def _stance(verb: Word, no: Word | None) -> Stance | None:
    """What the cue says of its content; None where “не” leaves nothing said."""
    stance = lexicon().verbs[verb.lemma]
    if no is None:
        return stance
    return {"confirms": "unaware", "denies": "confirms", "assesses": "denies"}.get(stance)  # type: ignore[return-value]


def _cited(sentence: Sentence, verb: Word, text: str) -> tuple[tuple[Source, ...], Source | None]:
    """What the source rests on by the say-clause: “со ссылкой на …”, “ссылаясь на …”."""
    for word in sentence.words:
        if word.lemma in _CITING:
            for one in sentence.children(word, "nmod", "obl", "obj"):
                return (), phrase(sentence, one, text)
    return (), None


def _phrase(sentence: Sentence, word: Word, text: str) -> Attribution | None:
    """ "по словам X, …", "согласно X, …": words set beside what they attribute."""
    first, noun = word.i, word
    if word.text.lower() == "по" and word.i + 1 < len(sentence.words):
        noun = _noun_after(sentence, word)
        if noun.lemma not in lexicon().phrases or noun.pos not in {"NOUN", "PROPN"}:
            return None
        giver = next((one for one in sentence.children(noun, "nmod", "appos", "det") if one.i > noun.i), None)
        giver = giver or next(iter(sentence.children(noun, "det", "amod")), None)
    elif lexicon().phrases.get(word.lemma) == "bare" and word.head is not None:
        giver = sentence.words[word.head]
    else:
        return None
    source = phrase(sentence, giver, text) if giver is not None else None
    if giver is None or source is None or not _is_set_off(sentence, first):
        return None
    last = max(sentence.stretch(giver, sentence.subtree(giver, without=("parataxis",)))[1], noun.i)
    held = longest([(_scope(sentence, first), first - 1), (last + 1, _reach(sentence, first))], sentence)
    content = between(sentence, *held, text) if held else None
    if content is None:
        return None
    stance: Stance = "assesses" if lexicon().phrases.get(noun.lemma) == "assesses" else "asserts"
    end = noun.end if noun is not word else word.end
    return Attribution(content, source, (Span(word.start, end),), stance, "according-to", sentence)


def _noun_after(sentence: Sentence, word: Word) -> Word:
    """The noun of “по его словам”, “по предварительным данным”: up to two words may stand before it."""
    for one in sentence.words[word.i + 1 : word.i + 4]:
        if one.pos in {"NOUN", "PROPN"}:
            return one
    return sentence.words[word.i + 1]


def _is_set_off(sentence: Sentence, first: int) -> bool:
    """True at the start of a sentence, after a comma, or after “что”."""
    return first == 0 or sentence.words[first - 1].text.lower() in {
        ",",
        "—",
        "–",
        "что",
        "«",
        "и",
        "а",
        "но",
        "однако",
    }


def _scope(sentence: Sentence, first: int) -> int:
    """Where the clause begins that words at ``first`` are set beside: behind “что”, or at the start."""
    before = [word.i for word in sentence.words[:first] if word.text.lower() == "что"]
    return before[-1] + 1 if before else 0


def _reach(sentence: Sentence, first: int) -> int:
    return len(sentence.words) - 1


def _lacked(sentence: Sentence, word: Word) -> Word | None:
    """What somebody has not, by the word that says so: “информация” of “не располагает”, or the word."""
    table = lexicon().unaware
    kind, no = table.get(word.lemma), negation(sentence, word)
    if word.text.lower() == "нет":
        return next((one for one in sentence.words if table.get(one.lemma) == "nouns"), None)
    if kind == "having" and no:
        return next((one for one in sentence.children(word) if table.get(one.lemma) == "nouns"), None)
    return word if kind == "impersonal" or (kind == "verbs" and no) else None


def _lacking(sentence: Sentence, word: Word, text: str) -> Attribution | None:
    """ "не располагает информацией о …", "неизвестно о …": not to know of a thing is no denial."""
    noun, no = _lacked(sentence, word), negation(sentence, word)
    kind = lexicon().unaware.get(word.lemma)
    if noun is None:
        return None
    held = about(sentence, noun) or clause(sentence, noun) or about(sentence, word) or clause(sentence, word)
    content = between(sentence, *held, text) if held else None
    if content is None:
        return None
    head = subject(sentence, word) if kind != "impersonal" and word.text.lower() != "нет" else None
    if head is None or head is noun:
        head = _holder(sentence, word)
    source = phrase(sentence, head, text) if head is not None else None
    if source is None:
        return None
    cue = [Span(one.start, one.end) for one in (no, word) if one]
    if noun is not word:
        cue.append(Span(noun.start, noun.end))
    return Attribution(content, source, tuple(sorted(set(cue))), "unaware", "phrase", sentence)


def _holder(sentence: Sentence, word: Word) -> Word | None:
    """Whom a thing is not known to: “полиции неизвестно”, “у полиции нет”."""
    held = [one for one in sentence.words if one.pos in {"NOUN", "PROPN", "PRON"}]
    dative = next((one for one in held if one.feats.get("Case") == "Dat" and one.head == word.i), None)
    of = [one for one in held if any(case.text.lower() == "у" for case in sentence.children(one, "case"))]
    return dative or next(iter(of), None)
