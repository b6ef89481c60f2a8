"""Tables as lines of text in which each figure stands with its row's and column's header.

A table of figures becomes one line for its headers and one for each row:

    表头：事项｜案件数（件）｜罚款金额（万元）。
    行政处罚：案件数12件，罚款金额3.2万元。

A unit in a header moves behind the figures it is of. A table that only places text on
the page gives its cells' paragraphs as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST_HEADER = 40
MOST_COLUMNS = 200
UNIT = re.compile(r"\s*[（(](?:单位[：:]\s*)?([\u4e00-\u9fff%％‰/]{1,6})[）)]\s*$")
TABLE_UNIT = re.compile(r"单位[：:]\s*([\u4e00-\u9fff%％‰]{1,4})\s*$")
BARE = re.compile(r"^[-−]?[\d,，]+(?:[.．]\d+)?$|^[０-９]+$")
FIGURE = re.compile(r"\d\s*(?:[%％‰件次个人起宗场份家万亿元]|$)")
ORDINAL = re.compile(r"^(?:序号|编号|序|No\.?)$", re.I)
GENERIC_START = re.compile(
    r"^(?:数量|数值|数据|数字|总数|完成(?:情况|数)?|结果|值|指标值|情况)[：:]?"
)
SUBJECT = re.compile(r"^(?:指标|项目|事项|内容|名称|类别|类型|指标名称|工作内容|统计项)$")


@dataclass(frozen=True)
class Cell:
    """A cell with its paragraphs; row and column are those of its upper left corner."""

    paragraphs: tuple[str, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        return " ".join(self.paragraphs)


@dataclass(frozen=True)
class Header:
    name: str
    unit: str | None


def table_lines(cells: Sequence[Cell], headers: Sequence[str] | None = None) -> list[str]:
    """The lines of a table, reading order.

    `headers`: of the columns, where the table goes on from an earlier page.
    """
    filled = [cell for cell in cells if cell.text.strip()]
    width = min(max((cell.column + cell.columns for cell in cells), default=0), MOST_COLUMNS)
    caption, body = caption_of(filled, width)
    height = header_height(body, width)
    if headers is not None and len(headers) == width:
        return [*caption, *data_lines(body, headers, caption)]
    if not height:
        return [*caption, *(pair_lines(body) if is_of_pairs(body, width) else plain_lines(body))]
    top = min(cell.row for cell in body)
    names = header_names(body, top, height, width)
    printed = [cell for cell in body if cell.row < top + height]
    first = f"表头：{'｜'.join(cell.text.strip() for cell in printed)}。"
    rest = [cell for cell in body if cell.row >= top + height]
    return [*caption, first, *data_lines(rest, names, caption)]


def headers_of(cells: Sequence[Cell]) -> list[str] | None:
    """The names of the columns, for a table that goes on, None where it has none."""
    filled = [cell for cell in cells if cell.text.strip()]
    width = max((cell.column + cell.columns for cell in cells), default=0)
    _, body = caption_of(filled, width)
    height = header_height(body, width)
    return header_names(body, min(cell.row for cell in body), height, width) if height else None


def caption_of(cells: Sequence[Cell], width: int) -> tuple[list[str], list[Cell]]:
    """The lines over the whole width at the top of a table, and the cells below them."""
    caption: list[str] = []
    body = sorted(cells, key=lambda cell: (cell.row, cell.column))
    while body and width > 1 and body[0].columns >= width and len(body) > 1:
        caption += body.pop(0).paragraphs
    return caption, body


def header_height(cells: Sequence[Cell], width: int) -> int:
    """How many rows at the top hold headers, 0 where the table has no headers."""
    if width < 2 or not cells:
        return 0
    top = cells[0].row
    first = [cell for cell in cells if cell.row == top]
    height = max(cell.rows for cell in first)
    if any(cell.columns > 1 for cell in first) and height == 1:
        return 0
    heads = [cell for cell in cells if cell.row < top + height]
    short = all(
        len(cell.text) <= LONGEST_HEADER and not re.search(r"[。；]", cell.text) for cell in heads
    )
    named = [cell for cell in heads if not FIGURE.search(cell.text) or is_year(cell.text)]
    covered = sum(cell.columns for cell in first)
    below = any(cell.row >= top + height for cell in cells)
    fits = covered >= width - 1 and len(first) > 1
    return height if short and below and fits and len(named) == len(heads) else 0


def is_year(text: str) -> bool:
    return bool(re.fullmatch(r"\s*20\d\d\s*年?(?:度)?\s*", text))


def header_names(cells: Sequence[Cell], top: int, height: int, width: int) -> list[str]:
    """For each column its headers from the top down, as one name."""
    names = [""] * width
    for cell in cells:
        if cell.row < top + height:
            for column in range(cell.column, min(cell.column + cell.columns, width)):
                names[column] += cell.text.strip()
    return names


def data_lines(cells: Sequence[Cell], names: Sequence[str], caption: Sequence[str]) -> list[str]:
    found = TABLE_UNIT.search(caption[-1]) if caption else None
    unit = found[1] if found else None
    columns = [header_of(name, unit) for name in names]
    ordinal = 0 if columns and ORDINAL.match(columns[0].name) else None
    subject = 0 if ordinal is None else 1
    units = next((at for at, one in enumerate(columns) if one.name in ("单位", "计量单位")), None)
    rows: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            rows.setdefault(row, {})[cell.column] = cell
    return [
        row_line(there, columns, (ordinal, subject, units))
        for row, there in sorted(rows.items())
        if any(cell.row == row for cell in there.values())
    ]


def header_of(name: str, unit: str | None) -> Header:
    found = UNIT.search(name)
    return Header(name[: found.start()], found[1]) if found else Header(name, unit)


def row_line(
    row: dict[int, Cell], columns: Sequence[Header], places: tuple[int | None, int, int | None]
) -> str:
    """One row as a sentence: its subject, then each header with its value."""
    ordinal, subject, units = places
    name, own_unit = "", None
    if subject in row:
        header = header_of(row[subject].text.strip(), None)
        name, own_unit = header.name, header.unit
    if units is not None and units in row:
        own_unit = row[units].text.strip()
    number = (
        f"（序号{row[ordinal].text.strip()}）" if ordinal is not None and ordinal in row else ""
    )
    values = [
        (columns[column], said(columns[column], cell.text.strip(), own_unit))
        for column, cell in sorted(row.items())
        if column not in (ordinal, subject, units)
    ]
    texts = [text for _, text in values]
    if any(is_year(header.name) for header, _ in values):
        texts = [of_year(header, text, name) for header, text in values]
        return f"{'，'.join(texts)}{number}。"
    if len(texts) == 1 and SUBJECT.match(columns[subject].name):
        text = GENERIC_START.sub("", texts[0])
        return f"{name}{'' if FIGURE.search(text[:12]) else '：'}{text}{number}。"
    return f"{name}{'：' if texts else ''}{'，'.join(texts)}{number}。"


def of_year(header: Header, text: str, name: str) -> str:
    """A value with its subject, and first its year: 2023年行政处罚12件."""
    if is_year(header.name):
        return f"{header.name}{name}{text[len(header.name) :]}"
    return f"{name}{text}"


def said(header: Header, text: str, unit: str | None) -> str:
    """A header with its value: 案件数12件; 责任单位：司法所."""
    if BARE.match(text) and not is_year(text):
        return f"{header.name}{text}{header.unit or unit or ''}"
    if re.match(r"[\d０-９]", text):
        return f"{header.name}{text}"
    return f"{header.name}：{text.rstrip('。')}"


def is_of_pairs(cells: Sequence[Cell], width: int) -> bool:
    """Whether each row is a name and what it has: 行政诉讼应诉率, 100%."""
    return width == 2 and all(
        len(cell.text) <= LONGEST_HEADER and "。" not in cell.text for cell in cells
    )


def pair_lines(cells: Sequence[Cell]) -> Iterator[str]:
    for row in sorted({cell.row for cell in cells}):
        texts = [cell.text.strip() for cell in cells if cell.row == row]
        header = header_of(texts[0], None)
        if len(texts) == 2 and BARE.match(texts[1]):
            yield f"{header.name}{texts[1]}{header.unit or ''}。"
        elif len(texts) == 2 and FIGURE.search(texts[1]):
            yield f"{texts[0]}{texts[1]}。"
        else:
            yield f"{'：'.join(texts)}。"


def plain_lines(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        yield from (paragraph for paragraph in cell.paragraphs if paragraph.strip())
