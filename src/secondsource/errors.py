"""The one tree of errors.

::

    SecondSourceError          anything this package says no to, in one clear line
    ├── ReadError              a file cannot be read as what it says it is
    │   └── Empty              … because there is nothing in it
    ├── LimitError             a file or a request is over a stated limit
    ├── CaseError              the case on disk cannot be opened or used
    │   └── NewerCase          … because a newer version of Second Source made it
    ├── Outdated               what a decision was made on has changed meanwhile
    ├── ListError              a designation list is not in the layout it claims
    └── NotFound               no document, claim, entity or question has that id

A failure to read evidence is itself recorded (a document with status ``failed``);
a bug propagates.  Each error carries the HTTP status that the desk answers with.
"""

from __future__ import annotations


class SecondSourceError(Exception):
    """Anything this package says no to.  ``str(error)`` is the line a user sees."""

    status = 400


class ReadError(SecondSourceError):
    """A file cannot be read as what it says it is; the message is the reason kept with it."""

    status = 422


class Empty(ReadError):
    """The file was read and holds no text: not the same as a file that failed."""


class LimitError(SecondSourceError):
    """A file or a request is over a limit, which the message names."""

    status = 413


class CaseError(SecondSourceError):
    """The case on disk cannot be opened or used."""

    status = 409


class NewerCase(CaseError):
    """The case was made by a newer version of Second Source and is left untouched."""


class Outdated(SecondSourceError):
    """A decision was made on something that is no longer as it was seen; nothing was kept of it."""

    status = 409


class ListError(SecondSourceError):
    """A designation list is not in the layout it claims; the last good one stays in force."""

    status = 422


class NotFound(SecondSourceError):
    """No document, claim, entity or question of the case has that id."""

    status = 404
