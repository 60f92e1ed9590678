"""What the model sees of a stretch as the content of a cue, as names of facts that hold."""

from __future__ import annotations

from secondsource.extractor.learned.candidates import Span
from secondsource.extractor.learned.edges import kind_of_end, kind_of_start, relation, same
from secondsource.extractor.learned.flow import Flow
from secondsource.extractor.learned.quoting import exact_quote, quote_shape
from secondsource.extractor.learned.words import kind_of, shown, size, source
from secondsource.extractor.paragraphs import lemma, subject

_SPEECH = frozenset({"speech", "report"})
_BETWEEN = frozenset({"dobj", "pobj", "ROOT", "nsubj", "dative", "mark", "npadvmod", "cc"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BY_RULE = ("none", "inside", "holds", "end", "start", "same")


def of_span(run: Flow, cue: int, span: Span) -> list[str]:
    """The facts about ``span`` as the content of the cue at ``cue``."""
    token = run.tokens[cue]
    kind = "according" if token.lower_ == "according" else kind_of(lemma(token))
    start, end, whole = _of_start(run, cue, span), _of_end(run, cue, span), _of_whole(run, cue, span)
    side = span.side
    return [
        *(f"{side}|{name}" for name in (*start, *end, *whole)),
        f"{side}&kind={kind}",
        *(f"{side}|{one}+{other}" for one in start[:3] for other in end[:3]),
        *(f"kind={kind}|{side}|{name}" for name in (*start[:3], *end[:3], *whole[:4])),
    ]


def _of_start(run: Flow, cue: int, span: Span) -> list[str]:
    first = span.first
    token = run.tokens[first]
    before = run.tokens[first - 1] if first else None
    return [
        f"start={kind_of_start(run, first)}",
        f"from={relation(run, cue, first, left=True)}",
        f"opening={shown(token)}",
        f"before={shown(before)}&{before.dep_ if before is not None else 'none'}",
        f"startdep={token.dep_}",
        *(
            _of_gap(run, cue + 1, first)
            if span.side == "after"
            else [f"back={size(_sentences(run, first, cue))}"]
        ),
    ]


def _sentences(run: Flow, first: int, last: int) -> int:
    return run.sentence[last] - run.sentence[first]


def _of_gap(run: Flow, low: int, high: int) -> list[str]:
    """What stands between the cue and a content."""
    between = range(low, high)
    quotes = {run.quote[i] for i in between} - {-1, run.quote[low - 1]}
    return [
        f"gap={size(high - low + 1)}",
        f"skipped={_skipped(run, low, high)}",
        *sorted(f"gapdep={name}" for name in {run.tokens[i].dep_ for i in between} & _BETWEEN),
        *sorted(f"gapclause={name}" for i in between for name in run.opens[i]),
        f"gapquote={len(quotes)}",
    ]


def _skipped(run: Flow, low: int, high: int) -> str:
    """The words between two places by their coarsest kinds, the first four changes of kind."""
    kinds: list[str] = []
    for token in run.tokens[low:high]:
        kind = token.text if token.text in ",:" else "p" if token.is_punct else "w"
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
    return "".join(kinds[:4])


def _of_end(run: Flow, cue: int, span: Span) -> list[str]:
    last = span.last
    goes_on = last + 1 < len(run) and run.paragraph[last + 1] == run.paragraph[last]
    after = run.tokens[last + 1] if goes_on else None
    beyond = run.tokens[last + 2] if after is not None and last + 2 < len(run) else None
    facts = [
        f"end={kind_of_end(run, last)}",
        f"to={relation(run, cue, last, left=False)}",
        f"next={shown(after)}",
        f"next={shown(after)}&{shown(beyond)}",
        f"nextdep={after.dep_ if after is not None else 'none'}",
        f"enddep={run.tokens[last].dep_}",
        f"rest={size(_rest(run, last))}",
    ]
    if last + 1 < len(run):
        facts += [f"opens={name}" for name in sorted(run.opens[last + 1])]
    if after is not None and after.is_punct and beyond is not None:
        facts += [f"opens-after={name}" for name in sorted(run.opens[last + 2])]
    return [*facts, *_of_gap(run, last + 1, cue)] if span.side == "before" else facts


def _rest(run: Flow, last: int) -> int:
    """Words left in the sentence after ``last``."""
    count = 0
    for i in range(last + 1, len(run)):
        if run.sentence[i] != run.sentence[last]:
            break
        count += not run.tokens[i].is_punct
    return count


def _of_whole(run: Flow, cue: int, span: Span) -> list[str]:
    first, last = span.first, span.last
    sentences, quoted = _sentences(run, first, last), quote_shape(run, cue, span)
    return [
        f"rule={_by_rule(run, cue, span)}",
        f"quotes={quoted}",
        f"sentences={min(sentences, 3)}",
        f"head={_head(run, cue, span)}",
        f"length={size(last - first + 1)}",
        f"verb={_verb(run, span)}",
        f"exact-quote={exact_quote(run, cue, span)}",
        f"complement={_complement(run, cue, span)}",
        f"paragraphs={min(run.paragraph[last] - run.paragraph[first], 2)}",
        f"other-rule={_other_rule(run, cue, span)}",
        f"holds-source={_holds_source(run, cue, span)}",
        *_other_verbs(run, cue, span),
        f"quotes={quoted}&sentences={min(sentences, 2)}",
    ]


def _by_rule(run: Flow, cue: int, span: Span) -> str:
    """How the stretch stands to what the rules gave this cue: the closest of their contents."""
    found = (_compared(run, span, low, high) for at, low, high in run.rules if at == cue)
    return max(found, key=_BY_RULE.index, default="none")


def _compared(run: Flow, span: Span, low: int, high: int) -> str:
    starts, ends = same(run, low, span.first), same(run, high, span.last)
    if starts or ends:
        return "same" if starts and ends else "start" if starts else "end"
    if span.first <= low and high <= span.last:
        return "holds"
    return "inside" if span.first <= high and low <= span.last else "none"


def _other_rule(run: Flow, cue: int, span: Span) -> str:
    """Whether the rules gave the stretch, or what it holds, to another cue."""
    others = [(at, low, high) for at, low, high in run.rules if at not in (cue, -1)]
    if any(_compared(run, span, low, high) == "same" for _, low, high in others):
        return "same"
    held = (
        span.first <= low and high <= span.last and not span.first <= at <= span.last
        for at, low, high in others
    )
    return "holds" if any(held) else "none"


def _head(run: Flow, cue: int, span: Span) -> str:
    """How the topmost word of the stretch hangs on the cue."""
    verb, top = run.tokens[cue], run.tokens[span.first]
    if top.doc is not verb.doc:
        return "elsewhere"
    for held in top.ancestors:
        place = run.at(held)
        if place is None or not span.first <= place <= span.last:
            break
        top = held
    if top.head.i == verb.i:
        return f"child-{top.dep_}"
    if verb.head.i == top.i:
        return f"parent-{verb.dep_}"
    return "under" if verb.is_ancestor(top) else "over" if top.is_ancestor(verb) else "apart"


def _verb(run: Flow, span: Span) -> str:
    held = run.tokens[span.first : span.last + 1]
    if any(token.tag_ in _FINITE for token in held):
        return "finite"
    return "verb" if any(token.pos_ in {"VERB", "AUX"} for token in held) else "none"


def _complement(run: Flow, cue: int, span: Span) -> str:
    """How the stretch stands to the cue's complement clause."""
    for child in run.tokens[cue].children:
        if child.dep_ in {"ccomp", "xcomp"}:
            low, high = run.edges(child)
            starts, ends = same(run, low, span.first), same(run, high, span.last)
            if starts and ends:
                return f"same-{child.dep_}"
            if starts or ends:
                beyond = "+" if span.last > high or span.first < low else "-"
                return f"{'start' if starts else 'end'}-{child.dep_}{beyond}"
            place = run.at(child)
            return (
                f"{'holds' if place is not None and span.first <= place <= span.last else 'off'}-{child.dep_}"
            )
    return "none"


def _holds_source(run: Flow, cue: int, span: Span) -> str:
    """How much of the cue's source the stretch covers."""
    held = source(run, cue)
    if held is None:
        return "none"
    low, high = held
    if high < span.first or low > span.last:
        return "apart"
    return "whole" if span.first <= low and high <= span.last else "part"


def _other_verbs(run: Flow, cue: int, span: Span) -> list[str]:
    """Other cues that the stretch holds: joined to its own cue, or apart from it."""
    verb, found = run.tokens[cue], set()
    for i in range(span.first, span.last + 1):
        token = run.tokens[i]
        if token.pos_ != "VERB" or run.quote[i] != run.quote[cue] or token.doc is not verb.doc:
            continue
        known, own = kind_of(lemma(token)) in _SPEECH, "own" if subject(token) is not None else "shared"
        if token.dep_ == "conj" and token.head.i == verb.i:
            found.add(f"joined={own}&{known}")
        elif known:
            found.add(f"cue={own}&{token.dep_}")
    return sorted(found)
