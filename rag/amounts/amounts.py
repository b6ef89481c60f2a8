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
from rag.amounts.counting import are_numerals, is_chinese_count, is_count, is_joined_on, is_rhythm
from rag.amounts.numerals import plain_number, read_bounds, read_number
from rag.models import Number, Qualifier

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
        once = amount.value == 1 and amount.qualifier == "exact"
        if once and is_rhythm(reading, amount.start, amount.unit):
            continue
        taken.append(amount)
    return tuple(sorted(taken, key=lambda amount: amount.start))


def _barred_spans(reading: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in patterns.BRACKETED.finditer(reading)]
    spans += [match.span() for match in patterns.SLOGAN.finditer(reading)]
    spans += [match.span() for match in patterns.WEB_COUNTER.finditer(reading)]
    return spans


def _candidates(reading: str) -> Iterator[Amount]:
    for match in _matches(patterns.PERCENT, reading, "%‰p"):
        if not is_joined_on(reading, match.start("figure")):
            yield _amount(match, "‰" if match["unit"] == "‰" else "%")
    for match in _matches(patterns.CHINESE_PERCENT, reading, "成百半"):
        if are_numerals(match["number"]):
            yield _chinese_percent(match)
    for match in (*patterns.COUNT.finditer(reading), *_after_list_numbers(reading)):
        if is_count(reading, match):
            shared = match["unit"] == "个" and patterns.POINTS_FOLLOW.match(reading, match.end())
            yield _amount(match, "个百分点" if shared else _plain(match["unit"]))
    for match in patterns.LABELLED.finditer(reading):
        yield _labelled(match)
    for match in _matches(patterns.NO_RATE, reading, "率"):
        yield Amount(*match.span("figure"), 0, None, None, "%", "exact")
    yield from _of_their_whole(reading)
    for match in _matches(patterns.NONE_LEFT, reading, "减降"):
        yield Amount(*match.span("figure"), 0, None, None, match["unit"], "exact")
    for match in patterns.CHINESE_COUNT.finditer(reading):
        if is_chinese_count(reading, match):
            yield _amount(match, _plain(match["unit"]))


def _of_their_whole(reading: str) -> Iterator[Amount]:
    """The figures that leave their unit to another: kinds of a whole, points of percentage."""
    for match in _matches(patterns.KINDS, reading, "("):
        for kind in patterns.KIND.finditer(reading, *match.span("kinds")):
            yield Amount(*kind.span(), int(kind[0]), None, None, match["unit"], "exact")
    for match in _matches(patterns.POINTS_TOO, reading, "百"):
        value = plain_number(read_number(match["figure"]))
        yield Amount(*match.span("figure"), value, None, None, "个百分点", "exact")


def _matches(pattern: re.Pattern[str], reading: str, needed: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, each of which holds one of these characters."""
    if any(character in reading for character in needed):
        yield from pattern.finditer(reading)


def _after_list_numbers(reading: str) -> Iterator[re.Match[str]]:
    """The figures that follow an item's own number without a space."""
    for item in patterns.LIST_NUMBER.finditer(reading):
        if match := patterns.COUNT.match(reading, item.end()):
            yield match


def _plain(unit: str) -> str:
    """A unit without the 个 that may stand before it: 60个学时."""
    return {"个人": "人", "个学时": "学时", "个课时": "课时", "个小时": "小时"}.get(unit, unit)


def _labelled(match: re.Match[str]) -> Amount:
    """A figure whose unit stands in the label; 案件数 counts 件."""
    counted = {"案": "件", None: match["unit"]}.get(match["counted"], match["counted"])
    value = plain_number(read_number(match["number"]) * _SCALES[match["scale"] or ""])
    start, end = match.span("figure")
    qualifier = _qualifier(match["before"] or None, None)
    return Amount(start, end, value, None, None, counted or "", qualifier)


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
        low += _fifth(match["fifth"])
    return _found(match, low, high, "%")


def _fifth(printed: str | None) -> Decimal:
    """What stands behind 成: 三成五 and 三成半 are 35%."""
    return Decimal(5) if printed == "半" else read_number(printed) if printed else Decimal(0)


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
