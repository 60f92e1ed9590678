"""Second Source: who claims what, how they know, and on how many origins it stands.

::

    from secondsource import Desk

    desk = Desk("case")
    desk.ingest(["articles/"])
    for question in desk.questions():
        print(question.text, [(p.text, p.n_min, p.n_max) for p in question.positions])

One `Desk` is one case on disk.  Its methods are the commands of the command line,
under the same names and in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Desk", "SecondSourceError", "__version__"]

if TYPE_CHECKING:
    from secondsource.desk import Desk
    from secondsource.errors import SecondSourceError


def __getattr__(name: str) -> Any:
    # Loaded on first use: `secondsource --help` must not wait for a language model's library.
    if name == "Desk":
        from secondsource.desk import Desk

        return Desk
    if name == "SecondSourceError":
        from secondsource.errors import SecondSourceError

        return SecondSourceError
    raise AttributeError(f"module 'secondsource' has no attribute {name!r}")
