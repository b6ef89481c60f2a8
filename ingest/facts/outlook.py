"""Tell the sentences that look ahead from those that look back, where a heading holds both."""

from __future__ import annotations

import re

from rag.models import Paragraph, SectionRole

_LOOKS_BACK = re.compile(r"问题|不足|短板|困难|差距|弱项")
_AHEAD = (
    r"(?:明年|来年|下一步|下一年度?|下年度|下一阶段|今后|接下来|下阶段|下步)(?!度?继续办理)"
    r"(?:$|[,:、的将我要重工目打准计拟全继在,])|(?:崭?新的一年)[,里]|(?:工作)?打算"
)
_OPENS_AHEAD = re.compile(
    rf"^\W{{0,4}}(?:第?[一二三四五六七八九]{{1,2}}[、,是个])?(?:最后|再|针对[^,]{{2,16}},)?(?:来)?(?:[说谈讲]{{1,2}})?(?:{_AHEAD})"
)
_OPENS_YEAR = re.compile(r"^\W{0,4}(20\d{2})年度?(?:[,将要我本全]|重点|工作)")
_OPENS_BACK = re.compile(
    r"^\W{0,4}(?:第?[一二三四五六七八九]{1,2}[、,是个])?(?:最后|再)?(?:来)?[说谈讲]{1,2}(?:说)?(?:问题|不足|短板|成绩|成效)"
)
_PLAN_HEADING = re.compile(
    r"(?:下一?年度?|明年|来年|下一?步|下一?阶段|今后)|20\d{2}年(?:度)?(?:工作)?(?:目标|计划|打算|思路|安排|重点|展望)|(?:再启|开启|迈向|奋进|踏上)[^,。]{0,6}征程|锚定[^,。]{0,4}目标|再出发"
)
_GOES_ON_AHEAD = re.compile(  # after a semicolon, what is intended goes on
    r"(?:我们|我[镇乡办]|本[镇乡]|全[镇乡]|街道)将|(?:^|,)将(?!军|[^,。;]{1,28}(?:列为|列入|纳入|作为|融入|转化|贯穿|落实|摆在|写入|下沉|延伸|设在|设于|设为|挂靠|放在|放到|交由|交给|划入|下放|整合|合并|确定为|明确为|细化|分解|列出|拆分|分配|分给))|力争|(?:^|,)(?:计划|拟(?![定订制])|确保)"
)
_APPENDED = re.compile(  # 附:2023年普法队伍情况统计
    r"\W{0,3}附(?:件|表|录|注)?[一二三四\d]{0,2}\s*[:、]\s*[^,。]{0,20}(?:统计|情况|数据|一览|汇总|报表|明细)"
)
_DONE = re.compile(r"已|了|过(?!程)|去年|上年|今年|全年共|累计")
_INTENDS = re.compile(
    r"力争|争取|确保|计划|拟|打算|准备|将|(?<![主重必需])要(?![求点素])|进一步|加大|加强|强化"
)


class Outlook:
    """Goes through a report's sentences in order and says what each is told as."""

    def __init__(self) -> None:
        self._place: tuple[tuple[str, ...], int] | None = None
        self._ahead = False
        self._appended = False  # whether a table or the like behind the signature has begun
        self._chain = False  # whether what is intended may go on behind a semicolon

    def role_of(self, paragraph: Paragraph, sentence: str, year: int | None = None) -> SectionRole:
        """The section's role; in a section of problems and plans, and in a paragraph that comes to
        speak of the time after the report's `year`, that of the sentence itself."""
        mixed = paragraph.role == "plans" and bool(
            paragraph.section and _LOOKS_BACK.search(paragraph.section[-1])
        )
        place = (paragraph.section, -1 if mixed else paragraph.number)
        if place != self._place:
            self._place, self._ahead = place, False
        self._appended = self._appended or bool(_APPENDED.match(paragraph.reading))
        if self._appended and paragraph.role == "plans":
            return "other"
        if _OPENS_BACK.match(sentence):
            self._ahead = False
        elif _OPENS_AHEAD.match(sentence) or _opens_later(sentence, year):
            self._ahead = True
        chained, self._chain = self._chain, False
        intends = bool(_GOES_ON_AHEAD.search(sentence)) or (chained and not _DONE.search(sentence))
        self._chain = intends and sentence.rstrip().endswith(";")
        if self._ahead or (chained and intends):
            return "plans"
        if paragraph.section and _is_plan_heading(paragraph.section[-1]):
            return "plans"
        if mixed and not _INTENDS.search(sentence):
            return "shortcomings"
        return paragraph.role


def _opens_later(sentence: str, year: int | None) -> bool:
    """Whether a sentence begins with a year to come: 2025年,重点做好以下工作."""
    opens = _OPENS_YEAR.match(sentence)
    return bool(year and opens and int(opens[1]) > year)


def _is_plan_heading(heading: str) -> bool:
    """Whether a heading is of the time to come and of nothing else: 六、下一年度重点."""
    return bool(_PLAN_HEADING.search(heading)) and not _LOOKS_BACK.search(heading)
