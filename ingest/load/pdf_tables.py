"""Where the ruled tables of a PDF are, found by pdfplumber from the lines drawn on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol, TypeVar

from ingest.load.tables import Cell

SAME = 3.0  # points that two edges of one line may be apart


class Placed(Protocol):
    """Something with a place on the page."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


Thing = TypeVar("Thing", bound=Placed)


@dataclass(frozen=True)
class Grid:
    """A table: the boxes (left, top, right, bottom) of its cells, in points from the top left."""

    boxes: tuple[tuple[float, float, float, float], ...]

    @property
    def left(self) -> float:
        return min(box[0] for box in self.boxes)

    @property
    def top(self) -> float:
        return min(box[1] for box in self.boxes)

    @property
    def right(self) -> float:
        return max(box[2] for box in self.boxes)

    @property
    def bottom(self) -> float:
        return max(box[3] for box in self.boxes)

    def holds(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether the middle of a box lies in the table."""
        across, down = (left + right) / 2, (top + bottom) / 2
        return self.left <= across <= self.right and self.top <= down <= self.bottom

    def cells(
        self, things: Sequence[Thing], text_of: Callable[[Sequence[Thing]], str]
    ) -> list[Cell]:
        """The cells with the text of what lies in each."""
        columns = edges([x for box in self.boxes for x in (box[0], box[2])])
        rows = edges([y for box in self.boxes for y in (box[1], box[3])])
        found = []
        for box in self.boxes:
            left, right = place(columns, box[0]), place(columns, box[2])
            top, bottom = place(rows, box[1]), place(rows, box[3])
            inside = [one for one in things if is_in(one, box)]
            texts = (text_of(inside),) if inside else ()
            found.append(Cell(texts, top, left, max(1, bottom - top), max(1, right - left)))
        return found


def is_in(one: Placed, box: tuple[float, float, float, float]) -> bool:
    across, down = (one.left + one.right) / 2, (one.top + one.bottom) / 2
    return box[0] <= across < box[2] and box[1] <= down < box[3]


def edges(values: Sequence[float]) -> list[float]:
    """The distinct values in order, those of one drawn line taken together."""
    found: list[float] = []
    for one in sorted(values):
        if not found or one - found[-1] > SAME:
            found.append(one)
    return found


def place(values: Sequence[float], one: float) -> int:
    return bisect_right(values, one + SAME) - 1


def ruled_tables(data: bytes, pages: Sequence[int]) -> dict[int, list[Grid]]:
    """The tables of these pages (from 0), from the top; nothing where the file defeats pdfminer."""
    if not pages:
        return {}
    import pdfplumber  # noqa: PLC0415
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    tables: dict[int, list[Grid]] = {}
    try:
        with pdfplumber.open(BytesIO(data), pages=[number + 1 for number in pages]) as document:
            for page in document.pages:
                grids = [
                    Grid(tuple(table.cells))
                    for table in page.find_tables()
                    if len(table.rows) > 1 and len(table.cells) > len(table.rows)
                ]
                tables[page.page_number - 1] = sorted(grids, key=lambda grid: grid.top)
                page.close()
    except (PDFException, PdfminerException, ValueError, TypeError, KeyError, IndexError,
            AttributeError, AssertionError, ArithmeticError):  # fmt: skip
        # pdfminer is stricter than pdfium; without its tables their text is read as lines.
        return tables
    return tables
