"""Finding the cues of a paragraph: which tokens attribute, and to whom.

A cue that is negated ("did not say"), only possible ("could say"), asked for ("to say")
or has nobody for a subject attributes nothing and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.lexicon import Cue, lexicon
from secondsource.extractor.paragraphs import Paragraph, is_finite, lemma, subject
from secondsource.extractor.phrases import is_tail

_STATING = frozenset({"issue", "release", "publish", "make", "post", "send", "read", "email", "give"})
_LEARNING = frozenset({"learn", "hear", "understand"})
_QUOTING = frozenset({"quote", "cite"})
_SPEAKING = frozenset({"say", "tell", "warn", "state", "claim", "add", "describe", "declare", "deny"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X"})
DENIED_BY = "denied-by"
"""The pattern of "the claims were denied by the ministry"."""

_GRANTING = frozenset({"admit", "acknowledge", "confirm", "concede", "accept", "recognise", "recognize"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass"})
_HELPLESS = frozenset({"nsubjpass", "auxpass"})
_GOING_ON = frozenset({"continue", "go", "keep", "begin"})
_ADDRESSED = frozenset({"you", "us", "'s", "’s"})
_ABLE = frozenset({"can", "could", "ca"})


@dataclass(frozen=True, slots=True)
class CueUse:
    """A cue in its sentence: the token, its lexicon row, and the head of the source's phrase.

    ``held`` is the head of its content where the cue is a phrase and the content hangs on any of its words.
    """

    token: Token
    cue: Cue
    source: Token
    tokens: tuple[Token, ...]
    relay: Token | None = None
    rule: str = "said-that"
    held: Token | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A word of the lexicon that attributes nothing where it stands, and why not."""

    token: Token
    reason: str


def cue_uses(paragraph: Paragraph) -> Iterator[CueUse]:
    """Every attributing verb of the paragraph, in reading order."""
    return (one for one in considered(paragraph) if isinstance(one, CueUse))


def considered(paragraph: Paragraph) -> Iterator[CueUse | Refusal]:
    """Every verb of the lexicon in the paragraph, used as a cue or refused with a reason."""
    verbs = lexicon().verbs
    last: CueUse | None = None
    for token in paragraph.doc:
        if token.pos_ not in {"VERB", "AUX", "NOUN", "ADJ"} or lemma(token) not in verbs:
            continue
        use = _use(token, verbs[lemma(token)])
        if isinstance(use, CueUse):
            use = _checked(paragraph, use, last)
        if isinstance(use, CueUse) and paragraph.quotation_at(token.idx) is None:
            last = use
        if use is not None:
            yield use


def _checked(paragraph: Paragraph, use: CueUse, last: CueUse | None) -> CueUse | Refusal:
    """A cue with a speaker outside of what it quotes, who can speak."""
    if _quoted_speaker(paragraph, use):
        spoken = _spoken_before(use, last)
        if spoken is None:
            return Refusal(use.token, "its subject stands in a quotation that it is not part of")
        use = spoken
    if not can_speak(use):
        return Refusal(use.token, f"its subject, “{use.source.text}”, cannot say it")
    return use


def _use(token: Token, cue: Cue) -> CueUse | Refusal | None:
    """The cue with its source; a refusal; None for a word that is no such verb here."""
    if cue.particle and not any(child.lower_ == cue.particle for child in token.children):
        return None
    if token.dep_ == "pcomp" and token.head.lower_ == "as" and token.lemma_ in _SPEAKING:
        return _quoted_as(token, cue)
    if token.lemma_ in _QUOTING and any(
        child.lower_ == "as" and any(grand.dep_ == "pcomp" for grand in child.children)
        for child in token.children
    ):
        return None
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    informant = _informant(token)
    if informant is not None:
        return CueUse(token, cue, informant, _cue_tokens(token), relay=subject(token), rule="told-by")
    return _denied_by(token, cue) or _spoken(token, cue)


def _denied_by(token: Token, cue: Cue) -> CueUse | None:
    """Who says no in "the claims were denied by the ministry", of what their noun holds, or of them."""
    if cue.stance != "denies":
        return None
    told, agent = next((child for child in token.children if child.dep_ in _PASSIVE), None), _agent(token)
    used = as_used(token, cue)
    if told is None or agent is None or used is None or not _is_somebody(agent):
        return None
    clauses = (child for child in told.children if child.dep_ in {"acl", "ccomp", "relcl"} and subject(child))
    return CueUse(token, used, agent, _cue_tokens(token), rule=DENIED_BY, held=next(clauses, told))


def _spoken(token: Token, cue: Cue) -> CueUse | Refusal:
    """A cue whose subject is its source, or why it has none."""
    used = as_used(token, cue)
    if used is None or not is_reported(token):
        return Refusal(token, "it is negated, only possible, passive or an infinitive")
    if _asks_for_anonymity(token):
        return Refusal(token, "it asks for anonymity")
    if is_asked(token):
        return Refusal(token, "it is asked, not reported")
    source, rule = source_of(token)
    if source is None:
        return Refusal(token, "nobody is its subject")
    teller = _told_by(token)
    if teller is not None:
        return CueUse(token, used, teller, _cue_tokens(token), relay=source, rule="learned-from")
    return CueUse(token, used, source, _cue_tokens(token), rule=rule)


def _quoted_speaker(paragraph: Paragraph, use: CueUse) -> bool:
    """True where the parse took a word inside a quotation for the speaker of a cue outside it."""
    quotation = paragraph.quotation_at(use.source.idx)
    return quotation is not None and not quotation.start <= use.token.idx < quotation.end


def _spoken_before(use: CueUse, last: CueUse | None) -> CueUse | None:
    """The cue given to who spoke before it in the same sentence (X said “…” and added “…”)."""
    if last is None or last.token.sent != use.token.sent:
        return None
    return replace(use, source=last.source, rule="joined")


def _informant(token: Token) -> Token | None:
    """Who told, in "the agency was told by two people that X"."""
    if lemma(token) not in {"tell", "inform", "notify", "brief"}:
        return None
    teller = _agent(token)
    return teller if teller is not None and _is_somebody(teller) else None


def _agent(verb: Token) -> Token | None:
    """By whom, of a passive verb."""
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None


def _is_somebody(head: Token) -> bool:
    """True for a name, or a noun that can speak; not for "by fax"."""
    noun, book = lemma(head), gazetteer()
    known = book.kind_of_noun(noun) is not None or noun in book.speakers or noun in lexicon().documents
    return head.pos_ in {"PROPN", "PRON", "NUM"} or known


def is_asked(token: Token) -> bool:
    """True for "did the minister say that …?", which asks and does not report."""
    return bool(token.head.i == token.i and token.sent.text.rstrip().endswith("?"))


def _asks_for_anonymity(token: Token) -> bool:
    """True for "asked not to be named", which is a condition and no demand."""
    below = next((child for child in token.children if child.dep_ == "xcomp"), None)
    return below is not None and lemma(below) in {"name", "identify", "quote"}


def _told_by(token: Token) -> Token | None:
    """Who told, in "Reuters has learned from two people": people before papers, papers before none."""
    if lemma(token) not in _LEARNING:
        return None
    froms = [child for child in token.children if child.lower_ == "from"]
    froms += [child for first in froms for child in first.children if child.lower_ == "from"]
    heads = [grand for child in froms for grand in child.children if grand.dep_ == "pobj"]
    heads += [child for head in heads for child in head.children if child.dep_ == "conj"]
    people = [head for head in heads if lemma(head) not in lexicon().documents]
    return next(iter(people or heads), None)


def _quoted_as(token: Token, cue: Cue) -> CueUse | None:
    """ "Sana quoted the army as saying X", "two sources are cited as saying X"."""
    verb = token.head.head
    if verb.lemma_ not in _QUOTING and verb.dep_ != "ROOT":
        return None
    quoted = next((child for child in verb.children if child.dep_ in {"nsubjpass", "dobj", "dative"}), None)
    quoter = next((child for child in verb.children if child.dep_ == "nsubj"), None) or _agent(verb)
    if quoted is None:
        return None
    tokens = tuple(sorted({verb, token.head, token}, key=lambda part: part.i))
    return CueUse(token, cue, quoted, tokens, relay=quoter, rule="quoted-as")


def as_used(token: Token, cue: Cue) -> Cue | None:
    """The cue with the stance that "not" and "can not" give it; None where it then, or as only possible,
    attributes nothing."""
    negated = any(child.dep_ == "neg" for child in token.children)
    modal = next((child for child in token.children if child.dep_ == "aux" and _is_modal(child)), None)
    if negated and modal is not None and modal.lower_ in _ABLE:
        return replace(cue, stance=cue.unable, factive=False, certainty=None) if cue.unable else None
    if modal is not None and (modal.lower_ != "would" or token.lemma_ not in {"say", "argue"}):
        return None
    if negated:
        return replace(cue, stance=cue.negated) if cue.negated else None
    return cue


def _is_modal(auxiliary: Token) -> bool:
    going_on = auxiliary.lower_ == "to" and lemma(auxiliary.head.head) in _GOING_ON
    return not going_on and (auxiliary.tag_ == "MD" or auxiliary.lower_ == "to")


def is_reported(token: Token) -> bool:
    """False where a verb does not report: a passive, joined by "nor", or under another verb."""
    if any(child.dep_ in _HELPLESS for child in token.children):
        return False
    if token.dep_ == "conj" and token.i > 0 and token.doc[token.i - 1].lower_ == "nor":
        return False
    joined = token.tag_ == "VB" and token.dep_ in {"xcomp", "conj"}
    return not joined or is_finite(token) or lemma(token.head) in _GOING_ON


def source_of(token: Token) -> tuple[Token | None, str]:
    """The head of the source's phrase for a cue, and the name of the pattern that found it."""
    own = subject(token)
    if own is not None:
        if own.lower_ in {"that", "which", "who"} and token.dep_ == "relcl":
            return _speaker_of_noun(token.head) or token.head, "relative"
        return _last_named(own, token), "inverted" if own.i > token.i else "said-that"
    if token.dep_ == "conj":
        return source_of(_head_of_joined(token))[0], "joined"
    if token.dep_ == "xcomp" and lemma(token.head) in _GOING_ON:
        return source_of(token.head)[0], "said-that"
    if token.dep_ in {"acl", "relcl"}:
        return (token.head, "tail") if is_tail(token) else (_speaker_of_noun(token.head), "statement-saying")
    if token.tag_ == "VBG":
        beside = _beside_with(token)
        return (beside, "with-saying") if beside is not None else (_participle(token), "participle")
    after = next(
        (c for c in token.children if c.dep_ in {"dobj", "npadvmod", "attr"} and c.i > token.i), None
    )
    if after is not None and token.lemma_ in {"say", "add", "write", "note", "report"}:
        return after, "inverted"
    return None, ""


def _last_named(own: Token, token: Token) -> Token:
    """The subject; where a colon parts it from the cue, the person named after the colon instead."""
    between = own.doc[own.i + 1 : token.i]
    if any(other.text == ":" for other in between):
        return next((e.root for e in between.ents if e.label_ == "PERSON"), own)
    return own


def _head_of_joined(token: Token) -> Token:
    """What a joined verb really goes with: "urged X to halt Y and hinted at Z" joins urged and hinted."""
    head = token.head
    while head.tag_ == "VB" and is_finite(token) and head.head.i != head.i:
        head = head.head
    return head.head if is_said_of_things(token) else head


def is_said_of_things(joined: Token) -> bool:
    """True for a verb of speech joined to what is said of things, which say nothing, or to what is granted.

    In "admitted that its men sent the parts but denied Z" whoever admitted denied.
    """
    head = joined.head
    own = subject(head) if head.dep_ == "ccomp" and head.head.pos_ == "VERB" else None
    if joined.dep_ != "conj" or own is None:
        return False
    parted = any(child.dep_ == "cc" and child.lower_ == "but" for child in head.children)
    return not _is_somebody(own) or (parted and head.head.lemma_ in _GRANTING)


def _speaker_of_noun(noun: Token) -> Token | None:
    """Who speaks in "issued a statement saying", "a report suggesting", "a statement by X saying"."""
    by = next((child for child in noun.children if child.lower_ in {"by", "from"}), None)
    if by is not None:
        return next(by.children, None)
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None and lemma(noun) in {"statement", "comment", "claim", "tweet", "letter"}:
        return owner
    verb = noun.head
    if noun.dep_ in {"dobj", "pobj"} and verb.dep_ == "prep":
        verb = verb.head
    if lemma(noun) in {"statement", "comment", "release", "letter", "tweet", "email", "response"}:
        speaker = subject(verb)
        if speaker is not None and (verb.lemma_ in _STATING or noun.dep_ == "pobj"):
            return speaker
    if lemma(noun) in lexicon().documents:
        return noun
    return None


def _beside_with(token: Token) -> Token | None:
    """Who speaks in "with Boswell stating that …"."""
    head = token.head
    if token.dep_ in {"acl", "pcomp"} and head.dep_ == "pobj" and head.head.lower_ == "with":
        return head
    return None


def _participle(token: Token) -> Token | None:
    """The subject of the nearest cue, or else clause, that a participle hangs on."""
    verbs = lexicon().verbs
    fallback = None
    for ancestor in token.ancestors:
        if ancestor.pos_ not in {"VERB", "AUX"}:
            continue
        found = subject(ancestor)
        if found is None:
            continue
        if ancestor.lemma_ in verbs and ancestor.sent == token.sent:
            return found
        fallback = fallback or found
    return fallback


def _cue_tokens(token: Token) -> tuple[Token, ...]:
    """The cue with its auxiliaries and particle, as it stands."""
    parts = {token}
    for child in token.children:
        if child.dep_ in {"aux", "prt"} and abs(child.i - token.i) <= 3:
            parts.add(child)
    first, last = min(part.i for part in parts), max(part.i for part in parts)
    return tuple(part for part in token.doc[first : last + 1] if part in parts)


def _is_plain_name(head: Token) -> bool:
    """True for a proper name that is not a designation of a thing ("Kezra-2")."""
    return head.pos_ == "PROPN" and head.ent_type_ != "PRODUCT" and not head.text[-1:].isdigit()


def _gives_figure(cue: Token) -> bool:
    """True for "put the toll at 31", which whoever counts can say, not papers alone."""
    held = (grand for child in cue.children if child.lower_ == "at" for grand in child.children)
    return any(one.like_num or any(child.like_num for child in one.children) for one in held)


def can_speak(use: CueUse) -> bool:
    """True where the subject is somebody who can speak, or a document where the cue asks for one."""
    if use.source.left_edge.lower_ in {"neither", "nobody", "no"} and use.cue.stance == "asserts":
        return False
    head, noun, book = use.source, lemma(use.source), gazetteer()
    if head.lower_ in book.not_sources or head.dep_ == "expl" or head.pos_ not in _NOMINAL:
        return False
    if noun in lexicon().documents and head.pos_ == "NOUN":
        return True
    if use.cue.needs_document:
        kind = book.kind_of_noun(noun)
        counts = kind is not None and _gives_figure(use.token)
        return counts or kind in {"outlet", "organisation"} or _is_plain_name(head)
    if use.cue.kind == "perception" and head.lower_ in _ADDRESSED:
        return False
    if use.cue.needs_speaker and head.pos_ == "NOUN":
        return book.kind_of_noun(noun) is not None or noun in book.speakers
    return True
