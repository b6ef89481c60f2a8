"""The numbering of Chinese official documents: 一、 （一） 1. （1） ① and their relatives.

GB/T 9704-2012 (7.3.3) sets the four levels 一、 （一） 1. （1）; real reports also use
第一部分, 第一章, 1.1, 1、 and ①. All patterns read folded text (ASCII punctuation).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = "〇一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十]{1,3}"
# Units that make "1.5" at the start of a line a figure and not a heading number.
FIGURE_UNIT = r"\s*(?:[万亿千百%‰倍元个件次人起宗公亩吨米级]|$)"
# 12.4国家宪法日, 3.15消费者权益日: a date, not a heading number.
NAMED_DAY = r"[^,。:]{0,12}日"

# (name, rank: lower is further out, pattern with the number as its group)
KINDS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("part", 1, re.compile(rf"第({NUMERAL}|\d{{1,2}})(?:部分|篇)[\s:、,.]*")),
    ("chapter", 2, re.compile(rf"第({NUMERAL}|\d{{1,2}})章[\s:、,.]*")),
    ("section", 3, re.compile(rf"第({NUMERAL}|\d{{1,2}})节[\s:、,.]*")),
    ("chinese", 4, re.compile(rf"({NUMERAL})\s*[、.]\s*")),
    ("chinese_bracketed", 5, re.compile(rf"\(?\s*({NUMERAL})\s*\)\s*[、.,]?\s*")),
    (
        "decimal",
        7,
        re.compile(
            rf"\d{{1,2}}(?:\.(\d{{1,2}})){{1,3}}(?![\d.年月])(?!{FIGURE_UNIT}|{NAMED_DAY})[、.\s]*"
        ),
    ),
    ("arabic", 6, re.compile(r"(\d{1,2})\s*[、.](?!\s?\d)\s*")),
    ("arabic_bracketed", 8, re.compile(r"\(?\s*(\d{1,2})\s*\)\s*[、.,]?\s*")),
    ("circled", 9, re.compile(r"([①-⑳])\s*[、.,]?\s*")),
)
# The kinds that may open a section in the middle of a line whose breaks are lost.
INLINE_KINDS = ("part", "chinese", "chinese_bracketed", "arabic")


@dataclass(frozen=True)
class Marker:
    """A heading number: its kind, rank (1 outermost), value, and half-open span."""

    kind: str
    rank: int
    number: int
    start: int
    end: int


def marker_at(text: str, position: int = 0) -> Marker | None:
    """The heading number that begins at `position` of folded text, if one does.

    >>> marker_at("(三)强化自身建设")
    Marker(kind='chinese_bracketed', rank=5, number=3, start=0, end=3)
    >>> marker_at("1.5万元") is None
    True
    """
    for kind, rank, pattern in KINDS:
        match = pattern.match(text, position)
        if match and match.end() < len(text):
            return Marker(kind, rank, number_of(match[1]), position, match.end())
    return None


def number_of(printed: str) -> int:
    """The value of 十二, 12 or ⑫."""
    if printed.isdecimal():
        return int(printed)
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    tens, ten, ones = printed.rpartition("十")
    value = DIGITS.index(ones) if ones in DIGITS and ones else 0
    return value + (10 * (DIGITS.index(tens) if tens in DIGITS and tens else 1) if ten else 0)


# --- where a heading ends -----------------------------------------------------

# What a heading does not hold: a figure, a perfect-tense statement, a definition.
STATEMENT = re.compile(
    r"\d+(?:\.\d+)?\s*(?:余|多)?(?!年|月|日|[-—~.])[\u4e00-\u9fff%‰]|(?<!为)了(?!解)|是.{1,16}的|"
    r"百分之|[一二三四五六七八九]成(?=[,。;]|$)|^截至|^今年|[;]|均(?:已|得到|达)|已(?:经|全部)"
)
GOES_ON = re.compile(r"\d[\d,.]*\s*(?:[%‰]|[万亿余多]?[件起宗次场人名个份户家项元])")
QUOTED = re.compile(r"《[^》]*》|\([^)]*\)|[“\"][^”\"]*[”\"]")
LONGEST = {"arabic": 32, "decimal": 32, "arabic_bracketed": 24, "circled": 24}
LONGEST_HEADING = 42
STOP = re.compile(r"[。:!?]")


def reads_as_heading(phrase: str, kind: str) -> bool:
    """Whether a numbered phrase (without its number) is a heading, not a statement.

    >>> reads_as_heading("加强法治宣传教育", "chinese_bracketed")
    True
    >>> reads_as_heading("开展执法检查398次,出动车辆245辆次", "arabic")
    False
    """
    bare = QUOTED.sub("", phrase)
    return (
        2 <= len(phrase) <= LONGEST.get(kind, LONGEST_HEADING)
        and not STATEMENT.search(bare)
        and bare.count(",") <= 3
    )


# The first words of a body whose line break before it is lost: an enumeration, a
# year, or the subject every report speaks of.
ENUMERATION = re.compile(r"(?:第?一是|一方面|首先)")
BODY_START = re.compile(
    r"(?<!\d)20\d\d\s?年(?:度?[,以]|[我本全]|\d{1,2}月)|"
    r"(?:我|本)(?:镇|乡|街道|办事处|办|县|区|市|局)|(?:今年|一年|近年|年初)(?:以?来|,)|"
    r"(?:镇|乡|街道|园区|开发区)(?:党委|党工委|政府|人民政府|办事处|党政)|"
    r"根据|按照|为(?:深入|全面|进一步|切实|认真|贯彻)|截至|本年度|全年|认真(?:学习|贯彻|落实)"
)
# A heading does not end in one of these: what follows is its object.
UNFINISHED = re.compile(
    r"(?:(?<!方)向|[的和与及对由让为在把将以从,、]|加强|推进|落实|强化|完善|健全|提升|规范|优化|深化|坚持|"
    r"围绕|发挥|依托|认真|积极|全面|严格|切实|扎实|持续|不断|进一步)$"
)
VOCABULARY = re.compile(
    r"(?:基本|总体|根本|工作)情况|(?:主要|工作|经验)(?:做法|举措|措施|成效|亮点)(?:[和及与](?:做法|成效|举措))?|"
    r"存在(?:的)?(?:主要|突出)?(?:问题|不足|困难|短板|缺乏)(?:[和及与](?:问题|不足|困难|短板|原因))*|"
    r"20\d\d\s?年(?:度)?(?:的)?(?:重点)?(?:工作)?(?:重点)?(?:思路|打算|计划|安排|目标|展望)|"
    r"(?:下一步|下步|今后)(?:的)?(?:工作)?(?:思路|打算|计划|安排|重点|举措|方案)?"
)


def named_end(rest: str) -> int | None:
    """How long a heading of the usual words is, right before the first words of its body.

    >>> named_end("存在问题一是执法力量不足;二是经费不足。")
    4
    """
    named = VOCABULARY.match(rest)
    if named is None:
        return None
    body = rest[named.end() :]
    opens = ENUMERATION.match(body) or BODY_START.match(body)
    return named.end() if opens and len(body) >= LONGEST_HEADING // 2 else None


def inferred_end(rest: str) -> int | None:
    """How long the heading at the start of `rest` is where no line break ends it.

    `rest` is the folded text after the heading's number.

    >>> rest = "根本情况2023年,我镇在区委领导下"
    >>> rest[:inferred_end(rest)]
    '根本情况'
    """
    head = rest[: LONGEST_HEADING + 4]
    stop = STOP.search(head)
    limit = stop.start() if stop else len(head)
    cuts = [match.start() for match in ENUMERATION.finditer(head, 2)]
    cuts += [
        match.start()
        for match in BODY_START.finditer(head, 4)
        if not UNFINISHED.search(head[: match.start()])
    ]
    cuts += [
        position
        for position in range(2, len(head))
        if head[position] in "(一1"
        and (found := marker_at(head, position))
        and found.number == 1
        and found.kind in INLINE_KINDS
    ]
    if cuts and min(cuts) < limit:
        return min(cuts)
    if known := VOCABULARY.match(head):
        return known.end()
    return None
