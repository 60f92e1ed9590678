"""Where a stretch begins and ends, as features name it."""

from __future__ import annotations

from secondsource.extractor.learned.flow import Flow

_RELATIONS = ("ccomp", "xcomp", "up0", "up1", "advcl", "parataxis", "dobj", "prep", "pobj", "conj")
_NOT_COUNTED = frozenset({"that", "and"})


def kind_of_start(run: Flow, i: int) -> str:
    """What begins at ``i``."""
    if run.quote[i] >= 0 and (i == 0 or run.quote[i - 1] != run.quote[i]):
        return "quote"
    if run.tokens[i].text in '"“':
        return "mark"
    if run.starts_sentence(i):
        return "sentence"
    if run.opens[i]:
        return "clause:" + min(run.opens[i])
    return "pause" if run.tokens[i - 1].is_punct else "inside"


def kind_of_end(run: Flow, i: int) -> str:
    """What ends at ``i``."""
    final = run.ends_sentence(i)
    if run.quote[i] >= 0 and (i + 1 >= len(run) or run.quote[i + 1] != run.quote[i]):
        return "quote"
    if run.tokens[i].text in '"”':
        return "quote-sentence" if final else "mark"
    after = run.tokens[i + 1].text if i + 1 < len(run) else ""
    if final or after in ".?!":
        return "sentence"
    if after in ",;:-–—(":
        return "pause"
    return "clause" if run.closes[i] else "inside"


def same(run: Flow, one: int, other: int) -> bool:
    """True for two places with nothing but punctuation, "that" and "and" between them."""
    low, high = min(one, other), max(one, other)
    between = run.tokens[low:high]
    return high - low <= 3 and all(token.is_punct or token.lower_ in _NOT_COUNTED for token in between)


def relation(run: Flow, cue: int, i: int, *, left: bool) -> str:
    """Whose subtree's edge ``i`` is, seen from the cue: that of a child, by label, or of what it hangs on."""
    verb, token = run.tokens[cue], run.tokens[i]
    if token.doc is not verb.doc:
        return "elsewhere"
    names = [child.dep_ for child in verb.children if _at_edge(child, token, left)]
    above = next((step for step, held in enumerate(verb.ancestors) if _at_edge(held, token, left)), None)
    if above is not None:
        names.append(f"up{min(above, 1)}")
    if names:
        return next((name for name in _RELATIONS if name in names), names[0])
    if not verb.is_ancestor(token):
        return "other"
    top = token
    while top.head.i != verb.i:
        top = top.head
    return f"in-{top.dep_}"


def _at_edge(held: object, token: object, left: bool) -> bool:
    edge = held.left_edge if left else held.right_edge  # type: ignore[attr-defined]
    place = token.i  # type: ignore[attr-defined]
    return bool(edge.i == place or (not left and edge.is_punct and edge.i == place + 1))
