"""What would settle a question: what its reports leave open, each with what would close it.

Every sentence follows from counts and gaps that the page shows beside it.  None says what is so.
"""

from __future__ import annotations

from collections.abc import Iterator

from secondsource.model import Position, Question

_FEW = 3


def settling(question: Question) -> tuple[str, ...]:
    """The sentences, the weightiest first, each once."""
    found = [*_between(question)]
    for position in question.positions:
        found += _of(position)
    return tuple(dict.fromkeys(found))


def _between(question: Question) -> Iterator[str]:
    given = [f"“{position.value}”" for position in question.positions if position.reports]
    if len(given) > 1:
        answers = ", ".join(given[:_FEW]) + (" and others" if len(given) > _FEW else "")
        yield f"A source with its own access that says which of {answers} it saw, and when."


def _of(position: Position) -> Iterator[str]:
    if position.reports and position.n_max == 1:
        name = position.origins[0].name if position.origins else "its one origin"
        yield f"A report of “{position.text}” that does not lead back to {name}."
    elif position.n_min < position.n_max:
        yield (
            f"For “{position.text}”: whether its {position.n_max} origins are as many; the texts tie "
            f"{position.n_min} of them to access of their own."
        )
    floating = [origin.name for origin in position.origins if not origin.anchored]
    if floating:
        names = ", ".join(floating[:_FEW]) + (f" and {len(floating) - _FEW} more" if floating[_FEW:] else "")
        yield f"How {names} knew: no text shows it."
    if position.denied_by and all(one.self_interested for one in position.denied_by):
        yield f"Somebody who is no party to “{position.text}” and was asked about it: only parties deny it."
    elif position.denied_by:
        yield f"What the denials of “{position.text}” rest on: papers, a visit, or a word."
    if position.unaware and not position.denied_by:
        names = ", ".join(dict.fromkeys(one.source for one in position.unaware[:_FEW]))
        yield f"An answer from {names} to a second request: not being aware is no denial."
