"""Tables without drawn lines: rows of short texts that stand under one another.

A run of lines is taken for a table only where its columns hold figures under headers, or
names with a figure each; anything else stays as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import mean

from ingest.load.layout import Piece, Row, gutter_of, rows_of
from ingest.load.tables import FIGURE, Cell, headers_of, table_lines

LEAST_ROWS = 3
LONGEST_CELL = 40  # characters
USUAL_CELL = 14  # characters a cell has in the mean
LEAST_FIGURES = 0.5  # share of the rows below the headers with a figure


def with_tables(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a page with each aligned table put into one that stands for its region."""
    if gutter_of(pieces) is not None:
        return list(pieces)  # two columns of running text
    rows = rows_of(pieces)
    kept: list[Piece] = []
    position = 0
    for start, end in runs_of(rows):
        table = table_in(rows[start:end])
        if table is not None:
            kept += [piece for row in rows[position:start] for piece in row.pieces]
            kept.append(table)
            position = end
    return kept + [piece for row in rows[position:] for piece in row.pieces]


def runs_of(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of rows with several short pieces each."""
    start = None
    for number in range(len(rows) + 1):
        if number < len(rows) and may_be_row(rows[number]):
            start = number if start is None else start
            continue
        if start is not None and number - start >= LEAST_ROWS:
            yield start, number
        start = None


def may_be_row(row: Row) -> bool:
    return len(row.pieces) > 1 and all(
        not piece.whole and len(piece.text) <= LONGEST_CELL and "。" not in piece.text
        for piece in row.pieces
    )


def table_in(rows: Sequence[Row]) -> Piece | None:
    """The table that the rows are, as a piece for their region; None where they are none."""
    pieces = [piece for row in rows for piece in row.pieces]
    columns = columns_of(pieces)
    cells = [
        Cell((piece.text.strip(),), number, column_of(piece, columns))
        for number, row in enumerate(rows)
        for piece in row.pieces
    ]
    places = {(cell.row, cell.column) for cell in cells}
    figures = sum(any(FIGURE.search(piece.text) for piece in row.pieces[1:]) for row in rows[1:])
    sound = (
        len(columns) > 1
        and len(places) == len(cells)
        and mean(len(piece.text) for piece in pieces) <= USUAL_CELL
        and figures >= LEAST_FIGURES * (len(rows) - 1)
    )
    if not sound or not (headers_of(cells) or are_pairs(rows, len(columns))):
        return None
    return Piece(
        "\n".join(table_lines(cells)), min(one.left for one in pieces),
        min(one.top for one in pieces), max(one.right for one in pieces),
        max(one.bottom for one in pieces), pieces[0].em, whole=True,
    )  # fmt: skip


def columns_of(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """The spans across the page that pieces share, from the left."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for piece in pieces):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def column_of(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    return next(number for number, (_, right) in enumerate(columns) if piece.left < right)


def are_pairs(rows: Sequence[Row], columns: int) -> bool:
    """Whether each row is a name and its figure."""
    return columns == 2 and all(
        len(row.pieces) == 2 and re.match(r"[\d０-９约近]", row.pieces[1].text) for row in rows
    )
