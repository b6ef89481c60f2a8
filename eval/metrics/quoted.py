"""Figures as the words of a report give them, units of table headers and single 一 included."""

from __future__ import annotations

import re
from dataclasses import replace

from eval.metrics.figures import UNIT_ROWS, Figure, figure_of, read_figures

_HAN = {word for row in UNIT_ROWS for word in row if not word.isascii()}
_UNIT = "|".join(sorted({*_HAN, "万元", "亿元", "%"}, key=len, reverse=True))
# A unit that stands by itself: 罚款（万元）, 单位：件, a cell | 万元 |.
_APART = re.compile(rf"[（(]\s*({_UNIT})\s*[）)]|单位[:：]\s*({_UNIT})|\|\s*({_UNIT})\s*(?=\|)")
_ROW = re.compile(r"[|\t]|\S {2,}\S")  # what the line of a table has


def read_quoted(quote: str, above: str = "") -> tuple[Figure, ...]:
    """The figures of a report's words; a bare number is also one of each unit apart from it.

    Args:
        above: the lines of the table over a quoted row (`lines_above`).

    >>> [(str(f.value), f.unit) for f in read_quoted("罚款金额 | 万元 | 4.83")]
    [('4.83', ''), ('48300.00', '元')]
    """
    found = read_figures(quote, ones=True)
    units = dict.fromkeys(
        unit for match in _APART.finditer(above + "\n" + quote) for unit in match.groups() if unit
    )
    meant = [
        replace(figure_of(float(figure.value), unit), qualifier=figure.qualifier)
        for figure in found
        if not figure.unit
        for unit in units
    ]
    return (*found, *meant)


def lines_above(text: str, start: int) -> str:
    """The lines of the table above the one at an offset of a text, with the line over the table.

    >>> text = "单位：件\\n| 项目 | 数 |\\n| 立案 | 5 |"
    >>> lines_above(text, text.index("立案"))
    '单位：件\\n| 项目 | 数 |'
    """
    first = text.rfind("\n", 0, start) + 1
    if not _ROW.search(text[first:].partition("\n")[0]):
        return ""
    above: list[str] = []
    for line in reversed(text[:first].splitlines()):
        if not line.strip():
            continue
        above.append(line)
        if not _ROW.search(line):
            break
    return "\n".join(reversed(above))
