"""Cut a paragraph where its words turn to another role: 问题:… 下一步:…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.models import Paragraph, SectionRole

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、])?\s*"
_LACKS = r"(?:问题|不足|差距|短板|困难|弱项|薄弱环节|不足之处)"
_AHEAD = r"(?:下一步|下步|今后|明年|来年|下一年度?|下年度)"
_YEAR = r"20\d\d年(?:的)?(?:主要)?(?:工作)?(?:打算|计划|安排|思路|重点|方向|设想)"
_NEXT = r"(?:打算|计划|安排|思路|重点|方向|措施|设想|努力方向|工作)"
_LEADS: tuple[tuple[SectionRole, re.Pattern[str]], ...] = (
    (
        "shortcomings",
        re.compile(
            rf"(?:^|(?<=[。;\s])){_NUMBER}(?:当前|目前)?(?:仍|还|依然)?(?:存在|面临)?的?"
            rf"(?:主要|突出)?{_LACKS}(?:(?:和|与|及|、)?{_LACKS})*"
            rf"(?:(?:和|与|及|、)?(?:原因|努力方向|改进措施)(?:分析)?)?(?:主要(?:是|有|表现在))?[:。]"
        ),
    ),
    (
        "plans",
        re.compile(
            rf"(?:^|(?<=[。;\s])){_NUMBER}(?:{_AHEAD}(?:的)?(?:主要)?(?:工作)?{_NEXT}{{0,2}}"
            rf"(?:[:。]|,(?=(?:我|本|全|将|要|继续|进一步|重点|着力)))|{_AHEAD}(?=(?:我[镇乡街]|将))|"
            rf"{_YEAR}[:。])"
        ),
    ),
)


@dataclass(frozen=True)
class Stretch:
    """A part of a paragraph's reading that plays one role."""

    role: SectionRole
    start: int
    end: int


def stretches(paragraph: Paragraph) -> tuple[Stretch, ...]:
    """The parts of a paragraph by role, in order; before any turn it has its section's.

    The words that only announce a role (下一步工作打算:) belong to no stretch.
    """
    reading = paragraph.reading
    turns = sorted(
        (match.start(), match.end(), role)
        for role, lead in _LEADS
        for match in lead.finditer(reading)
    )
    return tuple(_between(turns, paragraph.role, len(reading)))


def _between(
    turns: list[tuple[int, int, SectionRole]], role: SectionRole, length: int
) -> Iterator[Stretch]:
    position = 0
    for start, end, turned in [*turns, (length, length, role)]:
        if start > position:
            yield Stretch(role, position, start)
        position, role = max(position, end), turned
