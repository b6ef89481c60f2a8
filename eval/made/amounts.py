"""How a report prints its figures: digits, full-width digits, Chinese numerals, 万."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from rag.models import Number

Script = Literal["digits", "wide", "grouped", "chinese"]
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Hand:
    """The habits of whoever wrote a report."""

    script: Script
    percent: str  # "%" or "％"
    spelled: bool  # rates as 百分之九十八
    generous: float  # how often a rate is "98%以上" and a large count in 万


def draw_hand(random: Random) -> Hand:
    """The habits of one writer; most write plain digits."""
    scripts: tuple[Script, ...] = ("digits", "wide", "grouped", "chinese")
    script = random.choices(scripts, (82, 6, 6, 6))[0]
    return Hand(
        script,
        random.choices(("%", "％"), (85, 15))[0],
        random.random() < 0.05,
        random.choice((0.0, 0.1, 0.3)),
    )


def print_count(value: int, hand: Hand) -> str:
    """A count as the writer prints it.

    >>> print_count(35, Hand("chinese", "%", False, 0)), print_count(12000, Hand("digits", "%", False, 1))
    ('三十五', '1.2万')
    """
    if hand.generous and value >= 10_000 and value % 1000 == 0:
        return f"{value / 10_000:g}万"
    if hand.script == "wide":
        return str(value).translate(_WIDE)
    if hand.script == "grouped":
        return f"{value:,}"
    if hand.script == "chinese" and value < 100:
        return spell(value)
    return str(value)


def print_rate(value: Number, hand: Hand) -> str:
    """A rate as the writer prints it.

    >>> print_rate(100, Hand("digits", "%", True, 0)), print_rate(97.5, Hand("wide", "％", False, 0))
    ('百分之百', '９７．５％')
    """
    if hand.spelled and value == int(value):
        return "百分之" + ("百" if value == 100 else spell(int(value)))
    text = f"{value:g}"
    return text.translate(_WIDE) + "％" if hand.script == "wide" else text + hand.percent


def spell(value: int) -> str:
    """A number below 100 in Chinese numerals.

    >>> [spell(number) for number in (3, 10, 12, 40, 98)]
    ['三', '十', '十二', '四十', '九十八']
    """
    tens, ones = divmod(value, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")
