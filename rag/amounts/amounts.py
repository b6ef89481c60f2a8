"""Find the amounts of a text: figures with their unit and qualifier.

The text is a *reading* (widths folded, see `rag.words.fold`), so offsets are
those of the text it was folded from. Used on reports, on questions and on
answers alike, so that all three understand a figure in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rag.amounts import patterns
from rag.amounts.numerals import plain_number, read_bounds, read_number
from rag.models import Number, Qualifier

_AGAIN = re.compile(r"供水|加压|污染|装修|创业|利用|开发|加工")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}


@dataclass(frozen=True)
class Amount:
    """A figure as printed: `start`/`end` span number, unit and trailing qualifier."""

    start: int
    end: int
    value: Number | None  # None for a range
    low: Number | None
    high: Number | None
    unit: str  # as printed; 万 and 亿 stay in the unit of money, and go into the value elsewhere
    qualifier: Qualifier
    strict: bool = False  # printed as more than (超过), not as at least (以上, 余)


def read_amounts(reading: str) -> tuple[Amount, ...]:
    """All amounts in a folded text, in order, none overlapping another.

    >>> [(a.value, a.unit, a.qualifier) for a in read_amounts("发放资料3.3万余份,调处成功率达96%")]
    [(33000, '份', 'at_least'), (96, '%', 'exact')]
    """
    barred = _barred_spans(reading)
    taken: list[Amount] = []
    for amount in _candidates(reading):
        if any(amount.start < end and start < amount.end for start, end in barred):
            continue
        if any(amount.start < other.end and other.start < amount.end for other in taken):
            continue
        taken.append(amount)
    return tuple(sorted(taken, key=lambda amount: amount.start))


def _barred_spans(reading: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in patterns.BRACKETED.finditer(reading)]
    spans += [match.span() for match in patterns.SLOGAN.finditer(reading)]
    spans += [match.span() for match in patterns.WEB_COUNTER.finditer(reading)]
    return spans


def _candidates(reading: str) -> Iterator[Amount]:
    for match in patterns.PERCENT.finditer(reading):
        if not patterns.NOT_BEFORE.search(reading[: match.start("figure")][-3:]):
            yield _amount(match, "‰" if match["unit"] == "‰" else "%")
    for match in patterns.CHINESE_PERCENT.finditer(reading):
        if _are_numerals(match["number"]):
            yield _chinese_percent(match)
    for match in (*patterns.COUNT.finditer(reading), *_after_list_numbers(reading)):
        if _is_count(reading, match):
            shared = match["unit"] == "个" and patterns.POINTS_FOLLOW.match(reading, match.end())
            yield _amount(match, "个百分点" if shared else _plain(match["unit"]))
    for match in patterns.LABELLED.finditer(reading):
        yield _labelled(match)
    for match in patterns.CHINESE_COUNT.finditer(reading):
        if _is_chinese_count(reading, match):
            yield _amount(match, _plain(match["unit"]))


def _after_list_numbers(reading: str) -> Iterator[re.Match[str]]:
    """The figures that follow an item's own number without a space."""
    for item in patterns.LIST_NUMBER.finditer(reading):
        if match := patterns.COUNT.match(reading, item.end()):
            yield match


def _are_numerals(*texts: str | None) -> bool:
    try:
        for text in texts:
            read_bounds(text or "一")
    except ValueError:
        return False
    return True


def _plain(unit: str) -> str:
    """A unit without the 个 that may stand before it: 60个学时."""
    return {"个人": "人", "个学时": "学时", "个课时": "课时", "个小时": "小时"}.get(unit, unit)


def _is_count(reading: str, match: re.Match[str]) -> bool:
    if match["unit"] in ("位", "名") and patterns.RANK.search(
        reading[: match.start("figure")][-8:]
    ):
        return False
    if _is_list_number(reading, match):
        return False
    if match["again"] and patterns.FROM.search(reading[: match.start("figure")][-8:]):
        return False
    opens = patterns.LIST_ITEM.fullmatch(reading[: match.start("figure")].rpartition("\n")[2])
    if not opens and patterns.NOT_BEFORE.search(reading[: match.start("figure")][-3:]):
        return False
    if match["unit"] == "个" and reading[match.end() : match.end() + 2] in ("工作", "月内", "月以"):
        return False
    if match["unit"] == "小时" and match["number"] in ("24", "12", "48", "72"):
        return False
    after = reading[match.end() : match.end() + 12]
    if match["unit"] == "项" and patterns.METHOD.match(after) and after.startswith("指标"):
        return False
    return not (patterns.NOT_AFTER.match(after) or _is_taken_up(reading, match, after))


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


def _is_chinese_count(reading: str, match: re.Match[str]) -> bool:
    start, unit = match.start("figure"), match["unit"]
    before, after = reading[max(0, start - 24) : start], reading[match.end("unit") :]
    if match["number"] == "一" and patterns.THE_ONE.search(before):
        return False
    if patterns.VAGUE.search(before[-2:]) or patterns.METHOD.match(after):
        return False
    if unit == "案" and match["number"] == "一":
        return False  # 一案一档
    if unit == "类" and after.startswith("占"):
        return False  # 一类占88%: the first of its kinds
    if patterns.NOT_AFTER.match(after) or not _are_numerals(match["number"], match["number2"]):
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
    closes = patterns.CLOSES.match(after) and re.search(r"[\u4e00-\u9fff”)]$", before)
    return bool(closes) and not patterns.IDIOM.search(before)


def _labelled(match: re.Match[str]) -> Amount:
    """A figure whose unit stands in the label; 案件数 counts 件."""
    counted = {"案": "件", None: match["unit"]}.get(match["counted"], match["counted"])
    value = plain_number(read_number(match["number"]))
    start, end = match.span("figure")
    return Amount(start, end, value, None, None, counted or "", "exact")


def _amount(match: re.Match[str], unit: str) -> Amount:
    groups = match.groupdict()
    scale = groups.get("scale") or groups.get("scale2") or ""
    printed = match["number"]
    if unit == "元" and printed[-1] in "万亿" and len(printed) > 1:  # 二十万元
        printed, scale = printed[:-1], printed[-1]
    factor = Decimal(_SCALES[scale])
    if unit == "元" and scale in ("万", "亿", "万亿"):
        unit, factor = scale[-1] + unit, Decimal(10_000 if scale == "万亿" else 1)
    low, high = read_bounds(printed)
    if groups.get("number2"):
        if groups["number2"][-1] in "万亿" and match["number"][-1] not in "万亿" and low < 100:
            low *= read_number("一" + groups["number2"][-1])  # 四至五万人
        high = read_number(
            groups["number2"].rstrip("万亿") if unit in patterns.MONEY else groups["number2"]
        )
    return _found(match, low * factor, high and high * factor, unit)


def _chinese_percent(match: re.Match[str]) -> Amount:
    low, high = Decimal(100), None
    if match["number"]:
        low, high = read_bounds(match["number"])
    elif match["half"]:
        return _found(match, Decimal(50), None, "%", "at_least")
    elif match["tenths"]:
        low = read_number(match["tenths"]) * 10
        low += read_number(match["fifth"]) if match["fifth"] else 0
    return _found(match, low, high, "%")


def _found(
    match: re.Match[str],
    low: Decimal,
    high: Decimal | None,
    unit: str,
    qualifier: Qualifier | None = None,
) -> Amount:
    start, end = match.span("figure")
    if high is not None:
        return Amount(start, end, None, plain_number(low), plain_number(high), unit, "range")
    groups = match.groupdict()
    inner = groups.get("inner") or groups.get("inner2")
    before = groups["before"] or _earlier_bound(match)
    qualifier = qualifier or _qualifier(before, inner or groups["after"])
    strict = bool(patterns.IS_MORE.fullmatch(before or "")) or bool(groups.get("half"))
    return Amount(start, end, plain_number(low), None, None, unit, qualifier, strict)


def _earlier_bound(match: re.Match[str]) -> str | None:
    """A bound with its verb between it and the figure: 每村至少培养了3名."""
    before = match.string[max(0, match.start() - 14) : match.start()]
    if patterns.LEAST.search(before):
        return "至少"
    if patterns.SHORT_OF.search(before):
        return "未达到"
    return "至多" if patterns.MOST.search(before) else None


def _qualifier(before: str | None, after: str | None) -> Qualifier:
    if before and patterns.IS_LESS.fullmatch(before):
        return "less_than"
    if before and patterns.IS_ABOUT.fullmatch(before):
        return "about"
    if before or after in patterns.AT_LEAST_AFTER:
        return "at_least"
    if after in patterns.ABOUT_AFTER:
        return "about"
    return "less_than" if after else "exact"
