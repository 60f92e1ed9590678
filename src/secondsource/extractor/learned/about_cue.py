"""What the model sees of a token that may attribute, as names of facts that hold."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from secondsource.extractor.gazetteer import gazetteer
from secondsource.extractor.learned.flow import Flow
from secondsource.extractor.learned.words import kind_of
from secondsource.extractor.paragraphs import lemma, subject

_NEAR = 7
_TELLING = frozenset({"neg", "aux", "auxpass", "mark", "expl", "nsubjpass", "prt"})


def of_cue(run: Flow, cue: int) -> list[str]:
    """The facts about the token at ``cue``."""
    token = run.tokens[cue]
    kind = kind_of(lemma(token))
    return [
        *_of_word(run, cue, kind),
        *_of_children(token),
        *_of_complement(token, kind),
        *(f"near={name}&kind={kind}" for name in _near(run, cue)),
        *(["title"] if run.title[cue] else []),
    ]


def _of_word(run: Flow, cue: int, kind: str) -> list[str]:
    token = run.tokens[cue]
    word, own = lemma(token), subject(token)
    who = "none" if own is None else lemma(own) if own.pos_ == "PRON" else own.ent_type_ or own.pos_
    shape = _shape(token)
    quoted = "in" if run.quote[cue] >= 0 else "out"
    ruled = any(at == cue for at, _, _ in run.rules)
    facts = [
        f"lemma={word}", f"kind={kind}", f"tag={token.tag_}", f"dep={token.dep_}", f"who={who}",
        f"shape={shape}",
        f"kind={kind}&shape={shape}", f"kind={kind}&quoted={quoted}", f"shape={shape}&who={who}",
        f"lemma={word}&shape={shape}", f"quoted={quoted}", f"rule={ruled}", f"rule={ruled}&kind={kind}",
        f"kind={kind}&dep={token.dep_}", f"tag={token.tag_}&shape={shape}",
        f"known={bool(kind)}&shape={shape}",
        f"asked={token.sent.text.rstrip().endswith('?')}",
    ]  # fmt: skip
    if own is not None and own.pos_ in {"NOUN", "PROPN"}:
        facts.append(f"whokind={gazetteer().kind_of_noun(lemma(own))}&kind={kind}")
    return facts


def _shape(token: Token) -> str:
    taken = {child.dep_ for child in token.children}
    return next((name for name in ("ccomp", "xcomp", "dobj") if name in taken), "bare")


def _of_children(token: Token) -> Iterator[str]:
    yield from sorted(f"has={name}" for name in {child.dep_ for child in token.children} & _TELLING)
    for child in token.children:
        if child.dep_ in {"aux", "mark"}:
            yield f"{child.dep_}={child.lower_}"


def _of_complement(token: Token, kind: str) -> Iterator[str]:
    for child in token.children:
        if child.dep_ == "ccomp":
            mark = next((grand.lower_ for grand in child.children if grand.dep_ == "mark"), "none")
            yield f"ccomp-mark={mark}"
            yield f"ccomp-{'after' if child.i > token.i else 'before'}&kind={kind}"
            yield f"ccomp-tag={child.tag_}&kind={kind}"


def _near(run: Flow, cue: int) -> list[str]:
    """Quotations and colons within a few words of the cue."""
    found = set()
    for i in range(max(0, cue - _NEAR + 1), min(len(run), cue + _NEAR)):
        side = "before" if i < cue else "after"
        if run.paragraph[i] != run.paragraph[cue]:
            continue
        if run.quote[i] != run.quote[cue]:
            found.add(f"quote-{side}")
        if run.tokens[i].text == ":":
            found.add(f"colon-{side}")
    return sorted(found)
