"""Tables of web pages, and the text of their cells as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.load.tables import Cell


def is_of_data(table: Any) -> bool:
    """Whether a table holds figures or names, not the layout of the page."""
    rows = list(table.iter("tr"))
    cells = [cell for row in rows for cell in row.iter("td", "th")]
    if (
        len(rows) < 2
        or len(cells) < 2 * len(rows)
        or next(table.iterdescendants("table"), None) is not None
    ):
        return False
    return all(len("".join(cell.itertext())) <= 200 for cell in cells)


def cells_of(table: Any) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(table.iter("tr")):
        column = 0
        for one in element.iter("td", "th"):
            while (row, column) in taken:
                column += 1
            height, width = span(one, "rowspan"), span(one, "colspan")
            taken |= {
                (row + down, column + across) for down in range(height) for across in range(width)
            }
            text = clean("".join(one.itertext()).replace("\n", "\r")).strip()
            yield Cell((text,) if text else (), row, column, height, width)
            column += width


def span(cell: Any, name: str) -> int:
    printed = str(cell.get(name) or "1").strip()
    return min(max(int(printed), 1), 50) if re.fullmatch(r"\d{1,4}", printed) else 1


def clean(text: str) -> str:
    """Text as a browser shows it: line ends of the markup are blanks, or nothing in Chinese."""
    text = re.sub(r"(?<=[^\x00-\x7f])[ \t]*\r[ \t\r]*(?=[^\x00-\x7f])", "", text)
    text = re.sub(r"[ \t\r]+", " ", text)
    return "\n".join(line.strip(" ") for line in text.split("\n"))
