"""Say-clauses at the end of a sentence, read from the words where the parse has lost them.

", company documents reviewed by Meldwire show." and ", Ms Ostvenne of the institute told
Reuters." are often taken for an apposition.  The shape is plain on the surface: a comma,
a noun phrase, a cue, and at most a time or an addressee before the full stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from secondsource.extractor.attribution import Attribution
from secondsource.extractor.lexicon import Cue, lexicon
from secondsource.extractor.paragraphs import Paragraph, is_finite, lemma, subject
from secondsource.extractor.phrases import Phrase, is_outlet_phrase
from secondsource.text import overlap

_LONGEST_TAIL = 7
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BREAKS = frozenset({"who", "which", "that", "and", "but"})


def tails(paragraph: Paragraph, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions by a say-clause at a sentence's end that no other pattern has found."""
    seen = [cue for one in found for cue in one.cue]
    for sentence in paragraph.doc.sents:
        shape = _shape(sentence)
        if shape is None or paragraph.quotation_at(shape[1].idx):
            continue
        comma, token, cue = shape
        place = paragraph.at(token.idx, token.idx + len(token.text))
        source = noun_phrase(paragraph, comma.i + 1, token.i)
        root = _predicate(sentence, comma)
        content = paragraph.trimmed(sentence.start_char, comma.idx)
        if source and root is not None and content and not any(overlap(place, other) for other in seen):
            via = tuple(_relays(paragraph, comma, token, sentence))
            yield Attribution(
                paragraph, content, root, source, (place,), cue, "tail", via=via, cue_token=token
            )


def _shape(sentence: Sentence) -> tuple[Token, Token, Cue] | None:
    """The comma and cue of a say-clause that ends the sentence."""
    for token in _last_words(sentence):
        cue = lexicon().verbs.get(lemma(token))
        if cue is None or not cue.takes & {"clause", "quote"} or token.tag_ == "VBG":
            continue
        before = (sentence.doc[at] for at in range(token.i - 1, sentence.start - 1, -1))
        comma = next((t for t in before if t.text == ","), None)
        if comma is None or comma.i + 1 >= token.i or not _is_bare(sentence, comma, token):
            return None
        return comma, token, cue
    return None


def _last_words(sentence: Sentence) -> Iterator[Token]:
    """The words and commas that may end a say-clause, the last first."""
    backwards = (sentence.doc[at] for at in range(sentence.end - 1, sentence.start - 1, -1))
    return islice((t for t in backwards if not t.is_punct or t.text in ",:;"), _LONGEST_TAIL)


def _is_bare(sentence: Sentence, comma: Token, cue: Token) -> bool:
    """True where nothing but a noun phrase stands before the cue and no verb after it."""
    doc = sentence.doc
    before, after = doc[comma.i + 1 : cue.i], doc[cue.i + 1 : sentence.end]
    if any(token.tag_ in _FINITE or token.lower_ in _BREAKS or token.text in '"“”' for token in before):
        return False
    if before[0].pos_ not in {"DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON"}:
        return False
    return not any(token.pos_ in {"VERB", "AUX", "SCONJ"} or token.text in {",", ":"} for token in after)


def noun_phrase(paragraph: Paragraph, start: int, end: int) -> Phrase | None:
    """The phrase that opens a range of tokens: a person's name in it first, else its first noun."""
    window = paragraph.doc[start:end]
    person = next((e for e in window.ents if _is_speaker(paragraph, window, e)), None)
    if person is not None:
        span = paragraph.trimmed(person.start_char, person.end_char)
        return span and Phrase(paragraph, person.root, span)
    head = None
    for token in window:
        if (
            token.pos_ == "VERB"
            or token.text == ","
            or (token.pos_ == "ADP" and token.lower_ not in {"of", "for"})
        ):
            break
        head = token if token.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} else head
    if head is None:
        return None
    span = paragraph.trimmed(window[0].idx, head.idx + len(head.text))
    return span and Phrase(paragraph, head, span)


def _is_speaker(paragraph: Paragraph, window: Sentence, entity: Sentence) -> bool:
    """True for a person's name that is not what the phrase's participle hangs on ("seen by X")."""
    if entity.label_ != "PERSON" or paragraph.names_outlet(entity.text):
        return False
    return not any(token.lower_ == "by" for token in window if token.i < entity.start)


def _predicate(sentence: Sentence, comma: Token) -> Token | None:
    if sentence.root.i < comma.i:
        return sentence.root
    if sentence[0].lower_ == "asked":
        return None
    clauses = (t for t in sentence if t.i < comma.i and is_finite(t) and subject(t) is not None)
    return next(clauses, None)


def _relays(paragraph: Paragraph, comma: Token, cue: Token, sentence: Sentence) -> Iterator[Phrase]:
    """The outlet told, and who has seen the documents that speak."""
    told = noun_phrase(paragraph, cue.i + 1, sentence.end)
    if told and is_outlet_phrase(told):
        yield told
    by = next((token for token in sentence.doc[comma.i + 1 : cue.i] if token.lower_ == "by"), None)
    seer = noun_phrase(paragraph, by.i + 1, cue.i) if by is not None else None
    if seer:
        yield seer
