"""Tell a numeral with a unit that counts things from one that only looks like a figure."""

from __future__ import annotations

import re

from rag.amounts import patterns
from rag.amounts.numerals import read_bounds

_AGAIN = re.compile(r"供水|加压|污染|装修|创业|利用|开发|加工")


def is_count(reading: str, match: re.Match[str]) -> bool:
    """Whether a match of `patterns.COUNT` is a figure, and no rank, date, list number or repeat."""
    if match["unit"] in ("位", "名") and patterns.RANK.search(
        reading[: match.start("figure")][-8:]
    ):
        return False
    if _is_list_number(reading, match):
        return False
    if match["again"] and patterns.FROM.search(reading[: match.start("figure")][-8:]):
        return False
    if is_joined_on(reading, match.start("figure")):
        return False
    if match["unit"] == "个" and reading[match.end() : match.end() + 2] in ("工作", "月内", "月以"):
        return False
    if match["unit"] == "小时" and match["number"] in ("24", "12", "48", "72"):
        return False
    after = reading[match.end() : match.end() + 12]
    if match["unit"] == "项" and patterns.METHOD.match(after) and after.startswith("指标"):
        return False
    return not (patterns.NOT_AFTER.match(after) or _is_taken_up(reading, match, after))


def is_joined_on(reading: str, start: int) -> bool:
    """Whether a numeral belongs to what stands right before it (第3, -5); no mark of a list does."""
    said = reading[:start]
    if patterns.LIST_ITEM.fullmatch(said.rpartition("\n")[2]):
        return False
    return bool(patterns.NOT_BEFORE.search(said[-3:]))


def _is_taken_up(reading: str, match: re.Match[str], after: str) -> bool:
    """Whether a figure only takes up one that was given before: 诉讼5件。5件中败诉1件."""
    said = reading[: match.start("figure")]
    opens = said.rstrip()[-1:] in tuple("。;,:")
    return bool(opens and patterns.OF_THESE.match(after) and match["figure"].strip() in said)


def _is_list_number(reading: str, match: re.Match[str]) -> bool:
    """Whether the point of a number parts it from the item's own: 2.19个村中有7个."""
    opens = reading[: match.start("figure")].rpartition("\n")[2].strip() == ""
    whole = match["unit"] in patterns.WHOLE and not (match["scale"] or match["scale2"])
    return opens and whole and "." in match["number"]


def is_chinese_count(reading: str, match: re.Match[str]) -> bool:
    """Whether a match of `patterns.CHINESE_COUNT` is a figure, and no article or slogan."""
    start, unit = match.start("figure"), match["unit"]
    before, after = reading[max(0, start - 24) : start], reading[match.end("unit") :]
    if match["number"] == "一" and patterns.THE_ONE.search(before):
        return False
    if unit in ("位", "名") and patterns.RANK.search(before):
        return False
    if unit == "次" and patterns.SESSION.match(after) and patterns.ASSEMBLY.search(before):
        return False  # 县十七届人大三次会议
    if patterns.VAGUE.search(before[-2:]) or patterns.METHOD.match(after):
        return False
    if unit == "案" and match["number"] == "一":
        return False  # 一案一档
    if unit == "类" and after.startswith("占"):
        return False  # 一类占88%: the first of its kinds
    if patterns.NOT_AFTER.match(after) or not are_numerals(match["number"], match["number2"]):
        return False
    if match["number"] == "一" and (
        patterns.DENIED.search(before)
        or (
            patterns.DENIES.match(after)
            and not (patterns.LEFT_OVER.search(before) or patterns.NOT_YET.match(after))
        )
    ):
        return False
    if match["number2"] or len(match["number"]) > 1 or match["before"] is not None:
        return True
    return _counts_things(match["number"], unit, before, after)


def _counts_things(number: str, unit: str, before: str, after: str) -> bool:
    """Whether a numeral of one character counts what was done, and is no article or slogan."""
    again = unit in ("期", "批", "轮") and not patterns.RUN.search(before)
    if number == "二" and (again or (unit == "次" and _AGAIN.match(after))):
        return False  # the second of its kind: 新村二期, 二次供水
    if number != "一" and (
        unit in patterns.DEEDS or (unit == "个" and patterns.PLACES.match(after))
    ):
        return True
    if number == "一" and (unit in ("批", "幅", "片", "头", "面") or patterns.IDIOM.search(before)):
        return False  # 一批典型案例, 综合查一次
    if number == "一" and unit == "起" and patterns.TOGETHER.search(before):
        return False
    if number == "一" and unit in patterns.CASES and patterns.STANDS_ALONE.search(before):
        return bool(patterns.HAPPENS.match(after))
    if patterns.COUNTING.search(before):
        return True
    if patterns.LISTED.search(before) and patterns.TAKEN_IN.match(after):
        return True
    closes = patterns.CLOSES.match(after) and re.search(r"[\u4e00-\u9fff”)]$", before)
    return bool(closes) and not patterns.IDIOM.search(before)


def is_rhythm(reading: str, start: int, unit: str) -> bool:
    """Whether a figure of one that begins there only says how often: 每半月研判一次."""
    before = reading[max(0, start - 20) : start]
    return unit in patterns.TURNS and bool(patterns.RHYTHM.search(before))


def are_numerals(*texts: str | None) -> bool:
    """Whether all texts that are given write numbers."""
    try:
        for text in texts:
            read_bounds(text or "一")
    except ValueError:
        return False
    return True
