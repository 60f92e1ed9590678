"""Two columns that a program drew line by line across the page, put into the order they are read in.

Most programs draw one column and then the next, and then the order of drawing is that of
reading.  Some draw across: then each line of the page is two lines, one of each column.
"""

from __future__ import annotations

from secondsource.readers.lines import Line

GAP = 1.5  # heights between two words of one line: more is a gutter, or the cells of a table
LEAST = 5  # lines that a gutter must part: fewer may be a table, or a signature beside a date
WORDS = 3.0  # in a line of a column, on average: cells of a table have fewer


def ordered(rows: list[list[Line]]) -> list[Line]:
    """The lines of a page from its rows, each the pieces that a wide gap parts.

    Where one gutter parts enough of the rows, what stands to the left of it comes before what
    stands to the right; anything else keeps its order, and its pieces are one line again.
    """
    gutter = _gutter([row for row in rows if len(row) == 2])
    if gutter is None:
        return [_joined(row) for row in rows]
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if any(piece.left < gutter < piece.right for piece in row):  # it runs across: the columns end
            found += [*left, *right, _joined(row)]
            left, right = [], []
        else:
            left += (piece for piece in row if piece.right <= gutter)
            right += (piece for piece in row if piece.left >= gutter)
    return [*found, *left, *right]


def _gutter(pairs: list[list[Line]]) -> float | None:
    """Where a line from top to bottom passes between most of the pairs; None where none does."""
    if len(pairs) < LEAST:
        return None
    counted = [len(piece.text.split()) for pair in pairs for piece in pair]
    if sum(counted) < WORDS * len(counted):
        return None
    start = sorted(one.right for one, _ in pairs)[-1 - len(pairs) // 10]
    end = sorted(other.left for _, other in pairs)[len(pairs) // 10]
    return (start + end) / 2 if start < end else None


def _joined(row: list[Line]) -> Line:
    """One line of the pieces of a row."""
    first, last = row[0], row[-1]
    return first._replace(text=" ".join(piece.text for piece in row), right=last.right, bottom=last.bottom)
