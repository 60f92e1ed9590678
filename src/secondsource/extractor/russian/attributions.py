"""Attributions of a Russian sentence: who is given as saying what, by which words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from secondsource.extractor.russian.lexicon import Cue, cues, words
from secondsource.extractor.russian.parse import Sentence, Word
from secondsource.model import Span, Stance

_ASIDE = frozenset({"acl:relcl", "parataxis", "advcl", "punct_outer"})
_EDGE = " \n\t,.;:—–-!…"
_ABOUT = frozenset({"о", "об", "обо", "про"})
_LOOK_BACK = 1_500


@dataclass(frozen=True, slots=True)
class Attribution:
    """A content with its source and cue; ``root`` heads the content, ``via`` relayed it, innermost first."""

    sentence: Sentence
    content: tuple[Span, ...]
    root: Word
    source: Span
    head: Word
    cue: Span
    stance: Stance
    rule: str
    via: tuple[Span, ...] = ()
    kind: str = "speech"


def attributions(sentence: Sentence, text: str) -> Iterator[Attribution]:
    """Every attribution of a sentence: phrases first, then the verbs that no phrase took."""
    finder = _Finder(sentence, text)
    yield from finder.phrases()
    for word in sentence.words:
        cue = cues().get(word.lemma) if word.pos in {"VERB", "ADJ"} else None
        if cue is not None:
            found = finder.verb(word, cue)
            if found is not None:
                yield found


class _Finder:
    def __init__(self, sentence: Sentence, text: str) -> None:
        self._s, self._text = sentence, text

    def phrases(self) -> Iterator[Attribution]:
        """“По словам X, …”, “согласно X, …”: the rest of the clause is X's."""
        for word in self._s.words:
            case = next((one for one in self._s.children(word, "case") if one.index < word.index), None)
            if case is None or case.text.lower() not in words("phrase", "prepositions"):
                continue
            source = self._phrase_source(word, case)
            main = self._s.words[word.head] if word.head >= 0 else None
            if source is None or main is None or not self._opens(case, word):
                continue
            taken = self._s.below(word)
            content = self._runs(self._clause(main) - taken)
            if content:
                stance: Stance = "assesses" if word.lemma in words("phrase", "assessing") else "asserts"
                cue = Span(case.start, word.end if source != word else case.end)
                span = self._phrase(source)
                yield Attribution(self._s, content, main, span, source, cue, stance, "ru-phrase")

    def _phrase_source(self, word: Word, case: Word) -> Word | None:
        if word.lemma in words("phrase", "nouns"):
            own = next(
                (one for one in self._s.children(word, "det") if one.lemma in words("phrase", "whose")), None
            )
            return next(iter(self._s.children(word, "nmod", "appos")), own)
        return word if case.text.lower() == "согласно" else None

    def _opens(self, case: Word, word: Word) -> bool:
        """True where the phrase stands apart: at the beginning, or after a comma."""
        before = self._s.words[case.index - 1].text if case.index else ""
        return word.relation == "parataxis" or not before or before in {",", "«", "—", "–", "("}

    def verb(self, verb: Word, cue: Cue) -> Attribution | None:
        """The attribution of one verb; None where it has no source or no content here."""
        source = self._source(verb)
        negated = any(one.text.lower() == "не" for one in self._s.children(verb, "advmod"))
        stance = cue.negated if negated else cue.stance
        if source is None or stance is None or (cue.kind == "unawareness" and not negated):
            return None
        found = self._content(verb, cue)
        if found is None:
            return None
        content, root, rule, stance_of = found
        cited = self._cited(verb)
        span, head = self._phrase(source), source
        via: tuple[Span, ...] = ()
        if cited is not None:
            via, head = (span,), cited
            span = self._phrase(cited)
        start = next(
            (o.start for o in self._s.children(verb, "advmod") if o.text.lower() == "не"), verb.start
        )
        mark = Span(start if negated and verb.start - start <= 4 else verb.start, verb.end)
        return Attribution(self._s, content, root, span, head, mark, stance_of or stance, rule, via, cue.kind)

    def _source(self, verb: Word) -> Word | None:
        """The subject of a verb, its own or that of the verb it is joined to; not a clause's pronoun."""
        own = next(iter(self._s.children(verb, "nsubj")), None)
        if own is None and verb.relation == "conj":
            own = next(iter(self._s.children(self._s.words[verb.head], "nsubj")), None)
        if (own is None and verb.feats.get("Voice") == "Pass") or verb.text.lower().endswith("ся"):
            own = next((one for one in self._s.children(verb, "obl", "iobj") if self._is_in(one)), own)
        if own is None or own.lemma in {"кто", "что", "который", "это", "то"}:
            return None
        return own

    def _is_in(self, word: Word) -> bool:
        return any(one.text.lower() in {"в", "во"} for one in self._s.children(word, "case"))

    def _cited(self, verb: Word) -> Word | None:
        """Whom the verb's subject cites: “со ссылкой на X”, “сославшись на X”."""
        for index in sorted(self._s.below(verb)):
            word = self._s.words[index]
            if word.lemma in words("phrase", "citing") or word.lemma in {"сослаться", "ссылаться"}:
                return next(
                    (
                        one
                        for one in self._s.children(word, "nmod", "obl")
                        if any(case.text.lower() == "на" for case in self._s.children(one, "case"))
                    ),
                    None,
                )
        return None

    def _content(self, verb: Word, cue: Cue) -> tuple[tuple[Span, ...], Word, str, Stance | None] | None:
        for take in (self._clause_of, self._quotation_after, self._before_verb):
            if cue.takes & {"clause", "quote"}:
                found = take(verb)
                if found is not None:
                    content, root, rule = found
                    unaware = self._unaware(root)
                    if unaware is not None:
                        return unaware
                    return content, root, rule, None
        taken = self._object(verb, cue)
        return (*taken, None) if taken else None

    def _clause_of(self, verb: Word) -> tuple[tuple[Span, ...], Word, str] | None:
        """“заявил, что …”, “о том, что …”."""
        for child in self._s.children(verb, "ccomp", "obl", "obj", "advcl", "xcomp"):
            clause = child
            if child.lemma in {"то", "тот"}:
                clause = next(iter(self._s.children(child, "acl", "ccomp")), child)
            mark = next(
                (o for o in self._s.children(clause, "mark") if o.text.lower() in {"что", "будто", "чтобы"}),
                None,
            )
            if mark is None and clause.relation != "ccomp":
                continue
            inside = self._s.below(clause) - ({mark.index} if mark else set())
            content = self._runs(inside)
            if content:
                return content, clause, "ru-clause"
        return None

    def _quotation_after(self, verb: Word) -> tuple[tuple[Span, ...], Word, str] | None:
        """“утверждает: «…»”."""
        end = self._s.words[-1].end
        colon = re.compile(r":\s*«").search(self._text, verb.end, end)
        if colon is None:
            return None
        close = self._text.find("»", colon.end())
        stop = close if 0 <= close <= colon.end() + _LOOK_BACK else end
        inside = {one.index for one in self._s.words if colon.end() <= one.start < stop}
        if not inside:
            return None
        content = _trimmed(self._text, colon.end(), stop)
        return ((content,), self._top(inside), "ru-quote") if content else None

    def _before_verb(self, verb: Word) -> tuple[tuple[Span, ...], Word, str] | None:
        """“…, сообщил X”, “«…», — сказал X”, “как пишет X, …”: the rest of the sentence is X's."""
        aside = verb.relation == "parataxis" or (verb.head < 0 and len(self._s.roots) > 1)
        if not aside:
            main = next(
                (one for one in self._s.children(verb, "parataxis", "conj") if one.index < verb.index), None
            )
            if main is None or verb.head >= 0:
                return None
            rest = self._s.below(main)
        else:
            rest = {one.index for one in self._s.words} - self._s.below(verb)
            if verb.relation == "parataxis":
                rest &= self._s.below(self._s.words[verb.head])
        rest = {i for i in rest if self._s.words[i].pos != "PUNCT"} and rest
        if not any(self._s.words[i].pos in {"VERB", "AUX", "NOUN", "ADJ"} for i in rest):
            return None
        content = self._back_to_quote(self._runs(rest), verb)
        return (content, self._top(rest), "ru-aside") if content else None

    def _back_to_quote(self, content: tuple[Span, ...], verb: Word) -> tuple[Span, ...]:
        """A quotation that began some sentences before goes into the content whole, without its marks."""
        if not content:
            return content
        first, last = content[0], content[-1]
        before = self._text[self._s.block.start : verb.start]
        close = before.rfind("»")
        opened = before.rfind("«", 0, close) if close >= 0 else -1
        if close >= 0 and before.count("«") == before.count("»") and opened >= 0:
            start, end = self._s.block.start + opened + 1, self._s.block.start + close
            if end >= first.start and end >= last.end - 2 and start < first.start:
                span = _trimmed(self._text, start, end)
                return (span,) if span else content
        return content

    def _unaware(self, root: Word) -> tuple[tuple[Span, ...], Word, str, Stance] | None:
        """“… не располагает информацией о X”: of X, whoever says so knows nothing."""
        cue = cues().get(root.lemma)
        negated = any(one.text.lower() in {"не", "нет"} for one in self._s.children(root, "advmod"))
        if cue is None or cue.kind not in {"unawareness", "confirmation"} or not negated:
            return None
        taken = self._object(root, cue) or self._clause_of(root)
        return (*taken, "unaware") if taken else None

    def _object(self, verb: Word, cue: Cue) -> tuple[tuple[Span, ...], Word, str] | None:
        """What a verb takes without a clause: its object, “о …”, “обвинил X в …”, an infinitive."""
        if "knowledge" in cue.takes:
            known = self._s.children(verb, "obj", "obl", "nsubj")
            for noun in (one for one in known if one.lemma in words("phrase", "knowledge")):
                found = self._about(noun) or self._clause_of(noun)
                if found:
                    return found
        if "charge" in cue.takes:
            return self._charge(verb)
        if "object" in cue.takes:
            done = next((one for one in self._s.children(verb, "obj", "xcomp")), None)
            if done is not None and done.pos in {"NOUN", "PROPN"}:
                content = self._runs(self._s.below(done))
                return (content, done, "ru-object") if content else None
        if "infinitive" in cue.takes:
            done = next((one for one in self._s.children(verb, "xcomp")), None)
            content = self._runs(self._s.below(done)) if done is not None else ()
            return (content, done, "ru-infinitive") if done is not None and content else None
        return self._about(verb) if "about" in cue.takes else None

    def _about(self, word: Word) -> tuple[tuple[Span, ...], Word, str] | None:
        for child in self._s.children(word, "obl", "nmod", "iobj"):
            case = next((o for o in self._s.children(child, "case") if o.text.lower() in _ABOUT), None)
            if case is not None:
                content = self._runs(self._s.below(child) - {case.index})
                return (content, child, "ru-about") if content else None
        return None

    def _charge(self, verb: Word) -> tuple[tuple[Span, ...], Word, str] | None:
        accused = next(iter(self._s.children(verb, "obj", "iobj")), None)
        deed = next((one for one in self._s.children(verb, "obl") if self._is_in(one)), None)
        if deed is None:
            return None
        inside = self._s.below(deed) | (self._s.below(accused) if accused is not None else set())
        content = self._runs(inside)
        return (content, deed, "ru-charge") if content else None

    def _clause(self, main: Word) -> set[int]:
        return self._s.below(main)

    def _phrase(self, head: Word) -> Span:
        """The words of a source, without what is said beside it."""
        inside = self._s.below(head, _ASIDE) - {one.index for one in self._s.children(head, "case")}
        runs = self._runs({i for i in inside if i >= 0})
        return next((one for one in runs if one.start <= head.start < one.end), Span(head.start, head.end))

    def _top(self, inside: Collection[int]) -> Word:
        """The word of a content that hangs on none of the others; the verb goes first."""
        tops = [self._s.words[i] for i in sorted(inside) if self._s.words[i].head not in inside]
        tops = [one for one in tops if one.pos != "PUNCT"]
        return next((one for one in tops if one.is_verb), tops[0] if tops else self._s.words[min(inside)])

    def _runs(self, inside: Collection[int]) -> tuple[Span, ...]:
        """The stretches of text that the words of ``inside`` make, trimmed; marks between two join them."""
        spans: list[Span] = []
        run: list[Word] = []
        for word in self._s.words:
            if word.index in inside or (
                run and word.pos == "PUNCT" and word.text not in {"—", "–"} and self._goes_on(word, inside)
            ):
                run.append(word)
            elif run:
                spans += self._span(run)
                run = []
        return (*spans, *(self._span(run) if run else []))

    def _goes_on(self, mark: Word, inside: Collection[int]) -> bool:
        following = mark.index + 1
        return following < len(self._s.words) and following in inside

    def _span(self, run: Sequence[Word]) -> list[Span]:
        if not any(word.pos not in {"PUNCT", "ADP", "CCONJ"} for word in run):
            return []
        found = _trimmed(self._text, run[0].start, run[-1].end)
        return [found] if found else []


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without marks at its edges, and without quotation marks that it opens or closes alone."""
    while start < end and (text[start] in _EDGE or (text[start] == "»")):
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1] == "«"):
        end -= 1
    inner = text[start:end]
    if inner.startswith("«") and (inner.count("«") > inner.count("»") or _is_one_quotation(inner)):
        start += 1
        inner = text[start:end]
    if inner.endswith("»") and inner.count("»") > inner.count("«"):
        end -= 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end) if start < end else None


def _is_one_quotation(inner: str) -> bool:
    return inner.endswith("»") and "«" not in inner[1:]
