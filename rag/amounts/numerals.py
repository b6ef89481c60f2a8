"""Read the numbers that Arabic and Chinese numerals write."""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an  # type: ignore[import-untyped]

from rag.models import Number

# Two neighbouring digits in a row name a rough number: 两三名, 三四十件, 十七八户.
_ROUGH = re.compile(
    r"(?P<head>\w*[十百千万])?(?P<pair>一[二两]|[二两]三|三四|三五|四五|五六|六七|七八|八九)"
    r"(?P<place>[十百千万亿]*)"
)

_MIXED = re.compile(r"(?P<myriads>\d+)万(?P<thousands>\d)千(?:(?P<hundreds>\d)百)?")  # 1万2千
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_PLACES = (("myriads", 10_000), ("thousands", 1_000), ("hundreds", 100))


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
    if _ARABIC.fullmatch(text):
        return Decimal(text)
    mixed = _MIXED.fullmatch(text)
    if mixed:
        return sum((Decimal(mixed[place] or 0) * size for place, size in _PLACES), Decimal())
    if re.search(r"[一二两三四五六七八九]{2}", text) and not re.search(r"[〇零点]", text):
        raise ValueError(f"{text}: digits without their places")
    try:
        return Decimal(str(cn2an.cn2an(_normal_numeral(text), "smart")))
    except KeyError as error:  # cn2an's own failure on 六亿七
        raise ValueError(f"{text}: not a numeral") from error


def _normal_numeral(text: str) -> str:
    text = text.replace("廿", "二十").replace("卅", "三十")
    return "一" + text if text.startswith(("百", "千", "万")) else text


def read_bounds(text: str) -> tuple[Decimal, Decimal | None]:
    """The number that numerals write, or the two that they name as about right.

    >>> read_bounds("三四十"), read_bounds("十七八"), read_bounds("三十二")[0]
    ((Decimal('30'), Decimal('40')), (Decimal('17'), Decimal('18')), Decimal('32'))

    Raises:
        ValueError: the text is not a number.
    """
    match = _ROUGH.fullmatch(text)
    if match is None:
        return read_number(text), None
    low, high = (f"{match['head'] or ''}{digit}{match['place']}" for digit in match["pair"])
    return read_number(low), read_number(high)
