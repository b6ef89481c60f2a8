"""Read the amounts in a Chinese or English text: figures with their unit and qualifier.

The text is a *reading* (widths folded, see `rag.words.fold`), so offsets are
those of the text it was folded from. Used on reports, on questions and on
answers alike, so that all three understand a figure in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from rag.models import Number, Qualifier

MONEY = ("亿元", "万元", "元")
_UNITS = (
    "个百分点 人次 场次 件次 辆次 户次 批次 家次 课时 学时 小时 平方米 公里 "
    "人 名 位 场 次 件 起 宗 例 桩 份 册 本 张 条 项 个 家 户 亩 处 所 座 间 台 套 辆 部 支 "
    "期 篇 批 节 堂 面 幅 块 封 通 吨 组 枚 盒 袋 单 卷"
).split()
_UNIT = "|".join(sorted((*MONEY, *_UNITS), key=len, reverse=True))
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_CHINESE = (
    r"(?:[一二两三四五六七八九十百千廿卅〇零壹贰叁肆伍陆柒捌玖拾佰仟]"
    r"[一二两三四五六七八九十百千万亿〇零壹贰叁肆伍陆柒捌玖拾佰仟]*|万(?=[余多]))"
)
_LESS = "未达到|未达|未满|没有达到|没达到|不到|不足|不满|低于|少于|不超过|不高于|不多于|至多"
_MORE = "不少于|不低于|至少|超过|超出|突破|超|逾|大于|高于|多于|(?<!以)上(?=[百千万])"
_ABOUT = "大约|大概|大致|将近|接近|约为|约|近"
_BEFORE = rf"(?P<before>{_LESS}|{_MORE}|{_ABOUT})?\s*(?:了|达到|达)?\s*"
_AFTER = r"(?P<after>以上|左右|上下|以内|以下|及以上|之多|多|余)?"

_PERCENT = re.compile(
    rf"{_BEFORE}(?P<figure>(?P<number>{_ARABIC})\s*(?:%?\s*(?:-|—|–|~|至|到)\s*"
    rf"(?P<number2>{_ARABIC})\s*)?(?P<inner>余|多)?\s*(?P<unit>%|‰|percent\b|per cent\b)\s*{_AFTER})"
)
_CHINESE_PERCENT = re.compile(
    rf"{_BEFORE}(?P<figure>(?:百分之(?P<number>{_CHINESE}(?:点[一二三四五六七八九零〇]+)?)"
    r"|(?P<hundred>百分百|双百(?=[,。;、)]|$))|(?P<half>(?<=[率例比])过半)"
    r"|(?P<tenths>[一二两三四五六七八九])成(?P<fifth>[一二三四五六七八九])?"
    rf"(?![立为功果效员就长熟本绩型都人品]))\s*{_AFTER})"
)
_COUNT = re.compile(
    rf"{_BEFORE}(?P<figure>(?P<number>{_ARABIC})\s*(?P<inner>余|多|来)?\s*(?P<scale>[万亿千百]|万亿)?\s*"
    rf"(?:(?:-|—|–|~|至|到)\s*(?P<number2>{_ARABIC})\s*)?(?P<scale2>万|亿)?\s*"
    rf"(?P<inner2>余|多)?\s*(?P<unit>{_UNIT})\s*{_AFTER})"
)
_CHINESE_COUNT = re.compile(
    rf"{_BEFORE}(?P<figure>(?P<number>{_CHINESE})(?:(?:至|到|-|—)(?P<number2>{_CHINESE}))?"
    rf"(?P<inner>余|多|来)?(?P<scale>[万亿])?(?P<unit>{_UNIT}){_AFTER})"
)
# What looks like a figure and is none: dates, clock times, ordinals, article and document numbers.
_NOT_AFTER = re.compile(r"\s*(?:年(?!度?[^,。;]{0,2}[率])|月|日|号|时(?!间)|:\d)")
_NOT_BEFORE = re.compile(r"(?:第|[+\d.〔\[×/№#-]|\d[百千万])\s*$|[A-Za-z]$|前$")
_VAGUE = re.compile(r"[第每同某另任逐十几]$|(?<![次件人户份条场总])数$")  # 第三次, 数十次
_WEB_COUNTER = re.compile(
    r"(?:浏览|访问|阅读|点击)(?:次数|量|数|人次)?:\s*[\d,.]+\s*万?(?:人?次)?"
)
_BRACKETED = re.compile(r"《[^《》]{0,80}》|〔[^〔〕]{0,12}〕|\[\d{4}\]")
_SLOGAN = re.compile(r"“[^“”]{0,16}”|\"[^\"]{1,16}\"|‘[^‘’]{0,16}’")
# Small Chinese numerals before these words count methods and slogans, not things done.
_EVENT_UNITS = frozenset(
    "场次 场 次 件 起 宗 例 人次 人 名 份 册 期 家 户 亩 元 万元 亿元 条 项 个 处 台 套 辆".split()
)
_DEEDS = frozenset("场次 场 次 件 起 宗 例 人次 份 册 期 户 亩 元".split())
_METHOD = re.compile(
    r"(?:项|个|种|位|条|件|张|次|大)?(?:制度|意识|自信|维护|机制|体系|平台|一体|全面|重点|抓手|清单|网|办|"
    r"规定|法宝|注重|坚持|确保|服务|维度|层面|方面|环节|统一|结合|到位|事|性|站|门|窗|满意|必须|不放过)"
)
_COUNTING = re.compile(
    r"(?:共|共计|合计|累计|总计|达|各|其中|建成|建立|新建|建有|设立|设有|成立|打造|解决|整改|办理|化解|制定|出台|"
    r"开展|组织|召开|举办|发生|受理|调解|调处|处理|查处|发放|培养|聘请|修订|审查|参加|出庭|应诉|分别|"
    r"配备|选派|抽调|派出|新增|增加|评选|拆除|取缔|清理|立案|结案|办结|败诉|招录|招聘|选聘|续聘|有|了|过|出)"
    r"[^,。;:]{0,14}$"
)


# Two digits in a row that follow each other name a rough number: 两三名, 三四十件, 三五个.
_DIGITS = "一二三四五六七八九"
_PAIRS = "|".join(
    ["(?P<low>三)(?P<high>五)"]
)


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


def plain_number(value: Decimal | float | int) -> Number:
    """The value as an int where it is whole, else as a float.

    >>> plain_number(Decimal("96.0")), plain_number(Decimal("73.39"))
    (96, 73.39)
    """
    decimal = Decimal(str(value))
    return int(decimal) if decimal == decimal.to_integral_value() else float(decimal)


def read_number(text: str) -> Decimal:
    """The number that Arabic or Chinese numerals write.

    >>> read_number("1,056"), read_number("一万二千")
    (Decimal('1056'), Decimal('12000'))

    Raises:
        ValueError: the text is not a number.
    """
    text = text.replace(",", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    if re.search(r"[一-九两]{2}", text) and not re.search(r"[〇零点]", text):
        raise ValueError(f"{text}: digits without their places")
    return Decimal(str(cn2an.cn2an(_normal_numeral(text), "smart")))


def _normal_numeral(text: str) -> str:
    text = text.replace("廿", "二十").replace("卅", "三十")
    return "一" + text if text[0] in "百千万" else text


def read_bounds(text: str) -> tuple[Decimal, Decimal | None]:
    """The number that numerals write, or the two that they name as about right.

    >>> read_bounds("三四十"), read_bounds("十七八"), read_bounds("三十二")[0]
    ((Decimal('30'), Decimal('40')), (Decimal('17'), Decimal('18')), Decimal('32'))

    Raises:
        ValueError: the text is not a number.
    """
    match = _NEIGHBOURS.fullmatch(text)
    if match is None:
        return read_number(text), None
    low, high = (f"{match['head']}{match[digit]}{match['place']}" for digit in ("low", "high"))
    return read_number(low), read_number(high)


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
    spans = [match.span() for match in _BRACKETED.finditer(reading)]
    spans += [match.span() for match in _SLOGAN.finditer(reading)]
    spans += [match.span() for match in _WEB_COUNTER.finditer(reading)]
    return spans


def _candidates(reading: str) -> Iterator[Amount]:
    for match in _PERCENT.finditer(reading):
        if not _NOT_BEFORE.search(reading[: match.start("figure")][-3:]):
            yield _amount(match, "‰" if match["unit"] == "‰" else "%")
    for match in _CHINESE_PERCENT.finditer(reading):
        yield _chinese_percent(match)
    for match in _COUNT.finditer(reading):
        if _is_count(reading, match):
            yield _amount(match, match["unit"])
    for match in _CHINESE_COUNT.finditer(reading):
        if _is_chinese_count(reading, match):
            yield _amount(match, match["unit"])


def _is_count(reading: str, match: re.Match[str]) -> bool:
    if _NOT_BEFORE.search(reading[: match.start("figure")][-3:]):
        return False
    if match["unit"] == "个" and reading[match.end() : match.end() + 2] in ("工作", "月内", "月以"):
        return False
    if match["unit"] == "小时" and match["number"] in ("24", "12", "48", "72"):
        return False
    return not _NOT_AFTER.match(reading[match.end() :])


def _is_chinese_count(reading: str, match: re.Match[str]) -> bool:
    before = reading[: match.start("figure")]
    if before[-1:] in "第每同某另任逐十" and before:
        return False
    if _METHOD.match(reading[match.end("unit") :]) or match["unit"] not in _EVENT_UNITS:
        return False
    if _NOT_AFTER.match(reading[match.end() :]):
        return False
    if len(match["number"]) > 1 or (match["number"] != "一" and match["unit"] in _DEEDS):
        return True
    return bool(_COUNTING.search(before)) or match["before"] is not None


def _amount(match: re.Match[str], unit: str) -> Amount:
    groups = match.groupdict()
    scale = groups.get("scale") or groups.get("scale2") or ""
    factor = Decimal({"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}.get(scale, 1))
    if unit == "元" and scale in ("万", "亿"):
        unit, factor = scale + unit, Decimal(1)
    value = plain_number(read_number(match["number"]) * factor)
    inner = groups.get("inner") or groups.get("inner2")
    qualifier = _qualifier(match["before"], inner or match["after"])
    if groups.get("number2"):
        high = plain_number(read_number(match["number2"]) * factor)
        return Amount(*match.span("figure"), None, value, high, unit, "range")
    start, end = match.span("figure")
    strict = bool(re.fullmatch(_MORE, match["before"] or "")) and match["before"] not in (
        "不少于",
        "不低于",
        "至少",
    )
    return Amount(start, end, value, None, None, unit, qualifier, strict)


def _chinese_percent(match: re.Match[str]) -> Amount:
    if match["hundred"]:
        value = Decimal(100)
    elif match["tenths"]:
        value = read_number(match["tenths"]) * 10
        value += read_number(match["fifth"]) if match["fifth"] else 0
    else:
        value = read_number(match["number"])
    qualifier = _qualifier(match["before"], match["after"])
    return Amount(*match.span("figure"), plain_number(value), None, None, "%", qualifier)


def _qualifier(before: str | None, after: str | None) -> Qualifier:
    if before and re.fullmatch(_LESS, before):
        return "less_than"
    if before and re.fullmatch(_ABOUT, before):
        return "about"
    if before or after in ("以上", "及以上", "之多", "多", "余", "来"):
        return "at_least"
    if after in ("左右", "上下"):
        return "about"
    return "less_than" if after in ("以内", "以下") else "exact"
