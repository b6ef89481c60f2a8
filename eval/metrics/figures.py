"""Figures as an answer or a quote prints them, read without any rule of the program scored."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from rag.models import Number, Qualifier

# Words of one row are one unit: Chinese counts cases by 件, 宗, 起 or 个 as it likes.
UNIT_ROWS: tuple[frozenset[str], ...] = tuple(
    frozenset(row.split("|"))
    for row in (
        "%|％|percent|per cent",
        "百分点|个百分点|percentage points|percentage point",
        "元|块|块钱|yuan|RMB|CNY",
        "件|宗|起|个|例|case|cases|dispute|disputes|request|requests",
        "人|个人|名|people|persons|person|officers|officer|mediators|staff",
        "人次|person-times|visits",
        "次|time|times|inspection|inspections|appearances|appearance",
        "场|场次|session|sessions|event|events|activities|activity",
        "份|copies|copy|contracts",
        "册|copies|copy|leaflets|leaflet",
        "项|item|items|power|powers",
        "家|firm|firms|office|offices",
        "条|entry|entries|banners|banner",
        "套|set|sets",
        "台|printer|printers",
        "辆次",
        "处|place|places",
        "倍|times",
        "个镇|个乡镇|份报告|篇报告|个报告|town|towns|township|townships|report|reports",
    )
)
_RATES_AND_MONEY = frozenset({"%", "％", "percent", "per cent", "元", "yuan", "百分点", "个百分点"})
_SCALES = {
    "": Decimal(1),
    "hundred": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
    "thousand": Decimal(1000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
}
_WORDS = sorted({word for row in UNIT_ROWS for word in row}, key=len, reverse=True)
_HAN_UNITS = "|".join(re.escape(word) for word in _WORDS if not word.isascii() or word == "%")
_LATIN_UNITS = "|".join(re.escape(word) for word in _WORDS if word.isascii() and word != "%")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_FIGURE = re.compile(
    r"(?P<before>超过|逾|至少|不少于|不低于|(?<!最)近|约|大约|不足|未达到|低于|"
    r"\b(?:over|more than|at least|about|approximately|nearly|around|less than|under)\s)?\s*"
    r"(?P<money>[¥￥]|\bRMB\s?|\bCNY\s?)?"
    r"(?<![\d.])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<more>余|多)?(?P<scale>千|万|亿|\s?(?:hundred|thousand|million|billion)\b)?(?P<more2>余|多|\+)?"
    rf"\s?(?P<unit>{_HAN_UNITS}|(?:[a-z'-]+\s){{0,3}}?(?:{_LATIN_UNITS})\b)?"
    r"(?P<after>以上|左右|以下)?",
    re.IGNORECASE,
)
# Not figures: marks, list numbers, document numbers, days, articles, hotlines, spans of years.
_NOT_FIGURES = re.compile(
    r"\[\d+\]|(?m:^\s*\d+[.、)]\s)|〔\d{4}〕\s?\d+号|\d{1,2}月(?:\d{1,2}日)?|第\d+[条章页]|"
    r"12\d{3}(?=热线|[”\"])|(?<!\d)(?:19|20)\d{2}\s?[—–-]\s?(?:19|20)\d{2}(?!\d)|"
    r"(?<!\d)(?:19|20)\d{2}(?=\s?年)|(?<![\d.])(?:19|20)\d{2}(?![\d%]|[.,]\d|\s?[余多万元件宗次人名份条场项册])"
)
_CHINESE = re.compile(
    r"百分之([百零一二三四五六七八九十]+)|([一二三四五六七八九])成|双百|"
    r"(?<![\d.一二两三四五六七八九十百千])([一二两三四五六七八九十百千][零一二两三四五六七八九十百千万]+|[二两三四五六七八九])(?=[余多]?(?:[件起宗例次场人名份册条项个家户处元块卷期]|辆次|台|套))"
)
_ONE = re.compile(r"(?<![\d.一二两三四五六七八九十百千第])一(?=[件起宗例次场名份册条项家户处卷期])")
_SMALL = (
    "a one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH = re.compile(  # number words before a scale or percent: one million, ninety-five percent
    rf"(?<!\()\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<ones>{'|'.join(_SMALL[1:10])}))?|"
    rf"(?P<small>{'|'.join(_SMALL)}))"
    r"(?=\s(?:hundred|thousand|million|billion|percent|per cent)\b)",
    re.IGNORECASE,
)
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True)
class Figure:
    """A number with its unit; `value` has 万 and 亿 multiplied out."""

    value: Decimal
    unit: str  # as printed, without 万 and 亿; "" where none is read
    qualifier: Qualifier
    start: int  # offset of the number in the text read
    end: int  # offset after the unit

    def same_as(self, other: Figure, *, qualified: bool = True) -> bool:
        """Equal value, unit and scale (and qualifier): 1770元 is neither 1771元 nor 1770万元."""
        if self.value != other.value or not same_unit(self.unit, other.unit):
            return False
        return self.qualifier == other.qualifier or not qualified


def same_unit(one: str, other: str) -> bool:
    """Whether two unit words count the same; a bare number may be a count, never % or money.

    >>> same_unit("宗", "cases"), same_unit("%", ""), same_unit("次", "")
    (True, False, True)
    """
    one, other = one.lower(), other.lower()
    if one == other:
        return True
    if not one or not other:
        return (one or other) not in _RATES_AND_MONEY
    return any(one in row and other in row for row in _LOWER_ROWS)


_LOWER_ROWS = tuple(frozenset(word.lower() for word in row) for row in UNIT_ROWS)


def counts_reports(figure: Figure, counts: Collection[int]) -> bool:
    """Whether a figure is one of these numbers of reports: "5份报告", "1 of 5 towns", "5"."""
    return figure.value in counts and (
        figure.unit in ("", "份") or same_unit(figure.unit, "reports")
    )


def figure_of(value: Number, unit: str, qualifier: Qualifier = "exact") -> Figure:
    """A figure from a value and its printed unit, 万元 becoming 元.

    >>> figure_of(73.39, "万元").value
    Decimal('733900.00')
    """
    scale = unit[:1] if unit[:1] in ("千", "万", "亿") else ""
    scaled = Decimal(str(value)) * _SCALES[scale]
    return Figure(scaled, unit[len(scale) :], qualifier, 0, 0)


def read_figures(text: str, *, ones: bool = False) -> tuple[Figure, ...]:
    """The figures printed in a text, in order; marks, dates, years and list numbers are none.

    Args:
        ones: read 一件 as 1件; to be left out where 一起 is likelier "together" than "one case".

    >>> [(str(f.value), f.unit, f.qualifier) for f in read_figures("19680余册[1]，约73.39万元")]
    [('19680', '册', 'at_least'), ('733900.00', '元', 'about')]
    """
    text = text.translate(_FULL_WIDTH)
    if ones:
        text = _ONE.sub("1", text)
    text = _CHINESE.sub(lambda match: _in_digits(match).ljust(len(match.group()), "\0"), text)
    text = _ENGLISH.sub(lambda match: str(_from_words(match)).rjust(len(match.group())), text)
    text = _NOT_FIGURES.sub(lambda match: "\0" * len(match.group()), text)
    return tuple(_figure(match) for match in _FIGURE.finditer(text))


def _figure(match: re.Match[str]) -> Figure:
    scale = (match["scale"] or "").strip().lower()
    value = Decimal(match["number"].replace(",", "")) * _SCALES[scale]
    unit = "元" if match["money"] else (match["unit"] or "")
    if unit.isascii():
        unit = _last_unit(unit)
    return Figure(value, unit, _qualifier(match), match.start("number"), match.end())


def _last_unit(words: str) -> str:
    """The unit word that ends "administrative penalty cases"."""
    lowered = words.lower()
    return next((word for word in _WORDS if lowered.endswith(word.lower())), "")


def _qualifier(match: re.Match[str]) -> Qualifier:
    before = (match["before"] or "").strip().lower()
    after = match["after"] or ""
    if (
        before in {"约", "大约", "近", "about", "approximately", "nearly", "around"}
        or after == "左右"
    ):
        return "about"
    if before in {"不足", "未达到", "低于", "less than", "under"} or after == "以下":
        return "less_than"
    if before or after or match["more"] or match["more2"]:
        return "at_least"
    return "exact"


def _chinese_integer(numerals: str) -> int:
    """The whole number that Chinese numerals write, 一万二千: 12000."""
    total = section = digit = 0
    for character in numerals:
        if character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif character in "十百千":
            section += (digit or 1) * 10 ** ("十百千".index(character) + 1)
            digit = 0
        else:
            digit = 2 if character == "两" else _DIGITS[character]
    return total + section + digit


def _from_words(match: re.Match[str]) -> int:
    """The number below 100 that English words write."""
    if match["small"]:
        return max(_SMALL.index(match["small"].lower()), 1)
    tens = 10 * (_TENS.index(match["tens"].lower()) + 2)
    return tens + (_SMALL.index(match["ones"].lower()) if match["ones"] else 0)


def _in_digits(match: re.Match[str]) -> str:
    percent, tenths = match[1], match[2]
    if match[3]:
        return str(_chinese_integer(match[3]))
    if tenths:
        return f"{_DIGITS[tenths]}0%"
    if not percent or percent == "百":
        return "100%"
    tens, ten, ones = percent.rpartition("十")
    value = (_DIGITS[tens] if tens else 1) * 10 if ten else 0
    return f"{value + (_DIGITS[ones] if ones else 0)}%"
