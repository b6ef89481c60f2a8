"""Figures in the rows of a table that stands in plain text, columns parted by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.amounts import Amount, read_amounts, read_number

_PARTED = re.compile(r"[\t|｜]|[ \u3000]{2,}")
_BARE = re.compile(r"\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*$")
_UNIT = re.compile(
    r"\(\s*(?:单位:)?(?P<unit>[\u4e00-\u9fff%‰/]{1,4})\s*\)\s*$|/(?P<slash>[\u4e00-\u9fff]{1,2})\s*$"
)
_COUNTED = re.compile(  # 宗数, 普法场次, 参与人数
    r"(人次|场次|件次|户次)(?:数|数量)?$|([件宗起例次场份个户条名家人])(?:数|数量)$"
)
_YEAR = re.compile(r"(20\d{2})年?")
_EARLIER = re.compile(r"上年|去年|上期|上一年|同期")
_CHANGE = re.compile(r"增长|增幅|同比|增减|变化|升降|^[较比](?:上年|去年|上期|20\d{2})")
_MERGED = re.compile(r"(?P<label>.*\([\u4e00-\u9fff%‰]{1,4}\))(?=[\d.,]+%?$)")  # 检查(户次)418
_SIGN = re.compile(r"[+-]\s*(?=\d)")
_UNITS = re.compile(r"^(?:计量)?单位$")
_RULE = re.compile(r"[-:=\s]+$")  # the line between a header and its rows
_TARGET = re.compile(r"目标|计划|任务|指标值|应完成|要求")
_ORDINAL = re.compile(r"^(?:序号|编号|序|No\.?)$", re.I)
_SUBJECT = re.compile(
    r"^(?:指标|项目|事项|内容|名称|类别|类型|指标名称|工作内容|统计项|村居?|村\(社区\)|单位|部门)$"
)
_SUMS = re.compile(r"^(?:合计|总计|小计|共计)$")
_VILLAGE = re.compile(
    r"^(?!行政|示范|自然|中心|民主|法治|全部|各)[\u4e00-\u9fff]{2,5}(?<!行政)(?<!示范)(?:(?<!农)(?<!乡)村|社区|嘎查)$"
)
_EMPTY = re.compile(r"[-—–―/\\*·\s]+$|^(?:N/?A|暂?无|空)$", re.I)  # a cell left blank
_DONE = re.compile(r"完成|实际|现状|现有|现值|基期|达到")
_WHEN = re.compile(r"^(?:年度|全年|本年|今年|当年|实际)")
_GENERIC = re.compile(
    r"(?:数量|数值|数据|数字|总数|(?:实际)?(?:完成(?:情况|数|值)?|达到|数)|目标值?|任务数?|计划数?|结果|合计|本年度?|今年|当年|情况)$"
)


@dataclass(frozen=True)
class Cell:
    """A cell by offsets in the reading, and its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class RowFigure:
    """A figure of a row, with the cell that names it and the column that it stands in."""

    amount: Amount
    label: Cell  # of this row
    named: str  # row and column header together, as far as they name something
    column: str  # the column's header; empty without one
    counted: str  # what the column counts, where that is not a time or the like

    @property
    def village(self) -> str | None:
        """The village whose row it is; None elsewhere."""
        return self.label.text if _VILLAGE.match(self.label.text) else None


def row_cells(printed: str, reading: str, at: int = 0) -> tuple[Cell, ...]:
    """The cells of a line of a table; none where the line is running text.

    Args:
        printed: the line as it stands there, with its tabs.
        reading: the line as it is understood, of the same length.
        at: offset of the line.

    >>> [cell.text for cell in row_cells("行政检查（次）\\t512", "行政检查(次) 512")]
    ['行政检查(次)', '512']
    """
    bounds = [match.span() for match in _PARTED.finditer(printed)]
    if not bounds or re.search(r"[。;]", reading):
        return ()
    cells: list[Cell] = []
    start = 0
    for stop, following in [*bounds, (len(printed), len(printed))]:
        words = reading[start:stop]
        if words.strip():
            left = at + start + len(words) - len(words.lstrip())
            cells += _cells_of(left, words.strip())
        start = following
    return tuple(cells) if len(cells) > 1 else ()


def _cells_of(left: int, words: str) -> tuple[Cell, ...]:
    """One cell, or two where nothing parts a label with its unit from its figure."""
    merged = _MERGED.match(words)
    split = merged.end("label") if merged else len(words)
    parts = ((0, words[:split]), (split, words[split:]))
    return tuple(Cell(left + at, left + at + len(part), part) for at, part in parts if part)


def is_rule(cells: tuple[Cell, ...]) -> bool:
    """Whether a row is only the line under a header."""
    return all(_RULE.match(cell.text) for cell in cells)


def is_target(column: str) -> bool:
    """Whether a column holds what was to be reached."""
    return bool(_TARGET.search(column))


def is_header(cells: tuple[Cell, ...]) -> bool:
    """Whether a row names columns: none of its cells is a figure."""
    return not any(_amount(cell, "") for cell in cells)


def row_figures(
    cells: tuple[Cell, ...], header: tuple[Cell, ...], caption_unit: str = ""
) -> Iterator[RowFigure]:
    """The figures of a row, in order, each with the words that name it."""
    columns = header if len(header) == len(cells) else ()
    stated = next((i for i, name in enumerate(columns) if _UNITS.match(name.text)), None)
    row_unit = cells[stated].text if stated is not None else ""
    names = [
        cell
        for index, cell in enumerate(cells)
        if index != stated and not (_amount(cell, "") or _EMPTY.match(cell.text))
    ]
    if not names:
        return
    for index, cell in enumerate(cells):
        column = columns[index].text if columns else ""
        label = max((name for name in names if name.start < cell.start), default=names[0], key=_at)
        unit = _unit_of(label.text) or _unit_of(column) or row_unit or caption_unit
        amount = _amount(cell, unit)
        if amount is None or _ORDINAL.match(column) or (index == 0 and not columns):
            continue
        row, over = _plain(label.text), _plain(column)
        named = (
            row
            if _says_nothing(over) or is_target(over)
            else over
            if _SUBJECT.match(row) or _SUMS.match(row) or _VILLAGE.match(row)
            else row + over
        )
        yield RowFigure(amount, label, named, column, "" if _says_nothing(over) else over)


def is_earlier(column: str, year: int | None) -> bool:
    """Whether a column is of an earlier time than the report."""
    match = _YEAR.search(column)
    return bool(_EARLIER.search(column) or (match and year and int(match[1]) < year))


def is_done(column: str, year: int | None) -> bool:
    """Whether a column holds what was reached, be it among the plans: 2024年完成."""
    return bool(_DONE.search(column)) and not (year and str(year + 1) in column)


def year_of(column: str) -> str | None:
    """The year that a column is of, as digits; None where it names none."""
    match = _YEAR.search(column)
    return match[1] if match else None


def is_change(column: str) -> bool:
    """Whether a column holds by how much something has changed."""
    return bool(_CHANGE.search(column))


def _at(cell: Cell) -> int:
    return cell.start


def _unit_of(text: str) -> str:
    match = _UNIT.search(text) or _COUNTED.search(text)
    return next(filter(None, match.groups())) if match else ""


def _plain(text: str) -> str:
    return _UNIT.sub("", text).strip()


def _says_nothing(column: str) -> bool:
    rest = _GENERIC.sub("", _WHEN.sub("", _YEAR.sub("", column))).strip()
    return len(rest) < 2 or bool(_CHANGE.search(rest) or _EARLIER.search(rest))


def _amount(cell: Cell, unit: str) -> Amount | None:
    sign = _SIGN.match(cell.text)
    if sign:  # of a change, whose size is the figure
        cell = Cell(cell.start + sign.end(), cell.end, cell.text[sign.end() :])
    bare = _BARE.match(cell.text)
    if bare:
        value = read_number(bare["number"])
        number = int(value) if value == value.to_integral_value() else float(value)
        return Amount(cell.start, cell.end, number, None, None, unit, "exact")
    found = read_amounts(cell.text)
    if len(found) == 1 and found[0].end - found[0].start >= len(cell.text) - 1:
        only = found[0]
        return Amount(
            cell.start, cell.end, only.value, only.low, only.high, only.unit, only.qualifier
        )
    return None
