"""Figures that are parts of another, or the sum of those before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.facts.sentences import Span
from ingest.facts.times import part_of_year
from rag.amounts import MONEY, Amount

_MEASURES = (
    frozenset("件 起 宗 例 案 份 项 条 个 批 批次 件次 卷".split()),
    frozenset("人 名 位 个".split()),
    frozenset("次 场 场次 期 轮 轮次 家次 户次".split()),
    frozenset("处 个 家 户 所".split()),
    frozenset(MONEY),
)
_SUMS_UP = re.compile(r"[ ,、]*(?P<word>共计|合计|总计|总共|一共|共)[ ,、]*")
_OPENS = re.compile(r"\((?![^()]{1,6}\))|其中|包括")


def alike(unit: str, other: str) -> bool:
    """Whether two units may measure a whole and its part (宗 and 件, but not 人 and 项)."""
    if unit == other:
        return unit != "%"
    return any({unit, other} <= measure for measure in _MEASURES)


def whole_of(
    reading: str, amounts: Sequence[Amount], index: int, current: Amount | None
) -> Amount | None:
    """The figure that this one is a part of (66宗(其中书面调解27宗,口头调解39宗))."""
    if index == 0:
        return None
    between = reading[amounts[index - 1].end : amounts[index].start]
    if between.startswith(":") and alike(amounts[index - 1].unit, amounts[index].unit):
        return amounts[index - 1]  # 共83件:合同54件
    if _OPENS.search(between) and not re.search(r"[)]", between):
        if "(" not in between:  # 案件15件,罚没款2.3万元,其中简易程序3件
            same = [a for a in amounts[:index] if alike(a.unit, amounts[index].unit)]
            return same[-1] if same else amounts[index - 1]
        return amounts[index - 1]
    return None if re.search(r"[)。;]", between) else current


def of_the_year(reading: str, start: int, amounts: Sequence[Amount], index: int) -> Amount | None:
    """The figure of the year that this one gives a part of: 全年21件,上半年12件,下半年9件."""
    if not part_of_year(reading, start, amounts[index].start):
        return None
    earlier = [a for a in amounts[:index] if alike(a.unit, amounts[index].unit)]
    entire = [a for a in earlier if not part_of_year(reading, start, a.start)]
    return entire[-1] if entire else None


def is_total(reading: str, clause: int, amounts: Sequence[Amount], index: int) -> Span | None:
    """The word that says that a figure sums up those before it: 省交办3件、市交办7件,共10件."""
    said = _SUMS_UP.fullmatch(reading, clause, amounts[index].start)
    if said is None:
        return None
    parts = [a.value for a in amounts[:index] if a.unit == amounts[index].unit]
    if len(parts) < 2 or sum(part or 0 for part in parts) != amounts[index].value:
        return None
    return Span(*said.span("word"))
