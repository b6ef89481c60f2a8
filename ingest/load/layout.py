"""Pieces of text with their places on a page, put into lines in the order they are read.

Places are in any unit, from the top left corner. Used for PDF, OFD and OCR alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

LEAST_COLUMN_LINES = 5  # lines side by side that make two columns
FILLED = 0.6  # share of its column that a line of running text fills, in the mean
LEAST_LINE = 9  # em; narrower text is a column of a table
MOST_INDENT = 12  # of em; what stands further right is centred or set right


@dataclass(frozen=True)
class Piece:
    """Text on one line, set in a size of `em`, at most one column wide."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    em: float  # the width of a Chinese character
    whole: bool = False  # stands for a region of the page, such as a table: lines as they are

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass
class Row:
    """Pieces side by side, from the left."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def text(self) -> str:
        parts = [self.pieces[0].text]
        for before, piece in zip(self.pieces, self.pieces[1:], strict=False):
            parts += [gap_between(before, piece), piece.text]
        return "".join(parts)


def page_text(pieces: Sequence[Piece]) -> str:
    """The text of a page, a line for each printed line, indents as spaces (two an em).

    Where the page has two columns, the left one is read before the right one.
    """
    lines: list[str] = []
    for block in blocks_of([piece for piece in pieces if piece.text.strip()]):
        rows = rows_of(block)
        edge = left_edge(rows)
        lines += [line_of(row, edge) for row in rows]
    return "\n".join(lines)


def line_of(row: Row, edge: float) -> str:
    first = row.pieces[0]
    if first.whole:
        return first.text
    indent = round((row.left - edge) / first.em) if first.em else 0
    return "  " * max(0, min(indent, MOST_INDENT)) + row.text


def left_edge(rows: Sequence[Row]) -> float:
    """Where lines begin that are not indented; a stray mark in the margin does not count."""
    lefts = [row.left for row in rows if not row.pieces[0].whole]
    if len(lefts) < 8:
        return min(lefts, default=0.0)
    return quantiles(lefts, n=20)[0]


def gap_between(before: Piece, piece: Piece) -> str:
    """The white space that stands for the gap between two pieces of a line."""
    gap = piece.left - before.right
    if gap > 1.2 * before.em:
        return "  "
    latin = before.text[-1].isascii() and piece.text[0].isascii()
    return " " if gap > (0.2 if latin else 0.7) * before.em else ""


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Pieces put together that stand on one line, from the top."""
    rows: list[Row] = []
    middle, height = 0.0, 0.0
    for piece in sorted(pieces, key=lambda one: (one.middle, one.left)):
        if rows and not piece.whole and abs(piece.middle - middle) <= 0.4 * max(height, 0.1):
            rows[-1].pieces.append(piece)
            continue
        rows.append(Row([piece]))
        middle, height = piece.middle, piece.bottom - piece.top
    for row in rows:
        row.pieces.sort(key=lambda one: one.left)
    return rows


def blocks_of(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of a page in groups that are read one after the other."""
    gutter = gutter_of(pieces)
    if gutter is None:
        yield list(pieces)
        return
    across = [piece for piece in pieces if piece.whole or piece.left < gutter < piece.right]
    aside = [piece for piece in pieces if piece not in across]
    bounds = sorted(piece.middle for piece in across)
    start = float("-inf")
    for bound in [*bounds, float("inf")]:
        band = [piece for piece in aside if start < piece.middle <= bound]
        left = [piece for piece in band if piece.right <= gutter]
        yield from columns_of(left, [piece for piece in band if piece.right > gutter])
        crossing = [piece for piece in across if piece.middle == bound]
        if crossing:
            yield crossing
        start = bound


def columns_of(left: list[Piece], right: list[Piece]) -> Iterator[list[Piece]]:
    """Two columns one after the other, or lines with gaps in them as they are."""
    if min(len(rows_of(left)), len(rows_of(right))) >= 2:
        yield left
        yield right
    elif left or right:
        yield [*left, *right]


def gutter_of(pieces: Sequence[Piece]) -> float | None:
    """Where the gap between two columns of running text is, None where there is one column.

    Two columns are told from a table by their lines, which are filled.
    """
    body = [piece for piece in pieces if not piece.whole]
    if len(body) < 2 * LEAST_COLUMN_LINES:
        return None
    start, end = min(one.left for one in body), max(one.right for one in body)
    em = median(one.em for one in body)
    found: list[tuple[int, float]] = []
    for step in range(30, 71):
        x = start + (end - start) * step / 100
        left = [one for one in body if one.right <= x]
        right = [one for one in body if one.left >= x]
        crossing = len(body) - len(left) - len(right)
        if crossing <= min(len(left), len(right)) and beside(left, right) and far(left, right, em):
            found.append((crossing, x))
    if not found:
        return None
    least = min(crossing for crossing, _ in found)
    best = [x for crossing, x in found if crossing == least]
    return best[len(best) // 2]


def beside(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether enough filled lines of two sides stand at the same height."""
    if min(len(left), len(right)) < LEAST_COLUMN_LINES:
        return False
    top = max(min(one.top for one in left), min(one.top for one in right))
    bottom = min(max(one.bottom for one in left), max(one.bottom for one in right))
    for side in (left, right):
        shared = [one for one in side if top <= one.middle <= bottom]
        if len(shared) < LEAST_COLUMN_LINES:
            return False
        width = max(one.right for one in shared) - min(one.left for one in shared)
        filled = sum(one.right - one.left for one in shared) / len(shared)
        if filled < max(FILLED * width, LEAST_LINE * shared[0].em):
            return False
    return True


def far(left: Sequence[Piece], right: Sequence[Piece], em: float) -> bool:
    """Whether the gap between the two sides is as wide as a gutter."""
    return min(one.left for one in right) - max(one.right for one in left) >= 0.8 * em
